"""The group that somebody asks about: a body with its posts and people, or everybody who works on a topic."""

from collections.abc import Collection
from dataclasses import dataclass

from iga.graph.domain.catalog import fits
from iga.graph.domain.topics import with_narrower
from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.scope import scope_of
from iga.queries.core.session import Session
from iga.queries.linked.near import StandingTies

WITH_TOPICS = all_of("Entity", "it.topics IS NOT NULL", fields=("topics",))
# Of a larger group so many are looked from, those with the fewest relationships last: what few know counts little here.
_MOST = 300
_WORKS = ("Project", "Award", "Programme")
_CARRIES = ("IMPLEMENTS", "AWARDED_TO", "SUBAWARDED_TO")
_NOBODY = ("Government",)


@dataclass(frozen=True)
class AskedGroup:
    """Who belongs together, as far as is looked at.

    Attributes:
        about: What was asked about.
        ids: Those who belong to it.
        left_count: How many more there are, which are not looked from.
    """

    about: Subject
    ids: frozenset[str]
    left_count: int = 0


def group_of(session: Session, about: Subject, standing: StandingTies, *, day: str) -> AskedGroup:
    """Return who belongs to a party, its members who are people too; or who works on a topic, countries aside."""
    if about.cls == "Topic":
        return _most_tied(about, _on_topic(session, about, standing), standing)
    ids = set(scope_of(session, about, day=day).ids) & set(standing.ties.ids)
    for body in sorted(ids):
        bonds = standing.bonds(standing.ties.number_of(body))
        ids |= {other for other, of in bonds.items() if other.startswith("person:") and of[0].type == "MEMBER_OF"}
    return _most_tied(about, ids | {about.id}, standing)


def _on_topic(session: Session, about: Subject, standing: StandingTies) -> set[str]:
    """Return parties and posts with a topic, or one below it, and who carries out works on it."""
    codes = set(with_narrower(about.id.partition(":")[2]))
    there = [it for it in session.once(with_topics) if not codes.isdisjoint(it[2])]
    ids = {id_ for id_, cls, _ in there if fits(cls, ("Party", "Post"))}
    for work in (id_ for id_, cls, _ in there if cls in _WORKS):
        bonds = standing.bonds(standing.ties.number_of(work))
        ids |= {other for other, of in bonds.items() if any(bond.type in _CARRIES for bond in of)}
    return {id_ for id_ in ids if standing.ties.subjects[standing.ties.number_of(id_)][0] not in _NOBODY}


def with_topics(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return everything that has topics: id, class and topics."""
    return [(it.id, it.cls, tuple(it.values["topics"])) for it in session.read(WITH_TOPICS, Everything())]


def _most_tied(about: Subject, ids: Collection[str], standing: StandingTies) -> AskedGroup:
    kept = sorted(ids, key=lambda id_: (-standing.count(standing.ties.number_of(id_)), id_))[:_MOST]
    return AskedGroup(about, frozenset(kept), len(ids) - len(kept))
