"""The bundled names, bodies, memberships, treaties and tiers say what their sources say and fit together."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from iga.graph.domain.catalog import EDGE, fits
from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.graph.text import folded
from iga.ingest import name_tables
from iga.ingest.mapping import Mapping, columns_read
from iga.ingest.mapping_file import mapping_of
from iga.ingest.reference_files import REFERENCE, reference_file
from iga.ingest.row_reader import row_reader
from tests.reading import some

OWN = sorted(
    path.stem
    for pattern in ("governments", "bodies", "members_*", "chairs", "treaties", "parties_*", "tip_*")
    for path in REFERENCE.rglob(f"{pattern}.yaml")
)

# what each body or depositary states of itself, by category; the notes of the sources say since when
MEMBERS = {
    "un": {"member": 193, "non-member observer State": 2, "observer": 1},
    "osce": {"participating State": 57, "Partner for Co-operation": 11},
    "coe": {"member": 46, "observer": 6},
    "eu": {"member": 27},
    "ilo": {"member": 187},
    "oas": {"member": 34},
    "asean": {"member": 11},
    "au": {"member": 55},
    "commonwealth": {"member": 56},
    "interpol": {"member": 196},
    "bali": {"member State": 45, "member organization": 4, "observer State": 18},
}
PARTIES = {
    "untoc": 188,
    "palermo": 181,
    "cets197": 48,
    "ilo_c182": 187,
    "ilo_c029": 181,
    "ilo_c105": 176,
    "ilo_p029": 60,
    "ilo_c138": 176,
    "ilo_c188": 14,
    "ilo_c189": 31,
    "ilo_c190": 37,
    "actip": 6,
    "crc": 196,
    "opsc": 178,
    "cedaw": 189,
    "icmw": 58,
    "opac": 172,
    "opic": 50,
    "ilo_further": 1000,
}
TIERS = {
    2015: 187,
    2016: 47,
    2017: 187,
    2018: 187,
    2019: 30,
    2020: 185,
    2021: 188,
    2022: 185,
    2023: 185,
    2024: 185,
    2025: 188,
}
NAME_FIELDS = ("name", "formal_name", "un_name", "name_ar", "name_es", "name_fr", "name_ru", "name_zh", "iso2", "iso3")
AMBIGUOUS_ON_PURPOSE = {"congo", "korea", "virgin islands"}


def lines(name: str) -> list[dict[str, str]]:
    with reference_file(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def mapping(name: str) -> Mapping:
    return mapping_of(reference_file(f"{name}.yaml"))


@cache
def said(name: str) -> dict[str, Content]:
    """Return what each row of a bundled source says, by row key; a refused or repeated row fails."""
    read = row_reader(mapping(name))
    rows: dict[str, Content] = {}
    for line in lines(name):
        row = read({column: cell.strip() for column, cell in line.items()})
        assert row is not None, f"{name}: a row is skipped: {line}"
        assert row[0] not in rows, f"{name}: two rows have the key {row[0]}"
        rows[row[0]] = row[1]
    return rows


def nodes(name: str) -> Iterator[NodeStatement]:
    return (s for row in said(name).values() for s in row.statements if isinstance(s, NodeStatement))


def edges(name: str) -> Iterator[EdgeStatement]:
    return (s for row in said(name).values() for s in row.statements if isinstance(s, EdgeStatement))


@cache
def known() -> dict[str, str]:
    """Return the class of every subject that these sources state, by id."""
    return {node.id: node.cls for name in OWN for node in nodes(name)}


def present(name: str) -> Counter[str]:
    """Return how many memberships that are not over a source holds, by category."""
    return Counter(str(edge.values["category"]) for edge in edges(name) if _period(edge).get("end_kind") != "dated")


def _period(edge: EdgeStatement) -> dict[str, str]:
    period = edge.values.get("period", {})
    assert isinstance(period, dict)
    return period


@pytest.mark.parametrize("name", OWN)
def test_every_mapping_fits_the_domain_and_reads_every_column_of_its_file(name: str) -> None:
    assert columns_read(mapping(name)) | set(mapping(name).ignore) == set(lines(name)[0])


@pytest.mark.parametrize("name", OWN)
def test_every_row_is_taken_and_told_once(name: str) -> None:
    assert len(said(name)) == len(lines(name))


@pytest.mark.parametrize("name", OWN)
def test_every_file_is_utf_8_with_plain_line_ends_and_no_blank_edges(name: str) -> None:
    assert b"\r" not in reference_file(f"{name}.csv").read_bytes()
    assert all(cell == cell.strip() for line in some(lines(name)) for cell in line.values())


@pytest.mark.parametrize("name", OWN)
def test_every_address_of_a_row_is_one(name: str) -> None:
    assert all(row.url.startswith(("http://", "https://")) for row in some(said(name).values()) if row.url)


@pytest.mark.parametrize("name", OWN)
def test_every_card_names_its_licence_and_a_partial_source_names_its_gaps(name: str) -> None:
    card = mapping(name).card
    assert all((card.licence, card.title, card.url))
    assert card.complete or card.gaps


@pytest.mark.parametrize("name", [name for name in OWN if name not in ("governments", "tip_editions")])
def test_every_end_of_an_edge_is_a_bundled_subject_of_a_fitting_class(name: str) -> None:
    for edge in some(edges(name)):
        declared = EDGE[edge.type]
        assert fits(known()[edge.source], declared.source), edge
        assert fits(known()[edge.target], declared.target), edge


def meanings(name: str, fields: tuple[str, ...]) -> dict[str, set[str]]:
    """Return the folded names of a source's nodes that mean more than one of them, with their ids."""
    meant = defaultdict(set)
    for node in nodes(name):
        aliases = node.values.get("aliases", [])
        assert isinstance(aliases, list)
        for text in (*(str(node.values.get(field, "")) for field in fields), *aliases):
            meant[folded(text)].add(node.id)
    return {text: ids for text, ids in meant.items() if text and len(ids) > 1}


