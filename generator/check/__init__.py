"""Stage 3, check: rules across the file, each a small function from `Facts` to diagnostics.

To add a check, write one in the module of its topic, put it into `CHECKS`, and give its code a page
in `generator/codes/` and a folder in `tests/errors/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.check.clashes import clashes
from generator.check.cors import cors
from generator.check.declared import circles, enums
from generator.check.expressions import patterns
from generator.check.facts import Facts
from generator.check.features import features
from generator.check.fields import fields
from generator.check.indexes import indexes
from generator.check.keys import keys
from generator.check.lists import lists
from generator.check.mixing import mixing
from generator.check.names import names
from generator.check.relations import relations
from generator.check.renames import renames
from generator.check.rules import rules
from generator.check.service import contents, service
from generator.check.sizes import sizes
from generator.check.values import values
from generator.diagnostics import Diagnostic, SpecError, in_order
from generator.source import Source
from generator.spec import Spec

Check = Callable[[Facts], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    service,
    contents,
    mixing,
    names,
    clashes,
    enums,
    circles,
    values,
    patterns,
    fields,
    relations,
    renames,
    features,
    keys,
    indexes,
    lists,
    rules,
    cors,
)


def check(spec: Spec, source: Source) -> tuple[Diagnostic, ...]:
    """Find everything that is wrong with a spec; return its warnings, or raise `SpecError`."""
    facts = Facts(spec, source)
    found = [diagnostic for one in CHECKS for diagnostic in one(facts)]
    if not any(one.code == "circular-object" for one in found):
        found += sizes(facts)
    if any(one.severity == "error" for one in found):
        raise SpecError(source, found)
    return in_order(found)
