"""What is not known: the doubts of every answer, each once."""

from collections.abc import Sequence
from typing import get_args

from exports.document import PROGRAM, Bullets, Section, Unknown
from exports.evidence import unsupported_count
from exports.sections.blocks import nothing_found
from exports.wording import counted
from queries.answer import Answer, Caveat, CaveatKind

# What a reader may act wrongly on comes first.
_ORDER: tuple[CaveatKind, ...] = (
    "projecting",
    "embargoed",
    "ambiguous",
    "conflict",
    "partial",
    "unknown",
    "undisclosed",
    "stale",
    "uncertain",
    "derived",
)
assert set(_ORDER) == set(get_args(CaveatKind)), "each kind of doubt has its place"


def unknown(answers: Sequence[Answer]) -> Section:
    """Return the caveats of the answers, graver kinds first, each once, with the source that has the gap."""
    titles = {note.source: note.title for answer in answers for note in answer.evidence.values()}
    caveats = [caveat for answer in answers for caveat in answer.caveats]
    caveats.sort(key=lambda caveat: _ORDER.index(caveat.kind))
    items = [_said(caveat, titles) for caveat in caveats]
    if left_out := sum(unsupported_count(answer) for answer in answers):
        items.append(
            Unknown(f"{counted(left_out, 'row')} without evidence were left out of this paper.", PROGRAM)
        )
    return Section(
        "What is not known",
        (Bullets(tuple(dict.fromkeys(items))),) if items else (nothing_found("No gap is stated."),),
    )


def _said(caveat: Caveat, titles: dict[str, str]) -> Unknown:
    source = caveat.source
    return Unknown(caveat.text, titles.get(source, source) if source else PROGRAM)
