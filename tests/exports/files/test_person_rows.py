"""Everything ever said of a person: what was replaced and withdrawn, by whom and when; nothing above the ceiling."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from iga.exports.files.person_rows import person_file
from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import rebuild
from iga.graph.statements import Content, Verdict
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.core.session import Session
from tests.exports.world_fixtures import NOW, TODAY
from tests.queries.world import card, edge, node, rows

BOOK = card("office:book", "Address book", rank=10, licence="office use")
SECRET = card("office:secret", "Kept apart", rank=10, marking=2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ada, post = node("Person", "person:p1", name="Ada Okafor"), node("Post", "post:x", name="Desk officer")
    mail = node("ContactPoint", "contact:m", name="mail", channel={"kind": "email", "value": "ada@example.org"})
    said = (ada, post, edge("HOLDS", "person:p1", "post:x"), mail, edge("REACHED_AT", "post:x", "contact:m"))
    renamed = (
        node("Person", "person:p1", name="Ada Okafor-Lund"),
        post,
        mail,
        edge("REACHED_AT", "post:x", "contact:m"),
    )
    apart = (
        node("Person", "person:p1", public_role="Source"),
        edge("PARTICIPATED", "person:p1", "engagement:e"),
        node("Engagement", "engagement:e", name="Quiet meeting"),
    )
    with Ledger.open(tmp_path / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)) as ledger:
        for which, by, because, statements in (
            (BOOK, "A. Officer", "first", said),
            (BOOK, "B. Officer", "married", renamed),
            (SECRET, "C. Officer", "", apart),
        ):
            with ledger.open_load(which, by=by, because=because) as load:
                load.put(rows("book.csv", statements))
                load.commit({"read": 1})
        yield ledger


@contextmanager
def asked(ledger: Ledger, folder: Path, ceiling: Marking = Marking.SENSITIVE) -> Iterator[Session]:
    with closing(EmbeddedStore(folder / f"store-{ceiling.word}")) as store:
        rebuild(ledger, store, view=View(ceiling=ceiling), now=NOW)
        yield Session.of(store, ledger, today=TODAY)


def test_each_version_says_who_loaded_it_when_and_what_became_of_it(ledger: Ledger, tmp_path: Path) -> None:
    with asked(ledger, tmp_path) as session:
        found = person_file(session, ["person:p1"])
        names = [
            row
            for row in found.statements
            if row["field"] == "name" and row["source"] == "office:book" and row["about"] == "Person"
        ]
        assert [(row["value"], row["state"], row["loaded_by"], row["because"]) for row in names] == [
            ("Ada Okafor", "superseded", "A. Officer", "first"),
            ("Ada Okafor-Lund", "live", "B. Officer", "married"),
        ]
        assert names[0]["replaced_or_withdrawn_by"].startswith("load 2, 2026-06-01T12:00:")
        assert names[0]["replaced_or_withdrawn_by"].endswith("by B. Officer: married")
        assert (names[0]["locator"], names[0]["licence"], names[0]["load"]) == ("book.csv:2", "office use", 1)
        [term] = [row for row in found.statements if row["about"] == "HOLDS"]
        assert (term["state"], term["other_name"], term["value"]) == ("withdrawn", "Desk officer", "that it is so")


def test_channels_of_the_posts_and_what_was_attended_are_among_it(ledger: Ledger, tmp_path: Path) -> None:
    with asked(ledger, tmp_path) as session:
        found = person_file(session, ["person:p1"])
        assert any("ada@example.org" in row["value"] for row in found.statements if row["about"] == "ContactPoint")
        assert any(row["other_name"] == "Quiet meeting" for row in found.statements)
        assert found.marking is Marking.SENSITIVE
        counts = found.counts()
        assert counts["statements"] == counts["live"] + counts["superseded"] + counts["withdrawn"]


def test_a_withdrawn_row_is_among_it_and_says_by_whom(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.open_load(BOOK, by="D. Officer", because="asked to") as load:
        [(key, locator, _)] = rows("book.csv", node("Person", "person:p1", name="x"))
        load.put([(key, locator, Content())])
        load.commit({"read": 1})
    with asked(ledger, tmp_path) as session:
        found = person_file(session, ["person:p1"])
        [last] = [row for row in found.statements if row["value"] == "Ada Okafor-Lund"]
        assert last["state"] == "withdrawn"
        assert last["replaced_or_withdrawn_by"].endswith(", by D. Officer: asked to")


def test_what_the_person_agreed_to_is_among_it(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.open_load(card("office:consents", "Consents", rank=10), by="D. Officer") as load:
        load.put(rows("consents.csv", node("Consent", "consent:c", person="person:p1", purpose="speak at an event")))
        load.commit({"read": 1})
    with asked(ledger, tmp_path) as session:
        said = person_file(session, ["person:p1"]).statements
        assert any(row["value"] == "speak at an event" for row in said if row["about"] == "Consent")
    with asked(ledger, tmp_path, Marking.INTERNAL) as session:
        assert "speak at an event" not in str(person_file(session, ["person:p1"]))


def test_nothing_above_the_ceiling_is_in_it(ledger: Ledger, tmp_path: Path) -> None:
    with asked(ledger, tmp_path, Marking.INTERNAL) as session:
        found = person_file(session, ["person:p1"])
        assert found.statements
        assert "office:secret" not in str(found)
        assert "engagement:e" not in str(found)


def test_what_was_judged_of_the_person_is_among_it_and_so_is_what_was_judged_before(
    ledger: Ledger, tmp_path: Path
) -> None:
    of_others = Verdict("person:p7", "person:p8", "same", by="A. Officer")
    before = Verdict("person:p1", "person:p9", "same", by="A. Officer", because="one address")
    for verdict in (before, msgspec.structs.replace(before, word="different", because="two birthdays")):
        with ledger.open_load(card("judgements:person", "Judgements"), by="A. Officer") as load:
            load.put(rows("judgement", (verdict, of_others)))
            load.commit({"read": 1})
    with asked(ledger, tmp_path) as session:
        judged = person_file(session, ["person:p1"]).judgements
    assert [(it["word"], it["because"], it["state"], it["by"], it["second"]) for it in judged] == [
        ("same", "one address", "superseded or withdrawn", "A. Officer", "person:p9"),
        ("different", "two birthdays", "live", "A. Officer", "person:p9"),
    ]
