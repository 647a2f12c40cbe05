"""vCard: people and offices of an address book, as posts, holders and channels at work."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from iga.graph.domain.parties import is_person
from iga.graph.text import folded
from iga.ingest.address_words import form_of_address, is_private_label
from iga.ingest.contact_list.headings import is_mobile
from iga.ingest.formats.content_lines import Component, ContentProperties, ContentProperty, component_records, unread
from iga.ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from iga.ingest.name_tables import bodies
from iga.ingest.readers.file_table import Progress
from iga.ingest.record_builder import INTERNAL, LONGEST_KEY, RecordBuilder, as_line, named_id, opaque_id
from iga.ingest.rejections import MISSING, Refusal
from iga.ingest.source_reader import OpenFile, Remarks, SourceReader, StatedRow
from iga.ingest.subjects import digest_of
from iga.ingest.value_readers import known_topics

READ = (
    *("VERSION", "KIND", "UID", "REV", "FN", "N", "ORG", "TITLE", "ROLE", "LANG", "CATEGORIES", "MEMBER"),
    *("TEL", "EMAIL", "ADR", "URL", "X-ABLABEL"),
)
"""The properties that are read; all others never are."""

_SILENT = ("PRODID", "SOURCE", "SORT-STRING", "CLIENTPIDMAP")
_KINDS = ("individual", "org", "group")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LONGEST_ADDRESS = 500
_CHANNELS = {"EMAIL": "email", "TEL": "phone", "ADR": "address", "URL": "website"}

_REMARKS = {
    "older": "cards of other versions than 4.0 were read as well as they can be: {listed}",
    "private": "addresses, numbers or pages left out as private ({count}): {listed}",
    "mobiles": "mobile numbers left out, each on the card of an office and nobody's: {count}",
    "unread": "never read, because they are private or may hold anything, or have no place: {listed}",
    "kinds": "skipped, being neither people, offices nor groups: {listed}",
    "other": "left out: {listed}",
    "outside": "lines outside of every card, not read: {count}",
}


class CardReader:
    """Reads the cards of one source."""

    def __init__(self, source: str, as_of: str) -> None:
        """Read cards of a source; `as_of` is the day its content is stated for, blank where nobody says."""
        self._source = source
        self._as_of = as_of
        self.remarks = Remarks(_REMARKS)

    def stated(self, component: Component) -> StatedRow | None:
        """Return key and content of a card; None for one of a kind that has no place here.

        Raises:
            Refusal: It is not taken; the refusal says why and what to do.
        """
        card = ContentProperties(component, READ)
        self.remarks["unread"].update(unread(component, (*READ, *_SILENT)))
        kind = _kind_of(card)
        if kind not in _KINDS:
            self.remarks["kinds"][kind[:50]] += 1
            return None
        if (version := card.text("VERSION")[:10]) != "4.0":
            self.remarks["older"][version or "unknown"] += 1
        key = _key(card, component)
        record = RecordBuilder(stated_on=_day(card.text("REV")) or self._as_of, marking=INTERNAL)
        post = ""
        if kind == "individual":
            party, post = self._person(record, card, key)
        else:
            party = self._group(record, card, key) if kind == "group" else _organization(record, card, _name(card))
        self._channels(record, card, party, post)
        return key, record.content()

    def _person(self, record: RecordBuilder, card: ContentProperties, key: str) -> tuple[str, str]:
        """State a person with their post; return both ids, that of the post blank where none is named."""
        names = card.first("N")
        family, *_, prefix = (*names.parts, "", "", "", "", "")[:4] if names else ("", "")
        known = {
            "name": _name(card),
            "family_name": as_line(family),
            "form_of_address": as_line(prefix) or _form_of_address(card),
            "languages": [as_line(line.text) for line in card.all("LANG")],
        }
        person = record.node(self._person_id(key), known)
        if not card.first("ORG") and not any(_titles(card)):
            return person, ""
        post = _post(record, card, person)
        record.edge("HOLDS", person, post, {"attested_on": _days(record)})
        return person, post

    def _group(self, record: RecordBuilder, card: ContentProperties, key: str) -> str:
        group = opaque_id("organization", self._source, key)
        record.node(group, {"name": _name(card), "topics": _topics(card)})
        for member in card.all("MEMBER"):
            if "@" in member.text:
                self.remarks["other"]["members named by their mail address"] += 1
            else:
                record.edge("MEMBER_OF", self._person_id(_uid(member.text)), group)
        return group

    def _person_id(self, key: str) -> str:
        return opaque_id("person", self._source, key)

    def _channels(self, record: RecordBuilder, card: ContentProperties, party: str, post: str) -> None:
        """State the channels of a card, but none at home: those of work are the post's, where there is one.

        What somebody carries along is that person's.
        """
        labels = {line.group: line.text.lower() for line in card.all("X-ABLABEL") if line.group}
        for line in card.all("EMAIL", "TEL", "ADR", "URL"):
            types = (*line.words("TYPE"), labels.get(line.group, ""))
            value = _value(line)
            if any(map(is_private_label, types)):
                self.remarks["private"][next(label for label in types if is_private_label(label))[:50]] += 1
            elif line.name == "URL" and not _WEB.fullmatch(value):
                self.remarks["other"]["addresses that are none of the web"] += 1
            elif line.name == "TEL" and is_mobile(" ".join(types)):
                if is_person(party):
                    _channel(record, card, line, value, owner=party, is_carried=True)
                else:
                    self.remarks["mobiles"]["on an office"] += 1
            elif value:
                _channel(record, card, line, value, owner=post if post and "work" in types else party)


def _channel(
    record: RecordBuilder,
    card: ContentProperties,
    line: ContentProperty,
    value: str,
    *,
    owner: str,
    is_carried: bool = False,
) -> None:
    owner_kind = owner.partition(":")[0]
    kind = "fax" if line.name == "TEL" and "fax" in line.words("TYPE") else _CHANNELS[line.name]
    known = {
        "channel": {"kind": "mobile" if is_carried else kind, "value": value},
        "topics": _topics(card),
        "languages": [as_line(language.text) for language in card.all("LANG")],
        "seen_on": _days(record),
        "kind_of_owner": owner_kind if owner_kind in ("post", "person") else "body",
    }
    record.edge("REACHED_AT", owner, record.node(opaque_id("contact", owner, kind, value), known))


def _days(record: RecordBuilder) -> list[str]:
    return [record.stated_on] if record.stated_on else []


def _kind_of(card: ContentProperties) -> str:
    """Return the kind of a card; one without a kind whose name is that of its organization is an office."""
    if stated := card.text("KIND").lower():
        return "org" if stated == "organization" else stated
    names, body = card.first("N"), card.first("ORG")
    has_name = names is not None and any(names.parts)
    return "org" if body and not has_name and card.text("FN") in ("", body.parts[0]) else "individual"


def _key(card: ContentProperties, component: Component) -> str:
    """Return the card's UID, else a digest of all it holds: then a changed card is another one."""
    key = _uid(card.text("UID"))
    if key and len(key) <= LONGEST_KEY:
        return key
    return digest_of(key or "\n".join(line.text for line in component.lines), size=16)


