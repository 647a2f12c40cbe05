"""Columns of their own for title and organization: an organization is never parted, and what is private never read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.address_words import is_private
from iga.ingest.formats.format_registry import CardWords, format_named
from iga.ingest.loading import Surroundings, load
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock

Loaded = Callable[[str], tuple[LoadReport, list[NodeStatement]]]
HEADER = "Name,Title,Organization,Country,E-mail,Notes\n"


@pytest.fixture
def loaded(ledger: Ledger, tmp_path: Path) -> Loaded:
    """Give a function that loads a contact list and gives the report and the nodes that its rows state."""

    def one(text: str) -> tuple[LoadReport, list[NodeStatement]]:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        feed = format_named("contact-list").feed([path], CardWords())
        report = load(ledger, feed, [path], surroundings=Surroundings(clock, trusts_names=True))
        contents = [row[-1].content for row in ledger.rows_of(feed.card.source)]
        return report, [one for it in contents for one in it.statements if isinstance(one, NodeStatement)]

    return one


def names(nodes: list[NodeStatement], *classes: str) -> list[object]:
    return [node.values["name"] for node in nodes if node.cls in classes]


@pytest.mark.parametrize(
    ("organization", "cls"),
    [
        ("Example Works International, Inc.", "Company"),
        ("University of Examples, Springfield", "AcademicInstitution"),
        ("Relief, Rescue and Return", "Organization"),
        ("Example Partners, S.A.", "Company"),
        ("Centre for Examples - Research / Policy", "Organization"),
        ("Women at the Table of Examples", "Organization"),
    ],
)
def test_an_organization_is_never_parted(loaded: Loaded, organization: str, cls: str) -> None:
    _, nodes = loaded(HEADER + f'Ada Example,Director,"{organization}",,ada@works.example.org,\n')
    assert names(nodes, "Company", "AcademicInstitution", "Organization", "PublicBody") == [organization]
    assert names(nodes, "Post") == ["Director"]
    assert {node.cls for node in nodes} >= {cls}


@pytest.mark.parametrize("blank", ["-", "???", "—"])
def test_a_dash_or_question_mark_names_nothing(loaded: Loaded, blank: str) -> None:
    report, nodes = loaded(
        HEADER
        + f"Ada Okafor,Director,{blank},{blank},a@example.org,\n"
        + f"Kofi Mensah,{blank},OSCE,{blank},k@example.org,\n"
    )
    assert (report.new, report.rejected) == (2, 0)
    assert sorted(map(str, names(nodes, "Post", "Organization", "Government"))) == ["Contact", "Director"]


def test_the_government_behind_a_ministry_says_whose_it_is(loaded: Loaded) -> None:
    _, nodes = loaded(HEADER + 'Ada Example,Director,"Ministry of Examples, Ghana",,ada@moe.example.org,\n')
    [body] = [node for node in nodes if node.cls == "PublicBody"]
    assert (body.id, body.values["government"]) == ("named:body:gha-ministry-of-examples", "gov:gha")


def test_a_legal_form_stays_with_its_name_beside_a_title(loaded: Loaded) -> None:
    text = (
        'Name,Title/Organization,E-mail\nAda Example,"Programme Officer, Example Works Group, L.L.C.",a@x.example.org\n'
    )
    _, nodes = loaded(text)
    assert names(nodes, "Company") == ["Example Works Group, L.L.C."]
    assert names(nodes, "Post") == ["Programme Officer"]


def test_a_department_beside_its_organization_tells_the_post_apart(loaded: Loaded) -> None:
    text = (
        "Name,Title,Organization,Department,E-mail\nAda Example,Head,Example Relief,Child Protection,a@x.example.org\n"
    )
    _, nodes = loaded(text)
    assert names(nodes, "Organization") == ["Example Relief"]
    assert names(nodes, "Post") == ["Head, Child Protection"]


def test_a_form_of_address_is_nobodys_post(loaded: Loaded) -> None:
    text = "Title,Name,Position,Organization,E-mail\nH.E.,Ada Example,Head,Example Relief,a@x.example.org\n"
    _, nodes = loaded(text)
    [person] = [node for node in nodes if node.cls == "Person"]
    assert (names(nodes, "Post"), person.values["form_of_address"]) == (["Head"], "H.E.")


def test_what_is_private_is_never_read_and_said(loaded: Loaded) -> None:
    header = "Name,Title,Organization,E-mail,Home Phone,Assistant's Phone,Personal email,Date of birth,Spouse\n"
    row = "Ada Example,Head,Example Relief,a@x.example.org,+1 555 0101,+1 555 0102,ada@gmail.com,1970-01-01,Bo\n"
    report, nodes = loaded(header + row)
    assert [node.values["channel"] for node in nodes if node.cls == "ContactPoint"] == [
        {"kind": "email", "value": "a@x.example.org"}
    ]
    private = "'Home Phone', \"Assistant's Phone\", 'Personal email', 'Date of birth', 'Spouse'"
    assert any(f"private, and never read: the columns {private}" in note for note in report.notes)


def test_what_only_sounds_private_is_read() -> None:
    for heading in (
        "Gender adviser",
        "Partner",
        "Manager",
        "Organization",
        "Child protection focal point",
        "Relationship owner",
        "Family name",
    ):
        assert not is_private(heading), heading
    for heading in (
        "Other E-mail",
        "Manager's Name",
        "Home Address PO Box",
        "Callback number",
        "Given Yomi",
        "Private",
    ):
        assert is_private(heading), heading


def test_the_country_beside_an_embassy_is_where_it_stands_and_its_name_says_whose_it_is(loaded: Loaded) -> None:
    rows = "Ama Example,Counselor,Embassy of Ghana,USA,ama@ghana.example.org,\n"
    rows += "Bo Example,Attaché,Kenyan Embassy,United States,bo@kenya.example.org,\n"
    rows += "Cy Example,Officer,Ministry of Examples,Ghana,cy@moe.example.org,\n"
    rows += "Di Example,Director,International Justice Mission,Ghana,di@ijm.example.org,\n"
    _, nodes = loaded(HEADER + rows)
    places = {node.values["name"]: (node.cls, node.values.get("government"), node.values.get("host")) for node in nodes}
    assert places["Embassy of Ghana"] == ("PublicBody", "gov:gha", "gov:usa")
    assert places["Kenyan Embassy"] == ("PublicBody", "gov:ken", "gov:usa")
    assert places["Ministry of Examples"] == ("PublicBody", "gov:gha", None)
    assert places["International Justice Mission"][0] == "Organization"


def test_an_embassy_of_nobody_knows_whom_is_told(loaded: Loaded) -> None:
    report, nodes = loaded(HEADER + "Ama Example,Counselor,Embassy,Ghana,ama@embassy.example.org,\n")
    [embassy] = [node for node in nodes if node.cls == "PublicBody"]
    assert (embassy.values.get("government"), embassy.values["host"]) == (None, "gov:gha")
    assert any("write it with its government: Embassy of Ghana" in cell.fix for cell in report.unread)
