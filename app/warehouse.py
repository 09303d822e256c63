"""Warehouse API, as `make run` serves it.

This file is yours: the compiler wrote it once and leaves it alone.
Add your own routers, dependencies (authentication, say), middleware and exception handlers here.
"""

from generated.warehouse.app import create_app

app = create_app(routers=[], dependencies=[], middleware=[])
