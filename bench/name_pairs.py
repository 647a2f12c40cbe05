"""Labelled pairs of names: our own of public bodies, and those of others beside the checkout, in two fixed halves.

The halves are told by a digest of the two names, folded, whichever comes first: the points of ``facts/costs.csv`` were
tuned on the one, figures are reported on the other.
"""

import csv
import json
import os
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from iga.graph.names.forms import spelled
from iga.graph.names.parts import Kind

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
_WORD = re.compile(r"\w+")
GOLD = Path(__file__).parent / "gold" / "public_bodies.csv"


class Pair(NamedTuple):
    """Two names, and whether they name one.

    Attributes:
        kind: Whether they name people or organizations.
        first, second: The names.
        is_same: The label.
        slice: What it is reported under besides its set: languages, scripts; blank is none.
    """

    kind: Kind
    first: str
    second: str
    is_same: bool
    slice: str = ""

    @property
    def is_tuned_on(self) -> bool:
        """Whether it is in the half that the points were tuned on."""
        names = "|".join(sorted(" ".join(sorted(_WORD.findall(name.casefold()))) for name in (self.first, self.second)))
        return blake2b(names.encode()).digest()[0] % 2 == 0


def shared() -> Path | None:
    """Return the folder of the test inputs beside the checkout; None when they are not there."""
    folder = Path(os.environ.get("IGA_SHARED") or Path(__file__).parents[2] / "shared") / "data" / "test_inputs"
    return folder if folder.is_dir() else None


def own_pairs() -> list[Pair]:
    """Return the pairs of our own list: each body in two languages, and two bodies in any, for all of them."""
    with GOLD.open(encoding="utf-8", newline="") as file:
        bodies = list(csv.DictReader(file))
    same = [
        Pair("organization", body[one], body[other], True, f"{min(one, other)}-{max(one, other)}")
        for body in bodies
        for one, other in combinations(LANGUAGES, 2)
    ]
    others = [
        Pair("organization", first[one], second[other], False, f"{min(one, other)}-{max(one, other)}")
        for first, second in combinations(bodies, 2)
        for one, other in product(LANGUAGES, LANGUAGES)
    ]
    return [*same, *others]


def opensanctions(folder: Path) -> list[Pair]:
    """Return the pairs of OpenSanctions' name bench; the labels are noisy."""
    found = []
    for line in _lines(folder / "name_matching" / "opensanctions_name_bench_cases.csv"):
        kind: Kind = "person" if line["schema"] == "Person" else "organization"
        is_plain = (line["name1"] + line["name2"]).translate({ord(c): None for c in "’´`"}).isascii()
        found.append(
            Pair(
                kind, line["name1"], line["name2"], line["is_match"] == "true", "ASCII" if is_plain else "other letters"
            )
        )
    return found


def ror(folder: Path) -> list[Pair]:
    """Return affiliations of one ROR id in pairs, parts of it too, and of each third one the likest of another id."""
    text = (folder / "entity_resolution" / "ror_affiliations" / "dataset_names.json").read_text(encoding="utf-8")
    ids = {str(each["affiliation"]): str(each["ror-id"]) for each in json.loads(text)}
    names = sorted(ids)
    by_id: dict[str, list[str]] = {}
    for name in names:
        by_id.setdefault(ids[name], []).append(name)
    same = [Pair("organization", *pair, True) for each in by_id.values() for pair in combinations(each, 2)]
    return [*same, *_likest("organization", names[::3], names, lambda one, other: ids[one] != ids[other])]


def people(folder: Path) -> list[Pair]:
    """Return people of a UN list in two spellings, and of UN, US Congress and made-up names the likest others."""
    matching = folder / "name_matching"
    treated, plain = (_full_names(matching / f"yente_positives_un_{name}.csv") for name in ("treated", "untreated"))
    congress = sorted(set(_full_names(matching / "yente_positives_us_congress_untreated.csv")))
    made_up = sorted(set(_full_names(matching / "yente_negatives_global.csv")))
    listed = sorted(set(plain))
    known = [*listed, *congress]
    return [
        *(
            Pair("person", one, other, True, "UN list, two spellings")
            for one, other in zip(treated, plain, strict=True)
        ),
        *(pair._replace(slice="UN list, another person") for pair in _likest("person", listed, listed, _differ)),
        *(pair._replace(slice="Congress, another member") for pair in _likest("person", congress, congress, _differ)),
        *(pair._replace(slice="made-up names") for pair in _likest("person", made_up, known, _differ)),
    ]


def spellings(folder: Path) -> list[Pair]:
    """Return one name in the spellings of many languages, against its English one."""
    lines = (folder / "name_matching" / "rigour_putin_names.txt").read_text(encoding="utf-8").splitlines()
    english = "Vladimir Putin"
    names = sorted({line.strip() for line in lines if line.strip()} - {english})
    return [Pair("person", name, english, True, "Latin" if _is_latin(name) else "other scripts") for name in names]


def _is_latin(name: str) -> bool:
    return all(ord(letter) < 0x250 for letter in name)


def _differ(one: str, other: str) -> bool:
    return sorted(spelled(one).split()) != sorted(spelled(other).split())


def _likest(kind: Kind, names: list[str], among: list[str], is_other: Callable[[str, str], bool]) -> Iterator[Pair]:
    """Give to each name the likest one that is another's, each pair once."""
    seen: set[tuple[str, str]] = set()
    for name in names:
        for other, _, _ in process.extract(name, among, scorer=fuzz.token_sort_ratio, limit=4):
            if is_other(name, other):
                pair = (min(name, other), max(name, other))
                if pair not in seen:
                    seen.add(pair)
                    yield Pair(kind, *pair, False)
                break


def _full_names(path: Path) -> list[str]:
    return [line["full_name"] for line in _lines(path)]


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
