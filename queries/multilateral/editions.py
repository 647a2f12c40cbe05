"""Editions of one text: sponsors and votes of each, whether its list of sponsors is whole, and who cleared ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from queries.core.answer import Subject
from queries.core.reading import EdgeRow, Entity, FullEdgeRow, OfIds
from queries.core.session import Session
from queries.core.wording import counted, listed
from queries.multilateral.adopted import is_whole
from queries.multilateral.reads import CLEARED_BY, SPONSORS_OF, VOTES_ON

SponsorList = Literal["whole", "partial", "not held"]
US = Subject(id="gov:usa", cls="Government", name="United States", iso3="USA")


@dataclass(frozen=True)
class Edition:
    """One text of a series.

    Attributes:
        entity: The text.
        sponsors: Its sponsors, as far as held.
        votes: Votes on it, as far as held.
        edge: How it is tied to the text asked about; None for that text itself.
    """

    entity: Entity
    sponsors: tuple[EdgeRow, ...]
    votes: tuple[EdgeRow, ...]
    edge: FullEdgeRow | None = None

    @property
    def sponsor_list(self) -> SponsorList:
        """Whether the list of its sponsors is whole."""
        if is_whole(self.entity.values, len(self.sponsors)):
            return "whole"
        return "partial" if self.sponsors else "not held"


def edition_of(session: Session, text: Entity) -> Edition:
    """Return a text with its sponsors and votes."""
    return _edition(session, text, None)


def edition_at(session: Session, edge: FullEdgeRow) -> Edition:
    """Return the text at the other end of an edge with its sponsors and votes."""
    return _edition(session, Entity(id=edge.id, cls=edge.cls, name=edge.name, values=edge.values), edge)


def _edition(session: Session, text: Entity, edge: FullEdgeRow | None) -> Edition:
    of = OfIds(ids=(text.id,))
    return Edition(text, tuple(session.read(SPONSORS_OF, of)), tuple(session.read(VOTES_ON, of)), edge)


def by_year(editions: Sequence[Edition]) -> str:
    """Return what is held of the sponsors of each edition, by year of adoption: ``2019: 2 of 80 held``."""
    dated = sorted(editions, key=lambda each: (each.entity.values.get("adopted_on") or "", each.entity.id))
    return listed([f"{_year(each)}: {_held(each)}" for each in dated], most=len(dated))


def sponsor_lists(editions: Sequence[Edition]) -> str:
    """Return for how many editions who sponsored them is held: whole, in part or not at all."""
    whole = sum(each.sponsor_list == "whole" for each in editions)
    part = sum(each.sponsor_list != "whole" and bool(each.sponsors) for each in editions)
    told = f"sponsor lists are whole for {whole or 'none'} of {counted(len(editions), 'edition')}"
    return told + (f", partial for {part}" if part else "")


def _year(each: Edition) -> str:
    day = each.entity.values.get("adopted_on")
    return day[:4] if day else f"{each.entity.name}, in a year not held"


def _held(each: Edition) -> str:
    stated, held = each.entity.values.get("sponsor_count"), len(each.sponsors)
    if each.sponsor_list == "whole":
        return f"all {held}"
    if stated:
        return f"{held or 'none'} of {stated} held"
    return f"{held} held" if held else "list not held"


def clearances(session: Session, texts: Sequence[Subject]) -> list[EdgeRow]:
    """Return who drafted, cleared or approved papers on the latest of some texts of which that is held, in order."""
    edges = session.read(CLEARED_BY, OfIds(ids=tuple(text.id for text in texts)))
    if not edges:
        return []
    last = max(edges, key=lambda edge: (edge.properties.get("cleared_on") or "", edge.key)).subject
    own = [edge for edge in edges if edge.subject == last]
    own.sort(key=lambda edge: (edge.properties.get("cleared_on") or "", edge.key), reverse=True)
    return own
