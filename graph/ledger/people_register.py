"""The register of people who are restricted, held or erased, by digests: it does not hold whom it is about.

It is a source of the ledger, so that it is dumped and restored with it. A digest is keyed with the ledger's id: that
keeps two ledgers from being compared, but whoever holds the ledger can still test a name that they guess.
"""

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeGuard

from iga.graph.domain.marking import Marking
from iga.graph.domain.parties import is_person
from iga.graph.errors import Denied, UsageError
from iga.graph.fold.history import RowHistory
from iga.graph.ledger.load import OpenLoad
from iga.graph.names.near_keys import keys_in, keys_like, keys_of, names_within
from iga.graph.names.near_words import initialed_in, latin_words, readings
from iga.graph.names.own_addresses import HOST_SIGN, LEAST_TOGETHER, forms_like, forms_of, is_made_of, made_of, runs_of
from iga.graph.statements import Card, Content, EdgeStatement, LoadHeader, NodeStatement, Statement, Verdict
from iga.graph.text import folded

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger

_HELD, ERASED = "register:held", "register:erased"
HOLDS = Card(_HELD, "Register of restrictions and holds", rank=10, marking=int(Marking.SENSITIVE))
ERASURES = Card(ERASED, "Register of the erased", rank=10, marking=int(Marking.SENSITIVE))

RowKey: TypeAlias = tuple[str, str]
"""Source and key of a row."""

_OF_TEXTS = (str, list, tuple, dict)
_NO_TEXT = ("evidence", "channel", "channel_value")

Entry = Literal["restricted", "hold", "access-request", "erased", "admitted"]


@dataclass(frozen=True)
class Hold:
    """Why somebody must not be erased: a legal hold, or a request to see what is held, that is open."""

    kind: Entry
    authority: str


def mark_of(ledger: "Ledger", written: str) -> str:
    """Return the digest that stands for an id, or for what `as_name` made of a name, in the register of a ledger."""
    return blake2b(written.encode(), digest_size=16, key=ledger.id.encode()[:64]).hexdigest()


def plain_id(ledger: "Ledger", written: str) -> str:
    """Return an id of the same kind that tells no name; whoever holds the ledger may guess which it stands for."""
    return f"{written.rpartition(':')[0]}:held-{mark_of(ledger, written)[:16]}"


def as_name(name: str) -> str:
    """Return a name as the register takes it: no id looks so."""
    return f"name {folded(name)}"


def known_by(names: Iterable[str], addresses: Iterable[str]) -> Iterator[str]:
    """Give what is entered of names, as printed, and of addresses, so that near ones are met; no id looks so."""
    for name in names:
        yield as_name(name)
        yield from (f"near {key}" for key in keys_of(name))
        yield from (f"made {text}" for text in (made_of(name) if " " in folded(name) else ()))
    yield from (f"address {form}" for address in addresses for form in forms_of(address))


def _looked_for(statement: Statement) -> Iterator[str]:
    """Give what somebody is entered by whom a statement may name, or whose address it may give."""
    for _, name in names_stated(statement):
        yield as_name(name)
        yield from (f"near {key}" for key in keys_like(name))
        if min(map(len, words := latin_words(name)), default=0) == 1:
            yield f"made {''.join(words)}"
    if isinstance(statement, NodeStatement) and (address := address_of(statement)):
        yield from (f"address {form}" for form in forms_like(address))
        # A host may be entered as mailboxes are: so it was before hosts were compared.
        yield from (f"made {text}" for run in runs_of(address) for text in {run, run.removeprefix(HOST_SIGN)})


def entered(ledger: "Ledger", kind: Entry) -> dict[str, str]:
    """Return the authority of each entry of a kind that stands, by digest."""
    rows = (row[-1] for row in ledger.rows_of(ERASED if kind == "erased" else _HELD))
    return {
        version.row_key.removeprefix(f"{kind} "): version.content.note
        for version in rows
        if version.row_key.startswith(f"{kind} ") and version.content != Content()
    }


def entered_by(ledger: "Ledger", kind: Entry, written: Iterable[str]) -> int | None:
    """Return the first load by which one of some ids is entered, and stands since; None where none is."""
    keys = {f"{kind} {mark_of(ledger, text)}" for text in written}
    rows = (row for row in ledger.rows_of(_HELD) if row[0].row_key in keys)
    spans = (takewhile(lambda version: version.content != Content(), reversed(row)) for row in rows)
    return min((version.load for span in spans for version in span), default=None)


def put(load: OpenLoad, ledger: "Ledger", kind: Entry, written: Iterable[str], *, authority: str) -> None:
    """Enter ids, and names as `as_name` makes them, in the open load of the register."""
    content = Content(note=authority, marking=int(Marking.SENSITIVE))
    load.put([(f"{kind} {mark}", "", content) for mark in sorted({mark_of(ledger, text) for text in written})])


