"""Proof that a pattern takes linear time also in an engine that tries one way after another.

Such an engine is slow where one text can be read in many ways. Two reasons are told apart, after
Weber and Seidl: a loop that reads one text in two ways (exponential), and two loops in a row that
can share one text (polynomial). Ways that are few for every text are multiplied and bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TypeVar

from generator.patterns.automaton import Automaton, Ways, looped
from generator.patterns.tree import Pattern, union

MAX_WAYS = 10_000
"""Ways to read one character that are still fast."""
MAX_SEARCH = 200_000

State = TypeVar("State", bound=Hashable)
Triple = tuple[int, int, int]


def slowness(pattern: Pattern) -> str | None:
    """Say why a pattern may be slow, or nothing when it is proven to be fast."""
    graph = _Graph.of(looped(pattern), open_end=not pattern.to_end)
    if graph is None:
        return None
    if _reads_twice(graph):
        return "a repeated part can read one text in two ways"
    ways = _most_ways(graph)
    for earlier, later in _loops_in_a_row(graph):
        shared = _share(graph, earlier, later)
        if shared is None:
            return "it is too complex for a proof"
        limits = [graph.limit(earlier), graph.limit(later)]
        if shared and limits == [None, None]:
            return _row(pattern, graph, earlier)
        ways *= prod(limit for limit in limits if shared and limit is not None)
    return "one text can be read in too many ways" if ways > MAX_WAYS else None


def _row(pattern: Pattern, graph: _Graph, earlier: frozenset[int]) -> str:
    searches = not pattern.from_start and len(graph.masks) - 1 in earlier
    if searches:
        return "without `^` it is tried again from every character"
    return "two repeated parts, one after the other, can read the same text"


@dataclass(frozen=True, slots=True)
class _Graph:
    """An automaton with its characters numbered, its loops found and its dead ends left out."""

    automaton: Automaton
    alive: frozenset[int]
    masks: tuple[int, ...]
    """Per state a bit for every atom of the alphabet that it reads."""
    loop_of: dict[int, int]
    """State -> number of its strongly connected component; numbers fall along the edges."""
    loops: tuple[frozenset[int], ...]
    """The components that are loops."""

    @classmethod
    def of(cls, automaton: Automaton, *, open_end: bool) -> _Graph | None:
        alive = frozenset(range(len(automaton.characters)))
        if open_end:
            if automaton.empty:
                return None
            alive -= automaton.last.keys()
        edges = {at: [to for to in automaton.follow[at] if to in alive] for at in alive}
        components = components_of(alive, edges.__getitem__)
        loop_of = {at: number for number, members in enumerate(components) for at in members}
        loops = tuple(
            members
            for members in components
            if len(members) > 1 or any(at in edges[at] for at in members)
        )
        return cls(automaton, alive, alphabet_masks(automaton), loop_of, loops)

    def following(self, at: int) -> Iterable[tuple[int, int]]:
        """The states after one, with the number of ways."""
        return ((to, n) for to, n in self.automaton.follow[at].items() if to in self.alive)

    def limit(self, loop: frozenset[int]) -> int | None:
        limits = [self.automaton.limits[at] for at in loop]
        known = [limit for limit in limits if limit is not None]
        return max(known) if len(known) == len(limits) else None


def alphabet_masks(automaton: Automaton) -> tuple[int, ...]:
    """Number the atoms of the alphabet, which no set of the pattern cuts; a bit mask per state."""
    cuts = sorted({edge for chars in automaton.characters for a, b in chars for edge in (a, b + 1)})
    numbers = {cut: number for number, cut in enumerate(cuts)}
    masks = []
    for characters in automaton.characters:
        mask = 0
        for low, high in union(list(characters)):
            mask |= (1 << numbers[high + 1]) - (1 << numbers[low])
        masks.append(mask)
    return tuple(masks)


def components_of(
    nodes: Iterable[State], edges: Callable[[State], Iterable[State]]
) -> list[frozenset[State]]:
    """Strongly connected components, the last ones along the edges first (Tarjan, iterative)."""
    index: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    waiting: set[State] = set()
    found: list[frozenset[State]] = []
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(edges(root)))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while work:
            at, remaining = work[-1]
            for to in remaining:
                if to not in index:
                    index[to] = low[to] = len(index)
                    stack.append(to)
                    waiting.add(to)
                    work.append((to, iter(edges(to))))
                    break
                if to in waiting:
                    low[at] = min(low[at], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == index[at]:
                    cut = stack.index(at)
                    found.append(frozenset(stack[cut:]))
                    waiting.difference_update(stack[cut:])
                    del stack[cut:]
    return found


def _reads_twice(graph: _Graph) -> bool:
    """Whether a loop comes back to its state over one text on two different ways."""
    for loop in graph.loops:
        inner = {at: [to for to, _ in graph.following(at) if to in loop] for at in loop}
        if any(ways > 1 and to in loop for at in loop for to, ways in graph.following(at)):
            return True

        def step(
            pair: tuple[int, int], inner: dict[int, list[int]] = inner
        ) -> Iterable[tuple[int, int]]:
            for left, right in product(inner[pair[0]], inner[pair[1]]):
                if graph.masks[left] & graph.masks[right]:
                    yield left, right

        diagonal = [(at, at) for at in loop]
        for members in components_of(diagonal, step):
            if any(a == b for a, b in members) and any(a != b for a, b in members):
                return True
    return False


def _loops_in_a_row(graph: _Graph) -> Iterable[tuple[frozenset[int], frozenset[int]]]:
    for earlier in graph.loops:
        reached = _reach(graph, earlier)
        for later in graph.loops:
            if later is not earlier and not reached.isdisjoint(later):
                yield earlier, later


def _reach(graph: _Graph, start: Iterable[int]) -> set[int]:
    reached = set(start)
    work = list(reached)
    while work:
        new = {to for to, _ in graph.following(work.pop())} - reached
        reached |= new
        work.extend(new)
    return reached


def _share(graph: _Graph, earlier: frozenset[int], later: frozenset[int]) -> bool | None:
    """Whether a text leads around one loop, around the other and from one to the other."""
    between = {at for at in _reach(graph, earlier) if not later.isdisjoint(_reach(graph, [at]))}
    budget = MAX_SEARCH
    for source, target in product(earlier, later):
        goal = (source, target, target)
        seen: set[Triple] = {(source, source, target)}
        work: list[Triple] = list(seen)
        while work:
            for triple in _step(graph, work.pop(), (earlier, between, later)):
                if triple == goal:
                    return True
                if triple not in seen:
                    seen.add(triple)
                    work.append(triple)
            budget -= 1
            if budget < 0:
                return None
    return False


def _step(
    graph: _Graph, triple: Triple, within: tuple[frozenset[int], set[int], frozenset[int]]
) -> Iterable[Triple]:
    masks = graph.masks
    choices = [
        [to for to, _ in graph.following(at) if to in allowed]
        for at, allowed in zip(triple, within, strict=True)
    ]
    for a, b, c in product(*choices):
        if masks[a] & masks[b] & masks[c]:
            yield a, b, c


def _most_ways(graph: _Graph) -> int:
    """A bound on the ways that do not come from loops: choices in a row, multiplied."""
    automaton = graph.automaton
    best: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for at, number in graph.loop_of.items():
        members.setdefault(number, []).append(at)
    for number in sorted(members):
        inside = members[number]
        fan = max(_fan(graph, automaton.follow[at], number, automaton.last[at]) for at in inside)
        after = {graph.loop_of[to] for at in inside for to, _ in graph.following(at)} - {number}
        best[number] = fan * max((best[one] for one in after), default=1)
    start = _fan(graph, automaton.first, -1, automaton.empty)
    after = {graph.loop_of[to] for to in automaton.first if to in graph.alive}
    return start * max((best[one] for one in after), default=1)


def _fan(graph: _Graph, following: Ways, inside: int, ending: int) -> int:
    """In how many ways one character can be read next, the ways that stay in the loop apart."""
    ways: Ways = Ways()
    for to, count in following.items():
        if to in graph.alive and graph.loop_of[to] != inside:
            mask = graph.masks[to]
            while mask:
                bit = mask & -mask
                ways[bit] += count
                mask ^= bit
    return max(1, ending, *ways.values())
