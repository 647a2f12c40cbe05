"""Prints answers for people: the sentence first, then the rows, what is not known, and the sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from iga.cli.console import BOLD, DIM, PLAIN, Console
from iga.cli.screen import LAPSED, ROWS, ScreenTable, table_of
from iga.exports.doubts import bearing, by_relevance
from iga.exports.tables import ranges
from iga.graph.grouping import by_key
from iga.graph.statements import Value
from iga.graph.text import counted
from iga.queries.core.answer import Answer, AnswerRow, Caveat, EvidenceNote
from iga.queries.core.wording import in_words
from iga.queries.whole.entity import EntityView, Neighbour
from iga.queries.whole.sources import SourceCard
from iga.queries.whole.why import StatedValue, Why, WhyField

if TYPE_CHECKING:  # answers are printed without the readers of files
    from iga.ingest.bundled import AvailableList


def print_answer(
    console: Console, answer: Answer, *, limit: int | None = ROWS, fields: Sequence[str] = (), notes: bool = False
) -> None:
    """Print an answer: the reply, the first rows, what bears on them, and the sources.

    Args:
        console: Where to.
        answer: The answer.
        limit: Rows shown; None is all.
        fields: Fields of a row that are shown; none is the first that tell.
        notes: Whether all doubts are told, and of each source its rows.
    """
    console.say(wrapped(answer.reply, console.width), BOLD)
    if answer.more:
        console.say(wrapped(answer.more, console.width))
    portion = answer.first_rows(limit)
    _print_table(console, table_of(answer, limit=limit, fields=fields), portion.rows)
    _print_more(console, answer, len(portion.rows))
    doubts = by_relevance(answer)
    told = doubts if notes else bearing(doubts, len(portion.rows))
    print_doubts(console, told, (answer if notes else portion).evidence, rows=notes)
    if len(doubts) > len(told):
        console.say(f"{counted(len(doubts) - len(told), 'more note')} on what the sources lack: --notes", DIM)


def _print_table(console: Console, table: ScreenTable, shown: Sequence[AnswerRow]) -> None:
    lines = table.lines(console.width)
    if lines:
        console.say()
        console.say(lines[0], BOLD if len(shown) > 1 else PLAIN)
        console.say("\n".join(lines[1:]))
    if table.alike:
        alike = "; ".join(f"{heading} {text}" for heading, text in table.alike.items())
        console.say(wrapped(f"All of these: {alike}.", console.width))
    if any(row.held == "unknown" for row in shown):
        console.say(f"{LAPSED} not confirmed for that day")
    if table.others:
        console.say(wrapped(f"More on each (--fields): {', '.join(table.others)}", console.width), DIM)


def _print_more(console: Console, answer: Answer, shown: int) -> None:
    if len(answer.rows) > shown:
        console.say(f"… and {len(answer.rows) - shown:,} more (--all)")
    if answer.total.value > len(answer.rows):
        at_least = "at least " if answer.total.relation == "gte" else ""
        console.say(f"… and {at_least}{answer.total.value - len(answer.rows):,} more that this answer does not hold.")


def print_doubts(
    console: Console, doubts: Sequence[Caveat], notes: Mapping[int, EvidenceNote], *, rows: bool = False
) -> None:
    """Print what an answer does not know, and its sources: with the rows of each, or their titles alone."""
    if doubts:
        console.say("\nWhat this answer does not know:")
    for caveat in doubts:
        console.say(wrapped(f"- {caveat.text}", console.width, indent=2))
    if rows:
        _print_notes(console, notes)
    else:
        _print_titles(console, notes)


def wrapped(text: str, width: int, *, indent: int = 0) -> str:
    """Return text on lines of at most `width` places, later ones indented; addresses are never broken."""
    lead = text[: len(text) - len(text.lstrip())]
    return textwrap.fill(
        text.lstrip(),
        width,
        initial_indent=lead,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def print_entity(console: Console, page: EntityView) -> None:
    """Print one thing: values, relationships by type, sources."""
    title = f"{page.name} ({page.cls}, {page.id}) [{page.marking}]{_numbers(page.note_numbers)}"
    console.say(wrapped(title, console.width), BOLD)
    if len(page.members) > 1:
        console.say(f"  one with {', '.join(one for one in page.members if one != page.id)}")
    for field, value in page.values.items():
        disputed = f"  (sources differ: iga why {page.id} {field})" if field in page.conflicts else ""
        label = f"  {field.replace('_', ' '):<16} "
        console.say(wrapped(f"{label}{in_words(value, page.names)}{disputed}", console.width, indent=len(label)))
    for group in page.neighbours:
        console.say(f"\n{group.title} ({group.count})")
        for tie in group.shown:
            console.say(wrapped(f"  {_told(tie, page.names)}", console.width, indent=6))
        if group.count > len(group.shown):
            console.say(f"  … and {group.count - len(group.shown)} more")
    _print_notes(console, page.evidence)


def _told(tie: Neighbour, names: Mapping[str, str]) -> str:
    """Return a relationship on one line: the other end, what is said, the numbers of its notes."""
    facts = ", ".join(_fact(name, value, names) for name, value in tie.values.items())
    differ = f"; sources differ on {', '.join(tie.conflicts)}" if tie.conflicts else ""
    return f"{tie.other.name} ({tie.other.id}){': ' if facts else ''}{facts}{differ}{_numbers(tie.evidence)}"


def _fact(name: str, value: Value, names: Mapping[str, str]) -> str:
    words = in_words(value, names)
    return words if name == "period" else f"{name.replace('_', ' ')} {words}"


def print_why(console: Console, page: Why, *, with_remarks: bool) -> None:
    """Print who said what, field by field: each value once with its rows, the one that counts with an asterisk."""
    console.say(f"{page.name} ({page.cls}, {page.id})")
    rows = {(statement.source, statement.row_key): statement for field in page.fields for statement in field.statements}
    numbers = {row: number for number, row in enumerate(rows, start=1)}
    for field in page.fields:
        console.say(f"\n{field.field.replace('_', ' ')}{'  (sources differ)' if field.disputed else ''}")
        for value, stating in _by_value(field, page.names):
            cited = dict.fromkeys(numbers[statement.source, statement.row_key] for statement in stating)
            mark = "*" if stating[0].won else " "
            console.say(wrapped(f"  {mark} {value}{_numbers(tuple(cited))}", console.width, indent=4))
    console.say("\nRows, most trusted first within a field (* marks what the graph goes by):")
    for row, statement in rows.items():
        console.say(wrapped(f"[{numbers[row]}] {_row(statement)}", console.width, indent=4))
        for remark in (statement.url, statement.note) if with_remarks else ():
            if remark:
                console.say(wrapped(f"    {remark}", console.width, indent=4))
    for verdict in page.judgements:
        reason = f" because {verdict.because}" if verdict.because else ""
        console.say(f"\n{verdict.first} and {verdict.second}: {verdict.word}, by {verdict.by or 'a rule'}{reason}")


def _by_value(field: WhyField, names: Mapping[str, str]) -> Iterator[tuple[str, Sequence[StatedValue]]]:
    """Yield each value of a field once, in words, with the rows that state it."""
    for (value, _), stating in by_key(field.statements, lambda it: (in_words(it.value, names), it.won)).items():
        yield value, stating


def _row(it: StatedValue) -> str:
    stated = f", stated {it.stated_on}" if it.stated_on else ""
    trust = "" if it.confidence == "high" else f", {it.confidence}"
    reason = (f", by {it.by}" if it.by else "") + (f" because {it.because}" if it.because else "")
    return f"{it.title}, {it.locator}, load {it.load}, rank {it.rank}{stated}{trust}{reason}"


def print_sources(console: Console, cards: tuple[SourceCard, ...]) -> None:
    """Print the sources with age, rows and gaps."""
    for card in cards:
        kept = "complete" if card.complete else "partial"
        made_up = " FICTIONAL" if card.fictional else ""
        console.say(f"{card.source}: {card.title}{made_up}")
        console.say(
            f"  as of {card.as_of or 'unknown'}, {kept}, {card.live_row_count} rows, rank {card.rank}, {card.marking}"
            f"{f', {card.licence}' if card.licence else ''}"
        )
        for gap in card.gaps:
            console.say(wrapped(f"  gap: {gap}", console.width, indent=7))


def print_available(console: Console, page: Sequence[tuple[AvailableList, str | None]]) -> None:
    """Print the lists that load when asked for, each with the day of its last load."""
    for source, loaded_on in page:
        trust = "FICTIONAL" if source.fictional else "verified" if source.verified else "UNVERIFIED"
        console.say(wrapped(f"{source.name}: {source.title}", console.width, indent=2))
        console.say(
            wrapped(
                f"  {trust}, {source.row_count} rows, as of {source.as_of or 'unknown'}, rank {source.rank},"
                f" {source.marking}, {f'loaded on {loaded_on}' if loaded_on else 'not loaded'}; {source.licence}",
                console.width,
                indent=2,
            )
        )
        for gap in source.gaps:
            console.say(wrapped(f"  gap: {gap}", console.width, indent=7))
    console.say("\niga load --list NAME loads one of them.")


def _print_notes(console: Console, notes: Mapping[int, EvidenceNote]) -> None:
    """Print endnotes; rows of one file and page share a line."""
    if notes:
        console.say("\nSources:")
    alike: dict[tuple[str, str | None, int], dict[int, EvidenceNote]] = {}
    for number, note in notes.items():
        alike.setdefault((note.title, note.url, note.load), {})[number] = note
    for (title, url, load), rows in alike.items():
        page = f", {url}" if url else ""
        text = f"[{ranges(tuple(rows))}] {title}{page}, load {load}: {_places(tuple(rows.values()))}"
        console.say(wrapped(text, console.width, indent=4))


def _print_titles(console: Console, notes: Mapping[int, EvidenceNote]) -> None:
    """Print the titles of sources with the days that their rows are stated for."""
    if notes:
        console.say("\nSources:")
    for title, numbers in by_key(notes, lambda number: notes[number].title).items():
        days = sorted(filter(None, {notes[number].stated_on for number in numbers}))
        stated = f", stated {days[0]}{f' to {days[-1]}' if len(days) > 1 else ''}" if days else ""
        console.say(wrapped(f"[{ranges(numbers)}] {title}{stated}", console.width, indent=4), DIM)


def _places(rows: Sequence[EvidenceNote]) -> str:
    """Return the places of rows in their file, named once, and the days they are stated for."""
    file = rows[0].locator.rpartition(":")[0]
    days = {row.stated_on for row in rows}
    places: list[str] = []
    for row in rows:
        before, _, line = row.locator.rpartition(":")
        place = f":{line}" if places and before == file and before else row.locator
        places.append(f"{place} ({row.stated_on})" if len(days) > 1 and row.stated_on else place)
    stated = f", stated {rows[0].stated_on}" if len(days) == 1 and rows[0].stated_on else ""
    return ", ".join(places) + stated


def _numbers(numbers: tuple[int, ...]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""
