from collections.abc import Mapping
from typing import Any

import pytest

from iga.exports.memos.printing import words
from iga.exports.memos.write import write_memo
from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.charts import MarkChart
from iga.exports.paper.document import PaperDocument
from iga.exports.paper.statements import Blank, Claim, Unknown
from iga.graph.domain.marking import Marking
from iga.graph.errors import NotFound
from iga.queries.ask import Parameters
from iga.queries.contacts.clearers import ClearanceReason, ClearerRow
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer, AnswerRow, Caveat, Clause, EvidenceNote, Subject, Total
from iga.queries.core.session import Session
from iga.queries.funding.summary import SummaryRow
from iga.queries.instruments.agreements import BondRow
from iga.queries.instruments.compact import CompactRow
from iga.queries.instruments.plans import PlanRow
from iga.queries.multilateral.commitments import CommitmentRow
from iga.queries.multilateral.engagements import EngagementRow
from iga.queries.multilateral.members import MembershipRow
from iga.queries.multilateral.recommendations import RecommendationRow
from iga.queries.report.restrictions import RestrictionRow
from iga.queries.report.tiers import TierRow
from iga.queries.report.watch_list import WatchListRow
from tests.exports.memos.office import canned_session, change, clauses_of, in_brief, money_clause, said, section
from tests.reading import some

WHO: dict[str, Any] = {"id": "gov:gha", "cls": "Government", "name": "Ghana", "iso3": "GHA"}
COMPACT: dict[str, Any] = {"compact": "compact:gha", "compact_name": "Compact", "about": "compact:gha"}


def answer(question: str, *rows: AnswerRow, caveats: tuple[Caveat, ...] = (), **note: Any) -> Answer:
    """Return an answer of which each row rests on a note of its own."""
    given = {"title": f"Source of {question}", "url": None, "stated_on": "2024", "load": 1, **note}
    return Answer(
        question=question,
        parameters={"party": "gov:gha"},
        as_of="2026-11-25",
        answer="As of 2026-11-25: nothing is known",
        rows=tuple(row.model_copy(update={"evidence": (number,)}) for number, row in enumerate(rows, start=1)),
        total=Total(value=len(rows)),
        caveats=caveats,
        evidence={
            number: EvidenceNote(source=f"ref:{question}", locator=f"{question}.csv:{number}", **given)
            for number in range(1, len(rows) + 1)
        },
        data_version="ab12",
        subjects=(Subject.model_validate(WHO),),
    )


def bond(agreement: str, name: str, **said: Any) -> BondRow:
    return BondRow(**WHO, agreement=agreement, agreement_name=name, standing="party", **said)


def fact(name: str, value: str, **how: Any) -> CompactRow:
    about = {**COMPACT, "about_name": "Compact", "about_class": "ChildProtectionCompact", **how}
    return CompactRow(**WHO, **about, fact=name, value=value)


def advice(wording: str, year: int) -> RecommendationRow:
    return RecommendationRow(
        **WHO,
        recommendation=f"r:{year}",
        recommendation_name=wording,
        issuer="body:dol",
        issuer_name="Department of Labor",
        year=year,
        wording=wording,
    )


CLOCK = Clause(
    id="clock",
    text="as the values say",
    values={"party": "Ghana", "year": 2025, "number": 2, "gap": None, "limit": 2},
    evidence=(1,),
)


TIER = Clause(
    id="headline",
    text="as the values say",
    values={"party": "Ghana", "runs": [{"tier": "Tier 2", "first": 2025, "last": 2025}]},
    evidence=(2,),
)


