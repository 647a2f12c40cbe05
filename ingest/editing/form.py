"""The form of an editable workbook, which the export writes and the load reads."""

from typing import Final

STAMP: Final = "IGA Graph editable export"
"""First cell of the hidden sheet; the version of the graph and the instant of the export follow."""

READ_ME: Final = "Read me"
EXPORTED: Final = "Exported"
LISTS: Final = "Lists"

KEY: Final = "id"
NAME: Final = "what it is"
"""The two columns before the fields: id or key of the row's thing, and its name in words, which is not read."""

HIDDEN_HEADER: Final = ("class", KEY, "field", "value")
"""Columns of the hidden sheet: each cell that held something, as it was exported, and one row for each thing."""

NONE: Final = "(none)"
"""Written into a cell, it takes back the office's own correction of it; a blank cell changes nothing."""
