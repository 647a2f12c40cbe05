"""vCard: people and offices of an address book, as posts, holders and channels at work."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from graph.statements import Content
from graph.text import folded
from ingest.formats.content_lines import Component, component_file
from ingest.formats.content_properties import ContentProperties, ContentProperty, name_of
from ingest.formats.format_registry import CardWords, Format, Head, card_of_file
from ingest.name_tables import bodies
from ingest.readers.file_table import Progress
from ingest.record_builder import INTERNAL, Statement, Statements, as_line, edge, named_id, node, once, opaque_id
from ingest.rejections import MISSING, Refusal
from ingest.row_reader import LONGEST_KEY
from ingest.source_reader import OpenFile, Remarks, SourceReader, SourceRecord, StatedRow, noted
from ingest.subjects import digest_of
from ingest.value_readers import known_topics

READ = (
    *("VERSION", "KIND", "UID", "REV", "FN", "N", "ORG", "TITLE", "ROLE", "LANG", "CATEGORIES", "MEMBER"),
    *("TEL", "EMAIL", "ADR", "URL", "X-ABLABEL"),
)
"""The properties that are read; all others never are."""

_SILENT = ("PRODID", "SOURCE", "SORT-STRING", "CLIENTPIDMAP")
_KINDS = ("individual", "org", "group")
_HOME = ("home", "private", "personal")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_LONGEST_ADDRESS = 500

_REMARKS = {
    "older": "cards of other versions than 4.0 were read as well as they can be: {listed}",
    "home": "{count} addresses, numbers or pages at home were left out",
    "unread": "never read, because they are private or may hold anything, or have no place: {listed}",
    "kinds": "skipped, being neither people, offices nor groups: {listed}",
    "other": "left out: {listed}",
    "outside": "{count} lines outside of every card were not read",
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
        for line in component.lines:
            if (name := name_of(line)) not in (*READ, *_SILENT):
                self.remarks["unread"][name[:50] or "lines without a name"] += 1
        kind = _kind_of(card)
        if kind not in _KINDS:
            self.remarks["kinds"][kind[:50]] += 1
            return None
        if (version := card.text("VERSION")[:10]) != "4.0":
            self.remarks["older"][version or "unknown"] += 1
        key = _key(card, component)
        day = _day(card.text("REV")) or self._as_of
        states = {"individual": self._person, "org": self._office, "group": self._group}[kind]
        return key, Content(once(states(card, key, day)))

    def _person(self, card: ContentProperties, key: str, day: str) -> Statements:
        person = self._person_id(key)
        names = card.first("N")
        family, *_, prefix = (*names.parts, "", "", "", "", "")[:4] if names else ("", "")
        known = {
            "name": _name(card),
            "family_name": as_line(family),
            "form_of_address": as_line(prefix),
            "languages": [as_line(line.text) for line in card.all("LANG")],
        }
        statements: Statements = [node(person, known, stated_on=day, marking=INTERNAL)]
        post = ""
        if card.first("ORG", "TITLE", "ROLE"):
            post, about = _post(card, person, day)
            held = {"attested_on": [day] if day else []}
            statements += [*about, edge("HOLDS", person, post, held, stated_on=day, marking=INTERNAL)]
        return statements + list(self._channels(card, person, post, day))

    def _office(self, card: ContentProperties, _key: str, day: str) -> Statements:
        organization, statements = _organization(card, day, otherwise=_name(card))
        return statements + list(self._channels(card, organization, "", day))

    def _group(self, card: ContentProperties, key: str, day: str) -> Statements:
        group = opaque_id("organization", self._source, key)
        statements: Statements = [
            node(group, {"name": _name(card), "topics": _topics(card)}, stated_on=day, marking=INTERNAL)
        ]
        for member in card.all("MEMBER"):
            if "@" in member.text:
                self.remarks["other"]["members named by their mail address"] += 1
                continue
            member_id = self._person_id(_uid(member.text))
            statements.append(edge("MEMBER_OF", member_id, group, stated_on=day, marking=INTERNAL))
        return statements + list(self._channels(card, group, "", day))

    def _person_id(self, key: str) -> str:
        return opaque_id("person", self._source, key)

    def _channels(self, card: ContentProperties, party: str, post: str, day: str) -> Iterator[Statement]:
        """State the channels of a card, but none at home: those of work are the post's, where there is one."""
        labels = {line.group: line.text.lower() for line in card.all("X-ABLABEL") if line.group}
        for line in card.all("EMAIL", "TEL", "ADR", "URL"):
            types = (*line.given("TYPE"), labels.get(line.group, ""))
            value = _value(line)
            if any(word in label for label in types for word in _HOME):
                self.remarks["home"]["all"] += 1
            elif line.name == "URL" and not _WEB.fullmatch(value):
                self.remarks["other"]["addresses that are none of the web"] += 1
            elif value:
                owner = post if post and "work" in types else party
                yield from self._channel(card, line, value, owner, day)

    def _channel(
        self, card: ContentProperties, line: ContentProperty, value: str, owner: str, day: str
    ) -> Iterator[Statement]:
        kind = _channel_kind(line)
        owners = {"post": "post", "person": "person"}
        point = opaque_id("contact", owner, kind, value)
        known: dict[str, Any] = {
            "channel": {"kind": kind, "value": value},
            "topics": _topics(card),
            "languages": [as_line(language.text) for language in card.all("LANG")],
            "seen_on": [day] if day else [],
            "kind_of_owner": owners.get(owner.partition(":")[0], "body"),
        }
        yield node(point, known, stated_on=day, marking=INTERNAL)
        yield edge("REACHED_AT", owner, point, stated_on=day, marking=INTERNAL)


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
    whole = key or "\n".join(line.text for line in component.lines)
    return digest_of(whole, size=16)


