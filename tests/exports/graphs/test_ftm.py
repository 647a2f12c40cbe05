"""FollowTheMoney entities: their schemata, and that our own loader reads them back."""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iga.exports.graphs.ftm import ftm_id, write_ftm
from iga.exports.graphs.subgraph import everything
from iga.queries.core.session import Session
from tests.cli.conftest import commands_in
from tests.exports.exported_world import EVIL
from tests.exports.world_fixtures import made
from tests.reading import some

# https://followthemoney.tech/explorer/schemata/ (followthemoney 4.11.2, read 2026-11-25): what each schema must have,
# and where what it names must be.
REQUIRED = {
    "Person": ("name",), "PublicBody": ("name",), "Organization": ("name",), "Company": ("name",),
    "Position": ("name",), "Event": ("name",), "Project": (), "Payment": ("payer", "beneficiary"),
    "Occupancy": ("holder", "post"), "Membership": ("member", "organization"), "ProjectParticipant": (),
    "Succession": ("predecessor", "successor"),
}  # fmt: skip  # read across, like the rows of a table
ORGANIZATIONS = {"PublicBody", "Organization", "Company"}
RANGES = {
    "parent": ORGANIZATIONS | {"Person"}, "organization": ORGANIZATIONS, "holder": {"Person"}, "post": {"Position"},
    "member": ORGANIZATIONS | {"Person"}, "project": {"Project"}, "participant": ORGANIZATIONS | {"Person"},
    "payer": ORGANIZATIONS | {"Person"}, "beneficiary": ORGANIZATIONS | {"Person"},
    "organizer": ORGANIZATIONS | {"Person"}, "involved": ORGANIZATIONS | {"Person"},
}  # fmt: skip  # read across, like the rows of a table
# followthemoney.types.entity: what an id may be where another entity names it
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")


def entities(session: Session) -> tuple[dict[str, Mapping[str, Any]], tuple[str, ...]]:
    file = io.BytesIO()
    written = write_ftm(file, everything(session), made(session))
    read = [json.loads(line) for line in file.getvalue().decode().split("\n") if line]
    return {each["id"]: each for each in read}, written.notes


def test_every_entity_has_what_its_schema_asks_for_and_names_what_is_there(world: Session) -> None:
    found, _ = entities(world)
    for each in some(found.values()):
        assert ID.fullmatch(each["id"])
        assert all(each["properties"].get(name) for name in REQUIRED[each["schema"]]), each
        for name, values in some(each["properties"].items()):
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in RANGES:
                assert {found[value]["schema"] for value in values} <= RANGES[name], (each, name)


def test_a_promise_is_never_made_into_a_payment(world: Session) -> None:
    found, notes = entities(world)
    payments = [each for each in found.values() if each["schema"] == "Payment"]
    assert [each["iga_id"] for each in payments] == ["transaction:paid"]
    assert payments[0]["properties"]["amount"] == ["-1250.5"]
    assert any("Transaction without a payment" in note for note in notes)


def test_a_channel_that_must_not_be_used_is_left_out_and_said(world: Session) -> None:
    found, notes = entities(world)
    assert found["body.desk"]["properties"]["email"] == ["desk@example.org"]
    assert "555 0100" not in json.dumps(list(found.values()))
    assert any("1 channel that bounced or must not be used left out" in note for note in notes)


@pytest.mark.parametrize(("it", "given"), [("gov:gha", "gov.gha"), ("named:ngo:a-b", "named.ngo.a-b")])
def test_an_id_stays_readable_where_it_can(it: str, given: str) -> None:
    assert ftm_id(it) == given


def test_ids_stay_different_and_the_same(world: Session) -> None:
    odd = ["org:a.b", "org:a:b", "org:a_b", "org:a-b", "org:a-b-"]
    assert len({ftm_id(it) for it in odd}) == len(odd)
    assert all(ID.fullmatch(ftm_id(it)) for it in odd)
    assert entities(world) == entities(world)


def test_our_own_loader_reads_it_back(world: Session, tmp_path: Path) -> None:
    file = io.BytesIO()
    write_ftm(file, everything(world), made(world))
    (tmp_path / "back.ftm.json").write_bytes(file.getvalue())
    with commands_in(tmp_path) as iga:
        loaded = iga("load", "back.ftm.json", "--json")
        assert loaded.code == 0, loaded.err
        assert loaded.document["rejected"] == 0
        shown = iga("show", "Focal Point", "--json").document
        ties = {each["type"]: each for each in shown["neighbours"]}
        assert ties["POST_IN"]["shown"][0]["other"]["name"] == "Anti-Trafficking Desk"
        holders = {each["other"]["name"]: each["values"]["period"] for each in ties["HOLDS"]["shown"]}
        assert holders["Ada Okafor, MP; Dr"] == {"start": "2024-09", "end_kind": "open", "end": ""}
        assert holders["Benno Before"] == {"start": "2020-01", "end_kind": "dated", "end": "2024-08"}
        body = iga("show", "Example Organization", "--json").document
        assert {
            each["other"]["name"]
            for group in body["neighbours"]
            if group["type"] == "MEMBER_OF"
            for each in group["shown"]
        } == {"Ghana", "United States", "Quiet House"}
        assert " ".join(EVIL.split()) in {
            " ".join(hit["name"].split()) for hit in iga("find", "HYPERLINK", "--json").document["hits"]
        }
