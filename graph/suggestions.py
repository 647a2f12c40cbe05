"""The words that were probably meant, for messages about words that are not known."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from iga.graph.errors import NotFound

T = TypeVar("T")

# Below this a suggestion puzzles more than it helps; `nmae` against `name` is 75.
LEAST_SCORE = 65


def nearest(word: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return the known words most like `word`, best first; none when nothing is near."""
    from rapidfuzz import fuzz, process, utils  # here, because every command line would wait for it

    scored = process.extract(
        word,
        sorted(set(known)),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=LEAST_SCORE,
    )
    return tuple(word_known for word_known, _, _ in scored)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'name'?``, or what is known when it is few, or nothing."""
    words = sorted(set(known))
    near = nearest(word, words)
    if near:
        return f"; did you mean {' or '.join(repr(word_near) for word_near in near)}?"
    return f"; known are {', '.join(words)}" if 0 < len(words) <= 30 else ""


def hint(word: str, known: Iterable[str], otherwise: str) -> tuple[str, tuple[str, ...]]:
    """Return what to say of a name that is not known, and the known names most like it, best first.

    A part of a name counts as like it: ``treaty`` is like ``treaty-status``.
    """
    from rapidfuzz import process  # as above

    names = list(known)
    near = tuple(name for name, _, _ in process.extract(word, names, limit=3, score_cutoff=50))
    return (f"did you mean {' or '.join(near)}?" if near else f"{otherwise} {', '.join(names) or 'none'}"), near


def named(name: str, known: Mapping[str, T], what: str, otherwise: str) -> T:
    """Return what is known by a name.

    Raises:
        NotFound: Nothing has it; the message says what may be meant.
    """
    if name in known:
        return known[name]
    meant, near = hint(name, known, otherwise)
    raise NotFound(f"there is no {what} {name[:100]!r}; {meant}", suggestions=near)
