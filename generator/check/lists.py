"""The endpoint `list`: what it filters by, sorts by, and how it is paged."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Column, Facts, Path, Resource
from generator.check.indexes import find_columns, unknown_field
from generator.diagnostics import Diagnostic
from generator.field_types import Operator
from generator.spec import ListSpec, PageSpec

LARGEST_PAGE = 10_000
MAX = 100
SERVED_BY_INDEX = frozenset({"eq", "in", "gt", "ge", "lt", "le", "prefix"})


def lists(facts: Facts) -> Iterator[Diagnostic]:
    """Check every list, and what the defaults say of pages."""
    usual = facts.spec.defaults.list.page
    wrong = list(_page(facts, ("defaults", "list", "page"), usual, PageSpec()))
    yield from wrong
    for resource in facts.resources:
        listing = resource.spec.endpoints.list
        if listing is None:
            continue
        path = (*resource.path, "endpoints", "list")
        yield from _filters(facts, resource, listing, (*path, "filter"))
        yield from _sorts(facts, resource, listing, (*path, "sort"))
        if not wrong:
            yield from _page(facts, (*path, "page"), listing.page, usual)


def _filters(
    facts: Facts, resource: Resource, listing: ListSpec, path: Path
) -> Iterator[Diagnostic]:
    for name, operators in listing.filter.items():
        where = (*path, name)
        column = resource.column(name)
        if column is None:
            yield unknown_field(facts, resource, name, where)
        elif column.hidden:
            yield _hidden(facts, column, where, "filtered")
        else:
            wrong = list(_operators(facts, column, operators, where))
            yield from wrong
            served = not SERVED_BY_INDEX.isdisjoint(operators) and not wrong
            if served and not _indexed(resource, column):
                yield _unindexed(facts, column, where, "filter")


def _operators(
    facts: Facts, column: Column, operators: tuple[Operator, ...], path: Path
) -> Iterator[Diagnostic]:
    nullable = "is_null" in column.kind.operators
    known = [one for one in column.operators if one != "is_null" or column.nullable]
    shown = column.spec.type.name if column.spec else column.kind.name
    for place, operator in enumerate(operators):
        at = facts.source.span((*path, place)) if facts.source.has((*path, place)) else None
        if operator == "is_null" and nullable and not column.nullable:
            message = f"`{column.name}` is never null"
            yield facts.error("wrong-operator", message, path, "take `is_null` away", at=at)
        elif operator not in known:
            message = f"`{column.name}` cannot be filtered by `{operator}`: it is `{shown}`"
            listed = ", ".join(f"`{one}`" for one in known)
            help = f"`{shown}` can be filtered by {listed}" if listed else "it takes no filter"
            if listed and operator == "eq":
                help = f"name its operators: `{column.name}: [{known[0]}]`; it takes {listed}"
            yield facts.error("wrong-operator", message, path, help, at=at)


def _sorts(facts: Facts, resource: Resource, listing: ListSpec, path: Path) -> Iterator[Diagnostic]:
    style = listing.page.style or facts.spec.defaults.list.page.style
    by = path if not facts.source.has((*path, "by")) else (*path, "by")
    for where, terms in ((by, listing.sort.by), ((*path, "default"), listing.sort.default)):
        for place, found in enumerate(find_columns(facts, resource, where, terms)):
            if isinstance(found, Column):
                yield from _sort(facts, resource, found, (*where, place), cursor=style == "cursor")
            else:
                yield found
    for place, term in enumerate(listing.sort.by):
        if term.startswith("-"):
            message = "a direction is asked for, or stands in `default`"
            help = f"write `{term.removeprefix('-')}`: both directions may be asked for"
            yield facts.error("not-sortable", message, (*by, place), help)
    directions = {term.startswith("-") for term in listing.sort.default}
    if style == "cursor" and len(directions) > 1:
        message = "a list with cursors goes in one direction, and this order in two"
        help = "let all terms have a `-`, or none; or write `style: page`"
        yield facts.error("cursor-sort", message, (*path, "default"), help)


def _sort(
    facts: Facts, resource: Resource, column: Column, path: Path, *, cursor: bool
) -> Iterator[Diagnostic]:
    if column.hidden:
        yield _hidden(facts, column, path, "sorted")
    elif not column.sortable:
        shown = column.spec.type.name if column.spec else column.kind.name
        message = f"`{column.name}` cannot be sorted by: it is `{shown}`"
        yield facts.error("not-sortable", message, path, "take it away")
    elif cursor and column.nullable:
        message = f"a list with cursors cannot be sorted by `{column.name}`, which may be null"
        help = "take the `?` of its type away, or write `style: page`"
        yield facts.error("cursor-sort", message, path, help)
    elif not _indexed(resource, column):
        yield _unindexed(facts, column, path, "sort")


def _hidden(facts: Facts, column: Column, path: Path, how: str) -> Diagnostic:
    why = "a secret" if column.kind.name == "secret" else "`read: never`"
    message = f"`{column.name}` is {why}, so rows cannot be {how} by it"
    help = "what is answered would tell its value"
    return facts.error("hidden-field", message, path, help)


def _indexed(resource: Resource, column: Column) -> bool:
    """Whether an index begins with a column, or none would help."""
    if column.name == resource.key_name or not column.kind.indexable:
        return True
    if column.kind.name == "boolean":
        return True
    if column.spec is not None and (column.spec.index or column.spec.unique == "yes"):
        return True
    sets = (*resource.spec.indexes.values(), *resource.spec.unique.values())
    return any(terms[0].removeprefix("-") == column.name for terms in sets if terms)


def _unindexed(facts: Facts, column: Column, path: Path, what: str) -> Diagnostic:
    message = f"there is no index to {what} by `{column.name}`, so the database reads every row"
    help = "write `index: true` in the field"
    if column.spec is None:
        help = f"add an index: `indexes: {{by_{column.name}: [{column.name}]}}`"
    return facts.warning(f"unindexed-{what}", message, path, help)


def _page(facts: Facts, path: Path, page: PageSpec, usual: PageSpec) -> Iterator[Diagnostic]:
    size = page.size if page.size is not None else usual.size
    most = page.max if page.max is not None else usual.max
    if page.size == 0 or page.max == 0:
        key = "size" if page.size == 0 else "max"
        yield facts.error("page-size", "a page of no items says nothing", (*path, key))
    elif page.max is not None and page.max > LARGEST_PAGE:
        message = f"a page has at most {LARGEST_PAGE:,} items"
        yield facts.error("page-size", message, (*path, "max"))
    elif page.size is not None and page.size > (MAX if most is None else most):
        help = f"without `max`, a page has at most {MAX}" if most is None else None
        message = f"the usual page, {size}, is larger than the largest, {most or MAX}"
        yield facts.error("page-size", message, (*path, "size"), help)
    elif page.max is not None and page.size is None and usual.size and usual.size > page.max:
        message = f"the usual page, {usual.size} by `defaults`, is larger than the largest"
        yield facts.error("page-size", message, (*path, "max"), "say `size` here too")
