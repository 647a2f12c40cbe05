"""Values as somebody types them, and as they are printed to be typed again."""

import pytest

from iga.graph.statements import Value
from iga.ingest.typed_values import subject, typed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "yes"),
        (["a", "b"], "a; b"),
        (7, "7"),
        ({"kind": "email", "value": "a@example.org"}, "email a@example.org"),
        ({"start": "2026-01", "end_kind": "open"}, "2026-01/.."),
        ({"start": "2026-01", "end": "2026-05", "end_kind": "dated"}, "2026-01/2026-05"),
    ],
)
def test_a_value_is_printed_as_it_is_typed(value: Value, text: str) -> None:
    assert typed(value) == text


@pytest.mark.parametrize(("text", "id_"), [("gov:gha", "gov:gha"), ("GHA", "gov:gha"), ("UNODC", "org:unodc")])
def test_a_subject_is_typed_as_id_code_or_name(text: str, id_: str) -> None:
    assert subject(text) == id_
