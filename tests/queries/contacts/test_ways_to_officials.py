"""A way to an official: what is fit for it, our mission by the seat, what stands in for a suspended embassy."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest

from iga.graph.errors import NotFound
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Statement
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.ingest import officer_entries as entries
from iga.ingest.officer_entries import NewContact, Signed
from iga.queries.ask import ask
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer
from iga.queries.core.channels import not_for_officials
from tests.engines import projected
from tests.queries.world import NOW, card, edge, node, rows

Contact = Callable[..., Answer]


def _channel(owner: str, slug: str, kind: str, value: str, **values: object) -> Iterable[Statement]:
    yield node("ContactPoint", f"contact:{slug}", channel={"kind": kind, "value": value}, **values)
    yield edge("REACHED_AT", owner, f"contact:{slug}")


def _world() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("InternationalOrganization", "org:family", name="Family of Organizations", seat="New York")
    yield node("PublicBody", "body:newyork", name="Mission in New York", body_kind="mission", location="New York")
    yield edge("COVERS", "body:newyork", "org:family")
    yield node("Forum", "forum:commission", name="The Commission", seat="Vienna", website="https://commission.example")
    yield node("Treaty", "treaty:convention", name="The Convention")
    yield edge("MANDATES", "treaty:convention", "forum:commission")
    yield node("Treaty", "treaty:protocol", name="The Protocol")
    yield edge("UNDER", "treaty:protocol", "treaty:convention")
    yield node("Treaty", "treaty:pact", name="The Pact")
    yield edge("PART_OF", "forum:commission", "org:family")
    yield node("PublicBody", "body:vienna", name="Mission in Vienna", acronym="MIV", body_kind="mission")
    yield edge("COVERS", "body:vienna", "forum:commission", manner="by its seat")
    yield node("Government", "gov:nga", name="Nigeria", iso3="NGA", capital="Abuja")
    yield node("PublicBody", "body:abuja", name="Embassy Abuja", body_kind="embassy", status="open")
    yield edge("COVERS", "body:abuja", "gov:nga", manner="resident")
    yield node("InternationalOrganization", "org:west", name="West Community", seat="Abuja")
    yield node("PublicBody", "body:agency", name="The Agency", government="gov:nga", body_kind="agency")
    yield edge("COVERS", "body:agency", "topic:trafficking-in-persons", attested_on=["2018-03-31"])
    yield node("Topic", "topic:trafficking-in-persons", name="Trafficking in persons")
    yield node("PublicBody", "body:line", name="The Help Unit", government="gov:nga")
    yield from _channel("body:line", "line", "hotline", "627", seen_on=["2026-05"])
    yield node("PublicBody", "body:embassy-nga", name="Embassy in Washington", government="gov:nga")
    yield from _channel("body:embassy-nga", "visas", "email", "nigeriavisa@nga.example", purpose="visa enquiries")
    yield from _channel("body:embassy-nga", "embassy", "email", "office@nga.example", seen_on=["2026-01"])
    yield node("Government", "gov:afg", name="Afghanistan", iso3="AFG", capital="Kabul")
    yield node(
        "PublicBody",
        "body:kabul",
        name="Embassy Kabul",
        body_kind="embassy",
        status="suspended",
        meanwhile="works from Doha, Qatar",
    )
    yield edge("COVERS", "body:kabul", "gov:afg", attested_on=["2026-01-22"])
    yield node("PublicBody", "body:desk", name="The Desk", government="gov:afg")
    yield from _channel("body:desk", "press", "email", "press@desk.example")
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN", capital="Nairobi")
    yield node("PublicBody", "body:ken-desk", name="Desk", government="gov:ken")
    yield from _channel("body:ken-desk", "ken", "email", "desk@ken.example", seen_on=["2019"], topics=["prevention"])
    yield node("PublicBody", "body:ken-embassy", name="Embassy of Kenya", government="gov:ken", body_kind="embassy")
    yield from _channel("body:ken-embassy", "ken-embassy", "email", "office@embassy.example", seen_on=["2026-05"])
    yield node("Post", "post:ken", name="Labor Officer", topics=["forced-labor"])
    yield edge("POST_IN", "post:ken", "body:ken-desk")
    yield node("Forum", "forum:twins", name="Twin Office")
    for twin in ("post:twin-one", "post:twin-two"):  # two desks behind one mailbox
        yield node("Post", twin, name="Desk")
        yield edge("POST_IN", twin, "forum:twins")
        yield from _channel(twin, twin.partition(":")[2], "email", "both@twins.example")
    yield node("InternationalOrganization", "org:old", name="Old Pages Organization")
    yield node("PublicBody", "body:secretariat", name="The Secretariat")
    yield edge("PART_OF", "body:secretariat", "org:old")
    yield from _channel("body:secretariat", "page", "email", "page@old.example", topics=["child-trafficking"])
    yield node("Forum", "forum:served", name="The Experts")
    yield edge("PART_OF", "forum:served", "org:old")
    yield edge("REACHED_AT", "forum:served", "contact:page")


@pytest.fixture(scope="module")
def contact(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contact]:
    folder = tmp_path_factory.mktemp("officials")
    with (
        closing(EmbeddedStore(folder / "store")) as store,
        Ledger.open(folder / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC)) as ledger,
    ):
        with ledger.open_load(card("ref:world", "World")) as load:
            load.put(rows("world.csv", *_world()))
            load.commit({})
        signed = Signed(by="J. Example", on="2026-05-01")
        new = NewContact(of="org:old", fields={"channel": "phone +1 555 0100"})
        entry = entries.contact(new, signed=signed, fresh=lambda: "x")
        entries.enter_all(ledger, [("entry", entry)], signed=signed)
        session = projected(ledger, store, now=NOW)
        yield lambda **parameters: ask(session, "contact", parameters)


def said(answer: Answer) -> dict[str, str]:
    return {clause.id: clause.text for clause in answer.clauses}


def ways(answer: Answer) -> list[ContactRow]:
    return [row for row in answer.rows if isinstance(row, ContactRow)]


@pytest.mark.parametrize(
    ("channel", "serves"),
    [
        ({"channel_kind": "hotline", "channel_value": "627"}, "hotline"),
        ({"channel_kind": "email", "channel_value": "ACSBogota@state.example"}, "citizen services"),
        ({"channel_kind": "email", "channel_value": "consular@x.example"}, "consular services"),
        ({"channel_kind": "email", "channel_value": "press.desk@x.example"}, "press"),
        ({"channel_kind": "phone", "channel_value": "1", "purpose": "toll-free tip line"}, "hotline"),
        ({"channel_kind": "email", "channel_value": "press@x.example", "purpose": "for governments"}, None),
        ({"channel_kind": "email", "channel_value": "pressman@x.example"}, None),
        ({"channel_kind": "email", "channel_value": "office@visa.example"}, None),
        ({"channel_kind": "website", "channel_value": "https://x.example/press"}, None),
        ({}, None),
    ],
)
def test_what_a_channel_is_for_is_read_from_its_kind_its_purpose_or_its_address(
    channel: dict[str, str], serves: str | None
) -> None:
    assert not_for_officials(channel) == serves


def test_a_hotline_and_a_visa_address_are_never_the_way_and_it_is_said_why(contact: Contact) -> None:
    answer = contact(party="Nigeria")
    assert answer.headline.startswith("Write to ")
    assert "office@nga.example, seen in 2026-01, not verified." in answer.headline
    first, *_ = ways(answer)
    assert [(other.value, other.unusable_because) for other in first.further] == [
        ("nigeriavisa@nga.example", "not for officials: visas")
    ]
    [line] = [row for row in ways(answer) if row.channel_value == "627"]
    assert (line.usable, line.not_for_officials) == (False, "hotline")
    assert said(answer)["unfit"] == "Not for officials: 627 (hotline)."


def test_where_all_there_is_is_not_for_officials_no_way_is_given(contact: Contact) -> None:
    assert said(contact(party="Afghanistan"))["no-way"] == (
        "Not confirmed: no contact of Afghanistan on file may be used (not for officials: press); "
        "go through Embassy Kabul."
    )


def test_what_failed_is_not_told_as_what_to_try_next(contact: Contact) -> None:
    answer = contact(party="forum:twins")
    assert len(ways(answer)) == 2
    assert answer.answer.count("both@twins.example") == 1


def test_our_mission_is_that_of_the_seat_with_the_reason(contact: Contact) -> None:
    answer = contact(party="The Commission")
    assert answer.headline.endswith("; go through MIV, because The Commission sits in Vienna.")
    [row] = ways(answer)
    assert (row.route, row.route_reason) == ("body:vienna", "because The Commission sits in Vienna")
    assert contact(party="West Community").headline == (
        "Not confirmed: no address of West Community is on file; go through Embassy Abuja, "
        "because West Community sits in Abuja."
    )
    assert said(contact(party="Nigeria"))["through"] == "Go through Embassy Abuja."


def test_a_suspended_embassy_says_so_and_what_stands_in_for_it(contact: Contact) -> None:
    answer = contact(party="Afghanistan")
    assert said(answer)["suspended"] == "Embassy Kabul: suspended, works from Doha, Qatar (listed 2026-01-22)."
    assert (ways(answer)[0].route_status, ways(answer)[0].route_listed_on) == ("suspended", "2026-01-22")


def test_a_national_body_without_a_channel_is_offered_with_its_day(contact: Contact) -> None:
    answer = contact(party="Nigeria")
    assert said(answer)["national"] == (
        "Against trafficking it has The Agency (named 2018-03-31); we have no channel on file."
    )
    assert [(row.body, row.listed_on) for row in ways(answer) if row.place == "national body"] == [
        ("body:agency", "2018-03-31")
    ]


def test_what_an_officer_entered_comes_before_a_public_page_that_is_no_newer(contact: Contact) -> None:
    answer = contact(party="Old Pages Organization", topic="child trafficking")
    assert answer.headline == "Call Old Pages Organization: +1 555 0100, seen on 2026-05-01, not verified."


def test_a_mailbox_is_found_from_the_body_it_serves_and_listed_once(contact: Contact) -> None:
    assert ways(contact(party="The Experts"))[0].channel_value == "page@old.example"
    mailboxes = [row.body for row in ways(contact(party="Old Pages Organization")) if row.channel_kind == "email"]
    assert mailboxes == ["body:secretariat"]


def test_an_agreement_stands_for_the_body_it_set_up_and_one_without_is_refused(contact: Contact) -> None:
    for name in ("The Convention", "The Protocol"):
        answer = contact(party=name)
        assert answer.headline == (
            "Not confirmed: no address of The Commission is on file; go through MIV, "
            "because The Commission sits in Vienna."
        )
        assert said(answer)["page"] == "The page of The Commission is https://commission.example, not yet verified."
    with pytest.raises(NotFound, match="The Pact is an agreement, of which no body is on record"):
        contact(party="The Pact")


def test_somebody_in_the_government_comes_before_its_embassy_and_that_before_nobody(contact: Contact) -> None:
    answer = contact(party="Kenya", topic="forced labor")
    assert [row.channel_value for row in ways(answer)][:3] == ["desk@ken.example", "office@embassy.example", None]
