"""The book of candidates of a graph that is open: beside its index of names, brought up to it."""

import sqlite3
from pathlib import Path

from graph.desk import Reading
from ingest.resolution.book import Book
from ingest.resolution.candidates import bring_up


def book_of(reading: Reading) -> Book:
    """Return the book of the view that is open, holding its parties; in memory where nothing can be written.

    Raises:
        StoreError: The store did not answer.
    """
    book = open_book(place_of(reading))
    if reading.meta is not None:
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
