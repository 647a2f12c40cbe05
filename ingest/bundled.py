"""The reference sources that come with the program: each a mapping beside the file that it names."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from graph.errors import MappingError
from ingest.mapping import Mapping
from ingest.mapping_file import mapping_of


@dataclass(frozen=True)
class BundledSource:
    """A mapping and the file it reads."""

    mapping: Mapping
    file: Path


def bundled_sources() -> tuple[BundledSource, ...]:
    """Return every bundled source, by the name of its mapping; sources may be loaded in any order.

    Raises:
        MappingError: A mapping is wrong, or does not name a file that is there.
    """
    return sources_in(Path(str(files("ingest") / "reference")))


def sources_in(folder: Path) -> tuple[BundledSource, ...]:
    """Return the sources of a folder, by the name of their mappings; the mapping names the file beside it.

    Raises:
        MappingError: As for `bundled_sources`.
    """
    return tuple(_source(path) for path in sorted(folder.glob("*.yaml")))


def _source(path: Path) -> BundledSource:
    mapping = mapping_of(path)
    if mapping.file is None:
        raise MappingError(f"{path.name}: names no file; write `file: NAME.csv`")
    if Path(mapping.file).name != mapping.file:
        raise MappingError(f"{path.name}: file: {mapping.file!r} lies elsewhere; a mapping names a file beside it")
    file = path.with_name(mapping.file)
    if not file.is_file():
        raise MappingError(f"{path.name}: file: there is no {mapping.file!r} beside it; correct the name")
    return BundledSource(mapping, file)
