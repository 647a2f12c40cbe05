"""Who clears a paper: which offices, for which reason, and who holds the post there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import Field

from iga.graph.grouping import by_key
from iga.graph.text import folded
from iga.queries.contacts.clearance import RULES_OF_CLEARANCE, Clears, clears
from iga.queries.core.answer import AnswerRow, Shape
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, named, option
from iga.queries.core.compiled import Everything
from iga.queries.core.holders import NO_POST, Holder, Holding, OtherHolder
from iga.queries.core.printed_names import entities
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import Entity, FullEdgeRow, edge_to, refs
from iga.queries.core.reads import POSTS_IN
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges, holders_of

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
    told: str = column("Who holds the post and how surely, in words.", "post holder not known")


Posts: TypeAlias = Mapping[str, Sequence[tuple[FullEdgeRow, Holder]]]


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
