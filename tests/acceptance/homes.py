"""A home folder with a ledger and an embedded graph, a desk for it, and short ways to say rows."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from iga.graph.settings import read_settings
from iga.graph.statements import Card, Content, EdgeStatement, LoadHeader, NodeStatement, Statement
from iga.graph.workspace import Workspace

FORUMS = 20

Row: TypeAlias = tuple[str, str, Content]
"""Row key, locator and content, as a load takes them."""


def noon() -> datetime:
    """Return the one instant of a clock that stands still."""
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def settled(home: Path, *, clock: Callable[[], datetime] = noon, wait_s: float = 10.0, ceiling: str = "") -> Workspace:
    """Return the desk of a home folder."""
    environ = {"IGA_STORE": str(home / "graph"), "IGA_CEILING": ceiling}
    return Workspace(read_settings(environ), clock=clock, wait_s=wait_s)


def row(row_key: str, *said: Statement, **how: Any) -> Row:
    """Return a row that says these things."""
    return row_key, f"rows.csv:{row_key}", Content(said, **how)


def forums() -> Iterator[Row]:
    """Give a row for each forum."""
    return (row(f"f{at}", NodeStatement("Forum", f"forum:f{at}", {"name": f"Forum {at}"})) for at in range(FORUMS))


def ngo(at: int, name: str = "", *, marking: int = 0, public_from: str = "") -> Row:
    """Return the row of a partner that is a member of a forum."""
    named = NodeStatement(
        "Ngo", f"ngo:n{at}", {"name": name or f"Partner {at}", "website": f"https://example.org/{at}"}
    )
    member = EdgeStatement("MEMBER_OF", f"ngo:n{at}", f"forum:f{at % FORUMS}")
    return row(f"n{at}", named, member, marking=marking, public_from=public_from)


def load_and_project(workspace: Workspace, rows: Iterable[Row], *, card: Card | None = None) -> LoadHeader:
    """Load rows in one load and bring the graph up to it."""
    said = list(rows)
    with workspace.changing("iga load rows.csv") as ledger:
        with ledger.open_load(card or Card("ref:partners", "Partners")) as load:
            load.put(said)
            header = load.commit({"read": len(said)})
        workspace.project()
    return header
