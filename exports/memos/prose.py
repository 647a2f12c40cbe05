"""Sentences of the two pages, each from the answer to one question; None or a gap where it tells nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from iga.exports.memos.brief import Part, Sentences, bullets, is_on_record, paragraph
from iga.exports.memos.counterpart import Counterpart
from iga.exports.memos.event import Event
from iga.exports.memos.evidence import cited, claim_of, row_words, supported
from iga.exports.memos.printing import claim, words
from iga.exports.memos.sections.compact_results import Compact, term
from iga.exports.memos.sections.contacts import our_side, posts_of
from iga.exports.memos.sections.engagements import coming, floor_of, held
from iga.exports.memos.sections.promises import is_ours, open_of
from iga.exports.memos.sections.touches import change, met_of
from iga.exports.paper.blocks import More, Series
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Blank, Claim, Statement
from iga.graph.domain.marking import Marking
from iga.graph.grouping import by_key
from iga.queries.changing.what_changed import ChangeRow
from iga.queries.contacts.cadence import TouchRow
from iga.queries.core.answer import Answer
from iga.queries.core.wording import long_day
from iga.queries.funding.summary import SummaryRow
from iga.queries.instruments.plans import PlanRow
from iga.queries.multilateral.commitments import CommitmentRow
from iga.queries.multilateral.members import MembershipRow
from iga.queries.multilateral.recommendations import RecommendationRow
from iga.queries.multilateral.reviews import ReviewRow
from iga.queries.report.restrictions import RestrictionRow

_POSTS, _PROMISES, _NEWS, _ADVICE, _NAMES = 2, 4, 4, 2, 4


def restrictions(answer: Answer) -> Claim | None:
    """Return the determinations of the newest fiscal year on record."""
    rows = [row for row in supported(answer, RestrictionRow) if row.fiscal_year]
    newest = max((row.fiscal_year or 0 for row in rows), default=0)
    now = [row for row in rows if row.fiscal_year == newest]
    return claim(answer, now, "brief/restrictions", rows=now) if now else None


def plan(answer: Answer) -> Claim | None:
    """Return the newest national plan."""
    plans = [row for row in supported(answer, PlanRow) if row.part == "plan"]
    return claim(answer, [max(plans, key=lambda row: row.start or "")], "brief/plan") if plans else None


def advice(answer: Answer) -> Iterator[Claim]:
    """Give the recommendations of each issuer, newest first: how many, and the first of them."""
    groups = by_key(supported(answer, RecommendationRow), lambda row: (row.issuer_name, row.year))
    for of in sorted(groups.values(), key=lambda of: -(of[0].year or 0))[:_ADVICE]:
        yield claim(answer, of, "brief/advice", number=len(of))


def total(answer: Answer, *clauses: str) -> Claim | None:
    """Return clauses of a summary of money; none where nothing was added up and no figure is the largest."""
    is_added = any(row.counted and row.amount for row in supported(answer, SummaryRow))
    has_figure = is_added or any(clause.values.get("largest") for clause in answer.clauses[:1])
    known = claim_of(answer, *clauses) if has_figure else None
    return known if isinstance(known, Claim) else None


def posts(whom: Counterpart, *, first: str = "", most: int = _POSTS) -> Iterator[Claim]:
    """Give the posts there with who holds each, `first` the one that is met."""
    for row in posts_of(whom.ways, first or whom.first_post)[:most]:
        yield claim(whom.ways, [row], "brief/post", term=row_words(whom.ways, row, "row-term"))


def counterpart_in_brief(whom: Counterpart, *, first: str = "") -> Part:
    """Return who they are, who holds which post, our route and our owner, as one paragraph."""
    people = list(posts(whom, first=first))
    route, owner = our_side(whom.ways)
    sentences: dict[str, Statement | None] = {} if people else {"who holds a post there": None}
    sentences |= {f"post {place}": person for place, person in enumerate(people)}
    ours = {"our route to them": route, "our owner of the relationship": owner}
    return paragraph("The counterpart", sentences | ours)


def whom_we_meet(
    met: Sequence[Counterpart], stands: Sequence[Sentences], *, already: Statement | None = None
) -> Iterator[Part]:
    """Give a paragraph for each party that is met: who holds which post, how they stand, and what is owed."""
    blocks = []
    for whom, sentences in zip(met, stands, strict=True):
        candidates = (next(posts(whom), None), *list(sentences.values())[:1], owed(whom.promised))
        if known := tuple(it for it in candidates if is_on_record(it) and it != already):
            blocks.append(Series(known, lead=f"{whom.short}:", is_prose=True))
    yield Part(Section("Whom we meet", tuple(blocks)), () if blocks else ("whom we meet",))


def members(answer: Answer, *, called: str) -> Claim | None:
    """Return how many members a body has by category, and of how many no date tells."""
    rows = [row for row in supported(answer, MembershipRow) if row.is_membership]
    groups = Counter((row.category or "member") for row in rows).most_common(3)
    undated = sum(row.held != "yes" for row in rows)
    return claim(answer, rows, "brief/members", called=called, groups=groups, undated=undated) if rows else None


def reviews(answer: Answer) -> Iterator[Claim]:
    """Give the reviews, those with a next step first, then the newest."""
    rows = sorted(supported(answer, ReviewRow), key=lambda row: (bool(row.next), row.last_on or ""), reverse=True)
    for row in rows:
        yield claim(answer, [row], "brief/review", next_step=row_words(answer, row, "row-next-step"))


def owed(promised: Answer) -> Claim | None:
    """Return the weightiest open promise of each side in a sentence."""
    rows = open_of(promised)
    theirs = next((row for row in rows if not is_ours(row)), None)
    ours = next((row for row in rows if is_ours(row)), None)
    both = [row for row in (theirs, ours) if row]
    return claim(promised, both, "brief/owed", theirs=theirs, ours=ours, floor=Marking.INTERNAL) if both else None


def promises(promised: Answer, *, party: str, most: int = _PROMISES) -> Part:
    """Return the open promises both ways as a list, overdue ones first."""
    sides = {"ours": str(promised.parameters.get("other")), "theirs": party}

    def line(row: CommitmentRow) -> Claim:
        return claim(promised, [row], "brief/one_promise", is_ours=is_ours(row), floor=Marking.INTERNAL, **sides)

    return bullets("Open promises", "open promises between us", [line(row) for row in open_of(promised)], most=most)


def background_of(agreement: Compact | None) -> Sentences:
    """Return how far an agreement is: its term, what it is for, the partner's pledges, its dialogues."""
    if agreement is None:
        return {}
    progress = agreement.progress
    pledged = {"the partner's contributions": claim_of(progress, "pledges")} if progress else {}
    measured = {"indicators and targets": claim_of(progress, "headline")} if progress else {}
    return {
        "the term of the agreement": term(agreement.card),
        **measured,
        **pledged,
        **({"a dialogue": claim_of(progress, "dialogues")} if progress else {}),
    }