def _uid(text: str) -> str:
    return text.removeprefix("urn:uuid:").strip()


def _name(card: ContentProperties) -> str:
    """Return the name of a card.

    Raises:
        Refusal: It has none.
    """
    if name := as_line(card.text("FN")):
        return name
    names, body = card.first("N"), card.first("ORG")
    family, first_name, more, prefix, suffix = (*(names.parts if names else ()), *("",) * 5)[:5]
    parts = (prefix, first_name, more, family, suffix) if names else body.parts[:1] if body else ()
    if not (name := as_line(" ".join(part for part in parts if part))):
        raise Refusal("the card has no name", fix="write it in FN", code=MISSING, column="FN")
    return name


def _post(card: ContentProperties, person: str, day: str) -> tuple[str, Statements]:
    """Return the post that a card's title names, with what is said of it; a card without a title says `contact`."""
    titles = [as_line(title.text) for title in card.all("TITLE") if title.text]
    role = as_line(card.text("ROLE"))
    name = next(iter((*titles, role)), "") or "contact"
    body, statements = _organization(card, day) if card.first("ORG") else ("", [])
    post = opaque_id("post", body or person, folded(name) or name)
    known = {"name": name, "role": role or ("" if titles else name), "titles": titles[1:], "topics": _topics(card)}
    statements = [*statements, node(post, known, stated_on=day)]
    if body:
        statements.append(edge("POST_IN", post, body, {"attested_on": [day] if day else []}, stated_on=day))
    return post, statements


def _organization(card: ContentProperties, day: str, *, otherwise: str = "") -> tuple[str, Statements]:
    """Return the innermost unit of a card's organization, with what is said of it and of those around it."""
    line = card.first("ORG")
    names = [as_line(part) for part in (line.parts if line else (otherwise,)) if part]
    statements: Statements = []
    unit, path = "", ""
    for name in names:
        outer, path = unit, f"{name} {path}".strip()
        known = None if outer else bodies().resolve(name)
        unit = known or named_id("organization", path)
        if not known:
            topics = _topics(card) if name == names[-1] else []
            statements.append(node(unit, {"name": name, "topics": topics}, stated_on=day))
        if outer:
            statements.append(edge("PART_OF", unit, outer, stated_on=day))
    if not unit:
        raise Refusal("the organization has no name", fix="write it in ORG", code=MISSING, column="ORG")
    return unit, statements


def _topics(card: ContentProperties) -> list[str]:
    return known_topics(card.listed("CATEGORIES"))


def _value(line: ContentProperty) -> str:
    if line.name == "ADR":
        whole = ", ".join(" ".join(part.split()) for part in line.parts if part)
        return whole[:_LONGEST_ADDRESS]
    return re.sub(r"^(?:tel|mailto):", "", " ".join(line.text.split()), flags=re.IGNORECASE)


def _channel_kind(line: ContentProperty) -> str:
    if line.name == "TEL":
        return "fax" if "fax" in line.given("TYPE") else "phone"
    return {"EMAIL": "email", "ADR": "address", "URL": "website"}[line.name]


def _day(text: str) -> str:
    """Return the day of an instant as vCard writes it; blank when it is none, since programs stamp it as they like."""
    match = _DAY.fullmatch(text.strip())
    return f"{match[1]}-{match[2]}-{match[3]}" if match else ""


def _reader(files: Sequence[Path], words: CardWords) -> SourceReader:
    card = card_of_file("vcard", "Address book", files[0], words, rank=10, marking="internal")

    @contextmanager
    def opened(path: Path, progress: Progress | None) -> Iterator[OpenFile]:
        reader = CardReader(card.source, card.as_of)
        outside = reader.remarks["outside"]
        with component_file(path, ("VCARD",), outside=outside, progress=progress) as (cards, note):
            records = (
                SourceRecord(component.line, (f"card of line {component.line}",), partial(reader.stated, component))
                for component in cards
            )
            yield noted(OpenFile(path.name, f"{path.name}:", ("card",), records, [note]), reader.remarks.notes)

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
