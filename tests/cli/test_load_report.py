"""What a load prints where there is more than it shows: the first of a list, and how many there are besides."""

from typing import Any

import pytest

from iga.cli.console import Captured
from iga.cli.load_report import print_reports
from iga.ingest.rejections import Rejection
from iga.ingest.reports import LoadReport, NameMatched, UnknownName

CELL = Rejection("p.csv", 2, "mail", "at home", "it is no address", "write a whole address", "IGA-1329")
TOLD = "p.csv:2, column mail ('at home'): it is no address. Write a whole address. [IGA-1329]\n"
NAME = UnknownName(name="Gana", cls="Ngo", rows=2, is_held=False)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"rejected": 21, "rejections": (CELL,) * 21}, "… and 1 more rejected rows"),
        ({"waits": ("PARTY_TO treaty:x: no such treaty",)}, "  Waits: PARTY_TO treaty:x: no such treaty"),
        ({"names_taken": (NameMatched(name="ACME", id="ngo:a", printed="Acme"),)}, "'ACME' was taken for Acme (ngo:a)"),
        ({"names_not_known": (NAME,), "names_not_known_count": 60}, "… and 40 more; --json lists 1"),
        ({"unread": (CELL,) * 21, "unread_count": 21}, "  What could not be read: 21 cells were left out, the rest"),
        ({"unread": (CELL,) * 21, "unread_count": 21}, f"  {TOLD}  … and 1 more\n"),
        (
            {"unread": (CELL,), "unread_count": 1, "unread_file": "p.txt"},
            f"was taken.\n  {TOLD}  All of them are listed in p.txt.",
        ),
    ],
)
def test_what_is_beyond_the_first_of_a_list_is_counted_and_where_it_stands_is_said(
    said: dict[str, Any], shown: str
) -> None:
    kept = Captured()
    print_reports(kept.console(100), [LoadReport(load=1, source="test:p", title="P", **said)])
    assert shown in kept.out.getvalue() + kept.err.getvalue()
