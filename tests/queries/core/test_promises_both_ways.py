"""Whose side a promise is on is one rule: our government, an office, a post or an officer of ours is us, everywhere."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.asking import asked_by_a_module
from tests.queries.world import edge, node, since

OURS = ("gov:usa", "body:us-state-tip", "post:ours", "person:ours")
THEIRS = ("gov:gha", "body:unit", "org:eso", "post:theirs", "person:theirs")

NOBODY = "nobody"
PAIRS = [
    (maker, to)
    for maker, to in product((*OURS, *THEIRS), (*OURS, *THEIRS, NOBODY))
    if maker != to and not to.startswith("post:")
]


def _world() -> Iterator[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("PublicBody", "body:us-state-tip", name="Our Office", government="gov:usa")
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("PublicBody", "body:unit", name="Unit of Ghana", government="gov:gha")
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization")
    for side, body in (("ours", "body:us-state-tip"), ("theirs", "body:unit")):
        yield node("Post", f"post:{side}", name=f"Officer of {side}")
        yield edge("POST_IN", f"post:{side}", body)
        yield node("Person", f"person:{side}", name=f"{side.title()} Example")
        yield edge("HOLDS", f"person:{side}", f"post:{side}", period=since("2025-01-01"))
    for maker, owed_to in PAIRS:
        promise = f"commitment:{maker}-to-{owed_to}".replace(":", "-").replace("commitment-", "commitment:")
        yield node("Commitment", promise, name=f"{maker} {owed_to}", due_on="2026-07-01", said_on="2026-01-01")
        yield edge("MADE", maker, promise)
        if owed_to != NOBODY:
            yield edge("OWED_TO", promise, owed_to)
    yield edge("OWNS_RELATIONSHIP", "post:ours", "gov:gha")


session = asked_by_a_module(_world)


def _expected(maker: str, owed_to: str) -> str:
    if maker in OURS:
        return "promise by us"
    to = {NOBODY: "to somebody not named", **dict.fromkeys(OURS, "to us")}
    return f"promise {to.get(owed_to, 'between others')}"


def test_what_is_due_says_whose_promise_it_is_whoever_of_a_side_made_it(session: Session) -> None:
    rows: Any = ask(session, "due", {"since": "2026-06", "until": "2026-08"}).rows
    kinds = {row.what_name: row.kind for row in rows}
    assert kinds == {f"{maker} {to}": _expected(maker, to) for maker, to in PAIRS}


@pytest.mark.parametrize("party", OURS[1:])
def test_a_handover_and_what_is_due_agree(session: Session, party: str) -> None:
    handed: Any = ask(session, "handover", {"party": party}).rows
    rows = [row for row in handed if row.part == "promise"]
    assert len(rows) > len(THEIRS)
    for row in rows:
        told = {
            "promise by us": "we owe them",
            "promise to us": "they owe us",
            "promise to somebody not named": "owed to somebody not named",
        }
        assert row.direction == told[_expected(*row.what_name.split(" "))]


def test_a_promise_that_names_nobody_to_whom_it_is_owed_is_neither_ours_nor_between_others(session: Session) -> None:
    handed: Any = ask(session, "handover", {"party": "post:ours"})
    ways = {row.what_name: row.direction for row in handed.rows if row.part == "promise"}
    assert ways[f"gov:gha {NOBODY}"] == "owed to somebody not named"
    assert ways[f"post:ours {NOBODY}"] == "we owe them"
    assert "owed to somebody not named" in " ".join(clause.text for clause in handed.clauses)
