"""Files that somebody sent: theirs alone, in a folder that others may not enter, and gone after an hour without use."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from iga.entering.uploads import GOOD_FOR, MOST, Uploads
from iga.graph.errors import NotFound

MINUTE = timedelta(minutes=1)


class Hours:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hours:
    return Hours()


@pytest.fixture
def uploads(clock: Hours, tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "ledger.sqlite.uploads", clock=clock)


def test_a_file_is_its_senders_alone(uploads: Uploads) -> None:
    key = uploads.keep("Ana", "list.csv", b"names")
    file = uploads.of("Ana", key)
    assert (file.name, file.read_bytes(), file.parent.stat().st_mode & 0o077) == ("list.csv", b"names", 0)
    with pytest.raises(NotFound):
        uploads.of("Ben", key)
    assert uploads.of("Ana", key) == file


def test_it_is_gone_an_hour_after_it_was_last_used_though_nobody_asks(uploads: Uploads, clock: Hours) -> None:
    key = uploads.keep("Ana", "list.csv", b"names")
    clock.now += GOOD_FOR - MINUTE
    file: Path = uploads.of("Ana", key)
    clock.now += GOOD_FOR - MINUTE
    uploads.forget_old()
    assert file.exists()
    clock.now += MINUTE
    uploads.forget_old()
    assert not file.parent.exists()
    with pytest.raises(NotFound, match="send it again"):
        uploads.of("Ana", key)


def test_of_many_the_one_longest_left_alone_goes(uploads: Uploads) -> None:
    first, second, *_ = [uploads.keep("Ana", f"{at}.csv", b"") for at in range(MOST)]
    uploads.of("Ana", first)
    uploads.keep("Ana", "more.csv", b"")
    assert uploads.of("Ana", first).exists()
    with pytest.raises(NotFound):
        uploads.of("Ana", second)


def test_it_lies_beside_the_ledger_and_who_asks_after_it_was_destroyed_sends_it_again(
    uploads: Uploads, tmp_path: Path
) -> None:
    key = uploads.keep("Ana", "list.csv", b"names")
    file = uploads.of("Ana", key)
    assert file.is_relative_to(tmp_path / "ledger.sqlite.uploads")
    assert (tmp_path / "ledger.sqlite.uploads").stat().st_mode & 0o077 == 0
    shutil.rmtree(tmp_path / "ledger.sqlite.uploads")
    with pytest.raises(NotFound, match="send it again"):
        uploads.of("Ana", key)
