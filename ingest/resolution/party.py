"""A party as it is compared with others: its names, numbers in registers, country, addresses, dates."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

import msgspec

from iga.graph.domain.parties import alpha3_of
from iga.graph.grouping import batches, by_key
from iga.graph.names.forms import spelled
from iga.graph.names.look_alikes import is_suspicious, seen_as
from iga.graph.names.naming import called
from iga.graph.names.parts import LONGEST_ACRONYM, Kind
from iga.graph.query import Query, ReadParams, Row
from iga.graph.stores.door import ReadableStore
from iga.ingest.mapping_file import bundled_yaml
from iga.ingest.missions import mission_named

_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z0-9]{2,10})-(.+)", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?ror\.org/(\w+)", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)", re.IGNORECASE)
# One register under several names: org-id.guide's code, and how people write it.
_SCHEMES = {
    "XI-LEI": "LEI",
    "XI-ROR": "ROR",
    "XI-WIKIDATA": "WIKIDATA",
    "WD": "WIKIDATA",
    "SAM-UEI": "UEI",
    "US-UEI": "UEI",
    "US-SAM": "UEI",
    "XI-UEI": "UEI",
    "US-DUNS": "DUNS",
    "XI-DUNS": "DUNS",
    "D-U-N-S": "DUNS",
}
_REGISTERS = frozenset({"BIOGUIDE", "DUNS", "ISNI", "LEI", "ROR", "THOMAS", "UEI", "WIKIDATA"})
# Ids of ours that hold the number under which an authority keeps somebody or something.
_IN_IDS = (("BIOGUIDE", re.compile(r"person:us-congress-([a-z]\d{6})")), ("ROR", re.compile(r"academic:ror-(\w+)")))


def number_of(text: str) -> tuple[str, str] | None:
    """Return the register and the number of an identifier in a public register; None for any other code.

    Registers are those of org-id.guide, UEI, LEI, ROR, ISNI and Wikidata, and of Congress those of its members and
    committees, each under one name whoever wrote it. An id of ours may hold such a number.
    """
    for scheme, pattern in _IN_IDS:
        if match := pattern.fullmatch(text):
            return scheme, match[1].upper()
    for scheme, pattern in (("ROR", _ROR), ("WIKIDATA", _WIKIDATA)):
        if match := pattern.search(text):
            return scheme, match[1].upper()
    scheme, colon, number = text.partition(":")
    if not colon:
        if (match := _ORG_ID.fullmatch(text.strip())) is None:
            return None
        scheme, number = match[1], match[2]
    scheme, number = scheme.strip().upper(), number.strip().upper()
    scheme = _SCHEMES.get(scheme, scheme)
    is_listed = scheme in _REGISTERS or _ORG_ID.fullmatch(f"{scheme}-0") is not None
    return (scheme, number) if number and is_listed else None


_MAIL = re.compile(r"[^@\s]+@([\w.-]+\.\w+)")
_TELLING_DIGITS = 9


def domain_of(page: str) -> str:
    """Return the host of a page without ``www``; blank for a host that many share, or none."""
    text = page if "//" in page else f"//{page}"
    try:
        host = (urlsplit(text).hostname or "").lower().removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return ""
    return "" if _is_shared(host) or "." not in host else host


def mail_domain_of(address: str) -> str:
    """Return the domain of a mail address; blank for one that many share, or where there is none."""
    match = _MAIL.fullmatch(address.strip())
    domain = match[1].lower() if match else ""
    return "" if _is_shared(domain) else domain


def phone_of(kind: str | None, value: str) -> str:
    """Return the last nine digits of a telephone or fax number, which stay with and without the prefix of its country.

    Blank for what is none, and for a number so short that it is a hotline of a country.
    """
    digits = "".join(letter for letter in value.partition("x")[0] if letter.isdigit())
    return digits[-_TELLING_DIGITS:] if kind in ("phone", "mobile", "fax") and len(digits) >= _TELLING_DIGITS else ""


def _is_shared(host: str) -> bool:
    return host in bundled_yaml("iga.ingest.resolution", "shared_hosts.yaml")


MOST_NAMES = 8
"""Names of a party that are compared; the printed one comes first."""

_BATCH = 2_000
# Kinds of bodies in which legislators sit; whoever works for an agency of a legislature is one of its people, too.
_OF_LEGISLATURES = frozenset({"chamber", "legislature", "committee", "subcommittee", "caucus", "Congress"})
_UNTIL = re.compile(r"\s*\([^()]*\)\s*$")


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """What tells one party from another.

    Attributes:
        names: What it is called, the printed name first, at most `MOST_NAMES`; acronyms only where it has nothing else.
        numbers: Register and number of each identifier: ``UEI``, ``GB-COH`` of org-id.guide, ``BIOGUIDE`` …
        country: ISO 3166 alpha-3 of its seat or registration, or of the government it belongs to; of a mission, of the
            government that its name says sends it. Blank is unknown.
        sites: Domains of its own pages, without ``www``.
        phones: Digits of its telephones, without what may be a prefix of the country.
        host: Of an embassy or another mission, ISO 3166 alpha-3 of the country in which it stands; blank is unknown.
        served: Branches of governments in which a person holds posts or seats: ``USA legislature``, ``GHA executive``.
        homes: ISO 3166 alpha-3 of the countries of the bodies in which a person holds posts or seats.
        bodies: Bodies in which a person holds posts, as printed.
        wholes: Ids of what it is part of.
        start, end: First and last day of its existence as stated, possibly partial; blank is not dated.
        sources: Sources that say something of it, sorted.
    """

    id: str
    cls: str
    name: str
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    country: str = ""
    sites: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    host: str = ""
    served: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    members: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """How its names are compared."""
        return "person" if self.cls == "Person" else "organization"

    @property
    def is_named_only(self) -> bool:
        """Whether it is known by its name alone: no source has given it an id."""
        return all(member.startswith("named:") for member in (self.id, *self.members))


class PartyIds(ReadParams):
    """Ids that are asked about."""

    ids: tuple[str, ...]


class PartiesAfter(ReadParams):
    """A page of all parties: those after an id, at most so many."""

    after: str = ""
    most: int = 20_000


class ComparedRow(Row):
    """A party, by its id."""

    id: str


class PartyProperties(ComparedRow):
    """A party with all its properties."""

    values: dict[str, Any]


class ChannelRow(ComparedRow):
    """A channel of a party."""

    kind: str | None
    value: str
    point: str


class ServiceRow(ComparedRow):
    """A body in which a person holds a post or has a seat."""

    body: str
    name: str | None
    government: str | None
    country: str | None
    body_kind: str | None


class WholeRow(ComparedRow):
    """What a party is part of."""

    whole: str


class AliasRow(ComparedRow):
    """A former or merged id, and the id that stands for it."""

    canonical: str


PARTIES = Query("iga.ingest", "parties", PartyIds, PartyProperties)
PARTY_IDS = Query("iga.ingest", "party_ids", PartiesAfter, ComparedRow)
CHANNELS_OF_PARTIES = Query("iga.ingest", "channels_of_parties", PartyIds, ChannelRow)
POSTS_OF_PEOPLE = Query("iga.ingest", "posts_of_people", PartyIds, ServiceRow)
_HOLDS, _SITS = "-[:HOLDS]->(:Post)-[:POST_IN]->", "-[:MEMBER_OF]->"
SEATS_OF_PEOPLE = Query(
    "iga.ingest", "seats_of_people", PartyIds, ServiceRow, POSTS_OF_PEOPLE.text.replace(_HOLDS, _SITS)
)
PARTS_OF_PARTIES = Query("iga.ingest", "parts_of_parties", PartyIds, WholeRow)
CANONICAL_IDS = Query("iga.ingest", "canonical_ids", PartyIds, AliasRow)


class PartyRelationships(NamedTuple):
    """Relationships of parties that tell them apart, by the party's id."""

    channels: Mapping[str, Sequence[ChannelRow]] = {}
    posts: Mapping[str, Sequence[ServiceRow]] = {}
    seats: Mapping[str, Sequence[ServiceRow]] = {}
    wholes: Mapping[str, Sequence[WholeRow]] = {}


