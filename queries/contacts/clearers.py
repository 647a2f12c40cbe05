"""Who clears a paper: which offices, for which reason, and who holds the post there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import Field

from iga.graph.domain.topics import in_words
from iga.graph.domain.work import ClearanceRule
from iga.graph.errors import NotFound
from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.contacts.ways import is_mission
from iga.queries.core.answer import AnswerRow, Shape, SourcedRow, Subject
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, named, option
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.holders import NO_POST, Holder, Holding, OtherHolder
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, FullEdgeRow, edge_to, refs
from iga.queries.core.reads import BODIES_OF_POSTS, OUR_SIDE_OF, POSTS_HELD_BY, POSTS_IN, WHOLES_OF, OurEdgeRow
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, Properties, holders_of
from iga.queries.core.wording import listed

# Whom to send a paper to in an office: who clears there, else the desk, else the head.
_ROLES = ("clear", "desk", "relationship owner", "coordinator", "director", "head")
# More than so many names make no sentence; the others follow in one of their own.
_NAMED = 6


class ClearersParams(Params):
    """What `clearers` is asked with."""

    party: tuple[str, ...] = Field(
        default=(), description="Whom the paper is about; may be given several times.", examples=["Ghana"]
    )
    topic: str | None = option("What it is about.", "forced labor")
    purpose: tuple[str, ...] = Field(
        default=(),
        description="What it touches besides: money, programs, law, Congress, press, report, survivors; "
        "may be given several times.",
        examples=["money"],
    )


class ClearanceReason(Shape):
    """Why an office clears a paper."""

    why: str = Field(description="The reason, as its rule states it.")
    about: str | None = column("What of the paper it is for; null is every paper.")


class ClearerRow(AnswerRow):
    """One office that clears the paper or is informed, with every reason; or one that should, and is not on record."""

    office: str | None = column("Id of the office or post of ours; null is not on record.")
    office_name: str = Field(description="Name of the office or post, or what is lacking.")
    acronym: str | None = column("Acronym of the office.")
    does: str = Field(description="Clears, or is informed.")
    about: tuple[str, ...] = Field(description="What of the paper it is for: parties, money, a topic.")
    reasons: tuple[str, ...] = Field(description="Why, each with what it is about.")
    grounds: tuple[ClearanceReason, ...] = column("The same, each reason and what it is about.", ())
    lacking: str | None = column("Kind of office that is not on record, such as country desk.")
    lacking_for: str | None = column("The party that it is lacking for.")
    post: str | None = column("Id of the post to send it to; null is not known.")
    post_name: str | None = column("Name of that post.")
    posts_there: tuple[str, ...] = column("Names of the posts there, where none stands out.", ())
    holder: str | None = column("Id of who holds it, or was seen in it last.")
    holder_name: str | None = column("Name of that person.")
    holding: Holding = column("How that person holds it.", "no post")
    capacity: str | None = column("Capacity of that person as its source states it: acting, designate …")
    others: tuple[OtherHolder, ...] = column("Others who may hold it too, or are to hold it.", ())
    seen_on: str | None = column("Latest day a source shows that, or the post vacant.")
    until: str | None = column("Day that person left, where nobody is known to follow.")
    left_for: str | None = column("Post elsewhere taken up by that day; null where the day is stated.")
    told: str = column("Who holds the post and how surely, in words.", "post holder not known")


Posts: TypeAlias = Mapping[str, Sequence[tuple[FullEdgeRow, Holder]]]


RULES_OF_CLEARANCE = all_of(ClearanceRule)
_PARTNERS = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
_NOT_A_PURPOSE = ("every paper", "party", "government", "body", "partner", "topic")


@dataclass(frozen=True)
class Clears:
    """One office that clears a paper or is informed, for one reason.

    Attributes:
        office: Id of the office, or of a post of ours; blank where no office of a kind is on record.
        kind: What is lacking then, such as ``country desk``.
        about: What of the paper the rule is touched by, in a word: a party, money, a topic.
        sources: Properties of what else it rests on.
    """

    office: str
    kind: str
    about: str
    rule: Properties
    sources: tuple[Properties, ...] = ()
    is_for_party: bool = True

    @property
    def does(self) -> str:
        """Whether it clears or is informed."""
        return str(self.rule.get("does") or "clears")


def clears(
    edges: Edges, rules: Sequence[Entity], parties: Sequence[Subject], *, purposes: Iterable[str], topic: str | None
) -> list[Clears]:
    """Return who clears a paper on parties, purposes and a topic, and who clears every paper.

    Raises:
        NotFound: No rule knows a purpose.
    """
    return [
        *(_fixed(rule, "every paper") for rule in rules if rule.values.get("applies_to") == "every paper"),
        *(clearer for party in parties for clearer in _for_party(edges, rules, party)),
        *_touched_by(rules, purposes, topic),
    ]


def _touched_by(rules: Sequence[Entity], purposes: Iterable[str], topic: str | None) -> list[Clears]:
    touched: dict[str, Clears] = {}
    for purpose in purposes:
        meant = [rule for rule in rules if folded(purpose) in _purposes(rule)]
        if not meant:
            names = [str(rule.values.get("applies_to") or "") for rule in rules]
            known = tuple({folded(name): name for name in names if name and name not in _NOT_A_PURPOSE}.values())
            raise NotFound(
                f"purpose: no rule of clearance knows {purpose!r}; purposes are {listed(known, most=len(known))}",
                suggestions=known,
            )
        touched |= {rule.id: _fixed(rule, purpose) for rule in meant if rule.id not in touched}
    for rule in rules:
        if topic and topic in (rule.values.get("topics") or ()):
            touched.setdefault(rule.id, _fixed(rule, in_words(topic)))
    return [touched[rule] for rule in sorted(touched)]


def _fixed(rule: Entity, about: str) -> Clears:
    return Clears(str(rule.values.get("office") or ""), rule.name, about, rule.values, is_for_party=False)


def _purposes(rule: Entity) -> set[str]:
    named = rule.values.get("applies_to")
    words = [named] if named not in _NOT_A_PURPOSE else []
    return {folded(str(word)) for word in (*words, *(rule.values.get("purposes_also") or ()))}


def _for_party(edges: Edges, rules: Sequence[Entity], party: Subject) -> list[Clears]:
    """Return who clears a paper on a party: offices that cover it, or its government, or what it is part of."""
    home = edges.session.home.government
    if party.id == home:
        return []
    subject, kind = _standing_for(edges, party)
    kinds = ("party", kind, *(["government"] if subject.cls == "Government" and subject.id != home else []))
    # Of our offices those nearest to the party: to itself, to whom it stands for, to what that is part of.
    wholes = [edge.id for edge in edges.every(WHOLES_OF, [subject.id])]
    above = [edge.id for edge in edges.every(WHOLES_OF, wholes)]
    ids = dict.fromkeys((party.id, subject.id, *wholes, *above))
    by_end = edges.of(OUR_SIDE_OF, ids)
    ours = [edge for end in ids for edge in by_end.get(end, ())]
    name = str(entities(edges.session, [party.id])[party.id].values.get("acronym") or party.name)
    asked = (rule for rule in rules if rule.values.get("applies_to") in kinds)
    return [clearer for rule in asked for clearer in _by_rule(rule, name, ours)]


def _standing_for(edges: Edges, party: Subject) -> tuple[Subject, str]:
    """Return whom the offices of ours deal with for a party, and what kind of party the rules take it for.

    A ministry stands for its government, a partner outside government is one of its country besides.
    """
    if party.cls == "Government":
        return party, "government"
    if party.cls in ("Person", "Post"):
        held = [edge.id for edge in edges.every(POSTS_HELD_BY, [party.id])] if party.cls == "Person" else [party.id]
        bodies = edges.every(BODIES_OF_POSTS, held)
        return _standing_for(edges, bodies[0].other) if bodies else (party, "partner")
    own = entities(edges.session, [party.id])[party.id].values
    kind = "partner" if party.cls in _PARTNERS else "government" if own.get("government") else "body"
    known = entities(edges.session, [str(own.get("government") or own.get("country") or "")])
    return next((government.subject for government in known.values()), party), kind


def _by_rule(rule: Entity, about: str, ours: Sequence[OurEdgeRow]) -> list[Clears]:
    kind = str(rule.values.get("found_by") or "")
    if office := rule.values.get("office"):
        return [Clears(str(office), "", about, rule.values)]
    meeting = [edge for edge in ours if _is_of_kind(edge, kind)]
    nearest = [edge for edge in meeting if edge.subject == meeting[0].subject]
    if not nearest:
        lacking = {"owner": "owner of the relationship", "desk": "country desk"}.get(kind, kind)
        return [Clears("", lacking, about, rule.values)]
    if kind == "owner":  # first owners, officers before the office they sit in; second ones where there is no first
        first = [edge for edge in nearest if edge.properties.get("standing") != "backup"] or nearest
        nearest = [edge for edge in first if edge.cls == "Post"] or first
    return [Clears(edge.id, kind, about, rule.values, (edge.properties, edge.values)) for edge in nearest]


def _is_of_kind(edge: OurEdgeRow, kind: str) -> bool:
    if kind == "owner":
        return edge.type == "OWNS_RELATIONSHIP"
    if edge.type != "COVERS":
        return False
    body = str(edge.values.get("body_kind") or edge.values.get("role") or "")
    if kind == "mission":
        return is_mission(body)
    return kind in folded(body) or (kind == "desk" and kind in folded(edge.properties.get("manner") or ""))


def clearers(request: Request[ClearersParams]) -> Result[ClearerRow]:
    """List offices that clear a paper on these parties, this topic and these matters; those that are informed last.

    All of it rests on rules that somebody stated; ``held`` is *unknown* for an office that is not on record.

    Raises:
        NotFound: No rule knows a purpose.
    """
    edges, parties = Edges(request.session, request.day), request.subjects.get("party", ())
    rules = request.session.read(RULES_OF_CLEARANCE, Everything())
    if not rules:
        return Result(clauses=(clause("no-rules"),), caveats=(caveat("unknown", "load-rules", clause="no-rules"),))
    reasons = clears(edges, rules, parties, purposes=request.params.purpose, topic=request.topic)
    offices = entities(request.session, (reason.office for reason in reasons if reason.office))
    known = (reason for reason in reasons if not reason.office or reason.office in offices)
    by_office = by_key(known, lambda reason: reason.office or f"{reason.kind} for {reason.about}")
    posts = _posts(edges, offices)
    rows = Rows.of((_row(of_one, offices, posts) for of_one in by_office.values()), _order)
    return Result.of(_clauses(rows), rows, _caveats(rows))


def _posts(edges: Edges, offices: Mapping[str, Entity]) -> Posts:
    """Return the posts to send a paper to and who holds each, by office; several where none stands out.

    An owner that is a post is that post. Of posts in an office, those with a holder go first, then by role.
    """
    owners = {id_: [edge_to(office, subject=id_)] for id_, office in offices.items() if office.cls == "Post"}
    every = {**edges.of(POSTS_IN, (id_ for id_ in offices if id_ not in owners)), **owners}
    holders = holders_of(edges, (edge for posts in every.values() for edge in posts))

    def standing(edge: FullEdgeRow) -> tuple[bool, int]:
        role = folded(edge.values.get("role") or "")
        place = next((place for place, word in enumerate(_ROLES) if word in role), len(_ROLES))
        return not holders[edge.id].is_known, place

    chosen = {}
    for office, posts in every.items():
        best = min(map(standing, posts))
        first = sorted(
            (edge for edge in posts if standing(edge) == best), key=lambda edge: (folded(edge.name), edge.id)
        )
        chosen[office] = [(edge, holders[edge.id]) for edge in first]
    return chosen


def _row(reasons: Sequence[Clears], offices: Mapping[str, Entity], posts: Posts) -> SourcedRow[ClearerRow]:
    first = reasons[0]
    office, there = offices.get(first.office), posts.get(first.office, ())
    post, holder = there[0] if len(there) == 1 else (None, NO_POST)
    posts_there = tuple(edge.name for edge, _ in there) if len(there) > 1 else ()
    lacking = {"lacking": first.kind, "lacking_for": first.about if first.is_for_party else None} if not office else {}
    grounds = dict.fromkeys(
        ClearanceReason(why=str(it.rule.get("reason")), about=None if it.about == "every paper" else it.about)
        for it in reasons
    )
    row = ClearerRow(
        held="yes" if office else "unknown",
        office=office.id if office else None,
        office_name=office.name if office else _in_words("row-lacking", lacking),
        acronym=office.values.get("acronym") if office else None,
        does="clears" if any(it.does == "clears" for it in reasons) else first.does,
        about=tuple(dict.fromkeys(it.about for it in reasons)),
        reasons=tuple(_in_words("row-reason", dict(ground)) for ground in grounds),
        grounds=tuple(grounds),
        posts_there=posts_there,
        told=_in_words("row-told", {**holder.values, "posts_there": posts_there}),
        **lacking,
        **named("post", post),
        **named("holder", holder.person) | holder.values,
    )
    sources = [source for it in reasons for source in it.sources]
    sources += [source for edge, _ in there for source in (edge.values, edge.properties)]
    return SourcedRow(row, refs(*(it.rule for it in reasons)), dated_by=refs(*sources, *holder.sources))


def _in_words(macro: str, values: Mapping[str, Any]) -> str:
    return worded(__package__, "clearers", macro, values)


def _order(row: ClearerRow) -> tuple[bool, bool, str]:
    return row.does != "clears", row.office is None, folded(row.office_name)


def _clauses(rows: Rows[ClearerRow]) -> Iterator[SourcedClause]:
    """Say which offices clear it and for what, which are to be informed, and which are not on record."""
    there = rows.keeping(lambda row: row.office)
    clearing, lacking = there.where(does="clears"), rows.keeping(lambda row: not row.office)
    yield _of(clearing, "headline", offices=_offices(clearing)[:_NAMED], number=len(clearing))
    if more := Rows(clearing.sourced[_NAMED:]):
        yield _of(more, "also", offices=_offices(more))
    if informed := there.keeping(lambda row: row.does != "clears"):
        yield _of(informed, "informed", offices=_offices(informed))
    if lacking:
        yield _of(lacking, "lacking", wanted=lacking.told("lacking", "lacking_for"))


def _of(rows: Rows[ClearerRow], name: str, **values: Any) -> SourcedClause:
    return resting_on([(*row.refs, *row.dated_by) for row in rows.sourced], name, **values)


def _offices(rows: Rows[ClearerRow]) -> list[dict[str, Any]]:
    """Return what a sentence says of offices: the name, who is in office there, what of the paper it is for."""
    return [
        {
            "name": row.acronym or row.office_name,
            "holder_name": row.holder_name if row.holding in ("in office", "acting") else None,
            "is_acting": row.holding == "acting",
            "about": list(row.about),
        }
        for row in rows
    ]


def _caveats(rows: Rows[ClearerRow]) -> Iterator[UnwordedCaveat]:
    yield caveat("uncertain", "general-knowledge", clause="headline")
    unknown = rows.keeping(lambda row: row.office is not None and not row.post and not row.posts_there)
    names = [row.acronym or row.office_name for row in unknown]
    yield caveat("unknown", "nowhere-to-send", rows=[row in unknown.sourced for row in rows.sourced], names=names)


CLEARERS = Question.of(
    clearers,
    title="Who clears a paper on these parties, this topic and these matters, and why?",
    names={"party": ("Party", "Post")},
    example={"party": "Ghana", "purpose": "money"},
    columns=("does", "office_name", "acronym", "reasons", "post_name", "told", "held", "evidence"),
    maturity="trial",
)
