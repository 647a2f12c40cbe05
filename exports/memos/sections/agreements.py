"""Agreements and treaty status."""

from exports.memos.evidence import cited, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Section
from queries.core.answer import Answer
from queries.core.wording import long_day
from queries.instruments.bonds import BondRow

PALERMO = "treaty:palermo"
# What a paper on trafficking names first: the protocol, regional texts, forced labor, children.
FIRST = (
    PALERMO, "treaty:untoc", "treaty:cets197", "treaty:actip",
    "treaty:ilo-c029", "treaty:ilo-p029", "treaty:ilo-c105",
    "treaty:ilo-c182", "treaty:opsc", "treaty:ilo-c138",
)  # fmt: skip
# More rows would push a memo beyond its two pages.
CAP = 6


def agreements(answer: Answer) -> Section:
    """Return how the government stands to agreements, those on trafficking first, the others as answered."""
    rows = supported(answer, BondRow)
    ordered = sorted(rows, key=lambda row: FIRST.index(row.agreement) if row.agreement in FIRST else len(FIRST))
    if not rows:
        return Section("Agreements and treaty status", (nothing_found("No agreement of theirs is in the data."),))
    table = Table(
        title="How it stands to agreements",
        header=("Agreement", "Standing", "Steps"),
        rows=tuple(TableRow(_cells(row), cited(answer, row)) for row in ordered[:CAP]),
        widths=(60, 11, 29),
        more=More(len(rows) - CAP, ask_again(answer)) if len(rows) > CAP else None,
    )
    return Section("Agreements and treaty status", (table,))


def standing_of(row: BondRow) -> str:
    """Return the standing in words; one that no date settles says so."""
    return row.standing if row.held == "yes" else f"{row.standing}, day not known"


def steps(row: BondRow) -> str:
    """Return what the government did and when: signed, joined, reserved, withdrew; blank when nothing is known."""
    day = row.action_on or row.in_force_on
    how = row.action or ("in force" if not row.action_on and row.in_force_on else "")
    parts = [
        f"signed {long_day(row.signed_on)}" if row.signed_on else "",
        " ".join(part for part in (how, long_day(day) if day else "") if part),
        "with reservations" if row.reservations else "",
        f"withdrawn {long_day(row.withdrawn_on)}" if row.withdrawn_on else "",
    ]
    return "; ".join(part for part in parts if part)


def _cells(row: BondRow) -> tuple[str, ...]:
    return row.agreement_name, standing_of(row), steps(row)
