"""What two parties have in common on a day: what few share comes first, hubs such as the UN last."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from pydantic import Field

from graph.text import folded
from queries.core.answer import AnswerRow, Caveat, Subject, Total
from queries.core.endnotes import CAP
from queries.core.question import Params, Question, Request, Result, SourcedRow
from queries.core.reading import conflicts, refs
from queries.core.wording import counted, listed
from queries.multilateral.affiliations import Affiliation, AffiliationKind, Affiliations, affiliations_of
from queries.multilateral.sharing import shared_by

_PLURAL: Mapping[str, str] = {"body": "bodies"}


class SharedParams(Params):
    """What `shared-affiliations` is asked with."""

    party: str = Field(description="One party.", examples=["Romania"])
    other: str = Field(description="The other party.", examples=["Philippines"])
    kind: AffiliationKind | None = Field(
        default=None,
        description="Only of this kind: body, agreement, compact, engagement, text, programme, project, partner.",
        examples=["body"],
    )


class SharedRow(AnswerRow):
    """One thing that both parties are tied to."""

    party: str = Field(description="Id of the one party.")
    party_name: str = Field(description="Name of the one party.")
    other: str = Field(description="Id of the other party.")
    other_name: str = Field(description="Name of the other party.")
    kind: AffiliationKind = Field(description="What sort of thing they share.")
    thing: str = Field(description="Id of what they share.")
    thing_name: str = Field(description="What they share.")
    party_role: str | None = Field(default=None, description="How the one party is tied to it.")
    other_role: str | None = Field(default=None, description="How the other party is tied to it.")
    shared_by: int = Field(
        description="How many share it, as far as held: members, parties, participants, sponsors; of a programme what"
        " belongs to it, of a partner what it carries out."
    )


def shared_affiliations(request: Request[SharedParams]) -> Result:
    """List what two parties share: what the fewest share first, then by kind and name."""
    party, other = request.one("party"), request.one("other")
    ours = affiliations_of(request.session, party, day=request.day)
    theirs = affiliations_of(request.session, other, day=request.day)
    kind = request.params.kind
    both = [(ours[key], theirs[key]) for key in ours if key in theirs and kind in (None, key[0])]
    both = [pair for pair in both if pair[0].thing.id not in (party.id, other.id)]
    counts = shared_by(request.session, [pair[0] for pair in both], day=request.day)
    order = get_args(AffiliationKind)
    both.sort(
        key=lambda pair: (
            counts[pair[0].thing.id],
            order.index(pair[0].kind),
            folded(pair[0].thing.name),
            pair[0].thing.id,
        )
    )
    return Result(
        sentence=_sentence(party, other, both, counts, kind) + _direct(party, other, ours, theirs),
        rows=tuple(_draft(party, other, pair, counts[pair[0].thing.id]) for pair in both[:CAP]),
        caveats=_partial(),
        total=Total(value=len(both)),
    )


def _draft(party: Subject, other: Subject, pair: tuple[Affiliation, Affiliation], count: int) -> SourcedRow:
    ours, theirs = pair
    row = SharedRow(
        held="yes" if ours.held == theirs.held == "yes" else "unknown",
        conflicts=conflicts(*ours.sources, *theirs.sources),
        party=party.id,
        party_name=party.name,
        other=other.id,
        other_name=other.name,
        kind=ours.kind,
        thing=ours.thing.id,
        thing_name=ours.thing.name,
        party_role=ours.how or None,
        other_role=theirs.how or None,
        shared_by=count,
    )
    return SourcedRow(row, refs(*ours.sources, *theirs.sources))


def _sentence(
    party: Subject,
    other: Subject,
    both: Sequence[tuple[Affiliation, Affiliation]],
    counts: Mapping[str, int],
    kind: str | None,
) -> str:
    if not both:
        what = f"{kind} " if kind else ""
        return f"no {what}tie is held that {party.name} and {other.name} share; they may share some"
    number = Counter(ours.kind for ours, _ in both)
    kinds = [counted(number[one], one, _PLURAL.get(one)) for one in get_args(AffiliationKind) if number[one]]
    rare = [f"{ours.thing.name} ({counts[ours.thing.id]})" for ours, _ in both[:3]]
    sentence = (
        f"{party.name} and {other.name} share {listed(kinds, most=len(kinds))}; what fewest share: {listed(rare)}"
    )
    hub = both[-1][0]
    sentence += f"; what most share: {hub.thing.name}, shared by {counts[hub.thing.id]}" if len(both) > 3 else ""
    unsure = sum(not ours.held == theirs.held == "yes" for ours, theirs in both)
    return sentence + (f"; of {unsure} no date tells whether both ties held that day" if unsure else "")


def _direct(party: Subject, other: Subject, ours: Affiliations, theirs: Affiliations) -> str:
    """Return how one of the two belongs to the other, which is no edge to a third: ``; Kenya is itself in the UN``."""
    said = [
        f"; {one.name} is itself in {whole.name}{f' ({edge.how})' if edge.how else ''}"
        for one, whole, edges in ((party, other, ours), (other, party, theirs))
        if (edge := edges.get(("body", whole.id)))
    ]
    return "".join(said)


def _partial() -> tuple[Caveat, ...]:
    text = "Lists of members, participants and sponsors are often partial: they may share more than is held."
    return (Caveat(kind="partial", text=text),)


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
