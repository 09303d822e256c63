"""p99 of GET one under a steady load of half the server's maximum, alone and beside a slow query.

The slow one searches the big table for what is not there, without an index, again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from .dialects import repeated
from .http1 import request
from .load import CONNECTIONS, LoadError, Plan, closed_loop
from .progress import say
from .reasons import reason
from .results import Results, Tail
from .rounds import Serving
from .steady import Steady, middle, open_loop

SCAN = Plan(repeated([request("GET", "/v1/movements?note_contains=nowhere")]), b"200")


def measure_tails(
    found: Sequence[Serving], results: Results, *, rounds: int, seconds: float
) -> None:
    """Measure the servers that have the big table."""
    for one in found:
        layout = one.contender.layout
        if layout is None or not layout.big:
            continue
        say(f"p99: {one.contender.name}")
        try:
            rate = _maximum(one, results) / 2
            results.tails[one.contender.name] = _tail(one, rate, rounds, seconds)
        except (LoadError, OSError) as error:
            results.stalled[one.contender.name] = reason(str(error)) or type(error).__name__


def _maximum(one: Serving, results: Results) -> float:
    """Return the GETs a second that a server has answered; where nobody asked, ask now."""
    if found := results.rates().get(one.contender.name, {}).get("read"):
        return found.middle
    plan = one.contender.dialect.plan("read")
    if isinstance(plan, str):
        raise LoadError(plan)
    for _ in range(2):  # The first one warms it up.
        most = closed_loop(one.place.port, plan, first=0, connections=CONNECTIONS, seconds=1.0)
    return most.requests / most.seconds


def _tail(one: Serving, rate: float, rounds: int, seconds: float) -> Tail:
    port = one.place.port
    plan = one.contender.dialect.plan("read")
    if isinstance(plan, str):
        raise LoadError(plan)
    alone: list[Steady] = []
    beside: list[Steady] = []
    for _ in range(rounds):
        alone.append(open_loop(port, plan, rate=rate, seconds=seconds))
        if len(beside) < len(alone) - 1:
            continue
        try:
            beside.append(open_loop(port, plan, rate=rate, seconds=seconds, beside=SCAN))
        except LoadError as error:
            say(f"  beside the slow query: {error}")
    kept_up = len(beside) == rounds
    scans = [taken for run in beside for taken in run.beside]
    return Tail(
        rate=rate,
        p50=middle(alone, 0.5),
        p99=middle(alone, 0.99),
        p99_beside=middle(beside, 0.99) if kept_up else None,
        longest_beside=middle(beside, 1) if kept_up else None,
        scan_seconds=median(scans) if scans else 0.0,
        scans=len(scans),
        wrong=sum(count for run in (*alone, *beside) for count in run.wrong.values()),
    )