def test_no_name_means_two_governments_but_the_few_that_people_use_for_two() -> None:
    assert set(meanings("governments", NAME_FIELDS)) == AMBIGUOUS_ON_PURPOSE


def test_no_name_or_acronym_means_two_bodies() -> None:
    assert not meanings("bodies", ("name", "acronym"))


@pytest.mark.parametrize(
    ("iso3", "name"),
    [
        ("BHS", "The Bahamas"),
        ("KOR", "South Korea"),
        ("PRK", "North Korea"),
        ("MMR", "Burma"),
        ("GMB", "The Gambia"),
        ("CIV", "Côte d'Ivoire"),
        ("COD", "Congo (Kinshasa)"),
        ("COG", "Congo (Brazzaville)"),
        ("VAT", "Holy See"),
        ("XKX", "Kosovo"),
        ("TWN", "Taiwan"),
        ("MAC", "Macau"),
        ("USA", "United States"),
        ("PSE", "West Bank and Gaza Strip"),
        ("SWZ", "Eswatini"),
        ("CZE", "Czechia"),
    ],
)
def test_the_printed_name_is_us_practice_in_natural_order(iso3: str, name: str) -> None:
    assert {line["iso3"]: line["name"] for line in lines("governments")}[iso3] == name


@pytest.mark.parametrize(
    ("written", "government"),
    [
        ("Myanmar", "gov:mmr"),
        ("Korea, South", "gov:kor"),
        ("République de Corée", "gov:kor"),
        ("Bahamas (the)", "gov:bhs"),
        ("Swaziland", "gov:swz"),
        ("Zaire", "gov:cod"),
        ("DRC", "gov:cod"),
        ("Alemania", "gov:deu"),
        ("Китай", "gov:chn"),
        ("肯尼亚", "gov:ken"),
        ("كينيا", "gov:ken"),
        ("Chinese Taipei", "gov:twn"),
        ("Palestine", "gov:pse"),
        ("XKS", "gov:xkx"),
        ("Türkiye", "gov:tur"),
        ("Ivory Coast", "gov:civ"),
        ("Macao", "gov:mac"),
        ("UK", "gov:gbr"),
        ("Gaza", "gov:xgz"),
        ("St. Lucia", "gov:lca"),
        ("Vatican City", "gov:vat"),
        ("Cabo Verde", "gov:cpv"),
        ("XWB", "gov:xwb"),
    ],
)
def test_a_government_is_found_by_what_people_call_it(written: str, government: str) -> None:
    assert name_tables.governments().resolve(written) == government


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("OSCE", "org:osce"),
        ("OSZE", "org:osce"),
        ("European Union", "org:eu"),
        ("Human Rights Council", "forum:hrc"),
        ("CCPCJ", "forum:ccpcj"),
        ("Third Committee", "forum:unga-third-committee"),
        ("Bali Process", "forum:bali-process"),
        ("ODIHR", "org:odihr"),
        ("Council of Europe", "org:coe"),
        ("GRETA", "forum:greta"),
        ("ICAT", "forum:icat"),
        ("International Labour Organization", "org:ilo"),
        ("RSO", "org:bali-rso"),
        ("ISTAC", "council:istac"),
        ("OEA", "org:oas"),
    ],
)
def test_a_body_is_found_by_what_people_call_it(written: str, body: str) -> None:
    assert name_tables.bodies().resolve(written) == body


def test_each_iso_code_stands_for_one_government_and_none_is_lost() -> None:
    codes = Counter(line["iso3"] for line in lines("governments") if line["iso3"])
    assert set(codes.values()) == {1}
    assert len(lines("governments")) == 276
    assert {"TWN", "HKG", "MAC", "XKX", "PSE", "ESH", "VAT"} <= set(codes)


def test_status_is_in_the_words_of_the_us_lists_and_a_dependency_names_its_state() -> None:
    assert Counter(line["status"] for line in lines("governments")) == {
        "independent state": 197,
        "dependency": 70,
        "other": 8,
        "": 1,
    }
    assert all(line["sovereignty"] for line in lines("governments") if line["status"] == "dependency")


