"""What a membership is: whether it stood on a day, and whether a body counts it among its members."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, ClassVar, Self, TypeVar

from iga.graph.domain.edges import BODIES
from iga.graph.domain.parties import is_person
from iga.graph.domain.values import first_day, last_day
from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.core.absence import Absence, absence
from iga.queries.core.answer import AnswerRow, Caveat, SourcedRow, Subject
from iga.queries.core.clauses import UnwordedCaveat, caveat
from iga.queries.core.columns import asked_of, has_words, sourced
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.days import Passed, held_on, latest
from iga.queries.core.holders import first_sign, one_at_a_time
from iga.queries.core.question import Params
from iga.queries.core.reading import EdgeRow, Entity, OfIds, by_name, refs
from iga.queries.core.reads import MEMBERS_OF
from iga.queries.core.relationships import (
    has_left,
    is_announced,
    is_put_out,
    leaving_on,
    left_by,
    left_on,
    membership_begins_after,
    membership_on,
    status_then,
)
from iga.queries.core.session import Session

R = TypeVar("R", bound=AnswerRow)

_EVERY_BODY = all_of("Entity", f"it.cls IN {list(BODIES)}")
_NO_BODY = Subject.model_validate({"id": "", "class": "Forum", "name": ""})


@dataclass(frozen=True)
class EdgeList:
    """The edges of one thing, by the name of the other end."""

    about: Subject
    edges: tuple[EdgeRow, ...]
    day: str

    rule: ClassVar[Callable[..., Passed]] = staticmethod(held_on)
    """Whether an edge of these properties stood on a ``day``."""

    @classmethod
    def read(cls, session: Session, query: Query[OfIds, Any], about: Subject, *, day: str) -> Self:
        """Read the edges of a thing."""
        return cls(about, tuple(by_name(session.read(query, OfIds(ids=(about.id,))))), day)

    def only(self, keeps: Callable[[EdgeRow], bool]) -> Self:
        """Keep some of the edges."""
        return replace(self, edges=tuple(edge for edge in self.edges if keeps(edge)))

    @cached_property
    def states(self) -> Mapping[str, Passed]:
        """Whether each stood on the day, by key; those that did not are left out."""
        known = {edge.key: self.rule(edge.properties, day=self.day) for edge in self.edges}
        return {key: state for key, state in known.items() if state != "no"}

    @property
    def standing(self) -> list[EdgeRow]:
        """Those that stood, or may have."""
        return [edge for edge in self.edges if edge.key in self.states]

    def rows(self, model: type[R], ends: Callable[[EdgeRow], dict[str, Any]]) -> tuple[SourcedRow[R], ...]:
        """Return a row for each edge that stood or may have; columns declared with `of` are copied from it."""
        return tuple(
            sourced(model, edge.properties, day=self.day, held=self.states[edge.key], **ends(edge))
            for edge in self.standing
        )


def names_of(edges: Sequence[EdgeRow]) -> list[str]:
    """Return the names of the other ends, each once, in order."""
    return list({edge.id: edge.name for edge in edges}.values())


# Czechoslovakia was the last of the States on no list here, after the Soviet Union, Yugoslavia and others.
_LAST_GONE = "1993-01-01"
# Words of categories that a body does not count among its members.
_BESIDE = re.compile(r"\b(applicant|associated?|candidate|dialogue|funds|guest|helpline|invited|observer|partner)s?\b")
# What a category or status that is asked for means beside itself, in lower case: no other term that has its words.
_MEANS: Mapping[str, tuple[str, ...]] = {
    "member": (
        *("deputy government member", "designated member", "elected member", "executive committee member"),
        *("founding member", "member government", "member organization", "member state", "permanent member"),
        *("permanent titular government member", "statutory member", "titular government member"),
    ),
    "observer": ("non member observer state", "observer state", "permanent observer"),
    "partner": ("dialogue partner", "partner for co operation", "sectoral dialogue partner"),
    "associate": ("associated member",),
    "associate member": ("associate", "associated member"),
    "majority": ("majority ex officio",),
    "minority": ("minority ex officio",),
    "excluded": ("excluded from participation",),
    "withdrawal": ("withdrawal announced", "withdrawal notified"),
}


def is_meant(term: str | None, asked: str) -> bool:
    """True if a category or status of a list is the one asked for, or one that it is declared to mean.

    *Statutory* is a statutory member, and *observers* are each an observer.
    """
    has, wanted = folded(term or ""), folded(asked)
    words = (wanted, wanted.removesuffix("s"))
    return bool(has) and any(has in (word, f"{word} member", *_MEANS.get(word, ())) for word in words)


@dataclass(frozen=True)
class Memberships(EdgeList):
    """Memberships of one body, or of one party.

    Attributes:
        in_bodies: All who ever belonged to the bodies in which offices are held.
        unjoined: Keys of those of which nothing tells that they had begun by the day: they are counted nowhere.
        left: Keys of those that had left by the day, where their status is asked for: that stood, if nothing else did.
    """

    in_bodies: tuple[EdgeRow, ...] = ()
    unjoined: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()

    rule = staticmethod(membership_on)

    @classmethod
    def read(cls, session: Session, query: Query[OfIds, Any], about: Subject, *, day: str) -> Self:
        """Read the memberships of a body or a party, each with the status that it had on the day."""
        made = super().read(session, query, about, day=day)
        session.evidence(refs(*(edge.properties for edge in made.edges)))  # in one look-up, for each of them below
        made = replace(made, edges=tuple(_as_of(session, edge, day) for edge in made.edges))
        bodies = sorted({edge.id for edge in made.edges if edge.properties.get("office")})
        read = made.edges if query is MEMBERS_OF else session.read(MEMBERS_OF, OfIds(ids=tuple(bodies)))
        return replace(made, in_bodies=tuple(read), unjoined=frozenset(unjoined_by(session, made.edges, day)))

    @cached_property
    def states(self) -> Mapping[str, Passed]:
        """Whether each stood on the day, by key; those that did not are left out."""
        known = standing_of(self.edges, self.in_bodies, day=self.day)
        return known | {edge.key: "yes" for edge in self.edges if edge.key in self.left}

    def fitting(self, params: Params) -> Self:
        """Keep those that fit what is asked for; where that is a status, also who had left with it and is not back."""
        asked, members = asked_of(params), {edge.id for edge in self.inside}
        fitted = self.only(lambda edge: all(_fits(edge, field, words) for field, words in asked.items()))
        if "status" not in asked:
            return fitted
        gone = (edge for edge in fitted.edges if edge.key not in self.states and edge.id not in members)
        left = (it.key for it in gone if has_left(it.properties) and not _begins_after(it, self.day))
        return replace(fitted, left=frozenset(left))

    def without_offices(self) -> "Memberships":
        """Leave out offices of whoever is a plain member too: on the day, or ever where the office does not stand."""
        plain = [edge for edge in self.edges if not edge.properties.get("office")]
        every, joined = {edge.id for edge in plain}, {edge.id for edge in plain if edge.key in self.states}
        kept = {edge.key for edge in plain}
        kept |= {it.key for it in self.edges if it.id not in (joined if it.key in self.states else every)}
        return self.only(lambda edge: edge.key in kept)

    @property
    def joined(self) -> list[EdgeRow]:
        """Those that had begun by the day, and stood on it or may have: ended perhaps since, and no date tells."""
        return [edge for edge in self.standing if edge.key not in self.unjoined]

    @property
    def listed(self) -> list[EdgeRow]:
        """Those that the body counts as members, some perhaps only later: none only announced, or long a former one."""
        return [edge for edge in self.standing if is_counted(edge)]

    @property
    def inside(self) -> list[EdgeRow]:
        """Those of the listed that had joined by the day."""
        return [edge for edge in self.joined if is_counted(edge)]

    @property
    def open(self) -> list[EdgeRow]:
        """One entry for each of the listed of whom no date tells whether they had joined by the day."""
        known = {edge.id for edge in self.inside}
        return [*{edge.id: edge for edge in self.listed if edge.id not in known}.values()]

    @property
    def beside(self) -> list[EdgeRow]:
        """Observers, partners."""
        return [edge for edge in self.joined if is_beside(edge)]

    def with_day_of_leaving(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Return names at the other ends, each with the day on which it left, None where none is known."""
        left = {edge.name: left_on(edge.properties) for edge in self.edges if edge.key in self.left}
        return [{"name": name, "left_on": left.get(name)} for name in names]

    @property
    def unsure(self) -> list[EdgeRow]:
        """One of each at the other end that had joined and may have left, and no date tells."""
        joined = [edge for edge in self.joined if not is_announced(edge.properties)]
        sure = {edge.id for edge in joined if self.states[edge.key] == "yes"}
        return [*{edge.id: edge for edge in joined if edge.id not in sure}.values()]

    @property
    def later_count(self) -> int:
        """How many begin only after the day."""
        return sum(edge.key not in self.states and _begins_after(edge, self.day) for edge in self.edges)

    @property
    def past(self) -> list[EdgeRow]:
        """Those that had ended by the day."""
        return [edge for edge in self.edges if edge.key not in self.states and not _begins_after(edge, self.day)]

    @property
    def at_other_times(self) -> dict[str, list[dict[str, Any]]]:
        """What had ended by the day and what is only announced, each with its name and days."""
        ended = [(edge.name, edge.properties) for edge in self.past]
        past = [
            {"name": name, "start": of.get("period_start"), "end": of.get("period_end"), "left_by": left_by(of)}
            for name, of in ended
        ]
        return {
            "past": past,
            "announced": [{"name": it.name, "on": it.properties.get("status_on")} for it in self.announced],
        }

    @property
    def dated(self) -> list[EdgeRow]:
        """The terms as a member of which a day is on file, of any day; a term of an office is none."""
        return [
            edge
            for edge in self.edges
            if not (is_beside(edge) or edge.properties.get("office"))
            and (edge.properties.get("period_start") or edge.properties.get("period_end"))
        ]

    @property
    def put_out(self) -> list[dict[str, Any]]:
        """Who had been suspended or excluded by the day and is not back: name, status and day."""
        back = {edge.id for edge in self.inside}
        gone = (edge for edge in self.edges if edge.id not in back and edge.key not in self.states)
        stated = ((edge.name, edge.properties) for edge in gone if is_put_out(edge.properties))
        return [{"name": name, "status": it["status"], "on": it["status_on"]} for name, it in stated]

    @property
    def announced(self) -> list[EdgeRow]:
        """Those of whom no more is known than that they were to become members."""
        return [edge for edge in self.standing if is_announced(edge.properties)]


