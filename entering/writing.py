"""Writing what was entered: into the ledger as one load, and the graph brought up to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from iga.entering.entry_words import ids_in, words_of
from iga.entering.naming import names_of
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, LoadHeader
from iga.graph.workspace import Workspace
from iga.ingest.following import bring_up
from iga.ingest.namesakes import Namesakes
from iga.ingest.officer_entries import OfficerEntry, Signed, enter_all
from iga.queries.core.session import Session

Write = Callable[[Ledger], LoadHeader]
"""Writes a load into the ledger, and returns it."""


@dataclass(frozen=True)
class Entered:
    """What was written.

    Attributes:
        data_version: What the graph, brought up to it, is known by; blank where that failed.
        left: Why it failed, and who does it later, in sentences: whoever reads next brings the graph up.
        held: Who of it may be somebody protected, and what to type, in sentences.
    """

    header: LoadHeader
    data_version: str
    left: tuple[str, ...]
    held: tuple[str, ...] = ()


def written(workspace: Workspace, write: Write, what: str = "an officer's entry") -> Entered:
    """Write a load, bring the graph up to it, and return both.

    Raises:
        Denied: The reader's role is not to write, or they do not see everything.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    left: list[str] = []
    with workspace.changing(what) as ledger:
        header = write(ledger)
        held = bring_up(workspace, left)
        namesakes = Namesakes.of(ledger)
        for row in ledger.rows_between(header.no - 1, header.no):
            namesakes.look_at(row[-1].locator, row[-1].content.statements)
    return Entered(header, ledger.version_of(held.hash) if held else "", tuple(left), tuple(namesakes.notes()))


def entering(entries: Sequence[OfficerEntry], signed: Signed) -> Write:
    """Return what writes several entries as one load."""
    place = f"entry by {signed.by} on {signed.on}"
    return lambda ledger: enter_all(ledger, [(place, entry) for entry in entries], signed=signed)


def words_for(session: Session, contents: Sequence[Content]) -> str:
    """Return entries in words, with the printed names of what they speak of."""
    names = names_of(session, {id_ for content in contents for id_ in ids_in(content)})
    return "; ".join(words_of(content, names) for content in contents)
