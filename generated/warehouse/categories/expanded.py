"""Categories together with what they refer to.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""

from pydantic import MISSING

from .models import Category


class CategoryExpanded(Category):
    """A category, with what `expand` asks for."""

    parent: Category | None | MISSING = MISSING
    """The category of `parent_id`; absent without `expand=parent`, null where there is none."""