def is_surely_outside(edges: Sequence[EdgeRow], terms: Memberships, off_list: Absence) -> bool:
    """Return True if somebody is surely no member on the day: no list lacks it, or its withdrawal is in effect.

    Every No of a membership is decided here. Whoever is only beside a body, or was in it once, is not surely outside.

    Args:
        edges: Its memberships in the body, of any day.
        terms: Memberships among which these are.
        off_list: What it is worth not to be on the list of the body.
    """
    standing = [edge for edge in edges if edge.key in terms.states]
    if any(map(is_counted, standing)):
        return False
    gone = (edge for edge in edges if not is_beside(edge) and edge.key not in terms.states)
    has_left = any(leaving_on(edge.properties, day=terms.day) == "in effect" for edge in gone)
    return off_list.is_no or (has_left and not any(map(is_beside, standing)))


def is_counted(edge: EdgeRow) -> bool:
    """Return True if a body counts this among its members: who is only announced, or was one once, it does not."""
    is_former = (edge.properties.get("status") or "").startswith("former") and not edge.properties.get("period_start")
    return not (is_beside(edge) or is_announced(edge.properties) or is_former)


def _fits(edge: EdgeRow, field: str, words: str) -> bool:
    """True if a membership is what is asked for: the same term; of an office, one that has its words."""
    is_so = has_words if field == "office" else is_meant
    return is_so(edge.properties.get(field), words)


