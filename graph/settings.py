"""Where the graph and its ledger are, read once from the environment and handed down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from socket import gethostname
from urllib.parse import unquote

from iga.graph.domain.marking import Marking
from iga.graph.errors import SettingsError
from iga.graph.reader import ROLES, Reader

_ID = re.compile("[a-z]+:[a-z0-9-]+")
_WITH_PASSWORD = re.compile(r"([^:/]+://[^:/@]*):(.*)(@.*)", re.DOTALL)
EMBEDDED = "embedded:"
PRACTICE = "[practice]"
"""What everything begins with that is printed from a practice store."""
_PRACTICE_FOLDER = "practice"
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
FORMS = "write embedded:PATH, or neo4j://[user@]host[:port][/database], or bolt://[user@]host[:port][/database]"


@dataclass(frozen=True)
class Home:
    """Whose program this is: what is ours is told apart from what is theirs.

    Attributes:
        office: Id of our office, whose relationships, promises and papers are meant by "we".
    """

    government: str = "gov:usa"
    office: str = "body:us-state-tip"


HOME = Home()
"""The office that this program is made for."""


@dataclass(frozen=True)
class Settings:
    """Where everything is and who is asking.

    Attributes:
        store: ``embedded:PATH`` or a Neo4j address, checked when it is opened.
        ledger: Path of a SQLite file, or a ``postgresql://`` address.
        who: Name that entries, loads and locks are signed with.
        folder: Folder of what has no other place.
        password: Returns the Neo4j server's password when it is needed; it is never kept in a setting.
        ledger_password: The same for a ledger on PostgreSQL; `ledger` never holds it.
        fixed_at: Instant that the clock stands still at; None is the machine's clock.
        purpose: What is asked for, as the audit log notes it.
        role: What whoever asks may do, one of `ROLES`; blank is everything.
    """

    store: str
    ledger: str
    who: str
    folder: Path
    password: Callable[[], str] | None = None
    ledger_password: Callable[[], str] | None = None
    ceiling: Marking = Marking.SENSITIVE
    fixed_at: datetime | None = None
    home: Home = HOME
    purpose: str = ""
    role: str = ""

    @property
    def embedded_path(self) -> Path | None:
        """Folder of the embedded store; None when the store is a server."""
        return Path(self.store.removeprefix(EMBEDDED)) if self.store.startswith(EMBEDDED) else None

    @property
    def is_practice(self) -> bool:
        """Whether made-up people, meetings and money may be here: a ledger in a folder ``practice`` is for that."""
        return Path(self.ledger).parent.name == _PRACTICE_FOLDER

    @property
    def reader(self) -> Reader:
        """Who asks by these settings, at a command line."""
        return Reader(self.who, self.purpose, self.ceiling, role=self.role)

    def clock(self) -> datetime:
        """Return the present instant, UTC.

        Raises:
            SettingsError: The machine's clock is far off.
        """
        return self.fixed_at or _sane(datetime.now(UTC), "the machine's clock")  # noqa: TID251 - the one place

    @property
    def views(self) -> Path:
        """Folder of the views: embedded projections under a ceiling or as known on a day."""
        return self._beside("views")

    @property
    def audit(self) -> Path:
        """File of the audit log."""
        return self._beside_the_ledger("audit")

    @property
    def audit_name(self) -> str:
        """What tells the audit log from those of other machines beside a ledger on a server; blank beside a file."""
        place = f"{gethostname()}\0{self.audit.absolute()}".encode()
        return blake2b(place, digest_size=8).hexdigest() if "://" in self.ledger else ""

    @property
    def uploads(self) -> Path:
        """Folder of the files that were sent to a service to be loaded."""
        return self._beside_the_ledger("uploads")

    @property
    def keys(self) -> Path:
        """File of the keys of programs and of people by sign-on."""
        return self._beside_the_ledger("keys")

    @property
    def dumps(self) -> Path:
        """Folder of the dumps that are made from the pages, each in a folder of its own."""
        return self._beside_the_ledger("dumps")

    @property
    def door(self) -> Path:
        """Folder where a running server leaves its card and listens to this account alone."""
        return self._beside("door")

    @property
    def standby(self) -> Path:
        """Folder where a standby listens to this account alone."""
        return self._beside("standby")

    def _beside_the_ledger(self, word: str) -> Path:
        """Return a file beside the ledger, or beside the graph where the ledger is on a server."""
        return Path(f"{self.ledger}.{word}") if "://" not in self.ledger else self._beside(word)

    def _beside(self, word: str) -> Path:
        if path := self.embedded_path:
            return path.with_name(f"{path.name}.{word}")
        return self.folder / word if "://" in self.ledger else Path(f"{self.ledger}.{word}")


def read_settings(environ: Mapping[str, str], *, store: str | None = None, ledger: str | None = None) -> Settings:
    """Return the settings: what was asked for first, then the environment, then the defaults.

    Args:
        environ: The environment: IGA_HOME, IGA_STORE, IGA_LEDGER, IGA_WHO, IGA_CEILING, IGA_NOW,
            IGA_GOVERNMENT, IGA_OFFICE, IGA_PURPOSE, IGA_ROLE, IGA_PRACTICE (set: the practice store, which stands in
            a folder ``practice`` beside the store, or in IGA_HOME for a server),
            IGA_NEO4J_PASSWORD, IGA_NEO4J_PASSWORD_FILE, IGA_LEDGER_PASSWORD_FILE. The name that was asked for once
            stands in for IGA_WHO, and the account's for that.
        store: ``--store``, which wins over IGA_STORE. A bare path means ``embedded:PATH``.
        ledger: ``--ledger``, which wins over IGA_LEDGER; by default ``ledger.sqlite`` beside an embedded
            store, or in IGA_HOME for a server.

    Raises:
        SettingsError: An address has another form than those above, a marking does not exist, or IGA_NOW is no instant.
    """
    own = _folder(environ)
    store = store or environ.get("IGA_STORE") or f"{EMBEDDED}{own / 'graph'}"
    if "://" not in store:
        folder = Path(store.removeprefix(EMBEDDED)).expanduser()
        if not folder.name:  # others stand beside it
            raise SettingsError(f"the store {store!r} names no folder of its own: write embedded:PATH")
        store, beside = f"{EMBEDDED}{folder}", folder.parent
    elif (bare := without_password(store)[0]) != store:
        raise SettingsError(f"the store's address {bare} holds a password, which others can read; give it separately")
    elif store.partition("://")[0] in SERVERS:
        beside = own
    else:
        raise SettingsError(f"the store's address {store!r} cannot be read; {FORMS}")
    if environ.get("IGA_PRACTICE"):
        beside = beside if beside.name == _PRACTICE_FOLDER else beside / _PRACTICE_FOLDER
        store, ledger = f"{EMBEDDED}{beside / 'graph'}", str(beside / "ledger.sqlite")
    ledger, password = without_password(ledger or environ.get("IGA_LEDGER") or str(beside / "ledger.sqlite"))
    if "://" in ledger and not ledger.startswith("postgresql"):
        raise SettingsError(f"the ledger {ledger!r} has no known form: write a path or postgresql://HOST/NAME")
    return Settings(
        store=store,
        ledger=ledger,
        who=_who(environ),
        folder=own,
        password=_password(environ),
        ledger_password=(lambda: password) if password else _password_file(environ, "IGA_LEDGER_PASSWORD_FILE"),
        ceiling=_ceiling(environ.get("IGA_CEILING") or "sensitive"),
        fixed_at=_instant(environ.get("IGA_NOW") or ""),
        home=_home(environ),
        purpose=environ.get("IGA_PURPOSE") or "",
        role=_role(environ.get("IGA_ROLE") or ""),
    )


def without_password(address: str) -> tuple[str, str]:
    """Return an address without its password, and the password; blank where there is none.

    Raises:
        SettingsError: The password stands where it cannot be told from the rest.
    """
    if "://" in address and "password=" in address.lower():
        raise SettingsError(
            "an address says password=…: write IGA_LEDGER_PASSWORD_FILE, and the password into that file"
        )
    parted = _WITH_PASSWORD.fullmatch(address)
    return (parted[1] + parted[3], unquote(parted[2])) if parted else (address, "")


def name_file(environ: Mapping[str, str]) -> Path:
    """Return the file that keeps the name entries are signed with; it need not be there."""
    return _folder(environ) / "name"


def kept_name_in(environ: Mapping[str, str]) -> str:
    """Return the name that entries are signed with as it was once asked for; blank if it was not."""
    try:
        return name_file(environ).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _who(environ: Mapping[str, str]) -> str:
    account = environ.get("USER") or environ.get("USERNAME")
    return environ.get("IGA_WHO") or kept_name_in(environ) or account or "unknown"


def _folder(environ: Mapping[str, str]) -> Path:
    if given := environ.get("IGA_HOME"):
        return Path(given)
    if windows := environ.get("LOCALAPPDATA"):
        return Path(windows) / "iga"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "iga"


def _home(environ: Mapping[str, str]) -> Home:
    named = {"government": environ.get("IGA_GOVERNMENT"), "office": environ.get("IGA_OFFICE")}
    for name, written in named.items():
        if written and not _ID.fullmatch(written):
            example = getattr(HOME, name)
            raise SettingsError(f"IGA_{name.upper()} is {written!r}, which is not an id: write one such as {example}")
    return Home(**{name: written for name, written in named.items() if written})


def _ceiling(word: str) -> Marking:
    try:
        return Marking.named(word)
    except KeyError:
        raise SettingsError(f"IGA_CEILING is {word!r}: write public, internal or sensitive") from None


def _role(word: str) -> str:
    if word and word not in ROLES:
        raise SettingsError(f"IGA_ROLE is {word!r}: write {', '.join(ROLES)}, or leave it out to do all")
    return word


def _instant(written: str) -> datetime | None:
    """Return the instant that is named, UTC where it names no zone; a day is its beginning, and blank is none."""
    try:
        read = datetime.fromisoformat(written) if written else None
        return read and _sane(read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC), "IGA_NOW")
    except (ValueError, OverflowError):
        raise SettingsError(
            f"IGA_NOW is {written!r}, which is no day and no instant: write 2026-11-25 or 2026-11-25T09:00:00Z,"
            " or leave it out to go by the machine's clock"
        ) from None


def _sane(moment: datetime, clock: str) -> datetime:
    """Return an instant between which and its neighbours days can be counted."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise SettingsError(f"{clock} says {moment:%Y-%m-%d}: set it right")
    return moment


def _password(environ: Mapping[str, str]) -> Callable[[], str] | None:
    """Find the password in the environment or in a file; None leaves it to a prompt."""
    if password := environ.get("IGA_NEO4J_PASSWORD"):
        return lambda: password
    return _password_file(environ, "IGA_NEO4J_PASSWORD_FILE")


def _password_file(environ: Mapping[str, str], variable: str) -> Callable[[], str] | None:
    path = environ.get(variable)

    def read() -> str:
        try:
            return Path(path or "").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{variable} {path} cannot be read: {error}") from error

    return read if path else None
