"""The closed table of problems: what all errors of one code have in common.

A code is the last segment of a problem's `type`, and has its page at `/problems/<code>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What all problems of one code have in common."""

    status: int
    title: str
    meaning: str
    """For the page at `/problems/<code>`."""


PROBLEMS: Mapping[str, Kind] = {
    "not-found": Kind(
        404,
        "Not found",
        "No operation of the service has this path. Paths have no slash at the end.",
    ),
    "unknown-key": Kind(
        404, "Unknown key", "The key in the path is well-formed, but belongs to nothing here."
    ),
    "unknown-cursor": Kind(
        404,
        "Unknown cursor",
        "The cursor was made for another list or another sort. Begin again without one.",
    ),
    "method-not-allowed": Kind(
        405,
        "Method not allowed",
        "The path exists, but not with this method. The header Allow names those it has.",
    ),
    "not-acceptable": Kind(
        406, "Not acceptable", "The service answers JSON, which the header Accept excludes."
    ),
    "unique-taken": Kind(
        409,
        "Already taken",
        "The values of `fields` must be unique together, and `key` has them already.",
    ),
    "reference-missing": Kind(
        409,
        "Reference missing",
        "What the request refers to by `fields`, in the relation `relation`, is not there.",
    ),
    "still-referenced": Kind(
        409,
        "Still referenced",
        "It cannot be deleted while a `resource` refers to it by the relation `relation`.",
    ),
    "too-many-members": Kind(
        409, "Too many members", "The relation `relation` holds at most `most` members."
    ),
    "rule-broken": Kind(
        409,
        "Rule broken",
        "The values of `fields` would break the rule `rule`. `message` says what has to hold.",
    ),
    "precondition-failed": Kind(
        412,
        "Precondition failed",
        "The row is of another version than the header If-Match demands. Read it again first.",
    ),
    "body-too-large": Kind(
        413, "Body too large", "The body has more bytes than any valid body of this operation."
    ),
    "query-too-long": Kind(
        414, "Query too long", "The query string is longer than any that this operation takes."
    ),
    "unsupported-media-type": Kind(
        415,
        "Unsupported media type",
        "A body must be application/json in UTF-8, without a content encoding.",
    ),
    "invalid-request": Kind(
        422,
        "Invalid request",
        "The request breaks the published contract. `errors` says where and how, at most 50 times.",
    ),
    "internal-error": Kind(
        500,
        "Internal error",
        "The service has a defect. Its log has the details under the id in `instance`.",
    ),
    "database-unavailable": Kind(
        503,
        "Database unavailable",
        "The database cannot be reached or is too busy. Try again after `Retry-After` seconds.",
    ),
}
