"""A published contract, read as a client would read it: which requests does it accept?

It is read from `openapi.json` by itself; nothing here knows how the service decides.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_plus

from jsonschema_rs import Draft202012Validator

from .parameters import LONGEST_INTEGER, Key, Parameter

METHODS = ("get", "put", "post", "delete", "patch")
DEEPEST = 100
KEY_IN_ANSWER = "$response.body#/"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """An operation of the contract."""

    id: str
    method: str
    path: str
    keys: tuple[Key, ...]
    """What stands in braces in its path."""
    query: Mapping[str, Parameter]
    body: Draft202012Validator | None
    example: object
    """A body that the contract shows."""
    statuses: frozenset[int]
    """All that it may answer."""

    @property
    def key(self) -> Key | None:
        """Return the key whose row must be there: the first, since a member may be missing."""
        return self.keys[0] if self.keys else None

    @property
    def collection(self) -> str:
        """Return the path under which the rows stand that it makes, answers or ends."""
        return self.path.partition("/{")[0].partition(":")[0]

    @property
    def of_rows(self) -> bool:
        """Tell whether it is about the rows of its own collection, and not of another's."""
        return self.path in (self.collection, f"{self.collection}/{{{self._own_key}}}")

    @property
    def _own_key(self) -> str:
        return self.keys[0].parameter.name if self.keys else ""

    def broken(self, path: str, query: str, body: bytes) -> set[str]:
        """Name the parts of a request that break the contract: path, query, body."""
        found = set()
        if not all(key.taken(path) for key in self.keys):
            found.add("path")
        if not self._takes_query(query):
            found.add("query")
        if self.body is not None and not self._takes_body(self.body, body):
            found.add("body")
        return found

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
    key_names: Mapping[str, str]
    """What the key is called in an answer, by the path of a collection."""

    @classmethod
    def read(cls, document: Document) -> Contract:
        """Read an OpenAPI document."""
        collections = {
            path.rpartition("/{")[2].rstrip("}"): path.rpartition("/{")[0]
            for path in document["paths"]
            if path.endswith("}") and path.count("{") == 1
        }
        return cls(tuple(_operations(document, collections)), dict(_key_names(document)))

    def at(self, path: str) -> dict[str, Operation]:
        """Return the operations of a raw path, by method."""
        segments = [unquote(one) for one in path.split("/")]
        return {one.method: one for one in self.operations if _fits(one.path, segments)}


def _key_names(document: Document) -> Iterator[tuple[str, str]]:
    """Read from the links of what is created how the answer leads to the row's own path."""
    for path, item in document["paths"].items():
        created = item.get("post", {}).get("responses", {}).get("201", {})
        for link in created.get("links", {}).values():
            for where in link.get("parameters", {}).values():
                if isinstance(where, str) and where.startswith(KEY_IN_ANSWER):
                    yield path, where.removeprefix(KEY_IN_ANSWER)


def _operations(document: Document, collections: Mapping[str, str]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                found = item[method]
                parameters = [*item.get("parameters", ()), *found.get("parameters", ())]
                keys = tuple(_keys(document, path, parameters, collections))
                yield _operation(document, path, method, found, parameters, keys)


def _keys(
    document: Document, path: str, parameters: list[Document], collections: Mapping[str, str]
) -> Iterator[Key]:
    declared = {one["name"]: one for one in parameters if one["in"] == "path"}
    for place, segment in enumerate(path.split("/")):
        if segment.startswith("{"):
            name = segment.strip("{}")
            first = path.count("{", 0, path.index(segment)) == 0
            collection = collections.get(name, path.partition("/{")[0] if first else "")
            yield Key(_parameter(document, declared[name]), collection, place)


def _operation(
    document: Document,
    path: str,
    method: str,
    found: Document,
    parameters: list[Document],
    keys: tuple[Key, ...],
) -> Operation:
    content = found.get("requestBody", {}).get("content", {}).get("application/json")
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        keys=keys,
        query={
            one["name"]: _parameter(document, one) for one in parameters if one["in"] == "query"
        },
        body=_validator(document, content["schema"]) if content else None,
        example=content.get("example") if content else None,
        statuses=frozenset(int(one) for one in found["responses"]),
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
