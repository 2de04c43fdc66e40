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


def places(package: str = "handouts") -> Iterator[tuple[Any, str, Cache]]:
    """Every name that a cached function has in the modules that are loaded, and in their classes."""
    loaded = [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] == package]
    for module in loaded:
        for holder in (module, *_classes(module)):
            for name, thing in [*vars(holder).items()]:
                if isinstance(thing, functools._lru_cache_wrapper):
                    yield holder, name, thing


def _classes(module: ModuleType) -> list[type]:
    things = [*vars(module).values()]
    return [thing for thing in things if isinstance(thing, type) and thing.__module__ == module.__name__]


def caches() -> dict[str, Cache]:
    """Every cache of the package, by its function's name."""
    found = {f"{cache.__module__}.{cache.__qualname__}": cache for _, _, cache in places()}
    return {name: cache for name, cache in found.items() if name.startswith("handouts.")}


def empty() -> None:
    """Forget all that is kept."""
    for cache in caches().values():
        cache.cache_clear()


def held(found: Iterable[Cache], apart: object = None) -> Iterator[int]:
    """Bytes that each cache holds and none before it, nor `apart`; memory of C libraries is not seen."""
    seen: set[int] = set()
    _size(apart, seen)
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
