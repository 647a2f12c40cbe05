"""The reference sources that come with the program: each a mapping beside the file that it names."""

from dataclasses import dataclass
from pathlib import Path

from graph.errors import MappingError
from ingest.mapping import Mapping
from ingest.mapping_file import mapping_of
from ingest.reference_files import LOADED_WHEN_ASKED, REFERENCE


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
    return sources_in(REFERENCE)


def sample_sources() -> tuple[BundledSource, ...]:
    """Return the sources of the fictional sample, by the name of their mappings: made-up people, meetings and money.

    Raises:
        MappingError: As for `bundled_sources`.
    """
    return sources_in(REFERENCE / "sample")


def sources_in(folder: Path) -> tuple[BundledSource, ...]:
    """Return the sources of a folder and those below it, by the name of their mappings.

    The mapping names the file beside it. Folders that are loaded only when asked for are left out.

    Raises:
        MappingError: As for `bundled_sources`.
    """
    left_out = [folder / name for name in LOADED_WHEN_ASKED]
    found = (path for path in folder.rglob("*.yaml") if path.parent not in left_out)
    return tuple(source_of(path) for path in sorted(found, key=lambda path: path.name))


def source_of(path: Path) -> BundledSource:
    """Return the source of one mapping file, which names the file beside it.

    Raises:
        MappingError: As for `bundled_sources`.
    """
    mapping = mapping_of(path)
    if mapping.file is None:
        raise MappingError(f"{path.name}: names no file; write `file: NAME.csv`")
    if Path(mapping.file).name != mapping.file:
        raise MappingError(f"{path.name}: file: {mapping.file!r} lies elsewhere; a mapping names a file beside it")
    file = path.with_name(mapping.file)
    if not file.is_file():
        raise MappingError(f"{path.name}: file: there is no {mapping.file!r} beside it; correct the name")
    return BundledSource(mapping, file)
