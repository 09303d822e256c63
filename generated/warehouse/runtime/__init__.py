"""The runtime: what every service is built on. `sessions.py` is what handlers call."""