NO_RELATIONSHIPS = PartyRelationships()


def all_party_ids(store: ReadableStore) -> list[str]:
    """Return the canonical id of every party, sorted; read in pages, as one statement has a limit of time."""
    ids = [""]
    while page := store.read(PARTY_IDS, PartiesAfter(after=ids[-1])):
        ids += [row.id for row in page]
    return ids[1:]


def canonical_ids(store: ReadableStore, ids: Collection[str]) -> dict[str, str]:
    """Return what ids resolve to today; those that resolve to themselves, or to nothing, are left out."""
    return {
        row.id: row.canonical
        for chunk in batches(sorted(set(ids)), _BATCH)
        for row in store.read(CANONICAL_IDS, PartyIds(ids=chunk))
    }


LooksUpNames: TypeAlias = Callable[[Mapping[str, tuple[str, ...]]], Mapping[str, Sequence[tuple[str, str]]]]
"""Looks up names that the graph does not hold, as `LostNames` does."""


def parties(store: ReadableStore, ids: Collection[str], *, lost: LooksUpNames) -> Iterator[Party]:
    """Give the parties with these canonical ids; ids of other things are left out.

    So is an organization whose name is withheld: each such row is an unknown of its own, never one partner.

    Raises:
        StoreError: The store did not answer.
    """
    for chunk in batches(sorted(set(ids)), _BATCH):
        asked = PartyIds(ids=chunk)
        ties = PartyRelationships(
            by_key(store.read(CHANNELS_OF_PARTIES, asked), lambda row: row.id),
            by_key(store.read(POSTS_OF_PEOPLE, asked), lambda row: row.id),
            by_key(store.read(SEATS_OF_PEOPLE, asked), lambda row: row.id),
            by_key(store.read(PARTS_OF_PARTIES, asked), lambda row: row.id),
        )
        rows = [row for row in store.read(PARTIES, asked) if not row.values.get("undisclosed")]
        several = (row for row in rows if "name" in (row.values.get("conflicts") or ()))
        differing = {row.id: tuple(row.values.get("members") or ()) for row in several}
        also = lost(differing) if differing else {}
        for row in rows:
            yield party_of(row.id, row.values, ties, also=also.get(row.id, ()))


