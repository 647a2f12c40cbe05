"""Blocks that several sections share."""

from exports.document import PROGRAM, Unknown


def nothing_found(text: str, *, lead: str = "") -> Unknown:
    """Return the statement that the data hold nothing; it never says that there is nothing."""
    return Unknown(text, PROGRAM, lead=lead)
