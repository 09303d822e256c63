"""The fuzzing is shown to bite: in a scratch copy something is broken, and the run fails."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.fuzzing.campaign import run
from tests.services import CATALOG, Compiled, compiled

EXAMPLES = 3
SEED = 1


class Damage(NamedTuple):
    """What is done to the copy, and what must notice."""

    operation: str
    done: Callable[[Path], None]
    check: str
    """Of schemathesis."""
    miss: str
    """Of the table; empty where only schemathesis compares the two."""


def replaced(file: Path, old: str, new: str) -> None:
    """Edit a file of the copy; what is edited must be there."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def drop_constraint(files: Path) -> None:
    """Let a model take a sku of any length."""
    replaced(files / "products/models.py", "Field(min_length=3, max_length=20)", "Field()")


def drop_status(files: Path) -> None:
    """Leave 404 out of the contract of reading."""
    file = files / "openapi.json"
    contract = json.loads(file.read_bytes())
    del contract["paths"]["/catalog/products/{product_id}"]["get"]["responses"]["404"]
    file.write_text(json.dumps(contract))


def shorten_allow(files: Path) -> None:
    """Keep a method secret."""
    replaced(
        files / "runtime/destinations.py",
        "in_order(self.allowed)",
        "in_order(self.allowed - {'DELETE'})",
    )


DAMAGES = [
    Damage("create_product", drop_constraint, "negative_data_rejection", "broken in body"),
    Damage("read_product", drop_status, "status_code_conformance", ""),
    Damage("read_product", shorten_allow, "allow_header_conformance", "with all methods"),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.done.__name__)
def test_damage_is_found(damage: Damage, tmp_path: Path) -> None:
    """By the check of schemathesis that it is for, and by the table where that looks, too."""
    whole = compiled(CATALOG)
    shutil.copytree(whole.folder, tmp_path, dirs_exist_ok=True)
    copy = Compiled(whole.name, tmp_path, whole.package)
    damage.done(copy.files)
    outcome = run(copy, examples=EXAMPLES, seed=SEED, operations=[damage.operation])
    report = outcome.report()
    assert not outcome.passed
    assert outcome.attack.exit_code == 1, report
    assert damage.check in outcome.attack.record.failed_checks, report
    assert any(damage.miss in one for one in outcome.tally.misses) or not damage.miss, report
