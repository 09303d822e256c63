"""The runtime: what every service is built on. `sessions.py` is what handlers call."""

from .garbage import expect_many

# Here, since every module of a service imports the runtime before it makes anything.
expect_many()
