import pytest

from graph.errors import ClassifiedText
from ingest.classified import looks_classified, stop_if_classified


@pytest.mark.parametrize(
    "text",
    [
        "SECRET//NOFORN", "TOP SECRET//SI",
        "Confidential//rel to USA", "read this: noforn", "SECRET", "* TOP SECRET *",
        "line one\nCONFIDENTIAL\nline three", "(S//NF) The minister said", "see (TS//SI) below",
        "(C//REL TO USA, GBR) x",
        "(S/NF) old style", "(S/RESTRICTED) x",
        "(C) The minister said", "(S) One sentence.", "(TS) One sentence.", "2. (C) Summary",
        "a. (S) Comment", "first\n\n  (C) second paragraph", "- (S) a bullet",
    ],
)  # fmt: skip
def test_banners_portion_marks_and_marked_paragraphs_look_classified(text: str) -> None:
    assert looks_classified(text)


@pytest.mark.parametrize(
    "text",
    [
        "section 110(b)(1)(C)",
        "(b)(1)(C) of section 110", "110(b)(1)(C) applies", "(C) 2020 Example Company",
        "(C) Copyright 2019 Example", "(A) one\n(B) two\n(C) three", "a secret ballot was held", "Secretary of State",
        "confidential hotline",
        "(c) lower case", "(C)", "vitamin (C) tablets", "https://example.org//a", "UNCLASSIFIED",
        "UNCLASSIFIED//FOUO",
        "the statement (S/PRST/2015/25)", "resolution 2331 (S/RES/2331)", "the record (S/PV.8111)",
        "(SBU) protected", "(U) open", "Grade (S)", "The Secretariat (S) and others",
    ],
)  # fmt: skip
def test_citations_copyrights_lists_and_plain_words_do_not(text: str) -> None:
    assert not looks_classified(text)


def test_the_message_names_row_and_column_and_echoes_nothing() -> None:
    with pytest.raises(ClassifiedText) as caught:
        stop_if_classified(["1", "(S//NF) delta"], header=("id", "note"), where="x.csv:7")
    assert "x.csv:7, column 'note'" in caught.value.message
    assert "delta" not in caught.value.message
