"""Who is party to an agreement, and what a party is bound by, on a day."""

from typing import Any

import pytest

from queries.ask import ask
from queries.core.session import Session
from queries.core.treaty import Bond, bond_on
from tests.queries.conftest import Ask
from tests.reading import some


def standings(answer: Any) -> dict[str, tuple[str, str]]:
    return {row.name: (row.standing, row.held) for row in answer.rows}


def test_parties_stand_as_their_dates_say(answer_to: Ask) -> None:
    assert standings(answer_to("parties", agreement="Example Protocol")) == {
        "Côte d’Ivoire": ("party", "yes"),
        "European Union": ("party", "yes"),
        "Ghana": ("party", "yes"),
        "United States": ("party", "yes"),
        "Kenya": ("signatory", "yes"),
        "New Zealand": ("withdrawn", "yes"),
    }


def test_the_european_union_is_counted_apart(answer_to: Ask) -> None:
    sentence = answer_to("parties", agreement="Example Protocol").answer
    assert "3 governments are party, and, counted apart, European Union" in sentence
    assert "1 government signed only; 1 government has withdrawn" in sentence


def test_whoever_withdrew_and_joined_again_is_party_withdrawn_and_unknown_in_turn(answer_to: Ask) -> None:
    said = {
        day: standings(answer_to("parties", agreement="Example Protocol", as_of=day))["United States"]
        for day in ("2005-01-01", "2012-01-01", "2020-01-01")
    }
    assert said == {
        "2005-01-01": ("unknown", "unknown"),  # bound at some time before it withdrew, nobody says since when
        "2012-01-01": ("withdrawn", "yes"),
        "2020-01-01": ("party", "yes"),
    }


def test_before_its_signature_a_state_is_not_party(answer_to: Ask) -> None:
    on = standings(answer_to("parties", agreement="Example Protocol", as_of="2000-06-01"))
    assert (on["Ghana"], on["Kenya"]) == (("not party", "yes"), ("not party", "yes"))
    later = standings(answer_to("parties", agreement="Example Protocol", as_of="2003-06-01"))
    assert later["Ghana"] == ("signatory", "yes")


def test_a_status_without_a_day_is_unknown_before_a_source_lists_it(answer_to: Ask) -> None:
    on = standings(answer_to("parties", agreement="Example Protocol", as_of="2010-01-01"))
    assert on["Côte d’Ivoire"] == ("party", "unknown")


def test_status_narrows_the_list(answer_to: Ask) -> None:
    assert set(standings(answer_to("parties", agreement="Example Protocol", status="signatory"))) == {"Kenya"}


def test_a_list_shorter_than_the_reported_number_says_so(answer_to: Ask) -> None:
    [doubt] = [d for d in answer_to("parties", agreement="treaty:short").caveats if d.kind == "partial"]
    assert doubt.text == "The list is partial: 2 of the 10 parties reported for 2020-01-01 are held."
    assert not [d for d in some(answer_to("parties", agreement="Example Protocol").caveats) if d.kind == "partial"]


def test_old_sources_are_said_to_be_old(answer_to: Ask) -> None:
    kinds = {doubt.kind for doubt in answer_to("parties", agreement="Example Protocol").caveats}
    assert kinds == {"stale"}


def test_a_party_is_told_its_treaties_without_its_compacts(answer_to: Ask) -> None:
    answer = answer_to("treaty-status", party="Ghana")
    assert {row.agreement for row in answer.rows} == {"treaty:short", "treaty:whole"}
    assert answer.answer == "As of 2026-06-01: Ghana, of 2 agreements it is listed under: party to 2"
    assert "is not listed under any treaty" in answer_to("treaty-status", party="COG").answer


def test_one_agreement_is_told_with_its_steps(answer_to: Ask) -> None:
    answer = answer_to("treaty-status", party="Ghana", agreement="Example Protocol")
    assert (
        "Ghana is party to Example Protocol on Trafficking (signed 2001-01-01, ratification 2005-06-01)"
        in answer.answer
    )


def test_a_step_without_a_day_is_said_to_have_none(answer_to: Ask) -> None:
    sentence = answer_to("treaty-status", party="KEN", agreement="treaty:short").answer
    assert "Kenya is party to Convention of Which Most Parties Are Missing (accession on a day not held)" in sentence


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        ("Example Protocol", "Mongolia is not listed as a party to or signatory of Example Protocol on Trafficking"),
        ("treaty:short", "whether it is party is not known"),
        ("treaty:bare", "whether it is party is not known"),
    ],
)
def test_who_is_not_listed_is_out_only_if_the_list_is_whole(answer_to: Ask, agreement: str, said: str) -> None:
    answer = answer_to("treaty-status", party="MNG", agreement=agreement)
    assert answer.rows == ()
    assert said in answer.answer


@pytest.mark.parametrize(
    ("said", "day", "bond"),
    [
        ({"action_on": "2021"}, "2021-06-30", Bond("party", "unknown")),
        ({"action_on": "2021"}, "2021-12-31", Bond("party", "yes")),
        ({"in_force_on": "2003-12-25"}, "2003-12-24", Bond("not party", "yes")),
        ({"signed_on": "2000-12-12", "action_on": "2005"}, "2004-12-31", Bond("signatory", "yes")),
        ({"status": "signatory", "attested_on": ["2014"]}, "2013-12-31", Bond("signatory", "unknown")),
        ({"status": "withdrawn"}, "2013-12-31", Bond("withdrawn", "unknown")),
        ({"status": "not party", "attested_on": ["2014"]}, "2014-12-31", Bond("not party", "yes")),
        ({"status": "party", "signed_on": "2030"}, "2026-01-01", Bond("not party", "yes")),
        ({"action_on": "2001", "withdrawn_on": "2010-05"}, "2010-05-15", Bond("withdrawn", "unknown")),
        ({}, "2026-01-01", Bond("unknown", "unknown")),
    ],
)
def test_a_standing_follows_from_the_dates(said: dict[str, object], day: str, bond: Bond) -> None:
    assert bond_on(said, day=day) == bond


def test_of_how_many_no_date_tells_is_said_beside_their_number(bundled: Session) -> None:
    answer = ask(bundled, "parties", {"agreement": "P029", "as_of": "2019"}).answer
    assert "50 governments are party (4 for certain; of 46 no date tells since when)" in answer


def test_a_list_that_cannot_be_checked_is_no_whole_list(bundled: Session) -> None:
    answer = ask(bundled, "parties", {"agreement": "C29"})
    assert "as far as listed here, 1 government is party" in answer.answer
    # The number of parties is reported without its day.
    assert "The list is partial: 1 of the 179 parties reported on a day not held is held." in [
        doubt.text for doubt in answer.caveats
    ]
    unnumbered = ask(bundled, "parties", {"agreement": "ACTIP"})
    assert any("who is not listed may be party" in doubt.text for doubt in unnumbered.caveats)


def test_what_its_parties_only_sign_is_signed_and_not_signed_only(bundled: Session) -> None:
    answer = ask(bundled, "parties", {"agreement": "Child Protection Compact Partnership with Ghana"})
    assert answer.answer.endswith("2 governments signed it")
    assert not [doubt for doubt in some(answer.caveats) if "number of parties" in doubt.text]


def test_without_a_treaty_of_that_standing_the_party_is_still_said_to_be_listed(bundled: Session) -> None:
    answer = ask(bundled, "treaty-status", {"party": "Ghana", "status": "withdrawn"})
    assert "agreements that Ghana is listed under, none is one it is known to have withdrawn from" in answer.answer
