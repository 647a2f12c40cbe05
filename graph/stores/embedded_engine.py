"""The embedded engine: loaded when it is first asked for, with the memory that this process gives it."""

import os
from pathlib import Path
from typing import Any

USUAL_HEAP = "-Xmx1g"
"""Memory of the engine, unless ARCADEDB_NATIVE_ISOLATE_ARGS says another; it grows to what it may have."""

LITTLE_HEAP = "-Xmx112m"
"""Enough to fill a graph of any size and to keep it up. A million nodes and relationships were filled in with 96 MB."""

_ARGUMENTS = "ARCADEDB_NATIVE_ISOLATE_ARGS"


def use_little_memory() -> None:
    """Give the engine of this process little memory, for a command that loads; before it is first opened."""
    os.environ.setdefault(_ARGUMENTS, LITTLE_HEAP)


def engine(folder: Path) -> Any:
    """Return the engine's module. It reads these variables once per process, when it is loaded."""
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder.absolute().with_name(f"{folder.name}.log")))
    os.environ.setdefault(_ARGUMENTS, USUAL_HEAP)
    import arcadedb  # type: ignore[import-untyped]  # no stubs; here, because loading it takes 46 ms

    return arcadedb


def plain(value: Any) -> Any:
    """Return a value without the engine's own names: a node is the dict of its properties.

    The dicts and lists are the engine's answer, which nobody else holds: changed in place, as making each anew took
    a fifth of a read's time. A list holds values of one type, so its first tells what it holds.
    """
    if type(value) is dict:
        value.pop("@rid", None)
        value.pop("@type", None)
        parts = value.values()
    else:
        parts = value
    for part in parts:
        if type(part) is dict or (type(part) is list and part and type(part[0]) is not str):
            plain(part)
    return value
