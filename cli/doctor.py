"""`iga doctor`: checks the installation, the ledger and the graph, and says what to do about what it finds."""

import glob
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.remote import card_in, server_at, starting_at
from iga.graph.backup import log_faults, verified
from iga.graph.errors import IgaError
from iga.graph.fold.shapes import View
from iga.graph.ledger.failures import REMEDY
from iga.graph.private import close_to_others, open_to_others
from iga.graph.settings import Settings
from iga.graph.text import counted
from iga.graph.workspace import Workspace

PACKAGES = ("arcadedb", "neo4j", "sqlalchemy", "pydantic", "openpyxl", "python-docx", "fastapi")
_LEAST_FREE = 500 * 2**20  # a rebuild of 100,000 entities writes about 100 MB; leave room for several


@dataclass(frozen=True)
class Finding:
    """The outcome of one check: what was looked at, whether it is fine, and what was seen or is to be done."""

    check: str
    is_fine: bool
    text: str


@click.command("doctor", cls=IgaCommand)
@click.option("--fix", is_flag=True, help="Take from other accounts what rights they have to the files.")
@pass_call
def doctor(call: Call, *, fix: bool) -> None:
    """Check the installation and say what to do; exit code 3 when something needs attention.

    Example: iga doctor
    """
    if fix:
        _mend(call)
    findings = list(_examined(call.workspace))
    call.tell(
        {"findings": [vars(finding) for finding in findings]},
        *(f"{'ok' if finding.is_fine else 'LOOK':<5} {finding.check:<9} {finding.text}" for finding in findings),
    )
    if not all(finding.is_fine for finding in findings):
        click.get_current_context().exit(3)


def _examined(workspace: Workspace) -> Iterator[Finding]:
    yield Finding(
        "program", True, f"iga {version('iga-graph')}, Python {platform.python_version()}, {platform.system()}"
    )
    yield Finding("packages", *_packages())
    yield Finding("clock", True, _clock(workspace.settings))
    yield Finding("server", True, _server(workspace.settings))
    yield Finding("files", *_files(workspace.settings))
    checks = (("disk", _disk), ("ledger", _ledger), ("audit", _audit), ("graph", _graph), ("views", _views))
    for check, look in checks:
        yield _guarded(check, look, workspace)


def _guarded(check: str, look: Callable[[Workspace], tuple[bool, str]], workspace: Workspace) -> Finding:
    try:
        return Finding(check, *look(workspace))
    except IgaError as error:
        return Finding(check, False, f"{error.code}: {error.message}")


def _packages() -> tuple[bool, str]:
    missing, there = [], []
    for name in PACKAGES:
        try:
            there.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return False, f"missing: {', '.join(missing)}; install them from requirements/run.txt"
    return True, ", ".join(there)


def _server(settings: Settings) -> str:
    if server := server_at(settings):
        return f"running on port {server.port} (process {server.pid}); commands go through it"
    if process := starting_at(settings):
        return f"starting (process {process}); it says when it answers"
    if card_in(settings.door).exists():
        return "not running; the card of a server that was killed is ignored"
    return "not running"


def _files(settings: Settings) -> tuple[bool, str]:
    is_open = [f"{path} ({mode:04o})" for path, mode in open_to_others(_places(settings))]
    if is_open:
        return False, f"open to other accounts of this machine: {', '.join(is_open)}; iga doctor --fix closes them"
    return True, "only their owner reads them" if os.name == "posix" else "who reads them, their folder says"


def _places(settings: Settings) -> Iterator[Path]:
    """Give the files and folders of this installation: the graph and the ledger, and what is named after them."""
    ledger = None if "://" in settings.ledger else Path(settings.ledger)
    for place in filter(None, (settings.embedded_path, ledger)):
        yield place
        yield from sorted(place.parent.glob(f"{glob.escape(place.name)}[.-]*"))
    if settings.embedded_path is None:
        yield from sorted(settings.views.parent.glob(f"{glob.escape(settings.views.name)}*"))
        yield from (settings.audit, settings.keys)


def _mend(call: Call) -> None:
    for path, mode in open_to_others(_places(call.workspace.settings)):
        try:
            close_to_others(path)
        except OSError as error:
            call.console.note(f"{path} ({mode:04o}) cannot be closed to others: {error.strerror}")


def _clock(settings: Settings) -> str:
    return f"stands still at {settings.fixed_at.isoformat()} (IGA_NOW)" if settings.fixed_at else "the machine's"


def _disk(workspace: Workspace) -> tuple[bool, str]:
    folder = workspace.settings.embedded_path or Path(workspace.settings.folder)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return free >= _LEAST_FREE, f"{free // 2**20:,} MB free at {folder}" + (
        "" if free >= _LEAST_FREE else "; make room before the next load"
    )


def _ledger(workspace: Workspace) -> tuple[bool, str]:
    name = workspace.settings.ledger
    if workspace.reader.sees_all:  # the graph, which may hang, is another line
        if wrong := verified(workspace).damages:
            return False, f"{name}: {counted(len(wrong), 'fault')}, first {wrong[0].text}; {REMEDY}"
        ledger = workspace.everything()
        loads, sources = ledger.through(), len({header.source for header in ledger.headers()})
    else:
        state = workspace.state()
        loads, sources = state.ledger_through, state.source_count
    begin = "" if loads else "; begin with iga load --bundled"
    return not begin, f"{name}: {loads} loads of {sources} sources{begin}"


def _audit(workspace: Workspace) -> tuple[bool, str]:
    log = workspace.audit_log
    if not workspace.reader.sees_all:
        return True, f"{log.path}: not read, as not all is shown to you"
    if not Path(workspace.settings.ledger).exists() and "://" not in workspace.settings.ledger:
        return True, f"{log.path}: no ledger yet"
    if faults := log_faults(workspace.everything(), log):
        return False, f"{log.path}: {counted(len(faults), 'fault')}, first: {faults[0]}; iga audit verify names all"
    return True, f"{log.path}: {counted(log.head().no, 'act')}, each as it was written"


def _views(workspace: Workspace) -> tuple[bool, str]:
    damaged = ", ".join(map(str, workspace.views.damaged()))
    return (
        not damaged,
        f"damaged: {damaged}; iga rebuild makes them anew" if damaged else "graphs and indexes are whole",
    )


def _graph(workspace: Workspace) -> tuple[bool, str]:
    if workspace.settings.embedded_path and (server := server_at(workspace.settings)):  # nobody else opens it meanwhile
        kept = workspace.views.kept_of(View())
        through = f"through load {kept.through}, " if kept and workspace.reader.sees_all else ""
        return True, f"{workspace.settings.store}: {through}kept up by the running server (process {server.pid})"
    if process := starting_at(workspace.settings):
        return True, f"{workspace.settings.store}: being made ready by the server that starts (process {process})"
    state = workspace.state()
    held = f"{workspace.settings.store}: through load {state.through} of {state.ledger_through}"
    if state.projecting:
        return False, f"{held}; a projection is under way or was cut off: the next command completes it"
    return state.is_current, held if state.is_current else f"{held}; the next command brings it up to date"
