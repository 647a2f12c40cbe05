import csv
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.graph.errors import ClassifiedText, FileRefused, HeaderError, UsageError
from iga.ingest.subjects import resolution_id
from tests.ingest.formats.conftest import Loads

GA = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,"
    "vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
)
SC = (
    "undl_id,ms_code,ms_name,permanent_member,ms_vote,date,resolution,draft,meeting,description,agenda,subjects,vote_note,"
    "total_yes,total_no,total_abstentions,total_non_voting,total_ms,modality,undl_link\n"
)


def ga(code: str, name: str, vote: str, *, symbol: str = "A/RES/99/999", totals: str = "1.0,0.0,1.0,1.0,3.0") -> str:
    return (
        f"4000001,{code},{name},{vote},2031-12-18,99,{symbol},A/C.3/99/L.1,A/99/1,A/99/PV.1,Trafficking in persons :"
        f" resolution / adopted by the General Assembly,Crime,HUMAN TRAFFICKING--WOMEN|CRIME,,{totals},"
        "https://digitallibrary.un.org/record/4000001\n"
    )


def sc(code: str, vote: str, modality: str, *, note: str = "") -> str:
    return (
        f"4000002,{code},,True,{vote},2031-12-20,S/RES/9999(2031),,S/PV.1,Security Council resolution 9999,Item,,"
        f"{note},15,0,0,0,15,{modality},https://digitallibrary.un.org/record/4000002\n"
    )


def test_the_librarys_file_becomes_one_resolution_with_counts_and_a_vote_of_each_state(loads: Loads) -> None:
    text = GA + ga("TUR", "TÜRKIYE", "Y") + ga("BOL", "BOLIVIA (PLURINATIONAL STATE OF)", "A") + ga("KEN", "KENYA", "X")
    loaded = loads(text, name="2031_12_31_ga_voting.csv")
    assert loaded.counts == {"read": 3, "new": 3}
    assert loaded.report.source == "undl:ga-votes"
    assert [(edge.source, edge.values["vote"]) for edge in loaded.edges] == [
        ("gov:tur", "yes"),
        ("gov:bol", "abstain"),
        ("gov:ken", "not voting"),
    ]
    assert loaded.nodes[0].id == "resolution:a-res-99-999"
    assert loaded.nodes[0].values == {
        "name": "Trafficking in persons",
        "symbol": "A/RES/99/999",
        "body": "forum:unga",
        "session": "99",
        "agenda_topic": "Crime",
        "adopted_on": "2031-12-18",
        "draft_symbol": "A/C.3/99/L.1",
        "topics": ["trafficking-in-persons"],
        "identifiers": ["UNDL:4000001"],
        "website": "https://digitallibrary.un.org/record/4000001",
        "adopted_by": "vote",
        "yes_count": 1,
        "no_count": 0,
        "abstain_count": 1,
    }
    assert [node.values for node in loaded.nodes[1:]] == [{"symbol": "A/RES/99/999"}] * 2
    assert "differ" not in loaded.told


def test_older_layouts_of_the_library_are_read(loads: Loads) -> None:
    header = GA.replace("vote_note,", "")
    assert loads(header + ga("KEN", "KENYA", "Y").replace("|CRIME,,", "|CRIME,")).counts == {"read": 1, "new": 1}
    old = (
        "undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,yes,no,abstentions,non-voting,total-voting,"
        "undl_link\n"
    )
    loaded = loads(old + "1,KEN,KENYA,NV,A/RES/1/1,Title,Vote,1,0,0,1,2,\n")
    [edge] = [edge for edge in loaded.edges if edge.target == "resolution:a-res-1-1"]
    assert edge.values == {"vote": "not voting"}


