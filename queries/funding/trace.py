"""From who pays to who is helped: award, sub-award, implementer, country, each hop with its document and amount."""

from collections.abc import Sequence

from pydantic import Field

from graph.domain.values import LAST_DAY
from queries.answer import Caveat, Subject
from queries.funding.along import along
from queries.funding.amounts import Amount
from queries.funding.hop import COLUMNS, Hop, HopRow, drafts_of
from queries.funding.passing import with_passed_again
from queries.funding.steps import DEEPEST, DOWN, Steps, Thing, Way, steps_from
from queries.funding.tally import left_out_in_full, left_out_in_short, told_sums
from queries.funding.walk_down import CIRCLE, WalkDown
from queries.funding.words import singly, withheld
from queries.question import Asked, Found, Posed, Question
from queries.reading import OfIds, refs
from queries.reads import ENTITIES_BY_ID
from queries.wording import counted, listed

STARTS = ("Party", "Programme", "ChildProtectionCompact", "FundingLine", "Award", "Project")
"""What a trace may begin with."""


class StartAsked(Asked):
    """What questions are asked with that begin somewhere."""

    party: str


class TraceAsked(StartAsked):
    """What `funding-trace` is asked with."""

    party: str = Field(
        description="Where the money comes from: a funder, a programme, compact or budget line, an award or project;"
        " or a recipient, for what it received and passed on.",
        examples=["Program to End Modern Slavery"],
    )


def funding_trace(posed: Posed[TraceAsked]) -> Found:
    """Follow money down, hop by hop: each row is one hop, rows follow each other as the paths go.

    What began after the day is left out; what ended before stands with its end, for money that was given stays given.
    A thing with two ways to it is told once, a circle is named and not followed, and the largest are shown where there
    are too many.
    """
    start = start_of(posed)
    steps = steps_of(posed, start, DOWN)
    money = along(posed.asking, steps, until=posed.day if posed.given.as_of else LAST_DAY)
    money.passings = {id_: with_passed_again(each) for id_, each in money.passings.items()}
    walk = WalkDown(steps, money)
    hops = list(walk.hops())
    steps.capped += walk.capped
    return Found(
        sentence=_sentence(start.subject, hops),
        drafts=tuple(draft for hop in hops for draft in drafts_of(hop, arrow=" → ")),
        caveats=(
            *doubts(steps, hops),
            *withheld(amounts_of(hops), money.undisclosed),
            *left_out_in_full(_countable(hops)),
        ),
    )


def steps_of(posed: Posed[StartAsked], start: Thing, ways: Sequence[Way]) -> Steps:
    """Return the steps from a start by the day; a status that is stated for a later day is not told of it."""
    steps = steps_from(posed.asking, start, ways, day=posed.day)
    for id_, thing in steps.things.items():
        if thing.values.get("status") and posed.asking.looks_back(refs(thing.values), day=posed.day):
            steps.things[id_] = Thing(thing.subject, {**thing.values, "status": None})
    return steps


def start_of(posed: Posed[StartAsked]) -> Thing:
    """Return the thing that was asked about, with all that is held of it."""
    subject = posed.one("party")
    return Thing(subject, posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(subject.id,)))[0].values)


def _sentence(start: Subject, hops: Sequence[Hop]) -> str:
    if not hops:
        return f"no money that goes on from {start.name} is held"
    parts = [f"from {start.name} money goes on over at most {counted(max(len(hop.trail) - 1 for hop in hops), 'hop')}"]
    parts[0] += f": {reached(hops)}"
    amounts = amounts_of(hops)
    parts += told_sums(amounts)
    parts += singly(amounts)
    return "; ".join([*parts, *left_out_in_short(_countable(hops))])


def _countable(hops: Sequence[Hop]) -> list[Amount]:
    return [each for each in amounts_of(hops) if each.layer != "stated total"]


def amounts_of(hops: Sequence[Hop]) -> list[Amount]:
    """Return the amounts of hops, each once."""
    return list({id(amount): amount for hop in hops for amount in hop.amounts}.values())


def reached(hops: Sequence[Hop]) -> str:
    """Return how many things of each sort hops come by, in words."""
    subjects = {end.id: end for hop in hops for end in (hop.source, hop.target)}
    lines = sum(each.cls == "FundingLine" for each in subjects.values())
    programmes = sum(each.cls in ("Programme", "ChildProtectionCompact") for each in subjects.values())
    told = [counted(lines, "budget line")] if lines else []
    told += [counted(programmes, "programme or compact", "programmes and compacts")] if programmes else []
    for cls, word in (("Award", "award"), ("Project", "project")):
        number = sum(each.cls == cls for each in subjects.values())
        told += [counted(number, word)] if number else []
    for how, one in (
        (("is awarded to", "is carried out by"), "recipient or implementer"),
        (("passes on to", "is passed on in part to"), "sub-recipient"),
        (("runs in",), "country"),
    ):
        parties = {hop.target.id: hop.is_undisclosed for hop in hops if hop.how in how}
        many = {"country": "countries", "sub-recipient": "sub-recipients"}.get(one, "recipients and implementers")
        hidden = sum(parties.values())
        rest = f" ({hidden} of them withheld)" if hidden else ""
        told += [counted(len(parties), one, many) + rest] if parties else []
    return listed(told, most=len(told))


def doubts(steps: Steps, hops: Sequence[Hop]) -> list[Caveat]:
    """Return what a trace does not know or does not show."""
    found = [Caveat(kind="partial", text=f"{text[0].upper()}{text[1:]}.") for text in dict.fromkeys(steps.capped)]
    if steps.is_cut:
        found.append(Caveat(kind="partial", text=f"What lies more than {DEEPEST} levels away is not shown."))
    if steps.later:
        text = f"{counted(steps.later, 'tie')} came about only after the day asked for, and are left out."
        found.append(Caveat(kind="partial", text=text))
    if steps.stated:
        text = (
            f"{counted(len(steps.stated), 'stated total')} of what was announced or counted are no money that something"
            " is paid out of, and are not part of the paths; portfolio lists them."
        )
        found.append(Caveat(kind="partial", text=text))
    circles = sorted({f"{hop.source.name} to {hop.target.name}" for hop in hops if hop.note == CIRCLE})
    if circles:
        text = f"Money goes in a circle and was not followed round: {listed(circles)}."
        found.append(Caveat(kind="conflict", text=text))
    missing = sorted({hop.target.name for hop in hops if hop.note == "amount not held"})
    if missing:
        text = f"No amount is held for {listed(missing)}; that is not to say that it was nothing."
        found.append(Caveat(kind="unknown", text=text))
    if not hops:
        found.append(Caveat(kind="unknown", text="That nothing is held does not say that there was nothing."))
    return found


FUNDING_TRACE = Question(
    name="funding-trace",
    title="Where does this money go: award, sub-award, implementer, country, hop by hop?",
    params=TraceAsked,
    row=HopRow,
    function=funding_trace,
    names={"party": STARTS},
    example={"party": "Example Treasury (fictional)"},
    columns=COLUMNS,
)
