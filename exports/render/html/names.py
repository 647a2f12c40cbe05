"""Names of what others look for in a page of ours."""

RECORD = "iga-paper"
"""Id of the element that holds the record."""
