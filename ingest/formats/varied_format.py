"""Formats whose files come in several layouts: each has a bundled mapping, and a file's header tells which is its."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import FileRefused, UsageError
from ingest.feed import Feed, OpenFile
from ingest.formats.format import CardWords, Format, Head
from ingest.formats.mapped_format import format_mapping, worded
from ingest.formats.registry import head_of
from ingest.mapped_feed import mapped_feed
from ingest.mapping import Mapping
from ingest.readers.table import Progress


@dataclass(frozen=True)
class Layout:
    """One layout of a format's files.

    Attributes:
        mapping: Name of its bundled mapping.
        columns: Those that tell it from the other layouts; all of them must be there.
    """

    mapping: str
    columns: tuple[str, ...]


def varied_format(name: str, title: str, *, layouts: tuple[Layout, ...], key: str, page: str = "") -> Format:
    """Return the format whose files have one of these layouts; files of several may be one load if one card is theirs.

    Args:
        name: Of the format.
        title: As reports print it.
        layouts: Tried in this order.
        key: What its rows are told apart by, as messages print it, whatever the column is called in a layout.
        page: Its page in docs/formats/, without the ending; blank is its name.
    """

    def fits(head: Head) -> bool:
        return any(head.has_columns(*layout.columns) for layout in layouts)

    def feed(files: Sequence[Path], words: CardWords) -> Feed:
        return _feed({path: _layout_of(path, name, layouts) for path in files}, key, words)

    return Format(name, title, (".csv", ".tsv", ".txt"), fits, feed, page)


def _layout_of(path: Path, name: str, layouts: tuple[Layout, ...]) -> Layout:
    head = head_of(path)
    for layout in layouts:
        if head.has_columns(*layout.columns):
            return layout
    told = "; or ".join(", ".join(layout.columns) for layout in layouts)
    raise FileRefused(f"{path.name}: no file of {name}: its header needs the columns {told}")


def _feed(layouts: dict[Path, Layout], key: str, words: CardWords) -> Feed:
    mappings = {layout.mapping: _worded(layout.mapping, words) for layout in layouts.values()}
    cards = {mapping.card.source: mapping.card.card() for mapping in mappings.values()}
    if len(cards) > 1:
        raise UsageError(f"the files are of several sources ({', '.join(sorted(cards))}); load each by itself")
    feeds = {name: mapped_feed(mapping) for name, mapping in mappings.items()}

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        with feeds[layouts[path].mapping].opened(path, progress) as file:
            yield file

    [card] = cards.values()
    return Feed(card=card, key=(key,), opened=opened)


def _worded(name: str, words: CardWords) -> Mapping:
    mapping = format_mapping(name)
    return mapping.model_copy(update={"card": worded(mapping.card, words)})
