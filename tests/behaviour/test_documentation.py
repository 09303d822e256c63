"""`/docs` with no network: everything that the page loads comes from the service."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.services import EVERYTHING, compiled, served

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def test_the_page_names_nothing_outside(http: TestClient) -> None:
    """No address with a host; what it loads is there, with its type, for HEAD too."""
    page = http.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert not re.search(r"(?:https?:)?//[a-z]", page.text)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) == 3
    kinds = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}
    for address in loaded:
        answer = http.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kinds[Path(address).suffix])
        assert http.head(address).headers["content-length"] == str(len(answer.content))
    assert "/openapi.json" in page.text


def test_styles_load_nothing_outside(http: TestClient) -> None:
    """Neither fonts nor images."""
    style = http.get("/docs/swagger-ui.css").text
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", style)


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium")
def test_the_page_in_a_browser_without_a_network(tmp_path: Path) -> None:
    """It shows every operation."""
    assert BROWSER is not None
    with served(EVERYTHING, f"sqlite:///{tmp_path / 'x.db'}") as server:
        command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", NO_NETWORK]
        command += [f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=20000"]
        shown = subprocess.run(
            [*command, "--dump-dom", f"{server.url}/docs"],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    paths = compiled(EVERYTHING).contract()["paths"].values()
    operations = [
        operation for item in paths for name, operation in item.items() if name != "parameters"
    ]
    for operation in operations:
        assert f"-{operation['operationId']}" in shown.stdout
    assert "Failed to load" not in shown.stdout
