"""Which tests are run when, and of which modules every branch is tried; dev.py starts without anything installed."""

FAST = (
    "tests/test_layout.py",
    "tests/test_ceilings.py",
    "tests/graph/domain",
    "tests/graph/fold",
    "tests/graph/names",
    "tests/graph/projection",
    "tests/contracts/test_stores.py",
    "tests/contracts/test_candidates.py",
    "tests/ingest/reference",
    "tests/ingest/resolution",
    "tests/queries",
    "--ignore-glob=tests/queries/[cf]*",
    "--ignore=tests/queries/test_gold_names.py",
    "tests/exports/files",
    "tests/exports/graphs",
    "tests/exports/paper",
    "tests/exports/memos/test_government.py",
    "tests/api",
    "--ignore=tests/api/test_refusals.py",
    "-m",
    "not neo4j",
)  # fmt: skip - a line for each layer
"""What finds most mistakes in a minute: declarations, golden answers and examples, the store, the files, the API."""
_DAYLESS = (
    "api/test_refusals",
    "cli/test_assistants",
    "cli/test_damaged_ledger",
    "cli/test_door",
    "cli/test_loading_files",
    "cli/test_names_of_loads",
    "cli/test_private_files",
    "cli/test_refused_by_the_system",
    "cli/test_secrets",
    "cli/test_server",
    "cli/test_standby",
    "cli/test_starting",
    "cli/test_terminal",
)
"""What of the doors is the same on every day: files, names, sockets, rights, what is refused; what has its own day."""
LATER = (
    "tests/acceptance/test_readme.py",
    "tests/acceptance/test_reconciling_page.py",
    "tests/api",
    "tests/cli",
    *(f"--ignore=tests/{what}.py" for what in _DAYLESS),
)
"""What is asked again on later days: the doors. What is behind them gets the clock as an argument; ruff sees to it."""
EVERY_BRANCH = (
    "graph/fold/*,graph/views.py,graph/reader.py,graph/ledger/seen_ledger.py,graph/audit_log.py,"
    "graph/domain/fiscal.py,graph/domain/values.py,queries/core/permissions.py,queries/core/people_in_rows.py,"
    "queries/core/accounting.py,queries/contacts/consent.py,queries/funding/*,ingest/people_markings.py"
)
"""Fold, consent, ceiling, audit log and money: where a slip shows what is not to be shown, or miscounts."""
