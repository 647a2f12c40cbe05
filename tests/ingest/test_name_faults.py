"""What stands where a name is expected and is none: the row is rejected, and says what to write."""

from collections.abc import Callable

import pytest

from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping

MAPPING = a_mapping(
    """
row_key: [id]
nodes:
  partner:
    class: Ngo
    id: {template: "ngo:{id|slug}"}
    fields: {name: name, identifiers: [{template: "UEI:{uei}"}]}
  point:
    class: ContactPoint
    when: {column: phone, filled: true}
    id: {template: "contact:{phone|digest}"}
    fields: {channel: {kind: {const: phone}, value: phone}}
"""
)
HEADER = "id,name,uei,phone\n"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("a,N/A,,", "names nobody"),
        ("a,n.a.,,", "names nobody"),
        ("a,see above,,", "names nobody"),
        ("a,TBD,,", "names nobody"),
        ("a,Not specified,,", "names nobody"),
        ("a,None,,", "names nobody"),
        ("a,non précisé,,", "names nobody"),
        ("a,НЕТ,,", "names nobody"),
        ("a,1 250.00,,", "is a number, no name"),
        ("a,#REF!,,", "names nobody"),
        ("a,Grand Total,,", "is the name of a sum, no party"),
        ("a,info@relief.example.org,,", "is an address, no name"),
        ("a,OSCE; UNODC,,", "names several: 'OSCE' and 'UNODC'"),
        ("a,Ghana and Kenya,,", "names several: 'Ghana' and 'Kenya'"),
        ("a,Example Relief,1.23E+11,", "a number that a spreadsheet shortened"),
        ("a,Example Relief,,2.33201E+11", "a number that a spreadsheet shortened"),
    ],
)
def test_a_name_that_is_none_stops_its_row(loads: Callable[..., LoadReport], cells: str, reason: str) -> None:
    report = loads(f"{HEADER}{cells}\nb,Example House,X1,+233 20 123 4567\n", mapping=MAPPING)
    assert (report.new, report.rejected) == (1, 1)
    assert reason in report.rejections[0].reason


def test_a_form_of_address_is_nobodys_post_in_any_mapping(loads: Callable[..., LoadReport]) -> None:
    posts = a_mapping(
        'row_key: [id]\nnodes:\n  post: {class: Post, id: {template: "post:{id|slug}"}, fields: {name: name}}'
    )
    report = loads("id,name\n1,H.E.\n2,Head\n", mapping=posts)
    assert (report.new, report.rejections[0].reason) == (1, "'H.E.' is a form of address, nobody's post")


def test_what_only_breaks_programs_is_a_name(loads: Callable[..., LoadReport]) -> None:
    lines = "".join(f"{n},{name},,\n" for n, name in enumerate(("1E+02", "true", "Null Island", "3+x")))
    assert loads(f"{HEADER}{lines}", mapping=MAPPING).rejected == 0


def test_a_number_with_an_e_in_it_is_none_that_was_shortened(loads: Callable[..., LoadReport]) -> None:
    assert loads(f"{HEADER}a,Example Relief,1E12ABC,\nb,Beta House,1E12,\n", mapping=MAPPING).rejected == 0


@pytest.mark.parametrize(
    "name", ["Total Relief", "Trinidad and Tobago", "3M", "Love146", "Church of Norway, Sweden and All", "N/A Group"]
)
def test_a_name_that_only_sounds_so_is_one(loads: Callable[..., LoadReport], name: str) -> None:
    report = loads(f'{HEADER}a,"{name}",,\n', mapping=MAPPING)
    assert (report.new, report.rejected) == (1, 0)
