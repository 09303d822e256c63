"""The services go through the fuzzing of `make fuzz`, with fewer examples and one seed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.fuzzing.campaign import Outcome, run
from tests.same.ways import plain
from tests.services import CATALOG, EVERYTHING, WAREHOUSE, compiled

pytestmark = pytest.mark.minutes

EXAMPLES = 6
PLAIN_EXAMPLES = 3
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


@pytest.mark.parametrize("spec", [CATALOG, WAREHOUSE], ids=lambda spec: spec.stem)
def test_a_service_with_plain_routes_keeps_its_contract(spec: Path) -> None:
    """What the compiled path falls back to is held to the same contract."""
    outcome = run(plain(spec), examples=PLAIN_EXAMPLES, seed=SEED)
    assert outcome.passed, outcome.report()
