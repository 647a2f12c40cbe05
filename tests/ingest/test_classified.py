import pytest

from iga.graph.errors import ClassifiedText
from iga.ingest.classified import looks_classified, stop_if_classified


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
        "S E C R E T STATE 012345", "C O N F I D E N T I A L SECTION 01", "TS//SI//NF", "SECRET_NOFORN",
        "TOP-SECRET//SI", "Classified By: A. Name", "DECLASSIFY ON: 20301231",
        "E.O. 13526: DECL: 01/01/2030", "(C/NF) x",
        "¶1. (C) Summary",
    ],
)  # fmt: skip  # read across, like the rows of a table
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
        "section 110(b)(1)\n(C) of the Act", "under section 108(a)(1),\r\n(C) and (D)", "(C/O Ministry of Justice)",
        "GAO declassified by request", "Derived from the list", "Executive Order 13526",
        "(SBU) protected", "(U) open", "Grade (S)", "The Secretariat (S) and others",
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_citations_copyrights_lists_and_plain_words_do_not(text: str) -> None:
    assert not looks_classified(text)


@pytest.mark.parametrize(
    "text",
    [
        "\u0405ECRET//NOFORN", "SE\u200bCRET//NF", "NOF\u041eRN", "\uff08\uff33\uff0f\uff0f\uff2e\uff26\uff09 x",
        "(\u0405//NF) x", "(\u200bS) One sentence.", "\ufeff(S) One sentence.", "\u00a0(S) One sentence.",
        "\U0001d412\U0001d404\U0001d402\U0001d411\U0001d404\U0001d413//NOFORN", "S\u0301ECRET//NOFORN",
        "SECRET//\u2060NOFORN", "\u202eNROFON",
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_look_alike_letters_and_hidden_characters_do_not_slip_it_through(text: str) -> None:
    assert looks_classified(text)


def test_the_message_names_row_and_column_and_echoes_nothing() -> None:
    with pytest.raises(ClassifiedText) as caught:
        stop_if_classified(["1", "(S//NF) delta"], header=("id", "note"), where="x.csv:7")
    assert "x.csv:7, column 'note'" in caught.value.message
    assert "delta" not in caught.value.message
