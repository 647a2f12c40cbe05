"""Names that no table knows, where no graph answers: governments are kept back, the others told with what is near."""

from collections.abc import Callable

from ingest.loading import LoadOptions
from ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping

PARTIES = a_mapping(
    """
row_key: [id]
edges:
  - {type: MEMBER_OF, source: {column: who, read: party, kind: organization}, target: {const: "org:osce"}}
"""
)
STATES = a_mapping(
    """
row_key: [id]
edges:
  - {type: MEMBER_OF, source: {column: who, read: government}, target: {const: "org:osce"}}
"""
)


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
