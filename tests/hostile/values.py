"""D: values of fields.

Left out, since this service has no relations: 194 to 202.
"""

from __future__ import annotations

import json

from .cases import Case, case
from .wire import book_with, post_book, send

COMBINED = "e\u0301"

WRONG = [
    (146, "empty-title", "title", '""'),
    (147, "title-of-121", "title", '"' + "a" * 121 + '"'),
    (149, "120-combining-sequences", "title", '"' + COMBINED * 120 + '"'),
    (150, "title-of-a-number", "title", "1"),
    (150, "title-of-null", "title", "null"),
    (150, "title-of-a-list", "title", "[]"),
    (150, "title-of-an-object", "title", "{}"),
    (150, "title-of-true", "title", "true"),
    (154, "arabic-digits", "isbn", '"' + "\u0661" * 13 + '"'),
    (154, "fullwidth-digits", "isbn", '"' + "\uff11" * 13 + '"'),
    (155, "newline-at-the-end", "isbn", r'"9780000000000\n"'),
    (155, "12-digits-and-a-newline", "isbn", r'"978000000000\n"'),
    (155, "space-at-the-end", "isbn", '"978000000000 "'),
    (156, "below-zero", "price", "-0.01"),
    (157, "1e308", "price", "1e308"),
    (157, "a-little-more-than-the-most", "price", "1000000000.0000001"),
    (158, "number-in-a-string", "price", '"1e5"'),
    (158, "number-of-null", "price", "null"),
    (158, "number-of-true", "price", "true"),
    (159, "stock-below-zero", "stock", "-1"),
    (160, "stock-of-a-fraction", "stock", "1.5"),
    (161, "stock-above-the-most", "stock", "2147483648"),
    (161, "stock-of-null", "stock", "null"),
    (162, "no-such-day", "published_on", '"2024-02-30"'),
    (162, "no-leap-day", "published_on", '"2023-02-29"'),
    (163, "year-zero", "published_on", '"0000-01-01"'),
    (165, "year-10000", "published_on", '"10000-01-01"'),
    (166, "one-digit-month", "published_on", '"2024-1-1"'),
    (166, "without-dashes", "published_on", '"20240101"'),
    (166, "week-date", "published_on", '"2024-W01-1"'),
    (167, "date-as-zero", "published_on", "0"),
    (167, "date-as-zero-in-a-string", "published_on", '"0"'),
    (168, "date-as-1e20", "published_on", "1e20"),
    (169, "date-with-a-time", "published_on", '"2024-01-01T00:00:00Z"'),
    (169, "date-with-arabic-digits", "published_on", '"\u0662\u0660\u0662\u0664-01-01"'),
    (170, "hour-24", "seen_at", '"2024-01-01T24:00:00Z"'),
    (171, "leap-second", "seen_at", '"2016-12-31T23:59:60Z"'),
    (172, "offset-of-25-hours", "seen_at", '"2024-01-01T00:00:00+25:00"'),
    (172, "offset-without-colon", "seen_at", '"2024-01-01T00:00:00+0100"'),
    (172, "offset-with-seconds", "seen_at", '"2024-01-01T00:00:00+01:00:00"'),
    (173, "before-year-1", "seen_at", '"0001-01-01T00:00:00+23:59"'),
    (174, "after-year-9999", "seen_at", '"9999-12-31T23:59:59-23:59"'),
    (175, "without-offset", "seen_at", '"2024-01-01T00:00:00"'),
    (176, "epoch", "seen_at", "1700000000"),
    (176, "epoch-in-a-string", "seen_at", '"1700000000"'),
    (177, "9-digits-of-a-second", "seen_at", '"2024-01-01T00:00:00.123456789Z"'),
    (177, "7-digits-of-a-second", "seen_at", '"2024-01-01T00:00:00.1234567Z"'),
    (177, "point-without-digits", "seen_at", '"2024-01-01T00:00:00.Z"'),
    (177, "comma-for-the-point", "seen_at", '"2024-01-01T00:00:00,5Z"'),
    (178, "small-t", "seen_at", '"2024-01-01t00:00:00Z"'),
    (178, "small-z", "seen_at", '"2024-01-01T00:00:00z"'),
    (179, "space-for-t", "seen_at", '"2024-01-01 00:00:00Z"'),
    (179, "no-seconds", "seen_at", '"2024-01-01T00:00Z"'),
    (179, "newline-at-the-end-of-a-time", "opens", r'"09:00:00\n"'),
    (179, "time-with-an-offset", "opens", '"09:00:00Z"'),
    (179, "time-as-a-number", "opens", "32400"),
    (179, "duration-of-weeks", "lent_for", '"P1W"'),
    (179, "duration-of-a-month", "lent_for", '"P1M"'),
    (179, "duration-below-zero", "lent_for", '"-P1D"'),
    (179, "duration-as-a-number", "lent_for", "86400"),
    (180, "uuid-in-braces", "ref", '"{6f9619ff-8b86-d011-b42d-00cf4fc964ff}"'),
    (180, "uuid-as-urn", "ref", '"urn:uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff"'),
    (180, "uuid-without-dashes", "ref", '"6f9619ff8b86d011b42d00cf4fc964ff"'),
    (180, "uuid-of-an-integer", "ref", "1"),
    (181, "cost-nan", "cost", '"NaN"'),
    (181, "cost-snan", "cost", '"sNaN"'),
    (182, "cost-infinity", "cost", '"Infinity"'),
    (183, "cost-1e1000", "cost", '"1e1000"'),
    (184, "cost-1e-plus-5000", "cost", '"1E+5000"'),
    (184, "cost-1e-minus-5000", "cost", '"1E-5000"'),
    (185, "cost-too-long", "cost", '"12345678901.5"'),
    (185, "cost-of-5000-digits", "cost", '"' + "9" * 5000 + '"'),
    (186, "cost-of-three-decimals", "cost", '"0.001"'),
    (186, "cost-of-three-decimals-with-a-zero", "cost", '"1.500"'),
    (187, "cost-as-1e22", "cost", "1e22"),
    (187, "cost-as-a-number", "cost", "1.5"),
    (188, "cost-minus-zero", "cost", '"-0"'),
    (188, "cost-minus-zero-point-zero", "cost", '"-0.00"'),
    (189, "cost-with-underscore", "cost", '"1_000"'),
    (189, "cost-with-spaces", "cost", '" 1 "'),
    (189, "cost-of-fullwidth-digits", "cost", '"\uff11"'),
    (189, "cost-with-a-plus", "cost", '"+1"'),
    (189, "cost-with-a-leading-zero", "cost", '"01"'),
    (189, "cost-without-a-whole-part", "cost", '".5"'),
    (189, "cost-empty", "cost", '""'),
    (190, "tags-of-a-string", "tags", '"abc"'),
    (190, "tags-of-an-object", "tags", '{"0": "a"}'),
    (193, "100000-tags", "tags", json.dumps(["a"] * 100_000)),
    (193, "21-tags", "tags", json.dumps(["a"] * 21)),
    (208, "enum-in-capitals", "genre", '"Novel"'),
    (208, "enum-with-a-homoglyph", "genre", '"n\u043evel"'),
    (208, "enum-by-number", "genre", "0"),
    (208, "enum-of-null", "genre", "null"),
    (209, "email-without-at", "contact", '"a.b"'),
    (209, "email-quoted", "contact", r'"\"a b\"@x.y"'),
    (209, "email-of-two-at", "contact", '"a@b@c"'),
    (209, "email-with-a-newline", "contact", r'"a@b.example\n"'),
    (209, "email-of-another-script", "contact", '"a@b\u00fccher.example"'),
    (209, "email-of-255", "contact", '"' + "a@" + "b." * 126 + 'c"'),
    (209, "email-with-a-leading-dot", "contact", '".a@b.example"'),
    (209, "email-with-two-dots", "contact", '"a..b@c.example"'),
    (210, "url-of-a-script", "homepage", '"javascript:alert(1)"'),
    (210, "url-without-a-host", "homepage", '"http://"'),
    (210, "url-of-10-kb", "homepage", '"http://a.example/' + "a" * 10_000 + '"'),
    (210, "url-with-a-newline", "homepage", r'"http://a.example/\nb"'),
    (210, "url-with-a-bad-escape", "homepage", '"http://a.example/%zz"'),
    (210, "password-too-short", "password", '"1234567"'),
    (210, "boolean-as-zero", "in_print", "0"),
    (210, "boolean-as-a-string", "in_print", '"true"'),
]

