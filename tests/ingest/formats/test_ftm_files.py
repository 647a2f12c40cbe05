import json
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.errors import ClassifiedText, FileRefused
from iga.ingest.formats.format_registry import CardWords
from tests.ingest.formats.conftest import Loads
from tests.ingest.formats.pages import is_name


def line(it: str, schema: str, **properties: str | list[str]) -> str:
    listed = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return json.dumps({"id": it, "schema": schema, "properties": listed}, ensure_ascii=False)


def written(*lines: str) -> str:
    return "\n".join(lines) + "\n"


PEOPLE = written(
    line(
        "o1",
        "Organization",
        name=["Example Relief", "Ayuda Ejemplo"],
        country="gh",
        leiCode="5299",
        email="x@example.org",
    ),
    line(
        "p1",
        "Person",
        name=["Ada Okafor", "A. Okafor"],
        position="Director",
        birthDate="1970-01-01",
        birthPlace="Examplia",
        nationality="gh",
        passportNumber="X1",
        notes="anything",
        topics="role.pep",
    ),
    line("d1", "Directorship", director="p1", organization="o1", role="Director", startDate="2031-02"),
)


def test_of_people_only_names_and_public_roles_are_read_and_they_are_internal(loads: Loads) -> None:
    loaded = loads(PEOPLE, words=CardWords(marking="public"))
    person = loaded.node("Person")
    assert person.values == {
        "name": "Ada Okafor",
        "aliases": ["A. Okafor"],
        "identifiers": ["FTM:p1"],
        "public_role": "Director",
    }
    assert person.marking == Marking.INTERNAL
    assert "okafor" not in person.id
    held = next(edge for edge in loaded.edges if edge.type == "HOLDS")
    assert held.marking == Marking.INTERNAL
    assert held.values["period"] == {"start": "2031-02", "end_kind": "unknown", "end": ""}
    assert "of 1 people only names and public roles were read" in loaded.told


def test_organizations_keep_names_registers_country_and_internal_contacts(loads: Loads) -> None:
    loaded = loads(PEOPLE)
    assert loaded.card_marking == Marking.INTERNAL
    assert loaded.node("Organization").values == {
        "name": "Example Relief",
        "aliases": ["Ayuda Ejemplo"],
        "identifiers": ["FTM:o1", "XI-LEI:5299"],
        "country": "gov:gha",
    }
    assert loaded.node("ContactPoint").marking == Marking.INTERNAL
    assert loaded.types() == ["HOLDS", "POST_IN", "REACHED_AT"]


def test_each_schema_of_the_map_becomes_what_the_page_says(loads: Loads) -> None:
    loaded = loads(
        written(
            line("b", "PublicBody", name="Ministry of Example", jurisdiction="gh", incorporationDate="2001"),
            line("c", "Company", name="Example Ltd", dissolutionDate="2030-05-01"),
            line("n", "LegalEntity", name="Example Network"),
            line("m", "Position", name="Minister", organization="b"),
            line("p", "Person", name="Ada Okafor"),
            line("h", "Occupancy", holder="p", post="m", startDate="2031", status="current"),
            line("i", "Membership", member="c", organization="n", role="observer"),
            line("j", "Project", name="Shelter", projectId="7", amount="5"),
            line("k", "ProjectParticipant", participant="n", project="j", role="lead"),
            line(
                "q",
                "Payment",
                payer="b",
                beneficiary="n",
                amount="1200.50",
                currency="usd",
                date="2031-01-05",
                project="j",
            ),
            line("s", "Succession", predecessor="c", successor="n"),
            line("w", "Employment", employee="p", employer="n"),
        )
    )
    assert loaded.report.rejected == 0
    assert {node.cls for node in loaded.nodes} == {
        *("PublicBody", "Company", "Organization", "Post", "Person", "Project", "Transaction")
    }
    assert loaded.types() == [
        *("HOLDS", "HOLDS", "IMPLEMENTS", "MEMBER_OF", "POST_IN", "POST_IN", "SUCCEEDED_BY", "UNDER")
    ]
    money = loaded.node("Transaction").values
    assert money["money"] == {
        "amount": "1200.5",
        "currency": "USD",
        "measure": "disbursement",
        "value_date": "2031-01-05",
    }
    held = next(edge for edge in loaded.edges if edge.type == "HOLDS" and edge.values)
    assert held.values["period"] == {"start": "2031", "end_kind": "open", "end": ""}
    assert loaded.node("Company").values["existence"] == {"start": "", "end_kind": "dated", "end": "2030-05-01"}
    assert "Project.amount" in loaded.told


def test_what_has_no_place_is_counted_by_schema_and_private_things_on_principle(loads: Loads) -> None:
    loaded = loads(
        written(
            line("a", "Address", full="Somewhere 1"),
            line("f", "Family", person="p", relative="q"),
            line("s", "Sanction", entity="p"),
            line("v", "Vessel", name="Example"),
            line("d", "Directorship", director="c", organization="c2"),
            line("c", "Company", name="C", country=["gh", "ke"], incorporationDate=["2001-05", "2003"]),
            line("m", "Membership", member="c2", organization="c"),
        )
    )
    assert loaded.counts == {"read": 7, "new": 1, "skipped": 6}
    assert "Address 1, Family 1, Sanction 1, Vessel 1" in loaded.told
    assert "never read on principle: Address 1, Family 1, Sanction 1" in loaded.told
    for left_out in (
        "Directorship (of an organization) 1",
        "Membership (of a company) 1",
        "Company.country",
        "several days",
    ):
        assert left_out in loaded.told


