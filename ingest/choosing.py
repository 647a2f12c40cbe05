"""Choose what to load: the files that words on a command line mean, and the format that all of them are of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.errors import FileRefused, UsageError
from ingest.corrections import is_written_by_loads
from ingest.formats.format import Format
from ingest.formats.registry import format_named
from ingest.formats.sniffing import sniffed


def files_of(paths: Sequence[Path], *, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """Return files, and in place of each folder the files in and below it, in the order of their paths.

    Hidden files and those that loads leave behind are left out of folders; a file that is named twice is given once.

    Args:
        paths: Files and folders.
        suffixes: Endings, in lower case, that a file of a folder must have one of; none takes every file.

    Raises:
        FileRefused: A folder holds no such file.
    """
    found = [file for path in paths for file in (_inside(path, suffixes) if path.is_dir() else (path,))]
    once: dict[Path, Path] = {}
    for file in found:
        once.setdefault(file.resolve(), file)
    return list(once.values())


def format_of(files: Sequence[Path], *, name: str = "") -> tuple[Format, str]:
    """Return the format of files, and a sentence on how it is known.

    Args:
        files: At least one.
        name: The format as asked for; blank recognizes it from the files.

    Raises:
        UsageError: There is no such format, or the files are of several.
        FileRefused: A file is of no format that is known.
    """
    if name:
        found = format_named(name)
        return found, f"read as {found.title}, as --format {name} says"
    found_for = {file: sniffed(file) for file in files}
    counts = Counter(found.name for found in found_for.values())
    if len(counts) > 1:
        told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        raise UsageError(
            f"the files are of several formats ({told}); one load reads one: load them apart, or say --format"
        )
    found = found_for[files[0]]
    return found, f"recognized as {found.title}; --format {found.name} says so without looking"


def _inside(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_meant(path, folder, suffixes)]
    if not found:
        kinds = f" that ends in {' or '.join(suffixes)}" if suffixes else ""
        raise FileRefused(f"{folder}: holds no file{kinds}; check the folder")
    yield from found


def _is_meant(path: Path, folder: Path, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and not is_written_by_loads(path.name) and (not suffixes or path.suffix.lower() in suffixes)
