"""The caches of the package: which there are, how full they are, and the bytes that each one holds."""

from __future__ import annotations

import functools
import gc
import sys
from collections.abc import Iterable, Iterator
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeAlias

Cache: TypeAlias = "functools._lru_cache_wrapper[Any]"

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType)  # what a value names, but does not hold


def loaded() -> list[ModuleType]:
    """The modules of the package but those of the figure engine and of the batch: one handout needs neither."""
    names = (name for name in sorted(sys.modules) if name == "handouts" or name.startswith("handouts."))
    return [sys.modules[name] for name in names if not name.startswith(("handouts.figures", "handouts.batch"))]


def places() -> Iterator[tuple[Any, str, Cache]]:
    """Every name that a cached function has in the modules that are loaded, and in their classes."""
    for module in loaded():
        for holder in (module, *_classes(module)):
            for name, thing in [*vars(holder).items()]:
                if isinstance(thing, functools._lru_cache_wrapper):
                    yield holder, name, thing


def _classes(module: ModuleType) -> list[type]:
    things = [*vars(module).values()]
    return [thing for thing in things if isinstance(thing, type) and thing.__module__ == module.__name__]


def caches() -> dict[str, Cache]:
    """Every cache of the package, by its function's name."""
    return {f"{cache.__module__}.{cache.__qualname__}": cache for _, _, cache in places()}


def empty() -> None:
    """Forget all that is kept."""
    for cache in caches().values():
        cache.cache_clear()


def held(found: Iterable[Cache]) -> Iterator[int]:
    """Bytes that each cache holds and none before it; memory of C libraries is not seen."""
    seen: set[int] = set()
    for cache in found:
        yield _size(cache, seen)


def _size(start: object, seen: set[int]) -> int:
    """Bytes of all that can be reached and was not seen."""
    total, waiting = 0, [start]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or (isinstance(thing, _SHARED) and thing is not start):
            continue
        seen.add(id(thing))
        total += sys.getsizeof(thing)
        waiting += gc.get_referents(thing)
    return total
