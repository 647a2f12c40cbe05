"""`iga list`: parties that fulfil conditions, each with what is known of it; options are made from the columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from iga.cli.ask import say_understood, shape_options, show_answer
from iga.cli.card_commands import CardGroup
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.exporting import FileAsked, file_options
from iga.cli.opening import session
from iga.cli.sets import save_list

_KINDS = ("csv", "xlsx", "json", "jsonl")
_NOT, _OR = "not_", "either"


def _candidates() -> Mapping[str, Any]:
    from iga.queries.sets.known_columns import CANDIDATES

    return CANDIDATES


class ListCommand(IgaCommand):
    """The command of one list: it keeps in which order conditions and --or were typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the options apart."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[__name__] = [str(parameter.name) for parameter in order]
        return super().parse_args(ctx, args)


def _conditions(candidates: Any) -> Iterator[click.Parameter]:
    """Yield two options for each column: that something is so, and that it is not."""
    for column in candidates.columns.values():
        if column.is_condition:
            option = (column.option or column.name).replace("_", "-")
            shape: dict[str, Any] = {"multiple": True, "metavar": _metavar(column)}
            shape |= {"is_flag": False, "flag_value": ""} if column.is_flag else {}
            yield click.Option([f"--{option}", column.name], help=column.meaning, **shape)
            yield click.Option([f"--not-{option}", f"{_NOT}{column.name}"], hidden=True, **shape)


def _metavar(column: Any) -> str:
    when = {"": "", "day": "[@DAY]"}.get(column.when, "[@YEAR]")
    value = {"number": ">=NUMBER", "day": ">DAY", "choice": "=VALUE"}.get(column.kind, "")
    if column.is_flag:
        return when
    return f"NAME{value}{when}" if column.takes_argument or column.things else f"{value.lstrip('=') or 'TEXT'}{when}"


def _of_the_whole() -> list[click.Parameter]:
    """Return the options that are of no condition."""
    return [
        click.Option(
            ["--or", _OR], count=True, help="What comes behind it may be fulfilled instead of what stands before."
        ),
        click.Option(
            ["--filter"], metavar="TEXT", help="Conditions as the web service takes them: tier:tier-3,party_to:!c189"
        ),
        click.Option(
            ["--show", "select"], metavar="NAMES", help="Columns to show, parted by commas; treaties and bodies too."
        ),
        click.Option(["--by", "group_by"], metavar="NAMES", help="Count them by a column, or by two."),
        click.Option(
            ["--beside"], metavar="TEXT", help="Conditions of a second list: who is on both, and on which alone."
        ),
        click.Option(["--sort"], metavar="NAME", help="Sort by a column; with - before it the greatest first."),
        click.Option(["--top"], metavar="NUMBER", help="Only the first so many."),
        click.Option(["--on", "as_of"], metavar="DAY", help="Day to answer for; today if left out."),
        click.Option(
            ["--save"], metavar="NAME", help="Keep the conditions under a name: @NAME stands for who fulfils them."
        ),
        click.Option(["--rest"], is_flag=True, help="List also those whom no list names and none rules out."),
    ]


def _filter_of(candidates: Any, typed: Mapping[str, Sequence[str]], order: Sequence[str]) -> str:
    """Return the text of the conditions that were typed, in their order."""
    from iga.queries.sets.filter_text import on_line

    groups: list[list[str]] = [[]]
    left = {name: list(texts) for name, texts in typed.items()}
    for name in order:
        column = candidates.columns.get(name.removeprefix(_NOT))
        if name == _OR:
            groups.append([])
        elif column and left.get(name):
            groups[-1].append(str(on_line(column, left[name].pop(0), is_not=name.startswith(_NOT))))
    return ";".join(",".join(group) for group in groups if group)