def _uid(text: str) -> str:
    return text.removeprefix("urn:uuid:").strip()


def _name(card: ContentProperties) -> str:
    """Return the name of a card; refuse one that has none."""
    if name := as_line(card.text("FN")):
        return name
    names, body = card.first("N"), card.first("ORG")
    family, first_name, more, prefix, suffix = (*(names.parts if names else ()), *("",) * 5)[:5]
    parts = (prefix, first_name, more, family, suffix) if names else body.parts[:1] if body else ()
    if not (name := as_line(" ".join(part for part in parts if part))):
        raise Refusal("the card has no name", fix="write it in FN", code=MISSING, column="FN")
    return name


def _post(record: RecordBuilder, card: ContentProperties, person: str) -> str:
    """State the post that a card's title names, and return its id; a card without a title says `contact`."""
    titles, role = _titles(card)
    name = next(iter((*titles, role)), "") or "contact"
    body = _organization(record, card) if card.first("ORG") else ""
    post = opaque_id("post", body or person, folded(name) or name)
    known = {"name": name, "role": role or ("" if titles else name), "titles": titles[1:], "topics": _topics(card)}
    record.node(post, known, marking=0)
    if body:
        record.edge("POST_IN", post, body, {"attested_on": _days(record)}, marking=0)
    return post


