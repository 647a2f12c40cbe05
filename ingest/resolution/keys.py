"""Under which keys a party is looked for, so that only those that share one are compared."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations

from iga.graph.names.pairing import consonants, sound
from iga.graph.names.parts import LONGEST_ACRONYM, Kind, Parts, Word, parts_of
from iga.ingest.resolution.party import Party

MOST_SHARING = 60
"""Parties under one key that are compared; a key with more of them tells little, and rarer ones find the pair."""

_ID, _WHOLE = "id:", "whole:"
ENOUGH = 2
"""Worth of shared keys from which on two parties are compared; see `worth`."""

_LONG_WORD = 5
_FEW_WORDS = 2
_MOST_PAIRED = 6


def keys_of(party: Party) -> frozenset[str]:
    """Return the keys of a party: ids of its own and of its wholes, numbers, domains, what its names are made of.

    Of a public body these are the words of all public bodies, too, with its country: many have a ministry of interior.
    """
    keys = {id_key(member) for member in (party.id, *party.members)}
    keys |= {whole_key(whole) for whole in party.wholes}
    keys |= {f"number:{register}:{number}" for register, number in party.numbers}
    keys |= {f"domain:{domain}" for domain in (*party.sites, *party.mails)}
    keys |= {f"phone:{number}" for number in party.phones}
    keys |= {f"{party.kind[0]}i:{acronym}" for acronym in party.acronyms}
    if party.cls == "PublicBody" and party.country:
        keys |= {f"home:{party.country}:{stem}" for name in party.names for stem in _known_stems(name, party.kind)}
    for name in party.names:
        keys |= keys_of_name(name, party.kind)
    return frozenset(keys)


def id_key(id_: str) -> str:
    """Return the key under which the party that an id stands for is found."""
    return f"{_ID}{id_}"


def whole_key(id_: str) -> str:
    """Return the key under which the parts of a party are found; it tells nothing of who may be one."""
    return f"{_WHOLE}{id_}"


def worth(key: str) -> int:
    """Return how much a shared key tells: two parties are compared that share `ENOUGH`.

    One word in common is not enough, since a misspelt second one makes another key common; one of any other sort is.
    """
    if key.startswith((_WHOLE, _ID)):
        return 0
    return 1 if key[1:].startswith("w:") else ENOUGH


@lru_cache(maxsize=20_000)
def keys_of_name(name: str, kind: Kind) -> frozenset[str]:
    """Return the keys of a name: its words by their sound, pairs of them, one wrong letter, acronyms, all as one."""
    return frozenset(_keys_of_name(name, kind))


def _keys_of_name(name: str, kind: Kind) -> Iterator[str]:
    parts = parts_of(name, kind)
    letter = kind[0]
    stems = [_by_meaning(word, sound) for word in parts.words]
    own = [word for word in parts.words if word.kind == "word" and not word.means]
    yield from (f"{letter}w:{stem}" for stem, word in zip(stems, parts.words, strict=True) if word in own)
    chosen = sorted(set(stems[:_MOST_PAIRED]))
    yield from (f"{letter}p:{one}|{other}" for one, other in combinations(chosen, 2))
    if not own:
        yield f"{letter}a:{'|'.join(sorted(set(stems)))}"
    # where all words are known, as in Ghana or Ministry of Interior, one of them may be misspelt elsewhere
    misspelt = parts.words if len(parts.words) <= _FEW_WORDS else own
    if len(misspelt) <= _FEW_WORDS:
        yield from (f"{letter}d:{rest}" for word in misspelt for rest in _without_a_letter(word.latin))
    yield f"{letter}j:{parts.joined}"
    yield f"{letter}j:{''.join(word.latin for word in parts.full or parts.words)}"
    yield f"{letter}c:{'|'.join(sorted({_by_meaning(word, consonants) for word in parts.words}))}"
    yield from _acronyms(parts, letter)


def _known_stems(name: str, kind: Kind) -> Iterator[str]:
    yield from (min(word.means) for word in parts_of(name, kind).words if word.means and word.kind == "word")


def _by_meaning(word: Word, otherwise: Callable[[str], str]) -> str:
    """Return what a word is looked up by: what it means where that is known, else how it sounds or is written."""
    return f"={min(word.means)}" if word.means else otherwise(word.latin)


def _without_a_letter(word: str) -> Iterator[str]:
    """Give a word, and the word with each letter left out: words that differ in one letter share one of them."""
    if len(word) < _LONG_WORD:
        return
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _acronyms(parts: Parts, letter: str) -> Iterator[str]:
    if len(parts.words) == 1 and len(parts.words[0].own) <= LONGEST_ACRONYM:
        yield f"{letter}i:{parts.words[0].own}"
    if parts.acronym:
        yield f"{letter}i:{parts.acronym}"
    if len(parts.words) > 2:
        yield f"{letter}i:{''.join(word.own[:1] for word in parts.words)}"
        yield f"{letter}i:{''.join(word.own[:1] for word in parts.words if not word.is_tail)}"
        yield f"{letter}i:{''.join(word.own[:1] for word in parts.full)}"
