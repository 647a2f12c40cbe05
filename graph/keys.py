"""Keys of programs, and people known by the organization's sign-on: who may ask over HTTP, as what, and how much.

Of a key only a digest is kept: 256 random bits need no slow one (NIST SP 800-63B, 5.1.2.2). It is written as a
`secret-token` (RFC 8959), which scanners for leaked secrets look for.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from iga.graph.domain.marking import Marking
from iga.graph.errors import Denied, NotFound, SettingsError, StoreBusy, UsageError, reason_of
from iga.graph.private import FILE, opener
from iga.graph.reader import ROLES, Reader

PREFIX = "secret-token:iga_"

VERSION = "/v1"
"""What the addresses that a key opens begin with."""

OF_ALL = ("openapi.json", "readyz", "metrics")
"""Addresses beside the versioned ones that every key opens; not the pages, which show whatever there is."""

SCOPES = (
    *("questions", "ask", "find", "entities", "sources", "memos", "changes", "feeds", "exports", "match"),
    *("governments", "partners", "watches", "reconcile", "audit", "mcp"),
)
"""What a key can be narrowed to: the part of an address behind that; assistants ask at /mcp."""

LONGEST_DAYS = 366
"""Longest that a key is good for; a sign-on ends with the organization's account and has no end of its own."""

_DAYS, _USE_NOTED_S = 365, 600


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """A key, or a person by sign-on.

    Attributes:
        id: First letters of the digest, or random ones for a sign-on.
        holder: Program or person, as entries and the audit log name them.
        role: One of `ROLES`.
        ceiling: Highest marking that is shown, in a word.
        made_at: Instant, UTC.
        digest: SHA-256 of the key; blank for a sign-on.
        sign_on: Name that the organization's sign-on gives the person; blank for a key.
        scopes: What it is narrowed to; empty is all that the role may.
        networks: Where it may be used from (CIDR); empty is anywhere.
        purpose: What for, as the audit log notes it.
        expires: Last day; blank is none.
        revoked: Day it was taken back; blank if it was not.
        used_at: Instant of its last use, to some minutes; blank is never.
    """

    id: str
    holder: str
    role: str
    ceiling: str
    made_at: str
    made_by: str
    digest: str = ""
    sign_on: str = ""
    scopes: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    purpose: str = ""
    expires: str = ""
    revoked: str = ""
    because: str = ""
    used_at: str = ""

    def state(self, today: str) -> str:
        """Return ``revoked``, ``expired`` or ``good``."""
        if self.revoked:
            return "revoked"
        return "expired" if self.expires and self.expires < today else "good"

    def reader(self) -> Reader:
        """Return whom it makes of a request."""
        return Reader(
            self.holder,
            self.purpose,
            Marking.named(self.ceiling),
            door=f"HTTP, {'sign-on' if self.sign_on else 'key'} {self.id}",
            role=self.role,
        )

    def opens(self, path: str, *, client: str) -> str:
        """Return why it does not open an address for a client; blank if it does."""
        part = path.removeprefix(VERSION).strip("/").partition("/")[0]
        is_parted = part in SCOPES or not (path.startswith(VERSION) or part in OF_ALL)
        if self.scopes and is_parted and part not in self.scopes:
            return f"it is for {', '.join(self.scopes)}, not for /{part}"
        if self.networks and not _is_within(client, self.networks):
            return "it may not be used from this address"
        return ""


