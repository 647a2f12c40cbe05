"""Paths between two parties: edges that exist and join, with their days and sources; hubs last; nothing is not none."""

from itertools import pairwise
from typing import Any

import pytest

from iga.graph.domain.catalog import EDGES
from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some


def paths(answer: Any) -> list[tuple[tuple[str, str], ...]]:
    """Return the paths of an answer, each as its edges from end to end."""
    numbers = sorted({row.number for row in answer.rows})
    return [tuple((r.source, r.target) for r in answer.rows if r.number == number) for number in numbers]


@pytest.mark.parametrize(("one", "other"), [("Ghana", "ESO"), ("Ada Example", "Ghana"), ("Example Relief", "ESO")])
def test_each_edge_of_a_path_joins_the_next_and_has_its_source(answer_to: Ask, one: str, other: str) -> None:
    answer = answer_to("path", party=one, other=other)
    first, second = (subject.id for subject in answer.subjects)
    assert answer.rows
    for each in some(paths(answer)):
        assert (each[0][0], each[-1][1]) == (first, second)
        assert all(here[1] == there[0] for here, there in pairwise(each))
        assert len(each) <= 5
        assert len({node for edge in each for node in edge}) == len(each) + 1
    assert all(row.evidence and row.key.startswith("rel:") for row in answer.rows)


@pytest.mark.parametrize(("one", "other"), [("Ghana", "ESO"), ("Ada Example", "Ghana"), ("Kenya", "Côte d’Ivoire")])
def test_the_way_back_is_the_way_there(answer_to: Ask, one: str, other: str) -> None:
    there, back = answer_to("path", party=one, other=other), answer_to("path", party=other, other=one)
    turned = [tuple((to, here) for here, to in reversed(each)) for each in paths(back)]
    assert sorted(paths(there)) == sorted(turned)
    assert {row.key for row in there.rows} == {row.key for row in back.rows}


def test_a_edge_is_said_in_words_with_its_days(answer_to: Ask) -> None:
    rows = answer_to("path", party="Ada Example", other="ESO").rows
    assert [row.says for row in rows if row.number == 1] == [
        "holds the post Special Representative (since 2024-01-01)",
        "is a post in Example Security Organization",
    ]


def test_the_day_applies_to_every_edge(answer_to: Ask) -> None:
    now = answer_to("path", party="Ghana", other="ESO")
    then = answer_to("path", party="Ghana", other="ESO", as_of="2010")
    assert [(row.says, row.held) for row in now.rows if row.number == 1] == [
        ("is a participating State of Example Security Organization (since 2026)", "unknown")
    ]
    assert all(row.type != "MEMBER_OF" or row.target != "org:eso" or row.source != "gov:gha" for row in some(then.rows))


def test_a_path_that_no_date_is_held_for_says_so(answer_to: Ask) -> None:
    answer = answer_to("path", party="Ghana", other="ESO", limit="1")
    assert {row.held for row in answer.rows} == {"unknown"}
    assert "Whether 1 relationship of it stood on that day is not confirmed" in answer.answer


def test_no_path_is_not_said_to_be_none(answer_to: Ask) -> None:
    answer = answer_to("path", party="Ghana", other="Made-up Relief")
    assert not answer.rows
    assert "Not confirmed: no path" in answer.headline
    assert any("Looked up to 5 relationships away" in caveat.text for caveat in answer.caveats)


def test_an_office_of_ours_is_named_to_introduce_us(answer_to: Ask) -> None:
    answer = answer_to("path", party="US Mission to the ESO", other="Ada Example")
    assert "To introduce us" not in answer.answer  # the ends introduce nobody, and nobody else on the way is ours
    rows = answer_to("path", party="Ada Example", other="Kenya").rows
    assert all(row.introducer_name for row in some(rows) if row.introducer)


def test_one_party_twice_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="party and other are both Ghana"):
        answer_to("path", party="Ghana", other="GHA")


def test_a_limit_out_of_bounds_is_refused(answer_to: Ask) -> None:
    with pytest.raises(UsageError, match="limit"):
        answer_to("path", party="Ghana", other="ESO", limit="100")


def test_every_type_is_followed_but_channels_and_what_may_have_been_declined() -> None:
    assert {edge.type() for edge in EDGES if edge.weight is None} == {"REACHED_AT", "INTRODUCED_TO"}


def test_hubs_that_know_each_other_are_the_last_resort(bundled: Session) -> None:
    rows: Any = ask(bundled, "path", {"party": "ADPARE", "other": "ODIHR"}).rows
    assert [(row.source_name, row.through_hub) for row in rows if row.number == 1][-2:] == [
        ("Romania", True),
        ("Organization for Security and Co-operation in Europe", True),
    ]


def test_another_way_that_shares_nothing_is_said(bundled: Session) -> None:
    answer = ask(bundled, "path", {"party": "Ghana", "other": "OSCE"})
    [other] = [clause.text for clause in answer.clauses if clause.id == "apart"]
    assert other.startswith("Another way is all apart: through Mandate of the Special Rapporteur")
    first, *others = paths(answer)
    inner = {target for _, target in first[:-1]}
    rows: Any = answer.rows
    apart = {row.number for row in rows if row.apart}
    assert apart == {n for n, path in enumerate(others, start=2) if inner.isdisjoint(there for _, there in path[:-1])}


def test_only_paths_that_share_nobody_are_shown_if_asked(bundled: Session) -> None:
    answer = ask(bundled, "path", {"party": "IOM", "other": "OSCE", "apart": "yes", "limit": "4"})
    inner = [there for path in paths(answer) for _, there in path[:-1]]
    assert len(paths(answer)) == 4
    assert len(inner) == len(set(inner))


def test_what_no_way_goes_around_is_said(bundled: Session) -> None:
    answer = ask(bundled, "path", {"party": "ADPARE", "other": "ODIHR"})
    assert "We have no way around these on file." in answer.answer


def test_hubs_come_last(bundled: Session) -> None:
    rows: Any = ask(bundled, "path", {"party": "Ghana", "other": "Kenya", "limit": "20"}).rows
    through = [row.through_hub for row in rows]
    assert through == sorted(through)
    assert any(through)


def test_what_had_ended_is_followed_at_any_time_alone(bundled: Session) -> None:
    asked = {"party": "United Kingdom", "other": "European Union"}
    now: Any = ask(bundled, "path", asked).rows
    assert not any(row.ended for row in now)
    ever: Any = ask(bundled, "path", {**asked, "any_time": "yes"}).rows
    assert [(row.target, row.ended, row.period) for row in ever if row.number == 1] == [
        ("org:eu", True, "1973-01-01 to 2020-01-31")
    ]
