"""B: what stands in the query.

The names are the service's: `page_size` and `page` stand for `limit` and `offset`, `title_contains`
for `q`. Left out: none; `include` and `fields` (90, 91) are parameters that nobody declares.
"""

from __future__ import annotations

from .cases import Case, case
from .wire import get, post_book

WRONG = [
    (51, "zero", "page_size", "page_size=0"),
    (52, "negative", "page_size", "page_size=-1"),
    (53, "above-the-most", "page_size", "page_size=101"),
    (54, "letters", "page_size", "page_size=abc"),
    (55, "empty", "page_size", "page_size="),
    (56, "fraction", "page_size", "page_size=1.5"),
    (57, "exponent", "page_size", "page_size=1e2"),
    (58, "nul", "page_size", "page_size=%00"),
    (58, "plus-sign", "page_size", "page_size=%2B1"),
    (58, "space-before", "page_size", "page_size=+1"),
    (58, "leading-zero", "page_size", "page_size=01"),
    (58, "arabic-digit", "page_size", "page_size=%D9%A1"),
    (59, "twice", "page_size", "page_size=1&page_size=2"),
    (59, "twice-the-same", "page_size", "page_size=1&page_size=1"),
    (60, "brackets", "page_size[]", "page_size[]=1"),
    (61, "page-of-two-to-63", "page", "page=9223372036854775808"),
    (61, "page-zero", "page", "page=0"),
    (61, "page-above-the-most", "page", "page=100001"),
    (62, "page-of-30-digits", "page", "page=" + "9" * 30),
    (63, "page-of-5000-digits", "page", "page=" + "9" * 5000),
    (64, "unknown", "limit", "limit=1"),
    (65, "capitals", "PAGE", "PAGE=1"),
    (66, "text-with-nul", "title_contains", "title_contains=%00"),
    (66, "text-around-nul", "title_prefix", "title_prefix=a%00b"),
    (67, "text-of-byte-ff", "title_contains", "title_contains=%ff"),
    (68, "text-of-a-surrogate", "title_contains", "title_contains=%ed%a0%80"),
    (69, "text-of-percent-zz", "title_contains", "title_contains=%zz"),
    (74, "text-too-long", "title_contains", "title_contains=" + "a" * 121),
    (77, "no-value", "page_size", "page_size"),
    (78, "semicolon", "page", "page=1;page_size=2"),
    (81, "filter-by-a-secret", "password", "password=abc"),
    (83, "number-nan", "price_ge", "price_ge=NaN"),
    (83, "number-infinity", "price_ge", "price_ge=Infinity"),
    (84, "number-too-large", "price_ge", "price_ge=1e400"),
    (84, "number-of-5000-digits", "price_ge", "price_ge=" + "9" * 5000),
    (85, "no-such-day", "published_on", "published_on=2024-02-30"),
    (85, "time-with-a-plus", "seen_at_ge", "seen_at_ge=2024-01-01T00:00:00+01:00"),
    (85, "integer-beyond-json", "stock_ge", "stock_ge=9007199254740992"),
    (85, "decimal-exponent", "cost", "cost=1e1"),
    (85, "decimal-too-long", "cost", "cost=" + "9" * 5000),
    (85, "uuid-without-dashes", "ref", "ref=6f9619ff8b86d011b42d00cf4fc964ff"),
    (85, "enum-in-capitals", "genre", "genre=NOVEL"),
    (90, "include", "include", "include=author.books.author"),
    (91, "fields", "fields", "fields=unknown"),
    (94, "bool-yes", "in_print", "in_print=yes"),
    (94, "bool-on", "in_print", "in_print=on"),
    (94, "bool-one", "in_print", "in_print=1"),
    (94, "bool-capitals", "in_print", "in_print=TRUE"),
    (94, "is-null-of-zero", "published_on_is_null", "published_on_is_null=0"),
]

WRONG_SORTS = [
    (79, "sort-by-nothing-known", "sort=unknown"),
    (80, "sort-with-a-comma", "sort=-title,-price"),
    (80, "sort-with-two-signs", "sort=--title"),
    (81, "sort-by-a-secret", "sort=password"),
    (82, "sort-with-sql", "sort=title;drop"),
]

