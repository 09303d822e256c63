"""The clients of other tests, put before a pair: what they send is compared too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlencode

from tests.fuzzing.client import Client
from tests.fuzzing.traffic import Exchange
from tests.parity.exact import ExactTwin
from tests.parity.twin import Answer, Parameters

from .pair import Pair
from .requests import JSON, Request


@dataclass(frozen=True, slots=True)
class PairClient(Client):
    """What `tests.fuzzing` probes with."""

    pair: Pair

    def send(
        self,
        why: str,
        method: str,
        target: str,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Exchange:
        """Send a request."""
        path, _, query = target.partition("?")
        fields = {name.lower(): value for name, value in (headers or {}).items()}
        if body:
            fields["content-length"] = str(len(body))
        request = Request(
            method,
            path.encode(),
            query.encode(),
            tuple((name.encode(), value.encode("latin-1")) for name, value in fields.items()),
            (body or b"",),
        )
        said = self.pair.ask(request)
        answered = {name.decode(): value.decode("latin-1") for name, value in said.headers}
        return Exchange(
            by=f"probe: {why}",
            method=method,
            path=path,
            query=query,
            headers=fields,
            body=body or b"",
            status=said.status,
            answered=answered,
            content=said.body,
        )


class PairTwin:
    """What the walks of `tests.parity` send with."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair

    def send(
        self,
        method: str,
        path: str,
        *,
        expect: int | None = None,
        params: Parameters | None = None,
        json_body: object = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request."""
        fields = [
            (name.lower().encode(), value.encode()) for name, value in (headers or {}).items()
        ]
        body = b"" if json_body is None else json.dumps(json_body).encode()
        if json_body is not None:
            fields += [JSON, (b"content-length", b"%d" % len(body))]
        query = urlencode(params or {}, doseq=True).encode()
        said = self.pair.ask(Request(method, path.encode(), query, tuple(fields), (body,)))
        assert expect in (None, said.status)
        pairs = tuple((name.decode(), value.decode("latin-1")) for name, value in said.headers)
        return Answer(said.status, pairs, said.body.decode())


def exact_twin_of(pair: Pair) -> ExactTwin:
    """Let a walk take a pair for the twin that it is written for: it only sends."""
    return cast(ExactTwin, PairTwin(pair))
