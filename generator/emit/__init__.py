"""Stage 5, emit: the IR becomes text. `service.py` runs the emitters, each makes some files.

An emitter knows no other emitter, and cannot fail: what can be wrong was found while checking.
"""
