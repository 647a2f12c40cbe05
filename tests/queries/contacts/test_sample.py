"""The questions on contacts, asked of the bundled data with the fictional sample beside it, as an office would."""

from csv import DictReader
from io import StringIO
from typing import Any

from iga.exports.tables import as_csv
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.reading import some

TWELVE = (
    "Ghana", "Kenya", "Peru", "Philippines", "Albania", "Azerbaijan", "Finland", "Hungary", "Kosovo", "Serbia",
    "Montenegro", "France",
)  # fmt: skip


def test_national_coordinators_of_twelve_countries_are_one_sheet_with_every_row_and_reason(demo: Session) -> None:
    answer = ask(demo, "contact", {"party": TWELVE, "role": "coordinator"})
    sheet = list(DictReader(StringIO(as_csv(answer))))
    assert [row["name"] for row in sheet] == list(TWELVE)
    by_name = {row["name"]: row for row in sheet}
    assert by_name["Ghana"]["channel_value"] == "lamin.invented@example.org"
    assert by_name["Ghana"]["reason"] == ""
    assert by_name["Albania"]["post_name"] == "National coordinator, Albania"
    assert by_name["Albania"]["reason"] == "no channel on file; holder not known"
    assert by_name["Kenya"]["reason"] == (
        "no post with the role “coordinator” for Kenya on file; on file there: Ambassador of Kenya to the United States"
    )
    assert "on file there: Secretary of the Commission and Ambassador of Peru" in by_name["Peru"]["reason"]
    assert all(row["reason"] for name, row in some(by_name.items()) if name != "Ghana")
    assert all(row["route_name"] for row in sheet)


def test_who_held_the_post_in_2018_is_said_with_the_day_it_was_seen(demo: Session) -> None:
    answer = ask(demo, "contact", {"party": "OSCE", "role": "coordinator", "as_of": "2018-06"})
    assert "Madina Jarbussynova may have been in office as OSCE Special Representative" in answer.answer
    assert "(seen 2018-06)" in answer.answer


def test_the_special_rapporteur_whose_mandate_is_over_and_the_vacant_ambassador_are_found(demo: Session) -> None:
    rows: Any = ask(demo, "vacancies", {}).rows
    states = {row.post_name: row.state for row in rows}
    assert states["UN Special Rapporteur on trafficking in persons, especially women and children"] == "mandate over"
    assert states["Ambassador-at-Large to Monitor and Combat Trafficking in Persons"] == "vacant"


def test_a_memo_on_romania_and_money_goes_to_its_bureau_and_to_assistance(demo: Session) -> None:
    answer = ask(demo, "clearers", {"party": "Romania", "purpose": ["money", "Congress"]})
    offices = {row.acronym for row in answer.rows}  # type: ignore[attr-defined]
    assert {"EUR", "F", "RMP", "H", "TIP"} <= offices
    assert {row.confidence for row in answer.rows} == {"low"}


def test_a_handover_of_the_sample_has_every_part(demo: Session) -> None:
    rows: Any = ask(demo, "handover", {"party": "Uma Mockup"}).rows
    parts = {row.part for row in rows}
    assert parts == {"relationship", "last touch", "promise", "engagement", "duty", "channel to check"}


def test_the_consent_of_the_sample_is_marked_sensitive(demo: Session) -> None:
    answer = ask(demo, "consent", {"party": "Nadia Notreal", "purpose": "speak at a side event"})
    assert answer.headline.startswith("[practice] Yes: ")
    assert {note.marking for note in answer.evidence.values()} == {"sensitive"}


def test_an_answer_on_made_up_contacts_says_so_once_and_tells_the_public_holder_too(demo: Session) -> None:
    answer = ask(demo, "contact", {"party": "UNODC"})
    assert answer.answer.startswith("[practice] Write to Hugo Sample")
    clauses = {clause.id: clause.text for clause in answer.clauses}
    assert clauses["next-post"].startswith("If that fails")
    assert clauses["at-post"].startswith("Executive Director of UNODC: John Brandolino, acting")
    assert clauses["through"] == "Go through UNVIE, because UNODC sits in Vienna."
