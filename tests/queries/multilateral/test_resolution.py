"""One resolution: how it was adopted, sponsors, votes, editions, mandates; a consensus is never a vote."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from iga.queries.ask import ask
from iga.queries.core.session import Session
from iga.queries.multilateral.resolution import ResolutionFact
from iga.queries.multilateral.resolutions import adoption, in_words
from tests.ingest.reference.reading_bundled import named
from tests.queries.conftest import Ask


def rows(answer: Any, aspect: str) -> list[tuple[str, str]]:
    return [(row.other_name, row.what) for row in answer.rows if row.aspect == aspect]


@pytest.mark.parametrize("typed", ["X/RES/1", "x res 1", "resolution:x-res-1", "Coordination"])
def test_a_resolution_is_taken_by_symbol_id_and_title(answer_to: Ask, typed: str) -> None:
    assert answer_to("resolution", resolution=typed).parameters["resolution"] == "resolution:x-res-1"


def test_a_vote_is_told_with_its_counts_and_each_vote_held(answer_to: Ask) -> None:
    answer = answer_to("resolution", resolution="X/RES/1")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("headline", "Coordination (X/RES/1) was adopted 2018-12-01 by vote (2 yes, 1 no, 1 abstaining)."),
        ("sponsors", "It has 2 sponsors, the whole list; main sponsor Kenya."),
        ("votes", "3 votes by government are on file."),
        ("editions", "1 later text continues it."),
        ("sponsor-lists", "Sponsor lists are whole for 1 of 2 editions, partial for 1."),
        ("mandates", "It mandates Example Rapporteur."),
        ("record", "The United States is not among its sponsors."),
        ("cleared", "Last time 1 post or office cleared it (2018-11-20)."),
    ]
    years = "Sponsor lists by year: 2018: all 2 and 2020: 1 of over 40."
    assert years in [caveat.text for caveat in answer.caveats]
    assert rows(answer, "sponsor") == [("Kenya", "main sponsor"), ("New Zealand", "co-sponsor")]
    assert rows(answer, "vote") == [
        ("Kenya", "voted yes"),
        ("Mongolia", "voted no, meant to vote abstain"),
        ("Democratic Republic of the Congo", "abstained"),
    ]
    assert "Of the 4 votes on Coordination (X/RES/1), 3 are on file by government." in [
        doubt.text for doubt in answer.caveats
    ]


def test_nobody_voted_on_a_consensus_and_a_missing_list_of_sponsors_is_said(answer_to: Ask) -> None:
    answer = answer_to("resolution", resolution="X/RES/2", party="Mongolia")
    texts = {clause.id: clause.text for clause in answer.clauses}
    assert texts["headline"].endswith("was adopted 2020-12-01 by consensus, so nobody voted.")
    assert texts["sponsors"] == "It has over 40 sponsors; 1 is listed here; main sponsor Kenya."
    assert texts["reply"] == (
        "Not confirmed: Mongolia is not among the sponsors of Renewal (X/RES/2) on file, and that list may lack some; "
        "nobody voted on it; on X/RES/1 it voted no."
    )
    assert rows(answer, "vote") == []


def test_a_party_asked_for_has_its_record_on_every_edition(answer_to: Ask) -> None:
    answer = answer_to("resolution", resolution="X/RES/2", party="New Zealand")
    [(name, what)] = rows(answer, "earlier text")
    assert name == "Coordination (X/RES/1)"
    assert what.endswith("2 sponsors on file, the whole list; New Zealand: co-sponsor")
    kenya = answer_to("resolution", resolution="X/RES/1", party="Kenya")
    assert kenya.headline == "Yes: Kenya was a main sponsor of Coordination (X/RES/1) and voted yes."
    assert {row.other_name for row in kenya.rows if row.aspect in ("sponsor", "vote")} == {"Kenya"}
    [(_, later)] = rows(kenya, "later text")
    assert later.endswith("Kenya: main sponsor")


def test_who_is_missing_from_a_whole_list_did_not_sponsor(answer_to: Ask) -> None:
    answer = answer_to("resolution", resolution="X/RES/1", party="Ghana")
    assert answer.headline == "Ghana is not among the sponsors of Coordination (X/RES/1); no vote of it is on file."


def test_a_rejected_amendment_is_told_as_rejected(answer_to: Ask) -> None:
    [(name, what)] = rows(answer_to("resolution", resolution="X/RES/2"), "amendment")
    assert name == "Amendment (X/RES/amendment)"
    assert what.startswith("rejected 2020-12-01 by vote (1 yes, 5 no)")


def test_mandates_have_their_period(answer_to: Ask) -> None:
    assert rows(answer_to("resolution", resolution="X/RES/2"), "mandate") == [
        ("Example Process", "from 2020-12-01"),
        ("Example Rapporteur", "2020-12-01 to 2026-09"),
        ("Report on coordination", "period not on file"),
    ]


def test_a_text_of_a_later_day_was_not_adopted_yet(answer_to: Ask) -> None:
    answer = answer_to("resolution", resolution="X/RES/3")
    assert answer.headline == "Still to come (X/RES/3) had not been adopted by that day (2027-01-01)."
    assert answer.rows == ()
    assert rows(answer_to("resolution", resolution="X/RES/1", as_of="2019"), "later text") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ({}, "adopted on a day not on file; how it was adopted is not on file"),
        ({"adopted_on": "2019", "adopted_by": "consensus"}, "adopted 2019 by consensus, so nobody voted"),
        (
            {"adopted_on": "2019-11", "adopted_by": "consensus in committee"},
            "adopted 2019-11 by consensus in committee; how the plenary adopted it is not on file",
        ),
        ({"adopted_on": "2019", "adopted_by": "vote"}, "adopted 2019 by vote; the count is not on file"),
        ({"adopted_on": "2019", "yes_count": 15, "no_count": 0}, "adopted 2019 by vote (15 yes, 0 no)"),
        (
            {"adopted_on": "2015", "adopted_by": "presidential statement"},
            "adopted 2015 as a presidential statement, on which nobody votes",
        ),
    ],
)
def test_how_it_was_adopted_is_told_in_words(text: dict[str, Any], words: str) -> None:
    assert in_words("adoption", **adoption(text)) == words


def test_the_whole_list_of_sponsors_of_a_real_text_is_held(bundled_answer: Ask) -> None:
    answer = bundled_answer("resolution", resolution="A/HRC/RES/35/5", party="USA")
    assert "main sponsors Germany and the Philippines" in answer.answer
    assert answer.headline.startswith("The United States was a co-sponsor of Mandate of the Special Rapporteur")
    assert answer.headline.endswith("; no vote on that is on file."), "a sponsor has not voted by that"
    ours = bundled_answer("resolution", resolution="A/80/L.8")
    assert "disassociated itself" in next(row.what for row in ours.rows if row.aspect == "text")


def test_a_list_of_sponsors_is_whole_only_where_its_source_calls_it_so(bundled: Session) -> None:
    called = {it.of for it in bundled.cards["ref:resolution-sponsors"].whole}
    sponsored = {edge.target for edge in named("resolution_sponsors").edges("SPONSORED")}
    assert called < sponsored
    for text in sorted(sponsored):
        answer = ask(bundled, "resolution", {"resolution": text, "party": "Sint Maarten"})
        [own] = [row for row in cast(Sequence[ResolutionFact], answer.rows) if row.aspect == "text"]
        said = " ".join(clause.text for clause in answer.clauses)
        is_whole = text in called
        assert (own.sponsor_list == "whole", ", the whole list" in said) == (is_whole, is_whole), said
        assert answer.headline.startswith("Not confirmed: ") is not is_whole, answer.headline
