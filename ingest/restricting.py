"""Restricting somebody, and lifting it: left out of every use, and shown only to those who see what is sensitive."""

from collections.abc import Callable, Collection

from iga.graph.domain.parties import is_person
from iga.graph.errors import NotFound
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.load import RowSaid
from iga.graph.ledger.people_register import HOLDS, RegisteredPeople, entered_by, mark_of, own_channels, put
from iga.graph.ledger.people_register import release as taken_out
from iga.graph.statements import Content
from iga.ingest.officer_entries import Signed, enter_all, entry_of, typed_node
from iga.ingest.people_markings import as_restricted

RESTRICTION = "restrict:"
"""How the key of an officer's entry begins that protects whoever is restricted; releasing them takes it back."""


def restrict(ledger: Ledger, ids: Collection[str], *, signed: Signed) -> int:
    """Restrict somebody, or what names somebody, and return how many rows of sources were marked anew.

    The person and the person's own channels are entered in the register, which marks what later loads say; an officer's
    entry protects the person; and of every row that names them, a version with stricter marks is kept, by which the
    earlier ones are marked as well. Killed in between, it is finished by doing it again.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    theirs = {*ids, *own_channels(ledger, ids)}
    with ledger.open_load(HOLDS, by=signed.by, because=signed.because) as load:
        put(load, ledger, "restricted", theirs, authority=signed.because)
        load.commit({"read": len(theirs)})
    for person in sorted(filter(is_person, ids)):
        node = typed_node(person, {"is_protected": "yes"}, signed=signed)
        entry = entry_of(f"{RESTRICTION}{person}", (node,), signed, ())
        enter_all(ledger, [(f"entry by {signed.by} on {signed.on}", entry)], signed=signed)
    restricted = RegisteredPeople.of(ledger, "restricted")
    return _marked_anew(ledger, theirs, lambda row: as_restricted(row[-1].content, restricted), signed=signed)


def release(ledger: Ledger, ids: Collection[str], *, signed: Signed) -> tuple[int, int]:
    """Lift a restriction, and return how many rows count with their own marking again, and how many stay sensitive.

    A row gets the marks back that it had before. One that came in since, or is sensitive by itself, stays as it is: the
    next load of its file marks it as the file says. Killed in between, it is finished by doing it again.

    Raises:
        NotFound: Nobody of them is restricted.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    theirs = {*ids, *own_channels(ledger, ids)}
    since = entered_by(ledger, "restricted", theirs)
    if since is None:
        raise NotFound(f"{min(ids)} is not restricted")
    before = RegisteredPeople.of(ledger, "restricted")
    after = RegisteredPeople(ledger, before.marks - {mark_of(ledger, written) for written in theirs})
    enter_all(ledger, [], withdrawn=[f"{RESTRICTION}{person}" for person in filter(is_person, ids)], signed=signed)

    def own(row: RowHistory) -> Content:
        live = row[-1].content
        earlier = (version.content for version in reversed(row) if version.load < since < row[-1].load)
        return next((as_restricted(it, after) for it in earlier if as_restricted(it, before) == live), live)

    count = _marked_anew(ledger, theirs, own, signed=signed)
    lifted = RegisteredPeople(ledger, before.marks - after.marks)
    rows = [row[-1].content for row in ledger.rows_about(theirs) if row[-1].content.statements]
    kept = sum(bool(lifted.named_in(content)) and as_restricted(content, lifted) == content for content in rows)
    taken_out(ledger, sorted(theirs), kind="restricted", authority=signed.because, by=signed.by)
    return count, kept


def _marked_anew(
    ledger: Ledger, theirs: Collection[str], marked: Callable[[RowHistory], Content], *, signed: Signed
) -> int:
    """Give every live row that names some subjects a version that is marked as it must be now."""
    newest = {header.source: header for header in ledger.headers()}
    by_source: dict[str, list[RowSaid]] = {}
    count = 0
    for history in list(ledger.rows_about(theirs)):
        live = history[-1]
        if (content := marked(history)) != live.content:
            by_source.setdefault(live.source, []).append((live.row_key, live.locator, content))
    for source, rows in sorted(by_source.items()):
        header = newest[source]
        key = header.row_key
        with ledger.open_load(header.card, by=signed.by, because=signed.because, row_key=key) as load:
            load.put(rows)
            load.commit({"read": len(rows), "changed": len(rows)})
            count += len(rows)
    return count
