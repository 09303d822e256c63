"""What every mapping of the spec language has in common."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

from generator.scalars import Raw
from generator.spec_forms import MAPPING, as_section


class Section(BaseModel):
    """A mapping with a closed set of keys. A key with nothing after it has its defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opens: ClassVar[frozenset[str]] = frozenset()
    """Keys that mean something by standing there: nothing after them is an empty section."""

    expects: ClassVar[str] = MAPPING
    """What may stand there, short forms too, for whoever wrote something else."""

    @model_validator(mode="before")
    @classmethod
    def _written(cls, raw: Raw) -> Raw:
        return as_section(cls.long_form(raw), cls.words(), cls.opens, cls.expects)

    @classmethod
    @cache
    def words(cls) -> tuple[str, ...]:
        """Its keys as they are written."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def long_form(cls, raw: Raw) -> Raw:
        """Turn a short form into the mapping that it is short for."""
        return raw
