import io
import os
import zipfile
from pathlib import Path

import pytest

from iga.exports.writing import being_written, is_unedited, sealed, write_file, write_new_file
from iga.graph.errors import SystemRefused, UsageError


def test_a_file_appears_whole_and_replaces_the_one_before(tmp_path: Path) -> None:
    place = tmp_path / "memo.docx"
    write_file(place, b"one")
    write_file(place, b"two")
    assert place.read_bytes() == b"two"
    assert [*tmp_path.iterdir()] == [place]


def test_a_failed_write_leaves_the_old_file_and_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "memo.docx"
    write_file(place, b"one")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SystemRefused, match="No space left on device"):
        write_file(place, b"two")
    assert place.read_bytes() == b"one"
    assert [*tmp_path.iterdir()] == [place]


def test_a_name_that_another_program_holds_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_part: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(SystemRefused, match="open in another program"):
        write_file(tmp_path / "memo.docx", b"two")
    assert not [*tmp_path.iterdir()]


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        write_file(tmp_path, b"x")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        write_file(tmp_path / "papers" / "memo.docx", b"x")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such device file")
def test_a_device_is_left_alone() -> None:
    with pytest.raises(UsageError, match="not an ordinary file"):
        write_file(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    place, link = tmp_path / "memo.docx", tmp_path / "latest.docx"
    place.write_bytes(b"one")
    link.symlink_to(place)
    for name in (link, tmp_path / "nowhere.docx"):
        if name is not link:
            name.symlink_to(tmp_path / "not-there.docx")
        with pytest.raises(UsageError, match="is a link"):
            write_file(name, b"two")
        assert name.is_symlink()
    assert place.read_bytes() == b"one"
    assert not (tmp_path / "not-there.docx").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_is_put_there_meanwhile_gives_way_to_the_file(tmp_path: Path) -> None:
    place, victim = tmp_path / "memo.docx", tmp_path / "victim"
    victim.write_bytes(b"one")
    with being_written(place) as file:
        file.write(b"two")
        place.symlink_to(victim)
    assert (place.read_bytes(), place.is_symlink(), victim.read_bytes()) == (b"two", False, b"one")


PDF, PAGE = b"%PDF-1.7\n%%EOF\n", b"<!DOCTYPE html>\n"


@pytest.mark.parametrize(("ending", "content"), [("pdf", PDF), ("html", PAGE), ("md", b"# Ghana\n")])
def test_what_somebody_edited_is_left_alone_and_the_file_gets_another_name(
    tmp_path: Path, ending: str, content: bytes
) -> None:
    place = tmp_path / f"memo.{ending}"
    assert write_new_file(place, sealed(content, ending=ending), force=False) == place
    assert write_new_file(place, sealed(content + b"new", ending=ending), force=False) == place  # our own, unedited
    edited = place.read_bytes().replace(b"new", b"mine")
    place.write_bytes(edited)
    assert not is_unedited(place)
    for name in ("memo-2", "memo-3"):
        other = write_new_file(place, sealed(content, ending=ending), force=False)
        assert other.name == f"{name}.{ending}"
        other.write_bytes(b"mine")
    assert place.read_bytes() == edited
    assert write_new_file(place, content, force=True) == place
    assert place.read_bytes() == content


def test_a_package_says_that_it_is_unedited_until_it_is_saved_anew(tmp_path: Path) -> None:
    place = tmp_path / "memo.docx"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("word/document.xml", "<w:p/>")
    place.write_bytes(sealed(packed.getvalue(), ending="docx"))
    assert is_unedited(place)
    with zipfile.ZipFile(place) as package:
        assert package.read("word/document.xml") == b"<w:p/>"
    with zipfile.ZipFile(place, "a") as package:
        package.writestr("word/comments.xml", "<w:comments/>")
    assert not is_unedited(place)


def test_what_another_program_wrote_is_never_taken_for_ours(tmp_path: Path) -> None:
    place = tmp_path / "memo.md"
    for content in (b"", b"# Mine\n", b"iga-sha256:", b"<!-- iga-sha256:" + b"0" * 64 + b" -->\n"):
        place.write_bytes(content)
        assert not is_unedited(place)
