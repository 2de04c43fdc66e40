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


def caches(package: str = "handouts") -> dict[str, Cache]:
    """Every cache of the modules that are loaded, by the module's and its own name."""
    loaded = [module for name, module in sorted(sys.modules.items()) if name.partition(".")[0] == package]
    return {name: cache for module in loaded for name, cache in _of(module)}


def _of(module: ModuleType) -> Iterator[tuple[str, Cache]]:
    """Caches of a module's functions and of its classes' methods."""
    own = {name: thing for name, thing in vars(module).items() if _belongs(thing, module)}
    classes = [(f"{name}.", vars(thing)) for name, thing in own.items() if isinstance(thing, type)]
    for prefix, things in [("", own), *classes]:
        for name, thing in things.items():
            if isinstance(thing, functools._lru_cache_wrapper):
                yield f"{module.__name__}.{prefix}{name}", thing


def _belongs(thing: object, module: ModuleType) -> bool:
    return getattr(thing, "__module__", None) == module.__name__


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