@dataclass
class KeyRing:
    """The keys in a file; any number of processes may read it, and what one writes counts at once in the others."""

    path: Path
    _held: tuple[Key, ...] = field(default=(), repr=False)
    _stamp: tuple[int, int, int] = field(default=(0, 0, 0), repr=False)

    def keys(self) -> tuple[Key, ...]:
        """Return all keys ever given out, oldest first.

        Raises:
            SettingsError: The file is damaged: nobody is let in by it.
        """
        try:
            with self.path.open("rb") as file:
                about = os.fstat(file.fileno())
                stamp = (about.st_ino, about.st_mtime_ns, about.st_size)
                if stamp != self._stamp:
                    self._held, self._stamp = msgspec.json.decode(file.read(), type=tuple[Key, ...]), stamp
        except FileNotFoundError:
            self._held, self._stamp = (), (0, 0, 0)
        except (OSError, msgspec.MsgspecError) as error:
            raise SettingsError(f"the keys in {self.path} cannot be read ({error}): restore the file") from error
        return self._held

    def of_secret(self, secret: str) -> Key | None:
        """Return the key that a secret belongs to, whatever its state; None if it is nobody's."""
        digest = _digest(secret)
        return next((key for key in self.keys() if key.digest and compare_digest(key.digest, digest)), None)

    def of_sign_on(self, name: str, *, today: str) -> Key | None:
        """Return how a person by sign-on is known; None if nobody entered them, or it ended."""
        wanted = name.casefold()
        good = (key for key in self.keys() if key.state(today) == "good")
        return next((key for key in good if key.sign_on and key.sign_on.casefold() == wanted), None)

    def has_good(self, today: str) -> bool:
        """Whether anybody can come in by a key."""
        return any(key.digest and key.state(today) == "good" for key in self.keys())

    def add(self, key: Key) -> tuple[Key, str]:
        """Enter a key, or a sign-on, and return it with its secret, which is kept nowhere; blank for a sign-on.

        Raises:
            UsageError: A role, scope, network or day cannot be, or the sign-on is another's.
            Denied: Its holder would both change things and examine who changed them (NIST SP 800-53 AC-5).
        """
        _check(key)
        secret = "" if key.sign_on else f"{PREFIX}{secrets.token_urlsafe(32)}"
        digest = _digest(secret) if secret else ""
        made = msgspec.structs.replace(key, id=(digest or secrets.token_hex(4))[:8], digest=digest)

        def added(keys: tuple[Key, ...]) -> tuple[Key, ...]:
            today = key.made_at[:10]
            others = [other for other in keys if other.state(today) == "good"]
            if key.sign_on and key.sign_on.casefold() in {other.sign_on.casefold() for other in others}:
                raise UsageError(f"the sign-on {key.sign_on!r} is entered already: revoke that first")
            _refuse_both_sides(made, [other for other in others if other.holder == key.holder])
            return (*keys, made)

        self._change(added)
        return made, secret

    def revoke(self, key_id: str, *, today: str, because: str) -> Key:
        """Take a key back, from now on, and return it.

        Raises:
            NotFound: There is no such key, or it was taken back before.
        """
        return self._replace(key_id, today, revoked=today, because=because)

    def rotate(self, key_id: str, *, now: str, by: str, overlap_days: int) -> tuple[Key, str]:
        """Give out another key on the same terms, let the old one end soon, and return the new one with its secret.

        Raises:
            NotFound: There is no such key, or it is not good any more.
            UsageError: It is a sign-on, whose secret is not ours.
        """
        old = self._good(key_id, now[:10])
        if old.sign_on:
            raise UsageError(f"{key_id} is a sign-on: its secret is kept by the organization")
        span = date.fromisoformat(old.expires) - date.fromisoformat(old.made_at[:10])
        until = (date.fromisoformat(now[:10]) + span).isoformat()
        made = self.add(msgspec.structs.replace(old, made_at=now, made_by=by, expires=until, used_at=""))
        last = (date.fromisoformat(now[:10]) + timedelta(overlap_days)).isoformat()
        self._replace(key_id, now[:10], expires=min(old.expires, last))
        return made

    def note_use(self, key: Key, *, now: str) -> None:
        """Note when a key was used last, unless that was minutes ago, or somebody is changing the keys now."""
        if _seconds(now) - _seconds(key.used_at) >= _USE_NOTED_S:
            self._change(lambda keys: _with(keys, key.id, used_at=now), patience_s=0)

    def _good(self, key_id: str, today: str) -> Key:
        found = next((key for key in self.keys() if key.id == key_id), None)
        if found is None or found.state(today) != "good":
            why = f"is {found.state(today)}" if found else "does not exist"
            raise NotFound(f"the key {key_id!r} {why}; iga keys list shows those that are good")
        return found

    def _replace(self, key_id: str, today: str, **changed: str) -> Key:
        self._good(key_id, today)
        self._change(lambda keys: _with(keys, key_id, **changed))
        return next(key for key in self.keys() if key.id == key_id)

    def _change(self, change: Callable[[tuple[Key, ...]], tuple[Key, ...]], *, patience_s: float = 10) -> None:
        """Replace the file in one step, by one process at a time."""
        try:
            with FileLock(f"{self.path}.lock", timeout=patience_s, mode=FILE, thread_local=False):
                part = self.path.with_name(f"{self.path.name}.part")
                part.unlink(missing_ok=True)
                with open(part, "xb", opener=opener) as file:
                    file.write(msgspec.json.encode(change(self.keys())))
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(self.path)
        except Timeout:
            if patience_s:
                raise StoreBusy(f"the keys in {self.path} are being changed; run it again") from None
        except OSError as error:
            raise SettingsError(f"the keys in {self.path} cannot be written ({reason_of(error)})") from error


def last_day(made_at: str) -> str:
    """Return the last day of a key for which none is named: a year on."""
    return (date.fromisoformat(made_at[:10]) + timedelta(_DAYS)).isoformat()


def _check(key: Key) -> None:
    if key.role not in ROLES:
        raise UsageError(f"role {key.role!r}: write {', '.join(ROLES)}")
    if unknown := set(key.scopes) - set(SCOPES):
        raise UsageError(f"scope {min(unknown)!r}: write {', '.join(SCOPES)}")
    if key.role == "auditor" and (key.ceiling != "sensitive" or set(key.scopes) - {"audit"}):
        raise UsageError("an auditor reads the log alone, which names everybody's ids: write the ceiling sensitive")
    for network in key.networks:
        try:
            ip_network(network)
        except ValueError as error:
            raise UsageError(f"{network!r} is no network ({error}): write 10.20.0.0/16") from error
    if not key.holder.strip():
        raise UsageError("the holder is blank: write who or what uses the key")
    if not key.sign_on:
        _check_end(key)


def _check_end(key: Key) -> None:
    made = date.fromisoformat(key.made_at[:10])
    try:
        days = (date.fromisoformat(key.expires) - made).days
    except ValueError as error:
        raise UsageError(f"the last day {key.expires!r} is no day: write 2027-06-30") from error
    if not 0 <= days <= LONGEST_DAYS:
        last = made + timedelta(LONGEST_DAYS)
        raise UsageError(
            f"the last day {key.expires} cannot be: write a day from {made} to {last}, and renew the key then"
        )


def _refuse_both_sides(key: Key, others: list[Key]) -> None:
    """Raise Denied where somebody could examine what they do themselves; whoever gives out keys is a steward."""
    duties = {duty for held in (key, *others) for duty in ROLES[held.role]}
    if key.made_by == key.holder:
        duties |= ROLES["steward"]
    if "audit" in duties and duties & {"write", "keep"}:
        raise Denied(f"{key.holder} would both change things and examine who changed them: an auditor is somebody else")


def _with(keys: tuple[Key, ...], key_id: str, **changed: str) -> tuple[Key, ...]:
    return tuple(msgspec.structs.replace(key, **changed) if key.id == key_id else key for key in keys)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _is_within(client: str, networks: tuple[str, ...]) -> bool:
    try:
        address = ip_address(client)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ip_network(network) for network in networks)


def _seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp() if instant else 0.0
