"""Prints answers for people: the sentence first, then the rows, what is not known, and the sources."""

from cli.console import Console
from exports.tables import as_table
from queries.answer import Answer, EvidenceNote


def print_answer(console: Console, answer: Answer) -> None:
    """Print an answer: sentence, rows, doubts, sources."""
    console.say(answer.answer)
    table = as_table(answer, width=console.width)
    if table:
        console.say()
        console.say(table.rstrip("\n"))
    if answer.total.value > len(answer.rows):
        console.say(f"… and {answer.total.value - len(answer.rows)} more; --json gives all that the answer holds.")
    if answer.caveats:
        console.say("\nWhat this answer does not know:")
        for caveat in answer.caveats:
            console.say(f"- {caveat.kind}: {caveat.text}")
    if answer.evidence:
        console.say("\nSources:")
        for number, note in answer.evidence.items():
            console.say(f"[{number}] {endnote(note)}")


def endnote(note: EvidenceNote) -> str:
    """Return an endnote on one line: title, place, day stated, page, load."""
    stated = f", stated {note.stated_on}" if note.stated_on else ""
    page = f", {note.url}" if note.url else ""
    return f"{note.title} ({note.locator}{stated}{page}; load {note.load})"
