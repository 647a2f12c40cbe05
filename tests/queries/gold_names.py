"""The names of governments that have to be found, as a file holds them: see gold_government_names.csv."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FILE = Path(__file__).with_name("gold_government_names.csv")
_SHORTEST = 5
_SHORTEST_FOR_TWO = 8


@dataclass(frozen=True)
class GoldName:
    """One name in one language, and the governments that it may mean: several only where people use it for them."""

    name: str
    ids: tuple[str, ...]
    language: str
    form: str
    source_url: str
    confidence: str


def gold_names() -> list[GoldName]:
    """Return every name of the file, in its order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            GoldName(
                row["name"], tuple(row["government"].split(";")), row["language"], row["form"], row["source_url"],
                row["confidence"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip


def misspelt(gold: GoldName, random: Random) -> Iterator[str]:
    """Yield a name with one slip, and a longer one with two: a letter too many, too few or wrong, or two turned."""
    letters = [letter for letter in gold.name.lower() if letter.isalpha()]
    for slips, shortest in ((1, _SHORTEST), (2, _SHORTEST_FOR_TWO)):
        if len(gold.name) >= shortest:
            text = gold.name
            for _ in range(slips):
                text = _slipped(text, letters, random)
            yield text


def _slipped(text: str, letters: list[str], random: Random) -> str:
    place, other = random.randrange(len(text)), random.choice(letters)
    return random.choice(
        (
            text[:place] + other + text[place:],
            text[:place] + text[place + 1 :],
            text[:place] + other + text[place + 1 :],
            text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
        )
    )
