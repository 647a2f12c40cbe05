"""The blanks of a paper, and what its drafter writes into them: their own words, which rest on no source."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iga.exports.paper.document import Section
from iga.exports.paper.statements import Blank
from iga.exports.wording import slug


@dataclass(frozen=True)
class BlankField:
    """A blank as it is asked for.

    Attributes:
        key: What it is filled by; the same for the same paper.
        heading: What it stands under; blank where nothing does.
    """

    key: str
    heading: str
    prompt: str


def blanks_of(sections: Sequence[Section]) -> list[BlankField]:
    """Return the blanks of sections, from the top."""
    return [
        BlankField(key, section.heading or block.lead.rstrip(":"), block.prompt)
        for key, section, block in _keyed(sections)
    ]


def filled(sections: Sequence[Section], words: Mapping[str, str]) -> tuple[Section, ...]:
    """Return sections with what was written into their blanks, by the key of each; what is left out stays blank."""
    written = iter([" ".join(words.get(key, "").split()) for key, _, _ in _keyed(sections)])
    return tuple(
        replace(
            section,
            blocks=tuple(replace(it, words=next(written)) if isinstance(it, Blank) else it for it in section.blocks),
        )
        for section in sections
    )


def _keyed(sections: Sequence[Section]) -> Iterator[tuple[str, Section, Blank]]:
    """Give the blanks from the top, each with its key: of those that are called alike, the second has a number."""
    seen: Counter[str] = Counter()
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Blank):
                key = slug(f"{section.heading} {block.lead} {block.prompt}")
                seen[key] += 1
                yield (key if seen[key] == 1 else f"{key}-{seen[key]}"), section, block
