import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.command import Call
from cli.console import Captured
from cli.main import run
from cli.opening import OwnDesks

MAPPING = """
card: {source: "test:partners", title: Partners of a test, as_of: 2026-01-01, rank: 20, complete: true}
row_key: [id]
nodes:
  partner: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name, country: {column: country, read: government}}}
  country: {class: Government, id: {column: country, read: government}, fields: {name: country}}
"""
PARTNERS = "id,name,country\nacme,Acme Relief,Ghana\nbeta,Beta House,Kenya\n"


@dataclass(frozen=True)
class Ran:
    """What one run of a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Iga = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "partners.yaml").write_text(MAPPING, encoding="utf-8", newline="\n")
    (tmp_path / "partners.csv").write_text(PARTNERS, encoding="utf-8", newline="\n")
    return tmp_path


@pytest.fixture
def desks(folder: Path) -> Iterator[OwnDesks]:
    """Give the desks of a folder of its own."""
    nowhere = Captured().console(100)
    with closing(OwnDesks({"IGA_STORE": f"embedded:{folder / 'graph'}"}, nowhere)) as desks:
        yield desks


@pytest.fixture
def iga(folder: Path, desks: OwnDesks) -> Iga:
    """Run commands in a folder of their own, as a terminal would, but in this process."""

    def command(*arguments: str) -> Ran:
        kept = Captured()
        call = Call(console=kept.console(100), desks=desks, folder=folder, who="J. Example")
        code = run(arguments, call)
        return Ran(code, kept.out.getvalue(), kept.err.getvalue())

    return command


@pytest.fixture
def loaded(iga: Iga) -> Iga:
    ran = iga("load", "partners.csv", "--mapping", "partners.yaml")
    assert ran.code == 0, ran.err
    return iga


def words(ran: Ran) -> Sequence[str]:
    return (ran.out + ran.err).split()