def party_of(
    id_: str,
    values: Mapping[str, Any],
    ties: PartyRelationships = NO_RELATIONSHIPS,
    *,
    also: Iterable[tuple[str, str]] = (),
) -> Party:
    """Return a party from its properties as the store holds them, its relationships, and names of other sources."""
    cls = str(values["cls"])
    channels = ties.channels.get(id_, ())
    names, acronyms = _names(cls, values, also)
    stated = str(values.get("country") or values.get("government") or (id_ if cls == "Government" else ""))
    mission = mission_named(str(values.get("name") or "")) if cls == "PublicBody" else None
    home = (mission and mission.sender) or stated
    host = str(values.get("host") or (mission and (mission.host or (stated if stated != home else ""))) or "")
    seats = (*ties.posts.get(id_, ()), *ties.seats.get(id_, ()))
    numbered = (*(values.get("identifiers") or ()), id_, *(values.get("members") or ()))
    pages = [values.get("website"), *(channel.value for channel in channels if channel.kind == "website")]
    return Party(
        id=id_,
        cls=cls,
        name=str(values.get("name") or id_),
        names=tuple(names[:MOST_NAMES]),
        acronyms=tuple(sorted(acronyms)),
        numbers=tuple(sorted({number for text in numbered if (number := number_of(text))})),
        country=alpha3_of(home),
        host=alpha3_of(host),
        served=tuple(sorted({_branch(seat) for seat in seats} - {""})),
        homes=tuple(sorted({alpha3_of(it.government or it.country or it.body) for it in seats} - {""})),
        sites=tuple(sorted({site for page in pages if page and (site := domain_of(str(page)))})),
        mails=tuple(sorted({mail for channel in channels if (mail := mail_domain_of(channel.value))})),
        phones=tuple(sorted({phone_of(channel.kind, channel.value) for channel in channels} - {""})),
        bodies=tuple(sorted({post.name or post.body for post in ties.posts.get(id_, ())})),
        wholes=tuple(sorted({part.whole for part in ties.wholes.get(id_, ())})),
        start=str(values.get("existence_start") or ""),
        end=str(values.get("existence_end") or ""),
        members=tuple(values.get("members") or ()),
        sources=tuple(sorted({str(msgspec.json.decode(row_key)[0]) for row_key in values.get("evidence") or ()})),
    )


def _branch(seat: ServiceRow) -> str:
    """Return the branch of a government that a seat is in; blank for bodies of no government."""
    if not (home := alpha3_of(seat.government or seat.body)):
        return ""
    is_legislature = bool(_OF_LEGISLATURES & set((seat.body_kind or "").split()))
    return f"{home} {'legislature' if is_legislature else 'executive'}"


def _names(cls: str, values: Mapping[str, Any], also: Iterable[tuple[str, str]]) -> tuple[list[str], set[str]]:
    """Return the names that differ, the printed one first, and the acronyms, folded."""
    names: dict[str, str] = {}
    acronyms: set[str] = set()
    own = [("name", str(values.get("name") or "")), *((match.how, match.matched) for match in called(cls, values))]
    every = [(how, text) for how, text in (*own, *also) if how != "code"]
    # a name of look-alike letters is met by what a reader takes it for
    for how, text in (*every, *((how, seen_as(text)) for how, text in every if is_suspicious(text))):
        form = spelled(text)
        if form and cls != "Person" and (how == "acronym" or (how == "alias" and is_acronym(text))):
            acronyms.add(form)
        elif form and text not in (values.get("family_name"), values.get("role")):
            names.setdefault(form, _UNTIL.sub("", text) if cls == "Government" else text)
    return list(names.values()) or sorted(acronyms), acronyms


def is_acronym(text: str) -> bool:
    """True if a name is one short word in capitals, in a script that has them."""
    return " " not in text and len(text) <= LONGEST_ACRONYM and text.upper() == text != text.lower()
