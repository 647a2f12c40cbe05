"""Text with columns in braces: ``gov:{iso3|lower}``."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from iga.ingest.name_tables import governments
from iga.ingest.subjects import mark, slug


def government(text: str) -> str:
    """Return what tells a government apart in an id: ``gha`` for Ghana, else the slug of the text."""
    known = governments().resolve(text)
    return known.partition(":")[2] if known else slug(text)


FILTERS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "slug": slug,
    "digest": mark,
    "government": government,
}

_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")


@dataclass(frozen=True)
class Hole:
    """A column in a template, with the names of the filters its text goes through, in order."""

    column: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """The pieces of a template, in order."""

    pieces: tuple[str | Hole, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return tuple(piece.column for piece in self.pieces if isinstance(piece, Hole))

    @property
    def opening(self) -> str:
        """The text before its first column."""
        first = self.pieces[0]
        return first if isinstance(first, str) else ""


def template(text: str) -> Template:
    """Return the template that `text` writes.

    Raises:
        ValueError: A brace stands alone, a hole is empty, or a filter is unknown.
    """
    pieces: list[str | Hole] = []
    for inside, plain, brace in _PIECE.findall(text):
        if brace:
            raise ValueError(f"a brace stands alone in {text!r}; write {{column}}")
        pieces.append(plain or _hole(inside, text))
    return Template(tuple(pieces))


def _hole(inside: str, text: str) -> Hole:
    column, *filters = (word.strip() for word in inside.split("|"))
    if not column:
        raise ValueError(f"empty braces in {text!r}; write a column's name in them")
    for name in filters:
        if name not in FILTERS:
            raise ValueError(f"there is no filter {name!r}; write one of {', '.join(FILTERS)}")
    return Hole(column, tuple(filters))
