"""Structured logs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from generator.runtime.logs import JsonFormatter, configure_logging
from generator.runtime.request_ids import CURRENT


def test_a_line_is_a_json_object() -> None:
    """Whatever is in the message: a line of its own cannot be forged."""
    record = logging.LogRecord("a.b", logging.WARNING, "", 0, 'x\n{"y": %s}', ("é",), None)
    record.path = "/a"
    token = CURRENT.set("me")
    line = JsonFormatter().format(record)
    CURRENT.reset(token)
    assert "\n" not in line
    found = json.loads(line)
    assert found.pop("time").endswith("+00:00")
    assert found == {
        "level": "warning",
        "logger": "a.b",
        "message": 'x\n{"y": é}',
        "path": "/a",
        "request_id": "me",
    }


def test_a_traceback_is_part_of_its_line() -> None:
    """So that a defect is one line."""
    try:
        raise RuntimeError("why")
    except RuntimeError as error:
        facts = (type(error), error, error.__traceback__)
        record = logging.LogRecord("a", logging.ERROR, "", 0, "x", None, facts)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "RuntimeError: why" in json.loads(line)["exception"]


@contextmanager
def bare_logging() -> Iterator[logging.Logger]:
    """Take all handlers off, and put them back."""
    names = ("", "uvicorn", "uvicorn.error", "uvicorn.access")
    loggers = [logging.getLogger(name) for name in names]
    before = [(one, one.handlers[:], one.level, one.propagate) for one in loggers]
    for one in loggers:
        one.handlers.clear()
    try:
        yield loggers[0]
    finally:
        for one, handlers, level, propagate in before:
            one.handlers[:] = handlers
            one.setLevel(level)
            one.propagate = propagate


def test_the_process_logs_json_from_a_level_on() -> None:
    """uvicorn's own lines too, but not its access log, which shows queries."""
    with bare_logging() as root:
        server = logging.getLogger("uvicorn.access")
        server.addHandler(logging.StreamHandler())
        configure_logging("warning")
        configure_logging("debug")
        [handler] = root.handlers
        assert isinstance(handler.formatter, JsonFormatter)
        assert root.level == logging.WARNING
        assert logging.getLogger("uvicorn.error").hasHandlers()
        assert not server.hasHandlers()


def test_a_configuration_of_the_team_stays() -> None:
    """Whoever has handlers has decided."""
    with bare_logging() as root:
        mine = logging.NullHandler()
        root.addHandler(mine)
        configure_logging("debug")
        assert root.handlers == [mine]
