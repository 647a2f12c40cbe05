"""The embedded engine: loaded when it is first asked for, with the memory that this process gives it.

IGA_ENGINE names another one than the native build: ``arcadedb-embedded``, the released package, where it is installed.
"""

import atexit
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from filelock import FileLock, Timeout

from iga.graph.errors import SettingsError
from iga.graph.private import FILE

USUAL_HEAP = "-Xmx1g"
"""Memory of the engine, unless ARCADEDB_NATIVE_ISOLATE_ARGS says another; it grows to what it may have."""

SERVICE_HEAP = "-Xmx192m"
"""Of a process that stays and only now and then answers: with 1 GB it kept 180 MB more after 10,000 requests."""

LITTLE_HEAP = "-Xmx112m"
"""Enough to fill a graph of any size and to keep it up. A million nodes and relationships were filled in with 96 MB."""

NATIVE, RELEASED = "arcadedb", "arcadedb-embedded"
_PASSING = "iga-log-"
_ARGUMENTS, _JAVA_ARGUMENTS = "ARCADEDB_NATIVE_ISOLATE_ARGS", "ARCADEDB_JVM_ARGS"
_GIVEN = {name: os.environ[name] for name in (_ARGUMENTS, _JAVA_ARGUMENTS) if name in os.environ}


def use_little_memory(*, to_answer: bool = False) -> None:
    """Give the engine of this process little memory, to load or to answer for long; before it is first opened."""
    os.environ.setdefault(_ARGUMENTS, SERVICE_HEAP if to_answer else LITTLE_HEAP)


def use_usual_memory() -> None:
    """Give the engine of this process what a command that reads has, whatever is asked for later."""
    os.environ.setdefault(_ARGUMENTS, USUAL_HEAP)


def environ_given() -> dict[str, str]:
    """Return the environment for another process: without the memory that this one gave its own engine."""
    return {name: value for name, value in os.environ.items() if name not in (_ARGUMENTS, _JAVA_ARGUMENTS)} | _GIVEN


def files_allowed() -> int:
    """Let this process have as many files open as its account may, and return how many that is."""
    try:
        import resource
    except ImportError:  # Windows sets no such limit
        return 1_000_000
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if most == resource.RLIM_INFINITY else most
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


def engine(folder: Path) -> Any:
    """Return the engine's module. It reads these variables once per process, when it is loaded.

    Raises:
        SettingsError: IGA_ENGINE names none, or one that is not installed.
    """
    name = os.environ.get("IGA_ENGINE") or NATIVE
    if name not in (NATIVE, RELEASED):
        raise SettingsError(f"IGA_ENGINE is {name!r}, which is no engine: write {NATIVE} or {RELEASED}")
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    if "ARCADEDB_LOG_DIR" not in os.environ:
        os.environ["ARCADEDB_LOG_DIR"] = str(_log_folder(folder.absolute().with_name(f"{folder.name}.log")))
    use_usual_memory()
    files_allowed()
    if name == RELEASED:
        return _released()
    import arcadedb  # type: ignore[import-untyped]  # no stubs; here, because loading it takes 46 ms

    return arcadedb


def _released() -> Any:
    os.environ.setdefault(_JAVA_ARGUMENTS, USUAL_HEAP)
    try:
        from iga.graph.stores import released_engine
    except ModuleNotFoundError as error:
        raise SettingsError(f"IGA_ENGINE is {RELEASED}, which is not installed: pip install {RELEASED}") from error
    return released_engine


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


def _log_folder(usual: Path) -> Path:
    """Return where the engine may write its log: it takes another folder, with a word on the terminal, where not."""
    if os.access(usual if usual.exists() else usual.parent, os.W_OK):
        return usual
    _sweep_logs()
    passing = TemporaryDirectory(prefix=_PASSING, ignore_cleanup_errors=True)
    atexit.register(passing.cleanup)
    held = FileLock(Path(passing.name) / "held", mode=FILE)
    held.acquire(timeout=0)
    atexit.register(held.release)
    return Path(passing.name)


def _sweep_logs() -> None:
    """Remove what this account's killed processes left; the folders of others are held, or not ours."""
    for folder in Path(gettempdir()).glob(f"{_PASSING}*"):
        with suppress(OSError, Timeout):
            about = folder.lstat()
            if stat.S_ISDIR(about.st_mode) and (os.name != "posix" or about.st_uid == os.getuid()):
                with FileLock(folder / "held", mode=FILE, timeout=0):
                    shutil.rmtree(folder, ignore_errors=True)
