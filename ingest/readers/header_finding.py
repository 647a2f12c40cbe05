"""Find the header of a table under title rows: the row that holds the columns that are looked for."""

from collections.abc import Collection, Sequence

from graph.errors import HeaderError

SEARCHED_ROWS = 50
"""How far down a header is looked for."""

_NAMED_IN_MESSAGE = 5


def header_place(rows: Sequence[Sequence[str]], columns: Collection[str], *, where: str) -> int:
    """Return which of the first rows is the header, from 0: the first with all columns, else that with the most.

    Args:
        rows: The first rows, as texts on one line.
        columns: The columns that the mapping knows.
        where: File, or file and sheet, for the message.

    Raises:
        HeaderError: No row holds two of the columns, or the only one.
    """
    wanted = set(columns)
    found = [len(wanted & set(row)) for row in rows]
    most = max(found, default=0)
    if most < min(2, len(wanted)):
        names = ", ".join(repr(name) for name in sorted(wanted)[:_NAMED_IN_MESSAGE])
        raise HeaderError(
            f"{where}: none of the first {len(rows)} rows is a header with the columns {names}; correct the header,"
            " or state its row with `header_row`"
        )
    return found.index(most)


def told(place: str, row: int) -> list[str]:
    """Return the sentence that says where a header was found; none where it stands first, as usual."""
    return [f"{place}: the header was found in row {row}; the rows above it are not read"] if row > 1 else []
