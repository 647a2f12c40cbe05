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
    assert answer.answer == (
        "As of 2026-06-01: of 6 posts of Example Security Organization and its offices held here, 1 is vacant, "
        "1 has a mandate past its end, 1 has only somebody designate, 1 is held by somebody acting and "
        "1 has no holder that is known: Head (vacant, stated 2026-04), Rapporteur (mandate ended 2026-03), "
        "Adviser (Bob Example, designate, last seen 2026-05-01) and Deputy (Ann Example, acting, last seen 2026-01-01)"
    )


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
    assert "of 9 posts held here" in answer.answer
    assert (len(answer.rows), answer.total.value) == (2, 6)
    assert any("4 more posts are not listed" in doubt.text for doubt in answer.caveats)


def test_a_body_without_posts_is_not_one_without_vacancies(asked: Ask) -> None:
    assert asked("vacancies", party="Quiet Organization").answer.endswith("which does not say that there is none")
