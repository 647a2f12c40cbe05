"""A home with a small world that faults are tried on, what it answers when it is whole, and its parts made once."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from iga.cli.command import Call
from iga.cli.commands import run
from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from iga.graph.domain.marking import Marking
from iga.graph.reader import Reader

ROOT = Path(__file__).parents[2]
PARTNERS = 400
REFUSED = (3, 5)
Environ = Mapping[str, str]
NONE: Environ = {}
RUN = 'exec "$@"'

MAPPING = """
card: {source: "test:partners", title: Partners of a test, rank: 20, complete: true}
row_key: [id]
nodes:
  partner: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name, country: {column: country, read: government}}}
  country: {class: Government, id: {column: country, read: government}, fields: {name: country}}
"""
QUESTIONS = (("find", "Partner 7"), ("show", "ngo:n7"), ("find", "Partner 399"), ("why", "ngo:n11", "name"))
COUNTRIES = ("Ghana", "Kenya", "Peru", "Nepal")


@dataclass(frozen=True)
class Ran:
    """How a command ended: its code (negative where it was killed), what it printed, what it noted."""

    code: int
    out: str
    err: str


def iga(home: Path, *words: str, environ: Environ = NONE) -> Ran:
    """Run a command line on a home in this process, which holds nothing of the home afterwards."""
    console = Captured()
    environ = {"IGA_STORE": str(home / "graph"), "IGA_LEDGER": str(home / "ledger.sqlite"), **environ}
    reader = Reader("A. Soak", ceiling=Marking.named(environ.get("IGA_CEILING", "sensitive")))
    with closing(OwnWorkspaces(environ, console.console(200))) as workspaces:
        call = Call(console=console.console(200), workspaces=workspaces, folder=home, reader=reader)
        code = run(words, call)
    return Ran(code, console.out.getvalue(), console.err.getvalue())


def killed(home: Path, *words: str, after_s: float) -> Ran:
    """Run a command line on a home in a process of its own, and kill it if it has not ended after so many seconds."""
    with started(home, *words) as process:
        try:
            out, err = process.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
    return Ran(process.returncode, out.decode(), err.decode())


def alone(home: Path, *words: str, script: str = RUN, mounts: bool = False, environ: Environ = NONE) -> Ran:
    """Run a command line on a home in a process of its own; arguments are those of `started`."""
    with started(home, *words, script=script, mounts=mounts, environ=environ) as process:
        out, err = process.communicate()
    return Ran(process.returncode, out.decode(), err.decode())


def started(
    home: Path, *words: str, script: str = RUN, mounts: bool = False, environ: Environ = NONE
) -> "subprocess.Popen[bytes]":
    """Start a command line on a home in a process of its own.

    Args:
        home: The home.
        words: The command line.
        script: The script of a shell whose arguments are the command.
        mounts: Whether it may mount disks for itself, which nobody else sees.
        environ: More of the environment.
    """
    own = {"IGA_STORE": str(home / "graph"), "IGA_LEDGER": str(home / "ledger.sqlite"), "PYTHONPATH": str(ROOT)}
    kept = {"PYTHONDONTWRITEBYTECODE": "", "IGA_WHO": "A. Soak"}  # some hundred processes need not compile all
    shell = [*(("unshare", "-rm") if mounts else ()), "sh", "-c", script, "sh"]
    return subprocess.Popen(
        [*shell, sys.executable, "-m", "iga", *words],
        cwd=home,
        env={**os.environ, **own, **kept, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def table(edition: int) -> str:
    """Return the partners as a list of some edition has them: each edition names some anew and drops one."""
    rows = (f"n{at},Partner {at}{f' of {edition}' if at % 5 == edition else ''}" for at in range(edition, PARTNERS))
    return "id,name,country\n" + "".join(f"{row},{COUNTRIES[at % 4]}\n" for at, row in enumerate(rows))


@dataclass(frozen=True)
class World:
    """A clean run: homes after no load, one and two; what they hash to and answer; a dump after the first load."""

    homes: tuple[Path, ...]
    hashes: tuple[str, ...]
    answers: tuple[str, ...]

    @property
    def dump(self) -> Path:
        """The dump that was made after the first load."""
        return self.homes[1] / "dump"

    def copy(self, number: int, place: Path) -> Path:
        """Return a copy of the home after so many loads."""
        shutil.copytree(self.homes[number], place)
        return place


def made(folder: Path) -> World:
    """Make the world: two editions of a list, loaded, dumped between, asked."""
    homes = [folder / str(number) for number in range(3)]
    homes[0].mkdir(parents=True)
    (homes[0] / "partners.yaml").write_text(MAPPING, encoding="utf-8")
    for edition in (1, 2):
        (homes[0] / f"partners-{edition}.csv").write_text(table(edition), encoding="utf-8")
    for number in (1, 2):
        shutil.copytree(homes[number - 1], homes[number])
        done(iga(homes[number], *load(number)))
        if number == 1:
            done(iga(homes[1], "dump", "dump"))
    hashes = ["", *(done(iga(home, "hash")).out.strip() for home in homes[1:])]
    return World(tuple(homes), tuple(hashes), ("", *(answers(home) for home in homes[1:])))


def load(number: int) -> tuple[str, ...]:
    """Return the words that load an edition."""
    return ("load", f"partners-{number}.csv", "--mapping", "partners.yaml")


def answers(home: Path) -> str:
    """Return what the questions print; each must be answered."""
    return "".join(done(iga(home, *question)).out for question in QUESTIONS)


def done(ran: Ran) -> Ran:
    """Return how a command ended that must have done what was asked."""
    assert ran.code == 0, ran
    return ran


def plain(ran: Ran) -> None:
    """See to it that a command that did not do what was asked says what to do, in a sentence."""
    assert ran.code in REFUSED, ran
    assert not re.search("IGA-1000|Traceback", ran.err + ran.out), ran
    assert re.search("iga |ulimit|[Ff]ree some|again|another place", ran.err + ran.out), ran
