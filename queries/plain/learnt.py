"""What was learnt from phrasings and texts: how much each sign in a text speaks for each question."""

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files


def learnt_from() -> str:
    """Return the seal of what the table was learnt from."""
    return _lines()[0][1]


@cache
def _lines() -> list[list[str]]:
    text = (files("iga.queries.plain") / "weights.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Return by sign what it adds for each question, read once; `bench.learning_words` makes the table."""
    table: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for sign, *weighed in _lines()[1:]:
        for question, weight in zip(weighed[::2], weighed[1::2], strict=True):
            table[sign][question] = float(weight)
    return table


def likelihoods(signs: Iterable[str], questions: Iterable[str]) -> dict[str, float]:
    """Return how likely a text with some signs asks each question, from 0 to 1; together they make 1."""
    table = weights()
    scores = dict.fromkeys(questions, 0.0)
    for sign in set(signs):
        for question, weight in table.get(sign, {}).items():
            scores[question] += weight
    most = max(scores.values())
    shares = {question: math.exp(score - most) for question, score in scores.items()}
    whole = sum(shares.values())
    return {question: share / whole for question, share in shares.items()}
