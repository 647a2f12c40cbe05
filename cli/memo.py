"""`iga memo`: a paper of any kind in any format, made from the list of kinds."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from iga.cli.card_commands import CardGroup, options
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.completion import USUAL, names
from iga.cli.exporting import FORCE, RECIPIENT, say_new_name
from iga.cli.opening import session
from iga.graph.text import counted

if TYPE_CHECKING:  # `iga --help` must not import the questions
    from iga.exports.checking.check import Checked
    from iga.exports.memos.kind import MemoKind


_LOOKS = ("marking_scheme", "final", "style", "reference")
"""The options that say how a paper looks."""


def _kinds() -> Mapping[str, Any]:
    from iga.exports.memos.registry import MEMOS

    return MEMOS


@click.group("memo", cls=CardGroup, cards=_kinds, command=lambda kind: _command(kind))
def memo() -> None:
    """Write a briefing memo with its sources; check or examine one that was written.

    Example: iga memo government Ghana -o ghana.docx
    """


@memo.command("check", cls=IgaCommand, short_help="Say what of a finished paper is no longer true.")
@click.argument("file")
@click.option("--as-of", metavar="DAY", help="Day to check for; today if left out.")
@pass_call
def check(call: Call, /, *, file: str, as_of: str | None) -> None:
    """Write a finished paper again and list what it says that the data no longer say; exit code 3 if there is any.

    Lists too what rests on a sentence that the version which wrote it said wrongly and that was mended since.

    What the drafter wrote into it does not matter. Reads .docx, .pdf, .html and .md.

    Example: iga memo check ghana.docx
    """
    from iga.exports.checking.check import checked
    from iga.exports.checking.recorded import record_in

    record = record_in(call.path(file))
    with session(call) as context:
        result = checked(context, record, as_of=as_of)
    if call.as_json:
        call.console.document(asdict(result) | {"file": str(call.path(file))})
    else:
        _say_checked(call, file, result)
    if result.has_findings:
        raise click.exceptions.Exit(3)


def _say_checked(call: Call, file: str, result: "Checked") -> None:
    data = "the same data" if result.is_same_data else "other data"
    days = f"written for {result.written_for}; checked for {result.checked_for}"
    call.console.say(f"{file}: {result.title}, {days}, {data}")
    if result.refusal:
        call.console.say(f"  It cannot be written again: {result.refusal}")
    for change in result.changed:
        call.console.say(f"  changed  {change.section}: {change.was}\n      now  {change.now}")
    for statement in result.gone:
        call.console.say(f"  no more  {statement.section}: {statement.text}")
    for statement in result.new:
        call.console.say(f"      new  {statement.section}: {statement.text}")
    for rests in result.mended:
        call.console.say(f"   mended  {rests.section or 'This paper'}: {rests.text or f'It asks {rests.question}.'}")
        call.console.say(f"    wrong  {rests.wrong}")
    counts = f"{len(result.changed)} changed, {len(result.gone)} no longer said, {len(result.new)} new"
    call.console.say(f"{counts}, {result.unchanged} unchanged")


@memo.command("lint", cls=IgaCommand, short_help="Examine a paper: length, bottom line, acronyms, numbers, blanks.")
@click.argument("file")
@pass_call
def lint(call: Call, /, *, file: str) -> None:
    """Examine a paper as its drafter left it; exit code 3 if there is something to mend. Nothing is opened or changed.

    Looks at length, bottom line, acronyms, numbers without endnote, blanks and clearances of .docx, .html and .md;
    what is still to be filled is listed and is no fault.

    Example: iga memo lint ghana.docx
    """
    from contextlib import suppress

    from iga.exports.checking.draft import draft_in
    from iga.exports.checking.lint import findings
    from iga.exports.checking.recorded import record_in
    from iga.graph.errors import FileRefused

    path = call.path(file)
    longest = None
    lines = draft_in(path)
    with suppress(FileRefused):  # a paper without its record has no limit of pages
        longest = record_in(path).longest
    to_mend = findings(lines, longest=longest)
    if call.as_json:
        call.console.document({"file": str(path), "findings": [asdict(one) for one in to_mend]})
    else:
        for one in to_mend:
            call.console.say(
                f"{one.rule}: {', '.join(filter(None, (one.section, one.place)))}: {one.text}\n    {one.fix}"
            )
        faults = sum(not one.is_open for one in to_mend)
        mend = f"{faults} to mend" if faults else "nothing to mend"
        call.console.say(f"{file}: {mend}, {len(to_mend) - faults} still to fill")
    if any(not one.is_open for one in to_mend):
        raise click.exceptions.Exit(3)


def _command(kind: "MemoKind") -> click.Command:
    from iga.exports.memos.gathering import options as typed_options
    from iga.exports.memos.gathering import quoted

    example = dict(kind.example)
    words = example.pop(kind.named, ())
    typed = " ".join((*map(quoted, (words,) if isinstance(words, str) else words), *typed_options(example)))
    return IgaCommand(
        kind.name,
        params=[_words(kind), *options(kind), *_common()],
        callback=_callback(kind),
        help=f"{kind.title}\n\nExample: iga memo {kind.name} {typed + ' ' if typed else ''}-o {kind.name}.docx",
        short_help=kind.title,
    )


def _words(kind: "MemoKind") -> click.Argument:
    """Return the place of the words behind the name of a kind: its main parameter, typed without option or quotes."""
    from iga.queries.core.question import takes_many

    name = kind.named
    ending = "…" if takes_many(kind.params, name) else ""
    return click.Argument(
        ["words"], nargs=-1, metavar=f"[{name.upper()}]{ending}", shell_complete=names(USUAL.get(name, ()))
    )


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--known-on"], metavar="DAY", help="Write from what was loaded by that day, instant or load:N."),
        click.Option(["-o", "--output"], metavar="FILE", help="FILE.docx, .pdf, .html or .md; else its title."),
        click.Option(["--to", "form"], type=click.Choice(("docx", "pdf", "html", "md")), help="Format without -o."),
        click.Option(["--full"], is_flag=True, help="With all that is on record as a numbered annex."),
        click.Option(["--force"], **FORCE),
        click.Option(["--marking-scheme"], metavar="NAME", help="How it is marked: none, sbu or cui."),
        click.Option(["--final"], is_flag=True, help="Without the line that says DRAFT."),
        click.Option(["--style"], metavar="FILE", help="Typeface, sizes and marking from a .toml file."),
        click.Option(["--recipient"], **RECIPIENT),
        click.Option(["--reference"], metavar="FILE", help="Styles and margins from a .docx file of yours."),
    ]


def _callback(kind: "MemoKind") -> Any:
    @pass_call
    def write(
        call: Call,
        /,
        *,
        output: str | None,
        form: str | None,
        full: bool,
        force: bool,
        known_on: str | None,
        words: tuple[str, ...],
        **options: Any,
    ) -> None:
        from iga.exports.memos.write import write_memo
        from iga.exports.render.formats import rendered
        from iga.exports.writing import write_new_file
        from iga.queries.core.question import takes_many

        ending = _ending(call, output, form)
        look = _style(call, {name: options.pop(name) for name in _LOOKS}, ending)
        named = words if takes_many(kind.params, kind.named) else (" ".join(words),) if words else ()
        asked = {name: value for name, value in options.items() if value}
        if named:
            asked[kind.named] = (*named, *options[kind.named])
        with session(call, known_on=known_on) as context:
            document = write_memo(context, kind.name, asked, is_full=full)
        path = call.path(output or f"{document.file_stem}.{ending}")
        place = write_new_file(path, rendered(document, ending, style=look), force=force)
        say_new_name(call, path, place)
        _tell(call, place, document)

    return write


def _ending(call: Call, output: str | None, form: str | None) -> str:
    from iga.exports.render.formats import format_of
    from iga.graph.errors import UsageError

    named = format_of(call.path(output)) if output else form or "docx"
    if form and form != named:
        raise UsageError(f"-o {output} is no .{form}: leave --to out, or name a .{form}")
    return named


def _tell(call: Call, path: Path, document: Any) -> None:
    made, notes = document.making, len(document.endnotes)
    call.tell(
        {"file": str(path), "as_of": made.as_of, "data_version": made.data_version, "endnotes": notes},
        f"{path.name}: {document.title}; {counted(notes, 'source')}, as of {made.as_of}",
    )


def _style(call: Call, chosen: Mapping[str, Any], ending: str) -> Any:
    """Return how a paper looks: as the environment says, then a file of settings, then the options."""
    from dataclasses import replace

    from iga.exports.render.reference import read_reference
    from iga.exports.render.style import scheme_named, style_of, styled
    from iga.graph.errors import UsageError

    look = style_of(os.environ)
    if style := chosen["style"]:
        look = styled(call.path(style), base=look)
    if scheme := chosen["marking_scheme"]:
        look = replace(look, scheme=scheme_named(scheme))
    if reference := chosen["reference"]:
        if ending != "docx":
            raise UsageError(f"--reference gives styles to a .docx; a .{ending} takes --style FILE.toml")
        look = replace(look, reference=read_reference(call.path(reference)))
    return replace(look, is_final=chosen["final"])
