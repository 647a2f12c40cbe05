"""What two parties have in common on a day: what few share comes first, hubs such as the UN last."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from iga.graph.text import folded
from iga.queries.core.answer import AnswerRow, Total
from iga.queries.core.clauses import SourcedClause, caveat, clause
from iga.queries.core.columns import column, needed, option, sourced
from iga.queries.core.endnotes import CAP
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.multilateral.affiliations import Affiliation, AffiliationKind, affiliations_of, shared_by

_KINDS: tuple[AffiliationKind, ...] = get_args(AffiliationKind)
_MANY = 3
Pair = tuple[Affiliation, Affiliation]
"""How the one party is tied to a thing, and how the other."""


class SharedParams(Params):
    """What `shared-affiliations` is asked with."""

    party: str = needed("One party.", "Romania")
    other: str = needed("The other party.", "Philippines")
    kind: AffiliationKind | None = option("Only things of this kind.", "body")
    any_time: bool | None = option("Also what had ended by the day, each said to have.", "yes")


class SharedRow(AnswerRow):
    """One thing that both parties are tied to."""

    party: str = needed("Id of the one party.")
    party_name: str = needed("Name of the one party.")
    other: str = needed("Id of the other party.")
    other_name: str = needed("Name of the other party.")
    kind: AffiliationKind = needed("What sort of thing they share.")
    thing: str = needed("Id of what they share.")
    thing_name: str = needed("What they share.")
    party_role: str | None = column("How the one party is tied to it.")
    other_role: str | None = column("How the other party is tied to it.")
    shared_by: int = needed(
        "How many on record share it: members, parties, participants, sponsors; of a programme what belongs"
        " to it, of a partner what it carries out."
    )
    ended: bool = column("Whether it had ended by the day for one of the two.", False)


def shared_affiliations(request: Request[SharedParams]) -> Result[SharedRow]:
    """List what two parties share: what the fewest share first, then by kind and name."""
    party, other, kind = request.one("party"), request.one("other"), request.params.kind
    any_time = bool(request.params.any_time)
    ours, theirs = (affiliations_of(request.session, one, day=request.day, any_time=any_time) for one in (party, other))
    both = [(ours[key], theirs[key]) for key in ours if key in theirs and kind in (None, key[0])]
    both = [pair for pair in both if pair[0].thing.id not in (party.id, other.id)]
    counts = shared_by(request.session, [pair[0] for pair in both], day=request.day)
    both.sort(
        key=lambda pair: (counts[(thing := pair[0].thing).id], _KINDS.index(pair[0].kind), folded(thing.name), thing.id)
    )
    names = request.named("party", "other")
    direct = [
        clause("member", *edge.sources, member=member.name, body=whole.name, role=edge.how or None)
        for member, whole, edges in ((party, other, ours), (other, party, theirs))
        if (edge := edges.get(("body", whole.id)))
    ]
    rows = (
        sourced(
            SharedRow,
            *(made_of := _sources([(own, its)])),
            made_of=made_of,
            held="yes" if own.held == its.held == "yes" else "unknown",
            party=party,
            other=other,
            thing=own.thing,
            kind=own.kind,
            party_role=own.how or None,
            other_role=its.how or None,
            shared_by=counts[own.thing.id],
            ended=own.ended or its.ended,
        )
        for own, its in both[:CAP]
    )
    return Result(
        clauses=(*(_clauses(both, counts, names) if both else [clause("nothing", **names, kind=kind)]), *direct),
        rows=tuple(rows),
        caveats=(caveat("partial", "lists-partial", clause="headline" if both else "nothing"),),
        total=Total(value=len(both)),
    )


def _clauses(both: Sequence[Pair], counts: Mapping[str, int], names: Mapping[str, Any]) -> Iterator[SourcedClause]:
    numbers = Counter(ours.kind for ours, _ in both)
    yield clause("headline", **names, by_kind={kind: numbers[kind] for kind in _KINDS if numbers[kind]})
    things = [{"name": ours.thing.name, "shared_by": counts[ours.thing.id]} for ours, _ in both]
    yield clause("rarest", *_sources(both[:_MANY]), things=things[:_MANY])
    if len(both) > _MANY:
        yield clause("hub", *_sources(both[-1:]), **things[-1])
    if past := [pair for pair in both if pair[0].ended or pair[1].ended]:
        yield clause("ended", *_sources(past), ended=len(past))
    if unsure := [pair for pair in both if not pair[0].held == pair[1].held == "yes"]:
        yield clause("undated", *_sources(unsure), undated=len(unsure))


def _sources(pairs: Sequence[Pair]) -> list[Mapping[str, object]]:
    return [source for pair in pairs for side in pair for source in side.sources]


SHARED_AFFILIATIONS = Question.of(
    shared_affiliations,
    title="What do these two parties have in common: bodies, agreements, meetings, texts, programmes, partners?",
    names={"party": ("Party",), "other": ("Party",)},
    example={"party": "Romania", "other": "Philippines"},
    columns=("kind", "thing_name", "party_role", "other_role", "ended", "shared_by", "held", "evidence"),
    maturity="trial",
)
