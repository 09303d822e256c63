"""How the values of the spec language are read: text, numbers, lists, types.

A reader that cannot read raises `WrongValueError`: the code, what to do, and where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema

from generator.field_types import FIELD_TYPES
from generator.scalars import FLOAT, INTEGER, Plain, Raw, value_of
from generator.short_form import LONGEST_BOUND, ShortFormError, TypeSpec, parse_type
from generator.spelling import suggest


class WrongValueError(ValueError):
    """A value that the language does not take."""

    def __init__(
        self,
        code: str,
        message: str,
        help: str | None = None,
        *,
        at: Iterable[str | int] = (),
        within: tuple[int, int] | None = None,
    ) -> None:
        """`at` are further steps of the path, `within` is the part of the text that is wrong."""
        super().__init__(message)
        self.code, self.message, self.help, self.at, self.within = (
            code,
            message,
            help,
            tuple(at),
            within,
        )


def wrong_shape(expected: str, raw: Raw, help: str | None = None) -> WrongValueError:
    """Say that something else was expected: `a list should stand here, not text`."""
    return WrongValueError("wrong-shape", f"{expected} should stand here, not {kind_of(raw)}", help)


def kind_of(raw: Raw) -> str:
    """Name the shape of a value as a reader would."""
    if isinstance(raw, Plain) and len(raw) <= 40:
        return f"`{raw}`"
    names = {type(None): "nothing", list: "a list", dict: "a mapping", Plain: "text"}
    return names.get(type(raw), "text in quotes")


def read_text(raw: Raw) -> str:
    """Take any scalar as the text that stands there."""
    if isinstance(raw, str):
        return str(raw)
    raise wrong_shape("text", raw)


def read_flag(raw: Raw) -> bool:
    """Take `true` or `false`."""
    if isinstance(raw, Plain) and isinstance(raw.value, bool):
        return raw.value
    word = raw.lower() if isinstance(raw, str) else ""
    meant = {
        "yes": "true",
        "on": "true",
        "true": "true",
        "no": "false",
        "off": "false",
        "false": "false",
    }
    help = (
        f"write `{meant[word]}`" + ("" if isinstance(raw, Plain) else ", without quotes")
        if word in meant
        else None
    )
    raise wrong_shape("`true` or `false`", raw, help)


def read_count(raw: Raw) -> int:
    """Take a whole number that is not negative."""
    value = value_of(raw) if isinstance(raw, Plain) else None
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_shape("a whole number", raw, _without_quotes(raw))
    return value


def read_bound(raw: Raw) -> Decimal:
    """Take a number exactly as it is written: `0.10` stays exact."""
    if not isinstance(raw, Plain) or not (INTEGER.fullmatch(raw) or FLOAT.fullmatch(raw)):
        raise wrong_shape("a decimal number", raw, _without_quotes(raw))
    bound = Decimal(raw)
    if len(raw) > LONGEST_BOUND or abs(bound.adjusted()) > 400:
        raise WrongValueError("out-of-range", "this number is too long to be a bound")
    return bound


def _without_quotes(raw: Raw) -> str | None:
    bare = Plain(raw).value if isinstance(raw, str) and not isinstance(raw, Plain) else None
    return f"write `{raw}`, without quotes" if isinstance(bare, int | float) else None


def read_list(raw: Raw) -> tuple[Raw, ...]:
    """Take a list in which no text stands twice."""
    if not isinstance(raw, list):
        help = f"write it in brackets: `[{raw}]`" if isinstance(raw, str) else None
        raise wrong_shape("a list", raw, help)
    for index, item in enumerate(raw):
        if isinstance(item, str) and item in raw[:index]:
            raise WrongValueError(
                "duplicate-item",
                f"`{item}` stands twice in this list",
                "take one away",
                at=(index,),
            )
    return tuple(raw)


def read_operators(raw: Raw) -> tuple[Raw, ...]:
    """Take a list of at least one operator."""
    operators = read_list(raw)
    if not operators:
        raise WrongValueError(
            "wrong-shape", "at least one operator should stand here", "for example `[eq]`"
        )
    return operators


@lru_cache(4_096)
def _parsed(text: str, known: tuple[str, ...]) -> TypeSpec:
    """Take a type; a spec of many fields says the same few types again and again."""
    return parse_type(text, known)


def read_type(raw: Raw, info: ValidationInfo) -> TypeSpec:
    """Take the short form of a type, of which every name is known."""
    if not isinstance(raw, str):
        raise wrong_shape("a type", raw, "for example `string(..80)`, `integer`, `date?`")
    known: tuple[str, ...] = info.context["types"] if info.context else tuple(FIELD_TYPES)
    try:
        return _parsed(str(raw), known)
    except ShortFormError as error:
        raise WrongValueError(
            error.code, error.message, error.help, within=(error.start, error.end)
        ) from error


def read_target(raw: Raw, info: ValidationInfo) -> TypeSpec:
    """Take what a relation leads to: `Warehouse`, `Supplier?`, `list(Tag)`."""
    if not isinstance(raw, str):
        raise wrong_shape("a resource", raw, "for example `Warehouse`, `Supplier?`, `list(Tag)`")
    known: tuple[str, ...] = info.context["resources"] if info.context else ()
    try:
        found = parse_type(raw, (*known, "list"), noun="resource")
    except ShortFormError as error:
        code = "unknown-resource" if error.code == "unknown-type" else error.code
        raise WrongValueError(
            code, error.message, error.help, within=(error.start, error.end)
        ) from error
    if found.item is not None and found.item.item is not None:
        raise WrongValueError("bad-type", "a list of lists leads to no rows", "write `list(Tag)`")
    if found.item is not None and found.nullable:
        help = f"write `list({found.item.name})`: it may be empty"
        raise WrongValueError("bad-type", "what leads to many is never null", help)
    return found


def read_concurrency(raw: Raw) -> str:
    """Take `etag` or `none`."""
    text = read_text(raw)
    if text not in ("etag", "none"):
        raise wrong_shape("`etag` or `none`", raw, suggest(text, ("etag", "none")))
    return text


def read_edition(raw: Raw) -> int:
    """Take the one edition there is."""
    if isinstance(raw, Plain) and raw == "1":
        return 1
    raise WrongValueError(
        "unknown-edition", "this compiler reads edition 1 of the language", "write `spec: 1`"
    )


def read_unique(raw: Raw) -> str:
    """`true`, `false`, `ignore_case` -> `yes`, `no`, `ignore_case`."""
    return "ignore_case" if raw == "ignore_case" else _flag_or(raw, "ignore_case", "yes", "no")


def read_timestamps(raw: Raw) -> str:
    """`true`, `false`, `created` -> `both`, `none`, `created`."""
    return "created" if raw == "created" else _flag_or(raw, "created", "both", "none")


def _flag_or(raw: Raw, word: str, yes: str, no: str) -> str:
    try:
        return yes if read_flag(raw) else no
    except WrongValueError as error:
        raise wrong_shape(f"`true`, `false` or `{word}`", raw, error.help) from error


Text = Annotated[
    str, BeforeValidator(read_text), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
"""An editor sees `1.0` as a number: where text is expected, any plain scalar is text."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(read_list)]
Terms = Texts
"""Names of fields, `-` before one for descending."""
Flag = Annotated[bool, BeforeValidator(read_flag)]
Count = Annotated[int, Field(ge=0), BeforeValidator(read_count)]
Step = Annotated[int, Field(ge=1), BeforeValidator(read_count)]
Bound = Annotated[Decimal, BeforeValidator(read_bound), WithJsonSchema({"type": "number"})]
Value = Annotated[object, WithJsonSchema({})]
"""Raw: what it means depends on the type of the field."""
TypeText = Annotated[TypeSpec, PlainValidator(read_type), WithJsonSchema({"type": "string"})]
TargetText = Annotated[TypeSpec, PlainValidator(read_target), WithJsonSchema({"type": "string"})]
Concurrency = Annotated[
    Literal["etag", "none"] | None,
    BeforeValidator(read_concurrency),
    WithJsonSchema({"enum": ["etag", "none"]}),
]
Edition = Annotated[int, BeforeValidator(read_edition), WithJsonSchema({"const": 1})]
Unique = Annotated[
    Literal["no", "yes", "ignore_case"],
    BeforeValidator(read_unique),
    WithJsonSchema({"enum": [True, False, "ignore_case"]}),
]
Timestamps = Annotated[
    Literal["none", "created", "both"] | None,
    BeforeValidator(read_timestamps),
    WithJsonSchema({"enum": [True, False, "created"]}),
]