def standing_of(edges: Sequence[EdgeRow], in_bodies: Sequence[EdgeRow], *, day: str) -> dict[str, Passed]:
    """Return whether memberships stood on a day, by key; those that did not are left out.

    A person is in a body from the first day that anybody knows of: those of a later cohort are left out.
    """
    both = {edge.key: edge for edge in (*in_bodies, *edges)}
    by_dates = {key: _stood(edge, day) for key, edge in both.items()}
    known = one_at_a_time(in_bodies, by_dates, day=day)
    return {edge.key: known[edge.key] for edge in edges if known[edge.key] != "no"}


def _stood(edge: EdgeRow, day: str) -> Passed:
    return "no" if _is_person_of_later(edge, day) else membership_on(edge.properties, day=day)


def _is_person_of_later(edge: EdgeRow, day: str) -> bool:
    sign = first_sign(edge.properties) if is_person(edge.id) or is_person(edge.subject) else ""
    return bool(sign) and first_day(sign) > day


def _begins_after(edge: EdgeRow, day: str) -> bool:
    return _is_person_of_later(edge, day) or membership_begins_after(edge.properties, day=day)


def unjoined_by(session: Session, edges: Sequence[EdgeRow], day: str) -> list[str]:
    """Return the keys of memberships that may have begun only after a day: without a start, and first listed later.

    Whoever said by the day that it leaves had joined.
    """
    undated = [
        edge
        for edge in edges
        if not (edge.properties.get("period_start") or latest(edge.properties.get("attested_on"), on=day))
        and not leaving_on(edge.properties, day=day)
    ]
    book = session.evidence(refs(*(edge.properties for edge in undated)))
    listed = {ref for ref, row in book.items() if first_day(row.stated_on or session.today) <= day}
    return [edge.key for edge in undated if listed.isdisjoint(refs(edge.properties))]


