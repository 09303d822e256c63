"""Measures what a request costs, ours beside its peers: `make bench`. Read README.md first."""
