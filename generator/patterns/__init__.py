"""Patterns: what may be written, whether it is fast, what it matches. Begin with `syntax.py`."""

from generator.patterns.questions import (
    NO_TEXT,
    UNRESERVED,
    admits,
    begins_with,
    has_length,
    is_addressable,
    sample,
)
from generator.patterns.safety import slowness
from generator.patterns.syntax import parse
from generator.patterns.tree import Interval, Pattern, PatternError

__all__ = [
    "NO_TEXT",
    "UNRESERVED",
    "Interval",
    "Pattern",
    "PatternError",
    "admits",
    "begins_with",
    "has_length",
    "is_addressable",
    "parse",
    "sample",
    "slowness",
]
