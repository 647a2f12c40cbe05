"""Learns from phrasings and texts how much each sign in a text speaks for each question, and writes the table of it.

A multinomial logistic regression by AdaGrad, in plain Python: ten thousand texts of a dozen signs take a minute.
"""

import csv
import math
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.figures import clock
from bench.words import TYPED_ON
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_bundled, load_sample
from iga.queries.core.session import Session
from iga.queries.plain.choosing import read_text, signs_of
from iga.queries.plain.phrases import REFUSED, SpokenCard, phrases, taught
from iga.queries.registry import QUESTIONS

TABLE = Path(__file__).parents[1] / "queries" / "plain" / "weights.csv"
_ORDERS, _ROUNDS, _AVERAGED, _STEP, _SHRINK, _SMALLEST = 3, 12, 6, 0.2, 0.002, 0.3
_TEXT, _ASKS, _CUE, _VALUE = 1.5, 1.0, 0.5, 0.2
_SLOT = re.compile(r"\{(\w+)\}")
# What stands in the places of phrasings: any name of the kind would do, since signs only tell its kind.
_NAMES: Mapping[str, Sequence[str]] = {
    "Government": ("Ghana", "the Philippines"),
    "body": ("OSCE", "Bali Process"),
    "InternationalOrganization": ("UNODC", "ASEAN"),
    "Person": ("Nadia Notreal", "Victor Placeholder"),
    "Agreement": ("Palermo Protocol", "CEDAW"),
    "ChildProtectionCompact": ("Peru compact", "Ghana compact"),
    "Award": ("AID-388-A-14-00003", "Bridge Project"),
    "Project": ("Eliminating Child Labor in Cocoa", "Moving Towards a Child Labor-Free Jordan"),
    "Resolution": ("A/RES/72/1", "S/RES/2331"),
    "Engagement": ("Eighth Bali Process Ministerial Conference", "high-level meeting on trafficking in persons"),
    "Party": ("Ghana", "IOM"),
    "PublicBody": ("TIP Office", "TIP Office"),
    "Post": ("UNODC", "Thailand"),
    "topic": ("forced labor", "child trafficking"),
    "government": ("Kenya", "Nepal"),
}
_DAYS = {"year": "2019", "fiscal_year": "FY2019", "since": "2019", "until": "2027", "limit": "5"}


class Lesson(NamedTuple):
    """A text to learn from: its signs, the question that answers it, and how much it counts."""

    signs: tuple[str, ...]
    question: str
    counts: float


def texts() -> Iterator[tuple[str, str, float]]:
    """Yield all texts to learn from, the question of each and how much it counts."""
    known = phrases()
    for name, card in known.cards.items():
        for turn, asked in enumerate(card.asks):
            for other in (0, 1) if "{" in asked else (0,):
                yield _with_names(asked, name, card, turn + other), name, _ASKS
        yield from ((cue, name, _CUE) for cue in filter(None, re.split(r",\s*", card.cues)))
        yield from ((way, name, _VALUE) for way in card.ways())
    nothing = SpokenCard(asks=known.refused)
    for turn, asked in enumerate(known.refused):
        yield _with_names(asked, REFUSED, nothing, turn), REFUSED, _ASKS
    yield from ((row["text"], row["card"], _TEXT) for row in taught() if "|" not in row["card"])


def _with_names(asked: str, name: str, card: SpokenCard, turn: int) -> str:
    def named(match: re.Match[str]) -> str:
        slot = match[1]
        if slot in _DAYS:
            return _DAYS[slot]
        labels = QUESTIONS[name].names.get(slot, ()) if name in QUESTIONS else ()
        kind = card.prefers.get(slot) or next((label for label in labels if label in _NAMES), slot)
        return _NAMES.get(kind, _NAMES["Party"])[turn % 2]

    return _SLOT.sub(named, asked)


def lessons(session: Session) -> list[Lesson]:
    """Return what there is to learn from; signs that only one text has, apart from words, teach nothing."""
    read = [(tuple(dict.fromkeys(signs_of(read_text(session, text)))), name, counts) for text, name, counts in texts()]
    common = Counter(chain.from_iterable(signs for signs, _, _ in read))
    return [
        Lesson(tuple(sign for sign in signs if common[sign] > 1 or " " not in sign), name, counts)
        for signs, name, counts in read
    ]


def learnt(from_lessons: Sequence[Lesson]) -> dict[str, dict[str, float]]:
    """Return by sign what it adds for each question."""
    names = sorted({lesson.question for lesson in from_lessons})
    no = {name: place for place, name in enumerate(names)}
    signs = sorted(set(chain.from_iterable(lesson.signs for lesson in from_lessons)))
    sums = {sign: [0.0] * len(names) for sign in signs}
    for seed in range(_ORDERS):
        weights = {sign: [0.0] * len(names) for sign in signs}
        moved = {sign: [1e-6] * len(names) for sign in signs}
        order, chance = list(from_lessons), random.Random(seed)
        for turn in range(_ROUNDS):
            chance.shuffle(order)
            for lesson in order:
                _learn(lesson, no, [(weights[sign], moved[sign]) for sign in lesson.signs])
            if turn >= _ROUNDS - _AVERAGED:  # one round alone leans towards its last texts
                sums = {sign: [sum(pair) for pair in zip(of, weights[sign], strict=True)] for sign, of in sums.items()}
    parts = _ORDERS * _AVERAGED
    return {sign: dict(_telling(names, [weight / parts for weight in of])) for sign, of in sums.items()}


def _telling(names: Sequence[str], weights: Sequence[float]) -> Iterator[tuple[str, float]]:
    """Yield what a sign adds for those questions for which it adds clearly more or less than for most."""
    usual = median(weights)
    for name, weight in zip(names, weights, strict=True):
        if abs(weight - usual) >= _SMALLEST:
            yield name, round(weight - usual, 1)


def _learn(lesson: Lesson, no: Mapping[str, int], rows: Sequence[tuple[list[float], list[float]]]) -> None:
    shares = _shares([weights for weights, _ in rows], len(no))
    shares[no[lesson.question]] -= 1
    for place, miss in enumerate(shares):
        if abs(miss) < 0.001:
            continue
        for weights, moved in rows:
            slope = lesson.counts * miss + _SHRINK * weights[place]
            moved[place] += slope * slope
            weights[place] -= _STEP * slope / math.sqrt(moved[place])


def _shares(rows: Sequence[Sequence[float]], width: int) -> list[float]:
    scores = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * width
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    whole = sum(parts)
    return [part / whole for part in parts]


def seal() -> str:
    """Return what changes with anything that is learnt from."""
    text = "\n".join(f"{text}\t{name}\t{counts}" for text, name, counts in texts())
    return sha256(text.encode()).hexdigest()[:16]


def written(table: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table: what it was learnt from, then each sign with its questions and their weights."""
    yield "learnt from", seal()
    for sign, of in sorted(table.items()):
        if of:
            yield sign, *(part for name, weight in sorted(of.items()) for part in (name, f"{weight:g}"))


def main() -> None:
    """Learn anew from all phrasings and texts, and write the table."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace(read_settings({"IGA_HOME": folder, "IGA_PRACTICE": "1"}), clock=clock) as workspace,
    ):
        load_bundled(workspace)
        load_sample(workspace)
        with workspace.reading() as reading:
            table = learnt(lessons(Session.of(reading.store, reading.ledger, today=TYPED_ON)))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(written(table))


if __name__ == "__main__":
    main()
