"""What goes wrong in a request, by the part of it that is wrong."""

from __future__ import annotations

from .requests import Pairs

METHODS = (
    *("HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "QUERY", "get", "Head", "X" * 300, "*"),
    *("GET", "POST", "PUT", "PATCH", "DELETE"),
)

KEYS = (
    *(b"0", b"-1", b"+1", b"01", b"1.0", b"1e3", b"1_0", b"0x1", b" 1", b"1 ", b"%201", b"1%20"),
    *(b"9007199254740991", b"9007199254740992", b"9223372036854775808", b"1" * 41, b"9" * 5000),
    *(b"%31", b"%00", b"1%00", b"%ff", b"%ed%a0%80", b"%", b"%zz", b"%2", b"%2e%2e", b"..", b"."),
    *(b"%2F", b"1%2F2", b"%5c", b"1%0a", b"%0d%0aX:y", b"%EF%BC%91", b"%D9%A1", b"%E2%80%AE"),
    *(b"\xc3\xa9", b"\xff\xfe", b"NaN", b"null", b"true", b"a", b"A", b"a-b", b"ZZ", b"a" * 8192),
    *(b"6f9619ff-8b86-d011-b42d-00cf4fc964ff", b"6F9619FF-8B86-D011-B42D-00CF4FC964FF"),
    *(b"6f9619ff8b86d011b42d00cf4fc964ff", b"%7B6f9619ff-8b86-d011-b42d-00cf4fc964ff%7D"),
    *(b"urn:uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff", b"1;a=b", b"1,2", b"1?", b"1%3F", b""),
)

VALUES = (
    *(b"", b"0", b"1", b"-1", b"01", b"+1", b"%2B1", b"1.0", b"1.5", b"1e1", b"1e400", b"NaN"),
    *(b"Infinity", b"9" * 17, b"9" * 400, b"9" * 5000, b"%D9%A1", b"1%00", b"%00", b"a%00b"),
    *(b"%ff", b"%ed%a0%80", b"%zz", b"%", b"%e", b"a+b", b"a%20b", b"%2B", b"%26", b"%3D", b"a=b"),
    *(b"\xc3\xa9", b"\xe9", b"%C3%A9", b"%c3%a9", b"e%CC%81", b"%F4%8F%BF%BF", b"'--", b"%25"),
    *(b"true", b"false", b"True", b"yes", b"null", b"a", b"A", b"x" * 200, b"%0d%0aX-Evil:1"),
    *(b"2024-02-29", b"2023-02-29", b"2024-01-01T00:00:00Z", b"2024-01-01T00:00:00+01:00"),
    *(b"2024-01-01T00%3A00%3A00%2B01%3A00", b"12:00:00", b"P1D", b"a@b", b"[]", b"{}", b"1;2"),
    *(b"6f9619ff-8b86-d011-b42d-00cf4fc964ff", b"6F9619FF-8B86-D011-B42D-00CF4FC964FF", b"1,2"),
)

QUERIES = (
    *(b"&", b"&&&", b"=", b"&=&", b"==", b"unheardOf=1", b"unheardOf", b"unheardOf=", b"%ff=1"),
    *(b"%zz=1", b"a=1&b=2&a=3", b"x=1&x=2&x=3", b"page=2&pageSize=1&page=2", b"PAGE=1", b"+=1"),
    *(b"page[]=1", b"page.0=1", b"page=1;x=2", b"%70age=1", b"pag%65=1", b"page%3D1", b"page%00=1"),
    *(b"\xc3\xa9=1", b"\xff=\xfe", b"a=%ff&a=%fe", b"#x", b"page=1#x", b"?page=1", b"page=1?"),
    *(b"__proto__=1", b"self=1", b"body=1", b"db=1", b"params=1", b"a" * 300, b"a=1&" * 300),
    *(
        b"x=" + b"y" * 8190,
        b"x=" + b"y" * 8191,
        b"page_size=1&page=1",
        b"expand=a&expand=a",
        b"q=+",
    ),
)

ACCEPTS = (
    *(b"", b"*/*", b"application/*", b"application/json", b"APPLICATION/JSON", b"text/html"),
    *(b"text/html, application/json;q=0.1", b"application/json;q=0", b"*/*;q=0", b"*/*;q=0.0001"),
    *(b"garbage", b"\xff\xfe", b"text/html;q=x", b",", b", ,", b"text/html,", b"application/json;"),
    *(
        b"application/problem+json",
        b'application/json;v="a,b"',
        b"x/y," * 100,
        b" application/json",
    ),
)

CONTENT_TYPES = (
    *(b"", b"text/plain", b"application/xml", b"application/x-www-form-urlencoded", b"*/*"),
    *(b"multipart/form-data", b"multipart/form-data; boundary=x", b"application", b"/", b";;;="),
    *(
        b"application/json; charset=utf-16",
        b"application/json; charset=UTF-8",
        b"application/json;",
    ),
    *(b'application/json;charset="utf-8"', b"APPLICATION/JSON", b"application/vnd.api+json"),
    *(b"application/json, text/plain", b"application/json\xff", b" application/json ", b"a/" * 999),
    *(b"application/problem+json", b"application/json; charset=bogus", b"application/json;x=y"),
)

CODINGS = (b"", b"identity", b"gzip", b"br", b"identity, gzip", b"IDENTITY", b",", b"\xff")
ORIGINS = (
    *(b"https://admin.internal.corp", b"https://backoffice.example.com", b"null", b"", b"*"),
    *(b"https://evil.example", b"https://admin.internal.corp.evil.example", b"https://\xff"),
    *(b"HTTPS://ADMIN.INTERNAL.CORP", b"https://admin.internal.corp:443", b"https://app.example"),
)
IDS = (b"a.B_c-9", b"", b"a" * 64, b"a" * 65, b"a b", b"\xff", b"a/b", b"{}", b"a\n")
TAGS = (
    *(b"*", b'"1"', b'W/"1"', b'"2"', b'"7", "1"', b"1", b"", b",", b'"', b'"1', b'w/"1"', b'"01"'),
    *(
        b'"1" "1"',
        b', ,"7",, "1",',
        b'*, "1"',
        b"*, *",
        b'"\xff", "1"',
        b"\xff",
        b'"1" junk',
        b"'1'",
    ),
    *(b'"9223372036854775808"', b'"' + b"9" * 5000 + b'"', b" * ", b'"*"', b'W/"0123456789abcdef"'),
)

ONE_OF_EACH: tuple[tuple[bytes, tuple[bytes, ...]], ...] = (
    (b"accept", ACCEPTS),
    (b"content-type", CONTENT_TYPES),
    (b"content-encoding", CODINGS),
    (b"origin", ORIGINS),
    (b"x-request-id", IDS),
    (b"if-match", TAGS),
    (b"if-none-match", TAGS),
    (b"content-length", (b"", b"0", b"1", b"00", b"-1", b"abc", b"9" * 30, b"1048577", b"\xb2")),
    (b"transfer-encoding", (b"chunked", b"", b"gzip, chunked")),
    (b"expect", (b"100-continue", b"x")),
    (b"range", (b"bytes=0-1", b"x")),
    (b"x-http-method-override", (b"DELETE",)),
    (b"host", (b"", b"evil.example")),
    (b"cookie", (b";;=;a=b;\xff",)),
    (b"if-modified-since", (b"Fri, 31 Dec 9999 23:59:59 GMT", b"x")),
)

PREFLIGHTS: tuple[Pairs, ...] = tuple(
    (
        (b"origin", origin),
        *(((b"access-control-request-method", method),) if method else ()),
        *(((b"access-control-request-headers", names),) if names is not None else ()),
    )
    for origin in ORIGINS[:5]
    for method, names in (
        (b"POST", b"content-type"),
        (b"GET", None),
        (b"DELETE", b"authorization, If-Match"),
        (b"PUT", b"x-unheard-of"),
        (b"\xff", b"\xff,,"),
        (b"", b"content-type"),
    )
)

BODIES = (
    *(b"", b" ", b"\n\t ", b"{", b"}", b"{}", b"[]", b"null", b"true", b"0", b'"x"', b"[{}]"),
    *(b"NaN", b"Infinity", b"-Infinity", b"1e400", b'{"a": NaN}', b'{"a": 1e400}', b'{"a": -0.0}'),
    *(b"\xef\xbb\xbf{}", "{}".encode("utf-16"), b"\xff\xfe", b'{"a": "\xff"}', b'{"a": "\\ud800"}'),
    *(b'{"a": "\x00"}', b'{"a": "\\u0000"}', b'{"a": 1,}', b"{'a': 1}", b'{"a": 1} x', b"{}{}"),
    *(b'{"a": 1, "a": 2}', b"[" * 100 + b"]" * 100, b"[" * 101 + b"]" * 101, b"[" * 5000),
    *(b'{"a":' * 99 + b"1" + b"}" * 99, b'{"a":' * 101 + b"1" + b"}" * 101, b"[1," * 3000),
    *(b"9" * 4300, b"9" * 4301, b'{"a": ' + b"9" * 4301 + b"}", b"/*x*/{}", b"{}\x00", b"\x00"),
    *(
        b'{"": 1}',
        b'{"__proto__": {}}',
        b'{"self": 1}',
        b'{"items": {}}',
        b'{"ids": [1, 1]}',
        b"+1",
    ),
)

LITERALS = (
    *("null", "true", "false", "0", "-0", "1", "-1", "1.0", "1.5", "1e0", "1e400", "NaN", '""'),
    *("9007199254740991", "9007199254740992", "9223372036854775808", "9" * 400, "9" * 4301, '"1"'),
    *(
        '"a"',
        '"A"',
        '"\\u0000"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        '" "',
        '"x\\n"',
        f'"{"x" * 3000}"',
    ),
    *('"2024-02-29"', '"2023-02-29"', '"2024-01-01T00:00:00Z"', '"2024-01-01T00:00:00"', '"P1D"'),
    *('"0001-01-01T00:00:00+23:59"', '"24:00:00"', '"12:00:00.1234567"', '"1.50"', '"1E+5000"'),
    *('"-0.00"', '"999999999999.99"', "1e22", "0.1", '"a@b"', '"a@b@c"', '"http://a"', '"ftp://a"'),
    *('"6f9619ff-8b86-d011-b42d-00cf4fc964ff"', '"6F9619FF-8B86-D011-B42D-00CF4FC964FF"', '"{}"'),
    *(
        "[]",
        "{}",
        "[null]",
        "[[]]",
        '["a"]',
        '["a", "a"]',
        "[1, 1]",
        "[0]",
        '{"a": 1}',
        '[{"a": 1}]',
    ),
    *(
        '"é"',
        '"e\\u0301"',
        '"%"',
        '"<script>"',
        '"\U0010ffff"',
        "[" * 60 + "]" * 60,
        '{"x": [1e400]}',
    ),
)
"""JSON, in the place of one value of a body."""

ROOTS = ("/api", "/v1", "/api/v1", "/é b", "/a%2Fb", "/catalog")
