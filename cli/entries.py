"""`iga add`, `correct`, `verify`, `judge`, `withdraw`: what officers type, signed and dated."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from cli.changing import brought_up, change, change_all, id_of, kept_of, named, signed_by, words_for
from cli.command import Call, IgaCommand, pass_call
from cli.contact_check import contact_check
from cli.load_report import print_preview
from cli.opening import session
from cli.our_side import PARTY, ids_of, name_of, our_side
from cli.resolving import enter_verdict, withdraw_verdict
from graph.errors import NotFound, UsageError
from graph.statements import Word
from ingest import officer_entries as entries
from ingest.contact_checks import verification
from ingest.officer_entries import EdgeAt, NewCommitment, NewContact, NewEngagement

if TYPE_CHECKING:
    from ingest.loads_taken_back import TakenBack
    from ingest.reports import LoadPreview


def _signed_options(function: Callable[..., Any]) -> Callable[..., Any]:
    field = click.option(
        "--field", "fields", nargs=2, multiple=True, metavar="NAME VALUE", help="Any field; docs/schema.md."
    )
    reason = click.option("--because", default="", metavar="TEXT", help="Why; it stays with the entry.")
    return field(reason(function))


@click.group("add")
def add() -> None:
    """Enter a contact, what a check of one showed, an engagement or a commitment."""


@add.command("contact", cls=IgaCommand)
@click.option("--party", required=True, metavar="TEXT", help="Whom it reaches: body, post or person.")
@click.option("--email", metavar="ADDRESS", help="Its e-mail address; --phone or --website instead.")
@click.option("--phone", metavar="NUMBER", help="Its telephone number.")
@click.option("--website", metavar="URL", help="Its page.")
@click.option("--person", default="", metavar="NAME", help="Who answers there.")
@click.option("--role", default="", metavar="TEXT", help="In which role: focal point, coordinator …")
@click.option("--topic", "topics", default="", metavar="TEXT", help="Portfolio of that role; several parted by ;")
@_signed_options
@pass_call
def contact(call: Call, /, **options: Any) -> None:
    """Enter how a body, post or person is reached.

    Example: iga add contact --party OSCE --email desk@example.org --role "focal point"
    """
    channels = [f"{kind} {options[kind]}" for kind in ("email", "phone", "website") if options[kind]]
    if len(channels) != 1:
        raise UsageError("name one channel: --email, --phone or --website; enter another one by itself")
    new = NewContact(
        of=id_of(call, options["party"], parameter="party", labels=PARTY),
        fields={"channel": channels[0], **dict(options["fields"])},
        person=options["person"],
        role=options["role"],
        topics=options["topics"],
    )
    signed = signed_by(call, options["because"])
    change_all(call, [entries.contact(new, signed=signed, fresh=lambda: secrets.token_hex(8))], signed)


@add.command("engagement", cls=IgaCommand)
@click.option("--name", default="", metavar="TEXT", help="What it is called; left out, it is named by who took part.")
@click.option("--kind", "engagement_kind", metavar="TEXT", help="call, bilateral meeting, visit, conference …")
@click.option("--on", "period", metavar="DAY[/DAY]", help="Its day, or first and last day; of one just held, today.")
@click.option("--status", metavar="TEXT", help="planned, confirmed, held, postponed or cancelled.")
@click.option("--place", metavar="TEXT", help="Where.")
@click.option("--organizer", "organizers", multiple=True, metavar="TEXT", help="May be given again.")
@click.option("--party", "participants", multiple=True, metavar="TEXT", help="Who takes part; may be given again.")
@click.option("--without-us", is_flag=True, help="Our side took no part; otherwise it does, with your post.")
@_signed_options
@pass_call
def engagement(call: Call, /, **options: Any) -> None:
    """Enter a meeting, conference, call or visit; our government and the signer's post take part unless told otherwise.

    Example: iga add engagement --kind call --on 2026-11-24 --status held --party ODIHR
    """
    signed = signed_by(call, options["because"])
    organizers = ids_of(call, options["organizers"], parameter="organizer")
    others = ids_of(call, options["participants"], parameter="party")
    ours = () if options["without_us"] else our_side(call, (*organizers, *others))
    period = options["period"] or (signed.on if options["status"] == "held" else "")
    named = {name: options[name] for name in ("engagement_kind", "status", "place") if options[name]}
    fields = {"name": options["name"] or name_of(call, options["engagement_kind"], (*others, *organizers)), **named}
    fields |= {"period": period} if period else {}
    new = NewEngagement(fields | dict(options["fields"]), organizers, (*others, *ours))
    change_all(call, [entries.engagement(new, signed=signed)], signed)
    if not call.as_json:
        _say_who_of_ours(call, ours, is_left_out=options["without_us"])


def _say_who_of_ours(call: Call, ours: Sequence[str], *, is_left_out: bool) -> None:
    with session(call) as context:
        names = named(context, ours)
    if ours:
        told = "" if len(ours) > 1 else f"; no post of {call.who} is on record"
        here = " and ".join(names.get(id_, id_) for id_ in ours)
        call.console.say(f"For us: {here}{told}. If we were not there: iga undo, --without-us.")
    elif is_left_out:
        call.console.say("Our side took no part: it does not count as a touch of ours.")


@add.command("commitment", cls=IgaCommand)
@click.option("--words", required=True, metavar="TEXT", help="The words as said.")
@click.option("--party", "by", multiple=True, required=True, metavar="TEXT", help="Who made it; may be given again.")
@click.option("--other", "to", multiple=True, metavar="TEXT", help="To whom; may be given again.")
@click.option("--due", "due_on", metavar="DAY", help="When it is due, possibly partial.")
@click.option("--said-on", metavar="DAY", help="When it was said, possibly partial.")
@_signed_options
@pass_call
def commitment(call: Call, /, **options: Any) -> None:
    """Enter a promise: who made it, to whom, in which words.

    Example: iga add commitment --party Ghana --words "We will open a shelter" --due 2027
    """
    named = {name: options[name] for name in ("words", "due_on", "said_on") if options[name]}
    new = NewCommitment(
        by=ids_of(call, options["by"], parameter="party"),
        fields={**named, **dict(options["fields"])},
        to=ids_of(call, options["to"], parameter="other"),
    )
    signed = signed_by(call, options["because"])
    change_all(call, [entries.commitment(new, signed=signed)], signed)


@click.command("correct", cls=IgaCommand)
@click.argument("id")
@click.argument("field")
@click.argument("value")
@click.option("--because", required=True, metavar="TEXT", help="Why; it stays with the correction.")
@pass_call
def correct(call: Call, /, *, id: str, field: str, value: str, because: str) -> None:  # noqa: A002
    """Correct one field of a thing or of a relationship; what was said before is kept beside it.

    Example: iga correct gov:gha capital Accra --because "misspelt in the list"
    """
    signed = signed_by(call, because)
    change_all(call, [entries.correction(_existing(call, id), field, value, signed=signed)], signed)


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
    point = id_of(call, contact, parameter="contact", labels=("ContactPoint",))
    signed = signed_by(call, "")
    change_all(call, [verification(point, works=works, how=how, signed=signed)], signed)


@click.command("judge", cls=IgaCommand)
@click.argument("first")
@click.argument("second")
@click.option("--same", "word", flag_value="same", help="Both ids are one thing.")
@click.option("--different", "word", flag_value="different", help="They are two.")
@click.option("--unsure", "word", flag_value="unsure", help="It was looked at and cannot be told.")
@click.option("--withdraw", "word", flag_value="withdraw", help="Take the judgement back.")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@pass_call
def judge(call: Call, /, *, first: str, second: str, word: Word | Literal["withdraw"] | None, because: str) -> None:
    """Say that two ids are the same or different; a judgement can be taken back. Like iga resolve same and so on.

    Example: iga judge named:ngo:acme ngo:acme --same --because "same website"
    """
    if word is None:
        raise UsageError("say which: --same, --different, --unsure or --withdraw")
    if word == "withdraw":
        withdraw_verdict(call, first, second, because=because)
    else:
        enter_verdict(call, first, second, word, because=because)


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
    from ingest.entry_log import entries_of
    from ingest.loads_taken_back import loads_named

    if not (because or dry_run):
        raise UsageError("say why, with --because")
    if loads := loads_named(entry):
        _withdraw_loads(call, entry, loads, because, dry_run=dry_run)
        return
    signed = signed_by(call, because)
    with session(call) as context:
        said = [one.content for one in entries_of(context.ledger) if one.row_key == entry and one.standing == "stands"]
    words = words_for(call, said)
    if dry_run:
        if not said:
            raise NotFound(f"no entry {entry} stands: iga log lists them")
        call.console.say(f"Would be taken back: {words}.")
        return
    change(call, lambda ledger: entries.withdraw(ledger, entry, signed=signed), entry, words=words, is_taken_back=True)


def _withdraw_loads(call: Call, named: str, loads: range, because: str, *, dry_run: bool) -> None:
    """Show what goes, take loads back, bring the graph up to it, and say of each source what became of its rows."""
    from ingest.committing import taken_back_foreseen
    from ingest.loads_taken_back import take_back, taken_back

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


def _existing(call: Call, written: str) -> str | EdgeAt:
    """Return what is to be corrected, as its sources wrote it.

    Raises:
        NotFound: The graph holds nothing of this id or key.
    """
    from queries.core.names.resolve import entity_of, relationship_of

    with session(call) as context:
        if not written.startswith("rel:"):
            return entity_of(context, written).id
        return kept_of(relationship_of(context, written))


add.add_command(contact_check)
