"""Where sources differ: the values side by side, which one the graph goes by, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from iga.graph.domain.catalog import declared, fits
from iga.graph.fold.live import Said
from iga.graph.fold.nodes import in_order
from iga.graph.grouping import by_key
from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.projection.properties import unflatten
from iga.graph.query import Query
from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Ref, SourcedRow, Total
from iga.queries.core.clauses import SourcedClause, caveat, clause, resting_on, worded
from iga.queries.core.columns import column, needed, option
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.days import held_on
from iga.queries.core.printed_names import ids_in, printed_names
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.reading import Entity, OfIds, refs
from iga.queries.core.reads import Relationship
from iga.queries.core.rows import Rows
from iga.queries.core.scope import circle_of
from iga.queries.core.session import Session
from iga.queries.core.trust import said_of_edges, said_of_nodes
from iga.queries.core.wording import in_words, kind_in_words

THINGS_DISPUTED = all_of("Entity", "it.conflicts IS NOT NULL")
EDGES_DISPUTED = Query("iga.queries.changing", "edges_disputed", Everything, Relationship)
EDGES_DISPUTED_OF = Query("iga.queries.changing", "edges_disputed_of", OfIds, Relationship)

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

    subject: str = needed("Id of the thing, or of the source of the relationship.")
    subject_name: str = needed("Its name.")
    kind: str = needed("Class of the thing, or type of the relationship.")
    other: str | None = column("Id of the target, for a relationship.")
    other_name: str | None = column("Its name.")
    about: str = needed("What it is, in words: the thing, or both ends of the relationship.")
    field: str = needed("Field on which they differ.")
    value: str = needed("The value that the graph goes by.")
    because: str = needed("Why it goes by that one.")
    says: tuple[str, ...] = needed("Each value with the sources that state it, most trusted first.")
    key: str | None = column("Key of the relationship, for iga why.")


@dataclass(frozen=True)
class _Disputed:
    """A thing or a relationship on which sources differ.

    Attributes:
        ends: The thing, or source and target of the relationship: id and name of each.
        written: The ids that stand for each of these in sources.
        key: Key of the relationship; None for a thing.
    """

    kind: str
    properties: Mapping[str, Any]
    ends: tuple[tuple[str, str], ...]
    written: tuple[Sequence[str], ...]
    key: str | None = None

    @property
    def about(self) -> str:
        return " and ".join(name for _, name in self.ends)

    @property
    def order(self) -> tuple[str, str]:
        return folded(self.about), self.key or self.ends[0][0]


def conflicts(request: Request[ConflictsParams]) -> Result[ConflictRow]:
    """List the fields on which sources differ, by what they are about; counts by kind and field in the sentence."""
    field, limit = request.params.field, request.params.limit
    every = [(of, name) for of in _disputed(request) for name in sorted(of.properties.get("conflicts") or ())]
    fields = [(of, name) for of, name in every if field is None or name == field.replace(" ", "_")]
    shown = fields[:limit]
    pools = _pools(request.session, [of for of, _ in shown])
    pointed = {
        id_
        for of, name in shown
        for stated in pools[of.order]
        if name in stated.values
        for id_ in ids_in(of.kind, {name: stated.values[name]})
    }
    names = printed_names(request.session, pointed)
    book = request.session.evidence(stated.evidence for pool in pools.values() for stated in pool)
    rows = Rows.of(_row(of, name, pools[of.order], book, names) for of, name in shown)
    cut = [caveat("partial", "only-first", limit=limit, of=len(fields))] if len(fields) > limit else []
    return Result.of(_clauses(request, fields, rows), rows, cut, total=Total(value=len(fields)))


def _disputed(request: Request[ConflictsParams]) -> list[_Disputed]:
    session, circle = request.session, circle_of(request.session, request.maybe("party"))
    things = session.read(THINGS_DISPUTED, Everything())
    if circle is None:
        edges = session.read(EDGES_DISPUTED, Everything())
    else:
        edges = session.read(EDGES_DISPUTED_OF, OfIds(ids=tuple(sorted(circle))))
        near = circle | {end for edge in edges for end in (edge.source, edge.target)}
        pointed = {thing.id: ids_in(thing.cls, unflatten(thing.cls, thing.values)) for thing in things}
        things = [thing for thing in things if thing.id in near or not circle.isdisjoint(pointed[thing.id])]
    kind = folded(request.params.kind or "")
    stood = {edge.key: edge for edge in edges if held_on(edge.values, day=request.day) != "no"}
    disputed = [*map(_of_thing, things), *map(_of_edge, stood.values())]
    wanted = (of for of in disputed if not kind or kind in (folded(of.kind), folded(of.kind.replace("_", " "))))
    return sorted(wanted, key=lambda of: of.order)


def _of_thing(thing: Entity) -> _Disputed:
    written = thing.values.get("members") or [thing.id]
    return _Disputed(thing.cls, thing.values, ((thing.id, thing.name),), (written,))


def _of_edge(edge: Relationship) -> _Disputed:
    ends = ((edge.source, edge.source_name), (edge.target, edge.target_name))
    return _Disputed(edge.type, edge.values, ends, (edge.source_ids, edge.target_ids), edge.key)


def _pools(session: Session, disputed: Sequence[_Disputed]) -> dict[tuple[str, str], list[Said]]:
    """Return all that is stated of each, most trusted first."""
    of_things = said_of_nodes(session, [id_ for of in disputed if not of.key for id_ in of.written[0]])
    pools: dict[tuple[str, str], list[Said]] = {}
    for of in disputed:
        if of.key:
            pool = said_of_edges(session, of.kind, *of.written)
        else:
            pool = in_order([stated for id_ in of.written[0] for stated in of_things.get(id_, ())])
        ours = set(refs(of.properties))
        pools[of.order] = [stated for stated in pool if stated.evidence in ours]
    return pools


def _row(
    of: _Disputed, name: str, pool: Sequence[Said], book: Mapping[Ref, EvidenceRow], names: Mapping[str, str]
) -> SourcedRow[ConflictRow]:
    stating = [stated for stated in pool if name == "class" or name in stated.values]
    groups = by_key(stating, lambda it: in_words(it.word if name == "class" else it.values[name], names))
    winner = of.kind if name == "class" else unflatten(of.kind, of.properties).get(name)
    value = in_words(winner, names) if winner is not None else ""
    rules = declared(of.kind).rules()
    is_day = name in rules and rules[name].shape in ("day", "interval")
    (subject, subject_name), *others = of.ends
    other, other_name = others[0] if others else (None, None)
    row = ConflictRow(
        conflicts=(name,),
        subject=subject,
        subject_name=subject_name,
        kind=of.kind,
        other=other,
        other_name=other_name,
        about=of.about,
        field=name,
        value=value,
        because=_in_words("because", _reason(value, groups, is_day=is_day)),
        says=tuple(
            _in_words("says", {"value": text, "sources": _sources(stated, book)}) for text, stated in groups.items()
        ),
        key=of.key,
        values={"others": [text for text in groups if text != value]},
    )
    cited = tuple(dict.fromkeys(stated.evidence for stated in stating))
    first = tuple(stated.evidence for stated in groups.get(value, ()))
    return SourcedRow(row, first or cited, dated_by=cited)


def _sources(stating: Sequence[Said], book: Mapping[Ref, EvidenceRow]) -> list[dict[str, Any]]:
    return [
        {
            "title": book[it.evidence].card.title if it.evidence in book else it.evidence[0],
            "trust": next((word for most, word in _RANKS if it.rank <= most), _RANKS[-1][1]),
            "rank": it.rank,
            "stated_on": it.stated_on,
        }
        for it in stating
    ]


def _in_words(name: str, values: Mapping[str, Any]) -> str:
    return worded(__package__, "conflicts", f"row-{name}", values)


def _reason(value: str, groups: Mapping[str, Sequence[Said]], *, is_day: bool) -> dict[str, Any]:
    """Return why the fold took a value: rank before day before the order of sources, and a more precise date of all."""
    won = groups.get(value, ())
    others = [it for text, stating in groups.items() if text != value for it in stating]
    if not won or not others:
        return {"reason": "parts", "best": None, "rival": None}
    best, strongest = won[0], min(it.rank for it in others)
    latest = max(it.stated_on for it in others if it.rank == strongest)
    if best.rank < strongest:
        return {"reason": "rank", "best": best.rank, "rival": strongest}
    if best.rank == strongest and best.stated_on > latest:
        return {"reason": "later", "best": best.stated_on, "rival": latest}
    is_refined = is_day and (best.rank, best.stated_on) != (strongest, latest)
    return {"reason": "precise" if is_refined else "order", "best": None, "rival": None}


def _clauses(
    request: Request[ConflictsParams], fields: Sequence[tuple[_Disputed, str]], rows: Rows[ConflictRow]
) -> Iterator[SourcedClause]:
    about = request.named("party")
    if not fields:
        yield clause("nothing", **about, apart=_amounts_apart(request))
        yield clause("single")
    for first in rows.sourced[:1]:
        kinds = Counter(f"{kind_in_words(of.kind)}: {name.replace('_', ' ')}" for of, name in fields)
        row = first.row
        told = {"about": row.about, "field": row.field.replace("_", " "), "value": row.value, **row.values}
        yield resting_on([first.refs, first.dated_by], "headline", **about, fields=len(fields), **told)
        yield clause("kinds", counts=dict(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))))


def _amounts_apart(request: Request[ConflictsParams]) -> list[dict[str, Any]]:
    """Return the work of a party of which lists of several days state several amounts, which is no conflict."""
    party = request.maybe("party")
    if party is None or not fits(party.cls, ("Party",)):
        return []
    stated: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for row in (sourced.row for sourced in request.ask("funding", party=party.id).rows):
        if "version" in row.layer:
            amount = {"amount": row.amount, "currency": row.currency}
            stated.setdefault(row.about_name, {})[row.amount, row.currency] = amount
    return [{"name": name, "amounts": list(of.values())} for name, of in stated.items() if len(of) > 1]


CONFLICTS = Question.of(
    conflicts,
    title="Where do our sources differ, and which one do we go by?",
    names={"party": ("Party", "Post")},
    example={"party": "Colombia"},
    columns=("about", "field", "value", "because", "says", "confidence", "evidence"),
    maturity="trial",
)
