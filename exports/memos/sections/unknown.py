"""What is not known: the doubts of every answer, and the gaps of every source that a paper rests on."""

from collections.abc import Collection, Mapping
from typing import get_args

from exports.memos.evidence import unsupported_count
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import Bullets
from exports.paper.document import Section
from exports.paper.statements import PROGRAM, Unknown
from exports.wording import counted, long_days
from queries.core.answer import Answer, CaveatKind

# What a reader may act wrongly on comes first.
_ORDER: tuple[CaveatKind, ...] = (
    "projecting", "embargoed", "ambiguous", "conflict", "partial", "unknown", "undisclosed",
    "stale", "uncertain", "derived",
)  # fmt: skip
assert set(_ORDER) == set(get_args(CaveatKind)), "each kind of doubt has its place"


def unknown(answers: Mapping[str, Answer]) -> Section:
    """Return the doubts of the answers themselves, graver kinds first, each under the heading of its answer.

    Args:
        answers: By the word that heads what they say.
    """
    doubts = [(word, caveat) for word, answer in answers.items() for caveat in answer.caveats if not caveat.source]
    doubts.sort(key=lambda doubt: _ORDER.index(doubt[1].kind))
    # Two answers that lack the same say so once, under the first of them.
    first = {caveat.text: word for word, caveat in reversed(doubts)}
    texts = dict.fromkeys(caveat.text for _, caveat in doubts)
    items = [Unknown(long_days(text), PROGRAM, lead=f"{first[text]}:") for text in texts]
    if left_out := sum(unsupported_count(answer) for answer in answers.values()):
        were = "was" if left_out == 1 else "were"
        text = f"{counted(left_out, 'row')} without evidence in the ledger {were} left out of this paper."
        items.append(Unknown(text, PROGRAM))
    if not items:
        return Section("What is not known", (nothing_found("Nothing but the gaps of the sources, listed at the end."),))
    return Section("What is not known", (Bullets(tuple(dict.fromkeys(items))),))


def gaps(answers: Mapping[str, Answer], *, used: Collection[str]) -> tuple[Unknown, ...]:
    """Return the gaps that the sources used say of themselves, one statement for each source, by its title."""
    titles = {note.source: note.title for answer in answers.values() for note in answer.evidence.values()}
    said: dict[str, dict[str, None]] = {}
    for answer in answers.values():
        for caveat in answer.caveats:
            if caveat.source and caveat.source in used:
                said.setdefault(titles[caveat.source], {})[caveat.text] = None
    return tuple(Unknown(long_days(" ".join(texts)), title, lead=f"{title}:") for title, texts in sorted(said.items()))
