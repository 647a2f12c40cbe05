"""Nothing outside `graph` reads ledger or graph but through a reader's view; who goes past a ceiling is listed here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAST_A_CEILING = {
    r"Ledger\.open\(|Store\(|open_store\(|\._?ledger\(": set(),
    r"\bledger\.whole\b": {
        "queries/core/permissions.py",
        "entering/kind.py",
        "api/pages/entering_forms.py",
        "api/routes/audit.py",
    },  # consents bind whoever may not see them, and so do namesakes; the log's head, for whoever reads the log
    r"\.unnoted\b(?<!ends_of_terms\(session\.unnoted)(?<!ends_of_terms\(self\.session\.unnoted)"
    r"(?<!ends_of_terms\(self\._session\.unnoted)": set(),  # days alone are taken from what no log notes
    r"workspace\.everything\(": {
        "cli/keeping.py", "cli/doctor.py", "cli/people.py", "cli/audit.py", "cli/changing.py", "ingest/committing.py",
        "api/pages/administration.py",
    },  # the dump, what reads all of it, holds, the log's head, judgements, versions after a change; they ask who may
    r"workspace\.graph\(": {"ingest/committing.py"},  # of the one who is writing
}  # fmt: skip  # read across, like the rows of a table


@pytest.mark.parametrize("way", PAST_A_CEILING)
def test_nothing_is_read_without_a_reader(way: str) -> None:
    files = [
        path
        for folder in ("api", "cli", "entering", "exports", "ingest", "queries")
        for path in (ROOT / folder).rglob("*.py")
    ]
    found = {str(path.relative_to(ROOT)) for path in files if re.search(way, path.read_text(encoding="utf-8"))}
    assert len(files) > 100
    assert found == PAST_A_CEILING[way]
