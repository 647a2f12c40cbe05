"""`iga add`, `correct`, `verify`, `judge`, `withdraw`: what officers type, signed and dated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

import click

from iga.cli.changing import again, brought_up, change, enter_verdict, signed_by, withdraw_verdict
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.load_report import print_preview
from iga.cli.opening import session
from iga.entering.answer_entry import ANSWER
from iga.entering.contact_check import CHECK
from iga.entering.entry_kinds import COMMITMENT, CONTACT, CORRECTION, ENGAGEMENT, INTRODUCTION
from iga.entering.kind import EntryKind
from iga.entering.naming import id_of
from iga.entering.proposal_answers import PROPOSAL_ANSWER
from iga.entering.writing import entering, words_for
from iga.graph.errors import Denied, NotFound, UsageError
from iga.graph.statements import Word
from iga.ingest import officer_entries as entries
from iga.ingest.officer_entries import verification

if TYPE_CHECKING:
    from iga.ingest.loads_taken_back import TakenBack
    from iga.ingest.reports import LoadPreview
from collections.abc import Callable
from typing import TypeVar

from iga.queries.core.question import takes_many

F = TypeVar("F", bound=Callable[..., Any])

_ANY_FIELD = click.option(
    "--field", "fields", nargs=2, multiple=True, metavar="NAME VALUE", help="Any field; docs/schema.md."
)


def options_of(kind: EntryKind[Any], *, but: Sequence[str] = ()) -> Callable[[F], F]:
    """Return a decorator that gives a command an option for each thing that an entry asks for, the reason last."""

    def decorated(function: F) -> F:
        *own, reason = (_option(kind, name) for name in kind.parameters() if name not in but)
        for option in (reason, *([_ANY_FIELD] if "fields" in kind.params.model_fields else []), *reversed(own)):
            function = option(function)
        return function

    return decorated


def _option(kind: EntryKind[Any], name: str) -> Callable[[F], F]:
    field, flag = kind.params.model_fields[name], f"--{name.replace('_', '-')}"
    if field.annotation is bool:
        return click.option(flag, name, is_flag=True, help=field.description)
    extra = field.json_schema_extra
    metavar = str(extra["metavar"]) if isinstance(extra, dict) else "TEXT"
    many = takes_many(kind.params, name)
    return click.option(
        flag, name, multiple=many, required=field.is_required(), metavar=metavar, help=field.description
    )


@click.group("add")
def add() -> None:
    """Enter a contact, what a check of one showed, an engagement, a commitment, an answer, an introduction."""


def _adds(kind: EntryKind[Any], does: str, example: str) -> None:
    """Add the command that enters what its options say."""

    @add.command(kind.name, cls=IgaCommand, help=f"{does}\n\nExample: iga add {kind.name} {example}")
    @options_of(kind)
    @pass_call
    def _(call: Call, /, **options: Any) -> None:
        _enter(call, kind, options)


_adds(
    CONTACT,
    "Enter how a body, post or person is reached.",
    '--party OSCE --email desk@example.org --role "focal point"',
)
_adds(
    ENGAGEMENT,
    "Enter a meeting, conference, call or visit; our government and the signer's post take part unless told otherwise.",
    "--kind call --on 2026-11-24 --status held --party ODIHR",
)
_adds(
    COMMITMENT,
    "Enter a promise: who made it, to whom, in which words.",
    '--party Ghana --words "We will open a shelter" --due 2027',
)
_adds(
    ANSWER,
    "Enter what answers a recommendation, and how far each side says that it is met.",
    '--recommendation recommendation:tip-2018-gha-12 --issuer-verdict "partly met"',
)
_adds(
    INTRODUCTION,
    "Enter what became of introducing somebody to somebody; introductions then does not offer the two again.",
    '--party ODIHR --other Polaris --status declined --because "no time this year"',
)


@add.command("contact-check", cls=IgaCommand)
@click.argument("contact")
@click.option("--replied", "found", flag_value="replied", help="It works.")
@click.option("--bounced", "found", flag_value="bounced", help="It does not.")
@options_of(CHECK, but=("contact", "found"))
@pass_call
def contact_check(call: Call, /, **options: Any) -> None:
    """Note what trying a contact showed: a reply, a bounce, who left, who follows. What was said before stays.

    Example: iga add contact-check ada@example.org --bounced --left 2026-08 --because "automatic reply"
    """
    party = _enter(call, CHECK, options)
    if not call.as_json:
        _say_whom_to_write_to(call, party)


def _say_whom_to_write_to(call: Call, party: str) -> None:
    from iga.queries.ask import ask

    with session(call) as context, suppress(NotFound, Denied):
        call.console.say(ask(context, "contact", {"party": party}).answer)


@add.command("proposal-answer", cls=IgaCommand)
@click.argument("proposal")
@click.option("--accept", "answer", flag_value="accepted", help="Enter it.")
@click.option("--turn-down", "answer", flag_value="turned down", help="It is not proposed again.")
@options_of(PROPOSAL_ANSWER, but=("proposal", "answer"))
@pass_call
def proposal_answer(call: Call, /, **options: Any) -> None:
    """Accept a proposal of a public list, or turn it down; iga ask world-watch shows them. Either can be taken back.

    Example: iga add proposal-answer proposal:0123456789ab --turn-down --because "the list is old"
    """
    _enter(call, PROPOSAL_ANSWER, options)


@click.command("correct", cls=IgaCommand)
@click.argument("id")
@click.argument("field")
@click.argument("value")
@options_of(CORRECTION, but=("id", "field", "value"))
@pass_call
def correct(call: Call, /, **options: Any) -> None:
    """Correct one field of a thing or of a relationship; what was said before is kept beside it.

    Example: iga correct gov:gha capital Accra --because "misspelt in the list"
    """
    _enter(call, CORRECTION, options)


def _enter(call: Call, kind: EntryKind[Any], options: Mapping[str, Any]) -> str:
    """Enter something, saying it in words before and after; return the id of what to look at then."""
    asked = kind.asked(options)
    signed = signed_by(call, asked.because)
    with session(call) as context:
        prepared = kind.prepared(context, asked, signed)
        words = words_for(context, [entry.content for entry in prepared.entries])
    keys = ", ".join(entry.row_key for entry in prepared.entries)
    change(call, entering(prepared.entries, signed), keys, words=words)
    if not call.as_json:
        for note in prepared.notes:
            call.console.say(note)
    return prepared.about


@click.command("verify", cls=IgaCommand)
@click.argument("contact")
@click.option("--ok", "works", flag_value=True, type=bool, default=None, help="It works.")
@click.option("--bounced", "works", flag_value=False, type=bool, help="It does not.")
@click.option("--how", default="", metavar="TEXT", help="How it was checked: reply received, call answered.")
@pass_call
def verify(call: Call, /, *, contact: str, works: bool | None, how: str) -> None:
    """Note that a contact works, or that it bounced.

    Example: iga verify contact:osce-cthb-mail --ok --how "reply received"
    """
    if works is None:
        raise UsageError("say what was found: --ok or --bounced")
    signed = signed_by(call, "")
    with session(call) as context:
        point = id_of(context, contact, parameter="contact", labels=("ContactPoint",))
        entry = verification(point, works=works, how=how, signed=signed)
        words = words_for(context, [entry.content])
    change(call, entering([entry], signed), entry.row_key, words=words)


@click.command("judge", cls=IgaCommand)
@click.argument("first")
@click.argument("second")
@click.option("--same", "word", flag_value="same", help="Both ids are one thing.")
@click.option("--different", "word", flag_value="different", help="They are two.")
@click.option("--unsure", "word", flag_value="unsure", help="It was looked at and cannot be told.")
@click.option("--withdraw", "word", flag_value="withdraw", help="Take the judgement back.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@again
@pass_call
def judge(
    call: Call, /, *, first: str, second: str, word: Word | Literal["withdraw"] | None, because: str, again: bool
) -> None:
    """Say that two ids are the same or different; a judgement can be taken back. Like iga resolve same and so on.

    Example: iga judge named:ngo:acme ngo:acme --same --because "same website"
    """
    if word is None:
        raise UsageError("say which: --same, --different, --unsure or --withdraw")
    if word == "withdraw":
        withdraw_verdict(call, first, second, because=because)
    else:
        enter_verdict(call, first, second, word, because=because, is_again=again)


@click.command("withdraw", cls=IgaCommand)
@click.argument("entry")
@click.option("--because", default="", metavar="TEXT", help="Why; needed but for a dry run.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken back and write nothing.")
@pass_call
def withdraw(call: Call, /, *, entry: str, because: str, dry_run: bool) -> None:
    """Take back any entry by its key, as `iga log`, `iga why` and the entry itself print it; see iga undo for the last.

    load:17 takes a whole load back, load:17..19 several, such as those of a run of `iga resolve rule`: their rows say
    again what they said before. Rows that a later load said anew stay as they are, and are counted. What becomes of
    the graph, and what waits for an end that goes, is shown first.

    Example: iga withdraw correct:gov:gha:capital --because "the list was right"
    """
    from iga.ingest.entry_log import entries_of
    from iga.ingest.loads_taken_back import loads_named

    if not (because or dry_run):
        raise UsageError("say why, with --because")
    if loads := loads_named(entry):
        _withdraw_loads(call, entry, loads, because, dry_run=dry_run)
        return
    signed = signed_by(call, because)
    with session(call) as context:
        said = [one.content for one in entries_of(context.ledger) if one.row_key == entry and one.standing == "stands"]
        words = words_for(context, said)
    if dry_run:
        if not said:
            raise NotFound(f"no entry {entry} stands: iga log lists them")
        call.console.say(f"Would be taken back: {words}.")
        return
    change(call, lambda ledger: entries.withdraw(ledger, entry, signed=signed), entry, words=words, is_taken_back=True)


def _withdraw_loads(call: Call, named: str, loads: range, because: str, *, dry_run: bool) -> None:
    """Show what goes, take loads back, bring the graph up to it, and say of each source what became of its rows."""
    from iga.ingest.committing import taken_back_foreseen
    from iga.ingest.loads_taken_back import take_back, taken_back

    signed, version = signed_by(call, because), ""
    with call.workspace.changing(f"iga withdraw {named}") as ledger:
        sources = taken_back(ledger, loads)
        previews = taken_back_foreseen(call.workspace, ledger, sources)
        if not call.as_json:
            for one, preview in zip(sources, previews, strict=True):
                _print_taken_back(call, named, one, preview)
        written = [] if dry_run else [take_back(ledger, one, by=signed.by, because=signed.because) for one in sources]
        if written:
            version = brought_up(call)
    counts = [
        {
            "source": one.header.source,
            "load": written[place].no if written else 0,
            "restored": len(one.restored),
            "withdrawn": len(one.gone),
            "changed_since": one.changed_since,
            "preview": preview.model_dump(mode="json"),
        }
        for place, (one, preview) in enumerate(zip(sources, previews, strict=True))
    ]
    if call.as_json:
        call.console.document({"entry": named, "dry_run": dry_run, "sources": counts, "data_version": version})
        return
    for one, header in zip(sources, written, strict=False):
        call.console.say(f"Taken back: {named} of {one.header.card.title} (load {header.no}, signed {call.who}).")
    if dry_run:
        call.console.say("Nothing was taken back: this was a dry run.")


_SHOWN_ROWS = 3


def _print_taken_back(call: Call, named: str, one: TakenBack, preview: LoadPreview) -> None:
    """Print how many rows of a source go or say again what they said, the first of them, and what the graph loses."""
    later = f", {one.changed_since:,} changed since and left" if one.changed_since else ""
    call.console.say(
        f"{named} of {one.header.card.title} ({one.header.source}). Rows that say again what they said before:"
        f" {len(one.restored):,}; withdrawn: {len(one.gone):,}{later}."
    )
    for what, keys in (("again", [version.row_key for version in one.restored]), ("withdrawn", one.gone)):
        if keys:
            call.console.say(f"  {what}: {_first_of(keys)}")
    print_preview(call.console, preview)


def _first_of(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - _SHOWN_ROWS:,} more" if len(keys) > _SHOWN_ROWS else ""
    return ", ".join(keys[:_SHOWN_ROWS]) + more
