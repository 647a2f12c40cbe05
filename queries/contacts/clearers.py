"""Who clears a paper: which offices, for which reason, and who holds the post there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import Field

from graph.text import folded
from queries.contacts.clearance import Clears, clears, rules_of
from queries.core.answer import AnswerRow, Caveat, Shape
from queries.core.clauses import SourcedClause, clause, resting_on, worded
from queries.core.endnotes import row_numbers
from queries.core.holders import Holder, Holding
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from queries.core.reads import ENTITIES_BY_ID, POSTS_IN
from queries.core.scope import Edges, holders_of
from queries.core.wording import listed

# Whom to send a paper to in an office: who clears there, else the desk, else the head.
_ROLES = ("clear", "desk", "relationship owner", "coordinator", "director", "head")
# More than so many names make no sentence; the others follow in one of their own.
_NAMED = 6


class ClearersParams(Params):
    """What `clearers` is asked with."""

    party: tuple[str, ...] = Field(
        default=(), description="Whom the paper is about; may be given several times.", examples=["Ghana"]
    )
    topic: str | None = Field(default=None, description="What it is about.", examples=["forced labor"])
    purpose: tuple[str, ...] = Field(
        default=(),
        description="What it touches besides: money, programs, law, Congress, press, report, survivors; "
        "may be given several times.",
        examples=["money"],
    )


class ClearanceReason(Shape):
    """Why an office clears a paper."""

    why: str = Field(description="The reason, as its rule states it.")
    about: str | None = Field(default=None, description="What of the paper it is for; null is every paper.")


class ClearerRow(AnswerRow):
    """One office that clears the paper or is informed, with every reason; or one that should, and is not on record."""

    office: str | None = Field(default=None, description="Id of the office or post of ours; null is not on record.")
    office_name: str = Field(description="Name of the office or post, or what is lacking.")
    acronym: str | None = Field(default=None, description="Acronym of the office.")
    does: str = Field(description="Clears, or is informed.")
    about: tuple[str, ...] = Field(description="What of the paper it is for: parties, money, a topic.")
    reasons: tuple[str, ...] = Field(description="Why, each with what it is about.")
    grounds: tuple[ClearanceReason, ...] = Field(default=(), description="The same, each reason and what it is about.")
    lacking: str | None = Field(default=None, description="Kind of office that is not on record, such as country desk.")
    lacking_for: str | None = Field(default=None, description="The party that it is lacking for.")
    post: str | None = Field(default=None, description="Id of the post to send it to; null is not known.")
    post_name: str | None = Field(default=None, description="Name of that post.")
    posts_there: tuple[str, ...] = Field(default=(), description="Names of the posts there, where none stands out.")
    holder: str | None = Field(default=None, description="Id of who holds it, or was seen in it last.")
    holder_name: str | None = Field(default=None, description="Name of that person.")
    holding: Holding = Field(default="no post", description="How that person holds it.")
    seen_on: str | None = Field(default=None, description="Latest day a source shows that, or the post vacant.")
    until: str | None = Field(default=None, description="Day that person left, where nobody is known to follow.")
    told: str = Field(default="post holder not known", description="Who holds the post and how surely, in words.")


Posts: TypeAlias = Mapping[str, Sequence[tuple[FullEdgeRow, Holder]]]
Rows: TypeAlias = Sequence[SourcedRow[ClearerRow]]


def clearers(request: Request[ClearersParams]) -> Result[ClearerRow]:
    """List offices that clear a paper on these parties, this topic and these matters; those that are informed last.

    All of it rests on rules that somebody stated; ``held`` is *unknown* for an office that is not on record.

    Raises:
        NotFound: No rule knows a purpose.
    """
    rules = rules_of(request.session)
    if not rules:
        text = "Load the office's rules of clearance to have this answered."
        return Result(clauses=(clause("no-rules"),), caveats=(Caveat(kind="unknown", text=text, clause="no-rules"),))
    parties, params = request.subjects.get("party", ()), request.params
    found = clears(request.session, rules, parties, purposes=params.purpose, topic=request.topic, day=request.day)
    ids = tuple(sorted({each.office for each in found if each.office}))
    known = {each.id: each for each in request.session.read(ENTITIES_BY_ID, OfIds(ids=ids))} if ids else {}
    groups: dict[str, list[Clears]] = {}
    for each in found:
        if not each.office or each.office in known:
            groups.setdefault(each.office or f"{each.kind} for {each.about}", []).append(each)
    posts = _posts(Edges(request.session, request.day), known)
    rows = sorted((_row(group, known, posts) for group in groups.values()), key=_order)
    return Result(clauses=tuple(_clauses(rows)), rows=tuple(rows), caveats=tuple(_caveats(rows)))


def _posts(edges: Edges, known: Mapping[str, Entity]) -> Posts:
    """Return the posts to send a paper to and who holds each, by office; several where none stands out.

    An owner that is a post is that post. Of posts in an office, those with a holder go first, then by role.
    """
    posts = edges.of(POSTS_IN, [it for it, office in known.items() if office.cls != "Post"])
    every = {**posts, **{it: [_as_edge(office)] for it, office in known.items() if office.cls == "Post"}}
    holders = holders_of(edges, (edge for found in every.values() for edge in found))

    def standing(edge: FullEdgeRow) -> tuple[bool, int]:
        return not holders[edge.id].is_known, _role(edge)

    chosen = {}
    for it, found in every.items():
        best = min(standing(edge) for edge in found)
        first = [edge for edge in found if standing(edge) == best]
        chosen[it] = [(edge, holders[edge.id]) for edge in sorted(first, key=lambda edge: (folded(edge.name), edge.id))]
    return chosen


def _as_edge(post: Entity) -> FullEdgeRow:
    return FullEdgeRow(subject=post.id, key="", properties={}, iso3=None, **post.model_dump())


def _role(edge: FullEdgeRow) -> int:
    role = folded(edge.values.get("role") or "")
    return next((place for place, word in enumerate(_ROLES) if word in role), len(_ROLES))


def _row(group: Sequence[Clears], known: Mapping[str, Entity], posts: Posts) -> SourcedRow[ClearerRow]:
    first = group[0]
    office = known.get(first.office)
    grounds = dict.fromkeys(
        ClearanceReason(why=str(each.rule.get("reason")), about=None if each.about == "every paper" else each.about)
        for each in group
    )
    lacking = {} if office else {"lacking": first.kind, "lacking_for": first.about if first.is_for_party else None}
    there, of_post = posts.get(office.id, []) if office else [], {}
    if len(there) == 1:
        [(edge, holder)] = there
        person = {"holder": holder.person.id} if holder.person else {}
        of_post = {"post": edge.id, "post_name": edge.name, **person, **holder.values}
    values = {
        "held": "yes" if office else "unknown",
        "office": office.id if office else None,
        "acronym": office.values.get("acronym") if office else None,
        "does": "clears" if any(each.does == "clears" for each in group) else first.does,
        "about": tuple(dict.fromkeys(each.about for each in group)),
        "grounds": tuple(grounds),
        "posts_there": tuple(edge.name for edge, _ in there) if len(there) > 1 else (),
        **lacking,
        **of_post,
    }
    row = ClearerRow(office_name=office.name if office else "", reasons=(), **values)
    texts = {
        "office_name": office.name if office else _in_words("row-lacking", row.model_dump()),
        "reasons": tuple(_in_words("row-reason", each.model_dump()) for each in grounds),
        "told": _in_words("row-told", row.model_dump()),
    }
    sources = [source for each in group for source in each.sources]
    sources += [source for edge, holder in there for source in (edge.values, edge.properties)]
    sources += [source for _, holder in there[:1] if len(there) == 1 for source in holder.sources]
    return SourcedRow(row.model_copy(update=texts), refs(*(each.rule for each in group)), dated_by=refs(*sources))


def _in_words(macro: str, values: Mapping[str, Any]) -> str:
    return worded(__package__, "clearers", macro, values)


def _order(sourced: SourcedRow[ClearerRow]) -> tuple[bool, bool, str]:
    row = sourced.row
    return row.does != "clears", row.office is None, folded(row.office_name)


def _clauses(rows: Rows) -> Iterator[SourcedClause]:
    """Say which offices clear it and for what, which are to be informed, and which are not on record."""
    clearing = [row for row in rows if row.row.office and row.row.does == "clears"]
    informed = [row for row in rows if row.row.office and row.row.does != "clears"]
    lacking = [row for row in rows if not row.row.office]
    yield _of(clearing, "headline", offices=[_office(row.row) for row in clearing[:_NAMED]], number=len(clearing))
    if more := clearing[_NAMED:]:
        yield _of(more, "also", offices=[_office(row.row) for row in more])
    if informed:
        yield _of(informed, "informed", offices=[_office(row.row) for row in informed])
    if lacking:
        wanted = [{"lacking": row.row.lacking, "lacking_for": row.row.lacking_for} for row in lacking]
        yield _of(lacking, "lacking", wanted=wanted)


def _of(rows: Rows, name: str, **values: Any) -> SourcedClause:
    return resting_on([(*row.refs, *row.dated_by) for row in rows], name, **values)


def _office(row: ClearerRow) -> dict[str, Any]:
    """Return what a sentence says of an office: its name, who is in office there, what of the paper it is for."""
    holder = row.holder_name if row.holding == "in office" else None
    return {"name": row.acronym or row.office_name, "holder_name": holder, "about": list(row.about)}


def _caveats(rows: Rows) -> Iterator[Caveat]:
    text = "Rules of clearance are general knowledge: the office's own list counts."
    yield Caveat(kind="uncertain", text=text, clause="headline")
    unknown = [row.row.office is not None and not row.row.post and not row.row.posts_there for row in rows]
    if numbers := row_numbers(unknown):
        names = [row.row.acronym or row.row.office_name for row, is_so in zip(rows, unknown, strict=True) if is_so]
        text = f"No post to send it to is on record for {listed(names, most=12)}."
        yield Caveat(kind="unknown", text=text, rows=numbers)


CLEARERS = Question(
    name="clearers",
    title="Who clears a paper on these parties, this topic and these matters, and why?",
    params=ClearersParams,
    row=ClearerRow,
    function=clearers,
    names={"party": ("Party", "Post")},
    example={"party": "Ghana", "purpose": "money"},
    columns=("does", "office_name", "acronym", "reasons", "post_name", "told", "held", "evidence"),
    maturity="trial",
)
