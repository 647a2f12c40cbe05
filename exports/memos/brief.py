"""The two pages of a paper: paragraphs, lists and small tables; what is not on record is named in one line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeGuard

from iga.exports.memos.evidence import doubt
from iga.exports.paper.blocks import Bullets, More, Series, Table
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import PROGRAM, Blank, Claim, Statement, Unknown
from iga.queries.core.answer import Answer

Sentences: TypeAlias = Mapping[str, Statement | None]
"""Sentences by what each tells: what nothing on record tells is missed under that name."""


@dataclass(frozen=True)
class Part:
    """A section of the two pages, without blocks if nothing on record tells it; and what is missing of it, by name."""

    section: Section
    missing: tuple[str, ...] = ()


def is_on_record(statement: Statement | None) -> TypeGuard[Statement]:
    """Say whether a statement tells something: a gap that rests on rows does, one that rests on none does not."""
    return isinstance(statement, Claim) or (statement is not None and bool(statement.citations))


def paragraph(heading: str, sentences: Sentences) -> Part:
    """Return sentences as one paragraph."""
    known = tuple(it for it in sentences.values() if is_on_record(it))
    missing = tuple(name for name, sentence in sentences.items() if not is_on_record(sentence))
    return Part(Section(heading, (Series(known, is_prose=True),) if known else ()), missing)


def bullets(heading: str, name: str, statements: Sequence[Statement], *, most: int) -> Part:
    """Return the first of some statements as a list, with how many are left; `name` is what is missed without them."""
    known = [it for it in statements if is_on_record(it)]
    if not known:
        return Part(Section(heading, ()), (name,))
    more = More(len(known) - most) if len(known) > most else None
    return Part(Section(heading, (Bullets(tuple(known[:most]), more),)))


def table(heading: str, name: str, rows: Table | Unknown, *, most: int) -> Part:
    """Return the first rows of a table, with how many are left; `name` is what is missed without it."""
    if isinstance(rows, Unknown):
        return Part(Section(heading, ()), (name,))
    left = len(rows.rows) - most + (rows.more.count if rows.more else 0)
    short = replace(rows, rows=rows.rows[:most], more=More(left) if left > 0 else None)
    return Part(Section(heading, (short,)))


def without_commands(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give lists and tables with how much a cap left out of them, and without the command that shows it."""
    for block in blocks:
        if isinstance(block, (Bullets, Series, Table)) and block.more:
            block = replace(block, more=More(block.more.count))
        yield block


def doubts(answer: Answer, *, most: int) -> Part:
    """Return the first of what an answer does not know, as a section of the two pages; the annex has the rest."""
    known = [doubt(answer, caveat) for caveat in answer.caveats if not caveat.source]
    items = (Bullets(tuple(known[:most]), More(len(known) - most) if len(known) > most else None),) if known else ()
    return Part(Section("What is not known", items))


def fields(heading: str, *blocks: Block) -> Part:
    """Return lines that are there in any case, such as the day of a meeting: what is not known is a blank."""
    return Part(Section(heading, blocks))


MEETING = {"Objective": "what we want to come away with", "What they may raise": "each point, and our reply"}


def for_the_drafter(prompts: Mapping[str, str] = MEETING) -> Part:
    """Return the marked blanks of a kind, by what stands before each: the program never composes a judgement."""
    return Part(Section("", tuple(Blank(prompt, lead=f"{lead}:") for lead, prompt in prompts.items())))


def sections_of(parts: Iterable[Part], *, already: Sequence[Statement] = ()) -> Iterator[Section]:
    """Give the sections that tell something, then one line that names all that nothing on record tells.

    What was told `already`, in the bottom line, no paragraph tells again.
    """
    missing: dict[str, None] = {}
    for part in parts:
        missing |= dict.fromkeys(part.missing)
        if blocks := tuple(_untold(part.section.blocks, already)):
            yield replace(part.section, blocks=blocks)
    if missing:
        yield Section("", (Unknown(f"{'; '.join(missing)}.", PROGRAM, lead="Not on file:"),))


def _untold(blocks: Iterable[Block], already: Sequence[Statement]) -> Iterator[Block]:
    for block in blocks:
        if not (isinstance(block, Series) and block.is_prose):
            yield block
        elif items := tuple(it for it in block.items if it not in already):
            yield replace(block, items=items)


def bottom_line(*sentences: Statement | None) -> tuple[Statement, ...]:
    """Return the sentences that tell something; where none does, the first gap."""
    known = tuple(it for it in sentences if is_on_record(it))
    gaps = (it for it in sentences if it is not None)
    return known or (next(gaps, Unknown("What is on file does not belong in a bottom line.", PROGRAM)),)
