"""Restwright: a compiler from a YAML spec to a FastAPI service. Start reading at `compiler.py`."""
