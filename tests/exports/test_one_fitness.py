"""What `contact` says of a channel, every file says too: over all channels of the data that comes with the program."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from iga.exports.files.address_cards import cards_of_contacts, cards_of_parties
from iga.exports.files.party_file import party_rows
from iga.exports.files.popolo import popolo_of
from iga.exports.graphs.flat import flat_nodes
from iga.exports.graphs.ftm import write_ftm
from iga.exports.graphs.graph_formats import WRITERS
from iga.exports.graphs.subgraph import everything, of_ids
from iga.queries.ask import ask
from iga.queries.contacts.stale_contacts import CHANNELS_HELD
from iga.queries.core.channels import not_for_officials
from iga.queries.core.compiled import Everything
from iga.queries.core.reading import FullEdgeRow
from iga.queries.core.session import Session
from tests.exports.world_fixtures import made

_EVERY = 12
"""Of owners all of whose channels may be used, one of so many is asked about: they are a thousand."""


@pytest.fixture(scope="module")
def channels(bundled: Session) -> list[FullEdgeRow]:
    """Every channel with whom it reaches."""
    return bundled.read(CHANNELS_HELD, Everything())


@pytest.fixture(scope="module")
def in_graph(bundled: Session) -> Mapping[str, str | None]:
    """Why each channel may not be used, by the address, as a file of the whole graph says."""
    points = [node for node in flat_nodes(everything(bundled)) if node["class"] == "ContactPoint"]
    return {str(point["id"]): str(point.get("unusable_because") or "") or None for point in points}


@pytest.fixture(scope="module")
def asked(channels: list[FullEdgeRow], in_graph: Mapping[str, str | None]) -> list[str]:
    """Whom to ask about: everybody with a channel that may not be used, and some of the others."""
    unfit = {edge.subject for edge in channels if in_graph[edge.id]}
    return sorted(unfit) + sorted({edge.subject for edge in channels} - unfit)[::_EVERY]


def _as_contact_says(session: Session, party: str) -> Iterator[tuple[str, str | None]]:
    for row in ask(session, "contact", {"party": party}).model_dump(mode="json", by_alias=True)["rows"]:
        yield row["channel_value"], row["unusable_because"]
        yield from ((way["value"], way["unusable_because"]) for way in row["further"])


@pytest.mark.slow
def test_every_file_and_the_answer_agree_on_which_channels_may_be_used(
    bundled: Session, channels: list[FullEdgeRow], in_graph: Mapping[str, str | None], asked: list[str]
) -> None:
    assert len(asked) > 150
    of_owner: dict[str, dict[str, str | None]] = {}
    for edge in channels:
        of_owner.setdefault(edge.subject, {})[edge.values["channel_value"]] = in_graph[edge.id]
    exported = party_rows(bundled, asked, day=bundled.today).rows
    in_rows = {
        (row["of"], row["channel_value"]): row["unusable_because"] for row in exported if row["part"] == "channel"
    }
    compared = 0
    for party in asked:
        said = dict(_as_contact_says(bundled, party))
        for value, because in of_owner[party].items():
            assert in_rows[party, value] == because
            if value in said:  # of a long answer only the first ways are listed
                assert said[value] == because
                compared += 1
    assert compared > len(asked)


@pytest.mark.slow
def test_no_file_for_address_books_has_a_channel_that_may_not_be_used(
    bundled: Session, channels: list[FullEdgeRow], in_graph: Mapping[str, str | None], asked: list[str]
) -> None:
    fit = {edge.values["channel_value"] for edge in channels if not in_graph[edge.id]}
    unfit = {edge.values["channel_value"] for edge in channels if in_graph[edge.id]} - fit
    assert {"1123"} < unfit
    rows = party_rows(bundled, asked, day=bundled.today).rows
    cards, _ = cards_of_parties(rows)
    document, _ = popolo_of(rows, about={})
    details = [
        one for things in document.values() if isinstance(things, list) for thing in things for one in _details(thing)
    ]
    contacts = [row for party in asked for row in _rows_of(bundled, party)]
    of_answers, _ = cards_of_contacts(contacts)
    written = (
        [channel.value for card in (*cards, *of_answers) for channel in card.channels] + details + _in_ftm(bundled)
    )
    assert len(set(written) & fit) > 300
    assert not set(written) & unfit


def _details(thing: Mapping[str, Any]) -> Iterator[str]:
    yield from (detail["value"] for detail in thing.get("contact_details", ()))
    yield from (link["url"] for link in thing.get("links", ()) if link["note"] != "website")


def _rows_of(session: Session, party: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ask(session, "contact", {"party": party}).model_dump(mode="json")["rows"]
    return [{**row, "marking": "public"} for row in rows if row["rank"]]


def _in_ftm(session: Session) -> list[str]:
    file, part = io.BytesIO(), everything(session)
    write_ftm(file, part, made(session))
    entities = map(json.loads, file.getvalue().splitlines())
    return [value for entity in entities for name in ("email", "phone") for value in entity["properties"].get(name, ())]


BETWEEN = {
    **dict.fromkeys(("graphml", "gexf"), "</node>"),
    **dict.fromkeys(("jsonl", "ftm", "csv"), "\n"),
    "json": "},\n",
    "cypher": "}, {",
}
"""What stands between two things in each file of the graph."""

FOR_VICTIMS = "for victims, not for officials"


def _records(content: bytes, between: str) -> list[str]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read("nodes.csv").decode().split(between)
    return content.decode().split(between)


@pytest.mark.slow
def test_a_hotline_stands_nowhere_without_the_word_that_it_is_for_victims(
    bundled: Session, channels: list[FullEdgeRow]
) -> None:
    hotlines = {
        edge.id: edge.values["channel_value"] for edge in channels if not_for_officials(edge.values) == "hotline"
    }
    owners = sorted({edge.subject for edge in channels if edge.id in hotlines})
    assert len(hotlines) >= 5
    assert BETWEEN.keys() == WRITERS.keys()
    records: list[tuple[str, str]] = []
    for kind, between in BETWEEN.items():
        file, part = io.BytesIO(), of_ids(bundled, [*owners, *hotlines], day=None, what="hotlines", parameters={})
        WRITERS[kind](file, part, made(bundled))
        records += [(kind, record) for record in _records(file.getvalue(), between)]
    records += [("party", json.dumps(row, default=str)) for row in party_rows(bundled, owners, day=bundled.today).rows]
    of_contact = [row for owner in owners for row in ask(bundled, "contact", {"party": owner}).rows]
    stale = ask(bundled, "stale-contacts", {"limit": "1000"}).rows
    records += [(type(row).__name__, row.model_dump_json()) for row in (*of_contact, *stale)]
    shown = [
        (where, id_, record) for where, record in records for id_, value in hotlines.items()
        if id_ in record and value in record
    ]  # fmt: skip  # one condition a line
    assert {id_ for _, id_, _ in shown} == hotlines.keys()
    assert {where for where, _, _ in shown} >= {"graphml", "gexf", "jsonl", "csv", "json", "cypher", "party"}
    assert [(where, id_) for where, id_, record in shown if FOR_VICTIMS not in record] == []
