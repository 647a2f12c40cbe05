"""Erasing somebody: what is said of the person is destroyed in every version, the rest and the seals stay."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from iga.graph.errors import Denied, UsageError
from iga.graph.ledger.dump import dump
from iga.graph.ledger.erasure import erase, texts_left, wiped
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import HOLDS, RegisteredPeople, enter_hold, own_channels, release
from iga.graph.ledger.restore import restore
from iga.graph.ledger.tables import mention, version
from iga.graph.ledger.watches import SeenRow, Watch, add_watch, watches
from iga.graph.statements import SAID_BY_CARDS, Card, Content, EdgeStatement, NodeStatement
from tests.graph.ledger.conftest import Clock, Sayings

ADA = NodeStatement("Person", "person:ada", {"name": "Ada Example"})
BODY = NodeStatement("PublicBody", "body:b", {"name": "Bureau"})
IN_OFFICE = EdgeStatement("HOLDS", "person:ada", "post:p", {"capacity": "acting"})
REASON = {"by": "T. Tester", "authority": "Ref 1"}


def test_a_row_that_names_others_keeps_what_it_says_of_them(say: Sayings, ledger: Ledger) -> None:
    say.load({"Ada Example": Content((ADA, BODY, IN_OFFICE), note="Ada is fond of tea"), "b": Content((IN_OFFICE,))})
    done = erase(ledger, ["person:ada"], **REASON)
    assert (done.rows, done.destroyed, done.shortened) == (2, 1, 1)
    rows = {row[0].row_key: row[-1].content for row in ledger.rows_of("ref:a")}
    assert rows == {"erased 1": Content((BODY,)), "b": Content()}
    assert list(ledger.rows_about({"person:ada"})) == []
    with ledger.reading() as connection:
        assert all(connection.execute(select(version.c.seal).where(version.c.load_no == 1)).scalars())
        assert connection.execute(select(mention.c.row_id).distinct()).scalars().all() == [1]


def test_a_version_that_says_nothing_of_the_person_stays_as_it_is(say: Sayings, ledger: Ledger) -> None:
    noted = Content((BODY,), note="a bureau")
    say.load({"a": noted})
    say.load({"a": Content((BODY, IN_OFFICE))})
    done = erase(ledger, ["person:ada"], **REASON)
    assert (done.rows, done.shortened, done.loads) == (1, 1, {2})
    [history] = ledger.rows_of("ref:a")
    assert [version.content for version in history] == [noted, Content((BODY,))]


def test_a_file_that_is_called_by_the_persons_name_is_called_so_no_more(ledger: Ledger) -> None:
    with ledger.open_load(Card("ref:a", "ref:a"), files=[("Ada Example.csv", "0" * 64), ("b.csv", "1" * 64)]) as load:
        load.put([("a", "Ada Example.csv:2", Content((ADA,))), ("b", "Ada Example.csv:3", Content((BODY,)))])
        load.commit({"read": 2})
    erase(ledger, ["person:ada"], **REASON)
    assert next([name for name, _ in header.files] for header in ledger.headers()) == ["erased", "b.csv"]
    assert {history[-1].locator for history in ledger.rows_of("ref:a")} == {"erased:2", "erased:3"}


def test_a_card_says_nothing_more_of_the_person_whose_list_it_is(ledger: Ledger) -> None:
    said: dict[str, Any] = {name: "Papers of Ada Example" for name in SAID_BY_CARDS if name != "gaps"}
    with ledger.open_load(Card("ref:a", gaps=("Ada Example has more.", "Not all is held."), **said)) as load:
        load.put([("a", "a.csv:2", Content((ADA, BODY)))])
        load.commit({"read": 1})
    erase(ledger, ["person:ada"], **REASON)
    [left] = [header.card for header in ledger.headers() if header.source == "ref:a"]
    assert left == Card("ref:a", gaps=("Not all is held.",), **(said | dict.fromkeys(said, "erased")))


def test_a_watch_loses_its_rows_on_the_person_and_one_that_asks_for_the_person_goes(
    say: Sayings, ledger: Ledger
) -> None:
    say.load({"a": Content((ADA,))})
    rows = tuple(SeenRow(key, {"name": name}) for key, name in (("person:ada", "Ada Example"), ("person:b", "Bea")))
    watch = Watch("T. Tester", "chairs", "chairs", {"body": "org:osce"}, "2026-05-01", "2026-05-01", seen=rows)
    add_watch(ledger, watch)
    add_watch(ledger, msgspec.structs.replace(watch, name="posts", parameters={"person": "person:ada"}))
    add_watch(ledger, msgspec.structs.replace(watch, name="others", seen=rows[1:]))
    assert erase(ledger, ["person:ada"], **REASON).watches == 2
    assert {kept.name: kept.seen for kept in watches(ledger)} == {"chairs": rows[1:], "others": rows[1:]}


def test_a_text_on_somebody_else_that_mentions_the_person_is_told(say: Sayings, ledger: Ledger) -> None:
    meeting = NodeStatement("Engagement", "engagement:e", {"name": "Tea with Ada Example"})
    say.load({"a": Content((ADA,)), "m": Content((meeting,))})
    assert texts_left(ledger, erase(ledger, ["person:ada"], **REASON)) == [("ref:a", "m")]


@pytest.mark.parametrize(
    ("mail", "is_theirs"),
    [
        ("ada.example@office.example.org", True),
        ("example-ada@office.example.org", True),
        ("adaexample@office.example.org", True),
        ("ada@office.test", True),
        ("head@office.example.org", False),
    ],
)
def test_an_address_of_a_post_under_the_name_of_who_held_it_is_the_persons_own(
    say: Sayings, ledger: Ledger, mail: str, *, is_theirs: bool
) -> None:
    channel = NodeStatement("ContactPoint", "contact:p", {"name": "mail", "channel": {"kind": "email", "value": mail}})
    reached = EdgeStatement("REACHED_AT", "post:p", "contact:p")
    say.load({"a": Content((ADA, IN_OFFICE)), "c": Content((channel, reached))})
    assert own_channels(ledger, ["person:ada"]) == ({"contact:p"} if is_theirs else set())
    assert own_channels(ledger, ["person:bea"]) == set()
    erase(ledger, ["person:ada"], **REASON)
    left = "".join(str(version.content) for row in ledger.rows_after(0) for version in row)
    assert (mail in left) != is_theirs


def test_an_address_that_is_listed_with_who_holds_the_post_is_the_persons_own(say: Sayings, ledger: Ledger) -> None:
    mail = {"kind": "email", "value": "head@office.example.org"}
    channel, reached = (
        NodeStatement("ContactPoint", "contact:p", {"channel": mail}),
        EdgeStatement("REACHED_AT", "post:p", "contact:p"),
    )
    say.load({"a": Content((ADA, IN_OFFICE, channel, reached))})
    assert own_channels(ledger, ["person:ada"]) == {"contact:p"}
    say.load({"a": Content((ADA, IN_OFFICE, channel, reached)), "b": Content((channel, reached))})
    assert own_channels(ledger, ["person:ada"]) == set()


def test_a_hold_keeps_everything_and_the_reason_holds_no_name(say: Sayings, ledger: Ledger) -> None:
    say.load({"a": Content((ADA,))})
    enter_hold(ledger, ["person:ada"], kind="hold", authority="Ref 0", by="T. Tester")
    with pytest.raises(Denied, match="hold: Ref 0"):
        erase(ledger, ["person:ada"], **REASON)
    assert release(ledger, ["person:ada"], kind="hold", authority="Ref 0", by="T. Tester") == 1
    with pytest.raises(UsageError, match="names the person"):
        erase(ledger, ["person:ada"], by="T. Tester", authority="for Ada Example")
    assert [row[-1].content for row in ledger.rows_of("ref:a")] == [Content((ADA,))]


def test_who_was_erased_is_known_by_id_and_name_also_after_a_restore(
    say: Sayings, ledger: Ledger, tmp_path: Path, clock: Clock
) -> None:
    say.load({"a": Content((ADA,))})
    erase(ledger, ["person:ada"], **REASON)
    dump(ledger, tmp_path / "dump")
    with Ledger.open(tmp_path / "other.sqlite", clock=clock) as other:
        restore(other, tmp_path / "dump")
        for one in (ledger, other):
            erased = RegisteredPeople.of(one, "erased")
            assert erased.named_in(Content((IN_OFFICE,))) == {"person:ada"}
            assert erased.named_in(Content((NodeStatement("Person", "person:x", {"name": "ADA  Example"}),)))
            assert erased.named_in(Content((BODY,))) == set()
    assert HOLDS.marking == 2


def test_the_freed_pages_are_given_back(say: Sayings, ledger: Ledger) -> None:
    say.load({"a": Content((ADA,))})
    erase(ledger, ["person:ada"], **REASON)
    assert wiped(ledger)
