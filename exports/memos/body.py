"""The memo on a body: what it is, who is in it, its meetings and decisions, reviews, advice, and who attends."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TypeAlias

from pydantic import Field

from iga.exports.memos import prose
from iga.exports.memos.brief import Part, bullets, for_the_drafter, paragraph, table
from iga.exports.memos.counterpart import Counterpart, counterpart
from iga.exports.memos.evidence import cited, row_words, supported
from iga.exports.memos.gathering import Gathering, ask_again
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import claim, lacking, more, nothing_found, series, words
from iga.exports.memos.sections import standing
from iga.exports.memos.sections.advice import advice_by_party, last_review, reviews
from iga.exports.memos.sections.clearance import clearers_of
from iga.exports.memos.sections.contacts import posts_table, reach
from iga.exports.memos.sections.engagements import engagements, held
from iga.exports.memos.sections.facts import facts
from iga.exports.memos.sections.promises import promises
from iga.exports.memos.sections.standing import PALERMO
from iga.exports.memos.sections.touches import ask_changes
from iga.exports.paper.blocks import Bullets, Series, Table, TableRow
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Citations, Claim, Statement, Unknown
from iga.graph.errors import NotFound, UsageError
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer, CaveatKind, Subject
from iga.queries.core.days import is_over
from iga.queries.core.question import Params
from iga.queries.core.wording import capitalized
from iga.queries.instruments.due import DueRow
from iga.queries.instruments.treaty_coverage import CoverageRow
from iga.queries.multilateral.chairs import ChairRow
from iga.queries.multilateral.mandates import MandateRow
from iga.queries.multilateral.members import MembershipRow
from iga.queries.multilateral.resolutions import ResolutionRow
from iga.queries.report.tiers import TierRow

_TEXTS, _OUTCOMES, _MANDATES, _DUTIES = 5, 4, 5, 6


def decisions(texts: Answer, events: Answer, mandates: Answer, duties: Answer) -> Section:
    """Return the last texts, outcomes of meetings, mandates by their last day, and duties."""
    rows = supported(texts, ResolutionRow)
    blocks: list[Block] = [lacking("resolution or decision of it", lead="Texts:")]
    if rows:
        blocks = [Bullets(tuple(text(texts, row) for row in rows[:_TEXTS]), more(texts, rows, _TEXTS))]
    blocks += [Bullets(tuple(items)) for items in (_outcomes(events), _mandates(mandates), _duties(duties)) if items]
    return Section("Decisions, mandates and duties", tuple(blocks))


def text(answer: Answer, row: ResolutionRow) -> Claim:
    """Return a resolution with how it was adopted, in a sentence."""
    return claim(answer, [row], "decisions/text", adoption=row_words(answer, row, "adoption"))


def _outcomes(answer: Answer) -> list[Claim]:
    took_place = [row for row in held(answer) if row.outcome][:_OUTCOMES]
    return [claim(answer, [row], "decisions/outcome", lead="Outcome:") for row in took_place]


def _mandates(answer: Answer) -> list[Claim]:
    rows = supported(answer, MandateRow)
    ahead = [row for row in rows if not is_over(row.last_day, on=answer.as_of)]
    over = [row for row in rows if row not in ahead]
    # What ends next first, then what ended last.
    return [
        claim(answer, [row], "decisions/mandate", lead="Mandate:", is_over=row in over)
        for row in [*ahead, *reversed(over)][:_MANDATES]
    ]


def _duties(answer: Answer) -> list[Claim]:
    # Promises have a section of their own.
    rows = [row for row in supported(answer, DueRow) if row.what_class != "Commitment"]
    return [claim(answer, [row], "decisions/duty", lead="Duty:") for row in rows[:_DUTIES]]


# The agencies of a task force; more members than that are States, whose advice is told elsewhere.
_AGENCIES = 30
# A category of more is told by its number; thirty names fill a page and tell nothing.
_LISTED, _CHAIRS = 24, 4
_REVIEWS, _ATTENDING = 3, 6
# These doubts are on editions that lack a government, and on parts of a compact that one line does not tell.
_GAPS: tuple[CaveatKind, ...] = ("partial", "unknown")
_NOT_PRINTED: tuple[CaveatKind, ...] = (*_GAPS, "derived", "conflict")

_Cell: TypeAlias = tuple[str, Citations]  # what a cell says, and what that rests on
_SILENT: _Cell = ("not in the data", ())


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


def body(gathering: Gathering, params: BodyParams) -> Written:
    """Write the memo on a body."""
    # This question takes bodies only, and so refuses all else.
    chairs = gathering.ask("chairs", word="Chairs", party=params.party)
    who = chairs.subjects[0]
    listed = gathering.ask("members", word="Members", party=who.id)
    whom = counterpart(gathering, who.id)
    events = gathering.ask("engagements", word="Engagements", party=who.id)
    texts = gathering.ask("resolutions", word="Texts", other=who.id)
    tiers = [_placed(gathering, name) for name in params.other]
    reviewed = gathering.ask("reviews", word="Reviews", party=who.id)
    present = _governments(tiers)
    led, met = standing.chairs(chairs, called=whom.short), prose.next_or_last(events)
    counted, leaving = prose.members(listed, called=whom.short), standing.leaving(gathering, who)
    changed = ask_changes(gathering, who.id, whom.touched, since=None)
    return Written(
        title=who.name,
        subject=f"Memo on a body: {who.name}",
        bottom_line=(leaving, led or counted, met, prose.owed(whom.promised), prose.last_touch(whom.touched)),
        parts=(
            for_the_drafter(),
            paragraph("Background", _background(gathering, who, led, counted, texts)),
            prose.counterpart_in_brief(whom),
            *_attending(gathering, tiers, who),
            bullets("Reviews, next first", "reviews", list(prose.reviews(reviewed)), most=_REVIEWS),
            prose.promises(whom.promised, party=who.id),
            prose.news(whom.touched, changed, prose.next_ahead(events)),
        ),
        annex=lambda: _annex(gathering, who, chairs, listed, whom, events, texts, reviewed),
        again={"party": who.id, **({"other": tuple(it.iso3 or it.id for it in present)} if present else {})},
        clearers=clearers_of(gathering, [who.id, *(it.id for it in present)]),
    )


def _background(
    gathering: Gathering, who: Subject, led: Statement | None, counted: Statement | None, texts: Answer
) -> dict[str, Statement | None]:
    rows = supported(texts, ResolutionRow)
    # Mandates of any day: that the last day of one has passed must be told.
    mandates = gathering.ask("mandates", word="Mandates", party=who.id, since="1990", until="2100")
    advised = list(prose.advice(gathering.ask("recommendations", word="Recommendations", party=who.id)))
    return {
        **({"members": counted} if led or not counted else {}),
        **({} if led else {"who leads it": None}),
        "decisions of it": text(texts, rows[0]) if rows else None,
        "a mandate": standing.mandate(mandates),
        "recommendations to it": advised[0] if advised else None,
    }


def _annex(
    gathering: Gathering,
    who: Subject,
    chairs: Answer,
    listed: Answer,
    whom: Counterpart,
    events: Answer,
    texts: Answer,
    reviewed: Answer,
) -> Iterator[Section]:
    yield facts(gathering.ask("profile", word="Profile", party=who.id), heading="What it is")
    yield _members(chairs, listed)
    yield Section("Posts there", (posts_table(whom.ways),))
    yield reach(whom.ways)
    yield engagements(events)
    mandates = gathering.ask("mandates", word="Mandates", party=who.id, since="1990", until="2100")
    yield decisions(texts, events, mandates, gathering.ask("due", word="Duties", party=who.id))
    yield reviews(reviewed)
    yield advice_by_party(
        list(_advice(gathering, who, listed)), body=who, heading="Recommendations, by whom they are addressed to"
    )
    yield promises(whom.promised, party=who.id)


def _advice(gathering: Gathering, who: Subject, listed: Answer) -> Iterator[Answer]:
    """Ask for recommendations to the body, by it, and to the agencies that are its members."""
    yield gathering.ask("recommendations", word="Recommendations", party=who.id)
    yield gathering.ask("recommendations", word="Recommendations by it", issuer=(who.id,))
    agencies = [row for row in supported(listed, MembershipRow) if row.cls == "PublicBody"]
    if len(agencies) <= _AGENCIES:
        for row in agencies:
            yield gathering.ask("recommendations", word=f"Recommendations to {row.name}", party=row.id)


def _chairs(answer: Answer) -> list[Claim | Unknown]:
    """Return who chairs a body, a statement each; that it is not known is one."""
    rows = supported(answer, ChairRow)[:_CHAIRS]
    return [claim(answer, [row], "body/chair", lead=f"{capitalized(row.office)}:") for row in rows] or [
        nothing_found("Who chairs it is not in the data.", lead="Chair:")
    ]


def _members(chairs: Answer, listed: Answer) -> Section:
    """Return who chairs a body, then its members by category; a large category is counted, not listed."""
    rows = supported(listed, MembershipRow)
    blocks: list[Block] = [*_chairs(chairs)]
    groups = by_key([row for row in rows if row.is_membership], lambda row: row.category or "member")
    if not rows:
        blocks.append(lacking("member of it", lead="Members:"))
    for category, of in sorted(groups.items(), key=lambda it: (not it[0].startswith("statutory"), -len(it[1]))):
        blocks.append(_category(listed, category, of))
    if any(row.cls == "PublicBody" for row in rows) and not any("alternate" in (row.category or "") for row in rows):
        blocks.append(lacking("alternate of a member", lead="Alternates:"))
    return Section("Members and office holders", tuple(blocks))


def _category(answer: Answer, category: str, rows: Sequence[MembershipRow]) -> Claim | Series:
    unsure = [row for row in rows if row.held != "yes"]
    newest = max((row.attested_on for row in unsure if row.attested_on), default="")
    lead = words("body/category", category=category, number=len(rows), unsure=len(unsure), newest=newest)
    if len(rows) <= _LISTED:
        return series(answer, rows, "body/member", lead=lead, most=_LISTED)
    return claim(answer, rows[:_LISTED], "body/many", lead=lead, number=len(rows), command=ask_again(answer))


def _governments(tiers: Sequence[Answer]) -> tuple[Subject, ...]:
    """Return whom answers on tiers are about."""
    who = tuple(answer.subjects[0] for answer in tiers)
    if wrong := [it.name for it in who if it.cls != "Government"]:
        raise UsageError(f"other: {wrong[0]} is no government")
    return who


def _placed(gathering: Gathering, name: str) -> Answer:
    """Ask how a government was placed, and head its doubts by its printed name, however it was typed."""
    answer = gathering.ask("tier-history", _GAPS, word="Tier", party=name)
    gathering.answers[f"Tier, {answer.subjects[0].name}"] = gathering.answers.pop("Tier")
    return answer


def _attending(gathering: Gathering, tiers: Sequence[Answer], body: Subject) -> Iterator[Part]:
    """Ask for the standing of governments that attend; a line each: party status, tier, review, programmes there."""
    who, coverage = _governments(tiers), None
    if not who:
        return
    with suppress(NotFound):  # a ledger need not hold the protocol
        ids = tuple(it.id for it in who)
        coverage = gathering.ask("coverage", word="Palermo Protocol", party=ids, agreement=PALERMO)
    lines: list[TableRow] = []
    for answer, it in zip(tiers, who, strict=True):
        cells = (_party(coverage, it), _tier(answer), _review(gathering, it, body), _programmes(gathering, it))
        citations = tuple(dict.fromkeys(citation for _, rests_on in cells for citation in rests_on))
        if citations:
            lines.append(TableRow((it.name, *(text for text, _ in cells)), citations))
        else:
            yield Part(Section("", ()), (f"{it.name} at this body",))
    header = ("Government", "Palermo Protocol", "Tier", "Review here", "Our programmes there")
    if lines:
        whole = Table("Governments that attend", header, tuple(lines), (16, 18, 13, 22, 31))
        yield table("Governments attending", "governments attending", whole, most=_ATTENDING)


def _party(coverage: Answer | None, who: Subject) -> _Cell:
    rows = [row for row in supported(coverage, CoverageRow) if row.id == who.id] if coverage else []
    return (words("standing/attends", rows[0]), cited(coverage, rows[0])) if coverage and rows else _SILENT


def _tier(answer: Answer) -> _Cell:
    rows = supported(answer, TierRow)
    if not rows:
        return _SILENT
    newest = max(rows, key=lambda row: row.year)
    return f"{newest.tier or 'Outside the tiers'} ({newest.year})", cited(answer, newest)


def _review(gathering: Gathering, who: Subject, body: Subject) -> _Cell:
    answer = gathering.ask("reviews", word=f"Reviews, {who.name}", party=who.id, other=body.id)
    text, rows = last_review(answer)
    return (text, cited(answer, *rows)) if text else _SILENT


def _programmes(gathering: Gathering, who: Subject) -> _Cell:
    """Return the compact and the money of one measure that runs there."""
    compact = standing.compact(gathering.ask("compact", _NOT_PRINTED, word=f"Compact, {who.name}", party=who.id))
    asked = gathering.ask("funding-summary", word=f"Money, {who.name}", party=who.id, by="fiscal year")
    money = prose.total(asked, "headline")
    known = [it for it in (compact, money) if it]
    citations = tuple(citation for it in known for citation in it.citations)
    return (" ".join(it.text for it in known), citations) if known else _SILENT


BODY = MemoKind(
    name="body",
    title="A body: what it is, members, posts, meetings, decisions, reviews, advice, and the governments that attend.",
    params=BodyParams,
    function=body,
    example={"party": "UNTOC Working Group on Trafficking in Persons", "other": ("Ghana", "Peru", "Romania")},
)
