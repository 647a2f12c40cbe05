"""Who holds which post there, how surely, and since when it was seen."""

from exports.memos.evidence import cited, row_words, supported
from exports.memos.gathering import ask_again
from exports.memos.sections.blocks import nothing_found
from exports.paper.blocks import More, Table, TableRow
from exports.paper.document import Section
from exports.paper.statements import Claim, Unknown
from exports.wording import capitalized, sentence
from queries.contacts.contact_rows import ContactRow
from queries.core.answer import Answer

# Whom one meets is one or two people; the others of an office are a line each.
_CAP = 4
_FIRST = ("head", "coordinator", "chair", "rapporteur", "deputy")


def holders(answer: Answer, *, first: str = "", most: int = _CAP) -> Section:
    """Return the posts there with who holds each, heads first.

    Args:
        answer: Ways to reach the party; those of its posts are used.
        first: Id of the post that goes before all others.
        most: Rows that are printed.
    """
    return Section("Who they are", (posts_table(answer, first=first, most=most),))


def posts_table(answer: Answer, *, first: str = "", most: int = _CAP) -> Table | Unknown:
    """Return the posts there as a table, or that none is held."""
    rows = posts(answer, first=first)
    if not rows:
        return nothing_found("No post there is in the data, so whom you will meet is not known.")
    listed = [TableRow((row.called, _held(answer, row)), cited(answer, row)) for row in rows[:most]]
    more = More(len(rows) - most, ask_again(answer)) if len(rows) > most else None
    return Table("Posts and who holds them", ("Post", "Who holds it, and how that is known"), tuple(listed), (48, 52),
                 more)  # fmt: skip


def posts(answer: Answer, *, first: str = "") -> list[ContactRow]:
    """Return the rows of posts, heads and coordinators first, otherwise in the order of the answer."""
    rows = {row.post: row for row in supported(answer, ContactRow) if row.place == "post" and row.post}
    return sorted(rows.values(), key=lambda row: (row.post != first, _place(row.role)))


def holder_in_short(answer: Answer, *, first: str = "") -> Claim | Unknown:
    """Return who holds the post that one meets, or the first of the posts there."""
    rows = posts(answer, first=first)
    if not rows:
        return nothing_found("No post there is in the data.", lead="Whom:")
    row = rows[0]
    known = _held(answer, row) if row.holder_name else f"{row.post_name}: {_held(answer, row)}"
    return Claim(sentence(known), cited(answer, row), lead="Whom:")


def _place(role: str | None) -> int:
    return _FIRST.index(role) if role in _FIRST else len(_FIRST)


def _held(answer: Answer, row: ContactRow) -> str:
    """Return who holds it, when that was last seen, and the term as stated: ``Ada, in office … (term since 2024)``."""
    return capitalized(row_words(answer, row, "row-term"))
