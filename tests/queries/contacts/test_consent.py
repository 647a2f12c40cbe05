"""What a person agreed to, never a yes by silence, and nobody below sensitive learns that there is anything."""

import pytest

from iga.queries.ask import ask
from iga.queries.contacts.consent import _clauses, _row
from iga.queries.core.answer import SourcedRow, Subject
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.rows import Rows
from iga.queries.core.session import Session
from tests.queries.contacts.conftest import Ask


def test_what_was_allowed_comes_with_name_way_payment_and_expiry(asked: Ask) -> None:
    answer = asked("consent", party="Sue Example", purpose="Speak at an event")
    [row] = answer.rows
    assert (row.allowed, row.name, row.contact_via, row.payment, row.expires_on) == (
        "yes", "S. E.", "The Network", "by the Network", "2026-12",
    )  # fmt: skip
    assert {clause.id: clause.text for clause in answer.clauses} == {
        "headline": "Yes: S. E. agreed on 2025-01-10 to “speak at an event”, until 2026-12.",
        "how": "Use the name “S. E.”; contact only via The Network; payment by the Network.",
        "sensitive": "Sensitive: only for those who need it.",
    }
    assert row.why == "given on 2025-01-10, holds until 2026-12"
    assert {note.marking for note in answer.evidence.values()} == {"sensitive"}


@pytest.mark.parametrize(
    ("purpose", "allowed", "why"),
    [
        ("review a draft", "not known", "ran out 2026-01: ask again"),
        ("be quoted", "no", "refused on 2025-01-10"),
        ("be filmed", "no", "taken back 2026-05-01"),
        ("train staff", "not known", "whether it holds on that day is not certain: ask before using"),
        ("go on a trip", "not known", "an answer is not on file: ask before using"),
    ],
)
def test_what_is_not_surely_allowed_is_never_a_yes(asked: Ask, purpose: str, allowed: str, why: str) -> None:
    answer = asked("consent", party="Sue Example", purpose=purpose)
    [row] = answer.rows
    assert (row.allowed, row.why) == (allowed, why)
    assert answer.headline.startswith(f"{allowed.capitalize()}: ")
    assert row.name_to_use is None


def test_a_consent_for_one_purpose_says_nothing_on_another(asked: Ask) -> None:
    answer = asked("consent", party="Sue Example", purpose="speak")
    assert answer.rows[0].allowed == "not known"
    assert any("answers to other purposes, which do not answer this one" in doubt.text for doubt in answer.caveats)


def test_of_several_purposes_those_allowed_come_first_and_what_is_not_known_is_not_allowed(asked: Ask) -> None:
    clauses = {clause.id: clause.text for clause in asked("consent", party="Sue Example").clauses}
    assert clauses["purposes"] == "Of 5 purposes on file, S. E. allows 1: speak at an event."
    assert clauses["refused"] == "Refused or taken back: be filmed and be quoted."
    assert clauses["not-known"] == "Not known, so not allowed: review a draft and train staff; ask again."
    assert list(clauses)[-2:] == ["how", "sensitive"]


def test_silence_is_not_a_yes(asked: Ask) -> None:
    answer = asked("consent", party="Tom Example")
    assert [clause.text for clause in answer.clauses] == [
        "Not known: we have no consent of Tom Example to anything on file; ask before using."
    ]
    assert (answer.rows[0].held, answer.rows[0].allowed) == ("unknown", "not known")


def test_what_was_taken_back_later_held_before(asked: Ask) -> None:
    [row] = asked("consent", party="Sue Example", purpose="be filmed", as_of="2026-02-01").rows
    assert row.allowed == "yes"


def test_below_sensitive_there_is_no_consent_though_its_source_is_public(below_sensitive: Session) -> None:
    answer = ask(below_sensitive, "consent", {"party": "Sue Example"})
    told = [(row.allowed, row.why) for row in answer.rows]  # type: ignore[attr-defined]
    assert told == [("not known", "an answer is not on file: ask before using")]
    assert "S. E." not in answer.model_dump_json()
    assert below_sensitive.read(ENTITIES_BY_ID, OfIds(ids=("consent:talk",))) == []


def test_where_all_is_allowed_nothing_is_called_refused() -> None:
    person = Subject(id="person:s", cls="Person", name="Sue")
    given = {"decision": "allowed", "given_on": "2026-01-02", "name_to_use": "S."}
    answers = ({**given, "purpose": purpose} for purpose in ("speak", "train"))
    rows = Rows.of(SourcedRow(_row(person, answer, "2026-06-01")) for answer in answers)
    assert [row.allowed for row in rows] == ["yes", "yes"]
    assert [clause.id for clause in _clauses(person, rows)] == ["purposes", "sensitive"]
