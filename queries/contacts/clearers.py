"""Who clears a paper: which offices, for which reason, and who holds the post there."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from graph.text import folded
from queries.contacts.clearance import Clears, for_party, rules_of, touched_by
from queries.core.answer import AnswerRow, Caveat, Subject
from queries.core.holders import Holder
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from queries.core.reads import ENTITIES_BY_ID, POSTS_IN
from queries.core.scope import Edges, holders_of
from queries.core.wording import counted, listed

# Whom to send a paper to in an office: who clears there, else the desk, else the head.
_ROLES = ("clear", "desk", "relationship owner", "coordinator", "director", "head")
_NO_HOLDER = "post holder not known"


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


class ClearerRow(AnswerRow):
    """One office that clears the paper or is informed, with every reason; or one that should, and is not held."""

    office: str | None = Field(default=None, description="Id of the office or post of ours; null is not held.")
    office_name: str = Field(description="Name of the office or post, or what is lacking.")
    acronym: str | None = Field(default=None, description="Acronym of the office.")
    does: str = Field(description="Clears, or is informed.")
    about: tuple[str, ...] = Field(description="What of the paper it is for: parties, money, a topic.")
    reasons: tuple[str, ...] = Field(description="Why, each with what it is about.")
    post: str | None = Field(default=None, description="Id of the post to send it to; null is not held.")
    post_name: str | None = Field(default=None, description="Name of that post.")
    holder: str | None = Field(default=None, description="Id of who holds it, or was seen in it last.")
    holder_name: str | None = Field(default=None, description="Name of that person.")
    told: str = Field(default=_NO_HOLDER, description="Who holds the post and how surely, in words.")


def clearers(request: Request[ClearersParams]) -> Result:
    """List offices that clear a paper on these parties, this topic and these matters; those that are informed last.

    All of it rests on rules that somebody stated; ``held`` is *unknown* for an office that is not held here.

    Raises:
        NotFound: No rule knows a purpose.
    """
    rules = rules_of(request.session)
    found = list(_found(request, rules))
    known = _offices(request, found)
    found = [each for each in found if each.office is None or each.office.id in known]
    groups = _grouped(found)
    posts = _posts(request, known)
    sourced_rows = [_draft(group, known, posts) for group in groups]
    sourced_rows.sort(key=lambda draft: _order(draft.row))
    rows = [draft.row for draft in sourced_rows if isinstance(draft.row, ClearerRow)]
    return Result(
        sentence=_sentence(rows, has_rules=bool(rules)),
        rows=tuple(sourced_rows),
        caveats=_caveats(rows, has_rules=bool(rules)),
    )


def _found(request: Request[ClearersParams], rules: Sequence[Entity]) -> Iterable[Clears]:
    for rule in rules:
        if rule.values.get("applies_to") == "every paper":
            yield _fixed(rule, str(rule.values.get("reason")), "every paper")
    for party in request.subjects.get("party", ()):
        yield from for_party(request.session, rules, party, day=request.day)
    for rule, word in touched_by(rules, request.params.purpose, request.topic):
        yield _fixed(rule, f"{rule.values.get('reason')} ({word})", word)


def _fixed(rule: Entity, reason: str, about: str) -> Clears:
    said = rule.values
    office = Subject(id=said["office"], cls="PublicBody", name="") if said.get("office") else None
    return Clears(office, rule.name, str(said.get("does") or "clears"), reason, about, said)


def _offices(request: Request[ClearersParams], found: Sequence[Clears]) -> dict[str, Entity]:
    ids = tuple(sorted({each.office.id for each in found if each.office}))
    return {each.id: each for each in request.session.read(ENTITIES_BY_ID, OfIds(ids=ids))} if ids else {}


def _grouped(found: Sequence[Clears]) -> list[list[Clears]]:
    """Return the reasons by office; what is not held is a group of its own."""
    groups: dict[str, list[Clears]] = {}
    for each in found:
        groups.setdefault(each.office.id if each.office else f"lacking {each.kind}", []).append(each)
    return list(groups.values())


def _posts(request: Request[ClearersParams], known: dict[str, Entity]) -> dict[str, list[tuple[FullEdgeRow, Holder]]]:
    """Return the posts to send a paper to and who holds each, by office; several where none stands out.

    An owner that is a post is that post. Of posts in an office, those with a holder go first, then by role.
    """
    edges = Edges(request.session, request.day)
    posts = edges.of(POSTS_IN, [it for it, office in known.items() if office.cls != "Post"])
    every = {**posts, **{it: [_as_edge(office)] for it, office in known.items() if office.cls == "Post"}}
    holders = holders_of(edges, (edge for found in every.values() for edge in found))

    def standing(edge: FullEdgeRow) -> tuple[bool, int]:
        return not holders[edge.id].is_known, _role(edge)

    chosen: dict[str, list[tuple[FullEdgeRow, Holder]]] = {}
    for it, found in every.items():
        best = min(standing(edge) for edge in found)
        first = sorted(
            (edge for edge in found if standing(edge) == best), key=lambda edge: (folded(edge.name), edge.id)
        )
        chosen[it] = [(edge, holders[edge.id]) for edge in first]
    return chosen


def _as_edge(post: Entity) -> FullEdgeRow:
    return FullEdgeRow(
        subject=post.id, key="", properties={}, id=post.id, cls=post.cls, name=post.name, iso3=None, values=post.values
    )


def _role(edge: FullEdgeRow) -> int:
    role = folded(edge.values.get("role") or "")
    return next((place for place, word in enumerate(_ROLES) if word in role), len(_ROLES))


def _draft(
    group: Sequence[Clears], known: dict[str, Entity], posts: dict[str, list[tuple[FullEdgeRow, Holder]]]
) -> SourcedRow:
    first = group[0]
    office = known[first.office.id] if first.office else None
    does = "clears" if any(each.does == "clears" for each in group) else first.does
    row = ClearerRow(
        held="yes" if office else "unknown",
        office=office.id if office else None,
        office_name=office.name if office else f"{first.kind}: not held here",
        acronym=office.values.get("acronym") if office else None,
        does=does,
        about=tuple(dict.fromkeys(each.about for each in group)),
        reasons=tuple(dict.fromkeys(each.reason for each in group)),
    )
    sources = [said for each in group for said in each.sources]
    found = posts.get(office.id, []) if office else []
    if len(found) > 1:
        told = f"several posts there: {listed([edge.name for edge, _ in found], most=3)}"
        row = row.model_copy(update={"told": told})
        sources += [said for edge, _ in found for said in (edge.values, edge.properties)]
    elif found:
        edge, holder = found[0]
        sources += [edge.values, edge.properties, *holder.sources]
        person = holder.person
        named = {"holder": person.id, "holder_name": person.name} if person else {}
        post = {"post": edge.id, "post_name": edge.name, "told": holder.in_words}
        row = row.model_copy(update=post | named)
    return SourcedRow(row, refs(*(each.rule for each in group)), dated_by=refs(*sources))


def _order(row: AnswerRow) -> tuple[bool, bool, str]:
    assert isinstance(row, ClearerRow)
    return row.does != "clears", row.office is None, folded(row.office_name)


def _sentence(rows: Sequence[ClearerRow], *, has_rules: bool) -> str:
    if not has_rules:
        return "who clears a paper is not known: no rules of clearance are held here"
    clearing = [row for row in rows if row.office and row.does == "clears"]
    informed = [row for row in rows if row.office and row.does != "clears"]
    lacking = [row.office_name.partition(":")[0] for row in rows if row.office is None]
    number = counted(len(clearing), "office")
    told = [f"{_called(row)} ({listed(row.about)})" for row in clearing]
    verb = "clears" if len(clearing) == 1 else "clear"
    sentences = [
        f"by the rules held here, {number} {verb} this paper: {'; '.join(told)}",
        f"To be informed: {'; '.join(_called(row) for row in informed)}" if informed else "",
        f"Not held here: {listed(lacking, most=6)}" if lacking else "",
    ]
    return ". ".join(sentence for sentence in sentences if sentence)


def _called(row: ClearerRow) -> str:
    who = f", {row.holder_name}" if row.holder_name and row.told.partition(", ")[2].startswith("in office") else ""
    return f"{row.acronym or row.office_name}{who}"


def _caveats(rows: Sequence[ClearerRow], *, has_rules: bool) -> tuple[Caveat, ...]:
    if not has_rules:
        return (Caveat(kind="unknown", text="Load the office's rules of clearance to have this answered."),)
    unknown = [row.acronym or row.office_name for row in rows if row.office and row.told == _NO_HOLDER]
    found = [Caveat(kind="uncertain", text="Rules of clearance are general knowledge: the office's own list counts.")]
    if unknown:
        found.append(Caveat(kind="unknown", text=f"No post to send it to is held for {listed(unknown, most=12)}."))
    return tuple(found)


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