def _as_of(session: Session, edge: EdgeRow, day: str) -> EdgeRow:
    """Return a membership with the status that it had on a day."""
    stated = edge.properties
    if not stated.get("status"):
        return edge
    listed = None
    if not (stated.get("status_on") or stated.get("attested_on")):
        listed = min((row.stated_on for row in session.evidence(refs(stated)).values() if row.stated_on), default=None)
    return edge.model_copy(update={"properties": status_then(stated, day=day, listed_on=listed)})


def is_beside(edge: EdgeRow) -> bool:
    """True if a body does not count this category among its members: observers, partners."""
    return counts_beside(edge.properties.get("category") or "")


@lru_cache(maxsize=1024)
def counts_beside(category: str) -> bool:
    """Return True if a category has a word of those whom no body counts among its members."""
    return bool(_BESIDE.search(folded(category)))


def counts_by_category(edges: Iterable[EdgeRow]) -> dict[str, int]:
    """Return how many parties belong in which category, largest first; blank is no category."""
    kinds = Counter({edge.id: edge.properties.get("category") or "" for edge in edges}.values())
    return dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0])))


def counts(body: Mapping[str, Any], terms: Memberships) -> tuple[int, int] | None:
    """Return how many members are on record and how many the body reports; None where it reports no number.

    The list of a day before the count is measured on the day of the count: a number of today tells nothing of then.
    """
    reported, on = body.get("member_count"), body.get("member_count_on")
    counted = replace(terms, day=last_day(str(on))) if is_counted_later(body, day=terms.day) else terms
    return (len({edge.id for edge in counted.listed}), int(reported)) if reported else None


def members_of_any_body(session: Session, *, day: str) -> list[EdgeRow]:
    """Return a membership of each government that a body on file counts among its members on a day, by name."""
    bodies = OfIds(ids=tuple(body.id for body in session.read(_EVERY_BODY, Everything())))
    edges = [edge for edge in by_name(session.read(MEMBERS_OF, bodies)) if edge.cls == "Government"]
    terms = Memberships(_NO_BODY, tuple(edges), day, unjoined=frozenset(unjoined_by(session, edges, day)))
    return [*{edge.id: edge for edge in terms.inside}.values()]


def membership_absence(session: Session, body: Entity, terms: Memberships) -> Absence:
    """Return what it is worth that somebody is not on the list of a body's members on a day."""
    listed = (edge.properties for edge in terms.edges if not is_beside(edge))
    return absence(session, body.id, *listed, day=terms.day, counts=counts(body.values, terms))


def shortfall(body: Mapping[str, Any], terms: Memberships, *, clause: str = "headline") -> tuple[UnwordedCaveat, ...]:
    """Say that fewer members are on record than the body reports, if so; of early days, that States are gone."""
    lacking = []
    known, reported = counts(body, terms) or (0, 0)
    if known < reported:
        numbers: dict[str, Any] = {"known": known, "reported": reported, "on": body.get("member_count_on")}
        lacking.append(caveat("partial", "shortfall", clause=clause, name=body["name"], **numbers))
    if lacks_former_states(terms.day) and terms.inside:
        lacking.append(caveat("partial", "former-states", clause=clause, name=body["name"]))
    return tuple(lacking)


def lacks_former_states(day: str) -> bool:
    """True if a list of a day lacks States that are no more: none of them is on record."""
    return day < _LAST_GONE


def is_counted_later(body: Mapping[str, Any], *, day: str) -> bool:
    """True if the number of members that a body reports is of a later day, and so tells nothing of the day."""
    on = body.get("member_count_on")
    return bool(on) and first_day(str(on)) > day


def gaps_of_list(session: Session, edges: Sequence[EdgeRow]) -> tuple[Caveat, ...]:
    """Return what the sources of a list say that they lack, each once, by source."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    cards = {row.source: row.card for row in book.values()}
    return tuple(
        Caveat(kind="partial", text=gap, source=source) for source in sorted(cards) for gap in cards[source].gaps
    )


def weak_count(session: Session, edges: Sequence[EdgeRow]) -> int:
    """Return how many entries of a list rest on sources of low confidence alone."""
    book = session.evidence(refs(*(edge.properties for edge in edges)))
    trust = [{book[ref].confidence for ref in refs(edge.properties) if ref in book} for edge in edges]
    return trust.count({"low"})
