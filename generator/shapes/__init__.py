"""Shapes: which keys an object has in a body, an answer or a query, and what absence means in each.

The contract and the emitted models are both made from these shapes: that is why they agree.
`resources.py` makes those of a resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.ir import LiteralDefault, Rule, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A key of a JSON object, or a query parameter."""

    name: str
    """In Python."""
    wire: str
    type: Type
    nullable: bool = False
    required: bool = False
    default: LiteralDefault | None = None
    """What absence means. Without one, absent keeps what is stored, or the server makes a value."""
    description: str = ""
    example: object = None
    deprecated: bool = False
    made: bool = False
    """Whether the server alone sets it."""
    one_direction: bool = False
    """Of `sort`: all terms ascend or all descend."""
    wire_type: str | None = None
    """A name of `runtime.wire_types` that is not the one of its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A schema of the contract, and a model of the service, of the same name."""

    name: str
    role: Literal["answer", "object", "request", "query"]
    description: str
    members: tuple[Member, ...]
    """Its own, beside those of the shape that it extends."""
    extends: Shape | None = None
    rules: tuple[Rule, ...] = ()
    """Of the row that it stands for."""
    example: Mapping[str, object] = field(default_factory=dict)
    """JSON values by the names of members, for those that do not show one by themselves."""
    query_limit: int | None = None
    """Bytes of the longest query; None for the usual limit, and for what is no query."""

    @property
    def all_members(self) -> tuple[Member, ...]:
        """Every key that it has, in their order."""
        return (*self.extends.all_members, *self.members) if self.extends else self.members
