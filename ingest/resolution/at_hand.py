"""The book of candidates of a graph that is open: beside its index of names, brought up to it."""

import sqlite3
from pathlib import Path

from graph.desk import Reading
from ingest.resolution.book import Book
from ingest.resolution.candidates import bring_up

MOST_READ_AFTER_A_LOAD = 50_000
"""Rows, or things of a graph that was never looked through, that are read for candidates after a load: some seconds."""

_BEHIND = "behind"
"""Remark in a book that loads were left out of it."""


def book_of(reading: Reading) -> Book:
    """Return the book of the view that is open, holding its parties; in memory where nothing can be written.

    Raises:
        StoreError: The store did not answer.
    """
    book = open_book(place_of(reading))
    if reading.meta is not None:
        bring_up(book, reading.store, reading.ledger, held=reading.meta)
        with book.writing():
            book.note(_BEHIND, "")
    return book


def book_after_load(reading: Reading, *, changed: int) -> Book | None:
    """Return the book brought up to a load; None where that is left until somebody asks for the candidates.

    It is left after a large load, for it reads each party that changed, and so are the loads after that one. It is
    left, too, where no book outlives the program.

    Args:
        reading: The graph after the load.
        changed: Rows that the load wrote or withdrew.

    Raises:
        StoreError: The store did not answer.
    """
    book = open_book(place_of(reading))
    if not book.is_kept or reading.meta is None:
        return None
    news = changed if book.noted("version") else reading.meta.node_count
    if book.noted(_BEHIND) or news > MOST_READ_AFTER_A_LOAD:
        with book.writing():
            book.note(_BEHIND, "yes")
        return None
    bring_up(book, reading.store, reading.ledger, held=reading.meta)
    return book


def place_of(reading: Reading) -> Path | None:
    """Return the file of the book of the view that is open; None when it has none."""
    names = reading.names_at
    return names.with_name(names.name.replace(".names.", ".pairs.")) if names else None


def open_book(place: Path | None) -> Book:
    """Return the book at a place; one in memory where nothing can be written."""
    try:
        return Book(place)
    except (OSError, sqlite3.OperationalError):
        return Book(None)
