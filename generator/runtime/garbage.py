"""The garbage collector, told that what a service is made of stays.

A service of a thousand resources is a million objects. Looking through them again and again while
they are made takes a third of the start, and later stops every request for a second. Whoever has
told the collector something before (`gc.set_threshold`, `gc.disable`) is left alone.
"""

from __future__ import annotations

import gc
from functools import cache

PYTHONS_OWN = (700, 2_000)
"""Objects between two collections of the youngest, where nobody has chosen: for small programs."""
THRESHOLD = 10_000
"""The same for a service."""
STARTING = 500_000
"""The same until the first application serves: all that is made by then stays."""


def expect_many() -> None:
    """Collect less often, unless somebody has chosen already: called before anything is made."""
    youngest, *older = gc.get_threshold()
    if gc.isenabled() and youngest in PYTHONS_OWN:
        gc.set_threshold(STARTING, *older)


@cache
def keep_what_is_there() -> None:
    """Never look at what is there now again: called once, when the first application serves.

    What is garbage by then is collected before, or it would be kept as well.
    """
    youngest, *older = gc.get_threshold()
    if gc.isenabled() and youngest == STARTING:
        gc.collect()
        gc.freeze()
        gc.set_threshold(THRESHOLD, *older)
