"""What a view sees of a row."""

import pytest

from iga.graph.domain.edges import Participated
from iga.graph.domain.marking import Marking
from iga.graph.errors import DomainError
from iga.graph.fold import recipes
from iga.graph.fold.live import Lens, Said, known_ids, node_said, verdicts_said
from iga.graph.fold.shapes import View
from iga.graph.statements import Card, Content, NodeStatement
from tests.properties.ledger_model import Load, ModelLedger

PUBLIC = View(ceiling=Marking.PUBLIC)
EMBARGO = "2026-06-30T14:00:00Z"


def row(name: str, *, id: str = "ngo:n", marking: int = 0, own: int = 0, public_from: str = "") -> Content:  # noqa: A002
    return Content((NodeStatement("Ngo", id, {"name": name}, "", own),), marking, public_from)


def loaded(*contents: Content, **card: object) -> ModelLedger:
    return ModelLedger(Load(Card("list:a", "a", **card), {"1": content}) for content in contents)  # type: ignore[arg-type]


def seen(ledger: ModelLedger, view: View) -> list[Said]:
    lens = Lens(ledger.headers(), view)
    versions = tuple(ledger.rows["list:a", "1"])
    return [said for _, said in node_said(versions, lens, {"ngo:n"})]


def names(ledger: ModelLedger, view: View) -> list[object]:
    return [said.values["name"] for said in seen(ledger, view)]


def test_the_newest_version_speaks_and_no_other() -> None:
    assert names(loaded(row("x"), row("y")), View()) == ["y"]


def test_a_hidden_newest_version_does_not_bring_the_earlier_one_back() -> None:
    assert names(loaded(row("x"), row("y", marking=2)), PUBLIC) == []


def test_a_version_of_then_is_seen_under_the_markings_of_today() -> None:
    ledger = loaded(row("x"), row("y", own=2))
    assert names(ledger, View(ceiling=Marking.PUBLIC, upto=1)) == []
    assert names(ledger, View(upto=1)) == ["x"]


def test_a_reclassified_subject_hides_what_the_row_said_of_another_one_before() -> None:
    assert names(loaded(row("x"), row("y", id="ngo:m", own=2)), View(ceiling=Marking.PUBLIC, upto=1)) == []


@pytest.mark.parametrize(("now", "is_seen"), [("2026-06-30T13:59:59.9Z", False), (EMBARGO, True), ("", True)])
def test_an_embargo_of_a_row_ends_at_its_instant(now: str, is_seen: bool) -> None:
    ledger = loaded(row("x", public_from=EMBARGO))
    assert bool(names(ledger, View(ceiling=Marking.PUBLIC, now=now))) is is_seen
    assert names(ledger, View(ceiling=Marking.INTERNAL, now=now)) == ["x"]


def test_an_embargo_of_a_load_holds_for_what_it_wrote() -> None:
    ledger = loaded(row("x"), public_from=EMBARGO)
    assert names(ledger, View(ceiling=Marking.PUBLIC, now="2026-01-01T00:00:00Z")) == []


def test_a_field_above_the_ceiling_is_left_out() -> None:
    person = NodeStatement("Person", "ngo:n", {"name": "x", "pronunciation": "y"})
    ledger = loaded(Content((person,)))
    assert seen(ledger, PUBLIC)[0].values == {"name": "x"}
    assert seen(ledger, View())[0].marking == Marking.INTERNAL


def test_a_statement_is_stated_on_its_own_day_else_on_that_of_its_load() -> None:
    own = Content((NodeStatement("Ngo", "ngo:n", {}, "2019"),))
    assert seen(loaded(own, as_of="2020"), View())[0].stated_on == "2019"
    assert seen(loaded(row("x"), as_of="2020"), View())[0].stated_on == "2020"


@pytest.mark.parametrize(("is_complete", "stated_on"), [(True, "2024"), (False, "2020")])
def test_a_complete_source_states_all_its_rows_on_the_day_of_its_newest_card(is_complete: bool, stated_on: str) -> None:
    ledger = loaded(row("x"), as_of="2020", complete=is_complete)
    ledger.write(Load(Card("list:a", "a", as_of="2024", complete=is_complete), {"1": row("x")}))
    assert seen(ledger, View())[0].stated_on == stated_on


def test_an_id_once_seen_stays_known_when_its_row_moves_on() -> None:
    ledger = loaded(row("x"), row("x", id="ngo:m"))
    lens = Lens(ledger.headers(), PUBLIC)
    assert known_ids([tuple(ledger.rows["list:a", "1"])], lens, {"ngo:n", "ngo:m", "ngo:o"}) == {"ngo:n", "ngo:m"}


def test_a_row_without_a_verdict_gives_none() -> None:
    ledger = loaded(row("x"))
    assert list(verdicts_said(tuple(ledger.rows["list:a", "1"]), Lens(ledger.headers(), PUBLIC))) == []


def test_a_relationship_that_leaves_a_subject_out_of_its_identity_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loose(Participated):
        """A relationship."""

        identity = ()  # type: ignore[assignment]  # the mistake

    monkeypatch.setattr(recipes, "declared", lambda _: Loose)
    with pytest.raises(DomainError, match=r"Loose\.identity lacks the subjects it names"):
        recipes.recipe.__wrapped__("LOOSE")
