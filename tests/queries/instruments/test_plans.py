"""Which plan a government has, and who coordinates."""

from tests.queries.conftest import Ask


def test_plans_come_newest_first_then_bodies_and_posts(answer_to: Ask) -> None:
    rows = answer_to("plans", party="Fiji").rows
    assert [(row.part, row.what_name, row.held, row.in_period) for row in rows] == [
        ("plan", "Second plan", "yes", "yes"),
        ("plan", "First plan", "unknown", "no"),
        ("body", "National Committee", "unknown", None),
        ("post", "National Coordinator", "unknown", None),
    ]
    assert [row.role for row in rows[2:]] == ["committee", "coordinator"]
    assert {row.as_stated_on for row in rows} == {"2024-03-31"}


def test_the_sentence_says_as_of_when_a_status_is_and_whether_the_period_is_over(answer_to: Ask) -> None:
    assert [(clause.id, clause.text) for clause in answer_to("plans", party="Fiji").clauses] == [
        ("headline", "Second plan is in force in Fiji."),
        ("plan", "Second plan: in force as of 2024-03-31."),
        ("plan", "First plan: ended as of 2024-03-31; its period does not cover the day."),
        ("coordinators", "2 national bodies and posts: National Committee and National Coordinator."),
    ]


def test_after_its_period_no_plan_is_known_to_be_in_force(answer_to: Ask) -> None:
    answer = answer_to("plans", party="Fiji", as_of="2028")
    assert "Not confirmed: no plan is known to be in force in Fiji; the newest is Second plan." in answer.headline
    expected = "We have no plan that is known to be in force in Fiji on the day on file; there may be one."
    assert expected in [doubt.text for doubt in answer.caveats]


def test_a_draft_is_never_in_force(answer_to: Ask) -> None:
    [row] = answer_to("plans", party="Haiti").rows
    assert (row.status, row.held, row.in_period) == ("draft", "unknown", "unknown")


def test_a_government_without_a_plan_is_told_so(answer_to: Ask) -> None:
    assert "Not confirmed: no plan of Norway is on file." in answer_to("plans", party="Norway").answer


def test_a_strategy_for_a_region_stands_beside_plans_against_trafficking(answer_to: Ask) -> None:
    answer = answer_to("plans", party="Mongolia")
    [row] = answer.rows
    assert (row.part, row.what_name, row.region, row.held) == ("strategy", "Steppe strategy", "Central Asia", "yes")
    assert answer.answer == (
        "Not confirmed: no plan of Mongolia against trafficking is on file; 1 other strategy is. "
        "Steppe strategy: adopted as of 2024-03-31."
    )


def test_a_body_is_asked_for_its_strategies_and_has_no_national_bodies(bundled_answer: Ask) -> None:
    answer = bundled_answer("plans", party="ASEAN")
    assert (answer.answer, answer.rows) == ("Not confirmed: no plan of ASEAN is on file.", ())


def test_plans_of_all_governments_are_listed_by_status_and_day(bundled_answer: Ask) -> None:
    answer = bundled_answer("plans", status="in force", as_of="2018-06-01")
    assert answer.headline.startswith("47 plans of 47 governments are listed as “in force”; 46 are known ")
    assert {row.status for row in answer.rows} == {"in force"}
    assert len({row.id for row in answer.rows}) == 47
    assert (
        bundled_answer("plans", status="in force", as_of="1990").headline
        == "Not confirmed: no plan stated as “in force” is on file."
    )


def test_a_period_of_years_is_of_whole_years(bundled_answer: Ask) -> None:
    for government in ("Ghana", "Nigeria"):
        rows = [row for row in bundled_answer("plans", party=government, as_of="2026-05-30").rows if row.what_name]
        periods = {row.what_name: row.in_period for row in rows}
        assert {state for name, state in periods.items() if "2022-2026" in name} == {"yes"}, periods
    assert bundled_answer("plans", party="Ghana", as_of="2026-05-30").headline.endswith("is in force in Ghana.")
    [ended] = [row for row in bundled_answer("plans", party="Ghana", as_of="2027").rows if "2022-2026" in row.what_name]
    assert ended.in_period == "no"