def test_nobody_voted_on_a_text_adopted_without_a_vote_whatever_the_file_holds(loads: Loads) -> None:
    loaded = loads(SC + sc("USA", "Y", "Without Vote") + sc("FRA", "X", "Without Vote"))
    assert loaded.edges == []
    assert loaded.node("Resolution").values["symbol"] == "S/RES/9999(2031)"
    first = loaded.nodes[0].values
    assert first["adopted_by"] == "consensus"
    assert not {"yes_count", "no_count", "abstain_count"} & first.keys()
    assert "adopted without a vote: nobody voted" in loaded.told
    assert loads(SC + sc("USA", "Y", "", note="Adopted by acclamation")).edges == []
    assert len(loads(SC + sc("USA", "Y", "Vote")).edges) == 1


def test_the_short_form_needs_no_header_and_a_blank_is_a_state_that_did_not_vote(loads: Loads) -> None:
    for header in ("", "symbol,state,vote\n", "resolution;iso3;vote\n"):
        text = "A/RES/99/999,GHA,Y\nA/RES/99/999,KENYA,\nA/71/L.30,PER,N\n"
        loaded = loads(header + text.replace(",", ";" if ";" in header else ","))
        assert [(edge.source, edge.values["vote"]) for edge in loaded.edges] == [
            ("gov:gha", "yes"),
            ("gov:ken", "not voting"),
            ("gov:per", "no"),
        ]
    by_symbol = {node.values["symbol"]: node.values.get("adopted_by") for node in reversed(loaded.nodes)}
    assert by_symbol == {"A/RES/99/999": "vote", "A/71/L.30": None}


