"""The sample of consents: fictional wherever one looks, and sensitive."""

import pytest

from iga.graph.domain.marking import Marking
from tests.ingest.reference.reading_bundled import SAMPLE, bundled
from tests.reading import some

FILES = ("consents_fictional.yaml",)


@pytest.mark.parametrize("name", FILES)
def test_the_sample_says_that_it_is_fictional_in_its_card_and_in_every_row(name: str) -> None:
    sample = bundled(SAMPLE.with_name(name))
    card = sample.mapping.card
    assert card.fictional
    assert card.rank == 90
    assert "ictional" in card.title
    assert all(content.note.startswith("fictional sample") for content in some(sample.said.values()))
    assert all(any("ictional" in value for value in row.values()) for row in some(sample.cells))


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_never_public_and_consents_are_sensitive(name: str) -> None:
    marking = Marking.named(bundled(SAMPLE.with_name(name)).mapping.card.marking)
    assert marking >= Marking.INTERNAL
    assert (marking == Marking.SENSITIVE) == name.startswith("consents")
