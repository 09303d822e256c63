"""The "Shop".

Generated from spec/spec.yaml. Do not edit: change the spec and run `make generate`.
"""
