"""What follows from a placement: restrictions of a fiscal year, and the clock of the Watch List."""

from exports.memos.evidence import cited, claim_of, supported
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets
from exports.paper.document import Section
from exports.paper.statements import Claim, Statement
from exports.wording import counted, sentence
from queries.core.answer import Answer
from queries.report.restrictions import RestrictionRow


def consequences(restricted: Answer, clock: Answer) -> Section:
    """Return the newest determination with its scope, and how the count of the Watch List stands."""
    return Section("Restrictions and Watch List", (Bullets((restriction_line(restricted), *clock_lines(clock))),))


def restriction_line(answer: Answer) -> Statement:
    """Return what was decided for the newest fiscal year held, its scope, and which awards may run under it."""
    lead = "Restrictions:"
    rows = [row for row in supported(answer, RestrictionRow) if row.fiscal_year]
    if not rows:
        text = "No determination or waiver is in the data, which does not say that there was none."
        return nothing_found(text, lead=lead)
    newest = max(row.fiscal_year or 0 for row in rows)
    now = [row for row in rows if row.fiscal_year == newest]
    told = "; ".join(dict.fromkeys(f"{row.kind}: {row.scope}" if row.scope else str(row.kind) for row in now))
    awards = len({award for row in now for award in row.award_ids})
    may = f"; {counted(awards, 'award or project', 'awards and projects')} may run under it" if awards else ""
    years = len({row.fiscal_year for row in rows}) - 1
    before = f"; {counted(years, 'earlier fiscal year')} in the data" if years else ""
    return Claim(sentence(f"Fiscal year {newest}: {told}{may}{before}"), cited(answer, *now), lead=lead)


def clock_lines(answer: Answer) -> list[Statement]:
    """Return how many editions in a row it stands on the Watch List, and what is next; or where it stands."""
    told = (
        claim_of(answer, id_, lead="Watch List:") for id_ in ("clock", "next", "elsewhere", "unplaced", "no-edition")
    )
    return [line for line in told if line]
