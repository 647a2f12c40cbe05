"""The paper on money, over made-up answers: one measure and layer, nothing added twice, what is left out and why."""

from typing import Any

import pytest

from iga.exports.paper.charts import BarChart
from iga.exports.paper.document import PaperDocument
from iga.queries.ask import Parameters
from iga.queries.funding.award import VersionRow
from iga.queries.funding.funding import FundingRow
from iga.queries.funding.hop import HopRow
from iga.queries.funding.summary import SummaryRow
from iga.queries.funding.undisclosed import UndisclosedRow
from tests.exports.memos.office import Answers, answer, in_brief, money_clause, said, section, written
from tests.reading import some

ONE: dict[str, Any] = {"layer": "prime award", "measure": "obligation", "currency": "USD"}
OFFICE: dict[str, Any] = {"id": "body:grants", "cls": "PublicBody", "name": "Grants Office"}
RAISED: dict[str, Any] = {
    "what": "stated_total",
    "how": "raised",
    "old": {"amount": "1500000", "currency": "USD"},
    "new": {"amount": "1800000", "currency": "USD"},
}
PERU: dict[str, Any] = {"id": "gov:per", "cls": "Government", "name": "Peru", "iso3": "PER"}


def summed(name: str, value: str, **said: Any) -> SummaryRow:
    return SummaryRow(group_name=name, amount=value, amount_count=1, award_count=1, **{**ONE, **said})


def version(day: str, value: str, **said: Any) -> VersionRow:
    return VersionRow(
        about="award:a",
        about_name="Shelters",
        about_class="Award",
        list_name="List",
        stated_on=day,
        amounts=({"field": "stated_total", "amount": value, "currency": "USD", "measure": "announced"},),
        load=1,
        superseded=False,
        **said,
    )


def stated(day: str) -> FundingRow:
    return FundingRow(
        about="award:a",
        about_name="Shelters",
        about_class="Award",
        layer="stated total",
        measure="announced",
        amount="1500000",
        currency="USD",
        amount_count=1,
        is_undisclosed=False,
        counted=False,
        stated_on=day,
        preferred=True,
        source_title="List",
    )


def hop(number: int, source: str, relation: str, target: str, **said: Any) -> HopRow:
    ends = {
        "source": f"x:{source}",
        "source_name": source,
        "source_class": "Award",
        "target": f"x:{target}",
        "target_name": target,
        "target_class": "Ngo",
    }
    told = {
        "path": f"{source} → {target}",
        "hop": number,
        "relation": relation,
        "amount_count": 0,
        "counted": False,
        "is_undisclosed": False,
    }
    return HopRow(**{**ends, **told, **said})


def summary(parameters: Parameters) -> Any:
    parts = {
        "fiscal year": (
            summed("US fiscal year 2024", "700000", undisclosed_amount="200000", fiscal_year=2024),
            summed("US fiscal year 2025", "-120000", fiscal_year=2025),
            summed("left out", "0", counted=False, left_out="a figure of the whole, which its movements make up"),
        ),
        "implementer": (summed("Relief", "480000", percent="82.8"), summed("Withheld", "100000", percent="17.2")),
        "country": (summed("Peru", "580000", percent="100.0", is_derived=True),),
    }
    share = {"part": {"amount": "200000", "currency": "USD"}, "percent": "34.5"}
    most = {
        "by": parameters["by"],
        "name": "Relief",
        "amount": "480000",
        "currency": "USD",
        "percent": "82.8",
        "others": 1,
    }
    clauses = {
        **money_clause("580000", [2024, 2025], subject="Grants Office"),
        "most": most,
        "withheld": {"shares": [share]},
    }
    return answer("funding-summary", *parts[str(parameters["by"])], about=OFFICE, clauses=clauses)


def money() -> Answers:
    passed_on = {
        **ONE,
        "amount": "400000",
        "layer": "sub-award",
        "measure": "subaward",
        "dated": "2024-02-01",
        "first_day": "2024-02-01",
    }
    return {
        "funding-summary": summary,
        "funding": answer("funding", stated("2023-10-15"), stated("2024-12-01"), about=OFFICE),
        "undisclosed": answer(
            "undisclosed",
            UndisclosedRow(
                group_name="US fiscal year 2024",
                amount="200000",
                whole="700000",
                percent="28.6",
                amount_count=1,
                unknown_count=1,
                whole_count=2,
                **ONE,
            ),
        ),
        "funding-trace": answer(
            "funding-trace",
            hop(1, "Shelters", "is awarded to", "Relief", note="amount not on record", lacks_amount=True),
            hop(2, "Relief", "passes on to", "Network", document="SUB 01", **{**passed_on, "counted": True}),
            hop(2, "Relief", "passes on to", "Network", left_out="likely repeats SUB 01", **passed_on),
        ),
        "funding-of": answer("funding-of"),
        "award": answer(
            "award",
            version("2023-10-15", "1500000", end="2026-09-30"),
            version("2024-12-01", "1800000", changed=(RAISED,)),
        ),
        "clearers": answer("clearers"),
    }


@pytest.fixture
def paper() -> PaperDocument:
    return written("funding", money(), party="Grants Office")


