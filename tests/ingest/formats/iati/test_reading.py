from pathlib import Path

import pytest

from iga.graph.errors import ClassifiedText, FileRefused
from iga.graph.ledger.ledger import Ledger
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.formats.iati import stream
from iga.ingest.formats.iati.iati_files import IATI
from iga.ingest.loading import Surroundings, load
from tests.ingest.conftest import clock
from tests.ingest.formats.iati.conftest import Loads, activities, activity, organisations


def _flood(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


def test_each_activity_is_one_row_and_a_second_load_changes_nothing(loads_iati: Loads) -> None:
    text = activities(activity("XX-EX-1-A"), activity("XX-EX-1-B"))
    first, second = loads_iati(text), loads_iati(text)
    assert (first.read, first.new) == (2, 2)
    assert (second.read, second.unchanged) == (2, 2)


def test_one_identifier_with_two_contents_clashes_and_with_one_is_repeated(loads_iati: Loads) -> None:
    report = loads_iati(activities(activity(), activity(title="<narrative>Other</narrative>")))
    assert (report.read, report.rejected) == (2, 2)
    assert {rejection.line for rejection in report.rejections} == {2, 14}
    assert all("have the same row key and say different things" in found.reason for found in report.rejections)
    assert loads_iati(activities(activity(), activity()), name="twice").repeated == 1


def test_an_invalid_activity_is_rejected_with_line_element_and_value_and_the_rest_loads(loads_iati: Loads) -> None:
    wrong = activity("XX-EX-1-B", dates='<activity-date type="1" iso-date="soon"/>')
    report = loads_iati(activities(activity("XX-EX-1-A"), wrong, activity("XX-EX-1-C")))
    assert (report.read, report.new, report.rejected) == (3, 2, 1)
    [rejection] = report.rejections
    assert (rejection.line, rejection.column, rejection.value) == (14, "activity-date/@iso-date", "soon")
    assert rejection.reason.startswith("line 22: <activity-date> attribute iso-date: 'soon' is not a valid value")
    assert rejection.fix.startswith("correct the value")
    assert rejection.code == "IGA-1340"
    listed = Path(report.correction_file).read_text(encoding="utf-8-sig")
    assert "XX-EX-1-B,Example shelters" in listed


def test_a_child_that_is_no_activity_is_rejected_and_one_of_another_namespace_is_passed_over(loads_iati: Loads) -> None:
    text = activities(activity(), "<iati-organisation/>", '<x:own xmlns:x="urn:example"/>')
    report = loads_iati(text)
    assert (report.new, report.rejected) == (1, 1)
    assert "<iati-organisation> does not belong between the records" in report.rejections[0].reason


def test_records_on_one_line_are_counted_on_from_it(loads_iati: Loads) -> None:
    text = activities(activity("XX-EX-1-A"), activity("XX-EX-1-B", orgs=""), activity("XX-EX-1-C", orgs=""))
    report = loads_iati(text.replace("\n", " "))
    assert [rejection.line for rejection in report.rejections] == [2, 3]
    assert any("numbered on" in note for note in report.notes)


def test_a_blank_identifier_is_no_key(loads_iati: Loads) -> None:
    [rejection] = loads_iati(activities(activity(" "))).rejections
    assert (rejection.code, rejection.column) == ("IGA-1323", "iati-identifier")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (activities(activity(), activity("XX-EX-1-B"))[:-60], r"line \d+ is not well-formed XML, so nothing"),
        (activities(activity()).replace("Example shelters", "\0"), "line 5 is not well-formed XML"),
        (activities(activity()).replace('version="2.03"', ""), "attribute 'version' is required but missing"),
        (activities(activity(), attributes='generated-datetime="today"'), "'today' is not a valid value"),
        (activities(activity()).replace("iati-activities", "people"), "begins with <people>, which is not IATI"),
        (activity(), 'put the record into <iati-activities version="2.03">'),
        ("", "is not well-formed XML"),
        (f'<?xml version="1.0" encoding="klingon"?>{activities(activity())}', "klingon"),
        (f"<!DOCTYPE a [<!ELEMENT a ANY>]>{activities(activity())}", "declares a document type"),
        (f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{activities(activity("&x;"))}', "document type"),
        (f'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">{activities(activity())}', "document type"),
        ("<iati-activities version='2.03'>" + "<iati-activity>" * 100_000, "Excessive depth"),
        (f"<iati-activities version='2.03' {_flood(20_000)}/>", "20,001 attributes"),
        ("<!-- much -->" * 100_000 + activities(activity()), "no element begins in its first megabyte"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept(
    loads_iati: Loads, ledger: Ledger, text: str, told: str
) -> None:
    with pytest.raises(FileRefused, match=told):
        loads_iati(text)
    assert ledger.through() == 0


def test_an_entity_bomb_is_refused_wherever_it_goes_off(loads_iati: Loads) -> None:
    layers = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    head = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{layers}]>'
    with pytest.raises(FileRefused, match="document type"):
        loads_iati(head + activities(activity("&i;")))
    with pytest.raises(FileRefused, match="declare no document type and no entities"):
        loads_iati(head + activities(activity(), version="&i;"))


def test_a_wrong_encoding_is_refused_with_its_line_and_utf_16_is_read(loads_iati: Loads) -> None:
    text = activities(activity(title="<narrative>Café</narrative>"))
    with pytest.raises(FileRefused, match="line 5 is not well-formed XML"):
        loads_iati(text.encode("cp1252"))
    declared = f'<?xml version="1.0" encoding="utf-16"?>{text}'
    assert loads_iati(declared.encode("utf-16")).new == 1
    latin = f'<?xml version="1.0" encoding="windows-1252"?>{text}'
    assert loads_iati(latin.encode("cp1252"), name="latin").unchanged == 1


def test_a_file_that_breaks_off_while_it_is_read_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    whole = activities(*(activity(f"XX-EX-1-{n}") for n in range(200)))
    path = tmp_path / "file.xml"
    path.write_text(whole, encoding="utf-8")
    feed = IATI.feed([path], CardWords())
    path.write_text(whole[:-100], encoding="utf-8")
    with pytest.raises(FileRefused, match="nothing of the file was loaded"):
        load(ledger, feed, [path], surroundings=Surroundings(clock))
    assert ledger.through() == 0


def test_an_overlong_activity_is_rejected_and_its_neighbours_are_read(
    loads_iati: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "MOST_BYTES", 200_000)
    long = activity("XX-EX-1-B", middle='<sector code="15160"/>' * 40_000)
    report = loads_iati(activities(activity("XX-EX-1-A"), long, activity("XX-EX-1-C")))
    assert (report.new, report.rejected) == (2, 1)
    assert "longer than" in report.rejections[0].reason


def test_a_flood_of_attributes_is_rejected_before_they_are_read(loads_iati: Loads) -> None:
    flood = _flood(50_000)
    for version in ("2.03", "1.03"):
        report = loads_iati(activities(activity(attributes=flood), version=version), name=version.replace(".", ""))
        assert "has 50,000 attributes" in report.rejections[0].reason


def test_many_empty_activities_are_rejected_one_by_one(loads_iati: Loads) -> None:
    report = loads_iati("<iati-activities version='2.03'>" + "<iati-activity/>" * 5_000 + "</iati-activities>")
    assert (report.read, report.rejected) == (5_000, 5_000)
    assert "Missing child element(s)" in report.rejections[0].reason


def test_classified_text_stops_the_file_and_is_not_echoed(loads_iati: Loads, ledger: Ledger) -> None:
    with pytest.raises(ClassifiedText) as caught:
        loads_iati(activities(activity(), activity("XX-EX-1-B", title="<narrative>SECRET//NOFORN Ostrich</narrative>")))
    assert "line 17, <narrative>: the text looks classified" in caught.value.message
    assert "Ostrich" not in caught.value.message
    assert ledger.through() == 0


def test_what_the_graph_has_no_place_for_is_counted_in_a_note(loads_iati: Loads) -> None:
    text = activities(activity(middle='<policy-marker code="1"/><policy-marker code="2"/>'))
    assert any("not taken" in note and "policy-marker (2)" in note for note in loads_iati(text).notes)


def test_a_file_without_a_record_says_so(loads_iati: Loads) -> None:
    report = loads_iati(organisations())
    assert report.read == 0
    assert "file.xml: holds no <iati-organisation>" in report.notes