def last_touch(touched: Answer) -> Claim | None:
    """Return the last contact with our side in a sentence."""
    rows = met_of(touched)[:1]
    return claim(touched, rows, "brief/last_met", floor=Marking.INTERNAL) if rows else None


def next_ahead(events: Answer) -> Claim | None:
    """Return the next engagement."""
    ahead = coming(events)[:1]
    return claim(events, ahead, "brief/next", floor=floor_of(ahead[0])) if ahead else None


def next_or_last(events: Answer) -> Claim | None:
    """Return the next engagement, else the last that was held."""
    past = held(events)[:1]
    return next_ahead(events) or (claim(events, past, "brief/last_held") if past else None)


def news(touched: Answer, changed: Answer, *ahead: Claim | None, most: int = _NEWS) -> Part:
    """Return the last contact with what came of it, what happened since, and what comes next."""
    met: list[TouchRow] = met_of(touched)[:1]
    day = met[0].on if met else None
    lines: list[Statement] = [claim(touched, met, "brief/touch", floor=Marking.INTERNAL)] if met else []
    happened = [
        row for row in supported(changed, ChangeRow) if row.nature == "happened" and not _is_itself(changed, row)
    ]
    lines += [Claim(change(changed, row), cited(changed, row)) for row in happened[: most - len(lines) - 1]]
    since = f"New since the last contact, {long_day(day)}" if day else "What is new"
    return bullets(since, "anything new", [*lines, *(it for it in ahead if it)], most=most)


def _is_itself(changed: Answer, row: ChangeRow) -> bool:
    """True if a change is that the party itself was entered: with all that belongs to it, and so no news."""
    return row.what == "new" and row.subject in {subject.id for subject in changed.subjects}


def occasion(event: Event | None, *, with_theirs: bool = False) -> Iterator[Block]:
    """Give day, hours, place and participants of a meeting, each a blank where it is not known."""
    row = event.row if event else None
    yield _field(event, "Date and time", "brief/when", "day and hours", is_known=bool(row and row.start))
    yield _field(event, "Place", "brief/where", "city and room", is_known=bool(row and row.place))
    sides = {"For them": event.theirs(row.engagement), "For us": event.ours(row.engagement)} if event and row else {}
    for lead in ("For them", "For us") if with_theirs else ("For us",):
        if event and (rows := sides[lead]):
            names = tuple(
                Claim(words("engagements/comes", it).strip(), cited(_of(event, lead), it), floor=event.floor)
                for it in rows[:_NAMES]
            )
            yield Series(names, lead=f"{lead}:", more=More(len(rows) - _NAMES) if len(rows) > _NAMES else None)
        else:
            yield Blank("who takes part", lead=f"{lead}:")


def _of(event: Event, lead: str) -> Answer:
    return event.delegates if lead == "For us" else event.people


def _field(event: Event | None, lead: str, macro: str, prompt: str, *, is_known: bool) -> Block:
    if event is None or not is_known:
        return Blank(prompt, lead=f"{lead}:")
    return claim(event.schedule, [event.row], macro, lead=f"{lead}:", floor=floor_of(event.row))