def canned() -> dict[str, Answer]:
    tiers = [TierRow(**WHO, year=2024, tier="Tier 1", confidence="derived")]
    tiers.append(TierRow(**WHO, year=2025, tier="Tier 2", published_on="2025-09-29", confidence="medium"))
    bonds = [bond(f"treaty:other-{number}", f"Treaty {number}") for number in range(8)]
    bonds.append(bond("treaty:palermo", "Palermo Protocol", action="accession", action_on="2012-08-21"))
    gap = Caveat(kind="partial", text="181 of 182 are held.", source="ref:treaty-status")
    return {
        "tier-history": answer(
            "tier-history", *tiers, caveats=(Caveat(kind="partial", text="Not held for 2016."),)
        ).model_copy(update={"clauses": (TIER,)}),
        "treaty-status": answer("treaty-status", *bonds, caveats=(gap, gap)),
        "memberships": answer(
            "memberships", MembershipRow(**WHO, body="org:un", body_name="United Nations", start="1957")
        ),
        "compact": answer(
            "compact",
            fact("signed_on", "2018-05-31", start="2018-05-31", end="2018-05-31", disputed=True),
            fact("signed_on", "2018-05-30", start="2018-05-30", end="2018-05-30", disputed=True, preferred=False),
            fact("topics", "child-trafficking"),
            fact(
                "money",
                "5000000 USD (ceiling)",
                amount="5000000",
                currency="USD",
                measure="ceiling",
                about="award:x",
                about_name="Award to X",
                about_class="Contribution",
            ),
        ),
        "engagements": answer("engagements"),
        "restrictions": answer(
            "restrictions",
            RestrictionRow(
                **WHO,
                determination="d:26",
                determination_name="FY 2026",
                fiscal_year=2026,
                kind="restricted",
                scope="exchange programs",
                award_ids=("award:x",),
            ),
            RestrictionRow(
                **WHO, determination="d:20", determination_name="FY 2020", fiscal_year=2020, kind="full waiver"
            ),
        ),
        "watch-list-clock": answer(
            "watch-list-clock",
            WatchListRow(
                **WHO,
                year=2025,
                consecutive_years=2,
                is_at_least=False,
                first_year=2024,
                waivers_allowed=1,
                clock="second year in a row: the limit",
            ),
        ).model_copy(update={"clauses": (CLOCK,)}),
        "recommendations": answer("recommendations", advice("Fund shelters", 2024), advice("Train judges", 2025)),
        "plans": answer(
            "plans",
            PlanRow(
                **WHO,
                part="plan",
                what="plan:1",
                what_name="Plan 2017-2021",
                status="in force",
                as_stated_on="2018-03",
                in_period="no",
            ),
        ),
        "funding-summary": answer(
            "funding-summary",
            SummaryRow(
                group_name="US fiscal year 2024",
                layer="prime award",
                measure="obligation",
                amount="1080000",
                currency="USD",
                percent="100.0",
                amount_count=3,
                award_count=1,
            ),
        ).model_copy(update={"clauses": clauses_of(money_clause("1080000", [2024], subject="Ghana"), 1)}),
        "commitments": answer(
            "commitments",
            CommitmentRow(
                commitment="c:1",
                commitment_name="Case register",
                made_by="gov:gha",
                made_by_name="Ghana",
                direction="made",
                stands="overdue",
                due_on="2026-09-30",
            ),
        ),
        "what-changed": answer("what-changed", change("the tier", "moved up")),
        "clearers": answer(
            "clearers",
            ClearerRow(
                office="body:af",
                office_name="Bureau of African Affairs",
                acronym="AF",
                does="clears",
                about=("Ghana",),
                reasons=("the regional bureau (Ghana)",),
                grounds=(ClearanceReason(why="the regional bureau", about="Ghana"),),
            ),
        ),
        "contact": answer(
            "contact", ContactRow(**WHO, rank=0, place="nothing", usable=False, reason="nothing is held")
        ),
    }


def memo_of(answers: Mapping[str, Answer], asked: list[str] | None = None, *, is_full: bool = True) -> PaperDocument:
    def ask(_asking: Session, name: str, parameters: Parameters) -> Answer:
        if asked is not None:
            asked.append(name)
        if "agreement" in parameters:
            raise NotFound("there is no such agreement")
        found = answers.get(name, answer(name))
        # What changed says since when: by the day that was asked for.
        return found.model_copy(update={"parameters": {**found.parameters, **parameters}})

    return write_memo(canned_session("2026-11-25"), "government", {"party": "Ghana"}, is_full=is_full, ask=ask)


@pytest.fixture
def memo() -> PaperDocument:
    return memo_of(canned())


def table(document: PaperDocument, heading: str) -> Table:
    return next(block for block in section(document, heading).blocks if isinstance(block, Table))


def test_the_bottom_line_says_how_it_stands_what_is_owed_and_what_is_new(memo: PaperDocument) -> None:
    assert said(memo) == [
        "Ghana: Tier 2 in 2025.",
        "The Child Protection Compact Partnership was signed May 31, 2018 (sources differ).",
        "They owe us: Case register (due September 30, 2026, overdue).",
    ]


