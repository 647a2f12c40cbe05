"""What a source row doubts of itself reaches every answer that rests on it, with the other value."""

from typing import Any

import pytest

from iga.graph.ledger.evidence import EvidenceRow
from iga.graph.statements import Card, Doubt
from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.core.trust import standing_doubts


@pytest.mark.parametrize(
    ("question", "parameters", "kind", "says"),
    [
        (
            "memberships",
            {"party": "New Zealand", "other": "Commonwealth"},
            "conflict",
            "The source dates the Statute of Westminster group 31 December 1931, other lists say 11 December 1931.",
        ),
        (
            "treaty-status",
            {"party": "Singapore", "agreement": "ACTIP"},
            "uncertain",
            "Deposited on or before 2016-01-25, the day of a press report.",
        ),
        (
            "memberships",
            {"party": "Japan", "other": "UN Human Rights Council", "as_of": "2025-03-01"},
            "derived",
            "The term was worked out (continuing member in October 2024 and not in the 2023-2025 group).",
        ),
        (
            "treaty-status",
            {"party": "Malaysia", "agreement": "ACTIP"},
            "stale",
            "A later ratification was not checked.",
        ),
        ("members", {"party": "Commonwealth"}, "conflict", "Cyprus: another list says 31 March 1961."),
    ],
)
def test_a_doubt_is_told_where_it_bears(
    bundled: Session, question: str, parameters: dict[str, str], kind: str, says: str
) -> None:
    assert (kind, says) in [(caveat.kind, caveat.text) for caveat in ask(bundled, question, parameters).caveats]


def test_the_reply_says_how_old_a_list_is_that_nobody_looked_at_since(bundled: Session) -> None:
    headline = ask(bundled, "treaty-status", {"party": "Malaysia", "agreement": "ACTIP"}).headline
    assert headline == "Not confirmed: as of 2017-02 Malaysia had only signed ACTIP; later steps are not on file."


def test_what_was_not_looked_at_later_is_idle_beside_a_row_of_a_later_day() -> None:
    def row(key: str, day: str, *doubts: Doubt) -> EvidenceRow:
        return EvidenceRow("ref:a", key, Card("ref:a", "A"), "", "a:1", day, 1, "", "high", "", 0, doubts=doubts)

    stale, conflict = Doubt("stale", "not checked since"), Doubt("conflict", "others say 1999")
    book = {("ref:a", "old"): row("old", "2014", stale, conflict), ("ref:a", "new"): row("new", "2023-06")}
    assert standing_doubts([("ref:a", "old")], book) == [stale, conflict]
    assert standing_doubts(list(book), book) == [conflict]


@pytest.mark.parametrize(
    ("question", "parameters", "says"),
    [
        ("memberships", {"party": "Dominica", "other": "IOM"}, "Since when is not on file."),
        (
            "contact",
            {"party": "U.S. Embassy Accra"},
            "We have no mailbox of the U.S. Embassy Accra for officials on file.",
        ),
    ],
)
def test_an_empty_field_is_said_to_be_not_on_record(
    bundled: Session, question: str, parameters: dict[str, str], says: str
) -> None:
    assert ("unknown", says) in [(caveat.kind, caveat.text) for caveat in ask(bundled, question, parameters).caveats]


def test_a_compact_without_an_end_says_so(bundled: Session) -> None:
    headline = ask(bundled, "compact", {"party": "Peru"}).headline
    assert headline.endswith("was signed 2017-06-15; its end is not on file.")


def test_a_row_made_of_several_statements_is_trusted_as_far_as_the_weakest(bundled: Session) -> None:
    rows: Any = ask(bundled, "tier-changes", {"year": "2025", "kind": "down"}).rows
    trust = {row.name: row.confidence for row in rows}
    # Tier 2 of Brazil in 2024 follows from the set of countries; both tiers of Chad are printed.
    assert trust["Brazil"] == "derived"
    assert trust["Chad"] == "high"


def test_what_sources_state_apart_is_told_with_each_value(bundled: Session) -> None:
    answer = ask(bundled, "treaty-status", {"party": "Afghanistan", "agreement": "Palermo Protocol"})
    assert (
        "conflict",
        "Sources differ in 1 row of 1: action on 2014-08-14 or 2014-08-15; iga why shows what each says.",
    ) in [(caveat.kind, caveat.text) for caveat in answer.caveats]
