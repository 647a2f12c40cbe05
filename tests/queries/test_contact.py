"""Whom to contact, in which order, and what is said where nothing is held."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from graph.ledger.ledger import Ledger
from graph.projection.project import rebuild
from graph.statements import Statement
from graph.stores.door import Store
from graph.stores.embedded_store import EmbeddedStore
from graph.stores.neo4j_store import Neo4jStore
from queries.answer import Answer
from queries.ask import ask
from queries.asking import Asking
from queries.contact_row import ContactRow
from tests.conftest import Neo4jAddress
from tests.queries.world import NOW, TODAY, between, card, edge, node, rows, since

Contact = Callable[..., Answer]


def _bodies() -> Iterable[Statement]:
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO")
    yield node("PublicBody", "body:eso-unit", name="Unit on Trafficking", topics=["trafficking-in-persons"])
    yield edge("PART_OF", "body:eso-unit", "org:eso")
    yield node("PublicBody", "body:old-unit", name="Former Unit")
    yield edge("PART_OF", "body:old-unit", "org:eso", period=between("2001", "2010"))
    yield node("InternationalOrganization", "org:whole", name="Example Family")
    yield edge("PART_OF", "org:eso", "org:whole")
    yield node("PublicBody", "body:mission", name="U.S. Mission to the ESO", body_kind="mission")
    yield node("PublicBody", "body:bureau", name="A Bureau", body_kind="bureau")
    yield edge("COVERS", "body:bureau", "org:eso")
    yield edge("COVERS", "body:mission", "org:eso")
    yield node("Post", "post:desk", name="Desk of Our Side")
    yield edge("OWNS_RELATIONSHIP", "post:desk", "org:eso", standing="primary")
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN")
    yield node("PublicBody", "body:gha-unit", name="Unit of Ghana", government="gov:gha")


def _post(name: str, body: str, **values: object) -> Iterable[Statement]:
    yield node("Post", f"post:{name}", name=name.replace("-", " ").capitalize(), **values)
    yield edge("POST_IN", f"post:{name}", body)


def _channel(owner: str, name: str, value: str, kind: str = "email", **values: object) -> Iterable[Statement]:
    yield node("ContactPoint", f"contact:{name}", channel={"kind": kind, "value": value}, **values)
    yield edge("REACHED_AT", owner, f"contact:{name}")


def _posts() -> Iterable[Statement]:
    yield from _post("child-adviser", "body:eso-unit", role="adviser", topics=["child-trafficking"])
    yield from _channel(
        "post:child-adviser", "child", "child@eso.example", verified_on="2026-03-01", verified_by="J. Doe"
    )
    yield from _post("coordinator", "body:eso-unit", role="coordinator", topics=["trafficking-in-persons"])
    yield from _channel("post:coordinator", "coordinator", "coordinator@eso.example", seen_on=["2018-06"])
    yield edge("HOLDS", "person:ada", "post:coordinator", capacity="acting", period=since("2026-01-01"))
    yield node("Person", "person:ada", name="Ada Example")
    yield from _post("smuggling-adviser", "org:eso", role="adviser", topics=["migrant-smuggling"])
    yield from _post("liaison", "org:eso", role="liaison", topics=["child-trafficking"], vacant_on=["2026-02"])
    yield from _channel(
        "post:liaison", "liaison", "liaison@eso.example", bounced_on="2026-05-02", verified_on="2025-01-01"
    )
    yield edge("HOLDS", "person:ada", "post:liaison", attested_on=["2025-11"])
    yield from _post("former-head", "body:old-unit", role="head", topics=["child-trafficking"])
    yield from _channel("org:eso", "general", "office@eso.example", "phone")
    yield from _channel("org:whole", "whole", "family@eso.example")
    yield from _post("national-coordinator", "body:gha-unit", role="coordinator", topics=["trafficking-in-persons"])
    yield from _channel("post:national-coordinator", "gha", "unit@gha.example", do_not_use="asked to be taken off")


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def contact(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contact]:
    folder = tmp_path_factory.mktemp("contacts")
    store: Store
    if request.param == "embedded":
        store = EmbeddedStore(folder / "store")
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        store = Neo4jStore(address.uri, auth=None if address.password is None else ("neo4j", address.password))
    with (
        closing(store),
        Ledger.open(folder / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as ledger,
    ):
        store.clear()
        for name, said in (("ref:bodies", _bodies()), ("ref:posts", _posts())):
            with ledger.open_load(card(name, name)) as load:
                load.put(rows(f"{name[4:]}.csv", *said))
                load.commit({})
        rebuild(ledger, store, now=NOW)
        asking = Asking.of(store, ledger, today=TODAY)
        yield lambda **parameters: ask(asking, "contact", parameters)


def ways(answer: Answer) -> list[ContactRow]:
    return [row for row in answer.rows if isinstance(row, ContactRow)]


def listed(answer: Answer) -> list[str]:
    return [row.post_name or row.who for row in ways(answer)]


def test_the_order_goes_by_topic_then_place_then_what_is_usable(contact: Contact) -> None:
    assert listed(contact(party="ESO", topic="child trafficking")) == [
        "Child adviser",
        "Coordinator",
        "office mailbox of Example Security Organization",
        "Smuggling adviser",
        "parent body of Example Family",
        "Desk of Our Side",
        "Liaison",
    ]


def test_each_step_of_the_ranking_is_printed(contact: Contact) -> None:
    first, second, *_ = ways(contact(party="ESO", topic="child trafficking"))
    assert first.steps == (
        "topic: exact (child-trafficking)",
        "channel: verified within a year",
        "holder: holder not held",
        "source: rank 20",
    )
    assert second.steps[0] == "topic: broader (trafficking-in-persons)"
    assert second.topic_match == "broader"


def test_freshness_is_said_with_day_and_person(contact: Contact) -> None:
    first, second, *_ = ways(contact(party="ESO", topic="child trafficking"))
    assert first.freshness == "verified 2026-03-01 by J. Doe"
    assert second.freshness == "last seen 2018-06, not verified since"


def test_a_bounced_channel_is_marked_and_never_first(contact: Contact) -> None:
    *_, last = ways(contact(party="ESO", topic="child trafficking"))
    assert (last.post_name, last.usable, last.unusable_because) == ("Liaison", False, "bounced 2026-05-02")


def test_a_bounce_after_the_day_asked_for_does_not_count(contact: Contact) -> None:
    rows_then = ways(contact(party="ESO", topic="child trafficking", as_of="2026-04-01"))
    assert next(row for row in rows_then if row.post_name == "Liaison").usable


def test_acting_and_vacant_are_told_apart(contact: Contact) -> None:
    by_post = {row.post_name: row for row in ways(contact(party="ESO"))}
    assert (by_post["Coordinator"].holder_name, by_post["Coordinator"].holding) == ("Ada Example", "acting")
    assert (by_post["Liaison"].holding, by_post["Liaison"].holder_seen_on) == ("vacant", "2026-02")


def test_the_route_goes_through_the_mission_before_a_bureau(contact: Contact) -> None:
    answer = contact(party="ESO", topic="child trafficking")
    assert {row.route_name for row in ways(answer)} == {"U.S. Mission to the ESO"}
    assert "Go through U.S. Mission to the ESO" in answer.answer


def test_a_part_that_is_over_offers_no_posts(contact: Contact) -> None:
    assert "Former head" not in listed(contact(party="ESO"))
    assert "Former head" in listed(contact(party="ESO", as_of="2005"))


def test_a_role_leaves_only_its_posts_and_the_way_around(contact: Contact) -> None:
    assert listed(contact(party="ESO", role="coordinator"))[:2] == [
        "Coordinator",
        "office mailbox of Example Security Organization",
    ]


def test_a_role_that_no_post_has_is_said_first(contact: Contact) -> None:
    first, *_ = ways(contact(party="ESO", role="rapporteur"))
    assert (first.rank, first.place) == (0, "nothing")
    assert first.reason == "no post with the role 'rapporteur' is held for Example Security Organization"


def test_several_parties_give_one_row_each_and_empty_rows_say_why(contact: Contact) -> None:
    answer = contact(party=["ESO", "KEN", "Ghana"], role="coordinator")
    assert [(row.name, row.iso3, row.rank) for row in ways(answer)] == [
        ("Example Security Organization", None, 1),
        ("Kenya", "KEN", 0),
        ("Ghana", "GHA", 0),
    ]
    assert ways(answer)[1].reason == "no post with the role 'coordinator' is held for Kenya"
    assert ways(answer)[2].reason == "no usable contact is held for Ghana: do not use: asked to be taken off"
    assert answer.answer.endswith("a way is held for 1 of 3 parties; nothing usable for Kenya and Ghana")


def test_a_person_is_reached_through_the_posts_held(contact: Contact) -> None:
    assert listed(contact(party="person:ada"))[0] == "Coordinator"


def test_what_is_old_or_uncertain_about_the_best_way_is_a_caveat(contact: Contact) -> None:
    doubts = {caveat.text for caveat in contact(party="ESO", topic="smuggling").caveats}
    never = "never verified, and no day on which it was seen is held"
    assert f"Not verified within a year: Example Security Organization ({never})." in doubts
    doubts = {caveat.text for caveat in contact(party="ESO", topic="child trafficking").caveats}
    assert "Holder not certain: Child adviser (nobody is held as its holder)." in doubts


def test_every_row_with_a_way_names_its_evidence(contact: Contact) -> None:
    answer = contact(party="ESO", topic="child trafficking")
    assert all(row.evidence for row in answer.rows)
    assert {number for row in answer.rows for number in row.evidence} == set(answer.evidence)
