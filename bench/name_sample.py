"""Many names to join with themselves: real ones where they are beside the checkout, with misspelt twins planted."""

import csv
import json
import random
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from iga.ingest.resolution.party import Party

_TWINS_SHARE = 20
_COUNTRIES = ("GHA", "KEN", "PER", "PHL", "NPL", "UGA", "COL", "ROU", "", "", "")
_FORMS = ("Ltd", "Inc", "GmbH", "S.A.", "Foundation")
_SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdklmnrst" for vowel in "aeio"]
_SORTS = ("Relief", "House", "Trust", "Centre", "Network", "Association", "Services", "Initiative", "Alliance")


def parties(rows: int, shared: Path | None) -> tuple[list[Party], list[tuple[str, str]]]:
    """Return so many organizations, and the pairs among them of one name in two spellings. Equal calls, equal names.

    Real names come first; the rest are made of syllables, a place and a sort of organization.
    """
    chance = random.Random(20)
    own = rows - rows // _TWINS_SHARE
    names = list(dict.fromkeys(islice(chain(_real(shared), _made(chance)), own)))
    found = [_party(number, name, chance) for number, name in enumerate(names)]
    planted = []
    for number in range(rows // _TWINS_SHARE):
        of = chance.choice(found[: len(names)])
        twin = _party(len(names) + number, _misspelt(of.name, chance), chance, country=of.country)
        found.append(twin)
        planted.append((min(of.id, twin.id), max(of.id, twin.id)))
    return found, planted


def _party(number: int, name: str, chance: random.Random, *, country: str | None = None) -> Party:
    at_home = chance.choice(_COUNTRIES) if country is None else country
    return Party(f"ngo:{number:06d}", "Ngo", name, names=(name,), country=at_home)


def _misspelt(name: str, chance: random.Random) -> str:
    """Return a name as somebody else would write it: a letter wrong, capitals, a legal form, words turned round."""
    way = chance.randrange(4)
    if way == 0:
        return name.upper()
    if way == 1:
        return f"{name} {chance.choice(_FORMS)}"
    words = name.split()
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    place = chance.randrange(len(words[longest]))
    words[longest] = words[longest][:place] + words[longest][place + 1 :]
    return " ".join(words)


def _made(chance: random.Random) -> Iterator[str]:
    while True:
        own = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()
        place = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 3))).capitalize()
        yield f"{own} {place} {chance.choice(_SORTS)}"


def _real(shared: Path | None) -> Iterator[str]:
    if shared is None:
        return
    organizations = shared.parent / "organizations"
    for name in ("iati_publishers.csv", "anti_trafficking_organizations.csv", "antislavery_directory_unverified.csv"):
        with (organizations / name).open(encoding="utf-8", newline="") as file:
            yield from filter(None, (line.get("name", "") for line in csv.DictReader(file)))
    text = (shared / "entity_resolution" / "ror_affiliations" / "dataset_names.json").read_text(encoding="utf-8")
    yield from (str(each["affiliation"]) for each in json.loads(text))
    yield from _companies(organizations / "modern_slavery_registry" / "companies.csv")


def _companies(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from filter(None, (line["name"] for line in csv.DictReader(file)))
