"""Which day of a row belongs into a calendar, and what the entry is called."""

from collections.abc import Sequence
from dataclasses import dataclass

from exports.files.tabular import Record

# A meeting runs from day to day; a duty, a mandate or a term falls on one.
_STRETCHES = (("on", "until"), ("start", "end"))
_DAYS = ("due_on", "ends_on", "last_day", "expires_on")
_TOLD = {
    "hours": "Hours", "owner_name": "Owner", "owed_to_name": "Owed to", "whose_name": "Whose", "reason": "Reason",
    "next_step": "Next step", "legal_basis": "Legal basis", "recurrence": "Comes back", "renewed_by_name": "Renewed by",
    "created_by_name": "Created by", "outcome": "Outcome",
}  # fmt: skip
_THINGS = ("what", "mandated", "commitment", "obligation", "engagement")


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar.

    Attributes:
        it: Id of what it is.
        name: What it is called.
        start: First day, possibly partial; blank is not known.
        end: Last day, possibly partial; blank is not known, or the same.
        status: As the row states it.
        held: yes or unknown.
        place: Where.
        told: Lines on it.
        marking: Word.
    """

    it: str
    name: str
    start: str
    end: str
    status: str
    held: str
    place: str
    told: tuple[str, ...]
    marking: str


def has_days(fields: Sequence[str]) -> bool:
    """Say whether rows with these fields belong into a calendar: they fall due, or are meetings."""
    return _thing(fields) != "" and _place(fields) is not None


def entry_of(row: Record) -> Entry:
    """Return the entry of a row that has days."""
    thing, place = _thing(tuple(row)), _place(tuple(row))
    assert place is not None
    start, end = (str(row.get(field) or "") for field in place)
    return Entry(
        it=str(row[thing]),
        name=str(row[f"{thing}_name"]),
        start=start,
        end=end,
        status=str(row.get("status") or ""),
        held=str(row.get("held") or "yes"),
        place=str(row.get("place") or ""),
        told=tuple(_lines(row)),
        marking="internal" if row.get("is_internal") and row["marking"] == "public" else str(row["marking"]),
    )


def _thing(fields: Sequence[str]) -> str:
    return next((thing for thing in _THINGS if thing in fields and f"{thing}_name" in fields), "")


def _place(fields: Sequence[str]) -> tuple[str, str] | None:
    """Return the fields of the first and the last day; none for terms of office, which are no appointments."""
    if day := next((field for field in _DAYS if field in fields), ""):
        return day, day
    return next((pair for pair in _STRETCHES if set(pair) <= set(fields)), None)


def _lines(row: Record) -> list[str]:
    said = []
    for field, label in _TOLD.items():
        if row.get(field):
            said.append(f"{label}: {row[field]}")
    if row.get("held") == "unknown":
        said.append("Not certain.")
    said += [f"Source: {note['title']}, {note['locator']}" for note in row["evidence"]]
    return said