def test_a_reference_that_is_in_no_file_waits_and_files_of_one_load_know_each_other(loads: Loads) -> None:
    tie = line("d1", "Directorship", director="p1", organization="o1")
    alone = loads(tie + "\n", name="x.ftm.json")
    assert "2 references are to entities that were not in the files" in alone.told
    both = loads(line("p1", "Person", name="A") + "\n", line("o1", "Company", name="B") + "\n" + tie, name="x.ftm.json")
    assert "references" not in both.told
    held = next(edge for edge in both.edges if edge.type == "POST_IN")
    assert held.target == both.node("Company").id


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("not json", "not JSON"),
        ('{"id": "x", "id": "y", "schema": "Person", "properties": {}}', "key stands there twice"),
        ('{"id": "x", "schema": "Person", "properties": {"name": ["\\ud800"]}}', "half of a character"),
        ('{"id": "x", "schema": "Person", "properties": {"name": ["a\\u0000b"]}}', "NUL"),
        ('{"id": "x", "schema": "Person", "properties": {"name": [{"id": "y"}]}}', "an entity inside another"),
        ('{"id": "x", "schema": "Person"' + ', "a": [' * 100_000, "not"),
        ('{"id": "", "schema": "Person", "properties": {}}', "no id"),
        ('{"id": "x", "properties": {}}', "no schema"),
        ('["id"]', "no JSON object"),
        ('{"id": NaN}', "no number"),
        (line("x", "Person", name="n" * 5_000_000), "longer than"),
        (line("x", "Payment", payer="a", amount="1", currency="USD"), "no day"),
        (line("x", "Payment", payer="a", date="2031"), "no amount"),
        (line("x", "Payment", payer="a", date="2031", amount="9" * 6000, currency="USD"), "at most 20 digits"),
        (line("x", "Occupancy", holder="a"), "no post"),
        (line("x", "Organization", name="O", parent="x"), "to itself"),
        (line("x", "Occupancy", holder="a", post="b", startDate="2031", endDate="2030"), "lies before the start"),
    ],
)
def test_a_hostile_line_is_rejected_and_the_file_goes_on(loads: Loads, bad: str, said: str) -> None:
    good = line("ok", "Organization", name="Fine")
    loaded = loads(written(good, bad, "", line("ok2", "Organization", name="Fine too")), format_="ftm")
    assert loaded.counts == {"read": 3, "new": 2, "rejected": 1}
    [rejection] = loaded.report.rejections
    assert rejection.line == 2
    assert said in rejection.reason


def test_classified_text_stops_the_file_even_in_what_is_not_read(loads: Loads) -> None:
    with pytest.raises(ClassifiedText):
        loads(written(line("p", "Person", name="A", notes="SECRET//NOFORN")))


def test_a_file_that_is_no_text_is_refused(loads: Loads) -> None:
    with pytest.raises(FileRefused):
        loads(b"PK\x03\x04rest", format_="ftm")


RUNS = count()
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda name: is_name("Organization", name))


def as_entities(organizations: dict[str, str], members: Iterable[tuple[str, str]]) -> str:
    """Write what a graph holds as FollowTheMoney lines."""
    lines = [line(it, "Organization", name=name) for it, name in organizations.items()]
    lines += [line(f"{a}>{b}", "Membership", member=a, organization=b) for a, b in members]
    return written(*lines)


@given(names=st.dictionaries(st.uuids().map(str), NAMES, min_size=2, max_size=6), data=st.data())
def test_what_is_written_as_entities_comes_back(loads: Loads, names: dict[str, str], data: st.DataObject) -> None:
    pairs = [(a, b) for a in names for b in names if a != b]
    members = data.draw(st.sets(st.sampled_from(pairs), max_size=4))
    loaded = loads(as_entities(names, members), words=CardWords(source=f"ftm:run{next(RUNS)}"))
    held: dict[str, Any] = {}
    for node in loaded.nodes:
        [it] = [str(one) for one in node.values["identifiers"]]  # type: ignore[union-attr]
        held[node.id] = (it.removeprefix("FTM:"), node.values["name"])
    assert {it for it, _ in held.values()} == set(names)
    assert {(held[edge.source][0], held[edge.target][0]) for edge in loaded.edges} == members


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["yente_zala_entities.ftm.json", "yente_t1_entities.ftm.json", "nomenklatura_donations.ijson"]
)
def test_the_sample_files_load_whole_and_nothing_private_is_stored(loads: Loads, shared: Path, name: str) -> None:
    text = (shared / "organizations" / "ftm" / name).read_text(encoding="utf-8")
    loaded = loads(text, name=name)
    assert loaded.report.read == len(text.splitlines())
    assert loaded.report.rejected == 0
    private = {
        value
        for entity in map(json.loads, text.splitlines())
        if entity["schema"] == "Person"
        for kind in ("birthDate", "birthPlace", "passportNumber", "idNumber", "taxNumber", "address", "notes")
        for value in entity["properties"].get(kind, ())
    }
    stored = json.dumps([node.values for node in loaded.nodes if node.cls == "Person"], ensure_ascii=False)
    assert bool(private) == (name != "nomenklatura_donations.ijson"), "who gave to whom is all that the donations say"
    assert not [value for value in private if value in stored]


def test_an_end_that_is_several_and_the_country_of_a_post_are_counted_as_left_out(loads: Loads) -> None:
    money = {"amount": "5", "currency": "USD", "date": "2026-01-01"}
    tie = line("d1", "Payment", payer=["p1", "p2"], beneficiary="o1", **money)
    post = line("q1", "Position", name="Director", country="gh")
    told = loads(written(tie, post), name="x.ftm.json").told
    assert "Payment.payer (several) 1" in told
    assert "Position.country 1" in told
