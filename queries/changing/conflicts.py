"""Where sources differ: the values side by side, which one the graph goes by, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from graph.domain.catalog import declared
from graph.fold.live import Said
from graph.fold.values import in_order
from graph.ledger.evidence import EvidenceRow
from graph.projection.properties import unflatten
from graph.text import folded
from queries.changing.reads import EDGES_DISPUTED, EDGES_DISPUTED_OF, THINGS_DISPUTED
from queries.core.answer import AnswerRow, Caveat, Ref, Total
from queries.core.clauses import SourcedClause, clause, worded
from queries.core.columns import column, option
from queries.core.compiled import Everything
from queries.core.days import held_on
from queries.core.printed_names import ids_in, printed_names
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import Entity, OfIds, refs
from queries.core.reads import Relationship
from queries.core.scope import circle_of
from queries.core.session import Session
from queries.core.sourced_values import in_words, said_of_edges, said_of_nodes
from queries.core.wording import kind_in_words

_SHOWN = 20
_RANKS = ((10, "our officers"), (20, "official"), (40, "compiled"), (60, "secondary"), (90, "unverified"))


class ConflictsParams(Params):
    """What `conflicts` is asked with."""

    party: str | None = option("Only what is about this party, its posts and its parts; all if left out.", "Ghana")
    kind: str | None = option("Only things of this class, or relationships of this type.", "PARTY_TO")
    field: str | None = option("Only this field.", "signed_on")
    limit: int = Field(default=_SHOWN, ge=1, le=500, description="Most rows that are shown.", examples=[20])


class ConflictRow(AnswerRow):
    """One field on which sources differ."""

    subject: str = Field(description="Id of the thing, or of the source of the relationship.")
    subject_name: str = Field(description="Its name.")
    kind: str = Field(description="Class of the thing, or type of the relationship.")
    other: str | None = column("Id of the target, for a relationship.")
    other_name: str | None = column("Its name.")
    about: str = Field(description="What it is, in words: the thing, or both ends of the relationship.")
    field: str = Field(description="Field on which they differ.")
    value: str = Field(description="The value that the graph goes by.")
    because: str = Field(description="Why it goes by that one.")
    says: tuple[str, ...] = Field(description="Each value with the sources that state it, most trusted first.")
    key: str | None = column("Key of the relationship, for iga why.")


@dataclass(frozen=True)
class _Disputed:
    """A thing or a relationship on which sources differ.

    Attributes:
        kind: Class or type.
        properties: As the graph has them.
        thing: The thing; None for a relationship.
        edge: The relationship; None for a thing.
    """

    kind: str
    properties: Mapping[str, Any]
    thing: Entity | None = None
    edge: Relationship | None = None

    @property
    def about(self) -> str:
        if self.edge:
            return f"{self.edge.source_name} and {self.edge.target_name}"
        return self.thing.name if self.thing else ""

    @property
    def order(self) -> tuple[str, str]:
        return folded(self.about), self.edge.key if self.edge else self.thing.id if self.thing else ""


def conflicts(request: Request[ConflictsParams]) -> Result[ConflictRow]:
    """List the fields on which sources differ, by what they are about; counts by kind and field in the sentence."""
    found = [(each, name) for each in _disputed(request) for name in _fields(request, each)]
    shown = found[: request.params.limit]
    pools = _pools(request.session, [each for each, _ in shown])
    names = printed_names(request.session, _pointed(shown, pools))
    book = request.session.evidence(said.evidence for pool in pools.values() for said in pool)
    return Result(
        clauses=tuple(_clauses(request, found)),
        rows=tuple(_row(each, name, pools[each.order], book, names) for each, name in shown),
        total=Total(value=len(found)),
        caveats=_caveats(request, len(found)),
    )


def _disputed(request: Request[ConflictsParams]) -> list[_Disputed]:
    session, circle = request.session, circle_of(request.session, request.maybe("party"))
    things = session.read(THINGS_DISPUTED, Everything())
    if circle is None:
        edges = session.read(EDGES_DISPUTED, Everything())
    else:
        edges = session.read(EDGES_DISPUTED_OF, OfIds(ids=tuple(sorted(circle))))
        near = circle | {end for edge in edges for end in (edge.source, edge.target)}
        things = [thing for thing in things if thing.id in near or _names(thing, circle)]
    found = [_Disputed(thing.cls, thing.values, thing=thing) for thing in things]
    found += [
        _Disputed(edge.type, edge.values, edge=edge)
        for edge in {edge.key: edge for edge in edges}.values()
        if held_on(edge.values, day=request.day) != "no"
    ]
    kind = folded(request.params.kind or "")
    wanted = [each for each in found if not kind or kind in (folded(each.kind), folded(each.kind.replace("_", " ")))]
    return sorted(wanted, key=lambda each: each.order)


def _names(thing: Entity, circle: Iterable[str]) -> bool:
    """Say whether a value of a thing points to one of a circle."""
    return not ids_in(thing.cls, unflatten(thing.cls, thing.values)).isdisjoint(circle)


def _fields(request: Request[ConflictsParams], disputed: _Disputed) -> list[str]:
    names = sorted(disputed.properties.get("conflicts") or ())
    wanted = request.params.field
    return [name for name in names if wanted is None or name == wanted.replace(" ", "_")]


def _pools(session: Session, disputed: Sequence[_Disputed]) -> dict[tuple[str, str], list[Said]]:
    """Return all that is said of each, most trusted first."""
    members = {each.thing.id: each.thing.values.get("members") or [each.thing.id] for each in disputed if each.thing}
    said = said_of_nodes(session, [written for ids in members.values() for written in ids])
    pools: dict[tuple[str, str], list[Said]] = {}
    for each in disputed:
        ours = set(refs(each.properties))
        if each.thing:
            pool = in_order([one for written in members[each.thing.id] for one in said.get(written, ())])
        elif each.edge:
            pool = said_of_edges(session, each.kind, each.edge.source_ids, each.edge.target_ids)
        else:
            pool = []
        pools[each.order] = [one for one in pool if one.evidence in ours]
    return pools


def _pointed(shown: Sequence[tuple[_Disputed, str]], pools: Mapping[tuple[str, str], Sequence[Said]]) -> set[str]:
    return {
        id_
        for each, name in shown
        for said in pools[each.order]
        if name in said.values
        for id_ in ids_in(each.kind, {name: said.values[name]})
    }


def _row(
    disputed: _Disputed,
    name: str,
    pool: Sequence[Said],
    book: Mapping[Ref, EvidenceRow],
    names: Mapping[str, str],
) -> SourcedRow[ConflictRow]:
    stating = [(_value(said, name), said) for said in pool if name == "class" or name in said.values]
    winner = unflatten(disputed.kind, disputed.properties).get(name) if name != "class" else disputed.kind
    groups: dict[str, list[Said]] = {}
    for value, said in stating:
        groups.setdefault(in_words(value, names), []).append(said)
    value = in_words(winner, names) if winner is not None else ""
    thing, edge = disputed.thing, disputed.edge
    row = ConflictRow(
        conflicts=(name,),
        subject=edge.source if edge else thing.id if thing else "",
        subject_name=edge.source_name if edge else thing.name if thing else "",
        kind=disputed.kind,
        other=edge.target if edge else None,
        other_name=edge.target_name if edge else None,
        about=disputed.about,
        field=name,
        value=value,
        because=_in_words("because", _reason(value, groups, is_day=_is_refined(disputed.kind, name))),
        says=tuple(
            _in_words("says", {"value": text, "sources": _sources(each, book)}) for text, each in groups.items()
        ),
        key=edge.key if edge else None,
    )
    cited = tuple(dict.fromkeys(said.evidence for _, said in stating))
    first = tuple(said.evidence for said in groups.get(value, ()))
    return SourcedRow(row, first or cited, dated_by=cited)


def _value(said: Said, name: str) -> Any:
    return said.word if name == "class" else said.values[name]


def _sources(stating: Sequence[Said], book: Mapping[Ref, EvidenceRow]) -> list[dict[str, Any]]:
    return [
        {
            "title": book[said.evidence].card.title if said.evidence in book else said.evidence[0],
            "trust": next((word for most, word in _RANKS if said.rank <= most), _RANKS[-1][1]),
            "rank": said.rank,
            "stated_on": said.stated_on,
        }
        for said in stating
    ]


def _in_words(name: str, values: Mapping[str, Any]) -> str:
    return worded(__package__, "conflicts", f"row-{name}", values)


def _is_refined(kind: str, name: str) -> bool:
    rules = declared(kind).rules()
    return name in rules and rules[name].shape in ("day", "interval")


def _reason(value: str, groups: Mapping[str, Sequence[Said]], *, is_day: bool) -> dict[str, Any]:
    """Return why the fold took a value: rank before day before the order of sources, and a more precise date of all."""
    won = groups.get(value, ())
    others = [said for text, each in groups.items() if text != value for said in each]
    if not won or not others:
        return {"reason": "parts", "best": None, "rival": None}
    best, rival = won[0], min(others, key=lambda said: (said.rank, _later_first(said.stated_on)))
    if best.rank < rival.rank:
        return {"reason": "rank", "best": best.rank, "rival": rival.rank}
    if best.rank == rival.rank and best.stated_on > rival.stated_on:
        return {"reason": "later", "best": best.stated_on, "rival": rival.stated_on}
    is_refined = is_day and (best.rank, best.stated_on) != (rival.rank, rival.stated_on)
    return {"reason": "precise" if is_refined else "order", "best": None, "rival": None}


def _later_first(stated_on: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in stated_on) or (0,)


def _clauses(request: Request[ConflictsParams], found: Sequence[tuple[_Disputed, str]]) -> Iterator[SourcedClause]:
    party = request.maybe("party")
    about = {"party": party.name if party else None}
    if not found:
        yield clause("nothing", **about)
        yield clause("single")
        return
    kinds = Counter(f"{kind_in_words(each.kind)}: {name.replace('_', ' ')}" for each, name in found)
    yield clause("headline", **about, fields=len(found))
    yield clause("kinds", counts=dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))))


def _caveats(request: Request[ConflictsParams], number: int) -> tuple[Caveat, ...]:
    if number <= request.params.limit:
        return ()
    text = f"Only the first {request.params.limit} of {number} are shown: say --limit, --kind, --field or --party."
    return (Caveat(kind="partial", text=text),)


CONFLICTS = Question(
    name="conflicts",
    title="Where do our sources differ, and which one do we go by?",
    params=ConflictsParams,
    row=ConflictRow,
    function=conflicts,
    names={"party": ("Party", "Post")},
    example={"party": "Colombia"},
    columns=("about", "field", "value", "because", "says", "confidence", "evidence"),
    maturity="trial",
)
