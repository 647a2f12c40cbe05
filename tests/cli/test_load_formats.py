"""Files of standard formats as a user loads them: recognized, counted, and in the graph."""

from pathlib import Path

import pytest

from iga.ingest.formats.format_registry import format_named
from tests.cli.conftest import Iga


@pytest.mark.parametrize(
    ("name", "file", "look", "shown"),
    [
        ("un-votes", "votes.csv", ("show", "resolution:a-res-99-999"), "adopted by       vote"),
        ("co-sponsors", "list.txt", ("show", "resolution:a-c-3-99-l-99"), "A/C.3/99/L.99"),
        ("ftm", "entities.ftm.json", ("find", "Example Relief"), "Example Relief  organization"),
        ("vcard", "book.vcf", ("ask", "contact", "--party", "Ministry of Example"), "a.okafor@example.org"),
        ("icalendar", "office.ics", ("find", "annual dialogue"), "TBD Sept"),
    ],
)
def test_a_file_is_recognized_loaded_and_found_again(
    iga: Iga, folder: Path, name: str, file: str, look: tuple[str, ...], shown: str
) -> None:
    (folder / file).write_text(format_named(name).example, encoding="utf-8", newline="\n")
    report = iga("load", file, "--json").document
    assert report["rejected"] == 0
    assert report["new"] == report["read"] > 0
    assert f"--format {name}" in report["notes"][0]
    again = iga("load", file, "--format", name, "--json").document
    assert (again["unchanged"], again["data_version"]) == (report["read"], report["data_version"])
    assert shown in iga(*look).out
