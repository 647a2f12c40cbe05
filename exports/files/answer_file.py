"""The answer to a question as a file: a table in any form, a calendar of what has days, cards of who can be reached."""

from typing import BinaryIO

from iga.exports.files.manifest import Contents, Origin
from iga.exports.files.row_files import contents_of, row_file, write_rows
from iga.graph.errors import NotAcceptable
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session

KINDS = ("csv", "xlsx", "json", "jsonl", "ics", "vcf")
"""The formats; the last two only where rows have days, or are contacts."""


def write_answer(file: BinaryIO, answer: Answer, *, kind: str, origin: Origin, session: Session) -> Contents:
    """Write the answer to a question, and return what its manifest tells.

    Raises:
        NotAcceptable: Its rows are no appointments, or no contacts.
    """
    if kind == "ics":
        return _write_calendar(file, answer, origin, session)
    if kind == "vcf":
        return _write_cards(file, answer, origin, session)
    return write_rows(file, answer, kind=kind, origin=origin, session=session)


def _write_calendar(file: BinaryIO, answer: Answer, origin: Origin, session: Session) -> Contents:
    from iga.exports.files.calendar_file import appointment_of, has_days, write_calendar

    content = row_file(answer, origin)
    if not has_days(content.main.fields):
        raise NotAcceptable(f"the rows of {answer.question} are no appointments; choose csv, xlsx, json or jsonl")
    count, notes = write_calendar(
        file, map(appointment_of, content.main.rows), title=origin.what, made_at=origin.made_at, marking=content.marking
    )
    return contents_of(answer, session, counts={"entries": count, "rows": len(answer.rows)}, notes=notes)


def _write_cards(file: BinaryIO, answer: Answer, origin: Origin, session: Session) -> Contents:
    from iga.exports.files.address_cards import cards_of_contacts, has_channels, write_cards

    content = row_file(answer, origin)
    if not has_channels(content.main.fields):
        raise NotAcceptable(f"the rows of {answer.question} are no contacts; choose csv, xlsx, json or jsonl")
    cards, notes = cards_of_contacts(content.main.rows)
    counts = {"cards": write_cards(file, cards), "rows": len(answer.rows)}
    return contents_of(answer, session, counts=counts, notes=notes)