def test_the_two_pages_tell_in_paragraphs_and_name_in_one_line_what_nothing_tells(memo: PaperDocument) -> None:
    [background] = in_brief(memo, "Background")
    assert background.startswith(" The newest determination on file is for fiscal year 2026: restricted.; Ghana is on")
    assert "The newest national plan on file is the Plan 2017-2021" in background
    assert in_brief(memo, "Open promises") == ["They owe: Case register, due September 30, 2026, overdue."]
    headings = [part.heading for part in memo.sections]
    assert headings == ["", "Background", "Open promises", "What is new", ""]
    assert said(memo.sections[-1]) == [
        "Not on file: the Palermo Protocol; who holds a post there; our route to them; our owner of the relationship."
    ]


def test_the_annex_is_left_out_unless_it_is_asked_for() -> None:
    asked: list[str] = []
    short = memo_of(canned(), asked, is_full=False)
    assert (short.annex, short.gaps, short.making.is_full) == ((), (), False)
    assert "memberships" not in asked
    assert short.command == "iga memo government GHA --as-of 2026-11-25"


def test_a_memo_says_its_day_its_version_and_its_command(memo: PaperDocument) -> None:
    assert (memo.title, memo.making.as_of, memo.making.data_version) == ("Ghana", "2026-11-25", "ab12")
    assert memo.command == "iga memo government GHA --as-of 2026-11-25 --full"


def test_the_protocol_comes_first_and_a_cap_says_what_it_left_out(memo: PaperDocument) -> None:
    agreements = table(memo, "Agreements and treaty status")
    assert agreements.rows[0].cells == ("Palermo Protocol", "party", "accession August 21, 2012")
    assert agreements.more is not None
    assert len(agreements.rows) + agreements.more.count == 9
    assert agreements.more.command == "iga ask treaty-status --party GHA --as-of 2026-11-25"


def test_disagreements_stand_side_by_side_each_with_its_source(memo: PaperDocument) -> None:
    first, second, money = table(memo, "Child Protection Compact").rows
    assert first.cells == ("Signed (sources differ)", "May 31, 2018")
    assert second.cells == ("Signed (sources differ)", "May 30, 2018")
    assert first.citations != second.citations
    assert money.cells == ("Contribution", "Award to X: USD 5,000,000 (ceiling)")


def test_the_chart_tells_derived_placements_from_published_ones(memo: PaperDocument) -> None:
    [chart] = section(memo, "Tier history").blocks
    assert isinstance(chart, MarkChart)
    assert [(line.label, line.marks) for line in chart.lines][:2] == [("Tier 1", ("○", "")), ("Tier 2", ("", "●"))]
    assert chart.alt == "Tier 1 (derived) in 2024; Tier 2 in 2025."


def test_doubts_are_in_the_body_and_gaps_of_sources_behind_it_each_once(memo: PaperDocument) -> None:
    [doubts] = section(memo, "What is not known").blocks
    assert isinstance(doubts, Bullets)
    assert f"{doubts.items[0].lead} {doubts.items[0].text}" == "Tiers: Not held for 2016."
    assert [(gap.lead, gap.text) for gap in memo.gaps] == [("Source of treaty-status:", "181 of 182 are held.")]


def test_judgement_is_left_to_the_drafter(memo: PaperDocument) -> None:
    blanks = [block for part in memo.sections for block in part.blocks if isinstance(block, Blank)]
    assert [blank.lead for blank in blanks] == ["Objective:", "What they may raise:"]


def test_a_row_without_evidence_is_left_out_aloud() -> None:
    answers = canned()
    [row] = answers["memberships"].rows
    bare = row.model_copy(update={"evidence": ()})
    answers["memberships"] = answers["memberships"].model_copy(update={"rows": (bare,), "evidence": {}})
    document = memo_of(answers)
    [block] = section(document, "Memberships").blocks
    assert isinstance(block, Unknown)
    [doubts] = section(document, "What is not known").blocks
    assert isinstance(doubts, Bullets)
    assert "1 row without evidence" in doubts.items[-1].text


