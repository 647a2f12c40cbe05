"""The paper on a handover, over made-up answers: what comes first, promises both ways, second owners, vacancies."""

from typing import Any

import pytest

from iga.exports.paper.document import PaperDocument
from iga.graph.domain.marking import Marking
from iga.queries.contacts.handover import HandoverRow
from iga.queries.contacts.vacancies import VacancyRow
from iga.queries.core.channels import KnownChannel
from tests.exports.memos.office import BODY, Answers, answer, said, section, written

UMA: dict[str, Any] = {"id": "person:uma", "cls": "Person", "name": "Uma Mockup"}
ESO: dict[str, Any] = {"party": BODY["id"], "party_name": BODY["name"]}


def row(part: str, **said: Any) -> HandoverRow:
    return HandoverRow(**{"part": part, **ESO, **said})


def portfolio() -> Answers:
    return {
        "handover": answer(
            "handover",
            row("relationship", scope=("child-trafficking",)),
            row("relationship", party="org:x", party_name="X", backup="post:o", backup_name="Officer"),
            row("last touch", ours=("Uma Mockup",), what="e:1", what_name="Call", when="2026-11-12"),
            row(
                "promise",
                words="We will send it.",
                what="c:1",
                what_name="Report",
                when="2026-11-15",
                direction="they owe us",
                is_overdue=True,
            ),
            row("promise", words="We will comment.", what="c:2", what_name="Comments", direction="we owe them"),
            row(
                "engagement",
                status="planned",
                sort="bilat",
                place="Vienna",
                what="e:2",
                what_name="Bilat",
                when="2026-12-03",
            ),
            row(
                "duty",
                owner_name="TIP",
                legal_basis="22 USC 7107",
                party=None,
                party_name=None,
                what="o:1",
                what_name="Interim report",
                when="2027-02-01",
            ),
            row(
                "channel to check",
                reached_name="Liaison",
                what="contact:1",
                what_name="ada@example.org",
                channel=KnownChannel(id="contact:1", freshness="", bounced_on="2026-08-14"),
            ),
            about=UMA,
        ),
        "vacancies": answer(
            "vacancies",
            VacancyRow(
                post="post:v",
                post_name="Deputy",
                body=BODY["id"],
                body_name="ESO",
                state="vacant",
                told="vacant, stated 2026-10",
                holding="vacant",
                seen_on="2026-10",
            ),
            VacancyRow(post="post:u", post_name="Adviser", state="holder not known", told="holder not known"),
        ),
    }


@pytest.fixture
def paper() -> PaperDocument:
    return written("handover", portfolio(), party="Uma Mockup")


def test_what_nobody_checked_comes_first(paper: PaperDocument) -> None:
    assert [part.heading for part in paper.annex][:6] == [
        "Channels to check first", "Relationships, by scope", "Open promises, both ways", "The next 90 days",
        "Last touches", "Vacancies to watch",
    ]  # fmt: skip  # read across, like the rows of a table
    assert said(section(paper, "Channels")) == ["ada@example.org | Liaison | bounced August 14, 2026"]


def test_a_relationship_without_a_second_owner_says_so(paper: PaperDocument) -> None:
    assert said(section(paper, "Relationships")) == [
        "Example Security Organization | child trafficking | not on file | first owner",
        "X | not stated | Officer | first owner",
    ]


def test_promises_stand_both_ways_ours_first(paper: PaperDocument) -> None:
    assert said(section(paper, "Open promises")) == [
        "we owe | Comments: We will comment, in our summary. | Example Security Organization | day not set",
        "they owe us | Report: We will send it, in our summary. | Example Security Organization"
        " | November 15, 2026, overdue",
    ]
    assert said(paper)[:2] == [
        "The relationships are with Example Security Organization and X.",
        "First promise, which we owe Example Security Organization: Comments.",
    ]


def test_what_comes_and_what_was_last(paper: PaperDocument) -> None:
    assert said(section(paper, "The next 90 days")) == [
        "December 3, 2026 | Bilat | Example Security Organization | planned, bilat, Vienna",
        "February 1, 2027 | Interim report |  | TIP, 22 USC 7107",
    ]
    assert said(section(paper, "Last touches")) == [
        "Example Security Organization | November 12, 2026 | Call: for us Uma Mockup; outcome not recorded."
    ]


def test_a_vacancy_is_told_once_and_an_unknown_holder_is_none(paper: PaperDocument) -> None:
    assert said(section(paper, "Vacancies")) == ["Deputy, ESO | vacant | Vacant, stated October 2026"]


def test_it_is_never_public(paper: PaperDocument) -> None:
    assert paper.marking is Marking.INTERNAL
    assert said(
        section(
            written("handover", {**portfolio(), "handover": answer("handover", about=UMA)}, party="Uma"),
            "Relationships",
        )
    ) == ["We have no relationship that is owned on file."]
