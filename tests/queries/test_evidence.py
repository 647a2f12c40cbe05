"""Every row of every answer can be traced to a row of a file."""

import pytest

from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some

ASKED = [
    ("members", {"party": "ESO"}),
    ("memberships", {"party": "GHA"}),
    ("parties", {"agreement": "Example Protocol"}),
    ("treaty-status", {"party": "GHA"}),
    ("gaps", {"agreement": "Example Protocol", "party": "ESO"}),
    ("tier-history", {"party": "GHA"}),
    ("compact", {"party": "GHA"}),
    ("engagements", {"party": "ESO"}),
    ("profile", {"party": "GHA"}),
    ("contact", {"party": "ESO", "topic": "THB"}),
    ("participants", {"engagement": "Northern talks"}),
    ("delegation", {"party": "Norway", "engagement": "Nordic Assembly"}),
    ("engagements", {"kind": "démarche"}),
    ("commitments", {"party": "Norway"}),
    ("chairs", {"party": "Nordic Assembly", "since": "2000"}),
    ("body-overlap", {"party": "Nordic Assembly", "other": "Western Round"}),
    ("shared-affiliations", {"party": "Norway", "other": "Sweden"}),
    ("calendar", {"since": "2024", "until": "2027"}),
    ("resolution", {"resolution": "X/RES/1"}),
]


@pytest.mark.parametrize(("question", "given"), ASKED)
def test_every_row_has_notes_and_every_note_says_where_it_stands(
    answer_to: Ask, question: str, given: dict[str, str]
) -> None:
    answer = answer_to(question, **given)
    assert answer.rows
    for row in answer.rows:
        assert row.evidence
        assert set(row.evidence) <= set(answer.evidence)
    assert all(note.locator and note.load for note in some(answer.evidence.values()))


def test_a_made_up_source_is_named_as_such(answer_to: Ask) -> None:
    answer = answer_to("profile", party="Made-up Relief")
    said = {(doubt.kind, doubt.text) for doubt in answer.caveats}
    assert ("uncertain", "“Fictional partners” is made up for demonstration.") in said
    assert answer.evidence[1].fictional


def test_an_embargoed_row_is_internal_until_its_instant(answer_to: Ask) -> None:
    assert answer_to("profile", party="Soon Released Relief").evidence[1].marking == "internal"


def test_an_answer_names_the_version_of_the_graph(answer_to: Ask, session: Session) -> None:
    assert answer_to("members", party="ESO").data_version == session.status.data_version != ""
