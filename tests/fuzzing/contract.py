"""A published contract, read as a client would read it: which requests does it accept?

It is read from `openapi.json` by itself; nothing here knows how the service decides.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_plus

from jsonschema_rs import Draft202012Validator

METHODS = ("get", "put", "post", "delete", "patch")
INTEGER = re.compile("0|-?[1-9][0-9]*")
WHOLE_NUMBER = re.compile(r"[1-9][0-9]*\.0")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
DEEPEST = 100
LONGEST_INTEGER = 400

Document = dict[str, Any]


class UnreadableError(Exception):
    """The text is not of the type that the contract gives it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in a path or query."""

    name: str
    type: str
    """The JSON type of one value."""
    format: str | None
    many: bool
    validator: Draft202012Validator

    def accepts(self, texts: list[str]) -> bool:
        """Tell whether these are values that the contract allows."""
        if "" in texts or (len(texts) > 1 and not self.many):
            return False
        try:
            values = [read(text, self.type) for text in texts]
        except UnreadableError:
            return False
        return bool(self.validator.is_valid(values if self.many else values[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """An operation of the contract."""

    id: str
    method: str
    path: str
    key: Parameter | None
    """What stands for `{product_id}` in its path."""
    query: Mapping[str, Parameter]
    body: Draft202012Validator | None
    example: object
    """A body that the contract shows."""

    @property
    def resource(self) -> str:
        """Return what its problems call a row: `product`."""
        return self.id.partition("_")[2]

    @property
    def collection(self) -> str:
        """Return the path under which its rows stand."""
        return self.path.partition("/{")[0]

    def broken(self, path: str, query: str, body: bytes) -> set[str]:
        """Name the parts of a request that break the contract: path, query, body."""
        found = set()
        if self.key is not None and not self._takes_key(path):
            found.add("path")
        if not self._takes_query(query):
            found.add("query")
        if self.body is not None and not self._takes_body(self.body, body):
            found.add("body")
        return found

    def key_text(self, path: str) -> str:
        """Return the key that a path holds, in the one form that a row has."""
        text = unquote(path.rpartition("/")[2])
        return text.lower() if self.key is not None and self.key.format == "uuid" else text

    def _takes_key(self, path: str) -> bool:
        assert self.key is not None
        try:
            text = unquote(path.rpartition("/")[2], errors="strict")
        except UnicodeDecodeError:
            return False
        if self.key.type == "integer" and WHOLE_NUMBER.fullmatch(text):
            # `5.0` is an integer to JSON Schema: well-formed, though no row has such a key.
            text = text.partition(".")[0]
        return self.key.accepts([text])

    def _takes_query(self, query: str) -> bool:
        given: dict[str, list[str]] = {}
        for part in filter(None, query.split("&")):
            try:
                name, value = (unquote_plus(one, errors="strict") for one in _halves(part))
            except UnicodeDecodeError:
                return False
            given.setdefault(name, []).append(value)
        return all(
            name in self.query and self.query[name].accepts(texts) for name, texts in given.items()
        )

    @staticmethod
    def _takes_body(schema: Draft202012Validator, body: bytes) -> bool:
        try:
            value = json.loads(
                body.decode(), parse_float=_finite, parse_int=_sane, parse_constant=_none_such
            )
        except (ValueError, RecursionError):
            return False
        return _depth(value) <= DEEPEST and bool(schema.is_valid(value))


@dataclass(frozen=True, slots=True)
class Contract:
    """All operations, and where they are."""

    operations: tuple[Operation, ...]

    @classmethod
    def read(cls, document: Document) -> Contract:
        """Read an OpenAPI document."""
        return cls(tuple(_operations(document)))

    def at(self, path: str) -> dict[str, Operation]:
        """Return the operations of a raw path, by method."""
        segments = [unquote(one) for one in path.split("/")]
        return {one.method: one for one in self.operations if _fits(one.path, segments)}


def read(text: str, type_: str) -> object:
    """Read the text of a parameter as the grammars of the language say."""
    if type_ == "integer":
        if not INTEGER.fullmatch(text) or len(text) > LONGEST_INTEGER:
            raise UnreadableError
        return int(text)
    if type_ == "number":
        if not NUMBER.fullmatch(text) or not math.isfinite(float(text)):
            raise UnreadableError
        return float(text)
    if type_ == "boolean":
        if text not in ("true", "false"):
            raise UnreadableError
        return text == "true"
    return text


def _operations(document: Document) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                found = item[method]
                parameters = [*item.get("parameters", ()), *found.get("parameters", ())]
                yield _operation(document, path, method, found, parameters)


def _operation(
    document: Document, path: str, method: str, found: Document, parameters: list[Document]
) -> Operation:
    content = found.get("requestBody", {}).get("content", {}).get("application/json")
    keys = [_parameter(document, one) for one in parameters if one["in"] == "path"]
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        key=keys[-1] if keys else None,
        query={
            one["name"]: _parameter(document, one) for one in parameters if one["in"] == "query"
        },
        body=_validator(document, content["schema"]) if content else None,
        example=content.get("example") if content else None,
    )


def _parameter(document: Document, found: Document) -> Parameter:
    schema = _plain(document, found["schema"])
    many = schema.get("type") == "array"
    one = _item(document, schema) if many else schema
    validator = _validator(document, found["schema"])
    return Parameter(found["name"], one["type"], one.get("format"), many, validator)


def _item(document: Document, schema: Document) -> Document:
    items = schema.get("items") or schema["anyOf"][0]["items"]
    return _plain(document, items)


def _plain(document: Document, schema: Document) -> Document:
    if "$ref" not in schema:
        return schema
    found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _validator(document: Document, schema: Document) -> Draft202012Validator:
    """Make a validator to which only the formats that no pattern can say matter: the calendar."""
    return Draft202012Validator(
        schema | {"components": document["components"]},
        validate_formats=True,
        formats={
            "date": _is_date,
            "date-time": _is_moment,
            **dict.fromkeys(("uuid", "email", "uri"), _any_text),
        },
    )


def _any_text(_text: str) -> bool:
    return True


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    """Tell whether it is a moment of the years 1 to 9999, in UTC too."""
    try:
        dt.datetime.fromisoformat(text).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _halves(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def _fits(template: str, segments: list[str]) -> bool:
    wanted = template.split("/")
    return len(wanted) == len(segments) and all(
        expected.startswith("{") or expected == given
        for expected, given in zip(wanted, segments, strict=True)
    )


def _finite(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError(text)
    return value


def _sane(text: str) -> int:
    if len(text) > LONGEST_INTEGER:
        raise ValueError(text)
    return int(text)


def _none_such(text: str) -> object:
    raise ValueError(text)


def _depth(value: object) -> int:
    """Count how deep lists and objects are nested."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
