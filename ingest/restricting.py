"""Restricting somebody: left out of every use, and shown only to those who may see what is sensitive."""

from collections.abc import Collection

from graph.ledger.ledger import Ledger
from graph.ledger.load import RowSaid
from graph.ledger.people_register import HOLDS, RegisteredPeople, own_channels, put
from ingest.officer_entries import Signed, enter_all, entry_of, typed_node
from ingest.people_markings import as_restricted


def restrict(ledger: Ledger, ids: Collection[str], *, signed: Signed) -> int:
    """Restrict somebody, and return how many rows of sources were marked anew.

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
    for person in sorted(ids):
        node = typed_node(person, {"is_protected": "yes"}, signed=signed)
        entry = entry_of(f"restrict:{person}", (node,), signed, ())
        enter_all(ledger, [(f"entry by {signed.by} on {signed.on}", entry)], signed=signed)
    return _marked_anew(ledger, theirs, signed=signed)


def _marked_anew(ledger: Ledger, theirs: Collection[str], *, signed: Signed) -> int:
    """Give every live row that names some subjects a version whose marks are as strict as they must be now."""
    restricted = RegisteredPeople.of(ledger, "restricted")
    newest = {header.source: header for header in ledger.headers()}
    by_source: dict[str, list[RowSaid]] = {}
    count = 0
    for history in list(ledger.rows_about(theirs)):
        live = history[-1]
        if (content := as_restricted(live.content, restricted)) != live.content:
            by_source.setdefault(live.source, []).append((live.row_key, live.locator, content))
    for source, rows in sorted(by_source.items()):
        header = newest[source]
        key = header.row_key
        with ledger.open_load(header.card, by=signed.by, because=signed.because, row_key=key) as load:
            load.put(rows)
            load.commit({"read": len(rows), "changed": len(rows)})
            count += len(rows)
    return count
