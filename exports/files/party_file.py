"""Parties with their posts, holders, channels and memberships as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from iga.exports.files.manifest import Contents, Origin, source_notes
from iga.exports.files.party_rows import PartyRows, party_rows
from iga.queries.core.days import the_day
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.session import Session
from iga.queries.core.wording import listed


@dataclass(frozen=True)
class AskedParties:
    """Parties that somebody asks for as a file.

    Attributes:
        what: What is exported, in words.
        parameters: As understood.
        day: Full day it is for.
        rows: The parties.
    """

    what: str
    parameters: Mapping[str, Any]
    day: str
    rows: PartyRows


def parties_asked_for(session: Session, names: Sequence[str], *, as_of: str | None) -> AskedParties:
    """Return the parties of some names as of a day; None is today.

    Raises:
        UsageError, NotFound, Ambiguous: As of a name or a day.
        Denied: One of them did not agree to be named in an export.
    """
    day = the_day(as_of, today=session.today)
    subjects = [subject_of(session, name, parameter="party", labels=("Party",)) for name in names]
    parties = {party.id: party.name for party in subjects}
    asked = {"party": list(parties), "as_of": day}
    return AskedParties(
        f"Parties: {listed(list(parties.values()))}", asked, day, party_rows(session, list(parties), day=day)
    )


def write_parties(file: BinaryIO, parties: PartyRows, *, kind: str, origin: Origin, session: Session) -> Contents:
    """Write parties, and return what their manifest tells.

    Args:
        file: Where to.
        parties: Their rows.
        kind: json, jsonl, csv, xlsx, popolo, vcf or ftm.
        origin: Who makes it, and from what.
        session: What the rows are from.
    """
    if kind == "ftm":
        from iga.exports.graphs.ftm import write_ftm
        from iga.exports.graphs.subgraph import of_ids

        asked: dict[str, Any] = {"day": origin.as_of, "what": origin.what, "parameters": origin.parameters}
        return write_ftm(file, of_ids(session, parties.ids, notes=tuple(parties.notes), **asked), origin)
    count, notes = _written(file, origin, parties, kind)
    return Contents(
        counts=count,
        marking=parties.marking.word,
        sources=source_notes(session, parties.sources),
        notes=(*parties.notes, *notes),
    )


def _written(file: BinaryIO, origin: Origin, parties: PartyRows, kind: str) -> tuple[dict[str, int], tuple[str, ...]]:
    if kind == "vcf":
        from iga.exports.files.address_cards import cards_of_parties, write_cards

        cards, notes = cards_of_parties(parties.rows)
        return {"cards": write_cards(file, cards)}, notes
    from iga.exports.files.row_files import WRITERS, RowFile, TitledRows, about_file, write_json

    about = about_file(origin, parties.marking.word)
    header: dict[str, Any] = {name.lower().replace(" ", "_"): text for name, text in about}
    main = TitledRows.of("Parties", parties.rows)
    if kind == "popolo":
        from iga.exports.files.popolo import popolo_of

        document, notes = popolo_of(parties.rows, about=header)
        write_json(file, RowFile(main, document, (), (), parties.marking.word))
        return {name: len(records) for name, records in document.items() if name != "meta"}, notes
    content = RowFile(
        main=main,
        document={**header, "notes": parties.notes, "rows": parties.rows},
        beside=(TitledRows.of("Left out", [{"note": note} for note in parties.notes]),),
        about=about,
        marking=parties.marking.word,
    )
    return {"rows": len(parties.rows)}, WRITERS[kind](file, content)
