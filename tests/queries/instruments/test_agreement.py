"""One agreement: what it is, who is bound by it, and what stands around it."""

from typing import Any

from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def sections(answer: Any) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for row in answer.rows:
        found.setdefault(row.section, []).append(row.other_name)
    return found


def test_parties_stand_by_status_and_reservations_apart(answer_to: Ask) -> None:
    answer = answer_to("agreement", agreement="Pact of Specimens")
    found = sections(answer)
    assert found["parties: party"] == ["Peru"]
    assert found["parties: signatory"] == ["Chile"]
    [reserved] = [row for row in answer.rows if row.section == "reservations and territories"]
    assert (reserved.other_name, reserved.what) == ("Peru", "article 15")


def test_the_sentence_says_what_it_is_and_what_stands_around_it(answer_to: Ask) -> None:
    assert [(clause.id, clause.text) for clause in answer_to("agreement", agreement="Pact of Specimens").clauses] == [
        ("headline", "Pact of Specimens is a treaty (EX 1), adopted 2009-01-01."),
        ("depositary", "It is kept by the Specimen Agency."),
        ("parties", "1 government is party to it."),
        ("parties", "1 government has only signed it."),
        ("around", "Reservations and territories: Peru."),
        ("around", "What it follows: Old Pact."),
        ("around", "Agreements under it: Protocol to the Pact."),
    ]


def test_a_fact_has_its_value_and_its_days_in_fields(answer_to: Ask) -> None:
    rows = {row.fact: row for row in answer_to("agreement", agreement="Compact with Peru").rows if row.fact}
    assert (rows["signed_on"].what, rows["signed_on"].start) == ("signed on: 2025-01-15", "2025-01-15")
    assert (rows["period"].start, rows["period"].end) == ("2025-01-15", "2027-01-14")
    assert (rows["is_binding"].value, rows["is_binding"].start) == ("no", None)


def test_before_an_accession_the_party_had_only_signed(answer_to: Ask) -> None:
    found = sections(answer_to("agreement", agreement="Pact of Specimens", as_of="2009-12-31"))
    assert found["parties: signatory"] == ["Peru"]
    assert "parties: party" not in found


def test_who_signs_a_compact_is_not_said_to_have_signed_only(answer_to: Ask) -> None:
    answer = answer_to("agreement", agreement="Compact with Peru")
    assert "2 governments signed it" in answer.answer
    assert "only signed" not in answer.answer
    assert sections(answer)["engagements under it"] == ["Dialogue d2", "Dialogue d1"]


def test_a_treaty_with_many_parties_shows_ten_and_counts_all(bundled: Session) -> None:
    answer = ask(bundled, "agreement", {"agreement": "Palermo Protocol"})
    rows: list[Any] = [row for row in answer.rows if getattr(row, "section", "") == "parties: party"]
    assert len(rows) == 10
    assert rows[0].section_count == 181
    assert answer.total.value > len(answer.rows)
    [rests] = [clause for clause in answer.clauses if clause.values.get("section", "").startswith("what it rests on")]
    assert rests.text.endswith(": UNTOC.")