ITEMS = [
    (191, "tags-of-a-number", "[1]"),
    (192, "tags-with-nul", r'["\u0000"]'),
    (192, "tags-with-an-empty-one", '[""]'),
    (192, "tags-with-null", "[null]"),
    (192, "tags-with-a-long-one", json.dumps(["a" * 31])),
]

TAKEN: list[tuple[int, str, dict[str, object]]] = [
    (148, "120-emoji", {"title": "\U0001f600" * 120}),
    (149, "60-combining-sequences", {"title": COMBINED * 60}),
    (151, "only-spaces", {"title": "   "}),
    (152, "composed", {"title": "caf\u00e9"}),
    (152, "decomposed", {"title": "cafe\u0301"}),
    (153, "right-to-left-and-zero-width", {"title": "\u202ea\u200b\ufeffb\u2066"}),
    (153, "controls-and-line-separators", {"title": "\x01\x1f\x7f\u0085\u2028\u2029"}),
    (153, "non-characters", {"title": "\ufffe\uffff\U0010ffff"}),
    (153, "markup-and-sql", {"title": "<script>'; DROP TABLE books;--%s{}$$"}),
    (156, "smallest-price", {"price": 5e-324}),
    (157, "largest-price", {"price": 1000000000}),
    (164, "last-day", {"published_on": "9999-12-31"}),
    (164, "first-day", {"published_on": "0001-01-01"}),
    (164, "last-moment", {"seen_at": "9999-12-31T23:59:59.999999Z"}),
    (164, "first-moment", {"seen_at": "0001-01-01T00:00:00Z"}),
    (185, "largest-cost", {"cost": "99999999.99"}),
    (185, "smallest-cost", {"cost": "-99999999.99"}),
    (179, "longest-duration", {"lent_for": "P9999999D"}),
    (210, "secret-of-emoji", {"password": "\U0001f600" * 8}),
]

