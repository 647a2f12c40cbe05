"""Which tests are run when, and of which modules every branch is tried; dev.py starts without anything installed."""

_ELSEWHERE = ("slow", "neo4j", "postgresql", "browser")
QUICK = ("-m", " and ".join(f"not {mark}" for mark in _ELSEWHERE), "-p", "tests.processor_time")
"""What finds most mistakes in minutes; a test among them that costs much fails."""
REST = ("-m", " or ".join((*_ELSEWHERE, "hypothesis")))
"""What `QUICK` leaves out, and the laws once more, with more examples: after both everything was tried."""
_DAYLESS = (
    "api/test_refusals", "cli/test_assistants", "cli/test_damaged_ledger", "cli/test_door", "cli/test_loading_files",
    "cli/test_names_of_loads", "cli/test_private_files", "cli/test_refused_by_the_system", "cli/test_secrets",
    "cli/test_server", "cli/test_standby", "cli/test_starting", "cli/test_terminal",
)  # fmt: skip  # read across, like the rows of a table
"""What of the doors is the same on every day: files, names, sockets, rights, what is refused; what has its own day."""
LATER = (
    "tests/acceptance/test_readme.py",
    "tests/api",
    "tests/cli",
    *(f"--ignore=tests/{what}.py" for what in _DAYLESS),
    *("-m", "not slow"),  # hostile connections and the like, which are of no day
)
"""What is asked again on later days: the doors. What is behind them gets the clock as an argument; ruff sees to it."""
EVERY_BRANCH = (
    "graph/fold/*,graph/views.py,graph/reader.py,graph/ledger/seen_ledger.py,graph/audit_log.py,"
    "graph/domain/values.py,queries/core/permissions.py,queries/core/consent_gate.py,"
    "queries/core/accounting.py,queries/contacts/consent.py,queries/funding/*,ingest/people_markings.py"
)
"""Fold, consent, ceiling, audit log and money: where a slip shows what is not to be shown, or miscounts."""
