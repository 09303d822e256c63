"""The pieces of a service, one for each resource: those of unchanged resources come from the cache.

A piece is made from `Service.around` its resource, and kept by the hash of just that and of the
compiler, so that nothing else can show in it: a kept piece is the one that would be made.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterator, Mapping, MutableMapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from generator.emit.contract import Part
from generator.emit.service import Piece, emit_around, emit_pieces
from generator.ir import Service
from generator.tidy import tidy

TOOLS = ("datamodel-code-generator", "jinja2", "pydantic", "pydantic-core", "ruff")
"""The packages that shape what is emitted, or check it on the way there."""
RUNTIME = "runtime/"

Cache = MutableMapping[str, str]


def compiled(service: Service, kept: Cache, extra: dict[str, str]) -> dict[str, str]:
    """Make every file of a service, and lay out `extra` with them; `kept` has what is known."""
    keys = _keys(service)
    found = {name: _kept(kept, key) for name, key in keys.items()}
    missing = [one for one in service.resources if found[one.name] is None]
    made = emit_pieces([(one, service.around(one.name)) for one in missing], kept)
    new = {one.name: piece for one, piece in zip(missing, made, strict=True)}
    pieces = [found[name] or new[name] for name in keys]
    laid_out = _tidied(emit_around(service, pieces) | extra, new.values(), kept)
    for name, piece in new.items():
        piece.files.update({path: laid_out[path] for path in piece.files})
        kept[keys[name]] = json.dumps(asdict(piece))
    for piece in pieces:
        laid_out.update(piece.files)
    return laid_out


def _tidied(around: Mapping[str, str], new: Collection[Piece], kept: Cache) -> dict[str, str]:
    """Lay out what is new in one go; the runtime, which is the same for every service, once."""
    runtime = {path: text for path, text in around.items() if path.startswith(RUNTIME)}
    key = f"runtime {_digest(json.dumps(runtime))} {_compiler()}"
    known: dict[str, str] = json.loads(kept[key]) if key in kept else {}
    rest = {path: text for path, text in around.items() if path not in known}
    for piece in new:
        rest |= piece.files
    laid_out = tidy(rest)
    if not known:
        kept[key] = json.dumps({path: laid_out[path] for path in runtime})
    return laid_out | known


def _keys(service: Service) -> dict[str, str]:
    """Name each piece after all that decides what is in it."""
    digests = {one.name: _digest(repr(one)) for one in service.resources}
    alike = f"{_compiler()} {service.alone!r}"
    keys: dict[str, str] = {}
    for name in digests:
        others = " ".join(digests[one.name] for one in service.depends_on(name))
        keys[name] = f"piece {_digest(f'{alike} {name} {others}')}"
    return keys


def _kept(kept: Cache, key: str) -> Piece | None:
    text = kept.get(key)
    if text is None:
        return None
    found = json.loads(text)
    return Piece(found["files"], Part(**found["contract"]))


@cache
def _compiler() -> str:
    """Hash the compiler itself, with what of other packages shapes its output."""
    found = hashlib.sha256(repr((sys.version_info[:2], [version(one) for one in TOOLS])).encode())
    for path, content in _sources(files("generator"), ""):
        found.update(f"{path}\n{len(content)}\n".encode() + content)
    return found.hexdigest()


def _sources(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{prefix}{one.name}"
        if one.is_dir():
            if one.name != "__pycache__":
                yield from _sources(one, f"{path}/")
        else:
            yield path, one.read_bytes()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
