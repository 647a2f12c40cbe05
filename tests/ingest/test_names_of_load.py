"""Names that no table knows, where no graph answers: governments are kept back, the others told with what is near."""

from collections.abc import Callable

import pytest

from iga.graph.domain.catalog import NODE
from iga.ingest.loading import LoadOptions
from iga.ingest.reports import LoadReport
from iga.ingest.subjects import BODY_CLASSES
from tests.ingest.conftest import a_mapping

PARTIES = a_mapping(
    """
row_key: [id]
edges:
  - {type: MEMBER_OF, source: {column: who, read: party, kind: organization}, target: {const: "org:osce"}}
"""
)
_MEMBERS = """
row_key: [id]
edges:
  - {type: MEMBER_OF, source: {column: who, read: government}, target: {const: "forum:icat"}}
"""
STATES = a_mapping(_MEMBERS)


def test_a_slip_for_a_government_is_kept_back_however_many_names_came_before_it(
    loads: Callable[..., LoadReport],
) -> None:
    lines = "".join(f"{n},Example Relief {n}\n" for n in range(80))
    report = loads(f"id,who\n{lines}a,Ghanna\nb,Perú\nc,Nigeria\n", mapping=PARTIES)
    assert (report.new, [row.value for row in report.rejections]) == (82, ["Ghanna"])
    assert (report.names_not_known_count, len(report.names_not_known)) == (81, 50)


def test_an_unknown_government_is_kept_back_until_it_is_said_to_be_new(loads: Callable[..., LoadReport]) -> None:
    text = "id,who\na,Ghanna\nb,Examplia\nc,Gambia (the)\n"
    report = loads(text, mapping=STATES)
    assert (report.new, [row.value for row in report.rejections]) == (1, ["Ghanna", "Examplia"])
    assert report.names_not_known[0].near == ("Ghana (gov:gha)",)
    again = loads(text, mapping=STATES, options=LoadOptions(new=("examplia",)))
    assert (again.new, again.unchanged, again.rejected) == (1, 1, 1)


def test_rows_and_names_that_are_kept_back_are_counted_in_the_report(loads: Callable[..., LoadReport]) -> None:
    [name] = loads("id,who\na,Ghanna\nb,Ghanna\n", mapping=STATES).names_not_known
    assert (name.name, name.rows, name.is_held, name.cls) == ("Ghanna", 2, True, "Government")


@pytest.mark.parametrize("kind", [NODE[cls].kind for cls in BODY_CLASSES])
def test_an_unknown_body_of_any_kind_is_kept_back_until_it_is_said_to_be_new(
    loads: Callable[..., LoadReport], kind: str
) -> None:
    text = "id,who\na,Example Board\nb,Exampel Board\nc,OSCE\n"
    reading = a_mapping(_MEMBERS.replace("read: government", f"read: body, kind: {kind}"))
    held = loads(text, mapping=reading)
    assert (held.new, [row.value for row in held.rejections]) == (1, ["Example Board", "Exampel Board"])
    again = loads(text, mapping=reading, options=LoadOptions(new=("example board",)))
    assert (again.new, again.unchanged, again.rejected) == (1, 1, 1)
    named = a_mapping(_MEMBERS.replace("read: government", f"read: body, kind: {kind}, unknown: named"))
    assert loads(text, mapping=named).rejected == 0


def test_a_body_that_its_source_gives_an_id_and_a_partner_are_taken(loads: Callable[..., LoadReport]) -> None:
    bodies = """
row_key: [id]
nodes:
  body: {class: PublicBody, id: {template: "body:{name|slug}"}, fields: {name: name, government: {const: "gov:gha"}}}
"""
    assert loads("id,name\na,Example Board\n", mapping=a_mapping(bodies)).rejected == 0
    assert loads("id,who\na,Example Relief\n", mapping=PARTIES).rejected == 0
