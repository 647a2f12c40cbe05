"""Laws of money over chains of awards: sub-awards, doubles and circles change no total, parts make a whole."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.fold.shapes import View
from graph.ledger.ledger import Ledger
from graph.projection.project import rebuild
from graph.stores.embedded_store import EmbeddedStore
from queries.ask import ask
from queries.asking import Asking
from tests.queries.world import NOW, TODAY, card, edge, node, rows

PARTIES = tuple(f"ngo:p{number}" for number in range(5))
PLACES = ("gov:gha", "gov:ken", "gov:per")
SHARES: tuple[dict[str, str | None], ...] = (
    {},
    {"gov:gha": None},
    {"gov:gha": "33.3", "gov:ken": "33.3", "gov:per": "33.4"},
    {"gov:gha": "60", "gov:ken": "40"},
    {"gov:ken": None, "gov:per": None},
)
few = settings(max_examples=10, deadline=None, derandomize=True, database=None)


@dataclass(frozen=True)
class Moved:
    """A movement: whose award, what sort, how much, when, from whom to whom."""

    award: int
    measure: str
    amount: int
    day: str
    giver: str
    receiver: str
    number: str = ""


@dataclass(frozen=True)
class Chain:
    """Awards of one funder, their shares, what moved, and which award stands under which."""

    shares: tuple[int, ...]
    primes: tuple[str, ...]
    moved: tuple[Moved, ...]
    under: tuple[tuple[int, int], ...]


days = st.sampled_from(["2023-10-01", "2024-02-29", "2024-09-30", "2024-10-01", "2025"])
awards = st.integers(0, 2)
parties = st.sampled_from(PARTIES)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    primes = tuple(draw(parties) for _ in range(3))
    prime = st.builds(
        lambda award, measure, amount, day: Moved(award, measure, amount, day, "body:funder", primes[award]),
        awards, st.sampled_from(["obligation", "outlay"]), st.integers(-999, 9999), days,
    )  # fmt: skip
    passed = st.builds(
        lambda award, amount, day, giver, receiver, number: Moved(
            award, "subaward", amount, day, giver or primes[award], receiver, number
        ),
        awards, st.integers(1, 5000), days, st.sampled_from(["", "", *PARTIES[:2]]), parties,
        st.sampled_from(["", "S-1", "S-2"]),
    )  # fmt: skip
    moved = (*draw(st.lists(prime, min_size=1, max_size=6)), *draw(st.lists(passed, min_size=1, max_size=8)))
    under = tuple(draw(st.lists(st.tuples(awards, awards), max_size=2)))
    return Chain(tuple(draw(st.integers(0, len(SHARES) - 1)) for _ in range(3)), primes, moved, under)


def _said(chain: Chain) -> Iterator[Any]:
    yield node("PublicBody", "body:funder", name="Funder")
    yield from (node("Ngo", party, name=f"Party {party[-1]}") for party in PARTIES)
    yield from (node("Government", place, name=place[4:].title(), iso3=place[4:].upper()) for place in PLACES)
    for number, prime in enumerate(chain.primes):
        award = f"award:a{number}"
        yield node("Award", award, name=f"Award {number}")
        yield edge("FUNDED", "body:funder", award)
        yield edge("AWARDED_TO", award, prime)
        for place, share in SHARES[chain.shares[number]].items():
            yield edge("IMPLEMENTED_IN", award, place, **({"percentage": share} if share else {}))
    for below, above in chain.under:
        yield edge("UNDER", f"award:a{below}", f"award:a{above}")
    for number, each in enumerate(chain.moved):
        written = f"transaction:t{number}"
        money = {"amount": str(each.amount), "currency": "USD", "measure": each.measure, "value_date": each.day}
        said = {"reference": each.number} if each.number else {}
        yield (
            node("Transaction", written, money=money, provider=each.giver, receiver=each.receiver, **said),
            edge("UNDER", written, f"award:a{each.award}"),
        )
        if each.measure == "subaward":
            yield edge("SUBAWARDED_TO", f"award:a{each.award}", each.receiver, **said)


def asking_of(chain: Chain) -> AbstractContextManager[Asking]:
    return asking_said(_said(chain))


@contextmanager
def asking_said(said: Iterable[Any]) -> Iterator[Asking]:
    with TemporaryDirectory() as home:
        path = Path(home)
        with (
            Ledger.open(path / "ledger.sqlite", clock=lambda: datetime(2026, 6, 1, 12, tzinfo=UTC)) as ledger,
            closing(EmbeddedStore(path / "store")) as store,
        ):
            with ledger.open_load(card("test:chain", "Chain")) as opened:
                opened.put(rows("chain.csv", *said))
                opened.commit({})
            rebuild(ledger, store, view=View(), now=NOW)
            yield Asking.of(store, ledger, today=TODAY)


def total(asking: Asking, **parameters: str) -> Decimal:
    found: Any = ask(asking, "funding-summary", {"party": "Funder", **parameters}).rows
    return sum((Decimal(row.amount) for row in found if row.counted), Decimal(0))


def everything(asking: Asking, **parameters: str) -> Decimal:
    """Return what counts and what is left out together."""
    found: Any = ask(asking, "funding-summary", {"party": "Funder", **parameters}).rows
    return sum((Decimal(row.amount or 0) for row in found), Decimal(0))


def of(chain: Chain, measure: str) -> Sequence[Moved]:
    return [each for each in chain.moved if each.measure == measure]


@few
@given(chains())
def test_a_total_of_prime_awards_is_the_same_with_and_without_sub_awards(chain: Chain) -> None:
    flat = replace(chain, under=())
    bare = replace(flat, moved=tuple(each for each in flat.moved if each.measure != "subaward"))
    with asking_of(flat) as whole, asking_of(bare) as without:
        for measure in ("obligation", "outlay"):
            given = {"layer": "prime award", "measure": measure}
            expected = sum((Decimal(each.amount) for each in of(chain, measure)), Decimal(0))
            if of(chain, measure):
                assert total(whole, **given) == total(without, **given) == expected


@few
@given(chains())
def test_parts_by_anything_make_up_the_whole_less_what_is_said_to_be_left_out(chain: Chain) -> None:
    with asking_of(chain) as asking:
        for layer, measure in (("prime award", "obligation"), ("sub-award", "subaward")):
            ways = ("fiscal year", "calendar year", "country", "programme", "implementer")
            given = {"layer": layer, "measure": measure}
            assert len({total(asking, by=by, **given) for by in ways}) == 1
            if layer == "sub-award" and of(chain, measure):
                whole = sum((Decimal(each.amount) for each in of(chain, "subaward")), Decimal(0))
                assert everything(asking, **given) == whole


@few
@given(chains(), st.data())
def test_a_row_that_is_reported_twice_changes_no_total(chain: Chain, data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(list(of(chain, "subaward"))))
    twice = replace(chain, moved=(*chain.moved, again))
    with asking_of(chain) as once, asking_of(twice) as doubled:
        given = {"layer": "sub-award", "measure": "subaward"}
        assert total(once, **given) == total(doubled, **given)
        assert everything(doubled, **given) == everything(once, **given) + again.amount


@few
@given(chains())
def test_circles_of_awards_and_of_hands_end_and_each_amount_is_counted_once(chain: Chain) -> None:
    with asking_of(chain) as asking:
        down: Any = ask(asking, "funding-trace", {"party": "Funder"}).rows
        counted: dict[str, Decimal] = {}
        for row in down:
            if row.counted:
                counted[row.measure] = counted.get(row.measure, Decimal(0)) + Decimal(row.amount)
        for measure in ("obligation", "outlay"):
            assert counted.get(measure, 0) == sum(each.amount for each in of(chain, measure))
        for party in PARTIES:
            up: Any = ask(asking, "funding-of", {"party": party}).rows
            received = [each for each in of(chain, "obligation") if each.receiver == party]
            own = [row for row in up if row.counted and row.measure == "obligation"]
            assert sum(Decimal(row.amount) for row in own) == sum(each.amount for each in received)
            ask(asking, "funding-trace", {"party": party})


def test_a_hub_shows_its_largest_awards_and_says_how_many_there_are() -> None:
    def said() -> Iterator[Any]:
        yield node("PublicBody", "body:funder", name="Funder")
        for number in range(40):
            money = {"amount": str(number), "currency": "USD", "measure": "obligation", "value_date": "2025"}
            yield node("Award", f"award:a{number:02}", name=f"Award {number:02}", total_obligated=money)
            yield edge("FUNDED", "body:funder", f"award:a{number:02}")

    with asking_said(said()) as asking:
        answer = ask(asking, "funding-trace", {"party": "Funder"})
        shown: Any = answer.rows
        assert [row.target_name for row in shown] == [f"Award {number}" for number in range(39, 14, -1)]
        assert "Of 40 things that it pays for, Funder, at most 25 of a kind are shown." in [
            caveat.text for caveat in answer.caveats
        ]
