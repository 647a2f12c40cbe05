"""Measures how well and how fast names are compared: python dev.py bench-match [--rows 100000] [--no-join]."""

import argparse
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench import name_pairs, name_sample
from bench.figures import peak_mb
from bench.name_pairs import Pair
from iga.graph.names.comparison import Tier, compared
from iga.graph.names.parts import Kind
from iga.ingest.resolution.book import Book
from iga.ingest.resolution.candidates import compare_waiting

_DRAWS = 1_000
_Z = 1.96
Judged = tuple[Tier, bool]
_KINDS: tuple[Kind, ...] = ("organization", "person")
_HARD = (
    "", " ", "\x00\x01\x1b", "\u202e\u200b\u2066", "😀🎉" * 2_000, "a" * 10_000, "ab cd " * 2_000, "S.A. " * 2_000,
    "ا ل " * 2_500, "国际组织" * 2_500, "ア" * 10_000, "a\u0301\u0302\u0303" * 2_500,
    "name:(a OR b)~2^3 AND *?[1 TO 2]", "MATCH (n) DETACH DELETE n //", "1 2 3 IV V " * 1_000,
    "joint stock compan " * 500,
)  # fmt: skip


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval by Wilson's formula, which holds for few cases and shares near 1."""

    part: int
    whole: int

    def __str__(self) -> str:
        if not self.whole:
            return "–"
        share, n = self.part / self.whole, self.whole
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * (share * (1 - share) / n + _Z**2 / (4 * n**2)) ** 0.5 / (1 + _Z**2 / n)
        return f"{share:.3f} [{max(0.0, middle - half):.3f}, {min(1.0, middle + half):.3f}]"


def main() -> None:
    """Print quality by set, kind and language, then speed."""
    parser = argparse.ArgumentParser(prog="python dev.py bench-match")
    parser.add_argument("--rows", type=int, default=100_000, help="names that are joined with themselves")
    parser.add_argument("--no-join", action="store_true", help="leave the join out")
    given = parser.parse_args()
    print("Targets: organizations F1 0.95, likely precision 0.98 at recall 0.60; people likely precision 0.98;")
    print("2,000 pairs/s on one core; 100,000 names with themselves in 5 minutes. Intervals are 95 %.\n")
    pairs = _quality()
    _speed(pairs)
    _hard_names()
    if not given.no_join:
        _join(given.rows)


def _quality() -> list[Pair]:
    own = name_pairs.own_pairs()
    _table("Public bodies in six languages (ours; the lists of words were completed on it)", own, by_slice=True)
    folder = name_pairs.shared()
    if folder is None:
        print("The labelled pairs of others are not beside the checkout: name the folder above data/ in IGA_SHARED.\n")
        return own
    bench = name_pairs.opensanctions(folder)
    for kind in ("organization", "person"):
        of_kind = [pair for pair in bench if pair.kind == kind]
        name = "organizations" if kind == "organization" else "people"
        _table(f"OpenSanctions name bench, {name}, REPORTED half", _half(of_kind, tuned=False), by_slice=True)
        _table(f"OpenSanctions name bench, {name}, half that was tuned on", _half(of_kind, tuned=True))
    others = {
        "ROR affiliations (parts of an institution count as the same)": name_pairs.ror(folder),
        "People of lists, with the likest other people": name_pairs.people(folder),
        "One name in the spellings of many languages": name_pairs.spellings(folder),
    }
    for name, found in others.items():
        _table(f"{name}, REPORTED half", _half(found, tuned=False), by_slice=True)
    return [*bench, *(pair for found in others.values() for pair in found)]


def _half(pairs: Iterable[Pair], *, tuned: bool) -> list[Pair]:
    return [pair for pair in pairs if pair.is_tuned_on == tuned]


