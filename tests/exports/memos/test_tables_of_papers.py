"""The tables of papers: what their cells say is there to be said."""

from importlib.resources import files

from iga.exports.memos.printing import forms


def test_every_cell_that_a_template_words_has_its_macro() -> None:
    worded = [cells.word.split("/") for form in forms().values() for cells in form.columns if "/" in cells.word]
    assert len(worded) > 40
    for template, macro in worded:
        text = files("iga.exports.memos").joinpath("sentences", f"{template}.j2").read_text(encoding="utf-8")
        assert f"macro {macro.replace('-', '_')}(" in text, f"{template}/{macro}"


def test_no_table_is_wider_than_its_page() -> None:
    assert {name: sum(cells.width for cells in form.columns) for name, form in forms().items()} == dict.fromkeys(
        forms(), 100
    )
