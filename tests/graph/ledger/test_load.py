"""A load: what becomes of each row, what is withdrawn, and when anybody sees it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from iga.graph.errors import LedgerError, RowKeyChanged, ShrinkRefused, StaleEdition
from iga.graph.ledger.evidence import sources
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import Outcome
from iga.graph.statements import Card, Content
from tests.graph.ledger.conftest import Clock, Sayings

CARD = Card("ref:a", "A")


def words(outcomes: Iterable[Outcome]) -> list[str]:
    return [outcome.word for outcome in outcomes]


def test_a_row_is_new_then_unchanged_then_changed(say: Sayings) -> None:
    first, second = say.node("ngo:x", "X"), say.node("ngo:x", "Y")
    assert words(say.outcomes([("k", "a:2", first)])) == ["new"]
    assert words(say.outcomes([("k", "b:2", first)])) == ["unchanged"]
    assert words(say.outcomes([("k", "c:2", second)])) == ["changed"]
    assert say.versions("k") == [(1, first), (2, second)]


def test_a_row_may_say_again_what_it_said_before(say: Sayings) -> None:
    a, b = say.node("ngo:x", "A"), say.node("ngo:x", "B")
    for content in (a, b, a):
        say.load({"k": content})
    assert say.live() == {"k": a}
    assert [load for load, _ in say.versions("k")] == [1, 2, 3]


def test_a_withdrawn_row_comes_back(say: Sayings) -> None:
    a, b = say.node("ngo:x"), say.node("ngo:y")
    say.load({"k": a, "l": b})
    say.load({"l": b}, complete=True)
    assert say.live() == {"l": b}
    say.load({"k": a, "l": b}, complete=True)
    assert say.live() == {"k": a, "l": b}
    assert [content for _, content in say.versions("k")] == [a, Content(), a]


def test_withdrawing_names_the_rows_that_were_live(say: Sayings, ledger: Ledger) -> None:
    say.load({"k": say.node("ngo:x"), "l": say.node("ngo:y")})
    with ledger.open_load(CARD) as load:
        assert load.withdraw(["k", "never there"]) == ["k"]
        load.commit({})
    with ledger.open_load(CARD) as load:
        assert load.withdraw(["k"]) == []
        load.commit({})
    assert ledger.through() == 2


def test_a_row_read_in_a_load_is_not_withdrawn_by_it(say: Sayings, ledger: Ledger) -> None:
    with ledger.open_load(CARD) as load:
        load.put([("k", "a:2", say.node("ngo:x"))])
        with pytest.raises(LedgerError, match="'k' was read in this same load"):
            load.withdraw(["k"])


def test_an_identical_twin_is_repeated_in_the_batch_and_across_batches(say: Sayings, ledger: Ledger) -> None:
    row = ("k", "a:2", say.node("ngo:x"))
    with ledger.open_load(CARD) as load:
        assert words(load.put([row, row])) == ["new", "repeated"]
        assert words(load.put([row])) == ["repeated"]
        load.commit({})


@pytest.mark.parametrize("batches", [[3], [1, 2], [2, 1], [1, 1, 1]])
def test_a_clash_takes_the_earlier_row_back_and_names_its_place(
    say: Sayings, ledger: Ledger, batches: list[int]
) -> None:
    rows = [("k", "a.csv:2", say.node("ngo:x", "X")), ("k", "a.csv:5", say.node("ngo:y", "Y")),
            ("k", "a.csv:9", say.node("ngo:z", "Z"))]  # fmt: skip
    outcomes = []
    with ledger.open_load(CARD) as load:
        for size in batches:
            outcomes += load.put([rows.pop(0) for _ in range(size)])
        load.put([("other", "a.csv:10", say.node("ngo:o"))])
        load.commit({})
    assert outcomes == [("new", "", ""), ("clash", "a.csv:2", "new"), ("clash", "a.csv:2", "")]
    assert list(say.live()) == ["other"]
    assert say.versions("k") == []
    assert list(ledger.rows_naming(["ngo:x"])) == []


@pytest.mark.parametrize("apart", [True, False])
def test_a_clash_leaves_the_earlier_loads_version_live(say: Sayings, ledger: Ledger, apart: bool) -> None:
    old = say.node("ngo:x", "old")
    say.load({"k": old})
    rows = [("k", "a.csv:2", say.node("ngo:y", "1")), ("k", "a.csv:3", say.node("ngo:y", "2"))]
    with ledger.open_load(CARD) as load:
        if apart:
            load.put(rows[:1])
        outcomes = load.put(rows[1:] if apart else rows)
        load.put([("other", "a.csv:10", say.node("ngo:o"))])
        load.commit({})
    assert outcomes[-1] == ("clash", "a.csv:2", "changed")
    assert say.live()["k"] == old
    assert say.outcomes([("k", "z", old)])[0].word == "unchanged"
    assert list(ledger.rows_naming(["ngo:y"])) == []
    assert len(list(ledger.rows_naming(["ngo:x"]))) == 1


@pytest.mark.parametrize("place", ["a.csv:2", "Sheet 1!7", "no number", "007", "x0", "12"])
def test_a_clash_with_an_unchanged_row_names_the_place_in_this_file(say: Sayings, ledger: Ledger, place: str) -> None:
    say.load({"k": say.node("ngo:x")}, complete=True)
    with ledger.open_load(Card("ref:a", "ref:a", complete=True)) as load:
        load.put([("k", place, say.node("ngo:x"))])
        assert load.put([("k", "a.csv:3", say.node("ngo:y"))]) == [("clash", place, "unchanged")]
        assert load.withdraw_unseen() == []
        load.commit({})
    assert say.live() == {"k": say.node("ngo:x")}


def test_nobody_else_sees_a_load_before_it_is_committed(
    say: Sayings, ledger: Ledger, reopened: Callable[[], Ledger]
) -> None:
    other = reopened()
    with ledger.open_load(CARD) as load:
        load.put([("k", "a:2", say.node("ngo:x"))])
        assert (other.through(), list(other.rows_after(0))) == (0, [])
        assert (ledger.through(), len(list(ledger.rows_after(0)))) == (1, 1)
        load.commit({})
    assert (other.through(), len(list(other.rows_after(0)))) == (1, 1)


def test_leaving_without_commit_leaves_nothing(say: Sayings, ledger: Ledger) -> None:
    with ledger.open_load(CARD) as load:
        load.put([("k", "a:2", say.node("ngo:x"))])
    assert (ledger.through(), ledger.headers(), list(ledger.rows_naming(["ngo:x"]))) == (0, [], [])


def test_an_error_in_the_block_leaves_nothing(say: Sayings, ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError), ledger.open_load(CARD) as load:  # noqa: PT012
        load.put([("k", "a:2", say.node("ngo:x"))])
        _ = 1 / 0
    assert ledger.through() == 0
    assert say.load({"k": say.node("ngo:x")}).no == 1


def test_only_one_load_is_open_at_a_time(ledger: Ledger) -> None:
    with ledger.open_load(CARD), pytest.raises(LedgerError, match="open already"):  # noqa: SIM117
        with ledger.open_load(Card("ref:b", "B")):
            pass


def test_the_same_load_again_writes_nothing(say: Sayings, ledger: Ledger) -> None:
    said = {"k": say.node("ngo:x"), "l": say.edge("ngo:x", "engagement:e")}
    first = say.load(said, complete=True)
    assert say.load(said, complete=True) == first
    assert ledger.headers() == [first]


def test_a_newer_card_alone_is_recorded(ledger: Ledger) -> None:
    with ledger.open_load(CARD) as load:
        load.commit({})
    with ledger.open_load(Card("ref:a", "A", rank=10)) as load:
        assert load.commit({}).no == 2


def test_a_header_keeps_who_why_files_and_counts(ledger: Ledger) -> None:
    with ledger.open_load(CARD, by="Ana", because="asked", row_key=["a", "b"], files=[("f.csv", "00")]) as load:
        header = load.commit({"read": 7})
    assert (header.by, header.because, header.row_key, header.files) == ("Ana", "asked", ("a", "b"), (("f.csv", "00"),))
    assert ledger.headers() == [header]
    assert sources(ledger)[0].counts == {"read": 7}


def test_instants_rise_even_when_the_clock_does_not(say: Sayings, clock: Clock) -> None:
    ats: list[str] = []
    for step in (0, 0, -3600, 3600):
        clock.at += timedelta(seconds=step)
        ats.append(say.load({"k": say.node("ngo:x", str(len(ats)))}).at)
    assert ats[:3] == ["2026-06-01T12:00:00.000000Z", "2026-06-01T12:00:00.000001Z", "2026-06-01T12:00:00.000002Z"]
    assert ats == sorted(set(ats))


def test_an_instant_is_told_in_utc(say: Sayings, clock: Clock) -> None:
    clock.at = datetime.fromisoformat("2026-06-01T14:00:00+05:00")
    assert clock.at.astimezone(UTC).hour == 9
    assert say.load({"k": say.node("ngo:x")}).at == "2026-06-01T09:00:00.000000Z"


def numbered(say: Sayings, count: int) -> dict[str, Content]:
    return {f"k{number:02}": say.node(f"ngo:n{number}") for number in range(count)}


def test_a_partial_source_withdraws_nothing(say: Sayings) -> None:
    say.load(numbered(say, 20))
    say.load({"k00": say.node("ngo:n0", "other")})
    assert len(say.live()) == 20


@pytest.mark.parametrize(("rows", "gone"), [(40, 4), (5, 3), (3, 3)])
def test_a_tenth_or_three_rows_may_go(say: Sayings, rows: int, gone: int) -> None:
    all_rows = numbered(say, rows)
    say.load(all_rows)
    say.load(dict(list(all_rows.items())[gone:]), complete=True)
    assert len(say.live()) == rows - gone


def test_more_than_a_tenth_and_more_than_three_is_refused_with_their_keys(say: Sayings, ledger: Ledger) -> None:
    all_rows = numbered(say, 39)
    say.load(all_rows)
    with pytest.raises(ShrinkRefused, match=r"ref:a: 4 of 39 rows .*\(k00, k01, k02, k03\).*--allow-shrink"):
        say.load(dict(list(all_rows.items())[4:]), complete=True)
    assert (len(say.live()), ledger.through()) == (39, 1)
    say.load(dict(list(all_rows.items())[4:]), complete=True, allow_shrink=True)
    assert len(say.live()) == 35


def test_rows_added_in_the_load_do_not_raise_the_floor(say: Sayings) -> None:
    all_rows = numbered(say, 100)
    say.load(dict(list(all_rows.items())[:20]))
    with pytest.raises(ShrinkRefused):
        say.load(dict(list(all_rows.items())[4:]), complete=True)


def test_unseen_rows_of_other_sources_stay(say: Sayings) -> None:
    say.load({"k": say.node("ngo:x")}, source="ref:b")
    say.load({"l": say.node("ngo:y")}, complete=True)
    assert say.live("ref:b") == {"k": say.node("ngo:x")}


@pytest.mark.parametrize(
    ("before", "now", "refused"),
    [
        ("2024", "2023", True),
        ("2024-05", "2024-04-30", True),
        ("2024", "2024", False),
        ("2024", "", False),
        ("", "1999", False),
    ],
)
def test_an_older_edition_is_refused(ledger: Ledger, before: str, now: str, refused: bool) -> None:
    def edition(as_of: str) -> None:
        with ledger.open_load(Card("ref:a", "A", as_of=as_of)) as load:
            load.commit({})

    edition(before)
    edition("")
    if not refused:
        edition(now)
        return
    with pytest.raises(StaleEdition, match=f"stated as of {now}; {before} is already there"):
        edition(now)


def test_another_row_key_is_refused_unless_all_rows_are_written_anew(say: Sayings, ledger: Ledger) -> None:
    rows = {f"{n}": say.node(f"ngo:n{n}") for n in range(20)}
    with ledger.open_load(CARD, row_key=["id"]) as load:
        load.put(say.lines(rows))
        load.commit({})
    with (
        pytest.raises(RowKeyChanged, match=r"was id and is now id, year;.*--rekey"),
        ledger.open_load(CARD, row_key=["id", "year"]),
    ):
        pass
    with ledger.open_load(CARD, row_key=["id", "year"], rekey=True) as load:
        load.put([('["1","2024"]', "a:2", say.node("ngo:n1"))])
        load.commit({})
    assert list(say.live()) == ['["1","2024"]']
    with ledger.open_load(CARD, row_key=["id", "year"]) as load:
        assert load.commit({}).no == 2


def test_a_row_that_says_nothing_is_not_live(say: Sayings, ledger: Ledger) -> None:
    assert words(say.outcomes([("k", "a:2", Content())])) == ["new"]
    assert words(say.outcomes([("k", "a:2", Content())])) == ["unchanged"]
    assert sources(ledger)[0].live_rows == 0