def _table(name: str, pairs: Sequence[Pair], *, by_slice: bool = False) -> None:
    judged = [(compared(pair.first, pair.second, pair.kind).tier, pair.is_same) for pair in pairs]
    print(name)
    _line("all", judged)
    slices = sorted({pair.slice for pair in pairs} - {""}) if by_slice else []
    for each in slices:
        _line(each, [one for one, pair in zip(judged, pairs, strict=True) if pair.slice == each])
    print()


def _line(name: str, judged: Sequence[Judged]) -> None:
    """Print how many pairs, precision and recall of the tier offered first, then of it and the next together."""
    same = sum(is_same for _, is_same in judged)
    likely = _hits(judged, ("likely",))
    both = _hits(judged, ("likely", "possible"))
    print(f"  {name}: {len(judged):,} pairs, {same:,} the same")
    print(f"    likely               precision {Share(likely[0], sum(likely))}   recall {Share(likely[0], same)}")
    f1 = f"F1 {_f1(judged)}" if same and same < len(judged) else ""
    print(f"    likely and possible  precision {Share(both[0], sum(both))}   recall {Share(both[0], same)}   {f1}")


def _hits(judged: Iterable[Judged], tiers: Sequence[Tier]) -> tuple[int, int]:
    right = wrong = 0
    for tier, is_same in judged:
        if tier in tiers:
            right, wrong = right + is_same, wrong + (not is_same)
    return right, wrong


def _f1(judged: Sequence[Judged]) -> str:
    """Return F1 of likely and possible together, with a bootstrap interval."""
    chance = random.Random(0)
    draws = sorted(_f1_of(chance.choices(judged, k=len(judged))) for _ in range(_DRAWS if len(judged) < 5_000 else 50))
    low, high = draws[int(0.025 * len(draws))], draws[int(0.975 * len(draws))]
    return f"{_f1_of(judged):.3f} [{low:.3f}, {high:.3f}]"


def _f1_of(judged: Sequence[Judged]) -> float:
    right, wrong = _hits(judged, ("likely", "possible"))
    same = sum(is_same for _, is_same in judged)
    return 2 * right / (right + wrong + same) if same else 0.0


def _speed(pairs: Sequence[Pair]) -> None:
    """Time comparisons in one thread, by the processor's time: others may use the machine."""
    chosen = random.Random(0).sample(list(pairs), min(len(pairs), 5_000))
    for name in ("names met first", "names met before"):
        started = time.process_time()
        for pair in chosen:
            compared(pair.first, pair.second, pair.kind)
        print(f"Comparing {len(chosen):,} pairs, {name}: {len(chosen) / (time.process_time() - started):,.0f} pairs/s")


def _hard_names() -> None:
    """Time the worst of names that nobody meant, each against a plain one and against itself."""
    worst, which = 0.0, ""
    for name in _HARD:
        for kind in _KINDS:
            started = time.process_time()
            compared(name, "Example Relief House", kind)
            compared(name, name, kind)
            if (took := time.process_time() - started) > worst:
                worst, which = took, name
    told = f"{which[:20]!r}, {len(which):,} letters"
    print(f"Comparing hard names, the worst: {1_000 * worst:.1f} ms ({told})   target: 50 ms")


def _join(rows: int) -> None:
    """Join so many names with themselves, as a load does, and say how many of the planted pairs came up."""
    parties, planted = name_sample.parties(rows, name_pairs.shared())
    book = Book(None)
    started, wall = time.process_time(), time.perf_counter()
    with book.writing():
        for party in parties:
            book.put(party)
    put = time.process_time() - started
    compare_waiting(book)
    seconds = time.process_time() - started
    found = {(each.first.id, each.second.id): each.finding.tier for each in book.candidates()}
    met = sum(pair in found for pair in planted)
    print(f"Joining {rows:,} names with themselves: {seconds:,.0f} s of one core ({put:,.0f} s of it for the keys,")
    print(f"  {time.perf_counter() - wall:,.0f} s by the clock), {len(found):,} candidates, {peak_mb():.0f} MB at most")
    print(f"  planted pairs of one name in two spellings that came up: {Share(met, len(planted))}")


if __name__ == "__main__":
    main()