def holds_on(ledger: "Ledger", ids: Collection[str]) -> list[Hold]:
    """Return what keeps somebody from being erased."""
    marks = {mark_of(ledger, written) for written in ids}
    kinds: tuple[Entry, ...] = ("hold", "access-request")
    return [
        Hold(kind, authority) for kind in kinds for mark, authority in entered(ledger, kind).items() if mark in marks
    ]


def enter_hold(ledger: "Ledger", ids: Collection[str], *, kind: Entry, authority: str, by: str) -> LoadHeader:
    """Hold somebody, so that erasing is refused.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(HOLDS, by=by, because=authority) as load:
        put(load, ledger, kind, ids, authority=authority)
        return load.commit({"read": len(ids)})


def release(ledger: "Ledger", ids: Collection[str], *, kind: Entry, authority: str, by: str) -> int:
    """Take a hold or a restriction out of the register and return how many ids were under it.

    Raises:
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    with ledger.open_load(HOLDS, by=by, because=authority) as load:
        gone = load.withdraw([f"{kind} {mark_of(ledger, written)}" for written in ids])
        load.commit({"withdrawn": len(gone)})
        return len(gone)


def admit(ledger: "Ledger", person: str, *, authority: str, by: str) -> None:
    """Let an id in whose name, address or text may be that of somebody who was erased: another person is meant.

    Raises:
        UsageError: It is no id.
        Denied: Whoever was erased had this very id.
        LedgerLocked, LedgerError: The ledger cannot be written.
    """
    if ":" not in person:
        raise UsageError(f"{person!r} is no id: write it as the report of the load prints it")
    if mark_of(ledger, person) in entered(ledger, "erased"):
        raise Denied("somebody was erased under this very id: it is let in no more")
    with ledger.open_load(HOLDS, by=by, because=authority) as load:
        put(load, ledger, "admitted", [person], authority=authority)
        load.commit({"read": 1})


@dataclass(frozen=True)
class RegisteredPeople:
    """The people of an entry of the register, met in what a row says.

    Attributes:
        marks: Digests of their ids, channels and names.
        admitted: Digests of the ids that are let in whatever their names are.
        has_names: Whether names and addresses are among the digests.
    """

    ledger: "Ledger"
    marks: Set[str]
    admitted: Set[str] = frozenset()
    has_names: bool = True

    @classmethod
    def of(cls, ledger: "Ledger", kind: Entry) -> "RegisteredPeople":
        """Return those of a kind."""
        admitted = entered(ledger, "admitted").keys() if kind == "erased" else frozenset[str]()
        return cls(ledger, entered(ledger, kind).keys(), admitted, has_names=kind == "erased")

    def named_in(self, content: Content) -> set[str]:
        """Return the ids of the people and channels that a row names by id, or by a name of a person that it states."""
        return self._known_by_id(content) | self.namesakes_in(content)

    def namesakes_in(self, content: Content) -> set[str]:
        """Return the ids of whom and what a row states a name or an address that is near to theirs, or a text with it.

        Nothing else is known of them. None where names are not entered, as of people who are restricted.
        """
        if not (self.marks and self.has_names):
            return set()
        told = {
            statement.id
            for statement in content.statements
            if isinstance(statement, NodeStatement)
            and any(mark_of(self.ledger, text) in self.marks for text in _looked_for(statement))
        }
        for statement in content.statements:
            told |= self._telling(statement)
        if any(map(self.is_named, texts_in([content.note]))):
            told |= {it.id for it in content.statements if isinstance(it, NodeStatement)}
        return {it for it in told if not {mark_of(self.ledger, it)} & {*self.admitted, *self.marks}}

    def _telling(self, statement: Statement) -> set[str]:
        """Return the id of what a statement is about, where a text of it names somebody."""
        if isinstance(statement, Verdict):
            return set()
        about = statement.id if isinstance(statement, NodeStatement) else statement.source
        return {about} if any(map(self.is_named, texts_in(statement.values.values()))) else set()

    def is_named(self, text: str) -> bool:
        """True if a running text names somebody: two words of a name or more, as they sound, or initials."""
        names = {name for reading in readings(text) for name in names_within(reading)} if " " in text else set()
        looked_for = chain(
            map(as_name, names),
            (f"near {key}" for name in names for key in keys_in(name)),
            (f"made {name}" for name in initialed_in(text)),
        )
        return any(mark_of(self.ledger, it) in self.marks for it in looked_for)

    def is_told_by(self, written: str) -> bool:
        """True if an id is made of a name that is entered, as addresses are."""
        is_asked = self.marks and self.has_names
        return bool(is_asked) and any(mark_of(self.ledger, f"made {run}") in self.marks for run in runs_of(written))

    def _known_by_id(self, content: Content) -> set[str]:
        if not self.marks:
            return set()
        subjects = {subject for statement in content.statements for subject in subjects_in(statement)}
        return {subject for subject in subjects if mark_of(self.ledger, subject) in self.marks}


