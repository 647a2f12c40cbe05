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
