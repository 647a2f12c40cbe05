"""Workbooks of `iga export --editable` that come back: recognized here, compared and asked about by `iga load`."""

from collections.abc import Sequence
from pathlib import Path

from graph.errors import UsageError
from ingest.editing.form import STAMP
from ingest.feed import Feed
from ingest.formats.format import CardWords, Format, Head

NAME = "editable"


def _fits(head: Head) -> bool:
    return any(row[:1] == (STAMP,) for row in head.rows)


def _feed(_: Sequence[Path], __: CardWords) -> Feed:
    raise UsageError("an editable workbook is compared with the graph first, one at a time: iga load FILE.xlsx")


EDITABLE = Format(
    name=NAME,
    title="a workbook of iga export --editable",
    suffixes=(".xlsx",),
    fits=_fits,
    feed=_feed,
)
