"""What the commands of `iga export` share: their options, where the file goes, and what is said of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from iga.cli.command import Call, pass_call
from iga.cli.opening import session
from iga.graph.errors import UsageError

if TYPE_CHECKING:  # only commands that write import the writers
    from iga.exports.files.manifest import Contents, Origin
    from iga.queries.core.session import Session

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


FORCE: Mapping[str, Any] = {"is_flag": True, "help": "Overwrite a file that is there, also one that was edited."}
"""The option of every command that writes a file: without it what somebody worked on is left alone."""


def say_new_name(call: Call, path: Path, place: Path) -> None:
    """Say that a file got another name than the one asked for, and why."""
    if place != path:
        call.console.note(f"{path.name} was edited or is not from here: left alone. --force overwrites it.")


@dataclass(frozen=True)
class FileAsked:
    """A file that a command is to write, as its options say.

    Attributes:
        form: Format of the file; blank where the command has another way to say it, and it was not said.
        output: Its name as typed; None is one made of what is exported.
        force: Whether files that are there are replaced, also those that somebody worked on.
        known_on: Only what was loaded by that day, instant or ``load:N`` counts.
    """

    call: Call
    form: str
    output: str | None
    force: bool
    known_on: str | None
    ceiling: str | None

    def opened(self) -> "AbstractContextManager[Session]":
        """Open the graph that the file is made from."""
        return session(self.call, known_on=self.known_on, ceiling=self.ceiling)

    def place(self, named: Sequence[str], *, ending: str = "") -> Path:
        """Return where the file goes: as asked for, else a name made of some words, in the caller's folder.

        Raises:
            UsageError: Its ending is that of another format.
        """
        ending = ending or self.form
        if self.output is None:
            from iga.exports.wording import slug

            return self.call.path(f"{slug(' '.join(named))[:100].strip('-') or 'export'}.{ending}")
        path = self.call.path(self.output)
        if not path.name.lower().endswith(f".{ending}"):
            stem = path.stem or "export"
            raise UsageError(f"-o {self.output}: files of this format end in .{ending}; write {stem}.{ending}")
        return path

    def origin(
        self,
        session: "Session",
        *,
        what: str,
        parameters: Mapping[str, Any],
        as_of: str | None = None,
        question: str | None = None,
    ) -> "Origin":
        """Return from what the file is made, and by whom."""
        from iga.exports.files.manifest import origin_in

        at = self.call.workspace.made_at()
        return origin_in(
            session, by=self.call.who, at=at, what=what, parameters=parameters, as_of=as_of, question=question
        )

    def put(self, path: Path, origin: "Origin", write: "Callable[[BinaryIO], Contents]") -> None:
        """Write the file with its manifest, and print what was written and what was left out."""
        from iga.exports.files.manifest import put_with_manifest

        manifest = put_with_manifest(path, kind=self.form, origin=origin, write=write, force=self.force)
        place = path.with_name(manifest.file)
        say_new_name(self.call, path, place)
        console = self.call.console
        if self.call.as_json:
            console.document({"path": str(place), **manifest.model_dump(mode="json", exclude={"evidence"})})
            return
        counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in manifest.counts.items())
        console.say(f"{place} written: {counts}; {manifest.marking}. Manifest beside it; check with: iga export verify")
        if manifest.answer:
            console.say(manifest.answer)
        for note in manifest.notes:
            console.note(f"Note: {note}.")
        if any(source.fictional for source in manifest.sources):
            console.note("Note: some of it is made up for demonstration; the manifest names the sources.")


def file_options(*kinds: str, required: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what gives a command --to, -o, --force, --known-on, --ceiling and --recipient.

    The command gets its call and, by the name ``file``, a `FileAsked` of all of them but the last.
    """
    meaning = "Format of the file; else as -o ends." if required else "Format of the file."

    def added(function: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--to", "form", type=click.Choice(kinds), help=meaning)
        @click.option("-o", "--output", metavar="FILE", help="Its name; else one made of what is exported.")
        @click.option("--force", **FORCE)
        @click.option("--known-on", metavar="DAY", help="Only what was loaded by that day, instant or load:N.")
        @click.option("--ceiling", type=click.Choice(MARKINGS), help="Nothing of a higher marking is exported.")
        @click.option("--recipient", **RECIPIENT)
        @pass_call
        @wraps(function)
        def run(call: Call, /, **options: Any) -> None:
            asked = {field.name: options.pop(field.name) for field in fields(FileAsked) if field.name != "call"}
            ending = (asked["output"] or "").rpartition(".")[2]
            form = asked["form"] or (ending if required and ending in kinds else "")
            if required and not form:
                raise click.UsageError(f"name the format with --to, or a file that ends in one: {', '.join(kinds)}")
            function(call, file=FileAsked(call, **asked | {"form": form}), **options)

        return run

    return added
