"""Structured logs: a JSON object a line, each with the id of the request it was written in.

No line of ours holds a query, a header or a body: keys and paths are all that is told of a request.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from .request_ids import CURRENT

FACTS = ("method", "path", "status", "duration_ms")
"""What a line about a request says besides its message."""


class JsonFormatter(logging.Formatter):
    """Writes a record as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        request_id = getattr(record, "request_id", None) or CURRENT.get()
        if request_id:
            line["request_id"] = request_id
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure_logging(level: str) -> None:
    """Log JSON to standard error from `level` on, unless the process has its own configuration.

    uvicorn's lines then look the same; its access log, which shows queries, gives way to ours.
    """
    root = logging.getLogger()
    if root.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        server = logging.getLogger(name)
        server.handlers.clear()
        server.propagate = name != "uvicorn.access"
