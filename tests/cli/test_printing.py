"""What people read on a terminal: the sentence, a table at a glance, the doubts that matter, numbered sources."""

from typing import Any

import pytest

from iga.cli.console import Captured
from iga.cli.printing import print_answer, print_entity, print_why, wrapped
from iga.cli.reading import print_hits
from iga.cli.screen import table_of
from iga.exports.doubts import by_relevance
from iga.queries.core.answer import Answer, Caveat, EvidenceNote, FindResult, Hit, Subject, Total
from iga.queries.multilateral.members import MembershipRow
from iga.queries.whole.entity import EntityView, Neighbour, Neighbours
from iga.queries.whole.why import Judgement, StatedValue, Why, WhyField

WIDTH = 100


def membership(name: str, **said: Any) -> MembershipRow:
    return MembershipRow(
        id=f"gov:{name.lower()}", cls="Government", name=name, body="org:eso", body_name="Example Organization",
        **{"category": "member", "status": "active", "confidence": "high", "evidence": (1,), **said},
    )  # fmt: skip


def note(source: str = "ref:members", **said: Any) -> EvidenceNote:
    return EvidenceNote(source=source, title="Members", locator="members.csv:2", load=3, **said)


def members(*rows: MembershipRow, **said: Any) -> Answer:
    return Answer(
        question="members",
        parameters={"party": "org:eso"},
        as_of="2026-06-01",
        headline="2 members of Example Organization are listed",
        answer="As of 2026-06-01: 2 members of Example Organization are listed",
        rows=rows,
        total=said.pop("total", Total(value=len(rows))),
        evidence=said.pop("evidence", {1: note()}),
        data_version="ab12",
        subjects=(Subject(id="org:eso", cls="InternationalOrganization", name="Example Organization"),),
        **said,
    )


def printed(answer: Answer, width: int = WIDTH, **asked: Any) -> str:
    captured = Captured()
    print_answer(captured.console(width), answer, **asked)
    return captured.out.getvalue()


def test_an_answer_is_the_reply_a_table_the_doubts_and_the_sources() -> None:
    own = Caveat(kind="unknown", text="The list is partial.")
    gap = Caveat(kind="partial", text="One observer was not found.", source="ref:members")
    answer = members(membership("Ghana", start="1990"), membership("Kenya", held="unknown"), caveats=(gap, own))
    assert printed(answer) == (
        "As of 2026-06-01: 2 members of Example Organization are listed\n"
        "\n"
        "name       start\n"
        "---------  -----\n"
        "Ghana      1990   [1]\n"
        "Kenya (?)         [1]\n"
        "All of these: category member.\n"
        "(?) not confirmed for that day\n"
        "\n"
        "What this answer does not know:\n"
        "- The list is partial.\n"
        "\n"
        "Sources:\n"
        "[1] Members\n"
        "1 more note on what the sources lack: --notes\n"
    )


def test_with_notes_all_doubts_and_the_rows_of_each_source_are_told() -> None:
    gap = Caveat(kind="partial", text="One observer was not found.", source="ref:members")
    notes = {1: note(), 2: note().model_copy(update={"locator": "members.csv:9"})}
    answer = members(membership("Ghana"), caveats=(gap,), evidence=notes)
    assert printed(answer, notes=True).endswith(
        "- One observer was not found.\n\nSources:\n[1, 2] Members, load 3: members.csv:2, :9\n"
    )


def test_only_what_the_shown_rows_rest_on_is_told() -> None:
    doubts = tuple(Caveat(kind="conflict", text=f"Doubt {row}.", rows=(row,)) for row in (1, 2))
    rows = (membership("Ghana"), membership("Kenya", evidence=(2,)))
    answer = members(*rows, caveats=doubts, evidence={1: note(), 2: note().model_copy(update={"title": "Others"})})
    text = printed(answer, limit=1)
    assert "… and 1 more (--all)" in text
    assert "Doubt 1." in text
    assert "Doubt 2." not in text
    assert "Others" not in text


def test_the_reply_is_bold_where_there_are_styles() -> None:
    captured = Captured()
    print_answer(captured.console(WIDTH, has_styles=True), members())
    assert captured.out.getvalue().startswith(
        "\x1b[1mAs of 2026-06-01: 2 members of Example Organization are listed\x1b[0m\n"
    )


def test_a_table_shows_no_ids_and_not_the_party_itself() -> None:
    answer = members(membership("Ghana", start="1990"), membership("Ghana", start="2001"))
    assert table_of(answer).headings == ("start", "")
    asked_about = answer.model_copy(update={"subjects": (Subject(id="gov:ghana", cls="Government", name="Ghana"),)})
    assert "name" not in table_of(asked_about).alike


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_but_an_address_is_wider_than_the_screen(width: int) -> None:
    address = f"https://example.org/{'long' * 30}"
    answer = members(
        membership("Democratic Republic of the Congo", category="partner for co-operation in the wider region"),
        membership("Ghana", start="1990-01-01"),
        caveats=(Caveat(kind="partial", text="What was not found is told at some length. " * 4),),
        evidence={1: note(url=address)},
    )
    wide = [line for line in printed(answer, width, notes=True).splitlines() if len(line) > width]
    assert wide == [f"    {address},"]


