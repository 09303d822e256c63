"""Products.

Generated from spec/catalog.yaml. Do not edit: change the spec and run `make generate`.
"""
