"""What the columns of a contact list are, whatever they are called and in whatever order they stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from iga.graph.text import folded
from iga.ingest.address_words import is_private
from iga.ingest.mapping_file import bundled_yaml

Who: TypeAlias = Literal["person", "last", "first", "title", "organization", "division", "title_organization"]
How: TypeAlias = Literal["channels", "email", "phone", "mobile", "fax"]
Meaning: TypeAlias = Who | How | Literal["topics", "day", "owner", "notes", "country", "languages", "number"]
"""What a column is: who, how, about what, when, whose of ours, and what is not read."""

SEARCHED_ROWS = 50
"""Rows in which a header is looked for."""


def meaning_of(heading: str) -> Meaning | None:
    """Return what a column of this heading is; None where it is not known, or private, so that it is not read."""
    if is_private(heading):
        return None
    text = folded(heading.partition("(")[0].replace("e-mail", "email").replace("E-mail", "email"))
    words = set(text.split()) or set(folded(heading).split())
    return next((rule.meaning for rule in _rules() if rule.fits(words)), None)


def is_mobile(heading: str) -> bool:
    """True if a heading speaks of numbers that people carry with them: Cell, Mobile Phone, WhatsApp."""
    return not words_of("mobiles").isdisjoint(folded(heading).split())


def is_division(heading: str) -> bool:
    """True if a heading speaks of a part of an organization: Department, Office, Unit."""
    return words_of("divisions").issuperset(folded(heading).split())


@cache
def words_of(name: str) -> frozenset[str]:
    """Return words by which the cells of a contact list are told apart: a list of ``words.yaml``."""
    return frozenset(bundled_yaml("iga.ingest.contact_list", "words.yaml")[name])


@dataclass(frozen=True)
class _HeadingRule:
    """What a column is by the words of its heading; see ``words.yaml``."""

    meaning: Meaning
    is_: frozenset[frozenset[str]]
    any_: tuple[frozenset[str], ...]
    all_: frozenset[str]
    none: frozenset[str]

    def fits(self, words: set[str]) -> bool:
        if self.is_:
            return words in self.is_
        return all(words & known for known in self.any_) and words >= self.all_ and not words & self.none


@cache
def _rules() -> tuple[_HeadingRule, ...]:
    rules = bundled_yaml("iga.ingest.contact_list", "words.yaml")["headings"]
    return tuple(
        _HeadingRule(
            rule["meaning"],
            frozenset(frozenset(name.split()) for name in rule.get("is", ())),
            tuple(map(frozenset, rule.get("any", ()))),
            frozenset(rule.get("all", ())),
            frozenset(rule.get("none", ())),
        )
        for rule in rules
    )


@dataclass(frozen=True)
class Header:
    """The header of a sheet.

    Attributes:
        row: Its place among the rows, from 0.
        meanings: What each column is; None is not read.
    """

    row: int
    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]

    @property
    def known(self) -> set[Meaning]:
        """What its columns are, numbers of rows left out."""
        return {meaning for meaning in self.meanings if meaning and meaning != "number"}

    @property
    def says_enough(self) -> bool:
        """Whether it is a header: it says who and how, and one thing more."""
        who = self.known & {"person", "last", "title", "organization", "title_organization"}
        return bool(who and self.known & {"email", "phone", "channels"}) and len(self.known) >= 3

    def columns(self, meaning: Meaning) -> tuple[int, ...]:
        """Return the places of the columns that are this."""
        return tuple(place for place in range(len(self.meanings)) if self.meaning_at(place) == meaning)

    def meaning_at(self, place: int) -> Meaning | None:
        """Return what the cells of a column are; None is not read."""
        meaning = self.meanings[place]
        return "mobile" if meaning in ("phone", "channels") and is_mobile(self.names[place]) else meaning


def header_in(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the header among the first rows: the row with the most columns that are known; None where there is none.

    It says who (a person, title or organization) and how (mail or phone), and one thing more.
    """
    headers = [_header(place, rows) for place in range(len(rows[:SEARCHED_ROWS]))]
    fitting = [header for header in headers if header.says_enough]
    return max(fitting, key=lambda header: (len(header.known), -header.row), default=None)


def _grouped(names: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """Return headings, those that stand there twice behind what heads their group in the row above: Person, Name."""
    groups: list[str] = []
    for cell in above:
        groups.append(cell.strip() or "".join(groups[-1:]))
    if sum(map(bool, map(str.strip, above))) < 2:  # a title, which heads no group
        return tuple(names)
    groups += groups[-1:] * (len(names) - len(groups))
    twice = {name for name, count in Counter(map(folded, names)).items() if name and count > 1}
    pairs = zip(groups, names, strict=False)
    return tuple(f"{group} {name}".strip() if folded(name) in twice else name for group, name in pairs)


def _header(place: int, rows: Sequence[Sequence[str]]) -> Header:
    names = _grouped([" ".join(cell.split()) for cell in rows[place]], rows[place - 1] if place else ())
    # a sentence is no heading, and neither is an address
    meanings = [meaning_of(name) if name and len(name) <= 60 and "@" not in name else None for name in names]
    for column, name in enumerate(names):  # a department stands for its organization where that has no column
        if meanings[column] == "organization" and meanings.count("organization") > 1 and is_division(name):
            meanings[column] = "division"
    if "person" not in meanings and "last" not in meanings and meanings.count("owner") == 1:
        alone = meanings.index("owner")
        if folded(names[alone]) == "poc":  # of theirs, where nobody else of theirs is named
            meanings[alone] = "person"
    return Header(place, names, tuple(meanings))
