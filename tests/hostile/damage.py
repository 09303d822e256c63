"""The look for damage in what a service has logged."""

from __future__ import annotations

import re

from tests.services import Server


def check_log(server: Server) -> None:
    """Hold that nothing was raised, and that no answer blamed the service."""
    log = server.log()
    assert "Traceback" not in log
    assert '"exception"' not in log
    assert not re.search(r'"status": 5', log)
