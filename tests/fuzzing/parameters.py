"""What stands in paths and queries, as the grammars of the language and the contract have it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote

from jsonschema_rs import Draft202012Validator

INTEGER = re.compile("0|-?[1-9][0-9]*")
WHOLE_NUMBER = re.compile(r"[1-9][0-9]*\.0")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
LONGEST_INTEGER = 400


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


@dataclass(frozen=True, slots=True)
class Key:
    """A key in a path."""

    parameter: Parameter
    collection: str
    """The path under which its rows stand; empty where no operation tells."""
    place: int
    """Which segment of the path it is."""

    @property
    def resource(self) -> str:
        """Return what problems call a row of it: `purchase order`."""
        return self.parameter.name.removesuffix("_id").replace("_", " ")

    def text(self, path: str) -> str:
        """Return the key that a path holds, in the one form that a row has."""
        text = unquote(path.split("/")[self.place])
        return text.lower() if self.parameter.format == "uuid" else text

    def taken(self, path: str) -> bool:
        """Tell whether the contract allows what a path holds."""
        try:
            text = unquote(path.split("/")[self.place], errors="strict")
        except UnicodeDecodeError:
            return False
        if self.parameter.type == "integer" and WHOLE_NUMBER.fullmatch(text):
            # `5.0` is an integer to JSON Schema: well-formed, though no row has such a key.
            text = text.partition(".")[0]
        return self.parameter.accepts([text])


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
