"""The memo on a body, over made-up answers: members by category, decisions, advice by agency, who attends."""

from typing import Any

import pytest

from iga.exports.paper.document import PaperDocument
from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.queries.ask import Parameters
from iga.queries.funding.summary import SummaryRow
from iga.queries.instruments.due import DueRow
from iga.queries.instruments.treaty_coverage import CoverageRow
from iga.queries.multilateral.chairs import ChairRow
from iga.queries.multilateral.mandates import MandateRow
from iga.queries.multilateral.members import MembershipRow
from iga.queries.multilateral.recommendations import RecommendationRow
from iga.queries.multilateral.resolutions import ResolutionRow
from iga.queries.multilateral.reviews import ReviewRow
from iga.queries.multilateral.withdrawals import WithdrawalRow
from iga.queries.report.tiers import TierRow
from tests.exports.memos.office import (
    BODY,
    GHANA,
    Answers,
    answer,
    event,
    in_brief,
    money_clause,
    office,
    said,
    section,
    written,
)

PERU: dict[str, Any] = {"id": "gov:per", "cls": "Government", "name": "Peru", "iso3": "PER"}
AGENCY: dict[str, Any] = {"id": "body:doj", "cls": "PublicBody", "name": "Department of Justice"}
TEXT: dict[str, Any] = {"resolution": "resolution:1", "resolution_name": "Decision 4/4"}


def member(name: str, category: str, **said: Any) -> MembershipRow:
    told = {"id": f"body:{name}", "cls": "PublicBody", "name": name, "body": BODY["id"], "body_name": BODY["name"]}
    return MembershipRow(**{**told, "category": category, "held": "unknown", **said})


def advice(whom: dict[str, Any], wording: str, **said: Any) -> RecommendationRow:
    told = {
        "recommendation": f"r:{wording}",
        "recommendation_name": wording,
        "wording": wording,
        "year": 2024,
        "issuer": "council:ac",
        "issuer_name": "Advisory Council",
    }
    return RecommendationRow(**whom, **{**told, **said})


def recommended(parameters: Parameters) -> Any:
    given = {
        BODY["id"]: (advice(BODY, "One set of definitions"),),
        "body:doj": (advice(AGENCY, "Train prosecutors", answered_on=("2025-02-01",)),),
    }
    return answer("recommendations", *given.get(str(parameters.get("party")), ()))


def government(question: str, **rows: Any) -> Any:
    def answered(parameters: Parameters) -> Any:
        who = {"gov:gha": GHANA, "GHA": GHANA, "gov:per": PERU, "PER": PERU}.get(str(parameters["party"]), BODY)
        told = money_clause("580000", [2024], subject="Ghana") if question == "funding-summary" and who == GHANA else {}
        return answer(question, *rows.get(str(who.get("iso3")), ()), about=who, clauses=told)

    return answered


def body() -> Answers:
    chair = {"id": "post:sec", "cls": "Post", "name": "Secretary", "body": BODY["id"], "body_name": BODY["name"]}
    mandate = {"mandated": "post:sr", "mandated_name": "Rapporteur", "mandated_class": "Post"}
    money = SummaryRow(
        group_name="US fiscal year 2024",
        layer="prime award",
        measure="obligation",
        amount="580000",
        currency="USD",
        amount_count=1,
        award_count=1,
    )
    return {
        **office(),
        "profile": answer("profile"),
        "chairs": answer("chairs", ChairRow(**chair, office="chair", way="office", held="unknown")),
        "members": answer(
            "members",
            member("doj", "statutory member", attested_on="2016-10"),
            member("fbi", "designated member", attested_on="2016-10"),
            clauses={
                "headline": {"body": "ESO", "members": 2, "by_category": {"statutory member": 1, "adviser": 1}},
                "undated": {"undated": 2},
            },
        ),
        "engagements": answer(
            "engagements",
            event("Meeting of 2024", start="2024", held="yes", status="held", outcome="three appointments announced"),
        ),
        "resolutions": answer(
            "resolutions",
            ResolutionRow(**TEXT, adoption="", adopted_on="2008-10-17", adopted_by="consensus", sponsors_held=0),
        ),
        "mandates": answer(
            "mandates",
            MandateRow(**mandate, last_day="2025-06-30"),
            MandateRow(**{**mandate, "mandated_name": "Group"}, last_day="2027-06-30", renewed_by_name="Decision 5"),
        ),
        "due": answer(
            "due",
            DueRow(
                what="o:1",
                what_name="Report on referrals",
                what_class="Obligation",
                kind="statutory",
                legal_basis="22 USC 7103(d)(3)",
                is_overdue=False,
            ),
        ),
        "reviews": government(
            "reviews",
            GHA=(
                ReviewRow(
                    **GHANA,
                    review="review:1",
                    review_name="First cycle",
                    mechanism="Review",
                    round="1",
                    stages=(),
                    overdue=(),
                    last_stage="questionnaire sent",
                    last_on="2026-03",
                    next_step="",
                    next_stage="reply due",
                    next_on="2027-01-31",
                    next=("reply due 2027-01-31",),
                    focal_points=("National Coordinator",),
                ),
            ),
        ),
        "recommendations": recommended,
        "tier-history": government("tier-history", GHA=(TierRow(**GHANA, year=2025, tier="Tier 2"),)),
        "coverage": answer(
            "coverage",
            CoverageRow(
                **GHANA,
                agreement="treaty:palermo",
                agreement_name="Palermo Protocol",
                standing="party",
                since="2012-08-21",
                reason="accession",
            ),
        ),
        "compact": answer("compact"),
        "funding-summary": government("funding-summary", GHA=(money,)),
    }


