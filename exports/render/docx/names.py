"""Names of what others look for in a Word file of ours."""

NAMESPACE = "urn:iga-graph:paper"
"""Namespace of the part that holds the record."""

CELL, NOTE, DRAFTER, MARK = "Table Text", "Endnote", "Drafter", "Endnote Mark"
"""Styles that are ours: cells, what is behind the body, blanks, raised numbers of endnotes."""
