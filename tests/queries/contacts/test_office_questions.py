"""What holds for all questions on the work with contacts: equal on both engines, each row with its source."""

from typing import Any

import pytest

from iga.graph.domain.parties import Post
from iga.queries.contacts.rank import topic_match
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.home import ours_among
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import BODIES_OF_POSTS, HOLDERS_OF
from iga.queries.core.session import Session
from tests.queries.contacts.conftest import Ask

QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("contact", {"party": ["ESO", "Ghana"], "role": "coordinator"}),
    ("contact", {"party": "ESO", "language": "French"}),
    ("stale-contacts", {}),
    ("stale-contacts", {"owner": "Officer A"}),
    ("vacancies", {}),
    ("vacancies", {"party": "ESO"}),
    ("handover", {"party": "Uma Example"}),
    ("last-touch", {"party": "ESO"}),
    ("clearers", {"party": ["Ghana", "ESO"], "topic": "forced labor", "purpose": "money"}),
    ("consent", {"party": "Sue Example"}),
)


@pytest.mark.parametrize(("question", "parameters"), QUESTIONS[2:], ids=lambda value: str(value))
def test_every_row_names_its_source(asked: Ask, question: str, parameters: dict[str, Any]) -> None:
    answer = asked(question, **parameters)
    assert answer.rows
    assert [row for row in answer.rows if not row.evidence] == []


@pytest.mark.parametrize(
    ("topics", "match"),
    [
        (("child-trafficking", "funding"), "exact"),
        (("trafficking-in-persons",), "broader"),
        ((), "none stated"),
        (("migrant-smuggling", "child-labor"), "other"),
    ],
)
def test_a_portfolio_meets_child_trafficking(topics: tuple[str, ...], match: str) -> None:
    assert topic_match("child-trafficking", topics) == match


def test_a_portfolio_of_a_part_of_the_topic_is_narrower() -> None:
    assert topic_match("trafficking-in-persons", ("child-trafficking",)) == "narrower"


def test_smuggling_is_not_trafficking() -> None:
    assert topic_match("trafficking-in-persons", ("migrant-smuggling",)) == "other"


def test_many_at_once_are_judged_as_each_by_itself(in_office: Session) -> None:
    posts = tuple(post.id for post in in_office.read(all_of(Post), Everything()))
    bodies = {edge.id for edge in in_office.read(BODIES_OF_POSTS, OfIds(ids=posts))}
    people = {edge.id for edge in in_office.read(HOLDERS_OF, OfIds(ids=posts))}
    ids = [in_office.home.government, *posts, *people, *bodies]
    one_by_one = {id_ for id_ in ids if ours_among(in_office, [id_])}
    assert ours_among(in_office, [*ids, *(f"nobody:{number}" for number in range(1_000))]) == one_by_one
    assert one_by_one & set(posts)
    assert one_by_one & people
    assert set(ids) - one_by_one