def test_a_planned_engagement_makes_a_memo_sensitive() -> None:
    plan = EngagementRow(
        **WHO,
        held="unknown",
        engagement="engagement:x",
        engagement_name="Dialogue",
        status="planned",
        start="2027-01",
        part="took part",
    )
    document = memo_of({**canned(), "engagements": answer("engagements", plan)})
    assert document.marking is Marking.INTERNAL
    assert "Next: Dialogue, January 2027 (planned)." in said(document)


def test_internal_checks_of_a_contact_make_a_memo_sensitive() -> None:
    way = ContactRow(
        **WHO,
        rank=1,
        place="post",
        post="post:x",
        post_name="Coordinator",
        holding="vacant",
        channel_value="x@example.org",
        verified_on="2026-09-15",
    )
    document = memo_of({**canned(), "contact": answer("contact", way)})
    assert document.marking is Marking.INTERNAL
    assert (
        "Coordinator | vacant | x@example.org, verified September 15, 2026" in said(section(document, "Contacts"))[-1]
    )


def test_what_rests_on_fictional_sources_says_so() -> None:
    way = ContactRow(**WHO, rank=1, place="post", post="post:x", post_name="Coordinator")
    sample = answer("contact", way, fictional=True)
    assert memo_of({**canned(), "contact": sample}).is_fictional


def test_a_paper_on_public_facts_alone_bears_no_banner_of_protection() -> None:
    answers = {**canned(), "commitments": answer("commitments")}
    document = memo_of(answers)
    assert document.marking is Marking.PUBLIC
    assert document.clearers


def test_every_fact_of_a_memo_is_cited(memo: PaperDocument) -> None:
    blocks = [block for each in memo.sections for block in each.blocks]
    cited = [block for block in blocks if not isinstance(block, (Unknown, Blank, Bullets))]
    claims = [item for block in blocks if isinstance(block, Bullets) for item in block.items if isinstance(item, Claim)]
    for fact in (*some(cited), *some(claims)):
        assert fact.citations, fact


@pytest.mark.parametrize("post", ["IGA Officer, Europe", None])
def test_our_own_side_is_never_printed_as_a_way_to_reach_theirs(post: str | None) -> None:
    ours = ContactRow(**WHO, rank=2, place="our owner", post_name=post, body_name=post or "IGA team")
    assert words("contacts/whom", ours) == f"{post or 'IGA team'} (our side's owner)"
    assert "our side" not in words("contacts/whom", ours.model_copy(update={"place": "post"}))


def test_what_follows_from_a_placement_is_computed_and_not_predicted(memo: PaperDocument) -> None:
    restricted, clock = said(section(memo, "Restrictions and Watch List"))
    assert restricted == (
        "Restrictions: Fiscal year 2026: restricted: exchange programs; 1 award or project may run under it;"
        " 1 earlier fiscal year in the data."
    )
    assert clock == (
        "Watch List: Ghana is on the Tier 2 Watch List of 2025, for the second year in a row, which is the limit."
    )


def test_no_restriction_in_the_data_is_not_a_no() -> None:
    document = memo_of({**canned(), "restrictions": answer("restrictions"), "plans": answer("plans")})
    assert "there may have been one" in said(section(document, "Restrictions and Watch List"))[0]
    assert said(section(document, "National plan")) == ["Plans: We have no plan on file; there may be one."]


def test_advice_plans_money_promises_and_changes_are_told_in_short(memo: PaperDocument) -> None:
    assert said(section(memo, "Recommendations")) == [
        "Department of Labor, 2024 and 2025 | not sorted | 2: Fund shelters, in our summary."
    ]
    assert said(section(memo, "National plan")) == [
        "Plans: Plan 2017-2021 (in force as of March 2018, its period does not cover the day)"
    ]
    assert said(section(memo, "Money"))[0] == "Total: USD 1,080,000 obligated in 1 prime award, US fiscal year 2024."
    assert said(section(memo, "Open promises")) == ["they | Case register. | due September 30, 2026; overdue"]
    assert said(section(memo, "What changed since November 25, 2025")) == ["The tier moved up."]


def test_the_offices_that_clear_it_stand_in_the_block_of_clearances(memo: PaperDocument) -> None:
    assert [(each.office, each.reason) for each in memo.clearers] == [
        ("Bureau of African Affairs (AF)", "the regional bureau (Ghana)")
    ]