def _titles(card: ContentProperties) -> tuple[list[str], str]:
    """Return the titles of a card and its role, forms of address left out: these are nobody's post."""
    titles = [as_line(title.text) for title in card.all("TITLE") if title.text and not form_of_address(title.text)]
    role = as_line(card.text("ROLE"))
    return titles, "" if form_of_address(role) else role


def _form_of_address(card: ContentProperties) -> str:
    """Return the form of address that stands where a title is expected; blank where none does."""
    return next(filter(None, (form_of_address(title.text) for title in card.all("TITLE"))), "")


def _organization(record: RecordBuilder, card: ContentProperties, otherwise: str = "") -> str:
    """State the innermost unit of a card's organization and those around it, and return its id."""
    line = card.first("ORG")
    names = [as_line(part) for part in (line.parts if line else (otherwise,)) if part]
    unit, path = "", ""
    for name in names:
        outer, path = unit, f"{name} {path}".strip()
        known = None if outer else bodies().resolve(name)
        unit = known or named_id("organization", path)
        if not known:
            record.node(unit, {"name": name, "topics": _topics(card) if name == names[-1] else []}, marking=0)
        if outer:
            record.edge("PART_OF", unit, outer, marking=0)
    if not unit:
        raise Refusal("the organization has no name", fix="write it in ORG", code=MISSING, column="ORG")
    return unit


def _topics(card: ContentProperties) -> list[str]:
    return known_topics(card.listed("CATEGORIES"))


def _value(line: ContentProperty) -> str:
    if line.name == "ADR":
        whole = ", ".join(" ".join(part.split()) for part in line.parts if part)
        return whole[:_LONGEST_ADDRESS]
    return re.sub(r"^(?:tel|mailto):", "", " ".join(line.text.split()), flags=re.IGNORECASE)


def _day(text: str) -> str:
    """Return the day of an instant as vCard writes it; blank when it is none, since programs stamp it as they like."""
    match = _DAY.fullmatch(text.strip())
    return f"{match[1]}-{match[2]}-{match[3]}" if match else ""


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    card = card_of_file("vcard", "Address book", files[0], words, rank=10, marking="internal")

    def opened(path: Path, progress: Progress | None) -> AbstractContextManager[OpenFile]:
        reader = CardReader(card.source, card.as_of)
        return component_records(path, ("VCARD",), reader.stated, reader.remarks, progress, called="card")

    return SourceReader(card, ("UID",), opened, reloads=False)


def _fits(head: Head) -> bool:
    return head.text.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


VCARD = Format(
    name="vcard",
    title="vCard",
    suffixes=(".vcf", ".vcard"),
    fits=_fits,
    feed=_reader,
    example=(
        "BEGIN:VCARD\nVERSION:4.0\nUID:example-1\nFN:Ada Okafor\nN:Okafor;Ada;;Ambassador;\n"
        "ORG:Ministry of Example;Anti-Trafficking Unit\nTITLE:Focal Point\nCATEGORIES:TIP\n"
        "EMAIL;TYPE=work;PREF=1:a.okafor@example.org\nTEL;TYPE=home:+1 555 0100\nREV:20310105T100000Z\nEND:VCARD\n"
    ),
)
