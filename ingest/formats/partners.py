"""The list of partners of an office: who they are, what sort, where, and what they do."""

from ingest.formats.mapped_format import mapped_format

PARTNERS = mapped_format(
    "partners",
    "a list of partners",
    columns=("Kind", "Name", "What they do", "Part of"),
    suffixes=(".xlsx", ".xlsm", ".csv"),
)
