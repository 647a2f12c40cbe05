"""What answers recommendations: what is stated to, what is only in time after them, two verdicts, and what has none."""

from collections.abc import Iterable
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from iga.graph.fold.shapes import View
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.answer import Subject
from iga.queries.core.session import Session
from iga.queries.multilateral.answered import Doing
from tests.engines import asked
from tests.queries.asking import asked_by_a_module, ledger_of
from tests.queries.conftest import Ask
from tests.queries.world import NOW, edge, node, since

DAYS = st.sampled_from(("2023", "2024-05", "2024-05-31", "2024-06-01", "2024-06-02", "2025", "2027"))


def world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("Government", "gov:fji", name="Fiji", iso3="FJI")
    yield node("PublicBody", "body:us-state-tip", name="Report Office", government="gov:usa")
    yield node("Forum", "forum:experts", name="Experts")
    yield node("Publication", "publication:report", name="The report", published_on="2024-06-01")
    yield from _asked("law", "body:us-state-tip", topics=["prosecution"])
    yield from _asked("shelters", "body:us-state-tip", topics=["protection"])
    found = {"issuer_verdict": "partly met", "issuer_verdict_on": "2026-02-01"}
    yield from _asked("training", "forum:experts", topics=["victim-identification"], **found)
    yield from _asked("figures", "forum:experts", topics=["child-labor"])
    yield node("Law", "law:fji", name="Courts Act", government="gov:fji", adopted_on="2025-01-10")
    theirs = {"their_verdict": "implemented", "their_verdict_on": "2025-02-01"}
    ours = {"our_verdict": "not met", "our_verdict_on": "2026-01-01"}
    yield edge("ANSWERS", "law:fji", "recommendation:law", **theirs, **ours)
    yield node("Commitment", "commitment:fji", name="Train all", said_on="2025-03-01", status="fulfilled")
    yield edge("MADE", "gov:fji", "commitment:fji")
    yield edge("ANSWERS", "commitment:fji", "recommendation:training", their_verdict="implemented")
    for slug, start in (("before", "2023-01"), ("after", "2025-04")):
        yield node("Project", f"project:{slug}", name=f"Homes {slug}", topics=["protection"], period=since(start))
        yield edge("IMPLEMENTED_IN", f"project:{slug}", "gov:fji")


def _asked(slug: str, issuer: str, **values: Any) -> Iterable[Statement]:
    id_ = f"recommendation:{slug}"
    yield node("Recommendation", id_, name=f"On {slug}", wording=f"Better {slug}", year=2024, **values)
    yield edge("MADE", issuer, id_)
    yield edge("RECOMMENDED_TO", id_, "gov:fji")
    yield edge("UNDER", id_, "publication:report")


session = asked_by_a_module(world)


@pytest.fixture
def fiji(session: Session) -> Ask:
    return lambda **parameters: ask(session, "answered", {"party": "Fiji", **parameters})


def states(answer: Any) -> dict[str, str]:
    return {row.wording: row.state for row in answer.rows}


def test_stated_answers_come_first_then_what_is_in_time_then_none(fiji: Ask) -> None:
    assert list(states(fiji()).items()) == [
        ("Better training", "answered"),
        ("Better law", "answered"),
        ("Better shelters", "only in time"),
        ("Better figures", "no answer on record"),
    ]


def test_the_sentences_tell_both_verdicts_and_what_has_none(fiji: Ask) -> None:
    assert [(clause.id, clause.text) for clause in fiji().clauses] == [
        (
            "headline",
            "Of 4 recommendations to Fiji, 2 have a stated answer; "
            "1 more has something that came in time after; we have no answer to 1 on file.",
        ),
        (
            "stated",
            "Stated to answer them: Train all (promise, 2025-03-01, fulfilled) and Courts Act (law, 2025-01-10).",
        ),
        ("theirs", "Fiji says: implemented on 2."),
        ("issuer", "Who made them later said: partly met on 1 and not met on 1."),
        ("differ", "They differ on 2 recommendations."),
        ("in-time", "Only in time after them: Homes after (project, 2025-04)."),
        ("without", "Without any: 1 by Experts."),
    ]


