"""What the commands of `iga export` share: their options, where the file goes, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cli.command import Call
from graph.errors import UsageError

if TYPE_CHECKING:  # only commands that write import the writers
    from exports.files.manifest import Contents, FileManifest, Origin
    from queries.core.session import Session

MARKINGS = ("public", "internal", "sensitive")


def _disclosed(ctx: click.Context, _: click.Parameter, recipient: str | None) -> None:
    acting = ctx.ensure_object(Call).acting
    acting.is_disclosure, acting.recipient = True, recipient or ""


RECIPIENT: Mapping[str, Any] = {
    "metavar": "TEXT",
    "help": "For whom it is made, as the audit log notes it.",
    "expose_value": False,
    "callback": _disclosed,
}
"""The option of every command that makes a paper or a file: what may leave the office is a disclosure."""


def file_options(*kinds: str, required: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what gives a command --to, -o, --replace, --known-on, --ceiling and --recipient."""

    def given(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--recipient", **RECIPIENT),
            click.option("--ceiling", type=click.Choice(MARKINGS), help="Nothing of a higher marking is exported."),
            click.option("--known-on", metavar="DAY", help="Only what was loaded by that day, instant or load:N."),
            click.option("--replace", is_flag=True, help="Replace files that are there."),
            click.option("-o", "--output", metavar="FILE", help="Its name; else one made of what is exported."),
            click.option("--to", "form", type=click.Choice(kinds), required=required, help="Format of the file."),
        ):
            function = option(function)
        return function

    return given


def place_of(call: Call, output: str | None, *, named: Sequence[str], ending: str) -> Path:
    """Return where the file goes: as asked for, else a name made of some words, in the caller's folder.

    Raises:
        UsageError: Its ending is that of another format.
    """
    if output is None:
        from exports.wording import slug

        return call.path(f"{slug(' '.join(named))[:100].strip('-') or 'export'}.{ending}")
    path = call.path(output)
    if not path.name.lower().endswith(f".{ending}"):
        raise UsageError(
            f"-o {output}: files of this format end in .{ending}; write {path.with_suffix('').name}.{ending}"
        )
    return path


def put(
    call: Call,
    session: "Session",
    path: Path,
    *,
    kind: str,
    what: str,
    parameters: Mapping[str, Any],
    as_of: str | None,
    question: str | None,
    replace: bool,
    write: "Callable[[BinaryIO, Origin], Contents]",
) -> "FileManifest":
    """Write a file with its manifest and return the manifest.

    Args:
        call: What the command is called with.
        session: What it is made from.
        path: Where it goes.
        kind: Its format.
        what: What is exported, in words.
        parameters: As understood.
        as_of: Day it is for; None is every day.
        question: Question that was asked, None if none was.
        replace: Whether files that are there may be replaced.
        write: Writes it.
    """
    from exports.files.manifest import origin_in, put_with_manifest

    at = call.workspace.made_at()
    origin = origin_in(session, by=call.who, at=at, what=what, parameters=parameters, as_of=as_of, question=question)
    return put_with_manifest(path, kind=kind, origin=origin, write=lambda file: write(file, origin), replaces=replace)


def tell(call: Call, path: Path, manifest: "FileManifest") -> None:
    """Print what was written, and what was left out."""
    if call.as_json:
        call.console.document({"path": str(path), **manifest.model_dump(mode="json", exclude={"evidence"})})
        return
    counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in manifest.counts.items())
    call.console.say(f"{path} written: {counts}; {manifest.marking}. Manifest beside it; check with: iga export verify")
    if manifest.answer:
        call.console.say(manifest.answer)
    for note in manifest.notes:
        call.console.note(f"Note: {note}.")
    if any(source.fictional for source in manifest.sources):
        call.console.note("Note: some of it is made up for demonstration; the manifest names the sources.")
