"""Gives every part of an expression its type: the written tree becomes the typed one.

A literal with a point takes the side of its group: the parts that `+ - * %`, comparisons, `abs`
and `coalesce` connect. It is a decimal where the group has a decimal and no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal as OneOf

from generator.expressions import arithmetic
from generator.expressions.comparisons import among, compare
from generator.expressions.intervals import Interval
from generator.expressions.literals import Point, read_literal
from generator.expressions.nodes import boolean, made, noun, shown, spanning_values, unified
from generator.expressions.operands import Operand
from generator.expressions.tokens import ExpressionError
from generator.expressions.tree import (
    Among,
    Arithmetic,
    Call,
    Comparison,
    IsNull,
    Literal,
    Logic,
    Minus,
    Name,
    Not,
    Tree,
)
from generator.expressions.typed import Node
from generator.spelling import suggest

UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LOWER = {after: before for before, after in UPPER.items()}


def infer(tree: Tree, names: Mapping[str, Operand], wanted: Operand | None = None) -> Node:
    """Type an expression over some names; raises `ExpressionError`."""
    inference = _Inference(names)
    point: Point = "decimal" if wanted is not None and wanted.kind == "decimal" else "number"
    return inference.group(tree, otherwise=point)


class _Inference:
    """The names that may stand in an expression."""

    def __init__(self, names: Mapping[str, Operand]) -> None:
        self.names = names

    def group(self, *trees: Tree, otherwise: Point = "number") -> Node:
        """Type the first of some parts that are connected."""
        return self.node(trees[0], self.point(trees, otherwise))

    def point(self, trees: tuple[Tree, ...], otherwise: Point = "number") -> Point:
        """What a literal with a point is among connected parts."""
        found = {kind for tree in trees for kind in self._kinds(tree)}
        if "number" in found:
            return "number"
        return "decimal" if "decimal" in found else otherwise

    def _kinds(self, tree: Tree) -> Iterator[str]:
        match tree:
            case Name(name=name) if name in self.names:
                yield self.names[name].kind
            case Minus(part=part):
                yield from self._kinds(part)
            case Arithmetic(sign=sign) if sign.text == "/":
                yield "number"
            case Arithmetic(left=left, right=right):
                yield from self._kinds(left)
                yield from self._kinds(right)
            case Call(function="abs" | "coalesce", parts=parts):
                for part in parts:
                    yield from self._kinds(part)

    def node(self, tree: Tree, point: Point) -> Node:
        """Type a part of a group."""
        match tree:
            case Literal():
                found = read_literal(tree, point)
            case Name():
                found = self.name(tree)
            case Minus(part=Literal(token=token) as literal) if token.kind == "number":
                negative = replace(literal, start=tree.start, negative=not literal.negative)
                found = read_literal(negative, point)
            case Minus():
                found = arithmetic.minus(self.node(tree.part, point), tree)
            case Arithmetic():
                found = self.arithmetic(tree, point)
            case Call():
                found = self.call(tree, point)
            case _:
                found = self.condition(tree)
        return found

    def condition(self, tree: Comparison | Among | IsNull | Not | Logic) -> Node:
        """Type what is true, false or unknown: its parts are groups of their own."""
        match tree:
            case Comparison(left=left, right=right):
                side = self.point((left, right))
                found = compare(self.node(left, side), self.node(right, side), tree)
            case Among(part=part, options=options):
                side = self.point((part,))
                literals = [read_literal(one, side) for one in options]
                found = among(self.node(part, side), literals, tree)
            case IsNull():
                found = self.is_null(tree)
            case Not(part=part):
                one = boolean(self.group(part), "`not`")
                found = made("not", "boolean", (one,), tree, one.nullable)
            case Logic(word=word):
                parts = tuple(boolean(self.group(each), f"`{word}`") for each in tree.parts)
                nullable = any(each.nullable for each in parts)
                found = made(word, "boolean", parts, tree, nullable)
        return found

    def name(self, tree: Name) -> Node:
        """Look up a name."""
        found = self.names.get(tree.name)
        if found is None:
            message = f"there is no field or relation `{tree.name}` in this row"
            raise ExpressionError(
                message, tree.start, tree.end, self._meant(tree.name), "expression-name"
            )
        if found.unusable is not None:
            message = f"`{tree.name}` cannot stand in this expression"
            raise ExpressionError(
                message, tree.start, tree.end, found.unusable, found.unusable_code
            )
        if found.inlined is not None:
            return replace(found.inlined, start=tree.start, end=tree.end)
        return Node(
            operator="name",
            kind=found.kind,
            nullable=found.nullable,
            start=tree.start,
            end=tree.end,
            value=tree.name,
            range=found.range,
            scale=found.scale,
            values=found.values,
            enum=found.enum,
        )

    def _meant(self, name: str) -> str | None:
        enums = {one.enum for one in self.names.values() if one.values and name in one.values}
        if enums:
            return f"text stands in quotes: `'{name}'`"
        known = tuple(name for name, one in self.names.items() if one.unusable is None)
        return suggest(name, known)

    def arithmetic(self, tree: Arithmetic, point: Point) -> Node:
        """Type `+ - * / %`. The sides of `/` are a group of their own: its result is a number."""
        if tree.sign.text == "/":
            point = self.point((tree.left, tree.right))
        left, right = self.node(tree.left, point), self.node(tree.right, point)
        return arithmetic.typed(left, right, tree)

    def call(self, tree: Call, point: Point) -> Node:
        """Type a function of some values."""
        if tree.function == "abs":
            return arithmetic.absolute(self.node(tree.parts[0], point), tree)
        if tree.function == "coalesce":
            first, second = (self.node(part, point) for part in tree.parts)
            return self.coalesce(first, second, tree)
        part = self.group(tree.parts[0])
        kinds = {"text", "list"} if tree.function == "len" else {"text"}
        if part.kind not in kinds:
            wanted = "a text or a list" if tree.function == "len" else "a text"
            message = f"`{tree.function}` wants {wanted}, not {noun(part)}"
            raise ExpressionError(message, part.start, part.end, None, "expression-type")
        if tree.function == "len":
            return replace(made("len", "integer", (part,), tree, part.nullable), range=part.range)
        return self._case("lower" if tree.function == "lower" else "upper", part, tree)

    def _case(self, function: OneOf["lower", "upper"], part: Node, tree: Call) -> Node:
        letters = LOWER if function == "lower" else UPPER
        values = part.values and frozenset(value.translate(letters) for value in part.values)
        if part.operator == "literal":
            text = str(part.value).translate(letters)
            return replace(part, start=tree.start, end=tree.end, value=text, values=values)
        node = made(function, "text", (part,), tree, part.nullable)
        return replace(node, range=part.range, values=values)

    def coalesce(self, first: Node, second: Node, tree: Call) -> Node:
        """Type the first of two values that is not null."""
        self._may_be_null(first, "its other value would never be taken")
        one, two = unified(first, second, tree.sign)
        if one.kind in {"list", "opaque"}:
            message = f"`coalesce` does not take {noun(one)}"
            raise ExpressionError(message, first.start, first.end, None, "expression-type")
        node = made("coalesce", one.kind, (one, two), tree, two.nullable)
        values = spanning_values(one, two)
        return replace(
            node,
            range=_covering(one, two),
            scale=one.scale,
            values=values,
            enum=one.enum if two.values and one.values and two.values <= one.values else None,
        )

    def is_null(self, tree: IsNull) -> Node:
        """Type a question that is never unknown."""
        part = self.group(tree.part)
        self._may_be_null(part, "take the question away, or give its type a `?`")
        word = tree.negated
        return made("is not null" if word else "is null", "boolean", (part,), tree, False)

    def _may_be_null(self, part: Node, help: str) -> None:
        if not part.nullable:
            message = f"{shown(part)} is never null"
            raise ExpressionError(message, part.start, part.end, help, "expression-type")


def _covering(one: Node, two: Node) -> Interval | None:
    return one.range.covering(two.range) if one.range and two.range else None
