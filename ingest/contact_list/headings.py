"""What the columns of a contact list are, whatever they are called and in whatever order they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from graph.text import folded

Meaning: TypeAlias = Literal[
    "person", "last", "first", "title", "organization", "title_organization", "channels", "email", "phone", "fax",
    "topics", "day", "owner", "notes", "country", "languages", "number",
]  # fmt: skip
"""What a column is: who, where, how, about what, when, whose of ours, and what is not read."""

SEARCHED_ROWS = 50
"""Rows in which a header is looked for."""

_MAIL = {"email", "emails", "mail", "mails", "e"}
_PHONE = {"phone", "phones", "tel", "telephone", "telephones", "mobile", "cell", "telefon", "landline", "direct"}
_TITLE = {"title", "titles", "position", "post", "function", "designation", "job", "role", "rank", "capacity"}
_BODY = {
    "organization", "organisation", "org", "agency", "ministry", "institution", "body", "affiliation", "employer",
    "company", "entity", "department", "dept", "office", "organizations", "min",
}  # fmt: skip
_OURS = {"poc", "owner", "our", "responsible", "lead", "officer", "iga", "tip", "ours", "us"}
_DAY = {"date", "last", "updated", "verified", "contacted", "checked", "seen", "spoke", "met", "touch", "as", "when"}
_NOTES = {"notes", "note", "comments", "comment", "remarks", "remark", "misc", "miscellaneous", "background", "other"}
_TOPIC = {
    "topic", "topics", "portfolio", "portfolios", "subject", "issue", "issues", "theme", "themes", "focus",
    "expertise", "area", "areas",
}  # fmt: skip
_COUNTRY = {"country", "countries", "government", "state", "delegation", "nation"}
_LAST, _FIRST = {"last", "name"}, {"first", "name"}
_PERSON = {"name", "names", "person", "contact", "contacts", "representative", "participant", "delegate", "who"}


def meaning_of(heading: str) -> Meaning | None:
    """Return what a column of this heading is; None where it is not known, so that it is not read."""
    text = folded(heading.partition("(")[0].replace("e-mail", "email").replace("E-mail", "email"))
    words = set(text.split()) or set(folded(heading).split())
    return next((meaning for meaning, fits in _RULES if fits(words)), None)


def _any(known: set[str]) -> Callable[[set[str]], bool]:
    return lambda words: bool(words & known)


def _whole(*names: str) -> Callable[[set[str]], bool]:
    return lambda words: any(words == set(name.split()) for name in names)


# The first that fits counts, so that "last contact" is a day before "contact" is a person.
_RULES: tuple[tuple[Meaning, Callable[[set[str]], bool]], ...] = (
    ("number", _whole("no", "nr", "number", "id", "row", "s n", "sn", "ref", "")),
    ("last", lambda words: bool(words & {"surname", "family"}) or (words >= _LAST and "first" not in words)),
    ("first", lambda words: bool(words & {"given", "forename"}) or (words >= _FIRST and "last" not in words)),
    ("notes", _any(_NOTES)),
    ("channels", lambda words: bool(words & _MAIL) and bool(words & _PHONE)),
    ("channels", lambda words: "contact" in words and bool(words & {"details", "info", "information", "numbers"})),
    ("email", _any(_MAIL - {"e"})),
    ("fax", _whole("fax", "fax number")),
    ("phone", lambda words: bool(words & (_PHONE | {"whatsapp", "signal"}))),
    ("owner", lambda words: bool(words & _OURS) and bool(words & {"poc", "owner", "contact", "lead", "officer"})),
    ("owner", _whole("owner", "responsible", "poc", "point of contact in office", "relationship owner")),
    ("day", lambda words: bool(words & _DAY) and not words & {"name", "names"}),
    ("languages", _any({"language", "languages", "lang"})),
    ("topics", _any(_TOPIC)),
    ("title_organization", lambda words: bool(words & _TITLE) and bool(words & _BODY)),
    ("title", _any(_TITLE)),
    ("country", _any(_COUNTRY)),
    ("organization", _any(_BODY)),
    ("person", _any(_PERSON)),
    ("person", _whole("focal point")),
)


@dataclass(frozen=True)
class Header:
    """The header of a sheet.

    Attributes:
        row: Its place among the rows, from 0.
        names: The headings as they stand.
        meanings: What each column is; None is not read.
    """

    row: int
    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]

    def columns(self, meaning: Meaning) -> tuple[int, ...]:
        """Return the places of the columns that are this."""
        return tuple(place for place, found in enumerate(self.meanings) if found == meaning)


def header_in(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header among the first rows: the row with the most columns that are known; None where there is none.

    It says who (a person, title or organization) and how (mail or phone), and one thing more.
    """
    found = [_header(place, row) for place, row in enumerate(rows[:SEARCHED_ROWS])]
    fitting = [header for header in found if _is_header(header)]
    return max(fitting, key=lambda header: (len(_known(header)), -header.row), default=None)


def _header(place: int, row: Sequence[str]) -> Header:
    names = tuple(" ".join(cell.split()) for cell in row)
    # a sentence is no heading, and neither is an address
    meanings = [meaning_of(name) if name and len(name) <= 60 and "@" not in name else None for name in names]
    if "person" not in meanings and "last" not in meanings and meanings.count("owner") == 1:
        alone = meanings.index("owner")
        if folded(names[alone]) == "poc":  # of theirs, where nobody else of theirs is named
            meanings[alone] = "person"
    return Header(place, names, tuple(meanings))


def _known(header: Header) -> set[Meaning]:
    return {meaning for meaning in header.meanings if meaning and meaning != "number"}


def _is_header(header: Header) -> bool:
    known = _known(header)
    who = known & {"person", "last", "title", "organization", "title_organization"}
    how = known & {"email", "phone", "channels"}
    return bool(who) and bool(how) and len(known) >= 3
