"""`iga keys`: who may ask the HTTP service for more than public things, and what each of them may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from msgspec import to_builtins

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.exporting import MARKINGS
from iga.graph.keys import SCOPES
from iga.graph.reader import ROLES

if TYPE_CHECKING:
    from iga.graph.keys import Key, KeyRing


@click.group("keys")
def keys() -> None:
    """Give out keys for the HTTP service, enter people of the sign-on, and take both back.

    Example: iga keys list
    """


@keys.command("new", cls=IgaCommand)
@click.argument("holder")
@click.option("--role", type=click.Choice(list(ROLES)), default="reader", show_default=True, help="What it may do.")
@click.option(
    "--ceiling", type=click.Choice(MARKINGS), default="public", show_default=True, help="Highest marking it is shown."
)
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, help="Only these; all if left out.")
@click.option(
    "--from",
    "networks",
    multiple=True,
    metavar="NETWORK",
    help="Only from there: 10.20.0.0/16. Behind a proxy it works at --proxy-socket alone; at the port, all that the"
    " proxy hands on comes from 127.0.0.1.",
)
@click.option("--expires", default="", metavar="DAY", help="Last day; a year from now if left out.")
@click.option("--purpose", default="", metavar="TEXT", help="What for, as the audit log notes it.")
@click.option(
    "--sign-on", default="", metavar="NAME", help="No key: a person, as the organization's sign-on names them."
)
@pass_call
def new(call: Call, /, *, holder: str, expires: str, **asked: Any) -> None:
    """Give out a key, which is shown this once; or enter a person by --sign-on.

    Example: iga keys new "Reporting dashboard" --ceiling internal --scope questions
    """
    from iga.graph.keys import Key, last_day

    now = call.workspace.now()
    if not asked["sign_on"]:
        expires = expires or last_day(now)
    key, secret = _ring(call).add(Key("", holder, made_at=now, made_by=call.who, expires=expires, **asked))
    _tell(call, key, secret)


@keys.command("list", cls=IgaCommand)
@pass_call
def listed(call: Call, /) -> None:
    """List all keys and sign-ons ever given out, oldest first.

    Example: iga keys list
    """
    today, found = call.workspace.today(), _ring(call).keys()
    if call.as_json:
        call.console.document({"keys": [_shown(key, today) for key in found]})
        return
    for key in found:
        _say(call, key)
    if not found:
        call.console.say('No key was given out; over HTTP public things are shown. iga keys new "NAME" makes one.')


@keys.command("revoke", cls=IgaCommand)
@click.argument("key_id", metavar="ID")
@click.option("--because", required=True, metavar="TEXT", help="Why.")
@pass_call
def revoke(call: Call, /, *, key_id: str, because: str) -> None:
    """Take a key or a sign-on back; it counts from the next request on.

    Example: iga keys revoke 3f9a21bc --because "found in a log"
    """
    _tell(call, _ring(call).revoke(key_id, today=call.workspace.today(), because=because))


@keys.command("rotate", cls=IgaCommand)
@click.argument("key_id", metavar="ID")
@click.option(
    "--overlap", default=1, show_default=True, type=click.IntRange(0, 30), help="Days that the old key is still good."
)
@pass_call
def rotate(call: Call, /, *, key_id: str, overlap: int) -> None:
    """Give out another key on the same terms, and let the old one end.

    Example: iga keys rotate 3f9a21bc
    """
    key, secret = _ring(call).rotate(key_id, now=call.workspace.now(), by=call.who, overlap_days=overlap)
    _tell(call, key, secret)


def _ring(call: Call) -> KeyRing:
    """Return the keys."""
    return call.workspace.key_ring()


def _tell(call: Call, key: Key, secret: str = "") -> None:
    if call.as_json:
        call.console.document(_shown(key, call.workspace.today()) | ({"key": secret} if secret else {}))
        return
    _say(call, key)
    if secret:
        call.console.say(f"\n{secret}\n\nIt is shown this once and kept nowhere. Send it as Authorization: Bearer KEY.")


def _shown(key: Key, today: str) -> dict[str, Any]:
    shown: dict[str, Any] = to_builtins(key)
    shown.pop("digest", None)
    return shown | {"state": key.state(today)}


def _say(call: Call, key: Key) -> None:
    parts = (
        key.state(call.workspace.today()),
        f"{key.role}, up to {key.ceiling}",
        key.sign_on and f"by sign-on as {key.sign_on}",
        key.scopes and f"for {', '.join(key.scopes)}",
        key.networks and f"from {', '.join(key.networks)}",
        key.expires and f"until {key.expires}",
        f"last used {key.used_at[:16].replace('T', ' ')} UTC" if key.used_at else "never used",
        key.because and f"taken back on {key.revoked}: {key.because}",
    )
    call.console.say(f"{key.id}  {key.holder}: {'; '.join(part for part in parts if part)}")