def test_what_we_find_is_the_verdict_of_the_issuer_on_our_own_only(fiji: Ask) -> None:
    rows = {row.wording: row for row in fiji().rows}
    assert (rows["Better law"].issuer_says, rows["Better law"].issuer_says_on) == ("not met", "2026-01-01")
    assert (rows["Better training"].issuer_says, rows["Better training"].their_verdict) == ("partly met", "implemented")


def test_what_began_before_it_is_no_answer_and_what_is_to_come_is_none_yet(fiji: Ask) -> None:
    assert states(fiji(as_of="2024-12-31")) == {
        "Better law": "no answer on record",
        "Better training": "no answer on record",
        "Better shelters": "no answer on record",
        "Better figures": "no answer on record",
    }
    assert states(fiji(as_of="2025-01-31"))["Better law"] == "answered"
    assert {row.issuer_says for row in fiji(as_of="2025-06").rows} == {None}


def test_only_those_that_stand_so_are_listed_and_all_are_counted(fiji: Ask) -> None:
    answer = fiji(state="no answer on record")
    assert states(answer) == {"Better figures": "no answer on record"}
    assert answer.headline == fiji().headline
    assert (
        "We have no stated answer to 1 recommendation on file, but some may have been acted upon: "
        "enter one with iga add answer."
    ) in [doubt.text for doubt in answer.caveats]


def test_an_issuer_alone_may_be_asked_about_but_not_nobody(session: Session) -> None:
    answer = ask(session, "answered", {"issuer": "Experts"})
    assert answer.headline == (
        "Of 2 recommendations by Experts, 1 has a stated answer; we have no answer to 1 on file."
    )
    with pytest.raises(UsageError, match="answered needs party"):
        ask(session, "answered", {})


def test_the_order_of_loading_changes_nothing_and_ours_stays_below_the_ceiling(
    session: Session, tmp_path: Path
) -> None:
    backwards = list(world())[::-1]
    with closing(ledger_of(tmp_path, backwards)) as ledger:
        with asked(ledger, tmp_path / "all", now=NOW) as everything:
            there = ask(everything, "answered", {"party": "Fiji"})
        with asked(ledger, tmp_path / "public", now=NOW, view=View(ceiling=Marking.PUBLIC)) as below:
            public = ask(below, "answered", {"party": "Fiji"})
    here = ask(session, "answered", {"party": "Fiji"})
    left_out = {"evidence"}  # its numbers follow the lines of the file
    assert [row.model_dump(exclude=left_out) for row in there.rows] == [
        row.model_dump(exclude=left_out) for row in here.rows
    ]
    assert "not met" not in public.model_dump_json()


@given(on=DAYS, asked=DAYS, topics=st.sets(st.sampled_from(("protection", "prosecution")), min_size=1))
def test_what_follows_is_later_and_shares_a_topic(on: str, asked: str, topics: set[str]) -> None:
    doing = Doing(Subject(id="law:x", cls="Law", name="X"), on, frozenset({"protection"}), ())
    follows = doing.follows(asked, topics, day="2026-06-01")
    assert follows == (on > asked and not on.startswith(asked) and on != "2027" and "protection" in topics)
    assert not (follows and Doing(doing.what, asked, doing.topics, ()).follows(on, topics, day="2026-06-01"))


def test_real_plans_are_in_time_and_no_more(bundled_answer: Ask) -> None:
    answer = bundled_answer("answered", party="Ghana", issuer="TIP Office")
    assert {row.state for row in answer.rows} == {"only in time"}
    assert set(chain(*(row.in_time for row in answer.rows))) == {
        "National action plan of Ghana, 2022-2026 (plan, 2022)"
    }
