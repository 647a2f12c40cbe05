"""The memo on a body: what it is, who is in it, its meetings and decisions, reviews, advice, and who attends."""

from collections.abc import Iterator

from pydantic import Field

from exports.memos.evidence import supported
from exports.memos.gathering import Gathering
from exports.memos.kind import MemoKind, Written
from exports.memos.sections import bottom_line
from exports.memos.sections.advice import advice_by_party, reviews
from exports.memos.sections.attending import attending
from exports.memos.sections.blocks import for_the_drafter
from exports.memos.sections.body_members import chair_in_short, members, members_in_short
from exports.memos.sections.clearance import clearers_of
from exports.memos.sections.decisions import decision_in_short, decisions
from exports.memos.sections.engagements import engagements
from exports.memos.sections.facts import facts
from exports.memos.sections.holders import posts_table
from exports.memos.sections.promises import ask_promises, promises
from exports.memos.sections.reach import reach, route_in_short
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from queries.core.answer import Answer, Subject
from queries.core.question import Params
from queries.core.wording import long_day
from queries.multilateral.members import MembershipRow

# The agencies of a task force; more members than that are States, whose advice is told elsewhere.
_AGENCIES = 30


class BodyParams(Params):
    """What the memo on a body is asked with."""

    party: str = Field(
        description="An international organization, forum, council or task force: id, code or name.", examples=["PITF"]
    )
    other: tuple[str, ...] = Field(
        default=(),
        description="Governments that attend, a line each; may be given several times.",
        examples=[["Ghana"]],
    )


def body(gathering: Gathering, given: BodyParams) -> Written:
    """Write the memo on a body."""
    # This question takes bodies only, and so refuses all else.
    chairs = gathering.ask("chairs", word="Chairs", party=given.party)
    who = chairs.subjects[0]
    listed = gathering.ask("members", word="Members", party=who.id)
    ways = gathering.ask("contact", word="Contacts", party=who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    texts = gathering.ask("resolutions", word="Texts", other=who.id)
    there, present = attending(gathering, given.other, body=who) if given.other else (None, ())
    codes = tuple(each.iso3 or each.id for each in present)
    return Written(
        title=who.name,
        subtitle=f"Memo on a body: facts as of {long_day(gathering.day)}",
        subject=f"Memo on a body: {who.name}",
        bottom_line=tuple(_bottom_line(chairs, listed, ways, events, texts)),
        sections=(
            for_the_drafter(),
            *((there,) if there else ()),
            *_sections(gathering, who, chairs, listed, ways, events, texts),
        ),
        again={"party": who.id, **({"other": codes} if codes else {})},
        clearers=clearers_of(gathering, [who.id, *(each.id for each in present)]),
    )


def _bottom_line(
    chairs: Answer, listed: Answer, ways: Answer, events: Answer, texts: Answer
) -> Iterator[Claim | Unknown]:
    meeting = bottom_line.engagement(events)[0]
    yield meeting
    yield chair_in_short(chairs)
    # The last meeting is told with its outcome.
    if (decided := decision_in_short(texts, events)) and decided.citations != meeting.citations:
        yield decided
    yield route_in_short(ways)
    yield members_in_short(listed)


def _sections(
    gathering: Gathering, who: Subject, chairs: Answer, listed: Answer, ways: Answer, events: Answer, texts: Answer
) -> Iterator[Section]:
    yield facts(gathering.ask("profile", word="Profile", party=who.id), heading="What it is")
    yield members(chairs, listed)
    yield Section("Posts there", (posts_table(ways),))
    yield reach(ways)
    yield engagements(events)
    # Mandates of any day: that the last day of one has passed must be told.
    mandates = gathering.ask("mandates", word="Mandates", party=who.id, since="1990", until="2100")
    yield decisions(texts, events, mandates, gathering.ask("due", word="Duties", party=who.id))
    yield reviews(gathering.ask("reviews", word="Reviews", party=who.id))
    yield advice_by_party(
        list(_advice(gathering, who, listed)), body=who, heading="Recommendations, by whom they are addressed to"
    )
    yield promises(ask_promises(gathering, who.id), party=who.id)


def _advice(gathering: Gathering, who: Subject, listed: Answer) -> Iterator[Answer]:
    """Ask for recommendations to the body, by it, and to the agencies that are its members."""
    yield gathering.ask("recommendations", word="Recommendations", party=who.id)
    yield gathering.ask("recommendations", word="Recommendations by it", issuer=(who.id,))
    agencies = [row for row in supported(listed, MembershipRow) if row.cls == "PublicBody"]
    if len(agencies) <= _AGENCIES:
        for row in agencies:
            yield gathering.ask("recommendations", word=f"Recommendations to {row.name}", party=row.id)


BODY = MemoKind(
    name="body",
    title="A body: what it is, members, posts, meetings, decisions, reviews, advice, and the governments that attend.",
    params=BodyParams,
    function=body,
    example={"party": "UNTOC Working Group on Trafficking in Persons", "other": ("Ghana", "Peru", "Romania")},
)
