"""Why a row was not taken: what the report, the correction file and `iga help` say about it."""

from dataclasses import dataclass

from iga.graph.names.look_alikes import visible

# a value may be a cell of a hundred thousand characters
_LOOKED_AT = 1_000

CELL = "IGA-1321"
UNFIT = "IGA-1322"
KEY = "IGA-1323"
CLASH = "IGA-1324"
SILENT = "IGA-1325"
LOOP = "IGA-1326"
SHAPE = "IGA-1327"
MISSING = "IGA-1328"
UNREAD = "IGA-1329"
NOT_KNOWN = "IGA-1330"
INVALID = "IGA-1340"

CODES: dict[str, str] = {
    CELL: "A cell cannot be read as the date, number, code or topic that its mapping expects.",
    UNFIT: "A value does not fit its field in the domain: docs/schema.md says what the field may hold.",
    KEY: "A column of the row key is blank, or the key is longer than 500 characters.",
    CLASH: "Two rows of one load have the same key and say different things; neither is taken.",
    SILENT: "A row is not blank, and yet no block of the mapping states anything from it.",
    LOOP: "A row joins a subject to itself.",
    SHAPE: "A row has other cells than the header, a NUL character, an open quote or an overlong cell.",
    INVALID: "A record does not fit the schema of its format: the reason names line and element.",
    MISSING: "The cell that says about whom a block speaks is blank; `when` says when to skip a block.",
    NOT_KNOWN: "Nothing on record has the name that a row gives; `unknown` in the mapping, or --new, says what to do.",
    UNREAD: "A cell, or a part of one, could not be read; the rest of its row was taken.",
}
"""What each code of a rejection means."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not taken.

    Attributes:
        file, line: Where the row starts: the physical line of a text file, the row of a sheet.
        column: Header of the cell at fault, several joined by a comma; blank for the row as a whole.
        value: The cell at fault as written, shortened; never classified text.
        code: One of `CODES`.
    """

    file: str
    line: int
    column: str
    value: str
    reason: str
    fix: str
    code: str


class Refusal(Exception):
    """Raised while one row is read: the row is rejected, the file goes on."""

    def __init__(self, reason: str, *, fix: str, code: str = CELL, column: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix = fix
        self.code = code
        self.column = column
        self.value = value

    def at(self, file: str, line: int) -> Rejection:
        """Return the rejection of the row that starts at a line of a file."""
        return Rejection(file, line, self.column, short(self.value), self.reason, self.fix, self.code)


def short(value: object) -> str:
    """Return a value as messages show it: at most 120 characters, on one line, nothing in it that is not seen."""
    text = str(value)
    line = visible(" ".join(text[:_LOOKED_AT].split()))
    return line if len(line) <= 120 and len(text) <= _LOOKED_AT else f"{line[:119]}…"
