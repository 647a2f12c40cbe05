"""Popolo: memberships are joined with the people, posts and organizations they point at; nothing is left behind."""

import json
from typing import Any

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import UsageError
from tests.ingest.formats.conftest import Loads

DOCUMENT: dict[str, Any] = {
    "persons": [
        {
            "id": "uuid-1", "name": "Ada Okafor", "family_name": "Okafor", "email": "ada@home.example.org",
            "birth_date": "1970-01-01", "gender": "female",
            "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}, {"scheme": "x", "identifier": "2"}],
        },
        {"id": "uuid-2", "name": "Kofi Mensah"},
    ],
    "organizations": [
        {"id": "legislature", "name": "House of Representatives", "classification": "legislature"},
        {"id": "party/labour", "name": "Labour", "classification": "party"},
        {
            "id": "ministry", "name": "Ministry of Examples",
            "contact_details": [
                {"type": "email", "value": "desk@gov.example.org"}, {"type": "voice", "value": "+1 555 0100"},
            ],
        },
    ],
    "posts": [{"id": "minister", "label": "Minister of Examples", "organization_id": "ministry"}],
    "areas": [{"id": "area/north", "name": "North"}],
    "events": [{"id": "term/3", "start_date": "2031-01-01", "end_date": "2034-12-31"}],
    "memberships": [
        {
            "person_id": "uuid-1", "organization_id": "legislature", "role": "member", "area_id": "area/north",
            "legislative_period_id": "term/3", "on_behalf_of_id": "party/labour",
        },
        {"person_id": "uuid-1", "post_id": "minister", "organization_id": "ministry", "start_date": "2032-02"},
    ],
}  # fmt: skip  # a document is read object by object


def test_who_sits_where_is_read_with_terms_and_offices(loads: Loads) -> None:
    loaded = loads(json.dumps(DOCUMENT), name="examplia.json")
    assert loaded.report.source == "popolo:examplia"
    assert loaded.counts == {"read": 4, "new": 4}
    assert {str(node.values["name"]) for node in loaded.nodes} == {
        "Ada Okafor", "Kofi Mensah", "House of Representatives", "Labour", "Ministry of Examples", "member, North",
        "Minister of Examples", "Ministry of Examples, e-mail", "Ministry of Examples, phone",
    }  # fmt: skip  # names
    terms = {one.target: one.values["period"] for one in loaded.edges if one.type == "HOLDS"}
    assert {target: (term["start"], term["end"]) for target, term in terms.items() if isinstance(term, dict)} == {
        "post:popolo-examplia-legislature-area-north-member": ("2031-01-01", "2034-12-31"),
        "post:popolo-examplia-minister": ("2032-02", ""),
    }
    assert {(one.source, one.target) for one in loaded.edges if one.type == "POST_IN"} == {
        ("post:popolo-examplia-legislature-area-north-member", "organization:popolo-examplia-legislature"),
        ("post:popolo-examplia-minister", "organization:popolo-examplia-ministry"),
    }


def test_people_are_internal_and_nothing_private_is_read(loads: Loads) -> None:
    loaded = loads(json.dumps(DOCUMENT), name="examplia.json")
    people = [node for node in loaded.nodes if node.cls == "Person"]
    assert {node.marking for node in people} == {int(Marking.INTERNAL)}
    assert people[0].values["identifiers"] == ["wikidata:Q1"]
    said = str([(node.values, node.id) for node in loaded.nodes])
    assert not [text for text in ("home.example.org", "1970", "female") if text in said]


def test_one_id_in_two_files_is_two_organizations(loads: Loads) -> None:
    first = loads(json.dumps(DOCUMENT), name="examplia.json")
    second = loads(json.dumps(DOCUMENT), name="samplia.json")
    ids = [{node.id for node in loaded.nodes if node.cls == "Organization"} for loaded in (first, second)]
    assert not ids[0] & ids[1]


def test_two_documents_have_ids_of_their_own_and_are_loaded_apart(loads: Loads) -> None:
    text = json.dumps(DOCUMENT)
    with pytest.raises(UsageError, match="load them one by one"):
        loads(text, text, name="x.json", format_="popolo")
