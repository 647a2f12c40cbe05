"""Lines of text files: what is no text, and what is half of another encoding, is refused in words."""

from pathlib import Path

import pytest

from iga.graph.errors import FileRefused
from iga.ingest.readers import text_file
from iga.ingest.readers.text_file import text_lines


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there is no such file; check the name"),
        (b"\xef\xbb\xbfa\nb\xff\n", "some of it is in another encoding than the rest; save it again as UTF-8"),
        (b"\xff\xfea", "begins as utf-16 and goes on otherwise; save it again as UTF-8"),
    ],
)
def test_what_cannot_be_read_to_its_end_is_refused(content: bytes | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "x.txt").write_bytes(content)
    with pytest.raises(FileRefused, match=told), text_lines(tmp_path / "x.txt", longest=10):
        pytest.fail("it was opened")


def test_whoever_waits_is_told_how_far_a_long_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_file, "_LINES_BETWEEN_REPORTS", 2)
    (tmp_path / "x.txt").write_text("a\n" * 5, encoding="utf-8")
    reports: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        reports.append((done, total))

    with text_lines(tmp_path / "x.txt", longest=10, progress=tell) as (lines, _):
        assert len(list(lines)) == 5
    assert reports == [(10, 10)] * 2
