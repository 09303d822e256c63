"""Names that a spec cannot use, each with its reason.

A test feeds every name of Pydantic's BaseModel, of Python and of the emitted modules through
`check`: a name is refused here, or comes out of the compiler as it went in.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping


def _all(names: str, reason: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), reason)


PYTHON = dict.fromkeys(keyword.kwlist, "it is a keyword of Python")

PYDANTIC = _all(
    "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json "
    "update_forward_refs validate",
    "Pydantic's models have a method of this name",
)
SQLALCHEMY = _all(
    "metadata registry", "SQLAlchemy's declarative classes have an attribute of this name"
)
POSTGRESQL = _all(
    "cmax cmin ctid tableoid xmax xmin",
    "every table of PostgreSQL has a system column of this name",
)
EXPRESSIONS = _all(
    "abs and coalesce false in is len lower not null or true upper",
    "it is a word of the expressions that rules are written in",
)

MEMBERS: Mapping[str, str] = {**PYDANTIC, **PYTHON}
"""Of an object: its members are attributes of a model, and no columns."""

FIELDS: Mapping[str, str] = {**EXPRESSIONS, **POSTGRESQL, **SQLALCHEMY, **MEMBERS}
"""Of a resource."""

SERVICE_PARTS = _all(
    "app migrations runtime schema settings", "the generated package has a module of this name"
)
THREE_VALUED = (
    "absolute all_of any_of at_least at_most equal known_or length less lower minus more "
    "none_of number number_times one_of opposite plus quotient remainder scaled times unequal "
    "upper"
)
PACKAGES: Mapping[str, str] = {
    **_all(
        "add_dispatch add_documentation add_health add_problem_handlers among bindparam "
        "column columns contains create_app datetime decimal delete dependencies differs edge "
        "fresh_version func insert is_null lifespan linked_all linked_any linked_none list "
        "metadata middleware now problems read_duration read_settings router routers select "
        "starts_with table through today tuple update uuid uuid4 uuid7",
        "emitted modules use this name",
    ),
    **_all(THREE_VALUED, "the emitted rules use this name"),
    **SERVICE_PARTS,
    **PYTHON,
}
"""Plurals of resources: packages, tables, and what modules call them."""

PATHS = _all(
    "docs livez metrics openapi.json problems readyz redoc", "the service answers this path itself"
)

_IMPORTED = (
    "Annotated Any CompiledRoute APIRouter Boolean BooleanParameter BulkCreate BulkDelete Create "
    "Cursor CursorPage Date DateTime Db Decimal Delete Duration Email Expansions Field Integer "
    "IntegerKey IntegerParameter Json Link List Literal MISSING NaturalKey NoContent Number "
    "NumberParameter OneDirection Page Path Query QueryModel Read Reference Replace "
    "RequestModel ResponseModel RootModel Rows Rule Secret String Time Unique UniqueItems "
    "Update Url Uuid UuidKey"
)
SCHEMAS: Mapping[str, str] = {
    **_all(_IMPORTED, "emitted modules import this name"),
    **_all(
        "CREATE DELETE EXPANSIONS LIST READ REPLACE UPDATE", "emitted statements have this name"
    ),
    **_all("Annotated ConfigDict Field Model", "the generator of models has a name like this"),
    **_all(
        "ConflictProblem NotFoundProblem Problem ValidationError ValidationProblem",
        "the contract has a schema of this name",
    ),
    **{word: reason for word, reason in PYTHON.items() if word[0].isupper()},
}
"""Resources, enums and objects: schemas of the contract, and classes."""

SCHEMA_SUFFIXES = (
    "BulkCreate", "BulkCreated", "BulkDelete", "BulkDeleted", "Create", "Expanded", "ListParams",
    "Page", "ReadParams", "Replace", "Update",
)  # fmt: skip
"""A resource `Product` has these schemas of its own: `ProductCreate`."""

LIST_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "page": ("q", "sort", "expand", "page", "page_size"),
    "cursor": ("q", "sort", "expand", "cursor", "page_size"),
}
"""What a list takes beside its filters, by the style of its pages."""
