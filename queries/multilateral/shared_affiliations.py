"""What two parties have in common on a day: what few share comes first, hubs such as the UN last."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.clauses import SourcedClause, clause
from queries.core.columns import column, named, option
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.multilateral.affiliations import Affiliation, AffiliationKind, affiliations_of, shared_by

_KINDS: tuple[AffiliationKind, ...] = get_args(AffiliationKind)
_MANY = 3
Pair = tuple[Affiliation, Affiliation]
"""How the one party is tied to a thing, and how the other."""


class SharedParams(Params):
    """What `shared-affiliations` is asked with."""

    party: str = Field(description="One party.", examples=["Romania"])
    other: str = Field(description="The other party.", examples=["Philippines"])
    kind: AffiliationKind | None = option("Only things of this kind.", "body")


class SharedRow(AnswerRow):
    """One thing that both parties are tied to."""

    party: str = Field(description="Id of the one party.")
    party_name: str = Field(description="Name of the one party.")
    other: str = Field(description="Id of the other party.")
    other_name: str = Field(description="Name of the other party.")
    kind: AffiliationKind = Field(description="What sort of thing they share.")
    thing: str = Field(description="Id of what they share.")
    thing_name: str = Field(description="What they share.")
    party_role: str | None = column("How the one party is tied to it.")
    other_role: str | None = column("How the other party is tied to it.")
    shared_by: int = Field(
        description="How many on record share it: members, parties, participants, sponsors; of a programme what belongs"
        " to it, of a partner what it carries out."
    )


def shared_affiliations(request: Request[SharedParams]) -> Result[SharedRow]:
    """List what two parties share: what the fewest share first, then by kind and name."""
    party, other, kind = request.one("party"), request.one("other"), request.params.kind
    ours, theirs = (affiliations_of(request.session, one, day=request.day) for one in (party, other))
    both = [(ours[key], theirs[key]) for key in ours if key in theirs and kind in (None, key[0])]
    both = [pair for pair in both if pair[0].thing.id not in (party.id, other.id)]
    counts = shared_by(request.session, [pair[0] for pair in both], day=request.day)

    def place(pair: Pair) -> tuple[int, int, str, str]:
        thing = pair[0].thing
        return counts[thing.id], _KINDS.index(pair[0].kind), folded(thing.name), thing.id

    both.sort(key=place)
    names = {"party": party.name, "other": other.name}
    direct = [
        clause("member", *edge.sources, member=member.name, body=whole.name, role=edge.how or None)
        for member, whole, edges in ((party, other, ours), (other, party, theirs))
        if (edge := edges.get(("body", whole.id)))
    ]
    return Result(
        clauses=(*(_clauses(both, counts, names) if both else [clause("nothing", **names, kind=kind)]), *direct),
        rows=tuple(_row(party, other, pair, counts[pair[0].thing.id]) for pair in both[:CAP]),
        caveats=(_PARTIAL,),
        total=Total(value=len(both)),
    )


def _row(party: Subject, other: Subject, pair: Pair, count: int) -> SourcedRow[SharedRow]:
    ours, theirs = pair
    row = SharedRow(
        held="yes" if ours.held == theirs.held == "yes" else "unknown",
        conflicts=conflicts(*ours.sources, *theirs.sources),
        **named("party", party),
        **named("other", other),
        **named("thing", ours.thing),
        kind=ours.kind,
        party_role=ours.how or None,
        other_role=theirs.how or None,
        shared_by=count,
    )
    return SourcedRow(row, refs(*ours.sources, *theirs.sources))


def _clauses(both: Sequence[Pair], counts: Mapping[str, int], names: Mapping[str, str]) -> Iterator[SourcedClause]:
    number = Counter(ours.kind for ours, _ in both)
    yield clause("headline", **names, by_kind={kind: number[kind] for kind in _KINDS if number[kind]})
    things = [{"name": ours.thing.name, "shared_by": counts[ours.thing.id]} for ours, _ in both]
    yield clause("rarest", *_sources(both[:_MANY]), things=things[:_MANY])
    if len(both) > _MANY:
        yield clause("hub", *_sources(both[-1:]), **things[-1])
    if unsure := [pair for pair in both if not pair[0].held == pair[1].held == "yes"]:
        yield clause("undated", *_sources(unsure), undated=len(unsure))


def _sources(pairs: Sequence[Pair]) -> list[Mapping[str, object]]:
    return [source for pair in pairs for side in pair for source in side.sources]


_PARTIAL = Caveat(
    kind="partial",
    text="Lists of members, participants and sponsors are often partial: they may share more than is on record.",
    clause="headline",
)

SHARED_AFFILIATIONS = Question(
    name="shared-affiliations",
    title="What do these two parties have in common: bodies, agreements, meetings, texts, programmes, partners?",
    params=SharedParams,
    row=SharedRow,
    function=shared_affiliations,
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Romania", "other": "Philippines"},
    columns=("kind", "thing_name", "party_role", "other_role", "shared_by", "held", "evidence"),
    maturity="trial",
)
