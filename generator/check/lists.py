"""The endpoint `list`: what it filters by, sorts by, and how it is paged."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.facts import Column, Facts, Path, Resource
from generator.check.filters import filters, hidden, indexed, unindexed, unknown_relation
from generator.check.indexes import find_columns, unknown_field
from generator.diagnostics import Diagnostic
from generator.spec import ListSpec, PageSpec

LARGEST_PAGE = 10_000
MAX = 100
SEARCHED = ("string", "text", "email", "url")


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
        yield from filters(facts, resource, listing, (*path, "filter"))
        yield from _sorts(facts, resource, listing, (*path, "sort"))
        yield from _search(facts, resource, listing, (*path, "search"))
        yield from _under(facts, resource, listing, (*path, "under"))
        if not wrong:
            yield from _page(facts, (*path, "page"), listing.page, usual)


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
        yield hidden(facts, column, path, "sorted")
    elif not column.sortable:
        shown = column.type_name
        message = f"`{column.name}` cannot be sorted by: it is `{shown}`"
        yield facts.error("not-sortable", message, path, "take it away")
    elif cursor and column.nullable:
        message = f"a list with cursors cannot be sorted by `{column.name}`, which may be null"
        help = "take the `?` of its type away, or write `style: page`"
        yield facts.error("cursor-sort", message, path, help)
    elif cursor and column.spec is not None and column.spec.compute is not None:
        message = f"a list with cursors cannot be sorted by `{column.name}`, which is computed"
        help = "write `style: page`, or sort by what it is computed from"
        yield facts.error("cursor-sort", message, path, help)
    elif not indexed(resource, column):
        yield unindexed(facts, column, path, "sort")


def _search(
    facts: Facts, resource: Resource, listing: ListSpec, path: Path
) -> Iterator[Diagnostic]:
    for place, name in enumerate(listing.search):
        where = (*path, place)
        column = resource.column(name)
        if column is None:
            yield unknown_field(facts, resource, name, where)
        elif column.hidden:
            yield hidden(facts, column, where, "searched")
        elif column.spec is None or column.kind.name not in SEARCHED:
            message = f"`{name}` cannot be searched for words: it is `{column.type_name}`"
            listed = ", ".join(f"`{one}`" for one in SEARCHED)
            yield facts.error("not-searchable", message, where, f"these can: {listed}")


def _under(facts: Facts, resource: Resource, listing: ListSpec, path: Path) -> Iterator[Diagnostic]:
    known = tuple(name for name, one in resource.spec.relations.items() if not one.to_many)
    for place, name in enumerate(listing.under):
        relation = resource.spec.relations.get(name)
        if relation is None:
            yield unknown_relation(facts, resource, name, known, (*path, place))
        elif relation.to_many:
            message = f"`{name}` leads to many rows; a list stands under one"
            help = "`members: [list]` in the relation lists what it leads to"
            yield facts.error("unknown-relation", message, (*path, place), help)


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
