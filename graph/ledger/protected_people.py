"""The people who are protected, found again by every name and address of their own: whoever is like one may be one.

Until somebody judges the two different, whoever may be a protected person counts as that person; the way back is to
withdraw the judgement. Docs/decisions/0083-a-namesake-counts-as-the-person.md.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from iga.graph.domain.edges import Holds, ReachedAt
from iga.graph.domain.parties import Consent, is_person
from iga.graph.domain.values import last_day
from iga.graph.fold.affected import Kinship, Span, stated_in
from iga.graph.fold.clusters import verdicts
from iga.graph.fold.history import RowHistory
from iga.graph.fold.live import Lens
from iga.graph.fold.shapes import View
from iga.graph.grouping import batches
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.mentions import is_tie, protected_by
from iga.graph.ledger.people_register import address_of, names_stated, own_channels, texts_in
from iga.graph.names.near_names import NearNames
from iga.graph.names.own_addresses import forms_like, forms_of, is_of_an_office
from iga.graph.statements import EdgeStatement, NodeStatement, Statement, Verdict, pair_key

_AT_ONCE = 500
ANY_POST = "any post"
# Keys of relationships, and digests of what is on file: half of all texts that are read, made of no name.
_DIGEST = re.compile(r"rel:[0-9a-f]{20}|[0-9a-f]{64}")


@dataclass
class Traits:
    """What a row says that somebody is known by: names as printed; addresses, with ids of channels; posts held."""

    names: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ProtectedPeople:
    """Everybody whom the ledger protects today, past every ceiling: a protection binds who may not see it.

    Attributes:
        members: All ids of each of them, by the canonical one.
        names: Finds them by a name that is like one of theirs.
        marked: Canonical ids of those whom a source or a restriction marks as protected.
        channels: Canonical ids of those whose own channel it is, by its id and by the forms of its address; each with
            the post that it is listed for, where they left that by a stated day: whoever follows may be reached there,
            and at a line, or a mailbox that is an office's, whoever else is listed with a post (`ANY_POST`).
        apart: Pairs of ids that are judged different.
    """

    members: Mapping[str, tuple[str, ...]]
    names: NearNames
    marked: Set[str]
    channels: Mapping[str, Set[tuple[str, str]]]
    apart: Set[tuple[str, str]]
    _canonical: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, ledger: Ledger) -> "ProtectedPeople":
        """Return those of a whole ledger; a `LedgerError` where it does not answer."""
        headers = ledger.headers()
        lens = Lens(headers, View())
        protected = set(_protected(ledger))
        kin = Kinship(ledger, Span(headers, lens, lens, 0))
        kin.include(protected)
        members = {it: kin.now.members_of(it) for it in map(kin.now.canonical, protected)}
        canonical = {written: person for person, ids in members.items() for written in ids}
        rows = list(ledger.rows_about(canonical.keys()))
        named = [(canonical[id_], name) for it in _stated(rows) for id_, name in names_stated(it) if id_ in canonical]
        nodes = (it for it in _live(rows) if isinstance(it, NodeStatement) and it.id in canonical)
        marked = {canonical[node.id] for node in nodes if node.values.get("is_protected")}
        words = verdicts(ledger.rows_judging(canonical.keys()), lens)
        apart = {pair for pair, word in words.items() if word == "different"}
        return cls(members, NearNames(named), marked, _channels(ledger, canonical), apart, canonical)

    def person(self, written: str) -> str:
        """Return the canonical id of the protected person that an id stands for; blank where it stands for none."""
        return self._canonical.get(written, "")

    def near(self, ledger: Ledger, people: Collection[str]) -> dict[str, set[str]]:
        """Return the canonical ids of whom people may be, by id as given; whoever may be none of them is left out.

        What the ledger says of them today counts, under any of their ids, row by row: what another row ties to a post
        may be of who held it before.
        """
        rows = list(ledger.rows_about(people))
        members: dict[str, tuple[str, ...]] = {person: (person,) for person in people}
        if any(isinstance(statement, Verdict) for statement in _live(rows)):
            headers = ledger.headers()
            lens = Lens(headers, View())
            kin = Kinship(ledger, Span(headers, lens, lens, 0))
            kin.include(people)
            members = {person: kin.now.kin_of(person) for person in people}
            rows = list(ledger.rows_about({written for ids in members.values() for written in ids}))
        of_rows = [traits_of(_live([row])) for row in rows]
        known_by: dict[str, list[Traits]] = defaultdict(list)
        for written, traits in (it for of_row in of_rows for it in of_row.items()):
            known_by[written].append(traits)
        found = {
            person: self.may_be(ids, (it for written in ids for it in known_by.get(written, ())))
            for person, ids in members.items()
        }
        return {person: others for person, others in found.items() if others}

    def may_be(self, ids: Collection[str], known_by: Iterable[Traits]) -> set[str]:
        """Return the canonical ids of whom somebody may be: like them in name or address, and not judged different.

        Args:
            ids: All ids of somebody, or of a channel.
            known_by: What these are known by.
        """
        near = set[str]()
        for traits in known_by:
            near.update(*map(self.names.like, traits.names))
            near.update(*(self._owners(address, traits.posts) for address in traits.addresses))
        near -= {self.person(written) for written in ids}
        return {person for person in near if not self._is_apart(ids, person)}

    def met_in(self, statements: Sequence[Statement]) -> dict[str, set[str]]:
        """Return the canonical ids of whom anything that is stated may be, be an address of, or name, by its id.

        A channel that goes with somebody who may be the same is not told beside this one.
        """
        traits = traits_of(statements)
        met = {it: self.may_be((it,), (known_by,)) for it, known_by in traits.items()}
        for it in statements:
            if isinstance(it, NodeStatement) and not is_person(it.id) and it.cls != Consent.label():
                owners = {person for person, known_by in traits.items() if it.id in known_by.addresses}
                others = self.may_own(it.id, address_of(it), owners) | self.named_by((it.id,), texts_in((it.values,)))
                met[it.id] = others.difference(*(met[person] for person in owners))
        return {it: others for it, others in met.items() if others}

    def named_by(self, things: Collection[str], texts: Iterable[str]) -> set[str]:
        """Return the canonical ids of those whom texts of some things name, unless that is judged another."""
        held = set[str]().union(*map(self.held_in, texts))
        return {person for person in held if not self._is_apart(things, person)}

    def held_in(self, text: str) -> Set[str]:
        """Return the canonical ids of those whom a text, an address or the words of an id name; digests name nobody."""
        if _DIGEST.fullmatch(text):
            return frozenset()
        held = self.names.held_in(text)
        return held if "@" in text or ":" not in text else held | self.names.held_in(text.replace(":", " "))

    def held_as(self, ledger: Ledger, person: str) -> list[str]:
        """Return the ids, in order, of those who count as a protected person until judged; all rows are read.

        So are the channels that may be that person's, and the things of which a text, or the id, names them.
        """
        own = self.person(person)
        stated, named = set[str](), set[str]()
        for row in ledger.rows_after(0):
            statements = row[-1].content.statements
            stated |= {it.id for it in statements if isinstance(it, NodeStatement) and is_person(it.id)}
            named |= {it for it, whom in self.met_in(statements).items() if own in whom and not is_person(it)}
        others = sorted(stated - set(self.members.get(own, ())))
        near = (self.near(ledger, some) for some in batches(others, _AT_ONCE))
        people = [written for found in near for written, whom in found.items() if own in whom]
        return people + sorted(named - own_channels(ledger, self.members.get(own, ())))

    def may_own(self, channel: str, address: str, owners: Collection[str] = ()) -> set[str]:
        """Return the canonical ids of those whose own a channel may be, beside the people whose it is."""
        return self.may_be((channel, *owners), (Traits(addresses={channel, address}),))

    def _owners(self, address: str, posts: Set[str]) -> Set[str]:
        forms = (address, *forms_like(address)) if self.channels else ()
        owned = (pair for form in forms for pair in self.channels.get(form, ()))
        return {*self.names.held_in(address), *(it for it, left in owned if left not in posts)}

    def _is_apart(self, ids: Collection[str], person: str) -> bool:
        return any(pair_key(one, other) in self.apart for one in ids for other in self.members[person])


def traits_of(statements: Iterable[Statement]) -> dict[str, Traits]:
    """Return what statements say that people are known by, by id as written.

    A channel of a post is taken for one of whoever holds the post, as these statements have it.
    """
    traits: dict[str, Traits] = defaultdict(Traits)
    reached: dict[str, set[str]] = defaultdict(set)
    terms: list[EdgeStatement] = []
    addresses: dict[str, str] = {}
    for it in statements:
        for person, name in names_stated(it):
            traits[person].names.add(name)
        if is_tie(it, ReachedAt):
            reached[it.source].add(it.target)
        elif is_tie(it, Holds):
            terms.append(it)
            traits[it.source].posts |= {it.target, ANY_POST}
        elif isinstance(it, NodeStatement) and (address := address_of(it)):
            addresses[it.id] = address
    for holder, owner in (*((it, it) for it in reached if is_person(it)), *((it.source, it.target) for it in terms)):
        for channel in reached.get(owner, ()):
            traits[holder].addresses |= {channel, addresses.get(channel, channel)}
    return traits


def _protected(ledger: Ledger) -> Iterator[str]:
    """Give the ids, as written, of those whom live statements protect."""
    live = set(map(protected_by, _live(ledger.rows_protecting()))) - {""}
    yield from filter(is_person, live)
    posts = {written for written in live if not is_person(written)}
    terms = _live(ledger.rows_touching(posts))
    yield from (term.source for term in terms if is_tie(term, Holds) and term.target in posts)


def _channels(ledger: Ledger, canonical: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    """Return the canonical ids of those whose own channel it is, by its id and by address; see `ProtectedPeople`."""
    own = own_channels(ledger, canonical.keys())
    reached = [it for it in _stated(ledger.rows_touching(own)) if is_tie(it, ReachedAt) and it.target in own]
    rows = list(ledger.rows_touching({it.source for it in reached}))
    terms = [it for it in _stated(rows) if is_tie(it, Holds)]
    today = ledger.clock().date().isoformat()
    left = {(it.source, it.target) for it in _live(rows) if is_tie(it, Holds) and "" < _end_of(it) <= today}
    owners: dict[str, set[tuple[str, str]]] = {}
    for edge in reached:
        holders = {term.source for term in terms if term.target == edge.source}
        for person in {edge.source, *holders} & canonical.keys():
            post = edge.source if (person, edge.source) in left else ""
            owners.setdefault(edge.target, set()).add((canonical[person], post))
    for statement in _stated(ledger.rows_naming(own)):
        if isinstance(statement, NodeStatement) and statement.id in own:
            address, of = address_of(statement), owners.get(statement.id, set())
            if address and ("@" not in address or is_of_an_office(address)):
                of = owners[statement.id] = {(person, post and ANY_POST) for person, post in of}
            for form in forms_of(address):
                owners.setdefault(form, set()).update(of)
    return owners


def _end_of(term: EdgeStatement) -> str:
    """Return the last day of a term, full; blank where none is stated."""
    period = term.values.get("period")
    end = str(period.get("end") or "") if isinstance(period, Mapping) else ""
    return last_day(end) if end else ""


def _live(rows: Iterable[RowHistory]) -> Iterator[Statement]:
    """Give what rows say today, to whoever sees all: the newest version of each."""
    return (statement for row in rows for statement in row[-1].content.statements)


def _stated(rows: Iterable[RowHistory]) -> Iterator[Statement]:
    return (statement for row in rows for statement in stated_in(row))
