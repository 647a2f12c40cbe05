"""Laws of money over chains of awards: sub-awards, doubles and circles change no total, parts make a whole.

To make a graph takes longer than to ask it: several chains stand in one, each with a funder and parties of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from iga.graph.fold.shapes import View
from iga.graph.ledger.ledger import Ledger
from iga.graph.projection.project import rebuild
from iga.graph.stores.embedded_store import EmbeddedStore
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.world import NOW, TODAY, card, edge, node, rows

PARTIES = tuple(range(5))
FUNDER = -1
PLACES = ("gov:gha", "gov:ken", "gov:per")
SHARES: tuple[dict[str, str | None], ...] = (
    {},
    {"gov:gha": None},
    {"gov:gha": "33.3", "gov:ken": "33.3", "gov:per": "33.4"},
    {"gov:gha": "60", "gov:ken": "40"},
    {"gov:ken": None, "gov:per": None},
)
# The first example that is drawn is the simplest there is; each has several chains, so none is shrunk for minutes.
few = settings(max_examples=3, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
_TOGETHER = 6


@dataclass(frozen=True)
class Moved:
    """A movement: whose award, what sort, how much, when, from which party to which; a giver of None is not told."""

    award: int
    measure: str
    amount: int
    day: str
    giver: int | None
    receiver: int
    number: str = ""


@dataclass(frozen=True)
class Chain:
    """Awards of one funder, their shares, what moved, and which award stands under which."""

    shares: tuple[int, ...]
    primes: tuple[int, ...]
    moved: tuple[Moved, ...]
    under: tuple[tuple[int, int], ...]


days = st.sampled_from(["2023-10-01", "2024-02-29", "2024-09-30", "2024-10-01", "2025"])
awards = st.integers(0, 2)
parties = st.sampled_from(PARTIES)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    primes = tuple(draw(parties) for _ in range(3))
    prime = st.builds(
        lambda award, measure, amount, day: Moved(award, measure, amount, day, FUNDER, primes[award]),
        awards, st.sampled_from(["obligation", "outlay"]), st.integers(-999, 9999), days,
    )  # fmt: skip
    passed = st.builds(
        lambda award, amount, day, giver, receiver, number: Moved(
            award, "subaward", amount, day, primes[award] if giver is None else giver, receiver, number
        ),
        awards, st.integers(1, 5000), days, st.sampled_from([None, None, *PARTIES[:2]]), parties,
        st.sampled_from(["", "S-1", "S-2"]),
    )  # fmt: skip
    moved = (*draw(st.lists(prime, min_size=1, max_size=6)), *draw(st.lists(passed, min_size=1, max_size=8)))
    under = tuple(draw(st.lists(st.tuples(awards, awards), max_size=2)))
    return Chain(tuple(draw(st.integers(0, len(SHARES) - 1)) for _ in range(3)), primes, moved, under)


several = st.lists(chains(), min_size=_TOGETHER, max_size=_TOGETHER)


def party(at: int, number: int) -> str:
    """Return the id of a party of the chain that stands at a place."""
    return f"body:c{at}-funder" if number == FUNDER else f"ngo:c{at}-p{number}"


def _said(chain: Chain, at: int) -> Iterator[Any]:
    yield node("PublicBody", party(at, FUNDER), name=f"Funder {at}")
    yield from (node("Ngo", party(at, number), name=f"Party {at}-{number}") for number in PARTIES)
    for number, prime in enumerate(chain.primes):
        award = f"award:c{at}-a{number}"
        yield node("Award", award, name=f"Award {at}-{number}")
        yield edge("FUNDED", party(at, FUNDER), award)
        yield edge("AWARDED_TO", award, party(at, prime))
        for place, share in SHARES[chain.shares[number]].items():
            yield edge("IMPLEMENTED_IN", award, place, **({"percentage": share} if share else {}))
    for below, above in chain.under:
        yield edge("UNDER", f"award:c{at}-a{below}", f"award:c{at}-a{above}")
    for number, each in enumerate(chain.moved):
        yield from _movement(each, at, f"transaction:c{at}-t{number}")


def _movement(each: Moved, at: int, written: str) -> Iterator[Any]:
    award, receiver = f"award:c{at}-a{each.award}", party(at, each.receiver)
    money = {"amount": str(each.amount), "currency": "USD", "measure": each.measure, "value_date": each.day}
    said = {"reference": each.number} if each.number else {}
    giver = {} if each.giver is None else {"provider": party(at, each.giver)}
    yield (node("Transaction", written, money=money, receiver=receiver, **giver, **said), edge("UNDER", written, award))
    if each.measure == "subaward":
        yield edge("SUBAWARDED_TO", award, receiver, **said)


def asking_of(found: Sequence[Chain]) -> AbstractContextManager[Session]:
    """Open a graph of chains, each told by its place."""
    places = [node("Government", place, name=place[4:].title(), iso3=place[4:].upper()) for place in PLACES]
    return asking_said([*places, *(said for at, chain in enumerate(found) for said in _said(chain, at))])


@contextmanager
def asking_said(*said: Iterable[Any], titles: Sequence[str] = ("Chain",)) -> Iterator[Session]:
    """Open a graph of what some sources say, each with its title."""
    with TemporaryDirectory() as home:
        path = Path(home)
        with (
            Ledger.open(path / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)) as ledger,
            closing(EmbeddedStore(path / "store")) as store,
        ):
            for number, (of_source, title) in enumerate(zip(said, titles, strict=True)):
                with ledger.open_load(card(f"test:chain-{number}", title)) as opened:
                    opened.put(rows("chain.csv", *of_source))
                    opened.commit({})
            rebuild(ledger, store, view=View(), now=NOW)
            yield Session.of(store, ledger, today=TODAY)


def summary_rows(session: Session, at: int, **parameters: str) -> Any:
    return ask(session, "funding-summary", {"party": party(at, FUNDER), **parameters}).rows


def total(session: Session, at: int, **parameters: str) -> Decimal:
    return sum((Decimal(row.amount) for row in summary_rows(session, at, **parameters) if row.counted), Decimal(0))


def everything(session: Session, at: int, **parameters: str) -> Decimal:
    """Return what counts and what is left out together."""
    return sum((Decimal(row.amount or 0) for row in summary_rows(session, at, **parameters)), Decimal(0))


def of(chain: Chain, measure: str) -> Sequence[Moved]:
    return [each for each in chain.moved if each.measure == measure]


@few
@given(several)
def test_a_total_of_prime_awards_is_the_same_with_and_without_sub_awards(found: list[Chain]) -> None:
    flat = [replace(chain, under=()) for chain in found]
    bare = [replace(chain, moved=tuple(each for each in chain.moved if each.measure != "subaward")) for chain in flat]
    with asking_of([*flat, *bare]) as session:
        for at, chain in enumerate(found):
            for measure in ("obligation", "outlay"):
                asked = {"layer": "prime award", "measure": measure}
                expected = sum((Decimal(each.amount) for each in of(chain, measure)), Decimal(0))
                if of(chain, measure):
                    assert total(session, at, **asked) == total(session, at + len(flat), **asked) == expected
            assert not everything(session, at, layer="prime award", measure="subaward")


@few
@given(several)
def test_parts_by_anything_make_up_the_whole_less_what_is_said_to_be_left_out(found: list[Chain]) -> None:
    with asking_of(found) as session:
        for at, chain in enumerate(found):
            for layer, measure in (("prime award", "obligation"), ("sub-award", "subaward")):
                ways = ("fiscal year", "calendar year", "country", "programme", "implementer")
                asked = {"layer": layer, "measure": measure}
                assert len({total(session, at, by=by, **asked) for by in ways}) == 1
                if layer == "sub-award" and of(chain, measure):
                    whole = sum((Decimal(each.amount) for each in of(chain, "subaward")), Decimal(0))
                    assert everything(session, at, **asked) == whole


@few
@given(several, st.data())
def test_a_row_that_is_reported_twice_changes_no_total(found: list[Chain], data: st.DataObject) -> None:
    again = [data.draw(st.sampled_from(list(of(chain, "subaward")))) for chain in found]
    twice = [replace(chain, moved=(*chain.moved, each)) for chain, each in zip(found, again, strict=True)]
    with asking_of([*found, *twice]) as session:
        asked = {"layer": "sub-award", "measure": "subaward"}
        for at, each in enumerate(again):
            doubled = at + len(found)
            assert total(session, at, **asked) == total(session, doubled, **asked)
            assert everything(session, doubled, **asked) == everything(session, at, **asked) + each.amount


@few
@given(several)
def test_circles_of_awards_and_of_hands_end_and_each_amount_is_counted_once(found: list[Chain]) -> None:
    with asking_of(found) as session:
        for at, chain in enumerate(found):
            down: Any = ask(session, "funding-trace", {"party": party(at, FUNDER)}).rows
            counted: dict[str, Decimal] = {}
            for row in down:
                if row.counted:
                    counted[row.measure] = counted.get(row.measure, Decimal(0)) + Decimal(row.amount)
            for measure in ("obligation", "outlay"):
                assert counted.get(measure, 0) == sum(each.amount for each in of(chain, measure))
            for number in PARTIES:
                up: Any = ask(session, "funding-of", {"party": party(at, number)}).rows
                received = [each for each in of(chain, "obligation") if each.receiver == number]
                own = [row for row in up if row.counted and row.measure == "obligation"]
                assert sum(Decimal(row.amount) for row in own) == sum(each.amount for each in received)
                ask(session, "funding-trace", {"party": party(at, number)})


@few
@given(several)
def test_what_a_party_received_and_what_it_passed_on_are_never_one_total(found: list[Chain]) -> None:
    with asking_of(found) as session:
        for at, chain in enumerate(found):
            for number in PARTIES:
                shown: Any = ask(session, "funding", {"party": party(at, number)}).rows
                counted = [row for row in shown if row.counted and row.measure == "subaward"]
                assert all(row.recipient == party(at, number) != row.giver for row in counted)
                received = [each for each in of(chain, "subaward") if each.receiver == number != each.giver]
                assert sum(Decimal(row.amount) for row in counted) <= sum(each.amount for each in received)
                own = {award for award, prime in enumerate(chain.primes) if prime == number}
                own |= {each.award for each in of(chain, "subaward") if each.receiver == number}
                passing = [each for each in of(chain, "subaward") if each.award in own]
                every = [each for each in passing if number in (each.receiver, each.giver)]
                held = sum(Decimal(row.amount) for row in shown if row.measure == "subaward")
                assert held == sum(each.amount for each in every)


@few
@given(several)
def test_rows_totals_and_the_way_down_tell_the_same_money_of_a_funder(found: list[Chain]) -> None:
    with asking_of([replace(chain, under=()) for chain in found]) as session:
        for at, chain in enumerate(found):
            for measure in ("obligation", "outlay"):
                if of(chain, measure):
                    summed = total(session, at, layer="prime award", measure=measure)
                    for question in ("funding", "funding-trace"):
                        rows: Any = ask(session, question, {"party": party(at, FUNDER)}).rows
                        kind = ("prime award", measure)
                        own = [Decimal(row.amount) for row in rows if row.counted and (row.layer, row.measure) == kind]
                        assert sum(own) == summed


@dataclass(frozen=True)
class Stating:
    """A figure that one file states for an award: which file, which award, how much, and on which day."""

    file: int
    award: int
    amount: int
    day: str


# Files 0 and 1 have one title, as two workbooks of one name have.
_TITLES = ("awards.xlsx", "awards.xlsx", "Register of awards")
stating = st.builds(
    Stating, st.integers(0, 2), awards, st.sampled_from([1_500_000, 2_000_000]), st.sampled_from(["", "2024", "2025"])
)


@few
@given(st.lists(st.lists(stating, min_size=1, max_size=6), min_size=_TOGETHER, max_size=_TOGETHER))
def test_all_questions_on_money_agree_whichever_files_state_it(stated: list[list[Stating]]) -> None:
    nodes: list[list[Any]] = [
        [node("PublicBody", party(at, FUNDER), name=f"Funder {at}") for at in range(len(stated))],
        [],
        [],
    ]
    for at, statings in enumerate(stated):
        for one in statings:
            award = f"award:c{at}-a{one.award}"
            money = {"amount": str(one.amount), "currency": "USD", "measure": "obligation", "value_date": one.day}
            nodes[one.file] += [
                node("Award", award, name=f"Award {at}-{one.award}", total_obligated=money),
                edge("FUNDED", party(at, FUNDER), award),
                edge("AWARDED_TO", award, party(at, 0)),
                node("Ngo", party(at, 0), name=f"Party {at}-0"),
            ]
    with asking_said(*nodes, titles=_TITLES) as session:
        for at, statings in enumerate(stated):
            own = {f"award:c{at}-a{one.award}": one for one in statings}
            shown: Any = [ask(session, "award", {"award": award}).rows for award in own]
            assert all({row.about for row in rows} == {award} for award, rows in zip(own, shown, strict=True))
            summed = total(session, at, measure="obligation")
            ways = (("funding", FUNDER), ("funding", 0), ("funding-of", 0), ("funding-trace", FUNDER))
            for question, number in ways:
                answer: Any = ask(session, question, {"party": party(at, number)})
                counting = [row for row in answer.rows if row.amount and row.counted]
                if question == "funding":
                    assert len(counting) == len(own)
                    totals = [clause.values["total"] for clause in answer.clauses if "total" in clause.values]
                    assert sum(Decimal(known["amount"]) for known in totals) == summed
                    by_thing = {row.about: row.amount for row in counting}
                else:
                    ends = [(row.source, row.target, row.amount) for row in counting]
                    by_thing = {thing: amount for *both, amount in ends for thing in both if thing in own}
                assert sum(map(Decimal, by_thing.values())) == summed, question


flows = st.tuples(st.integers(0, 2), st.sampled_from([*PLACES, ""]), st.integers(-50, 900), parties)


@few
@given(st.lists(flows, min_size=1, max_size=12))
def test_transactions_under_nothing_are_counted_by_place_provider_and_receiver(drawn: list[tuple[Any, ...]]) -> None:
    nodes: list[Any] = [node("Government", place, name=place[4:], iso3=place[4:].upper()) for place in PLACES]
    nodes += [node("PublicBody", f"body:giver-{number}", name=f"Giver {number}") for number in range(3)]
    nodes += [node("Ngo", party(0, number), name=f"Party {number}") for number in PARTIES]
    for number, (giver, place, amount, receiver) in enumerate(drawn):
        money = {"amount": str(amount), "currency": "USD", "measure": "disbursement", "value_date": "2025-03"}
        ends = {
            "provider": f"body:giver-{giver}",
            "receiver": party(0, receiver),
            **({"place": place} if place else {}),
        }
        nodes.append(node("Transaction", f"transaction:flow-{number}", name=f"Flow {number}", money=money, **ends))
    expected: dict[str, Decimal] = {}
    for giver, place, amount, receiver in drawn:
        for whom in filter(None, (place, f"body:giver-{giver}", party(0, receiver))):
            expected[whom] = expected.get(whom, Decimal(0)) + amount
    with asking_said(nodes) as session:
        for whom, amount in expected.items():
            ways = ["funding", "funding-summary", "funding-trace" if whom.startswith("body:") else "funding-of"]
            for question in ways:
                shown: Any = ask(session, question, {"party": whom}).rows
                assert sum(Decimal(row.amount) for row in shown if row.counted) == amount, question
        everybody: Any = ask(session, "top-partners", {}).rows
        assert sum(Decimal(row.amount) for row in everybody) == sum(amount for _, _, amount, _ in drawn)


def test_money_of_an_award_is_its_recipients_also_where_it_stands_above_another_award_of_theirs() -> None:
    own = Moved(1, "obligation", 382, "2024-10-01", FUNDER, 1)
    with asking_of([Chain((0, 0, 0), (1, 1, 4), (own,), ((0, 1),))]) as session:
        shown: Any = ask(session, "funding-of", {"party": party(0, 1)}).rows
    assert [(row.source_name, row.amount) for row in shown if row.counted] == [("Award 0-1", "382")]


def test_a_hub_shows_its_largest_awards_and_says_how_many_there_are() -> None:
    def said() -> Iterator[Any]:
        yield node("PublicBody", "body:funder", name="Funder")
        for number in range(40):
            money = {"amount": str(number), "currency": "USD", "measure": "obligation", "value_date": "2025"}
            yield node("Award", f"award:a{number:02}", name=f"Award {number:02}", total_obligated=money)
            yield edge("FUNDED", "body:funder", f"award:a{number:02}")

    with asking_said(said()) as session:
        answer = ask(session, "funding-trace", {"party": "Funder"})
        shown: Any = answer.rows
        assert [row.target_name for row in shown] == [f"Award {number}" for number in range(39, 14, -1)]
        assert "Of 40 things that it pays for, Funder, at most 25 of a kind are shown." in [
            caveat.text for caveat in answer.caveats
        ]
