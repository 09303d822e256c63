"""The services go through the fuzzing of `make fuzz`, with fewer examples and one seed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fuzzing.campaign import Outcome, run
from tests.services import CATALOG, EVERYTHING, WAREHOUSE, compiled

EXAMPLES = 6
SEED = 1

Runs = dict[Path, Future[Outcome]]


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """Fuzz the services side by side: each keeps about one core busy."""
    with ThreadPoolExecutor() as pool:
        yield {
            spec: pool.submit(run, compiled(spec), examples=EXAMPLES, seed=SEED)
            for spec in (EVERYTHING, WAREHOUSE, CATALOG)
        }


@pytest.mark.parametrize("spec", [CATALOG, WAREHOUSE, EVERYTHING], ids=lambda spec: spec.stem)
def test_a_service_keeps_its_contract(runs: Runs, spec: Path) -> None:
    """Schemathesis finds nothing, and the table of what was confirmed has no miss and no gap."""
    outcome = runs[spec].result()
    assert outcome.passed, outcome.report()
