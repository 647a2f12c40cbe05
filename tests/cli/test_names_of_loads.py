"""Names that no table knows: matched with what is on record, kept back, or told as new with the nearest known ones."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Iga

MEMBERS = """
card: {source: "office:members-of-a-test", title: Members of a test}
row_key: [id]
edges:
  - type: MEMBER_OF
    source: {column: country, read: government}
    target: {column: body, read: body, kind: forum}
"""


@pytest.fixture
def known(loaded: Iga, folder: Path) -> Iga:
    """Give the commands of a folder whose graph holds Ghana, Kenya, two partners and a ministry no table knows."""
    put(folder, "bodies.csv", "id,name,government\nbody:gha-examples,Ministry of Examples and Trials,Ghana\n")
    mapping = """
card: {source: "test:bodies", title: Bodies of a test}
row_key: [id]
nodes:
  body:
    class: PublicBody
    id: {column: id, read: id}
    fields: {name: name, government: {column: government, read: government}}
"""
    put(folder, "bodies.yaml", mapping)
    put(folder, "members.yaml", MEMBERS)
    assert loaded("load", "bodies.csv", "--mapping", "bodies.yaml").code == 0
    return loaded


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_a_government_that_nothing_knows_is_kept_back_with_the_nearest_known(known: Iga, folder: Path) -> None:
    put(folder, "m.csv", 'id,country,body\n1,Ghanna,OSCE\n2,"Ghana, Government of",OSCE\n3,GHA,OSCE\n')
    ran = known("load", "m.csv", "--mapping", "members.yaml")
    assert ran.code == 3
    assert "Names not known, 1: those not kept back are new from now on." in ran.out
    assert "'Ghanna', government, 1 row kept back; near it: Ghana (gov:gha)" in ran.out
    assert "m.csv:2, column country ('Ghanna'): no government is known as 'Ghanna'. Write Ghana (gov:gha) if" in ran.err
    assert "Nothing is called" in known("find", "named:gov:ghanna").out


def test_what_is_kept_back_is_taken_where_somebody_says_that_it_is_new(known: Iga, folder: Path) -> None:
    put(folder, "m.csv", "id,country,body\n1,Examplia,OSCE\n")
    assert known("load", "m.csv", "--mapping", "members.yaml").code == 3
    assert known("load", "m.csv", "--mapping", "members.yaml", "--new", "examplia").code == 0
    assert "named:gov:examplia" in known("show", "named:gov:examplia").out


def test_a_name_may_be_rejected_or_taken_as_the_mapping_says(known: Iga, folder: Path) -> None:
    put(folder, "m.csv", "id,country,body\n1,Examplia,Example Process\n")
    rejecting = MEMBERS.replace("kind: forum", "kind: forum, unknown: reject")
    put(folder, "members.yaml", rejecting.replace("read: government", "read: government, unknown: named"))
    ran = known("load", "m.csv", "--mapping", "members.yaml", "--new", "Example Process")
    assert ran.code == 3
    assert "no forum is known as 'Example Process'" in ran.err
    assert "the mapping says `unknown: reject`, so --new does not take it" in ran.err
    taking = MEMBERS.replace("kind: forum", "kind: forum, unknown: named")
    put(folder, "members.yaml", taking.replace("read: government", "read: government, unknown: named"))
    assert known("load", "m.csv", "--mapping", "members.yaml").code == 0


@pytest.mark.parametrize(
    ("told", "codes", "read"),
    [
        ("'CE', which is the FIPS (GEC) code of Sri Lanka. Say `codes: fips`", "CE CH", {"gov:lka", "gov:chn"}),
        ("'QZ', which is the GENC code of Akrotiri. Say `codes: genc`", "QZ XW CH", {"gov:xqz", "gov:xwb", "gov:che"}),
    ],
    ids=["fips", "genc"],
)
def test_a_code_that_iso_has_not_is_told_and_read_where_the_mapping_says_so(
    known: Iga, folder: Path, told: str, codes: str, read: set[str]
) -> None:
    put(folder, "m.csv", f"id,country,body\n1,{codes[:2]},OSCE\n")
    ran = known("load", "m.csv", "--mapping", "members.yaml")
    assert ran.code == 3
    assert told in ran.err
    put(folder, "members.yaml", MEMBERS.replace("read: government", f"read: government, {told.split('`')[1]}"))
    rows = (f"{number},{code},OSCE\n" for number, code in enumerate(codes.split()))
    put(folder, "m.csv", f"id,country,body\n{''.join(rows)}")
    waits = known("load", "m.csv", "--mapping", "members.yaml", "--json").document["waits"]
    assert {text.split()[0] for text in waits} == read


def test_an_organization_spelt_like_a_government_is_kept_back(known: Iga, folder: Path) -> None:
    put(folder, "m.csv", "id,country,body\n1,Ghanna,OSCE\n")
    reading = MEMBERS.replace("read: government", "read: party, kind: organization")
    put(folder, "members.yaml", reading)
    ran = known("load", "m.csv", "--mapping", "members.yaml")
    assert ran.code == 3
    assert "'Ghanna', organization, 1 row kept back; near it: Ghana (gov:gha)" in ran.out


def test_a_party_on_record_is_not_made_a_second_time_by_a_mapping(known: Iga, folder: Path) -> None:
    put(folder, "m.csv", "id,country,body\n1,Ghana,ACME relief\n")
    put(folder, "members.yaml", MEMBERS.replace("read: body, kind: forum", "read: party, kind: ngo"))
    report = known("load", "m.csv", "--mapping", "members.yaml", "--json").document
    assert report["names_not_known_count"] == 0
    assert report["names_taken"] == [{"name": "ACME relief", "id": "ngo:acme", "printed": "Acme Relief"}]
    assert "Ghana" in known("show", "ngo:acme").out


def test_a_contact_list_finds_a_ministry_on_record_and_misspelt_ones_are_told(known: Iga, folder: Path) -> None:
    rows = "Ada Example,Director,Ministry of Examples and Trials,Ghana,ada@moe.example.org,\n"
    rows += "Bo Example,Officer,Ministery of Examples and Trials,Ghana,bo@moe.example.org,\n"
    put(folder, "list.csv", f"Name,Title,Organization,Country,E-mail,Notes\n{rows}")
    report = known("load", "list.csv", "--json").document
    assert [(name["name"], name["near"]) for name in report["names_not_known"]] == [
        ("Ministery of Examples and Trials", ["Ministry of Examples and Trials (body:gha-examples)"])
    ]
    assert "ada@moe.example.org" in known("ask", "contact", "body:gha-examples").out


def test_the_template_for_contacts_finds_a_ministry_on_record(known: Iga, folder: Path) -> None:
    assert known("template", "contacts", "-o", "contacts.xlsx").code == 0
    book = load_workbook(folder / "contacts.xlsx")
    sheet = book["Contacts"]
    place = next(row for row in range(1, 60) if sheet.cell(row, 1).value == "Skip")
    header = {str(cell.value): column for column, cell in enumerate(sheet[place], 1)}
    line = {
        "No.": "1",
        "Person": "Ada Example",
        "Title or post": "Director",
        "Body": "Ministry of Examples and Trials",
        "Kind of body": "public body",
        "Government": "Ghana",
        "E-mails": "ada@moe.example.org",
    }
    row = sheet.max_row + 1
    for name, value in line.items():
        sheet.cell(row, header[name]).value = value
    book.save(folder / "contacts.xlsx")
    ran = known("load", "contacts.xlsx", "--json")
    assert ran.code == 0, ran.err
    report = ran.document
    assert (report["new"], report["names_not_known_count"], report["candidates"]) == (1, 0, 0)
    assert "Director" in known("show", "body:gha-examples").out


def test_the_bundled_sources_are_as_they_were_made(iga: Iga) -> None:
    report = iga("load", "--list", "hotlines", "--json").document
    assert report["loads"][0]["rejected"] == 0


def test_an_agreement_on_record_is_not_made_a_second_time(known: Iga, folder: Path) -> None:
    put(folder, "treaties.csv", "id,title,short\ntreaty:x,Convention on Examples and Trials,Examples Convention\n")
    treaties = """
card: {source: "test:treaties", title: Treaties of a test}
row_key: [id]
nodes:
  treaty: {class: Treaty, id: {column: id, read: id}, fields: {name: title, short_title: short}}
"""
    put(folder, "treaties.yaml", treaties)
    assert known("load", "treaties.csv", "--mapping", "treaties.yaml").code == 0
    put(folder, "parties.csv", "state,convention\nGhana,Examples Convention\nKenya,Convention on Examples and Trials\n")
    parties = """
card: {source: "test:parties", title: Parties of a test}
row_key: [state, convention]
nodes:
  treaty: {class: Treaty, id: {template: "treaty:{convention|slug}"}, fields: {name: convention}}
edges:
  - {type: PARTY_TO, source: {column: state, read: government}, target: {block: treaty}}
"""
    put(folder, "parties.yaml", parties)
    report = known("load", "parties.csv", "--mapping", "parties.yaml", "--json").document
    assert report["names_not_known"] == []
    assert [name["id"] for name in report["names_taken"]] == ["treaty:x"]
    assert "Kenya" in known("show", "treaty:x").out