UPDATES = [
    (205, "null-for-a-title", '{"title": null}', ("body", "title")),
    (205, "null-for-a-price", '{"price": null}', ("body", "price")),
    (205, "null-for-tags", '{"tags": null}', ("body", "tags")),
    (206, "the-key", '{"id": 3}', ("body", "id")),
    (206, "a-timestamp", '{"updated_at": "2026-11-22T10:00:00Z"}', ("body", "updated_at")),
    (206, "what-is-written-once", '{"shelf_mark": "A"}', ("body", "shelf_mark")),
    (206, "poison", '{"cost": "1E+5000"}', ("body", "cost")),
]


def taken(number: int, about: str, fields: dict[str, object]) -> Case:
    """Make the case of values that are answered as they were sent; a secret is not answered."""
    answered = {name: value for name, value in fields.items() if name != "password"}
    return Case(number, about, post_book(**fields), (201,), said=answered)


CASES: list[Case] = [
    *(
        case(n, about, send("POST", "/books", book_with(key, value)), 422, at=("body", key))
        for n, about, key, value in WRONG
    ),
    *(
        case(
            n, about, send("POST", "/books", book_with("tags", value)), 422, at=("body", "tags", 0)
        )
        for n, about, value in ITEMS
    ),
    *(taken(n, about, fields) for n, about, fields in TAKEN),
    *(
        case(n, about, send("PATCH", "/books/1", body.encode()), 422, at=at)
        for n, about, body, at in UPDATES
    ),
    case(
        164,
        "moment-with-an-offset",
        post_book(seen_at="2024-01-01T00:30:00.5+01:00"),
        201,
        seen_at="2023-12-31T23:30:00.500000Z",
    ),
    case(
        180,
        "uuid-in-capitals",
        post_book(ref="6F9619FF-8B86-D011-B42D-00CF4FC964FF"),
        201,
        ref="6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    ),
    case(186, "cost-of-one-decimal", post_book(cost="1.5"), 201, cost="1.50"),
    case(188, "cost-zero", post_book(cost="0"), 201, cost="0.00"),
    case(203, "unique-clash", post_book(isbn="9790000000001"), 409),
    case(
        203, "unique-clash-on-update", send("PATCH", "/books/3", b'{"isbn": "9790000000001"}'), 409
    ),
    case(204, "empty-update", send("PATCH", "/books/1", b"{}"), 200, id=1),
    case(207, "replace-without-what-is-required", send("PUT", "/books/1", b"{}"), 422),
    case(207, "replace-what-is-deleted", post_book().replace(b"POST /books", b"PUT /books/2"), 404),
    case(209, "email-of-one-label", post_book(contact="a@b"), 201, contact="a@b"),
    case(210, "password-never-answered", post_book(password="correct horse"), 201),
]
