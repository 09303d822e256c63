"""What went over the wire: requests as they were sent, answers as they came."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer."""

    by: str
    """Who sent it, and what for."""
    method: str
    path: str
    """As it was sent, percent-encoded."""
    query: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    """0 where no answer came."""
    answered: Mapping[str, str]
    content: bytes
    at: float = 0

    def problem(self) -> dict[str, Any]:
        """Return the answered object; an empty one where there is none."""
        try:
            value = json.loads(self.content)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def __str__(self) -> str:
        target = f"{self.path}?{self.query}" if self.query else self.path
        sent = f" {self.body[:200]!r}" if self.body else ""
        return f"{self.method} {target}{sent} -> {self.status} {self.content[:300]!r} [{self.by}]"


@dataclass(frozen=True, slots=True)
class Record:
    """What schemathesis wrote down of a run."""

    exchanges: list[Exchange]
    """In the order of time."""
    failed_checks: frozenset[str]
    """Their names: `status_code_conformance`."""


def recorded(file: Path) -> Record:
    """Read the NDJSON report of schemathesis."""
    with file.open(encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    scenarios = [event["ScenarioFinished"] for event in events if "ScenarioFinished" in event]
    recorders = [scenario["recorder"] for scenario in scenarios]
    exchanges = [one for recorder in recorders for one in _exchanges(recorder)]
    checks = [
        check
        for recorder in recorders
        for checks in recorder.get("checks", {}).values()
        for check in checks
    ]
    return Record(
        sorted(exchanges, key=lambda one: one.at),
        frozenset(check["name"] for check in checks if check["status"] != "success"),
    )


def _exchanges(recorder: dict[str, Any]) -> Iterator[Exchange]:
    for case, interaction in recorder.get("interactions", {}).items():
        request, answer = interaction["request"], interaction.get("response") or {}
        meta = recorder["cases"].get(case, {}).get("value", {}).get("meta", {})
        url = urlsplit(request["uri"])
        yield Exchange(
            by=f"schemathesis: {_purpose(meta)}",
            method=request["method"],
            path=url.path,
            query=url.query,
            headers=_headers(request.get("headers", {})),
            body=_bytes(request.get("body")),
            status=answer.get("status_code", 0),
            answered=_headers(answer.get("headers", {})),
            content=_bytes(answer.get("content")),
            at=interaction["timestamp"],
        )


def _purpose(meta: dict[str, Any]) -> str:
    phase = meta.get("phase", {})
    data = phase.get("data", {})
    words = (phase.get("name"), data.get("scenario"), data.get("description"))
    return ", ".join(str(word) for word in words if word)


def _headers(found: Mapping[str, list[str]]) -> dict[str, str]:
    return {name.lower(): ", ".join(values) for name, values in found.items()}


def _bytes(found: object) -> bytes:
    return base64.b64decode(found["$base64"]) if isinstance(found, dict) else b""