@pytest.mark.parametrize("body", MEMBERS)
def test_as_many_members_are_held_as_the_body_states(body: str) -> None:
    held = present(f"members_{body}")
    assert {category: held[category] for category in MEMBERS[body]} == MEMBERS[body]


def test_47_states_sit_on_the_human_rights_council_in_every_year() -> None:
    terms = [_period(edge) for edge in edges("members_hrc")]
    for year in range(2013, 2027):
        assert sum(term["start"] <= f"{year}-01-01" <= term["end"] for term in terms) == 47, year


def test_members_that_left_are_kept_with_their_last_day() -> None:
    left = {
        (name, edge.source): _period(edge)["end"]
        for name in ("members_coe", "members_eu", "members_oas")
        for edge in edges(name)
        if edge.values.get("status") in ("withdrawn", "excluded")
    }
    assert left == {
        ("members_coe", "gov:rus"): "2022-03-16",
        ("members_eu", "gov:gbr"): "2020-01-31",
        ("members_oas", "gov:nic"): "2023-11-19",
    }


def test_what_is_general_knowledge_is_marked_as_uncertain() -> None:
    unsure = [row for row in said("members_bali").values() if "general knowledge" in row.note]
    assert len(unsure) == 24 + 18
    assert {row.confidence for row in unsure} == {"low"}


@pytest.mark.parametrize("treaty", PARTIES)
def test_as_many_parties_are_held_as_the_card_says(treaty: str) -> None:
    assert Counter(edge.values["status"] for edge in edges(f"parties_{treaty}"))["party"] == PARTIES[treaty]


def test_the_european_union_is_a_party_of_its_own() -> None:
    assert "org:eu" in {edge.source for edge in edges("parties_palermo")}


def test_each_edition_holds_as_many_placements_as_it_says() -> None:
    held = Counter(int(str(node.values["year"])) for node in nodes("tip_tiers"))
    assert {year: held[year] for year in TIERS} == TIERS
    for node in some(nodes("tip_editions")):
        assert str(held[int(str(node.values["edition_year"]))]) in str(node.values["coverage_note"])


@pytest.mark.parametrize(
    ("year", "totals"),
    [
        (2017, {"Tier 1": 36, "Tier 2": 80, "Tier 2 Watch List": 45, "Tier 3": 23, "Special Case": 3}),
        (2024, {"Tier 1": 33, "Tier 2": 98, "Tier 2 Watch List": 32, "Tier 3": 21, "Special Case": 1}),
    ],
)
def test_placements_add_up_to_the_published_totals(year: int, totals: dict[str, int]) -> None:
    edition = [node.values for node in nodes("tip_tiers") if node.values["year"] == year]
    assert Counter(values["tier"] for values in edition) == totals


def test_an_assessment_is_stated_on_the_publication_day_of_its_edition() -> None:
    published = {node.values["edition_year"]: node.values["published_on"] for node in nodes("tip_editions")}
    for node in some(nodes("tip_tiers")):
        assert node.stated_on == node.values["published_on"] == published[node.values["year"]]


def originals(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_every_government_of_the_us_list_is_held_under_its_codes(shared: Path) -> None:
    held = {line["genc3"] or line["iso3"]: line for line in lines("governments")}
    for line in some(originals(shared, "countries/us_practice_names.csv")):
        ours = held[line["genc3"] or line["iso3"]]
        assert ours["fips"] == line["fips_gec"].strip()
        assert ours["iso3"] in ("", line["iso3"])


@pytest.mark.shared
def test_every_party_action_equals_the_source(shared: Path) -> None:
    older = originals(shared, "treaties/treaty_status_long.csv")
    newer = originals(shared, "treaties/untc_normlex_2023.csv")
    source = {(line["treaty"].lower(), line["iso3"]): line for line in (*older, *newer)}
    ids = {line["id"]: line["iso3"] for line in lines("governments")}
    treaties = ("untoc", "palermo", "smuggling", "firearms", "cets197", "actip", "opsc", "opac", "ilo_c029", "ilo_c189")
    for treaty in treaties:
        for edge in some(edges(f"parties_{treaty}")):
            line = source.get((treaty, ids.get(edge.source, "EU")))
            if line is None:
                # who a whole table does not name is held as not party
                assert edge.values["status"] == "not party"
                continue
            assert edge.values.get("signed_on", "") == line["signature_date"]
            # the source gives a year without a day in its note alone
            assert edge.values.get("action_on", "") == line["action_date"] or line["note"].startswith("year ")


@pytest.mark.shared
def test_every_tier_equals_the_source(shared: Path) -> None:
    ours = {(line["year"], line["iso3"]): line["tier"] for line in lines("tip_tiers")}
    files = ("tip_tiers.csv", "tier_facts_2026_11.csv")
    source = [line for file in files for line in originals(shared, f"tip_report/{file}")]
    # all that is said of Laos in 2019 is that it was not on Tier 3
    stated = [line for line in source if line["tier"] != "not Tier 3"]
    assert ours == {(line["report_year"], line["iso3"]): line["tier"] for line in stated}
