"""Who votes and sponsors with a party: counts of texts, who moved, whom to ask, and what is not known."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from iga.queries.core.answer import Subject
from iga.queries.multilateral.voting_closeness import (
    Deed,
    JointText,
    Stance,
    VotingRow,
    _pairs,
    _row,
    relation,
    series_of,
)
from tests.queries.conftest import Ask

DEEDS: st.SearchStrategy[Deed] = st.sampled_from(("yes", "no", "abstain", "sponsor"))
OTHERS = st.dictionaries(st.sampled_from(("a", "b", "c", "d")), DEEDS, max_size=4)
RECORDS = st.lists(st.tuples(DEEDS, OTHERS), min_size=1, max_size=6)


def text(number: int, own: Deed, others: Mapping[str, Deed], series: str = "", **values: object) -> JointText:
    stances = {id_: _stance(id_, deed) for id_, deed in others.items()}
    signed = frozenset(id_ for id_, deed in {"us": own, **others}.items() if deed == "sponsor")
    known = {"symbol": f"X/{number}", "adopted_on": f"20{number:02}-01-01", **values}
    id_, name = f"resolution:{number}", f"X/{number}"
    is_closed = own == "sponsor" and values.get("sponsor_count") == str(len(signed))
    return JointText(id_, name, known, _stance("us", own), stances, signed, series or str(number), is_closed)


def _stance(id_: str, deed: Deed) -> Stance:
    return Stance(Subject(id=id_, cls="Government", name=id_, iso3=id_.upper()), deed, ())


def rows(*texts: JointText) -> dict[str, VotingRow]:
    newest = sorted(texts, key=lambda of: of.on, reverse=True)
    return {pair.party.id: _row(pair).row for pair in _pairs(newest, None)}


@given(one=DEEDS, other=DEEDS)
def test_two_parties_stand_to_each_other_alike_from_either_side(one: Deed, other: Deed) -> None:
    assert relation(one, other) == relation(other, one)


@given(records=RECORDS, more=st.tuples(DEEDS, OTHERS))
def test_a_text_that_a_party_is_not_on_record_on_changes_no_count_of_it(
    records: list[tuple[Deed, dict[str, Deed]]], more: tuple[Deed, dict[str, Deed]]
) -> None:
    texts = [text(number, *record) for number, record in enumerate(records)]
    before, after = rows(*texts), rows(*texts, text(90, *more))
    assert {id_: row for id_, row in before.items() if id_ not in more[1]} == {
        id_: row for id_, row in after.items() if id_ not in more[1]
    }


@given(records=RECORDS, data=st.data())
def test_the_order_in_which_records_come_changes_nothing(
    records: list[tuple[Deed, dict[str, Deed]]], data: st.DataObject
) -> None:
    texts = [text(number, *record) for number, record in enumerate(records)]
    mixed = [
        text(number, own, dict(data.draw(st.permutations(list(others.items())))))
        for number, (own, others) in enumerate(records)
    ]
    assert rows(*texts) == rows(*data.draw(st.permutations(mixed)))


@given(pairs=st.lists(st.tuples(*[st.sampled_from("abcdef")] * 2), max_size=6), data=st.data())
def test_series_do_not_depend_on_the_order_in_which_texts_follow(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    assert series_of("abc", pairs) == series_of("cab", data.draw(st.permutations(pairs)))


def test_what_follows_one_text_is_one_series() -> None:
    assert series_of(["a", "b", "c", "d"], [("a", "b"), ("a", "c")]) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_vote_in_which_all_voted_alike_tells_nobody_apart() -> None:
    [row] = rows(text(1, "yes", {"a": "yes"}, yes_count=15, no_count=0, abstain_count=0)).values()
    assert (row.text_count, row.unanimous_count) == (0, 1)
    [row] = rows(text(1, "yes", {"a": "yes"}, yes_count=14, abstain_count=1)).values()
    assert (row.text_count, row.with_count) == (1, 1)


def test_who_left_the_list_of_the_next_text_moved_away_and_may_be_asked() -> None:
    first = text(16, "sponsor", {"a": "sponsor", "b": "sponsor"}, "series", sponsor_count="3")
    later = text(17, "sponsor", {"b": "sponsor", "c": "sponsor"}, "series", sponsor_count="3")
    known = rows(first, later)
    assert (known["a"].moved, known["a"].moved_text_name, known["a"].ask_because) == (
        "away",
        "X/17 (2017)",
        "was with us before",
    )
    assert (known["b"].moved, known["b"].ask_because) == (None, None)
    assert (known["c"].moved, known["c"].not_joined_count) == ("closer", 1)


def test_where_the_list_is_not_whole_nobody_left_it() -> None:
    first = text(16, "sponsor", {"a": "sponsor"}, "series", sponsor_count="2")
    later = text(17, "sponsor", {"b": "sponsor"}, "series", sponsor_count="over 40")
    known = rows(first, later)["a"]
    assert (known.moved, known.not_joined_count, known.ask_because) == (None, 0, None)


def test_whoever_voted_alike_and_never_signed_may_be_asked_unless_it_was_against() -> None:
    signed = text(16, "sponsor", {}, sponsor_count="1")
    voted = text(17, "no", {"a": "no", "b": "no", "c": "yes"})
    again = text(18, "yes", {"b": "no"})
    known = rows(signed, voted, again)
    assert known["a"].ask_because == "voted with us, not yet a sponsor"
    assert known["b"].ask_because is None
    assert known["c"].ask_because is None


def test_the_texts_stand_behind_the_counts(answer_to: Ask) -> None:
    answer = answer_to("voting-closeness", other="Kenya")
    assert [(row.name, row.with_count, row.apart_count, row.against_count) for row in answer.rows] == [
        ("New Zealand", 1, 0, 0),
        ("Democratic Republic of the Congo", 0, 1, 0),
        ("Mongolia", 0, 0, 1),
    ]
    assert answer.rows[0].texts == ("X/RES/1 (2018): sponsored it, the other voted yes",)
    assert [clause.text for clause in answer.clauses] == [
        "Most often with Kenya: New Zealand (1 of 1 text).",
        "Most often against it: Mongolia (1 of 1 text).",
    ]
    assert answer.caveats[0].text == (
        "Descriptive, of what is on file: 2 texts that Kenya voted on or sponsored, 2018 to 2020; "
        "what is adopted by consensus is without a vote."
    )


def test_two_that_are_never_both_on_record_are_not_known(answer_to: Ask) -> None:
    answer = answer_to("voting-closeness", party="Ghana", other="Kenya")
    assert answer.headline == "Not known: Ghana and Kenya are not both on file on a text."
    assert answer.rows == ()
    assert answer_to("voting-closeness", other="Ghana").headline == (
        "Not known: we have no vote or sponsorship of Ghana for what was asked on file."
    )


def test_one_pair_is_the_same_from_either_side(answer_to: Ask) -> None:
    [one] = answer_to("voting-closeness", party="Mongolia", other="Kenya").rows
    [other] = answer_to("voting-closeness", party="Kenya", other="Mongolia").rows
    assert (one.text_count, one.against_count) == (other.text_count, other.against_count) == (1, 1)


def test_a_party_beside_itself_is_asked_about_all(answer_to: Ask) -> None:
    assert (
        answer_to("voting-closeness", party="Kenya", other="Kenya").rows
        == answer_to("voting-closeness", other="Kenya").rows
    )


def test_real_governments_moved_between_two_whole_lists(bundled_answer: Ask) -> None:
    answer = bundled_answer("voting-closeness")
    away = {row.name: row.moved_text_name for row in answer.rows if row.moved == "away"}
    assert away == {
        "Russia": "S/RES/2698 (2023)",
        **dict.fromkeys(("Fiji", "Mexico", "New Zealand", "Rwanda", "Serbia"), "A/HRC/RES/35/5 (2017)"),
    }
    assert bundled_answer("voting-closeness", party="Mexico").headline == (
        "Mexico was with the United States on 3 of 4 texts, apart on 1, where one abstained; "
        "it did not join 1 text that the United States sponsored."
    )
