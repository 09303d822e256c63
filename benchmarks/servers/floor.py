"""The floor: an ASGI application that reads the body and answers constant bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]

BODY = (
    b'{"id":1,"sku":"SKU-000001","title":"Product 1","unit_price":1.5,"inventory_count":1,'
    b'"category":"category-01","condition":"new","supplier_id":2}'
)
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(BODY)).encode()),
    ],
}
END = {"type": "http.response.body", "body": BODY}


async def app(
    scope: Message,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Answer every request alike."""
    if scope["type"] != "http":
        raise RuntimeError("only HTTP is served")
    while (await receive()).get("more_body"):
        pass
    await send(START)
    await send(END)
