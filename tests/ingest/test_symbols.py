import pytest

from iga.ingest.subjects import body_of_symbol, is_draft, resolution_id


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        ("A/RES/74/176", "resolution:a-res-74-176"),
        (" a/res/74/176 ", "resolution:a-res-74-176"),
        ("A/RES/62/223B", "resolution:a-res-62-223-b"),
        ("A/RES/62/223 B", "resolution:a-res-62-223-b"),
        ("A/RES/ES-10/21", "resolution:a-res-es-10-21"),
        ("S/RES/2331 (2016)", "resolution:s-res-2331-2016"),
        ("S/RES/2331(2016)", "resolution:s-res-2331-2016"),
        ("A/RES/740(VIII)", "resolution:a-res-740-viii"),
        ("A/C.3/74/L.12", "resolution:a-c-3-74-l-12"),
        ("MC.DEC/2/03", "resolution:mc-dec-2-03"),
        ("//", ""),
    ],
)
def test_one_text_has_one_id_however_its_symbol_is_printed(symbol: str, expected: str) -> None:
    assert resolution_id(symbol) == expected


def test_a_symbol_names_its_body_only_where_its_series_tells() -> None:
    assert body_of_symbol("A/RES/74/176") == "forum:unga"
    assert body_of_symbol("S/RES/2331 (2016)") == "forum:unsc"
    assert body_of_symbol("A/HRC/RES/53/9") == "forum:hrc"
    assert body_of_symbol("A/C.3/74/L.12") == "forum:unga-third-committee"
    assert body_of_symbol("A/71/L.30") is None


def test_a_draft_is_told_from_what_was_adopted() -> None:
    assert is_draft("A/C.3/74/L.12")
    assert not is_draft("A/RES/74/176")
