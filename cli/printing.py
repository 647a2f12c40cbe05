"""Prints answers for people: the sentence first, then the rows, what is not known, and the sources."""

from collections.abc import Mapping

from cli.console import Console
from exports.columns import in_columns
from exports.tables import as_table, cell_text
from graph.text import folded
from queries.answer import Answer, EvidenceNote, FindResult, Hit
from queries.entity import EntityView
from queries.sources import SourceCard
from queries.why import Why


def print_answer(console: Console, answer: Answer) -> None:
    """Print an answer: sentence, rows, doubts, sources."""
    console.say(answer.answer)
    table = as_table(answer, width=console.width)
    if table:
        console.say()
        console.say(table.rstrip("\n"))
    if answer.total.value > len(answer.rows):
        console.say(
            f"… and {answer.total.value - len(answer.rows)} more; --json gives all that the answer holds."
        )
    if answer.caveats:
        console.say("\nWhat this answer does not know:")
        for caveat in answer.caveats:
            console.say(f"- {caveat.kind}: {caveat.text}")
    _print_notes(console, answer.evidence)


def endnote(note: EvidenceNote) -> str:
    """Return an endnote on one line: title, place, day stated, page, load."""
    stated = f", stated {note.stated_on}" if note.stated_on else ""
    page = f", {note.url}" if note.url else ""
    return f"{note.title} ({note.locator}{stated}{page}; load {note.load})"


def print_hits(console: Console, result: FindResult) -> None:
    """Print what a search found, or what may have been meant."""
    if not result.hits:
        near = f" Did you mean {' or '.join(result.suggestions)}?" if result.suggestions else ""
        console.say(f"Nothing is called {result.query!r} or holds these words.{near}")
        return
    cells = [[hit.name, hit.cls, hit.id, _how(hit)] for hit in result.hits]
    console.say(in_columns(["name", "class", "id", "found by"], cells, width=console.width).rstrip("\n"))
    if result.total.value > len(result.hits):
        more = f"{result.total.value}{' or more' if result.total.relation == 'gte' else ''}"
        classes = ", ".join(f"{name} {count}" for name, count in result.facets.items())
        console.say(f"{len(result.hits)} of {more} shown ({classes}); --limit shows more.")


def _how(hit: Hit) -> str:
    return hit.how if folded(hit.matched) == folded(hit.name) else f"{hit.how}: {hit.matched}"


def print_entity(console: Console, page: EntityView) -> None:
    """Print one thing: values, relationships by type, sources."""
    console.say(f"{page.name} ({page.cls}, {page.id}) [{page.marking}]{_numbers(page.note_numbers)}")
    for field, value in page.values.items():
        disputed = "  (sources differ: iga why)" if field in page.conflicts else ""
        console.say(f"  {field.replace('_', ' '):<16} {cell_text(value)}{disputed}")
    if len(page.members) > 1:
        console.say(f"  {'also known as':<16} {', '.join(one for one in page.members if one != page.id)}")
    for group in page.neighbours:
        console.say(f"\n{group.title} ({group.count})")
        for tie in group.shown:
            facts = ", ".join(f"{name} {cell_text(value)}" for name, value in tie.values.items())
            console.say(
                f"  {tie.other.name} ({tie.other.id}){': ' if facts else ''}{facts}{_numbers(tie.evidence)}"
            )
        if group.count > len(group.shown):
            console.say(f"  … and {group.count - len(group.shown)} more")
    _print_notes(console, page.evidence)


def print_why(console: Console, page: Why) -> None:
    """Print who said what, field by field, the value that counts marked with an asterisk."""
    console.say(f"{page.name} ({page.cls}, {page.id})")
    for field in page.fields:
        console.say(
            f"\n{field.field}: {cell_text(field.value)}{'  (sources differ)' if field.disputed else ''}"
        )
        for said in field.statements:
            where = f"{said.title}, {said.locator}, load {said.load}"
            stated = f", stated {said.stated_on}" if said.stated_on else ""
            trust = "" if said.confidence == "high" else f", {said.confidence}"
            reason = f", by {said.by}" if said.by else ""
            reason += f" because {said.because}" if said.because else ""
            console.say(
                f"  {'*' if said.won else ' '} {cell_text(said.value)}  [{where}{stated}{trust}{reason}]"
            )
            for remark in (said.url, said.note):
                if remark:
                    console.say(f"      {remark}")
    for verdict in page.judgements:
        reason = f" because {verdict.because}" if verdict.because else ""
        console.say(
            f"\n{verdict.first} and {verdict.second}: {verdict.word}, by {verdict.by or 'rule'}{reason}"
        )


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
            console.say(f"  gap: {gap}")


def _print_notes(console: Console, notes: Mapping[int, EvidenceNote]) -> None:
    if notes:
        console.say("\nSources:")
        for number, note in notes.items():
            console.say(f"[{number}] {endnote(note)}")


def _numbers(numbers: tuple[int, ...]) -> str:
    return f" [{', '.join(map(str, numbers))}]" if numbers else ""