def test_states_that_are_no_more_or_unknown_stand_under_their_names_and_are_counted(loads: Loads) -> None:
    rows = [("RUS", "USSR"), ("", "CZECHOSLOVAKIA"), ("YMD", "DEMOCRATIC YEMEN"), ("", "ATLANTIS"), ("COD", "ZAIRE")]
    loaded = loads("symbol,iso3,name_in_source,vote\n" + "".join(f"A/RES/1/1,{a},{b},Y\n" for a, b in rows))
    assert [edge.source for edge in loaded.edges] == [
        "gov:rus",
        "named:gov:czechoslovakia",
        "named:gov:democratic-yemen",
        "named:gov:atlantis",
        "gov:cod",
    ]
    assert "CZECHOSLOVAKIA 1, DEMOCRATIC YEMEN 1" in loaded.told
    assert "read by their code: USSR (RUS) 1" in loaded.told


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A/RES/1/1,GHA,Q", "'Q' is not a vote"),
        ("A/RES/1/1,,Y", "no State is named"),
        (",GHA,Y", "no symbol is given"),
        ("A/RES/1/1,GHA", "2 cells where the header has 3"),
        ("A/RES/1/1,GH\0A,Y", "NUL"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_with_its_line_and_the_file_goes_on(
    loads: Loads, row: str, said: str
) -> None:
    loaded = loads(f"symbol,state,vote\nA/RES/1/1,KEN,Y\n{row}\nA/RES/1/1,PER,N\n")
    assert loaded.counts == {"read": 3, "new": 2, "rejected": 1}
    [rejection] = loaded.report.rejections
    assert rejection.line == 3
    assert said in rejection.reason


def test_code_and_name_of_two_governments_reject_the_row(loads: Loads) -> None:
    loaded = loads("symbol,iso3,name_in_source,vote\nA/RES/1/1,GHA,KENYA,Y\n")
    assert "gov:gha" in loaded.report.rejections[0].reason


def test_one_state_with_two_votes_is_refused_twice_and_a_repetition_counted(loads: Loads) -> None:
    head = "symbol,state,vote\n"
    assert loads(head + "A/RES/1/1,GHA,Y\nA/RES/1/1,GHA,N\n").counts == {"read": 2, "rejected": 2}
    again = loads(head + "A/RES/62/223B,GHA,Y\nA/RES/62/223 B,GHA,N\n", name="parts.csv")
    assert again.counts == {"read": 2, "rejected": 2}


def test_totals_that_differ_from_the_votes_are_kept_and_told(loads: Loads) -> None:
    totals = "3,0,0,0,2"
    loaded = loads(GA + ga("GHA", "GHANA", "Y", totals=totals) + ga("KEN", "KENYA", "Y", totals=totals))
    assert loaded.nodes[0].values["yes_count"] == 3
    assert "A/RES/99/999 (stated 3-0-0, listed 2-0-0)" in loaded.told


def test_a_corrected_row_replaces_what_it_said_and_the_correction_file_loads_again(loads: Loads) -> None:
    head = "symbol,state,vote\n"
    loaded = loads(head + "A/RES/1/1,GHA,Y\nA/RES/1/1,KEN,Q\n", name="v.csv")
    correction = Path(loaded.report.correction_file).read_text(encoding="utf-8-sig").replace(",Q", ",A")
    again = loads(correction, name="v.csv.rejected.csv", format_="un-votes")
    assert again.counts == {"read": 1, "new": 1}


def test_an_unknown_column_stops_the_file_and_files_of_two_bodies_are_loaded_apart(loads: Loads) -> None:
    with pytest.raises(HeaderError, match="shoe"):
        loads("symbol,state,vote,shoe\nA/RES/1/1,GHA,Y,43\n", format_="un-votes")
    with pytest.raises(UsageError, match="apart"):
        loads(GA + ga("GHA", "GHANA", "Y"), SC + sc("USA", "Y", "Vote"), format_="un-votes")
    with pytest.raises(FileRefused, match="no record of votes"):
        loads("what is this\n", format_="un-votes")
    with pytest.raises(ClassifiedText):
        loads("symbol,state,vote,note\nA/RES/1/1,GHA,Y,(S//NF) x\n")


@pytest.mark.shared
def test_the_votes_of_the_shared_data_round_trip(loads: Loads, shared: Path) -> None:
    text = (shared / "resolutions" / "resolution_votes.csv").read_text(encoding="utf-8")
    loaded = loads(text, name="votes.csv")
    rows = list(csv.DictReader(StringIO(text)))
    assert loaded.counts == {"read": len(rows), "new": len(rows)}
    words = {"Y": "yes", "N": "no", "A": "abstain"}
    votes = {(edge.source, edge.target): edge.values["vote"] for edge in loaded.edges}
    assert len(votes) == len(rows)
    for row in rows:
        if row["iso3"]:
            voter = f"gov:{row['iso3'].lower()}"
            assert votes[voter, resolution_id(row["symbol"])] == words[row["vote"]]
    assert "German Democratic Republic 1" in loaded.told
    assert "read by their code: Yugoslavia (SRB) 1" in loaded.told


def workbook(path: Path, *rows: str) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row.split(","))
    book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["symbol,state,vote,colour"], "the column 'colour' is none of this format"),
        (["symbol,symbol,state,vote"], "the columns 'symbol' and 'symbol' mean the same; keep one"),
        (["symbol,state", "symbol,state,vote"], "a column is missing: "),
    ],
)
def test_a_header_that_is_not_whole_is_refused(loads: Loads, tmp_path: Path, rows: list[str], told: str) -> None:
    with pytest.raises(HeaderError, match=told):
        loads(workbook(tmp_path / "x.xlsx", *rows), name="votes.xlsx", format_="un-votes")


def test_votes_are_read_from_a_workbook(loads: Loads, tmp_path: Path) -> None:
    votes = workbook(tmp_path / "x.xlsx", "symbol,state,vote", "A/RES/99/999,GHA,Y")
    assert loads(votes, name="votes.xlsx").types() == ["VOTED"]


def test_a_number_of_votes_in_words_is_refused(loads: Loads) -> None:
    loaded = loads(GA + ga("KEN", "KENYA", "Y", totals="many,0,0,0,3"), name="2031_12_31_ga_voting.csv")
    assert [one.reason for one in loaded.report.rejections] == ["'many' is not a number of votes"]
