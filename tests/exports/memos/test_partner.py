"""The paper on a partner, over made-up answers: past dealings, and that it is no vetting."""

from collections.abc import Mapping
from typing import Any

import pytest

from iga.exports.paper.document import PaperDocument
from iga.graph.errors import UsageError
from iga.queries.funding.summary import SummaryRow
from iga.queries.instruments.agreements import BondRow
from iga.queries.linked.path import PathRow
from iga.queries.multilateral.shared_affiliations import SharedRow
from iga.queries.whole.profile import ProfileRow
from tests.exports.memos.office import Answers, answer, in_brief, money_clause, office, said, section, written

FIRM: dict[str, Any] = {"id": "company:firm", "cls": "Company", "name": "Example Firm"}


def profiled(section_: str, what: str, **said: Any) -> ProfileRow:
    return ProfileRow(**FIRM, section=section_, what=what, **{"section_count": 1, **said})


def hop(number: int, source: str, verb: str, target: str, when: Mapping[str, str], **said: Any) -> PathRow:
    ends = {
        "source": f"x:{source}",
        "source_name": source,
        "source_class": "Post",
        "target": f"x:{target}",
        "target_name": target,
        "target_class": "Engagement",
    }
    told = {
        "path": "1. 2 ties",
        "number": 1,
        "hop": number,
        "says": f"{verb} {target}",
        "values": {"saying": {"verb": verb, "thing": target, "detail": None, "when": when}},
        "type": "PARTICIPATED",
        "leads_out": True,
        "more": 0,
        "through_hub": False,
        "weight": 2,
        "key": "rel:1",
    }
    return PathRow(**{**ends, **told, **said})


def dealings() -> Answers:
    return {
        **office(),
        "profile": answer(
            "profile",
            profiled("facts", "name: Example Firm", fact="name", values={"stated": "Example Firm"}),
            profiled("facts", "founded on: 1999-04", fact="founded on", values={"stated": {"day": "1999-04"}}),
            profiled(
                "awards received",
                "",
                other="award:a",
                other_name="Shelters",
                other_class="Award",
                section_count=3,
                values={"state": None, "particulars": {}, "seen": None, "days": {}},
            ),
            about=FIRM,
        ),
        "funding-summary": answer(
            "funding-summary",
            SummaryRow(
                group_name="US fiscal year 2024",
                layer="prime award",
                measure="outlay",
                amount="150000",
                currency="USD",
                amount_count=1,
                award_count=1,
            ),
            clauses=money_clause("150000", [2024], subject="Example Firm", measure="outlay"),
        ),
        "funding": answer("funding"),
        "treaty-status": answer(
            "treaty-status",
            BondRow(
                **FIRM, agreement="memo:1", agreement_name="Memorandum", standing="signatory", signed_on="2025-10-01"
            ),
        ),
        "shared-affiliations": answer(
            "shared-affiliations",
            SharedRow(
                party="company:firm",
                party_name="Example Firm",
                other="gov:usa",
                other_name="United States",
                kind="body",
                thing="forum:x",
                thing_name="Alliance",
                party_role="member",
                shared_by=12,
            ),
        ),
        "path": answer(
            "path",
            hop(
                1,
                "IGA",
                "has the post",
                "Officer",
                {"what": "seen", "on": "2026-11-10"},
                introducer="x:Officer",
                introducer_name="Officer",
                introducer_because="it is a post of our own",
            ),
            hop(2, "Officer", "took part in", "First meeting", {"on": "2026-09-16"}, held="unknown"),
        ),
    }


@pytest.fixture
def paper() -> PaperDocument:
    return written("partner", dealings(), party="Example Firm")


def test_it_says_that_it_is_no_vetting_where_nobody_can_miss_it(paper: PaperDocument) -> None:
    assert "not vetting" in paper.subject
    assert in_brief(paper, "Not vetting") == [
        "This paper is not vetting: it tells past dealings that are in the data, and not whether Example Firm may be"
        " worked with."
    ]
    assert said(paper)[0] == "Example Firm, company: founded on April 1999."


def test_it_tells_who_they_are_and_what_they_received(paper: PaperDocument) -> None:
    assert said(section(paper, "Who they are")) == ["Founded on | April 1999"]
    assert said(section(paper, "Awards")) == ["Awards received: Shelters"]
    assert said(section(paper, "Money"))[0] == "Total: USD 150,000 paid out in 1 prime award, US fiscal year 2024."
    assert said(section(paper, "Agreements")) == ["Memorandum | signatory | signed October 1, 2025"]


def test_it_tells_the_way_to_them_and_what_is_shared(paper: PaperDocument) -> None:
    [path] = said(section(paper, "Path"))
    assert path == (
        "Path 1: IGA has the post Officer (seen November 10, 2026); Officer took part in First meeting"
        " (September 16, 2026)."
        " It is not confirmed that all of it stands on the day."
        " To introduce us: Officer, because it is a post of our own."
    )
    assert said(section(paper, "What they and")) == ["Alliance (body) | member |  | 12"]
    assert any("Uma Mockup" in line for line in said(section(paper, "Route")))


def test_a_path_with_a_hop_that_rests_on_nothing_is_not_told() -> None:
    found = dealings()["path"]
    first, second = found.rows
    bare = found.model_copy(update={"rows": (first, second.model_copy(update={"evidence": ()}))})
    paper = written("partner", {**dealings(), "path": bare}, party="Example Firm")
    assert said(section(paper, "Path"))[0].startswith("We have no path from our office")


def test_a_government_is_no_partner() -> None:
    ghana = {"id": "gov:gha", "cls": "Government", "name": "Ghana", "iso3": "GHA"}
    with pytest.raises(UsageError, match="iga memo government GHA"):
        written("partner", {**dealings(), "profile": answer("profile", about=ghana)}, party="Ghana")
