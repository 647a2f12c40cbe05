"""What the report of a load says of names, texts and dates that may not be what they seem; nothing is changed."""

from collections.abc import Callable

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.oddities import MOST_NAMES
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping

Loads = Callable[..., LoadReport]

PEOPLE = a_mapping(
    """
row_key: [id]
nodes:
  ngo: {class: Ngo, id: {template: "ngo:{id|slug}"}, fields: {name: name, summary: text}}
edges:
  - type: MEMBER_OF
    source: {block: ngo}
    target: {column: body, read: body, unknown: named}
    when: {column: body, filled: true}
    fields: {period: {start: {column: since, read: day}}}
"""
)
HEAD = "id,name,text,body,since\n"


def said(report: LoadReport) -> list[str]:
    return [note for note in report.notes if "detected" not in note]


def test_a_look_alike_is_named_with_row_column_characters_and_what_it_looks_like(loads: Loads, ledger: Ledger) -> None:
    report = loads(HEAD + "a,\u041eSCE,x,\u041eSCE,\nb,OSCE,x,OSCE,\n", mapping=PEOPLE)
    assert (report.new, report.rejected) == (2, 0)
    assert (
        said(report)
        == [
            "partners.csv:2, column 'name': '\u041eSCE' mixes Cyrillic and Latin letters in one word:"
            " U+041E CYRILLIC CAPITAL LETTER O. It looks like 'OSCE' and is kept apart from it:"
            " type it anew unless it is meant so"
        ]
        * 2
    )
    ends = {
        row[-1].row_key: statement.target
        for row in ledger.rows_of("test:partners")
        for statement in row[-1].content.statements
        if isinstance(statement, EdgeStatement)
    }
    assert ends["b"] == "org:osce"
    assert ends["a"].startswith("named:org:sce-")


def test_a_name_of_one_script_is_not_doubted_and_hidden_characters_are_written_out(loads: Loads) -> None:
    report = loads(HEAD + "a,Фонд «Помощь»,x,,\nb,مؤسسة كفى,x,,\nc,Example\u200b Relief,x,,\n", mapping=PEOPLE)
    [note] = said(report)
    assert "partners.csv:4, column 'name': 'Example<U+200B> Relief' holds characters that are not seen" in note


def test_doubts_are_counted_beyond_the_first(loads: Loads) -> None:
    rows = "".join(f"{n},\u041eSCE {n},x,,\n" for n in range(MOST_NAMES + 5))
    notes = said(loads(HEAD + rows, mapping=PEOPLE))
    assert len(notes) == MOST_NAMES + 1
    assert notes[-1] == "… and 5 more names that may not be what they look like"


def test_garbled_text_is_flagged_with_the_likely_true_text_and_taken_as_it_stands(loads: Loads, ledger: Ledger) -> None:
    report = loads(HEAD + "a,CÃ´te dâ€™Ivoire,C\ufffdte,,\n", mapping=PEOPLE)
    garbled, lost = said(report)
    assert "partners.csv:2, column 'name': 'CÃ´te dâ€™Ivoire' looks garbled" in garbled
    assert "likely it is 'Côte d’Ivoire'" in garbled
    assert "column 'text': letters of 'C\ufffdte' were lost" in lost
    [row] = ledger.rows_of("test:partners")
    [statement] = row[-1].content.statements
    assert isinstance(statement, NodeStatement)
    assert statement.values["name"] == "CÃ´te dâ€™Ivoire"


def test_a_column_that_proves_an_order_says_so_and_is_not_read_in_it(loads: Loads) -> None:
    rows = "a,A,x,ICAT,3/4/2021\nb,B,x,ICAT,25/12/2021\nc,C,x,ICAT,13/1/2021\nd,D,x,ICAT,2021-05-01\n"
    report = loads(HEAD + rows, mapping=PEOPLE)
    assert (report.new, report.rejected) == (3, 1)
    assert "could be Apr 3 or Mar 4" in report.rejections[0].reason
    assert "state `order: dmy`" in report.rejections[0].fix
    [note] = said(report)
    assert "column 'since': 2 dates, such as '25/12/2021' in line 3, can only be read in the order dmy" in note


def test_a_column_of_two_orders_and_one_that_proves_none_say_so(loads: Loads) -> None:
    [note] = said(loads(HEAD + "a,A,x,ICAT,25/12/2021\nb,B,x,ICAT,12/25/2021\n", mapping=PEOPLE))
    assert "dates of several orders ('25/12/2021' in line 2 and '12/25/2021' in line 3)" in note
    [note] = said(loads(HEAD + "a,A,x,ICAT,3/4/2021\n", mapping=PEOPLE))
    assert "nothing in the column proves the order of its dates, such as '3/4/2021' in line 2" in note


def test_a_stated_order_that_dates_contradict_is_told(loads: Loads) -> None:
    mapping = a_mapping(
        """
row_key: [id]
nodes:
  ngo:
    class: Ngo
    id: {template: "ngo:{id}"}
    fields: {existence: {start: {column: since, read: day, order: mdy}}}
"""
    )
    report = loads("id,since\na,3/4/2021\nb,25/12/2021\n", mapping=mapping)
    assert (report.new, report.rejected) == (1, 1)
    assert "is no date in the order mdy, which the mapping states; it is one in dmy" in report.rejections[0].reason
    [note] = said(report)
    assert "dates that were taken in another order are then corrected" in note


def test_a_row_key_that_is_not_plain_is_looked_at_and_an_agreement_with_itself_is_told(loads: Loads) -> None:
    mapping = a_mapping(
        """
row_key: [id]
edges:
  - {type: PARTY_TO, source: {column: one, read: id}, target: {const: "treaty:palermo"}}
  - {type: PARTY_TO, source: {column: other, read: id}, target: {const: "treaty:palermo"}, fields: {signed_on: day}}
"""
    )
    notes = said(loads("id,one,other,day\n\u0430b,gov:gha,gov:gha,2026-01-01\n", mapping=mapping))
    assert any("the row key: '\u0430b' mixes Cyrillic and Latin letters" in note for note in notes)
    assert any(
        "gov:gha is named twice as a party of treaty:palermo: an agreement with itself" in note for note in notes
    )
