"""Which relationships and channels the columns of a file speak of, beside the fields of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.domain.catalog import NODE
from graph.text import folded
from ingest.drafting.column_guesses import ColumnGuess
from ingest.drafting.field_guesses import column_cell, heading_words, quoted

_MAIN = "{block: main}"


@dataclass(frozen=True)
class RelationshipGuess:
    """A relationship of the thing that a row is about, and the block of a channel where it is one.

    Attributes:
        edge: The edge block, as YAML on one line.
        why: On what the guess rests.
        column: The column it reads.
        block: Name and lines of the node block that it needs; empty for none.
    """

    edge: str
    why: str
    column: str
    block: tuple[str, ...] = ()


def relationships_of(cls: str, guesses: Sequence[ColumnGuess]) -> Iterator[RelationshipGuess]:
    """Yield the relationships and channels that columns seem to speak of, each column once."""
    labels = {cls, *NODE[cls].all_labels()}
    channels = [guess for guess in guesses if guess.kind in ("email", "phone") and "Party" in labels]
    for guess in guesses:
        if guess in channels:
            yield _channel(guess, f"channel_{channels.index(guess) + 1}")
        elif rule := next((rule for rule in heading_words("relationships") if _speaks(rule, labels, guess)), None):
            yield _relationship(rule, guess)


def _speaks(rule: Mapping[str, Any], labels: set[str], guess: ColumnGuess) -> bool:
    if not labels & set(rule["classes"]) or guess.kind not in rule["kinds"]:
        return False
    return "words" not in rule or not set(folded(guess.name).split()).isdisjoint(rule["words"])


def _relationship(rule: Mapping[str, Any], guess: ColumnGuess) -> RelationshipGuess:
    reads = "read: id" if guess.kind == "id" else rule["reads"]
    cell = f"{{column: {quoted(guess.name)}, {reads}}}"
    source, target = (_MAIN, cell) if rule["end"] == "target" else (cell, _MAIN)
    repeated = f"each: {{column: {quoted(guess.name)}, split: {quoted(guess.split)}}}, " if guess.split else ""
    when = "" if guess.split else f", when: {{column: {quoted(guess.name)}, filled: true}}"
    return RelationshipGuess(
        f"{{type: {rule['type']}, {repeated}source: {source}, target: {target}{when}}}", guess.why, guess.name
    )


def _channel(guess: ColumnGuess, block: str) -> RelationshipGuess:
    name = quoted(guess.name)
    way = [f"each: {{column: {name}, split: {quoted(guess.split)}}}"] if guess.split else []
    way = way or [f"when: {{column: {name}, filled: true}}"]
    lines = (
        block,
        "class: ContactPoint",
        *way,
        f"id: {{template: {quoted(f'contact:{{{guess.name}|digest}}')}}}",
        f"fields: {{channel: {{kind: {{const: {guess.kind}}}, value: {name}}}}}",
    )
    return RelationshipGuess(
        f"{{type: REACHED_AT, source: {_MAIN}, target: {{block: {block}}}}}", guess.why, guess.name, lines
    )


def described(guess: ColumnGuess) -> str:
    """Return what to write for a column that nothing reads, where its values are of use."""
    if guess.undecided:
        return f"{guess.why}; say which: {{column: {quoted(guess.name)}, read: day, order: mdy}}, or dmy"
    if guess.kind in ("number", "whole"):
        return f"{guess.why}; an amount needs its currency, what it measures and its day"
    if guess.kind == "blank":
        return guess.why
    return f"{guess.why}; as a cell: {column_cell(guess)}"
