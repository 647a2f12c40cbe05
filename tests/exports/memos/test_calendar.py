"""The paper on what lies ahead, over made-up answers: months, unsure days, what is overdue, markings."""

from typing import Any

import pytest

from iga.exports.paper.document import PaperDocument
from iga.graph.domain.marking import Marking
from iga.queries.ask import Parameters
from iga.queries.instruments.due import DueRow
from iga.queries.multilateral.calendar import CalendarRow
from tests.exports.memos.office import BODY, Answers, answer, in_brief, promise, said, section, written


def thing(name: str, on: str | None, sort: str = "engagement", **said: Any) -> CalendarRow:
    known = {None: "not set", 4: "year only", 7: "month only", 10: "day"}[len(on) if on else None]
    return CalendarRow(
        on=on,
        day_known=known,
        sort=sort,
        what=f"x:{name}",
        what_name=name,
        **{"is_internal": sort == "engagement", **said},
    )


def late(name: str, due_on: str, **said: Any) -> DueRow:
    return DueRow(
        what=f"x:{name}",
        what_name=name,
        what_class="Commitment",
        kind="promise by us",
        due_on=due_on,
        is_overdue=True,
        owed_to_name="Ghana",
        **said,
    )


def ahead() -> Answers:
    rows = (
        thing("Planning day", "2026-11-30", status="confirmed", is_all_day=True),
        thing(
            "Visit", "2026-12", status="postponed", parties=("Peru", "TIP", "AF"), owner_names=("IGA Officer", "IGA")
        ),
        thing("chair of G7: France", "2026", "term ends"),
        thing("Bilat", "2026-12-03", status="planned", hours="10:00–10:45", place="Vienna", engagement_kind="bilat"),
        thing("Call", None, status="planned"),
    )

    def calendar(parameters: Parameters) -> Any:
        sorts = {"by_sort": {"engagement": 3, "term ends": 1}}
        clauses: Answers = {"sorts": sorts, "unsure": {"number": 2}, "without-day": {"number": 1}}
        found = answer("calendar", *rows, clauses=clauses)
        return found.model_copy(update={"parameters": parameters, "subjects": found.subjects if parameters else ()})

    return {
        "calendar": calendar,
        "due": answer("due", late("Comments", "2026-09-30")),
        "commitments": answer("commitments", promise("Report", ours=False, stands="overdue", due_on="2026-11-15")),
    }


@pytest.fixture
def paper() -> PaperDocument:
    return written("calendar", ahead())


def test_months_stand_in_order_and_unsure_days_are_said(paper: PaperDocument) -> None:
    assert [part.heading for part in paper.annex] == [
        "Overdue, as far as the data tell", "November 2026", "December 2026", "Month not known", "Without a day",
        "What is not known",
    ]  # fmt: skip  # read across, like the rows of a table
    assert said(section(paper, "November")) == [
        "November 30, 2026, all day | Planning day | engagement, confirmed | not stated"
    ]
    assert said(section(paper, "December"))[0] == (
        "December 2026, day not known | Visit | engagement, postponed | Peru, TIP and 1 more; owner IGA Officer"
    )
    assert said(section(paper, "December"))[1].startswith(
        "December 3, 2026, 10:00–10:45 | Bilat, Vienna | bilat, planned"
    )
    assert said(section(paper, "Month not known"))[0].startswith("2026, month not known | chair of G7")
    assert said(section(paper, "Without")) == ["Call (engagement, planned)."]


def test_the_bottom_line_tells_what_comes_first_and_what_is_overdue(paper: PaperDocument) -> None:
    assert said(paper)[0] == "November 30, 2026, all day: Planning day (confirmed)."
    assert said(paper)[-1] == "Overdue: Comments, due September 30, 2026."
    assert in_brief(paper, "What lies ahead")[0].startswith("November 30, 2026, all day | Planning day")
    assert said(section(paper, "Overdue")) == ["Comments (promise by us): due September 30, 2026, to Ghana."]


def test_plans_are_sensitive_and_ends_of_terms_are_not(paper: PaperDocument) -> None:
    assert section(paper, "December").blocks[0].marking is Marking.INTERNAL
    assert section(paper, "Month not known").blocks[0].marking is Marking.PUBLIC
    assert paper.marking is Marking.INTERNAL


def test_of_a_party_promises_of_its_parts_are_overdue_too() -> None:
    paper = written("calendar", ahead(), party=BODY["id"])
    assert paper.title == f"Calendar: {BODY['name']}"
    assert said(section(paper, "Overdue"))[0].startswith("Report: due November 15, 2026")
    assert paper.command == "iga memo calendar --party org:eso --as-of 2026-11-25" or paper.command.startswith(
        "iga memo calendar org:eso"
    )


def test_nothing_in_the_data_is_not_that_nothing_is_planned() -> None:
    paper = written("calendar", {**ahead(), "calendar": answer("calendar"), "due": answer("due")})
    assert "more may be planned" in said(section(paper, "Calendar"))[0]


def test_what_is_overdue_is_not_told_in_a_paper_on_a_period() -> None:
    asked: list[tuple[str, Parameters]] = []
    paper = written("calendar", ahead(), asked, since="2026-11-25")
    assert {name for name, _ in asked} <= {"calendar", "clearers"}
    assert not [part for part in (*paper.sections, *paper.annex) if part.heading.startswith("Overdue")]
