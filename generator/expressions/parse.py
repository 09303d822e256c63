"""Reads an expression by the grammar of the language: a method per rule, the loosest first.

What other languages write at a place (`a < b < c`, `x == null`, `AND`) is told what to write here.
"""

from __future__ import annotations

from typing import NoReturn

from generator.expressions.tokens import ExpressionError, Token, tokens
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
from generator.spelling import suggest

DEEPEST = 50
"""Parts within parts, so that every engine can read the translation."""
COMPARING = ("==", "!=", "<", "<=", ">", ">=")
FUNCTIONS = {"len": 1, "lower": 1, "upper": 1, "coalesce": 2, "abs": 1}
"""With how many values each takes."""
WORDS = ("and", "or", "not", "in", "is", "null", "true", "false")
PREFIXES = ("date", "datetime", "time", "duration")
SYNONYMS = {
    "length": "len", "size": "len", "char_length": "len", "lcase": "lower", "ucase": "upper",
    "ifnull": "coalesce", "nvl": "coalesce",
}  # fmt: skip


def parse(text: str) -> Tree:
    """Read an expression; raises `ExpressionError`."""
    return _Parser(text).whole()


class _Parser:
    """A place among the words of an expression."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def at_end(self) -> bool:
        return self.next.kind == "end"

    def take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def comes(self, *texts: str, kind: str = "word") -> bool:
        return self.next.kind == kind and self.next.text in texts

    def skip(self, text: str, kind: str = "sign") -> bool:
        if self.comes(text, kind=kind):
            self.at += 1
            return True
        return False

    def whole(self) -> Tree:
        if self.at_end():
            raise ExpressionError(
                "the expression says nothing", 0, 1, "for example `ends > begins`"
            )
        found = self.either()
        return found if self.at_end() else self.fail_after()

    def either(self) -> Tree:
        return self._row("or", [self.both()])

    def both(self) -> Tree:
        return self._row("and", [self.negation()])

    def _row(self, word: str, parts: list[Tree]) -> Tree:
        while self.skip(word, "word"):
            parts.append(self.both() if word == "or" else self.negation())
        if len(parts) == 1:
            return parts[0]
        return Logic("or" if word == "or" else "and", tuple(parts), parts[0].start, parts[-1].end)

    def negation(self) -> Tree:
        if not self.comes("not"):
            return self.comparison()
        sign = self.take()
        part = self.comparison()
        return Not(part, sign, sign.start, part.end)

    def comparison(self) -> Tree:
        left = self.sum()
        sign = self.next
        if self.comes(*COMPARING, kind="sign"):
            self.take()
            right = self.sum()
            self._no_chain(left, sign, right)
            return Comparison(left, right, sign, left.start, right.end)
        if self.comes("in") or (self.comes("not") and self.tokens[self.at + 1].text == "in"):
            return self._among(left)
        if self.skip("is", "word"):
            negated = self.skip("not", "word")
            if not self.comes("null"):
                self.fail("`null` should stand after `is`", "compare values with `==`")
            return IsNull(left, negated, sign, left.start, self.take().end)
        return left

    def _no_chain(self, left: Tree, first: Token, right: Tree) -> None:
        if not self.comes(*COMPARING, kind="sign") and not self.comes("in", "is"):
            return
        message = "comparisons cannot be chained"
        a, b = self._shown(left), self._shown(right)
        help = f"join two of them by `and`: `{a} {first.text} {b} and {b} {self.next.text} ...`"
        raise ExpressionError(message, self.next.start, self.next.end, help)

    def _shown(self, tree: Tree) -> str:
        return tree.name if isinstance(tree, Name) else "x"

    def _among(self, part: Tree) -> Tree:
        sign = self.next
        negated = self.skip("not", "word")
        self.take()
        if not self.skip("["):
            self.fail("a list should stand after `in`", "in brackets: `status in ['new', 'used']`")
        options = [self._option()]
        while self.skip(","):
            options.append(self._option())
        end = self.next.end
        if not self.skip("]"):
            self.fail("`,` or `]` should stand here", "a list ends with `]`")
        return Among(part, tuple(options), negated, sign, part.start, end)

    def _option(self) -> Literal:
        start = self.next.start
        negative = self.skip("-")
        literal = self.literal()
        if literal is None or (negative and literal.token.kind != "number"):
            help = "a list holds literals alone; for null write `or x is null`"
            self.fail("a literal should stand here", help)
        return Literal(literal.token, start, literal.end, negative)

    def sum(self) -> Tree:
        return self._chain(("+", "-"))

    def term(self) -> Tree:
        return self._chain(("*", "/", "%"))

    def _chain(self, signs: tuple[str, ...]) -> Tree:
        found = self.term() if "+" in signs else self.unary()
        while self.comes(*signs, kind="sign"):
            sign = self.take()
            right = self.term() if "+" in signs else self.unary()
            found = Arithmetic(found, right, sign, found.start, right.end)
        return found

    def unary(self) -> Tree:
        if not self.comes("-", kind="sign"):
            return self.atom()
        sign = self.take()
        part = self.atom()
        return Minus(part, sign, sign.start, part.end)

    def atom(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            self.fail(f"this is nested more than {DEEPEST} deep", "say it in several rules")
        found = self._atom()
        self.depth -= 1
        return found

    def _atom(self) -> Tree:
        literal = self.literal()
        if literal is not None:
            return literal
        token = self.next
        if self.skip("("):
            found = self.either()
            if not self.skip(")"):
                self.fail("`)` should stand here", "it closes the `(` before")
            return found
        if token.kind != "word":
            self.fail("a value should stand here", self._about_sign(token))
        following = self.tokens[self.at + 1]
        if following.kind == "sign" and following.text == "(" and token.text not in WORDS:
            return self.call()
        if token.text in WORDS:
            self.fail(f"`{token.text}` cannot stand here", self._about_word(token))
        if token.text in FUNCTIONS:
            self.fail(f"`{token.text}` is a function", f"write `{token.text}(...)`")
        self.take()
        return Name(token.text, token.start, token.end)

    def call(self) -> Tree:
        sign = self.take()
        if sign.text not in FUNCTIONS:
            timeless = sign.text in {"now", "today"}
            known = suggest(sign.text, tuple(FUNCTIONS), SYNONYMS)
            help = "a rule holds for a row whatever the time" if timeless else known
            message = f"there is no function `{sign.text}`"
            raise ExpressionError(message, sign.start, sign.end, help)
        self.take()
        parts = [] if self.comes(")", kind="sign") else [self.either()]
        while self.skip(","):
            parts.append(self.either())
        end = self.next.end
        if not self.skip(")"):
            self.fail("`,` or `)` should stand here", f"it closes `{sign.text}(`")
        wanted = FUNCTIONS[sign.text]
        if len(parts) != wanted:
            values = "one value" if wanted == 1 else "two values"
            message = f"`{sign.text}` takes {values}, not {len(parts)}"
            help = "put one into another: `coalesce(x, coalesce(y, z))`" if wanted == 2 else None
            raise ExpressionError(message, sign.start, end, help)
        return Call(sign.text, tuple(parts), sign, sign.start, end)

    def literal(self) -> Literal | None:
        token = self.next
        if token.kind == "quoted" and token.prefix not in PREFIXES:
            meant = suggest(token.prefix, PREFIXES)
            end = token.start + len(token.prefix)
            message = f"`{token.prefix}` is no kind of literal"
            raise ExpressionError(message, token.start, end, meant)
        plain = token.kind in {"number", "text", "quoted"}
        if plain or self.comes("true", "false"):
            self.take()
            return Literal(token, token.start, token.end)
        return None

    def fail(self, message: str, help: str | None) -> NoReturn:
        raise ExpressionError(message, self.next.start, self.next.end, help)

    def fail_after(self) -> NoReturn:
        token = self.next
        if self.comes(*COMPARING, kind="sign") or self.comes("in", "is"):
            message = "comparisons cannot be chained"
            help = "join two of them by `and`; one of them in `(...)` is a value of its own"
            raise ExpressionError(message, token.start, token.end, help)
        if self.comes(")", "]", kind="sign"):
            self.fail(f"`{token.text}` closes nothing", "take it away")
        words = ("and", "or", "not", "in", "is")
        meant = suggest(token.text, words) if token.kind == "word" else None
        shown = token.text if token.kind in {"word", "sign", "number"} else "a literal"
        self.fail(f"an operator should stand before `{shown}`", meant)

    def _about_word(self, token: Token) -> str | None:
        if token.text == "null":
            return "ask `x is null`; a comparison with null is never true"
        if token.text == "not":
            return "put it into parentheses: `(not x)`"
        return None

    def _about_sign(self, token: Token) -> str | None:
        if self.comes("[", kind="sign"):
            return "a list stands after `in`"
        return "there is no such sign" if self.comes("+", kind="sign") else None
