"""The schema: every table of the service.

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""

from .price_list_entries.table import price_list_entries
from .runtime.schema import Schema
from .staff.table import staff

SCHEMA = Schema(
    tables=(
        price_list_entries,
        staff,
    ),
    digest="9f4cbcadf9d0d57b",
)
