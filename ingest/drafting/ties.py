"""Which relationships and channels the columns of a file speak of, beside the fields of its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.domain.catalog import NODE
from graph.text import folded
from ingest.drafting.fields import column_cell, quoted
from ingest.drafting.kinds import ColumnGuess

_MAIN = "{block: main}"


@dataclass(frozen=True)
class TieGuess:
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


@dataclass(frozen=True)
class _Rule:
    """A relationship that a column of some words, or of governments or bodies, speaks of."""

    classes: tuple[str, ...]
    words: frozenset[str]
    kinds: tuple[str, ...]
    type: str
    is_target: bool
    reads: str


_FUNDING = ("Award", "Project", "Programme")
_AGREEMENT = ("Treaty", "Memorandum", "Declaration", "ChildProtectionCompact")
_NAMES = ("government", "body", "text", "id")
_RULES = (
    _Rule(("Award",), frozenset({"recipient", "awardee", "grantee", "implementer"}), _NAMES, "AWARDED_TO", True,
          "read: party, kind: organization"),
    _Rule(_FUNDING, frozenset({"funder", "donor", "funding"}), _NAMES, "FUNDED", False, "read: party, kind: body"),
    _Rule(("Project", "Programme"), frozenset({"implementer", "implementing", "partner", "grantee"}), _NAMES,
          "IMPLEMENTS", False, "read: party, kind: organization"),
    _Rule(_FUNDING, frozenset(), ("government",), "IMPLEMENTED_IN", True, "read: government"),
    _Rule(("Engagement",), frozenset({"host", "hosts", "organizer", "organizers", "organiser", "organized"}), _NAMES,
          "ORGANIZED", False, "read: party, kind: organization"),
    _Rule(("Engagement",), frozenset({"participants", "attendees", "attended", "countries", "with"}), _NAMES,
          "PARTICIPATED", False, "read: party, kind: organization"),
    _Rule(("Engagement",), frozenset(), ("government", "body"), "PARTICIPATED", False,
          "read: party, kind: organization"),
    _Rule(_AGREEMENT, frozenset({"party", "parties", "signatory", "signatories", "between", "partner"}), _NAMES,
          "PARTY_TO", False, "read: party, kind: organization"),
    _Rule(_AGREEMENT, frozenset(), ("government", "body"), "PARTY_TO", False, "read: party, kind: organization"),
    _Rule(("Recommendation",), frozenset(), ("government",), "RECOMMENDED_TO", True, "read: government"),
    _Rule(("Party",), frozenset({"member", "members", "network", "networks", "coalition", "memberships"}),
          ("body", "text", "id"), "MEMBER_OF", True, "read: body, kind: forum"),
)  # fmt: skip


def ties_of(cls: str, guesses: Sequence[ColumnGuess]) -> Iterator[TieGuess]:
    """Yield the relationships and channels that columns seem to speak of, each column once."""
    labels = {cls, *NODE[cls].all_labels()}
    channels = [guess for guess in guesses if guess.kind in ("email", "phone") and "Party" in labels]
    for guess in guesses:
        if guess in channels:
            yield _channel(guess, f"channel_{channels.index(guess) + 1}")
        elif rule := next((rule for rule in _RULES if _speaks(rule, labels, guess)), None):
            yield _tie(rule, guess)


def _speaks(rule: _Rule, labels: set[str], guess: ColumnGuess) -> bool:
    if not labels & set(rule.classes) or guess.kind not in rule.kinds:
        return False
    return not rule.words or bool(rule.words & set(folded(guess.name).split()))


def _tie(rule: _Rule, guess: ColumnGuess) -> TieGuess:
    reads = "read: id" if guess.kind == "id" else rule.reads
    cell = f"{{column: {quoted(guess.name)}, {reads}}}"
    source, target = (_MAIN, cell) if rule.is_target else (cell, _MAIN)
    each = f"each: {{column: {quoted(guess.name)}, split: {quoted(guess.split)}}}, " if guess.split else ""
    when = "" if guess.split else f", when: {{column: {quoted(guess.name)}, filled: true}}"
    return TieGuess(f"{{type: {rule.type}, {each}source: {source}, target: {target}{when}}}", guess.why, guess.name)


def _channel(guess: ColumnGuess, block: str) -> TieGuess:
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
    return TieGuess(f"{{type: REACHED_AT, source: {_MAIN}, target: {{block: {block}}}}}", guess.why, guess.name, lines)


def described(guess: ColumnGuess) -> str:
    """Return what to write for a column that nothing reads, where its values are of use."""
    if guess.undecided:
        return f"{guess.why}; say which: {{column: {quoted(guess.name)}, read: day, order: mdy}}, or dmy"
    if guess.kind in ("number", "whole"):
        return f"{guess.why}; an amount needs its currency, what it measures and its day"
    if guess.kind == "blank":
        return guess.why
    return f"{guess.why}; as a cell: {column_cell(guess)}"
