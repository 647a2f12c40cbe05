"""`iga help`: what an error code means and where such errors come from."""

from collections.abc import Iterator

import click

from iga.cli.command import Call, pass_call
from iga.graph.errors import IgaError, NotFound
from iga.ingest.rejections import CODES


def _tree(kind: type[IgaError] = IgaError) -> Iterator[type[IgaError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _tree(child)


@click.command("help")
@click.argument("code", required=False)
@pass_call
def help_(call: Call, *, code: str | None) -> None:
    """Explain an error code; without one, list them.

    Example: iga help IGA-1502
    """
    meanings: dict[str, str] = {}
    for kind in _tree():  # a finer kind of error may share its parent's code: the parent explains it
        meanings.setdefault(kind.code, f"exit {kind.exit_code}  HTTP {kind.http_status}  {kind.__doc__}")
    meanings |= {number: f"rejected row  {meaning}" for number, meaning in CODES.items()}
    if code is not None and code.upper() not in meanings:
        raise NotFound(f"there is no error code {code!r}: iga help lists them")
    for number, meaning in sorted(meanings.items()):
        if code is None or number == code.upper():
            call.console.say(f"{number}  {meaning}")