def _command(candidates: Any) -> click.Command:
    @file_options(*_KINDS, required=False)
    @click.pass_context
    def list_them(context: click.Context, call: Call, /, *, file: FileAsked, **typed: Any) -> None:
        conditions = {name: typed.pop(name) for name in list(typed) if name.removeprefix(_NOT) in candidates.columns}
        asked = {name: typed.pop(name) for name in ("select", "group_by", "beside", "sort", "top", "as_of")}
        texts = (typed.pop("filter"), _filter_of(candidates, conditions, context.meta[__name__]))
        asked |= {"of": candidates.name, "filter": ",".join(filter(None, texts))}
        asked |= {"rest": "true"} if typed.pop("rest") else {}
        del typed[_OR]
        if name := typed.pop("save"):
            save_list(call, name, {key: asked[key] for key in ("of", "filter")})
        _list(call, file, {name: text for name, text in asked.items() if text}, typed)

    options = [*_conditions(candidates), *_of_the_whole(), *shape_options()]
    return ListCommand(
        candidates.name,
        params=[*options, *reversed(list_them.__click_params__)],  # type: ignore[attr-defined]
        callback=list_them,
        help=_help(candidates),
        short_help=f"List {candidates.name} that fulfil conditions.",
    )


def _help(candidates: Any) -> str:
    return (
        f"List the {candidates.name} that fulfil all conditions: who surely does, who does as far as is on file, and"
        " why that is not certain.\n\nEach condition has its opposite: --not-party-to C189. Values parted by | are"
        " alternatives. Behind @ stands for when: a day, a year, years (2015..2020), or ever."
        f"\n\nExample: iga list {candidates.name} {candidates.example}"
    )


def _list(call: Call, file: FileAsked, asked: Mapping[str, str], shape: Mapping[str, Any]) -> None:
    """Print a list, or write it as a file."""
    from iga.exports.files.answer_file import write_answer
    from iga.queries.core.permissions import NAMED_IN_EXPORT
    from iga.queries.sets.listing import ask_list, screen_fields

    file = _with_form(file)
    call.acting.is_disclosure = bool(file.form)
    with file.opened() as context:
        context = context.used_for(NAMED_IN_EXPORT) if file.form else context
        answer = ask_list(context, asked)
        if file.form:
            path = file.place(["list", asked["of"], asked.get("filter", "")])
            what = f"List of {asked['of']}"
            about: dict[str, Any] = {
                "parameters": answer.parameters,
                "as_of": answer.as_of,
                "question": answer.question,
            }
            origin = file.origin(context, what=what, **about)
            file.put(
                path, origin, lambda out: write_answer(out, answer, kind=file.form, origin=origin, session=context)
            )
            return
    say_understood(call, answer, **shape)
    fields = shape["fields"] or (None if call.as_json else ",".join(screen_fields(answer.rows)))
    show_answer(call, answer, **{**shape, "fields": fields})


def _with_form(file: FileAsked) -> FileAsked:
    """Return a file with the format that its name ends in, where none is named."""
    ending = (file.output or "").rpartition(".")[2].lower()
    if file.output and not file.form and ending not in _KINDS:
        raise click.UsageError(f"name the format with --to, or a file that ends in one: {', '.join(_KINDS)}")
    return replace(file, form=file.form or ending)


@click.group(cls=CardGroup, cards=_candidates, command=_command, name="list")
def list_() -> None:
    """List governments or partners that fulfil conditions, with what is known of each and what is not.

    Example: iga list governments --in "Bali Process" --tier "Tier 3" --show tier,palermo
    """


@click.command("compare", cls=IgaCommand)
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option(
    "--show", "select", metavar="NAMES", help="Columns to compare, as of iga list; the usual ones if left out."
)
@click.option("--on", "as_of", metavar="DAY", help="Day to answer for; today if left out.")
@pass_call
def compare(call: Call, *, names: tuple[str, ...], select: str | None, as_of: str | None) -> None:
    """Set parties side by side: what differs, what is alike, what is not known.

    Example: iga compare Ghana Nigeria --show tier,palermo,compact
    """
    from iga.queries.sets.comparing import ask_compare, field_of_party

    with session(call) as context:
        answer = ask_compare(context, {"party": list(names), "select": select or "", "as_of": as_of or ""})
    fields = ",".join(("column", *map(field_of_party, answer.subjects)))
    shape: dict[str, Any] = {"shape": "text", "every": True, "short": False, "notes": False}
    say_understood(call, answer, **shape)
    show_answer(call, answer, fields=None if call.as_json else fields, **shape)
