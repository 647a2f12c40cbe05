"""Whatever happens to a file of these formats, it is loaded, rejected or refused with a sentence."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.errors import InputError
from iga.ingest.classified import looks_classified
from iga.ingest.formats.format_registry import format_named
from tests.ingest.formats.conftest import Loaded, Loads

NAMES = ("un-votes", "co-sponsors", "ftm", "vcard", "icalendar")
WORDS = '\0|\r|\xff\xfe|\xed\xa0\x80|"|\\|;|:|,|=|\n |BEGIN:|END:|[|{'
PIECES = tuple(word.encode("latin-1") for word in WORDS.split("|"))


def outcome(loads: Loads, whole: bytes, name: str) -> Loaded | str:
    """Return what was loaded, or the sentence of the refusal."""
    try:
        return loads(whole, format_=name)
    except InputError as refused:
        return refused.message


@given(
    name=st.sampled_from(NAMES),
    damages=st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(PIECES) | st.binary(max_size=6), st.integers(0, 8)), max_size=6
    ),
)
def test_a_damaged_file_is_counted_or_refused(loads: Loads, name: str, damages: list[tuple[float, bytes, int]]) -> None:
    whole = format_named(name).example.encode()
    for share, piece, gone in damages:
        place = int(share * len(whole))
        whole = whole[:place] + piece + whole[place + gone :]
    found = outcome(loads, whole, name)
    if isinstance(found, str):
        assert len(found) > 20
    else:
        assert found.counts is not None
        assert all(row.reason and row.fix and row.code for row in found.report.rejections)


def test_a_short_row_with_a_byte_of_another_encoding_is_kept_for_correction(loads: Loads) -> None:
    loaded = loads("symbol,state,vote\nA/RES/99/998,Türkiye,Y\n".encode() + b"A/RES/99/998,\x80\n", format_="un-votes")
    assert (loaded.report.new, loaded.report.rejected) == (1, 1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("line", [b"x" * 10_000_000, b"\n" * 50_000, b"," * 2_000_000, b"\xc3" * 200_000])
def test_endless_lines_are_no_harm(loads: Loads, name: str, line: bytes) -> None:
    example = format_named(name).example.encode()
    for whole in (example + line, line + b"\n" + example):
        found = outcome(loads, whole, name)
        assert len(found) < 2_000 if isinstance(found, str) else found.report.read < 20


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "gb18030"])
@pytest.mark.parametrize("name", NAMES)
def test_files_in_other_encodings_are_read_as_they_are_meant(loads: Loads, name: str, codec: str) -> None:
    example = format_named(name).example.replace("Okafor", "Ökafor").replace("Vienna", "Genève")
    loaded = loads(example.encode(codec), format_=name)
    assert loaded.report.rejected == 0
    assert loaded.report.new > 0
    if codec.startswith("utf") and name in ("ftm", "vcard"):
        assert loaded.node("Person").values["name"] == "Ada Ökafor"


@pytest.mark.shared
def test_naughty_strings_go_through_every_format(loads: Loads, shared: Path) -> None:
    naughty = json.loads((shared / "test_inputs" / "naughty_strings" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in naughty if text.strip() and not looks_classified(text)]
    one_line = [" ".join(text.split()) for text in texts]
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:4.0\nUID:{n}\nFN:{text}\nTITLE:{text}\nEND:VCARD\n" for n, text in enumerate(one_line)
    )
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nSUMMARY:{text}\nDTSTART:20310101\nLOCATION:{text}\nEND:VEVENT\n"
        for n, text in enumerate(one_line)
    )
    entities = "".join(
        json.dumps({"id": str(n), "schema": "Organization", "properties": {"name": [text]}}) + "\n"
        for n, text in enumerate(texts)
    )
    loaded = loads(entities, name="x.ftm.json")
    assert loaded.report.read == len(texts)
    names_none = [one for one in loaded.report.rejections if one.reason.endswith(("names nobody", "a number, no name"))]
    assert loaded.report.rejected - len(names_none) <= 3  # those that hold a NUL character
    assert len(names_none) < 60
    assert loads(cards, name="x.vcf").report.read == len(texts)
    assert loads(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", name="x.ics").report.read == len(texts)
    assert loads("A/1/L.1\n" + "\n".join(one_line), format_="co-sponsors").report.read > 100
