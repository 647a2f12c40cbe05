"""Who is party to an agreement, and what a party is bound by, on a day."""

import re
from itertools import product
from typing import Any

import pytest

from iga.graph.domain.values import first_day
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import EdgeRow, refs
from iga.queries.core.relationships import STANDINGS, Bond, bond_on
from iga.queries.core.session import Session
from iga.queries.instruments.agreements import PartyList
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
    headline, *others = answer_to("parties", agreement="Example Protocol").clauses
    assert (headline.values["governments"], headline.values["others"]) == (3, ["European Union"])
    assert headline.text == "3 governments and the EU are party to the Example Protocol, most as listed on 2020-06-01."
    assert [clause.text for clause in others[:2]] == [
        "1 government has only signed it.",
        "1 government has withdrawn from it.",
    ]


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
    assert doubt.clause == "headline"
    assert doubt.text == (
        "The list of parties to the Convention of Which Most Parties Are Missing is partial: 2 of the 10 parties "
        "reported for 2020-01-01 are on file."
    )
    assert not [d for d in some(answer_to("parties", agreement="Example Protocol").caveats) if d.kind == "partial"]


def test_old_sources_are_said_to_be_old(answer_to: Ask) -> None:
    kinds = {doubt.kind for doubt in answer_to("parties", agreement="Example Protocol").caveats}
    assert kinds == {"stale"}


def test_a_party_is_told_its_treaties_without_its_compacts(answer_to: Ask) -> None:
    answer = answer_to("treaty-status", party="Ghana")
    assert {row.agreement for row in answer.rows} == {"treaty:short", "treaty:whole"}
    assert answer.answer == "Ghana is party to both agreements that list it."
    none = answer_to("treaty-status", party="COG")
    assert none.headline == "Not confirmed: no agreement on file lists the Republic of the Congo."


def test_one_agreement_is_told_with_its_steps(answer_to: Ask) -> None:
    answer = answer_to("treaty-status", party="Ghana", agreement="Example Protocol")
    said = "Yes: Ghana is party to the Example Protocol (signed 2001-01-01, ratification 2005-06-01)."
    assert answer.headline == said
    assert answer.clauses[0].values["steps"][0] == {"step": "signed", "on": "2001-01-01", "is_later": False}
    assert [clause.id for clause in answer.clauses] == ["one-agreement", "reservations"]


def test_a_step_that_came_after_the_day_is_told_as_later(bundled: Session) -> None:
    """Of every government in the order of the list, every tenth."""
    rows: tuple[Any, ...] = tuple(ask(bundled, "parties", {"agreement": "Palermo Protocol"}).rows)
    for row in rows[::10]:
        day = f"{int((row.action_on or '2000')[:4]) - 1}-12-31"
        asked = {"party": row.id, "agreement": "Palermo Protocol", "as_of": day}
        steps = ask(bundled, "treaty-status", asked).headline.partition("(")[2].rstrip(").").split(", ")
        assert [
            step for step in steps if step[-10:] > day and step[-10:-6].isdigit() and "only later: " not in step
        ] == []


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2000-01-01", "No: Ghana was not yet party to the Example Protocol"),
        ("2003-06-01", "No: Ghana has only signed the Example Protocol"),
        ("2006-01-01", "Yes: Ghana is party to the Example Protocol"),
    ],
)
def test_one_agreement_is_answered_yes_or_no(answer_to: Ask, as_of: str, said: str) -> None:
    asked = {"party": "Ghana", "agreement": "Example Protocol", "as_of": as_of}
    assert answer_to("treaty-status", **asked).headline.startswith(said)
    # Another standing is answered by the one that it has, and never with Yes.
    other = answer_to("treaty-status", **asked, status="withdrawn")
    assert other.headline.startswith(said.replace("Yes", "No"))


def test_a_standing_that_no_date_settles_is_not_known(answer_to: Ask) -> None:
    asked = {"party": "CIV", "agreement": "Example Protocol", "as_of": "2010-01-01"}
    said = "Not confirmed: Côte d’Ivoire is listed as party to the Example Protocol; since when is not on file."
    assert answer_to("treaty-status", **asked).headline == said


