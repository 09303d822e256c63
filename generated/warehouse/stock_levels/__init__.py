"""Stock levels.

Generated from spec/warehouse.yaml. Do not edit: change the spec and run `make generate`.
"""