def test_own_doubts_come_first_then_those_of_the_most_cited_source() -> None:
    gaps = [Caveat(kind="partial", text=f"Gap of {source}.", source=source) for source in ("ref:rare", "ref:members")]
    own = Caveat(kind="unknown", text="Something is not held.")
    answer = members(
        membership("Ghana"),
        membership("Kenya", evidence=(1, 2)),
        evidence={1: note(), 2: note("ref:rare")},
        caveats=(*gaps, own),
    )
    assert [doubt.text for doubt in by_relevance(answer)] == [
        "Something is not held.",
        "Gap of ref:members.",
        "Gap of ref:rare.",
    ]


def test_what_is_beyond_the_rows_is_counted() -> None:
    text = printed(members(membership("Ghana"), total=Total(value=5, relation="gte")))
    assert "… and at least 4 more that this answer does not hold." in text


def test_a_wrapped_line_keeps_its_indent() -> None:
    assert wrapped("  one two", 7, indent=4) == "  one\n    two"


def test_hits_say_how_they_were_found_and_a_guess_says_it_is_one() -> None:
    hit = Hit(id="gov:mng", cls="Government", name="Mongolia", matched="Mongolia", how="fuzzy", score=90.0)
    found = FindResult(query="Mongolja", hits=(hit,), suggestions=("Mongolia",), total=Total(value=1), data_version="a")
    captured = Captured()
    print_hits(captured.console(WIDTH), found)
    text = captured.out.getvalue()
    assert text.startswith("Nothing is called 'Mongolja' or holds these words; this is spelt almost so:\n")
    assert "Mongolia  government  gov:mng  fuzzy" in text


def test_a_page_names_what_ids_stand_for_and_counts_what_it_leaves_out() -> None:
    tie = Neighbour(
        key="rel:1",
        other=Subject(id="engagement:s1", cls="Engagement", name="Conference"),
        values={"on_behalf_of": "org:eu", "period": {"start": "2018", "end_kind": "open", "end": ""}},
        evidence=(2,),
    )
    page = EntityView(
        id="gov:gha", cls="Government", name="Ghana", marking="public", values={"sovereignty": "gov:gbr"},
        names={"org:eu": "European Union", "gov:gbr": "United Kingdom"}, conflicts=("sovereignty",), dangling=(),
        members=("gov:gha", "named:government:gold-coast"), evidence={1: note()}, note_numbers=(1,), data_version="a",
        neighbours=(Neighbours(type="PARTICIPATED", direction="out", title="attended", count=3, shown=(tie,)),),
    )  # fmt: skip
    captured = Captured()
    print_entity(captured.console(WIDTH), page)
    assert captured.out.getvalue() == (
        "Ghana (Government, gov:gha) [public] [1]\n"
        "  one with named:government:gold-coast\n"
        "  sovereignty      United Kingdom  (sources differ: iga why gov:gha sovereignty)\n"
        "\n"
        "attended (3)\n"
        "  Conference (engagement:s1): on behalf of European Union, 2018 to open, as stated [2]\n"
        "  … and 2 more\n"
        "\n"
        "Sources:\n"
        "[1] Members, load 3: members.csv:2\n"
    )


def stated(value: str, row_key: str, *, won: bool) -> StatedValue:
    return StatedValue(
        value=value, won=won, subject="compact:gha", source="ref:compacts", title="Compacts", rank=20, stated_on=None,
        row_key=row_key, locator=f"compacts.csv:{row_key}", url="https://example.org", load=4, confidence="high",
        note="from the text",
    )  # fmt: skip


def why_page() -> Why:
    statements = (stated("2020", "2", won=True), stated("2020", "3", won=True), stated("2021", "4", won=False))
    return Why(
        id="compact:gha", cls="ChildProtectionCompact", name="Compact", members=("compact:gha",), names={},
        fields=(WhyField(field="signed_on", value="2020", disputed=True, statements=statements),), data_version="a",
        judgements=(Judgement(first="a:b", second="c:d", word="same", by_person=False, load=1),),
    )  # fmt: skip


def test_why_prints_each_value_once_with_its_rows() -> None:
    captured = Captured()
    print_why(captured.console(WIDTH), why_page(), with_remarks=False)
    assert captured.out.getvalue() == (
        "Compact (ChildProtectionCompact, compact:gha)\n"
        "\n"
        "signed on  (sources differ)\n"
        "  * 2020 [1, 2]\n"
        "    2021 [3]\n"
        "\n"
        "Rows, most trusted first within a field (* marks what the graph goes by):\n"
        "[1] Compacts, compacts.csv:2, load 4, rank 20\n"
        "[2] Compacts, compacts.csv:3, load 4, rank 20\n"
        "[3] Compacts, compacts.csv:4, load 4, rank 20\n"
        "\n"
        "a:b and c:d: same, by a rule\n"
    )


def test_why_prints_pages_and_remarks_of_a_field_that_was_named() -> None:
    captured = Captured()
    print_why(captured.console(WIDTH), why_page(), with_remarks=True)
    assert "[1] Compacts, compacts.csv:2, load 4, rank 20\n    https://example.org\n    from the text\n" in (
        captured.out.getvalue()
    )