@pytest.fixture
def paper() -> PaperDocument:
    return written("body", body(), party="ESO")


def test_members_stand_by_category_with_what_no_date_tells(paper: PaperDocument) -> None:
    assert said(section(paper, "Members")) == [
        "Chair: Secretary; whether on that day is not known.",
        "Statutory member (1 on file; all not confirmed for this day, last listed October 2016): doj",
        "Designated member (1 on file; all not confirmed for this day, last listed October 2016): fbi",
        "Alternates: We have no alternate of a member on file.",
    ]


def test_decisions_mandates_and_duties(paper: PaperDocument) -> None:
    assert said(section(paper, "Decisions")) == [
        "Decision 4/4: adopted October 17, 2008 by consensus, so nobody voted.",
        "Outcome: Meeting of 2024: three appointments announced.",
        "Mandate: Group: last day June 30, 2027; renewed by Decision 5.",
        "Mandate: Rapporteur: last day June 30, 2025, which has passed; we have no renewal on file.",
        "Duty: Report on referrals (22 USC 7103(d)(3)): day not fixed.",
    ]


def test_advice_stands_by_agency_and_silence_is_told(paper: PaperDocument) -> None:
    assert said(section(paper, "Recommendations")) == [
        "One set of definitions, in our summary. | the body itself | Advisory Council, 2024 | not in the data",
        "Train prosecutors, in our summary. | Department of Justice | Advisory Council, 2024 | February 1, 2025",
        "Open: We have no reply to 1 of 2 recommendations on file, so they stand as open here.",
    ]


def test_governments_that_attend_have_a_line_each() -> None:
    paper = written("body", body(), party="ESO", other=["GHA", "PER"])
    there = section(paper, "Governments attending")
    assert said(there) == [
        "Ghana | Party since August 21, 2012 | Tier 2 (2025) | Review round 1: questionnaire sent, March 2026; reply"
        " due January 31, 2027; focal point National Coordinator |"
        " USD 580,000 was obligated in 1 prime award of Ghana, for US fiscal year 2024."
    ]
    assert "Peru at this body" in said(paper.sections[-1])[0]
    assert paper.command == "iga memo body org:eso --other GHA --other PER --as-of 2026-11-25 --full"


def test_who_attends_is_a_government() -> None:
    answers = {**body(), "tier-history": answer("tier-history", about=BODY)}
    with pytest.raises(UsageError, match="is no government"):
        written("body", answers, party="ESO", other=["ODIHR"])


def test_the_bottom_line_has_who_leads_it_what_was_held_and_what_is_owed(paper: PaperDocument) -> None:
    assert said(paper)[:3] == [
        "ESO is led by Secretary (chair; days not on file; not certain for that day).",
        "Last held: Meeting of 2024, 2024. Outcome: three appointments announced.",
        "They owe us: Report (due November 15, 2026, overdue); we owe them: Comments (due January 2027).",
    ]
    [background] = in_brief(paper, "Background")
    assert "1 statutory member and 1 designated member of ESO are on file; 2 of them not confirmed" in background
    assert "The mandate of Group ends June 30, 2027; renewed by Decision 5." in background


def test_what_is_planned_is_sensitive() -> None:
    planned = {**body(), "engagements": answer("engagements", event("Meeting of 2027", start="2027-01-27"))}
    assert written("body", planned, party="ESO").marking is Marking.INTERNAL


def test_a_large_category_is_counted_and_its_many_agencies_are_not_asked_about_one_by_one() -> None:
    asked: list[tuple[str, Parameters]] = []
    many = answer("members", *(member(f"agency-{number}", "statutory member", held="yes") for number in range(31)))
    paper = written("body", {**body(), "members": many}, asked, party="ESO")
    [line] = [line for line in said(section(paper, "Members and office holders")) if line.startswith("Statutory")]
    assert "31" in line
    assert "iga ask members --party org:eso" in line
    assert [parameters.get("party") for name, parameters in asked if name == "recommendations"] == [
        "org:eso",
        "org:eso",
        None,
    ]


def test_a_government_of_which_nothing_is_known_there_has_no_line() -> None:
    paper = written("body", body(), party="ESO", other=["PER"])
    assert not [part for part in paper.sections if part.heading == "Governments attending"]
    assert "Peru at this body" in said(paper.sections[-1])[0]


@pytest.mark.parametrize(
    ("days", "said_first"),
    [
        (
            {"announced_on": "2025-07-22", "notified_on": "2025-07-22", "takes_effect_on": "2026-12-31"},
            "The United States has notified that it leaves the ESO: announced July 22, 2025, notified July 22, 2025,"
            " takes effect December 31, 2026.",
        ),
        (
            {"announced_on": "2026-01-07"},
            "The United States has notified that it leaves the ESO: announced January 7, 2026; notified and takes"
            " effect on days not on file.",
        ),
        (
            {},
            "The United States has notified that it leaves the ESO: announced, notified and takes effect on days not"
            " on file.",
        ),
    ],
)
def test_that_we_leave_the_body_stands_first_in_its_paper(days: dict[str, str], said_first: str) -> None:
    us = {"id": "gov:usa", "cls": "Government", "name": "United States"}
    row = WithdrawalRow(**us, what=BODY["id"], what_name=BODY["name"], step="notified", **days)
    told = {"party": "United States", "body": "the ESO", "days": row.model_dump()}
    left = answer("withdrawals", row, clauses={"one-body": told})
    assert said(written("body", {**body(), "withdrawals": left}, party="ESO"))[0] == said_first
