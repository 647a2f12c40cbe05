"""What may be chosen in a column of a workbook that people fill."""

from iga.graph.domain.catalog import NODE
from iga.ingest.column_meanings import choices_of


def test_what_is_yes_or_no_is_chosen_from_the_two() -> None:
    assert choices_of(NODE["Treaty"], "is_binding") == (("yes", "no"), True)
