"""What the commands of `iga export` share: their options, where the file goes, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cli.command import Call
from graph.errors import UsageError

if TYPE_CHECKING:  # only commands that write import the writers
    from exports.files.manifest import Made, Manifest, Written
    from queries.asking import Asking

MARKINGS = ("public", "internal", "sensitive")


def file_options(*kinds: str, required: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what gives a command --to, -o, --replace, --known-on and --ceiling."""

    def given(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
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
    call: Call, asking: "Asking", path: Path, *, kind: str, what: str, parameters: Mapping[str, Any],
    as_of: str | None, question: str | None, replace: bool, write: "Callable[[BinaryIO, Made], Written]",
) -> "Manifest":  # fmt: skip
    """Write a file with its manifest and return the manifest.

    Args:
        call: What the command is called with.
        asking: What it is made from.
        path: Where it goes.
        kind: Its format.
        what: What is exported, in words.
        parameters: As understood.
        as_of: Day it is for; None is every day.
        question: Question that was asked, None if none was.
        replace: Whether files that are there may be replaced.
        write: Writes it.
    """
    from exports.files.manifest import made_from, put_with_manifest

    made = made_from(
        asking, by=call.who, at=call.desk.made_at(), what=what, parameters=parameters, as_of=as_of, question=question
    )  # fmt: skip
    return put_with_manifest(path, kind=kind, made=made, write=lambda file: write(file, made), replaces=replace)


def tell(call: Call, path: Path, manifest: "Manifest") -> None:
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
