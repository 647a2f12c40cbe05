"""The shapes that pass between ingest, ledger and fold: statements, row versions, loads, source cards.

They are msgspec structs: a statement is decoded 1.3 million times a second, where a rebuild needs it.
"""

import hashlib
import unicodedata
from typing import Literal, TypeAlias

import msgspec

from iga.graph.domain.marking import Marking

Value: TypeAlias = str | int | bool | list[str] | dict[str, str]
Values: TypeAlias = dict[str, Value]
Word = Literal["same", "different", "unsure"]
Confidence = Literal["high", "medium", "low", "derived"]
DoubtKind = Literal["conflict", "uncertain", "derived", "stale"]

OFFICERS = "officer:entries"
"""The source of what officers type; each of its loads is one entry, signed."""

PERSON_JUDGE = "judgements:person"
RULE_JUDGE = "judgements:rule"


class NodeStatement(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="says", tag="node"):
    """What a row says about one node.

    Attributes:
        cls: Label of a node class, such as ``Government``.
        id: The id as written, never a canonical one.
        values: Validated field values in JSON form; no None, no empty list.
        stated_on: Day the source states it for, possibly partial; blank falls back to the card's.
    """

    cls: str
    id: str
    values: Values = {}
    stated_on: str = ""
    marking: int = 0


class EdgeStatement(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="says", tag="edge"):
    """What a row says about one edge: its type, its ends as written, its values."""

    type: str
    source: str
    target: str
    values: Values = {}
    stated_on: str = ""
    marking: int = 0


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="says", tag="verdict"):
    """A judgement on two ids; ``first`` < ``second``."""

    first: str
    second: str
    word: Word
    by: str = ""
    because: str = ""
    marking: int = 0


Statement: TypeAlias = NodeStatement | EdgeStatement | Verdict


class Doubt(msgspec.Struct, frozen=True):
    """What a row doubts of itself, printed by every answer that rests on it.

    Attributes:
        kind: Whether others say otherwise, it may not be so, it was worked out, or later days were not looked at.
        says: The doubt in a few words, with the other value where there is one.
    """

    kind: DoubtKind
    says: str


class Content(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that one version of a row says; a withdrawal says nothing.

    Attributes:
        statements: In the order of the mapping's blocks.
        marking: Strictest of what the row itself asks for.
        public_from: Instant before which the row counts as internal (an embargo); blank is none.
        url: Page the row rests on, where it differs from the source's own.
        confidence: How far to trust it; ``low`` and ``derived`` are shown as uncertain.
    """

    statements: tuple[Statement, ...] = ()
    marking: int = 0
    public_from: str = ""
    url: str = ""
    confidence: Confidence = "high"
    note: str = ""
    doubts: tuple[Doubt, ...] = ()


class Whole(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list that a source holds to the last entry, and for which days: who is not on it then is not in it.

    Attributes:
        of: Id of the body, agreement, text or edition whose list it is.
        since: First day for which it is whole, possibly partial; blank is from its beginning.
        until: Last such day, possibly partial; blank where no later day changes the list, as of a printed edition.
    """

    of: str
    since: str = ""
    until: str = ""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """The card of a source, stored with each load; the newest one counts.

    Attributes:
        source: Name of the source, ``kind:slug``.
        as_of: Day the source states its content for, possibly partial; blank is unknown.
        mistaken_days: Days that earlier editions stated by mistake: this one may go back before them.
        rank: Order of trust, lower is stronger: 10 our officers, 20 official, 40 compiled, 60 secondary,
            90 unverified.
        complete: Whether a row that is missing is thereby withdrawn.
        gaps: Known gaps, each a sentence printed by every answer it touches.
        whole: Which of its lists are whole on which days; only there absence means no.
        fictional: Whether it is made up for demonstration.
        public_from: Instant before which the whole load is internal; blank is none.
        basis: Where the people it names are published, and on which day; blank keeps them internal.
    """

    source: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    as_of: str = ""
    rank: int = 50
    marking: int = int(Marking.PUBLIC)
    complete: bool = False
    gaps: tuple[str, ...] = ()
    fictional: bool = False
    public_from: str = ""
    basis: str = ""
    mistaken_days: tuple[str, ...] = ()
    whole: tuple[Whole, ...] = ()


SAID_BY_CARDS = ("title", "publisher", "url", "licence", "gaps", "basis")
"""What a card says in words, beside the id of its source: it may name somebody."""


class LoadHeader(msgspec.Struct, frozen=True, omit_defaults=True):
    """One load as the fold and the reports see it; ``no`` is the order of commitment.

    ``audit`` is what the audit log was then, by its name and head; blank where it had no entry.
    """

    no: int
    source: str
    at: str
    card: Card
    by: str = ""
    because: str = ""
    row_key: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    audit: str = ""


class RowVersion(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of one row: what load ``load`` said under this key."""

    source: str
    row_key: str
    load: int
    locator: str
    content: Content


def pair_key(first: str, second: str) -> tuple[str, str]:
    """Return two ids as the unordered pair that a judgement is about."""
    return (first, second) if first < second else (second, first)


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Content)


def encoded(content: Content) -> bytes:
    """Return the canonical JSON of a row's content: sorted keys, NFC, no nulls, no empty lists."""
    text = _ENCODER.encode(content)
    return text if text.isascii() else unicodedata.normalize("NFC", text.decode()).encode()


def decoded(content: bytes) -> Content:
    """Return the content that `encoded` wrote."""
    return _DECODER.decode(content)


def digest(content: bytes) -> bytes:
    """Return the 16-byte digest by which a row's content is compared with its live version."""
    return hashlib.blake2b(content, digest_size=16).digest()
