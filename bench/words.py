"""Measures how questions in plain words are understood, on the labelled sample that lies beside the checkout."""

import csv
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import clock
from iga.graph.errors import IgaError
from iga.graph.settings import read_settings
from iga.graph.workspace import Workspace
from iga.ingest.committing import load_bundled, load_sample
from iga.queries.core.session import Session
from iga.queries.plain.answering import PlainQuestion, understanding
from iga.queries.plain.phrases import REFUSED

SAMPLE = Path(os.environ.get("IGA_SHARED") or Path(__file__).parents[2] / "shared") / "reference" / "plain_words.csv"
TYPED_ON = "2026-11-27"
"""The day from which the sample counts."""
EITHER_ORDER = frozenset(
    ("path", "shared-affiliations", "commitments", "engagements", "reviews", "co-sponsors", "calendar")
)
Stated = Mapping[str, Any]


@dataclass(frozen=True)
class Labelled:
    """A text with the questions that answer it, and the parameters of each; no question is a refusal."""

    id: str
    text: str
    cards: Sequence[str]
    parameters: Sequence[Stated]

    @property
    def is_held_back(self) -> bool:
        """Whether nobody looks at what is wrong with it: it tells whether the others were learnt by heart."""
        return hashlib.sha256(self.id.encode()).digest()[-1] % 2 == 1

    def stated_for(self, card: str) -> Sequence[Stated]:
        """Return the parameters that are right with a question."""
        is_one_each = len(self.cards) == len(self.parameters)
        return (self.parameters[self.cards.index(card)],) if is_one_each else self.parameters


@dataclass(frozen=True)
class Judged:
    """How one text was understood: the question, whether it and its parameters are right, and how long it took."""

    labelled: Labelled
    understood: PlainQuestion | None
    has_card: bool
    is_right: bool
    seconds: float

    @property
    def is_wrongly_sure(self) -> bool:
        """Whether a question was asked that does not answer the text."""
        return self.understood is not None and not self.has_card


def sample(path: Path = SAMPLE) -> list[Labelled]:
    """Return the texts of the sample, with ids in place of names."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_labelled(row) for row in csv.DictReader(file)]


def _labelled(row: Mapping[str, str]) -> Labelled:
    stated = json.loads(row["resolved"])
    cards = [] if row["card"] == REFUSED else row["card"].split("|")
    if isinstance(stated, dict):
        stated = [stated] * max(1, len(cards))
    return Labelled(row["id"], row["text"], cards, stated)


def labelled_in(path: Path) -> list[Labelled]:
    """Return texts of our own, with the question and the parameters of each: ``party=gov:gha;since=2019``."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(row["text"], row["text"], [] if row["card"] == REFUSED else row["card"].split("|"), [_stated(row)])
            for row in csv.DictReader(file)
        ]


def _stated(row: Mapping[str, str]) -> Stated:
    stated: dict[str, str | list[str]] = {}
    for part in filter(None, row["parameters"].split(";")):
        name, value = part.split("=", 1)
        known = stated.get(name)
        stated[name] = value if known is None else [*([known] if isinstance(known, str) else known), value]
    return stated


def judged(session: Session, labelled: Labelled) -> Judged:
    """Return how a text is understood; an offer is right only where several questions answer it, and all are there."""
    began = time.perf_counter()
    try:
        understood: PlainQuestion | None = understanding(session, labelled.text)
        offered: Sequence[str] = ()
    except IgaError as error:
        understood, offered = None, error.suggestions
    seconds = time.perf_counter() - began
    if understood is None:
        names = {command.split()[2] for command in offered if command.startswith("iga ask ")}
        is_right = not labelled.cards or (len(labelled.cards) > 1 and set(labelled.cards) <= names)
        return Judged(labelled, None, is_right, is_right, seconds)
    has_card = understood.question in labelled.cards
    fits = has_card and any(_fits(understood, stated) for stated in labelled.stated_for(understood.question))
    return Judged(labelled, understood, has_card, fits, seconds)


def _fits(understood: PlainQuestion, stated: Stated) -> bool:
    ways: list[Stated] = [understood.parameters]
    if understood.question in EITHER_ORDER:
        turned = {"party": "other", "other": "party"}
        ways.append({turned.get(name, name): value for name, value in understood.parameters.items()})
    return any(_are_stated(parameters, stated) for parameters in ways)


def _are_stated(parameters: Stated, stated: Stated) -> bool:
    wanted = {name.rstrip("?"): value for name, value in stated.items()}
    if any(name not in parameters for name in stated if not name.endswith("?")) or parameters.keys() - wanted.keys():
        return False
    return all(_is_one_of(value, wanted[name]) for name, value in parameters.items())


def _is_one_of(value: object, wanted: str | list[str]) -> bool:
    values = sorted(str(part).lower() for part in (value if isinstance(value, (list, tuple)) else [value]))
    if isinstance(wanted, list):
        return values == sorted(text.lower() for text in wanted)
    return len(values) == 1 and values[0] in wanted.lower().split("|")


def _lines(all_judged: Sequence[Judged]) -> Iterator[str]:
    for is_held_back in (False, True):
        half = [one for one in all_judged if one.labelled.is_held_back == is_held_back]
        times = sorted(one.seconds * 1000 for one in half)
        sure = sum(one.is_wrongly_sure for one in half)
        yield (
            f"{'held back' if is_held_back else 'looked at'}: {len(half)} texts; question right"
            f" {sum(one.has_card for one in half) / len(half):.0%}; with parameters"
            f" {sum(one.is_right for one in half) / len(half):.0%}; wrongly sure {sure} ({sure / len(half):.1%});"
            f" p50 {times[len(times) // 2]:.0f} ms, p99 {times[len(times) * 99 // 100]:.0f} ms"
        )


def main() -> None:
    """Print the figures; with --mistakes, those of the half that may be looked at."""
    if not SAMPLE.is_file():
        sys.exit(f"the sample is not at {SAMPLE}; name the folder above reference/ in IGA_SHARED")
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"IGA_HOME": folder, "IGA_PRACTICE": "1"})
        with Workspace(settings, clock=clock) as workspace:
            load_bundled(workspace)
            load_sample(workspace)
            with workspace.reading() as reading:
                session = Session.of(reading.store, reading.ledger, today=TYPED_ON)
                understanding(session, "tier of Ghana")  # phrasings and names are read once by any process
                all_judged = [judged(session, labelled) for labelled in sample()]
    print("\n".join(_lines(all_judged)))
    for one in all_judged if "--mistakes" in sys.argv else ():
        if not one.is_right and not one.labelled.is_held_back:
            got = one.understood.command if one.understood else "none asked"
            print(f"  {one.labelled.text!r}: {'|'.join(one.labelled.cards) or REFUSED}, but {got}")


if __name__ == "__main__":
    main()
