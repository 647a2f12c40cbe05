"""`iga add`, `correct`, `verify`, `judge`, `withdraw`: what officers type, signed and dated."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import Any, Literal

import click

from cli.changing import change, id_of, kept_of, signed_by
from cli.command import Call, IgaCommand, pass_call
from cli.contact_check import contact_check
from cli.opening import session
from cli.resolving import enter_verdict, withdraw_verdict
from graph.errors import UsageError
from graph.statements import Word
from ingest import officer_entries as entries
from ingest.contact_checks import verification
from ingest.officer_entries import EdgeAt, NewCommitment, NewContact, NewEngagement, OfficerEntry, Signed

PARTY = ("Party", "Post")


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
    _enter(call, entries.contact(new, signed=signed, fresh=lambda: secrets.token_hex(8)), signed)


@add.command("engagement", cls=IgaCommand)
@click.option("--name", required=True, metavar="TEXT", help="What it is called.")
@click.option("--on", "period", metavar="DAY[/DAY]", help="Its day, or first and last day.")
@click.option("--status", metavar="TEXT", help="planned, confirmed, held, postponed or cancelled.")
@click.option("--place", metavar="TEXT", help="Where.")
@click.option("--organizer", "organizers", multiple=True, metavar="TEXT", help="May be given again.")
@click.option("--party", "participants", multiple=True, metavar="TEXT", help="Who takes part; may be given again.")
@_signed_options
@pass_call
def engagement(call: Call, /, **options: Any) -> None:
    """Enter a meeting, conference, call or visit.

    Example: iga add engagement --name "Call with ODIHR" --on 2026-11-24 --status held --party ODIHR
    """
    named = {name: options[name] for name in ("name", "period", "status", "place") if options[name]}
    new = NewEngagement(
        fields={**named, **dict(options["fields"])},
        organizers=_ids(call, options["organizers"], parameter="organizer"),
        participants=_ids(call, options["participants"], parameter="party"),
    )
    signed = signed_by(call, options["because"])
    _enter(call, entries.engagement(new, signed=signed), signed)


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
        by=_ids(call, options["by"], parameter="party"),
        fields={**named, **dict(options["fields"])},
        to=_ids(call, options["to"], parameter="other"),
    )
    signed = signed_by(call, options["because"])
    _enter(call, entries.commitment(new, signed=signed), signed)


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
    _enter(call, entries.correction(_existing(call, id), field, value, signed=signed), signed)


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
    _enter(call, verification(point, works=works, how=how, signed=signed), signed)


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
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@pass_call
def withdraw(call: Call, /, *, entry: str, because: str) -> None:
    """Take back an entry by its key, as `iga why` and the entry itself printed it.

    Example: iga withdraw correct:gov:gha:capital --because "the list was right"
    """
    signed = signed_by(call, because)
    change(call, lambda ledger: entries.withdraw(ledger, entry, signed=signed), f"{entry} taken back")


def _enter(call: Call, entry: OfficerEntry, signed: Signed) -> None:
    change(call, lambda ledger: entries.enter(ledger, entry, signed=signed), entry.row_key)


def _ids(call: Call, texts: Sequence[str], *, parameter: str) -> tuple[str, ...]:
    return tuple(id_of(call, text, parameter=parameter, labels=PARTY) for text in texts)


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
