"""The bundled sources on programmes, projects, awards, budgets and partners, and the lists that load when asked for."""

import re
from collections import Counter, defaultdict

import pytest

from iga.ingest import name_tables
from iga.ingest.reference_files import REFERENCE
from tests.ingest.reference.reading_bundled import bundled, named
from tests.reading import some

ON_REQUEST = sorted((REFERENCE / "on_request").glob("*.yaml"))


def test_the_five_kinds_of_programme_are_those_of_the_office_and_others_stand_beside() -> None:
    kinds = {
        edge.source
        for edge in named("programmes").edges("PART_OF")
        if edge.target == "body:us-state-tip-ip" and edge.source.startswith("programme:tip-")
    }
    assert kinds == {
        "programme:tip-bilateral-and-regional",
        "programme:tip-child-protection-compacts",
        "programme:tip-emergency-victim-assistance",
        "programme:tip-global-action-research-and-innovation",
        "programme:tip-training-and-technical-assistance",
    }
    assert {"programme:pems", "programme:unvtf-small-grants"} <= {node.id for node in named("programmes").nodes()}


def test_the_eight_compacts_belong_to_their_programme() -> None:
    under = [edge for edge in named("compacts").edges("UNDER") if edge.target.startswith("programme:")]
    assert len({edge.source for edge in under}) == 8


def test_one_project_in_several_lists_is_one_node_stated_once_by_each() -> None:
    days = defaultdict(list)
    for project in some(named("project_lists").nodes("Project")):
        days[project.id].append(project.stated_on)
        money = project.values["stated_total"]
        assert isinstance(money, dict)
        assert (money["measure"], money["value_date"]) == ("announced", project.stated_on)
    assert len(days) == 11
    assert days["project:tip-unodc-eastern-africa"] == ["2020-01-01", "2021-10-01", "2022-08-01", "2024-01-01"]
    assert "11 of over 100 projects" in named("project_lists").mapping.card.gaps[0]


@pytest.mark.parametrize("name", ["awards", "stated_totals", "budget_lines", "project_lists", "opportunities"])
def test_every_amount_has_a_currency_a_measure_and_a_day_or_says_why_not(name: str) -> None:
    amounts = [
        (value, content.note)
        for content in named(name).said.values()
        for statement in content.statements
        for value in statement.values.values()  # type: ignore[union-attr]  # no judgement is bundled
        if isinstance(value, dict) and "amount" in value
    ]
    for value, note in some(amounts):
        assert value["currency"] == "USD"
        assert value["measure"]
        assert value.get("value_date") or "undated" in note


def test_no_amount_stands_twice_as_something_that_could_be_added() -> None:
    """Amendments of compact awards are contributions already, so they are words on the award."""
    amended = [node for node in named("awards").nodes("Award") if node.values.get("amendments")]
    assert len(amended) == 3
    assert not any("stated_total" in node.values for node in amended)
    assert not named("awards").nodes("Transaction")


def test_projects_of_the_labor_department_name_their_subject() -> None:
    source = named("dol_ilab_projects")
    titles = {row["title"] for row in source.cells}
    assert len(titles) == 216
    assert not [title for title in titles if re.search("trafficking of drugs", title, re.IGNORECASE)]
    without = {node.id for node in source.nodes("Project") if not node.values.get("topics")}
    assert not {title for title in titles if "raffick" in title} & {
        row["title"] for row in source.cells if row["project"] in without
    }


def test_a_name_of_a_partner_means_one_and_finds_it() -> None:
    table = name_tables.partners()
    assert table.resolve("Polaris") == "ngo:polaris"
    assert table.resolve("IJM") == "ngo:international-justice-mission"
    assert table.resolve("Verite") == "ngo:verite"
    assert table.resolve("HOME") is None, "a row of low confidence gives no name to others"
    counted = Counter(
        name_tables.name_key(row["name"])
        for row in named("partners").cells
        if row["class"] != "InternationalOrganization"
    )
    assert set(counted.values()) == {1}


def test_partners_and_bodies_do_not_share_a_name() -> None:
    bodies, partners = name_tables.bodies().names, name_tables.partners().names
    assert {key for key in some(bodies.keys() & partners.keys()) if bodies[key] != partners[key]} == set()


def test_a_committee_of_congress_is_found_by_what_people_call_it() -> None:
    assert name_tables.bodies().resolve("House Foreign Affairs Committee") == "body:us-house-foreign-affairs"
    assert name_tables.bodies().resolve("SFRC") == "body:us-senate-foreign-relations"
    assert name_tables.bodies().resolve("Helsinki Commission") == "body:us-csce"
    assert name_tables.bodies().resolve("CSCE") == "org:osce"


def test_no_list_holds_a_persons_mailbox_or_a_person() -> None:
    folders = ("funding", "partners", "on_request")
    paths = (path for folder in folders for path in (REFERENCE / folder).glob("*.yaml"))
    sources = [bundled(path) for path in some(paths) if path.stem != "congress_subcommittee_seats"]
    assert not [node for source in sources for node in source.nodes("Person")]
    channels = [node.values["channel"] for source in sources for node in source.nodes("ContactPoint")]
    assert all(isinstance(channel, dict) and channel["kind"] == "hotline" for channel in some(channels))


def test_an_unverified_list_never_gives_a_verified_partner_another_class() -> None:
    verified = {node.id: node.cls for node in named("partners").nodes()}
    for path in ON_REQUEST:
        for node in bundled(path).nodes():
            assert verified.get(node.id, node.cls) == node.cls
