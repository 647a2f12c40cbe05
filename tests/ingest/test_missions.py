"""An embassy is that of who sends it, in whatever words its name says so, and never of the country where it stands."""

import csv
from io import StringIO

import pytest

from iga.graph.names.known_words import peoples
from iga.ingest.contact_list.offices import office
from iga.ingest.missions import mission_named
from iga.ingest.name_tables import government_names, governments
from iga.ingest.reference_files import reference_file


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(reference_file(name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("name", "sender", "host"),
    [
        ("Embassy of Ghana", "gov:gha", ""),
        ("Kenyan Embassy", "gov:ken", ""),
        ("Royal Thai Embassy", "gov:tha", ""),
        ("Consulate General of Ghana in New York", "gov:gha", ""),
        ("Permanent Mission of Ghana to the United Nations", "gov:gha", ""),
        ("Ghana's Embassy in Kenya", "gov:gha", "gov:ken"),
        ("U.S. Embassy to Ghana", "gov:usa", "gov:gha"),
        ("Ambassade de France au Ghana", "gov:fra", "gov:gha"),
        ("Trade Office, Embassy of Ghana, Washington", "gov:gha", ""),
        ("Delegation of the European Union to Ghana", "org:eu", "gov:gha"),
        ("Embassy", "", ""),
    ],
)
def test_a_name_says_who_sends_it_and_where_it_stands(name: str, sender: str, host: str) -> None:
    assert mission_named(name) == (sender, host)


@pytest.mark.parametrize("name", ["International Justice Mission", "Ministry of Mission Affairs", "Rescue Mission"])
def test_what_nobody_sends_is_no_mission(name: str) -> None:
    assert mission_named(name) is None


def test_the_embassy_of_every_government_in_every_other_is_its_own() -> None:
    names = [name for name in government_names() if "(" not in name]  # an Embassy of Congo may be one of two
    assert len(names) > 265
    hosts = [*names[1:], names[0]]
    for name, host in zip(names, hosts, strict=True):
        for written in (f"Embassy of {name}", f"Embassy of the {name}", f"{name} Embassy"):
            named = office(body=written, country=host)
            stated = (named.government, named.host, named.kind)
            assert stated == (governments().resolve(name), governments().resolve(host), "body"), written


def test_so_is_the_embassy_of_every_people() -> None:
    one_each = {people: ids[0] for people, ids in peoples().items() if len(ids) == 1}
    assert len(one_each) > 300
    for people, government in one_each.items():
        mission = mission_named(f"{people.title()} Embassy")
        assert mission
        assert mission.sender == government


def test_every_bundled_mission_and_body_belongs_to_the_government_that_its_list_states() -> None:
    missions = [(row["name"], row["government"]) for row in rows_of("foreign_embassies.csv")]
    missions += [(name, "gov:usa") for row in rows_of("us_missions.csv") for name in (row["name"],)]
    named = [(mission, government) for name, government in missions if (mission := mission_named(name))]
    assert len(named) > 400
    assert {(mission, government) for mission, government in named if mission.sender not in ("", government)} == set()
    bodies = [*rows_of("us_bodies.csv"), *rows_of("us_partner_bodies.csv")]
    assert [
        row["name"] for row in bodies if (it := mission_named(row["name"])) and it.sender not in ("", "gov:usa")
    ] == []
