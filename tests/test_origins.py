"""What an origin is holds alike in a spec and at the start of a service."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from generator.runtime.origins import origin_problem
from generator.runtime.settings import ServiceSettings

RIGHT = [
    "https://a.example",
    "http://localhost:3000",
    "https://[::1]:8443",
    "https://xn--bcher.example",
]
WRONG = [
    "null",
    "a.example",
    "ftp://a.example",
    "https://a.example/",
    "https://a.example/path",
    "https://A.example",
    "https://*.example",
    "https://a..example",
    "https://a.example:443",
    "http://a.example:80",
    "https://a.example:0",
    "https://a.example:65536",
    "https://-a.example",
    "https://a.example?x",
]


@pytest.mark.parametrize("origin", RIGHT)
def test_what_browsers_send_is_taken(origin: str) -> None:
    """A scheme, a host and perhaps a port."""
    assert origin_problem(origin, alone=True) is None
    assert ServiceSettings(cors_origins=(origin,)).cors_origins == (origin,)


@pytest.mark.parametrize("origin", WRONG)
def test_what_no_browser_sends_is_refused(origin: str) -> None:
    """The environment is checked as strictly as the spec."""
    assert origin_problem(origin, alone=True) is not None
    with pytest.raises(ValidationError):
        ServiceSettings(cors_origins=(origin,))
