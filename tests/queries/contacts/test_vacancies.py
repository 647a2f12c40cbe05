"""Posts that nobody is known to hold for good."""

from tests.queries.contacts.conftest import Ask


def test_each_sort_of_vacancy_is_told_apart_the_surest_first(asked: Ask) -> None:
    answer = asked("vacancies", party="ESO")
    assert [(row.state, row.post_name, row.held) for row in answer.rows] == [
        ("vacant", "Head", "yes"),
        ("mandate over", "Rapporteur", "yes"),
        ("designate only", "Adviser", "yes"),
        ("acting only", "Deputy", "yes"),
        ("holder not known", "Liaison", "unknown"),
    ]
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "Of ESO’s 6 posts on file, 1 is vacant, "
        "1 past its mandate, 1 only designate, 1 only acting and 1 without a known holder.",
        "vacant": "Head (stated 2026-04) is vacant.",
        "mandate-over": "The mandate of Rapporteur ended in 2026-03.",
        "designate-only": "Only designate: Bob Example as Adviser (as of 2026-05-01).",
        "acting-only": "Only acting: Ann Example as Deputy (last seen 2026-01-01).",
    }
    [doubt] = [doubt for doubt in answer.caveats if doubt.clause == "headline"]
    assert (doubt.text, doubt.rows) == ("The holder of 1 post is not known: somebody may be in office.", (5,))


def test_who_left_is_named_and_the_successor_is_not_known(asked: Ask) -> None:
    row = next(row for row in asked("vacancies", party="ESO").rows if row.post_name == "Liaison")
    assert row.told == "holder not known: Dan Example left 2026-02, successor not known"


def test_a_day_in_the_past_has_its_own_vacancies(asked: Ask) -> None:
    then = [row.post_name for row in asked("vacancies", party="ESO", as_of="2025-06-01").rows]
    assert "Liaison" not in then
    assert "Rapporteur" not in then
    assert "Deputy" in then  # nobody is held for that day


def test_all_posts_of_all_bodies_are_looked_at_and_the_list_is_capped(asked: Ask) -> None:
    answer = asked("vacancies", limit="2")
    assert answer.headline.startswith("Of all 10 posts on file, ")
    assert (len(answer.rows), answer.total.value) == (2, 7)
    assert any("5 more posts are not listed" in doubt.text for doubt in answer.caveats)


def test_a_body_without_posts_is_not_one_without_vacancies(asked: Ask) -> None:
    assert asked("vacancies", party="Quiet Organization").headline == (
        "Not confirmed: no post of Quiet Organization is on file."
    )


def test_a_post_of_no_body_counts_and_one_whose_body_is_of_other_days_does_not(asked: Ask) -> None:
    bodies = {row.post_name: row.body_name for row in asked("vacancies").rows}
    assert bodies["Post of no body"] is None
    assert "Post of a former body" not in bodies