EMPTY_LIST = [
    (70, "or-true", "title_contains='%20OR%201=1--"),
    (71, "two-percent-signs", "title_contains=%25%25"),
    (72, "underscore", "title_contains=_"),
    (73, "backslash", "title_contains=%5c"),
    (73, "raw-backslash", "title_prefix=\\"),
    (73, "trailing-backslash-and-percent", "title_prefix=a%5c%25"),
    (73, "asterisk", "title_prefix=*"),
    (73, "highest-code-point", "title_prefix=%F4%8F%BF%BF"),
    (73, "encoded-crlf-in-a-link", "title_contains=%0d%0aX-Evil:%20y"),
    (73, "angle-brackets-in-a-link", "title_contains=%3E%3B%20rel%3D%22next%22%2C%20%3C"),
    (89, "page-past-the-end", "page=100000&page_size=100"),
]

UNKNOWN_ON_CREATE = post_book().replace(b"/books", b"/books?dry_run=true")

CASES: list[Case] = [
    *(
        case(n, about, get(f"/books?{query}"), 422, at=("query", name))
        for n, about, name, query in WRONG
    ),
    *(
        case(n, about, get(f"/books?{query}"), 422, at=("query", "sort", 0))
        for n, about, query in WRONG_SORTS
    ),
    *(case(n, about, get(f"/books?{query}"), 200, items=[]) for n, about, query in EMPTY_LIST),
    case(64, "unknown-on-read", get("/books/1?fields=id"), 422, at=("query", "fields")),
    case(64, "unknown-on-create", UNKNOWN_ON_CREATE, 422, at=("query", "dry_run")),
    case(74, "9-kb", get("/shelves?title=" + "a" * 9000), 414),
    case(75, "2000-parameters", get("/books?" + "&".join(["a=1"] * 2000)), 422),
    case(75, "3000-parameters", get("/shelves?" + "&".join(["a=1"] * 3000)), 414),
    # What may be sent a hundred times takes more than 8 KiB; its list has a limit of its own.
    case(74, "9-kb-of-text-where-more-is-taken", get("/books?title=" + "a" * 9000), 422),
    case(75, "100-long-values", get("/books?" + "&".join([f"title_in={'a' * 119}"] * 100)), 200),
    case(75, "300-kb", get("/books?" + "&".join(["id_in=1"] * 40_000)), 400, 414),
    case(
        75, "101-values", get("/books?" + "&".join(["id_in=1"] * 101)), 422, at=("query", "id_in")
    ),
    case(76, "only-separators", get("/books?&&&"), 200),
    case(76, "names-of-nothing", get("/books?&&&=&="), 422, at=("query", "")),
    case(77, "question-mark-alone", get("/books?"), 200),
    case(86, "cursor-outside-its-pattern", get("/loans?cursor=!!!"), 422, at=("query", "cursor")),
    case(86, "cursor-empty", get("/loans?cursor="), 422, at=("query", "cursor")),
    case(86, "cursor-too-long", get("/loans?cursor=" + "a" * 513), 422, at=("query", "cursor")),
    case(86, "cursor-of-garbage", get("/loans?cursor=abc"), 404),
    case(86, "cursor-of-json", get("/loans?cursor=WzEsMl0"), 404),
    case(86, "cursor-of-brackets", get("/loans?cursor=" + "W1tb" * 128), 404),
    case(86, "cursor-of-a-huge-number", get("/loans?cursor=" + "OTk5" * 128), 404),
    case(86, "sort-of-mixed-directions", get("/loans?sort=reader&sort=-until"), 422),
    case(92, "raw-bytes", get(b"/books?title_contains=\xe9"), 400, 422),
    case(93, "plus-for-space", get("/books?title=Snow+Crash"), 200, found=1),
    case(93, "percent-20-for-space", get("/books?title=Snow%20Crash"), 200, found=1),
    case(93, "encoded-name", get("/books?%74itle=Snow%20Crash"), 200, found=1),
    case(94, "bool-true", get("/books?in_print=true"), 200),
    case(94, "fragment", get("/books?in_print=true#x"), 200, 400),
]
