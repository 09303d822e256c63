"""A service for tests of the emitters with what a resource has to do with others, from a spec.

`related_service()` is its IR; `SPEC` the text, for tests that change a word of it.
"""

from __future__ import annotations

from pathlib import Path

from generator.check.together import understand
from generator.ir import Service
from generator.lower import lower
from generator.source import read

SPEC = """\
spec: 1
service: {name: store, version: 1.0, base_path: /store}
resources:
  Warehouse:
    concurrency: etag
    fields: {city: {type: string(..40), index: true, example: Ghent}}
    endpoints: [create, list, read, delete, bulk_delete]
  Tag:
    key: slug
    fields: {slug: {type: string(2..20), example: on-sale}}
    endpoints: [create, list, read]
  Product:
    concurrency: etag
    soft_delete: true
    fields:
      sku: {type: string(..20), unique: true}
      price: {type: decimal(8:2 0..), index: true}
      floor: {type: decimal(8:2)?}
      label: {type: string(..60), compute: "'#' + sku"}
    relations:
      warehouse: {to: Warehouse, inverse: products, write: create, expand: true}
      origin: {to: Product?, inverse: copies, on_delete: set_null, expand: true, example: 7}
      tags: {to: list(Tag), inverse: products, max: 3, members: [add, remove, list]}
      hidden: {to: list(Tag), inverse: hidden_products, body: false, members: [add]}
    rules:
      above_floor: {check: price >= floor, message: "The price is\\n  above its floor."}
    endpoints:
      create:
      list:
        filter:
          warehouse: [eq, in]
          origin: [is_null]
          warehouse.city: [eq, prefix]
          tags: [any, all, none]
        search: [sku]
        under: [warehouse]
        page: {style: cursor}
      read:
      replace:
      update:
      delete:
      bulk_create: {max: 50, on_conflict: {sku: keep}}
      bulk_delete: {max: 60}
  Level:
    key: uuid
    fields: {count: integer(0..) = 0}
    relations:
      product: {to: Product, inverse: level, unique: true, on_delete: cascade}
      visits: {to: list(Visit), inverse: levels, ids: seen}
    endpoints: {create: , list: , bulk_create: {max: 9, answer: counts}}
  Visit:
    key: uuid7
    fields: {note: string?}
    endpoints: [create, bulk_delete]
"""


def related_service(text: str = SPEC) -> Service:
    """Make the IR of the service."""
    spec, _ = understand(read(text.encode(), Path("store.yaml")))
    return lower(spec)
