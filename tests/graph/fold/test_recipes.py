"""How a class is folded, worked out of its declaration."""

import pytest

from iga.graph.domain.edges import Participated
from iga.graph.errors import DomainError
from iga.graph.fold import recipes


def test_a_relationship_that_leaves_a_subject_out_of_its_identity_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(Participated):
        """A relationship."""

        identity = ()  # type: ignore[assignment]  # the mistake

    monkeypatch.setattr(recipes, "declared", lambda _: Loose)
    with pytest.raises(DomainError, match=r"Loose\.identity lacks the subjects it names"):
        recipes.recipe.__wrapped__("LOOSE")