def test_the_total_names_its_measure_layer_and_years(paper: PaperDocument) -> None:
    assert said(paper) == [
        "USD 580,000 was obligated in 1 prime award of the Grants Office, for US fiscal years 2024 and 2025.",
        "Most went to Relief: USD 480,000 (82.8 per cent).",
        "USD 200,000 of it (34.5 per cent) went to recipients with withheld names.",
    ]


def test_the_newest_year_comes_first(paper: PaperDocument) -> None:
    assert in_brief(paper, "Totals") == [
        "2025 | USD -120,000 | 1",
        "2024 | USD 700,000; USD 200,000 of it to withheld names | 1",
    ]


def test_the_chart_has_a_bar_a_year_and_the_same_as_a_table(paper: PaperDocument) -> None:
    [chart] = [block for block in section(paper, "Totals").blocks if isinstance(block, BarChart)]
    assert [(bar.label, bar.printed) for bar in chart.bars] == [("FY 2024", "USD 700,000"), ("FY 2025", "USD -120,000")]
    assert chart.measure == "Obligation, prime award, USD"
    assert chart.alt.startswith("2 bars; most in FY 2024.")
    assert chart.note == ""


def test_what_is_left_out_says_why_and_is_never_added(paper: PaperDocument) -> None:
    lines = said(section(paper, "Not counted"))
    assert lines[0].endswith("| a figure of the whole, which its movements make up")
    assert lines[1] == (
        "Announced, stated total | 2 amounts of 1 award or project | another layer or measure: not added"
    )


def test_a_trail_prints_each_hop_and_why_it_is_not_counted(paper: PaperDocument) -> None:
    assert said(section(paper, "Where it went")) == [
        "1. Shelters is awarded to Relief | not on file | not in the data | amount not on record",
        "2. Relief passes on to Network | SUB 01 | USD 400,000 (subaward, sub-award), February 1, 2024 | yes",
        "2. Relief passes on to Network | not on file |"
        " USD 400,000 (subaward, sub-award), February 1, 2024 | not counted:"
        " likely repeats SUB 01",
    ]


def test_versions_of_lists_stand_side_by_side(paper: PaperDocument) -> None:
    first, second = said(section(paper, "Versions"))
    assert first == "Shelters, October 15, 2023 | USD 1,500,000 (announced) | September 30, 2026 | as stated before"
    assert second.endswith("| raised from USD 1,500,000 to USD 1,800,000")


def test_withheld_names_and_countries_are_told(paper: PaperDocument) -> None:
    assert said(section(paper, "Recipients")) == [
        "US fiscal year 2024: USD 200,000 of USD 700,000, 28.6 per cent (obligation, prime award); 1 unknown recipient."
    ]
    assert said(section(paper, "Where it runs")) == ["Peru | USD 580,000 (worked out by stated shares) | 100.0 % | 1"]


def test_of_a_country_it_tells_where_money_came_from() -> None:
    def of_peru(parameters: Parameters) -> Any:
        return summary(parameters).model_copy(update={"subjects": answer("x", about=PERU).subjects})

    asked: list[tuple[str, Parameters]] = []
    paper = written("funding", {**money(), "funding-summary": of_peru}, asked, party="Peru", since="2015")
    assert paper.command == "iga memo funding PER --since 2015 --as-of 2026-11-25 --full"
    assert "We have no money that can be followed on file" in said(section(paper, "Where it came from"))[0]
    assert "funding-trace" not in [name for name, _ in some(asked)]
    assert all(parameters["since"] == "2015" for name, parameters in some(asked) if name == "funding-summary")


def test_where_nothing_may_be_added_up_no_total_is_made_up() -> None:
    headline = {**money_clause("0", [], subject="Grants Office")["headline"], "totals": []}
    nothing = answer("funding-summary", about=OFFICE, clauses={"headline": headline})
    paper = written("funding", {**money(), "funding-summary": nothing}, party="Grants Office")
    assert said(paper) == ["We have no amount of the Grants Office that may be added up on file."]
    assert not any(isinstance(block, BarChart) for part in some(paper.sections) for block in part.blocks)


def test_a_fiscal_year_stands_in_the_subject_and_money_that_goes_nowhere_has_no_trail() -> None:
    answers = {**money(), "funding-trace": answer("funding-trace", about=OFFICE)}
    paper = written("funding", answers, party="Grants Office", fiscal_year="2024")
    assert paper.subject.endswith(", US fiscal year 2024")
    assert "Where it went" not in {part.heading for part in paper.annex}
    assert "We have no money that can be followed on file" in said(section(paper, "Where it came from"))[0]


@pytest.mark.parametrize(
    ("many", "left"),
    [(4, "1 more award or project has several versions: "), (6, "3 more awards and projects have several versions: ")],
)
def test_of_many_awards_with_versions_the_rest_is_counted(many: int, left: str) -> None:
    rows = [
        stated(day).model_copy(update={"about": f"award:{number}", "about_name": f"Award {number}"})
        for number in range(many)
        for day in ("2023-10-15", "2024-12-01")
    ]
    paper = written("funding", {**money(), "funding": answer("funding", *rows, about=OFFICE)}, party="Grants Office")
    assert said(section(paper, "Versions of the lists"))[-1].startswith(f"{left}iga ask funding")
