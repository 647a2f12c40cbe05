"""How papers look by a setting or a file, and the sentences for what cannot be used."""

from pathlib import Path

import pytest

from iga.exports.render.style import SCHEMES, STANDARD, Style, style_of, styled
from iga.graph.errors import SettingsError, UsageError


def test_what_the_environment_leaves_unsaid_stays() -> None:
    assert style_of({}) == STANDARD
    asked = {"IGA_PAPER_FONT": " Courier New ", "IGA_PAPER_SIZE": "12", "IGA_PAPER_MARKING": "cui"}
    assert style_of(asked) == Style("Courier New", text=12, table=9, note=7, scheme=SCHEMES["cui"])
    assert style_of({"IGA_PAPER_SIZE": "8"}) == Style(text=8, table=6, note=6)


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("IGA_PAPER_FONT", " ", "font: ' ' is no name of a typeface, such as Times New Roman"),
        ("IGA_PAPER_SIZE", "large", "text: 'large' is no size in points; write a number from 8 to 24"),
        ("IGA_PAPER_SIZE", "25", "text: '25' is no size in points; write a number from 8 to 24"),
        ("IGA_PAPER_MARKING", "secret", "there is no marking scheme 'secret'; schemes are none, sbu, cui"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(setting: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        style_of({setting: value})
    assert sentence in refused.value.message


def test_a_file_sets_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('font = "Courier New"\nnote = 8.5\nmarking = "none"\n', encoding="utf-8")
    assert styled(tmp_path / "ours.toml", base=STANDARD) == Style("Courier New", note=8.5, scheme=SCHEMES["none"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("font = ", "the style ours.toml cannot be read: "),
        ("colour = 1\nis_final = true", "has colour, is_final; it may have font, marking, note, table, text"),
        ("font = 12", "font: 12 is no name of a typeface"),
        ("text = true", "text: True is no size in points"),
        ("table = [11]", "table: [11] is no size in points; write a number from 6 to 24"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        styled(tmp_path / "ours.toml", base=STANDARD)
    assert sentence in refused.value.message
