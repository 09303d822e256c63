"""Traits: a resource together with what its traits mix in, and where each part of it stands.

What the resource says itself comes first, then what its traits say, in the order of `with`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.spec import MixedSpec, ResourceSpec, Spec

Path = tuple[str | int, ...]

PARTS = ("fields", "relations", "rules", "unique", "indexes")
"""What is mixed in by name."""
SETTINGS = ("timestamps", "soft_delete", "concurrency")
"""What is taken from the first that says it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A name that is there twice: where it stands, and where it stood first."""

    path: Path
    first: Path


@dataclass(frozen=True, slots=True)
class Mixed:
    """A resource as if it had no traits."""

    spec: ResourceSpec
    places: Mapping[tuple[str, str], Path]
    """By part and name (`("fields", "sku")`), also of settings (`("timestamps", "")`)."""
    clashes: tuple[Clash, ...]


def mix(spec: Spec, name: str) -> Mixed:
    """Mix the traits of a resource into it. Traits that there are none of are left out."""
    own = spec.resources[name]
    parts: dict[str, dict[str, object]] = {part: {} for part in PARTS}
    settings: dict[str, object] = {}
    places: dict[tuple[str, str], Path] = {}
    clashes: list[Clash] = []
    for path, section in (("resources", name), own), *_traits(spec, own, set()):
        for part in PARTS:
            for key, value in getattr(section, part).items():
                place = (*path, part, key)
                if places.setdefault((part, key), place) == place:
                    parts[part][key] = value
                else:
                    clashes.append(Clash(place, places[part, key]))
        for key in SETTINGS:
            value = getattr(section, key)
            if value is not None and key not in settings:
                settings[key] = value
                places[key, ""] = (*path, key)
    return Mixed(own.model_copy(update={**parts, **settings}), places, tuple(clashes))


def _traits(spec: Spec, section: MixedSpec, seen: set[str]) -> Iterator[tuple[Path, MixedSpec]]:
    """Yield the traits of a section, and theirs, each once."""
    for name in section.with_:
        trait = spec.traits.get(name)
        if trait is not None and name not in seen:
            seen.add(name)
            yield ("traits", name), trait
            yield from _traits(spec, trait, seen)
