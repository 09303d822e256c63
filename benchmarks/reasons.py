"""Why something is left out, as a sentence that names no folder, host or address.

The page is committed and read elsewhere. Known troubles have a sentence of their own; of the
others the last line is kept, without every word that could be a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Sentence = Callable[[re.Match[str]], str]

KNOWN: tuple[tuple[re.Pattern[str], Sentence], ...] = (
    (
        re.compile(r"No module named ['\"]?([A-Za-z0-9_]+)"),
        lambda found: f"its package {found[1]} is not installed",
    ),
    (
        re.compile(r"No matching distribution found for ([A-Za-z0-9_-]+)"),
        lambda found: f"the package index has no {found[1]} that fits",
    ),
    (
        re.compile(r"do not match the hashes|EINTEGRITY"),
        lambda _: "what the package index has is not what the lock names",
    ),
    (
        re.compile(
            r"Max retries|ConnectionPool|Temporary failure in name|Could not fetch|timed out"
            r"|ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT"
        ),
        lambda _: "the package index did not answer",
    ),
    (re.compile(r"gyp ERR|node-gyp"), lambda _: "its native part could not be compiled"),
    (re.compile(r"GLIBC|invalid ELF header"), lambda _: "its binary does not run on this system"),
)
PLACE = re.compile(
    r"\S*[/\\@]\S*"  # folders and addresses
    r"|\S*\b[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\S*"  # hosts, and names of files
    r"|\S*\d+\.\d+\.\d+\.\d+\S*"
    r"|\S*\[[0-9a-f:]*:[0-9a-f:]+\]\S*"
    r"|\bhost=\S+|\S*\blocalhost\S*"
)


def reason(text: str) -> str:
    """Say in one sentence what a program has said last."""
    for known, sentence in KNOWN:
        if found := known.search(text):
            return sentence(found)
    lines = [line for line in text.splitlines() if line.strip()]
    return re.sub(r"\s+", " ", PLACE.sub("…", lines[-1])).strip() if lines else ""