def test_a_step_without_a_day_is_said_to_have_none(answer_to: Ask) -> None:
    headline = answer_to("treaty-status", party="KEN", agreement="treaty:short").headline
    assert headline.endswith("party to the Convention of Which Most Parties Are Missing (accession on an unknown day).")


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        ("Example Protocol", "No: Mongolia is not among the parties to the Example Protocol."),
        (
            "treaty:short",
            "Not confirmed: Mongolia is not among the parties to the Convention of Which Most Parties Are Missing on"
            " file, which are 2 of 10.",
        ),
        ("treaty:bare", "Not confirmed: no list of the parties to the Convention Without a Number is on file."),
    ],
)
def test_who_is_not_listed_is_out_only_if_the_list_is_whole(answer_to: Ask, agreement: str, said: str) -> None:
    answer = answer_to("treaty-status", party="MNG", agreement=agreement)
    assert answer.rows == ()
    assert answer.clauses[0].id == "unlisted"
    assert answer.headline.startswith(said)


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
    headline = ask(bundled, "parties", {"agreement": "CETS 197", "as_of": "2019"}).clauses[0]
    assert (headline.values["governments"], headline.values["undated"]) == (29, 19)
    assert headline.text.startswith("29 governments are party to the Council of Europe Anti-Trafficking Convention; ")
    assert headline.text.endswith("; 19 more are listed, since when is not on file.")


def test_a_list_that_cannot_be_checked_is_no_whole_list(bundled: Session) -> None:
    answer = ask(bundled, "parties", {"agreement": "C189"})
    assert answer.headline.startswith("At least 30 governments on file are party to the Domestic Workers Convention")
    # The number of parties is reported without its day.
    assert any("31 of the 35 parties reported on an unknown day are on file" in doubt.text for doubt in answer.caveats)
    unnumbered = ask(bundled, "parties", {"agreement": "ACTIP"})
    assert any("who is not listed may be party" in doubt.text for doubt in unnumbered.caveats)


def test_what_its_parties_only_sign_is_signed_and_not_signed_only(bundled: Session) -> None:
    answer = ask(bundled, "parties", {"agreement": "Child Protection Compact Partnership with Ghana"})
    assert answer.headline == "2 governments signed the Child Protection Compact Partnership with Ghana."
    assert not [doubt for doubt in some(answer.caveats) if doubt.clause]


def test_a_standing_asked_for_is_counted_as_the_rows_show_it(bundled: Session) -> None:
    for party, status in product(["gov:gha", "gov:som", "gov:usa", "gov:rus"], STANDINGS):
        answer = ask(bundled, "treaty-status", {"party": party, "status": status})
        assert len(answer.rows) == len(answer.clauses[0].values["agreements"])
        assert bool(re.search(r"\b(no|none)\b", answer.headline)) == (not answer.rows), answer.headline
    somalia = ask(bundled, "treaty-status", {"party": "gov:som", "status": "not party"}).headline
    assert somalia.startswith("Not confirmed: when last listed, Somalia was not party to 5 of the 17 agreements that")


def test_what_no_date_tells_of_an_earlier_day_is_counted(answer_to: Ask) -> None:
    answer = answer_to("treaty-status", party="Kenya", as_of="2012-01-01")
    assert "Of 1 of these it is not confirmed that it already stood so on that day." in answer.answer
    assert "it is not confirmed" not in answer_to("treaty-status", party="Kenya").answer


@pytest.mark.parametrize("day", ["1960-12-31", "1995-12-31", "2004-12-31", "2010-12-31", "2015-12-31", "2020-12-31"])
def test_nobody_is_counted_as_party_before_a_date_or_a_list_tells(bundled: Session, day: str) -> None:
    for treaty in some(bundled.read(all_of("Treaty"), Everything())):
        answer: Any = ask(bundled, "parties", {"agreement": treaty.id, "as_of": day})
        party_list = PartyList.read(bundled, treaty.subject, day=day)
        dated = sum(_is_dated_by(bundled, edge, day) for edge in party_list.edges)
        of_parties = [it.values for it in answer.clauses if it.values.get("standing") == "party"]
        for values in of_parties:
            assert values["governments"] + len(values["others"]) <= dated, (treaty.id, day, answer.headline)
        is_flat = answer.headline.partition(": ")[2].startswith(("No:", "No government"))
        assert not is_flat or party_list.absence.is_no, (treaty.id, day, answer.headline)


def _is_dated_by(session: Session, edge: EdgeRow, day: str) -> bool:
    stated = edge.properties
    if acted_on := stated.get("action_on") or stated.get("in_force_on"):
        return bool(first_day(acted_on) <= day)
    rows = session.evidence(refs(stated)).values()
    return any(first_day(on) <= day for on in (*(stated.get("attested_on") or ()), *(r.stated_on for r in rows)) if on)
