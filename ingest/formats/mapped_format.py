"""Formats that are tables: a bundled mapping says how they are read, and its columns how they are recognized."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from graph.errors import UsageError
from ingest.feed import Feed
from ingest.formats.format import CardWords, Format, Head
from ingest.mapped_feed import mapped_feed
from ingest.mapping import Mapping, SourceCard
from ingest.mapping_file import mapping_from


def mapped_format(
    name: str, title: str, *, columns: tuple[str, ...], suffixes: tuple[str, ...], page: str = ""
) -> Format:
    """Return the format that the mapping ``NAME.yaml`` beside this module describes.

    Args:
        name: Of the format, and of its mapping.
        title: As reports print it.
        columns: Those that tell it from every other format; all of them must be there.
        suffixes: Endings of file names that a folder is searched for.
        page: Its page in docs/formats/, without the ending; blank is its name.
    """

    def fits(head: Head) -> bool:
        return head.has_columns(*columns)

    return Format(name, title, suffixes, fits, partial(_feed, name), page)


def format_mapping(name: str) -> Mapping:
    """Return the bundled mapping of a format.

    Raises:
        MappingError: It does not fit the domain.
    """
    text = (files("ingest.formats") / f"{name}.yaml").read_text(encoding="utf-8")
    return mapping_from(text, name=f"{name}.yaml")


def worded(card: SourceCard, words: CardWords) -> SourceCard:
    """Return a card with what the person who loads says in place of its own words.

    Raises:
        UsageError: A word does not fit; the message names it.
    """
    try:
        return SourceCard.model_validate({**card.model_dump(), **words.given()})
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        option = str(fault["loc"][0]).replace("_", "-")
        raise UsageError(f"--{option} {fault['input']!r}: {fault['msg'].removeprefix('Value error, ')}") from None


def mapped_feed_of(
    name: str, words: CardWords, *, source: str = "", title: str = "", notes: tuple[str, ...] = ()
) -> Feed:
    """Return the feed that the bundled mapping of a format describes.

    Args:
        name: Of the format.
        words: What the person who loads says of the source.
        source: Id of the source; blank lets the person decide, then the mapping.
        title: Its title, likewise.
        notes: What is to be said of it.

    Raises:
        UsageError: A word does not fit.
    """
    mapping = format_mapping(name)
    said = replace(words, source=source or words.source, title=title or words.title)
    card = worded(mapping.card, said)
    return mapped_feed(with_sheets(mapping, words.sheets).model_copy(update={"card": card}), notes=notes)


def with_sheets(mapping: Mapping, sheets: Sequence[str]) -> Mapping:
    """Return a mapping that reads the sheets asked for; as it stands where none are.

    Raises:
        UsageError: It reads no workbook.
    """
    if not sheets:
        return mapping
    if mapping.format != "xlsx":
        raise UsageError(f"--sheet {sheets[0]!r}: the mapping is for CSV files, which have no sheets")
    one = sheets[0] if len(sheets) == 1 else None
    return mapping.model_copy(update={"sheet": one, "sheets": None if one else tuple(sheets)})


def _feed(name: str, _: Sequence[Path], words: CardWords) -> Feed:
    return mapped_feed_of(name, words)
