"""The folder of an embedded graph: put in place whole and taken away whole, even by a process that dies."""

import shutil
from contextlib import suppress
from pathlib import Path

from iga.graph.private import opener


def being_made(folder: Path) -> Path:
    """Return where a graph is made before it takes its place."""
    return folder.with_name(f"{folder.name}.being-made")


def _being_removed(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.being-removed")


def is_graph(folder: Path) -> bool:
    """True if there is a graph in a folder, damaged or not; anything else in it is not ours."""
    return (folder / "configuration.json").exists() or is_ours(folder)


def is_ours(folder: Path) -> bool:
    """True if a graph was made by this program, as its files tell without being read."""
    return bool(beside(folder)) or any(folder.glob("Contradiction_*.bucket"))


def beside(folder: Path) -> bytes:
    """Return what is kept beside a graph: whose it is, and through which load; blank where nothing is."""
    with suppress(OSError):
        return _card_of(folder).read_bytes()
    return b""


def keep_beside(folder: Path, said: bytes) -> None:
    """Keep that beside a graph; where the system refuses, the next projection tries again."""
    if beside(folder) == said:
        return
    fresh = _card_of(folder).with_name(f"{_card_of(folder).name}.new")
    with suppress(OSError):
        with open(fresh, "wb", opener=opener) as file:
            file.write(said)
        fresh.replace(_card_of(folder))


def forget_beside(folder: Path) -> None:
    """Remove what is kept beside a graph that is no more."""
    with suppress(OSError):
        _card_of(folder).unlink(missing_ok=True)


def _card_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.holds.json")


def is_vacant(folder: Path) -> bool:
    """True if a folder is missing or empty."""
    return not folder.exists() or not any(folder.iterdir())


def put_in_place(folder: Path) -> None:
    """Let the graph that was made take the place of the one in the folder, if any; nobody has either open.

    Raises:
        OSError: The system refused; the graph that was there is still there.
    """
    sweep_removed(folder)
    if folder.exists():
        folder.rename(_being_removed(folder))
    try:
        being_made(folder).rename(folder)
    except OSError:
        _being_removed(folder).rename(folder)
        raise
    sweep_removed(folder)


def take_away(folder: Path) -> None:
    """Remove a graph that nobody has open; killed meanwhile, no half of it can be taken for a graph."""
    sweep_removed(folder)
    if folder.exists():
        folder.rename(_being_removed(folder))
    sweep_removed(folder)
    forget_beside(folder)


def sweep_made(folder: Path) -> None:
    """Remove what a killed process made and did not put in place."""
    _swept(being_made(folder))


def sweep_removed(folder: Path) -> None:
    """Remove what a killed process had begun to remove."""
    _swept(_being_removed(folder))


def _swept(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
