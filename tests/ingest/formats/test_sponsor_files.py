import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import ClassifiedText
from iga.ingest.formats.sponsor_files import listed_sponsors
from iga.ingest.name_tables import un_names
from tests.ingest.formats.conftest import Loaded, Loads

LIST = """A/C.3/99/L.99
Main sponsor: Peru
Bolivia (Plurinational State of), Ghana*, Korea, Republic of, Bosnia and
Herzegovina, Trinidad and Tobago and Kenya, and later joined by Costa Rica and
Finland (on behalf of the European Union).

A/C.3/99/L.98: Saint Vincent and the Grenadines; Congo: draft resolution
"""


def sponsors(loaded: Loaded) -> list[tuple[str, str, str]]:
    return [(edge.target.removeprefix("resolution:"), edge.source, str(edge.values["role"])) for edge in loaded.edges]


def test_a_running_list_is_taken_apart_and_names_with_commas_stay_whole(loads: Loads) -> None:
    loaded = loads(LIST)
    first, second = "a-c-3-99-l-99", "a-c-3-99-l-98"
    assert set(sponsors(loaded)) == {
        (first, "gov:per", "main"), (first, "gov:bol", "co"), (first, "gov:gha", "co"), (first, "gov:kor", "co"),
        (first, "gov:bih", "co"), (first, "gov:tto", "co"), (first, "gov:ken", "co"),
        (first, "gov:cri", "added later"), (first, "gov:fin", "added later"), (second, "gov:vct", "co"),
        (second, "gov:cog", "co"),
    }  # fmt: skip  # read across, like the rows of a table
    assert [row.note for row in loaded.rows.values() if row.note] == ["on behalf of the European Union"]
    assert {node.values["symbol"] for node in loaded.nodes} == {"A/C.3/99/L.99", "A/C.3/99/L.98"}


def test_a_name_that_is_not_known_or_may_be_two_is_rejected_with_its_line(loads: Loads, tmp_path: Path) -> None:
    loaded = loads("A/C.3/99/L.1\nGhana,\nKenia\nSerbia and Montenegro, Peru\n", name="list.txt")
    assert loaded.counts == {"read": 4, "new": 2, "rejected": 2}
    unknown, two = loaded.report.rejections
    assert (unknown.line, unknown.value) == (3, "Kenia")
    assert "Kenya" in unknown.fix
    assert (two.line, two.value) == (4, "Serbia and Montenegro")
    rejected = (tmp_path / "list.txt.rejected.csv").read_text(encoding="utf-8-sig").replace("Kenia,co", "Kenya,co")
    again = loads(rejected.replace("Serbia and Montenegro,co", "Serbia,co"), name="list.txt.rejected.csv")
    assert again.counts == {"read": 2, "new": 2}


def test_the_table_form_says_the_same(loads: Loads) -> None:
    rows = ('"Korea, Republic of",', "PER,main", "gov:gha,added later")
    table = "symbol,sponsor,role\n" + "".join(f"A/C.3/99/L.1,{row}\n" for row in rows)
    assert [(source, role) for _, source, role in sponsors(loads(table, name="x.csv"))] == [
        ("gov:kor", "co"),
        ("gov:per", "main"),
        ("gov:gha", "added later"),
    ]
    loaded = loads(
        "symbol,sponsor,role\nA/1/L.1,Atlantis,co\nA/1/L.1,Ghana,chair\n,Ghana,co\nA/1/L.1,,co\n", name="y.csv"
    )
    assert [row.column for row in loaded.report.rejections] == ["sponsor", "role", "symbol", "sponsor"]


def test_a_sponsor_named_twice_counts_once_and_never_in_two_roles(loads: Loads) -> None:
    loaded = loads("A/1/L.1\nGhana, Peru, Kenya, Ghana,\nGhana, and later joined by Peru\n")
    assert loaded.counts == {"read": 6, "new": 3, "repeated": 1, "skipped": 1, "rejected": 1}
    assert "as 'co' in file.txt:2" in loaded.report.rejections[0].reason


def test_a_list_under_no_symbol_is_rejected_and_classified_text_stops_the_file(loads: Loads) -> None:
    loaded = loads("Ghana, Kenya, Peru\n\nA/1/L.1\nGhana\n", format_="co-sponsors")
    assert loaded.counts == {"read": 2, "new": 1, "rejected": 1}
    with pytest.raises(ClassifiedText):
        loads("A/1/L.1\nGhana, Kenya, Peru\n(S) and a secret\n", format_="co-sponsors")


@given(
    st.lists(st.sampled_from(sorted(un_names())), min_size=1, max_size=12, unique=True),
    st.sampled_from([", ", "; ", "\n", ",\n"]),
)
def test_any_list_of_un_names_comes_back_as_it_was(names: list[str], separator: str) -> None:
    text = separator.join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] + "."
    found = list(listed_sponsors(text))
    expected = [un_names()[name] for name in names]
    joined = [listed for listed in found if listed.fault]
    if not joined:
        assert [listed.party for listed in found] == expected
    # "Serbia and Montenegro" may be one: then it is rejected, and nothing else
    assert {listed.party for listed in found if listed.party} <= set(expected)


@pytest.mark.shared
def test_the_sponsors_of_the_shared_data_come_back_from_running_text_and_table(loads: Loads, shared: Path) -> None:
    text = (shared / "resolutions" / "resolution_sponsors.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(StringIO(text)))
    loaded = loads(text, name="table.csv")
    assert loaded.counts == {"read": len(rows), "new": len(rows)}
    printed = {it: name for name, it in un_names().items()}
    of_one = [row for row in rows if row["symbol"] == "A/HRC/RES/35/5" and row["role"] == "co"]
    listed = ", ".join(printed[f"gov:{row['iso3'].lower()}"] for row in of_one)
    again = loads(f"A/HRC/RES/35/5\n{listed}\n", name="text.txt")
    assert {edge.source for edge in again.edges} == {f"gov:{row['iso3'].lower()}" for row in of_one}
    assert again.report.rejected == 0
