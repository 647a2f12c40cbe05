"""The sample of meetings, promises and consents: tied to the people of the sample, and fictional wherever one looks."""

import pytest

from graph.domain.marking import Marking
from tests.ingest.reference.reading_bundled import SAMPLE, bundled

FILES = ("touches_fictional.yaml", "promises_fictional.yaml", "consents_fictional.yaml")


@pytest.mark.parametrize("name", FILES)
def test_the_sample_says_that_it_is_fictional_in_its_card_and_in_every_row(name: str) -> None:
    sample = bundled(SAMPLE.with_name(name))
    card = sample.mapping.card
    assert card.fictional
    assert card.rank == 90
    assert "ictional" in card.title
    assert all(content.note.startswith("fictional sample") for content in sample.said.values())
    assert all(any("ictional" in value for value in row.values()) for row in sample.cells)


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_never_public_and_consents_are_sensitive(name: str) -> None:
    marking = Marking.named(bundled(SAMPLE.with_name(name)).mapping.card.marking)
    assert marking >= Marking.INTERNAL
    assert (marking == Marking.SENSITIVE) == name.startswith("consents")


@pytest.mark.parametrize("name", FILES[:2])
def test_meetings_and_promises_are_those_of_posts_of_the_sample(name: str) -> None:
    known = {node.id for node in bundled(SAMPLE).nodes("Post")}
    sample = bundled(SAMPLE.with_name(name))
    ends = {edge.source for kind in ("PARTICIPATED", "MADE") for edge in sample.edges(kind)}
    assert {end for end in ends if end.startswith("post:")} <= known
    assert ends
