"""The schema: every table of the service.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""

from .products.table import products
from .runtime.schema import Schema

SCHEMA = Schema(
    tables=(products,),
    digest="e35a38015856ef1f",
)
