"""What a file is, and what is said of one that is of no format."""

from pathlib import Path

import pytest

from iga.graph.errors import DomainError, FileRefused
from iga.ingest.formats import format_registry
from iga.ingest.formats.format_registry import format_named, head_of, sniffed


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b" \n", "this is an empty file; check that it was saved"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (b'[{"a": 1}]', "this is JSON of no known format; say in a mapping"),
        (b"City,City\nRome,Oslo\n", "this is a table whose heading 'City' stands there twice"),
        (b"Rome\nOslo\n", "this is no table: its lines have but one cell each"),
        (b"City,Colour\nRome,red\n", "of no format that is recognized"),
    ],
)
def test_of_a_file_of_no_format_it_is_said_what_it_is(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        sniffed(tmp_path / "x.txt")
    assert caught.value.message.startswith(f"x.txt: {told}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="there is no such file; check the name"):
        head_of(tmp_path / "none.csv")


def test_a_format_in_the_list_that_its_module_lacks_is_told_to_whoever_lists_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(format_registry._FORMATS, "x", "iga.ingest.formats.vcards:NONE_SUCH")
    with pytest.raises(DomainError, match=r"names NONE_SUCH, which iga\.ingest\.formats\.vcards does not have"):
        format_named("x")