def subjects_in(statement: Statement) -> set[str]:
    """Return the ids that a statement is about, joins, refers to or judges, among other texts without spaces."""
    match statement:
        case NodeStatement():
            named: tuple[object, ...] = (statement.id, *statement.values.values())
        case EdgeStatement():
            named = (statement.source, statement.target, *statement.values.values())
        case _:
            named = (statement.first, statement.second)
    return {text for text in named if isinstance(text, str) and ":" in text and " " not in text}


def texts_in(values: Iterable[object]) -> list[str]:
    """Return the texts among values, or in values of values, that may name somebody.

    What these rest on is none of it, nor the address of a channel: whose that is decides (`may_own`). Every value that
    is read passes here, so that nothing is called for what holds no text.
    """
    found: list[str] = []
    for value in values:
        if type(value) is str:
            is_short = value.isalnum() and len(value) < LEAST_TOGETHER
            if not is_short and not value.replace("-", "").isdigit():
                found.append(value)
        elif isinstance(value, (list, tuple)):
            found += texts_in(value)
        elif type(value) is dict:
            found += texts_in([it for name, it in value.items() if type(it) in _OF_TEXTS and name not in _NO_TEXT])
    return found


def names_stated(statement: Statement) -> Iterator[tuple[str, str]]:
    """Give each name that a statement gives a person, after the person's id."""
    if isinstance(statement, NodeStatement) and is_person(statement.id):
        aliases = statement.values.get("aliases")
        for name in (statement.values.get("name"), *(aliases if isinstance(aliases, list) else ())):
            if isinstance(name, str) and folded(name):
                yield statement.id, name


def holds_name(text: str, name: str) -> bool:
    """True if a text, such as an address, holds a name of two words or more, in whatever order or run together."""
    words, plain = folded(name).split(), folded(text)
    together = "".join(words)
    # Shorter ones are part of many a word.
    is_run_together = len(together) > 5 and together in plain.replace(" ", "")
    return len(words) > 1 and (is_run_together or set(words) <= set(plain.split()))


def is_address_of(address: str, names: Iterable[str]) -> bool:
    """True if an address holds one of the names of somebody, or is made of it."""
    return any(holds_name(address, name) or is_made_of(address, name) for name in names)


def is_holders_own(address: str, names: Iterable[str], *, tied_by: Set[object], held_by: Set[object]) -> bool:
    """True if the channel of a post is the own one of somebody who ever held it.

    It is under their name, or whatever ties it to the post names them there, as a list of contacts does.

    Args:
        address: The address of the channel.
        names: The names of who held the post, as printed.
        tied_by: The rows that tie the channel to the post.
        held_by: The rows that say that they held it.
    """
    return bool(tied_by and tied_by <= held_by) or is_address_of(address, names)


def own_channels(ledger: "Ledger", ids: Collection[str]) -> set[str]:
    """Return the channels that ever reached somebody and nobody else, or a post of theirs as their own."""
    reached = {edge.target for edge in _reaching(ledger.rows_touching(ids)) if edge.source in ids}
    others = _reaching(ledger.rows_touching(reached)) if reached else ()
    own = reached - {edge.target for edge in others if edge.source not in ids}
    return own | _of_their_posts(ledger, ids)


def _of_their_posts(ledger: "Ledger", ids: Collection[str]) -> set[str]:
    stated = list(_stated(ledger.rows_about(ids)))
    names = {name for statement in stated for person, name in names_stated(statement) if person in ids}
    posts = {edge.target for edge in stated if _is_held(edge, ids)}
    held_by = set[RowKey]()
    tied_by: dict[str, set[RowKey]] = {}
    for row in ledger.rows_touching(posts) if posts else ():
        key = row[0].source, row[0].row_key
        if any(_is_held(edge, ids) for edge in _stated([row])):
            held_by.add(key)
        for edge in _reaching([row]):
            if edge.source in posts:
                tied_by.setdefault(edge.target, set()).add(key)
    addresses: dict[str, set[str]] = {channel: {""} for channel in tied_by}
    for said in _stated(ledger.rows_about(tied_by.keys())) if tied_by else ():
        if isinstance(said, NodeStatement) and said.id in addresses:
            addresses[said.id].add(address_of(said))
    return {
        channel
        for channel, rows in tied_by.items()
        if any(is_holders_own(it, names, tied_by=rows, held_by=held_by) for it in addresses[channel])
    }


def _is_held(statement: Statement, ids: Collection[str]) -> TypeGuard[EdgeStatement]:
    return isinstance(statement, EdgeStatement) and statement.type == "HOLDS" and statement.source in ids


def address_of(channel: NodeStatement) -> str:
    """Return the address that a statement gives a channel; blank where it gives none."""
    stated = channel.values.get("channel")
    return str(stated.get("value") or "") if isinstance(stated, dict) else ""


def _stated(rows: Iterable[RowHistory]) -> Iterator[Statement]:
    return (statement for row in rows for version in row for statement in version.content.statements)


def _reaching(rows: Iterable[RowHistory]) -> Iterator[EdgeStatement]:
    for statement in _stated(rows):
        if isinstance(statement, EdgeStatement) and statement.type == "REACHED_AT":
            yield statement
