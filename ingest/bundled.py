"""The reference sources that come with the program: each a mapping beside the file that it names."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from iga.graph.domain.marking import Marking
from iga.graph.errors import MappingError, NotFound
from iga.graph.suggestions import nearest
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping import Mapping
from iga.ingest.mapping_file import mapping_of
from iga.ingest.reference_files import LOADED_WHEN_ASKED, REFERENCE


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
    paths = (path for path in folder.rglob("*.yaml") if path.parent not in left_out)
    return tuple(source_of(path) for path in sorted(paths, key=lambda path: path.name))


def source_of(path: Path) -> BundledSource:
    """Return the source of one mapping file, which names the file beside it; raises as `bundled_sources`."""
    mapping = mapping_of(path)
    if mapping.file is None:
        raise MappingError(f"{path.name}: names no file; write `file: NAME.csv`")
    if Path(mapping.file).name != mapping.file:
        raise MappingError(f"{path.name}: file: {mapping.file!r} lies elsewhere; a mapping names a file beside it")
    file = path.with_name(mapping.file)
    if not file.is_file():
        raise MappingError(f"{path.name}: file: there is no {mapping.file!r} beside it; correct the name")
    return BundledSource(mapping, file)


UNVERIFIED = 90
"""Rank of what nobody checked; see docs/mappings.md."""


class AvailableList(BaseModel):
    """A list that `iga load --list` loads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="Name, as `iga load --list` takes it.")
    source: str = Field(description="Name of the source that it becomes.")
    title: str = Field(description="Title.")
    publisher: str = Field(description="Who publishes it.")
    url: str = Field(description="Its page.")
    licence: str = Field(description="Licence or terms.")
    as_of: str = Field(description="Day it states its content for, possibly partial; blank is unknown.")
    rank: int = Field(description="Order of trust; lower is stronger.")
    verified: bool = Field(description="Whether somebody checked it; rows of the others are shown as unverified.")
    fictional: bool = Field(description="Whether it is made up for demonstration.")
    marking: str = Field(description="public, internal or sensitive.")
    row_count: int = Field(description="Rows of its file.")
    gaps: tuple[str, ...] = Field(description="Known gaps, each a sentence.")


def available_lists() -> tuple[AvailableList, ...]:
    """Return every list that is loaded only when asked for, by name.

    Raises:
        MappingError: A mapping is wrong, or does not name a file that is there.
    """
    return tuple(_available(name, source_of(path)) for name, path in sorted(_paths(LOADED_WHEN_ASKED).items()))


def list_named(name: str) -> BundledSource:
    """Return a source that comes with the program, also one that is loaded always, by the name of its list.

    Raises:
        NotFound: There is none of this name.
        MappingError: As for `available_lists`.
    """
    paths = _paths(None)
    if name not in paths:
        near = nearest(name, paths)
        meant = f"did you mean {' or '.join(near)}?" if near else "iga sources --available names them"
        raise NotFound(f"no list that comes with the program is called {name!r}; {meant}", suggestions=near)
    return source_of(paths[name])


def _paths(folders: tuple[str, ...] | None) -> dict[str, Path]:
    """Return the mappings in some folders, or in all, by the name of their list."""
    paths = (path for path in REFERENCE.rglob("*.yaml") if folders is None or path.parent.name in folders)
    return {path.stem.replace("_", "-"): path for path in paths}


def _available(name: str, source: BundledSource) -> AvailableList:
    card = source.mapping.card.card()
    with mapped_reader(source.mapping).opened(source.file, None) as file:
        row_count = sum(1 for _ in file.records)
    of_card = {field: getattr(card, field) for field in AvailableList.model_fields if hasattr(card, field)}
    return AvailableList(
        **of_card | {"name": name, "marking": Marking(card.marking).word},
        verified=card.rank < UNVERIFIED,
        row_count=row_count,
    )
