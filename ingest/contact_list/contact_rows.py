"""What one contact of a list says: the statements of its row, and what of it could not be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from iga.graph.grouping import by_key
from iga.graph.names.asked import UNTITLED
from iga.graph.names.own_addresses import forms_of
from iga.graph.statements import Confidence, Content, EdgeStatement, Values
from iga.graph.text import folded
from iga.ingest.address_words import form_of_address
from iga.ingest.cells import parted
from iga.ingest.contact_list.headings import Meaning
from iga.ingest.contact_list.loose_days import DayReader
from iga.ingest.contact_list.offices import NamedOffice, office, under
from iga.ingest.contact_list.people import Kind, ListedChannel, People, channels, mail_domain, people
from iga.ingest.fields import Misfit
from iga.ingest.name_tables import bodies, known_as
from iga.ingest.people_markings import NOBODYS
from iga.ingest.record_builder import Statements, edge, node
from iga.ingest.rejections import SILENT, Refusal
from iga.ingest.source_reader import StatedRow
from iga.ingest.subjects import NAMED, class_of_id, mark, slug
from iga.ingest.value_readers import topic, topic_words

TellsDoubt = Callable[[Meaning, str, str, str], None]
"""Is told a cell, or a part of one, that could not be read: what it is, its value, why, what to write."""

_DAY_WORDS = re.compile(
    r"\bas of\b|\b(?:19|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.I
)
_CHANGED = re.compile(r"\?|\b(?:moved|left|retired|replaced|bounced|former|transferred|reassigned|no longer)\b", re.I)
_LEFT = re.compile(r"\b(?:left|gone|departed|retired|former)\b", re.I)
_BRACKETS = re.compile(r"\([^()]*\)")
_TOPIC_PARTS = (";", "/", "\n", ",", "&", "|")
_CALLED = {"email": "e-mail", "website": "page"}
WHERE: tuple[Meaning, ...] = ("title_organization", "title", "organization", "division", "country")
"""Columns of post and place: they name something, so that a dash or a question mark in one is a blank."""

_MOST_OF_ONE_NAME = 200
"""Rows of one name that are compared with each other."""

Cells: TypeAlias = Mapping[Meaning, tuple[str, ...]]
"""The filled cells of a row, by what they are."""

_NUMBERS: dict[Meaning, Kind] = {
    "mobile": "mobile",
    **dict.fromkeys(("channels", "email", "phone"), "phone"),
    "fax": "fax",
}
"""Column → what a number in it is."""


@dataclass(frozen=True)
class SheetReading:
    """How the contacts of one sheet are read.

    Attributes:
        last_first: Whether the heading of names says that the family name stands first.
    """

    days: DayReader
    last_first: bool = False


@dataclass
class ListedContact:
    """One contact of a list while it is read.

    Attributes:
        cells: The filled cells of its row.
        banner: A government or body that stood alone in a row above it; blank for none.
        tell: Is told what could not be read.
        taken: What its row leaves blank, from others of the same person: see `taken_from_others`.
    """

    cells: Cells
    banner: str
    reading: SheetReading
    tell: TellsDoubt
    taken: Cells = field(default_factory=dict)
    _statements: Statements = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _is_unsure: bool = False

    def stated(self) -> StatedRow:
        """Return the key and the content of the contact; refuse one of which nothing can be known."""
        key = self._key  # of the cells as written: a row stays that row whatever stands in others
        if self.taken:
            self.cells = {**self.cells, **self.taken}
            self._words.append(f"From another row of the list: {', '.join(self.taken).replace('_', ' and ')}.")
        self._leave_out_numbers()
        who, where = self._who(), self._where()
        ways, topics, seen = self._ways(), self._topics(), self._seen(where)
        body = self._body(where, ways)
        post = self._post(where, body, topics, has_holder=bool(who.persons))
        persons = self._persons(who, where, body, post, seen)
        self._vacancy(who, post, seen)
        for way in ways:
            is_theirs = way.is_carried or not (post or body)  # a post passes on, and its holder's mobile does not
            self._reach(way, persons if is_theirs else [post or body], where, topics)
        self._owner(body)
        self._note()
        if not any(isinstance(statement, EdgeStatement) for statement in self._statements):
            raise Refusal(
                "nothing of the row can be known: it names no post or body with a holder or a way to reach it",
                fix="fill the name, the title and organization, and an address",
                code=SILENT,
            )
        confidence: Confidence = "low" if self._is_unsure else "medium"
        return key, Content(tuple(self._statements), confidence=confidence, note=" ".join(self._words))

    def _leave_out_numbers(self) -> None:
        """Leave out a title or a division without a letter, as under a heading *Office* with telephones."""
        for meaning in ("title", "division"):
            if (text := self._text(meaning)) and not any(map(str.isalpha, text)):
                why, fix = "it is a number, no name", "write the name; check whether the columns have moved"
                self._doubt(meaning, text, why, fix)
                self.cells = {it: texts for it, texts in self.cells.items() if it != meaning}

    @property
    def _key(self) -> str:
        """What tells the row from others, without holding a name: who, and in which post of which body."""
        return mark(name_in(self.cells), *map(self._text, WHERE), self.banner)

    def _text(self, *meanings: Meaning) -> str:
        return text_in(self.cells, *meanings)

    def _doubt(self, what: Meaning, value: str, why: str, fix: str) -> None:
        self._is_unsure = True
        self.tell(what, value, why, fix)

    def _node(self, subject: str, **values: object) -> None:
        self._statements.append(node(subject, values))

    def _edge(self, kind: str, source: str, target: str, values: Values | None = None) -> None:
        self._statements.append(edge(kind, source, target, values))

    def _who(self) -> People:
        name = name_in(self.cells)
        who = people(name, last_first=self.reading.last_first or "last" in self.cells)
        for why, fix in who.doubts:
            self._doubt("last" if "last" in self.cells else "person", name, why, fix)
        first, last = self._text("first"), self._text("last")
        if last and len(first) > 1 and first.isupper() and not last.isupper():
            why = "the given name is written in capitals, as family names are; the two may stand in each other's place"
            self._doubt("first", first, why, "write the given name under its own heading")
        address = next(filter(None, map(form_of_address, self.cells.get("title", ()))), "")
        persons = (replace(person, address=person.address or address) for person in who.persons)
        return replace(who, persons=tuple(persons))

    @property
    def _place(self) -> Meaning:
        """The column in which title and organization, or the latter, stand."""
        places: tuple[Meaning, ...] = ("title_organization", "organization", "title", "country")
        return next((place for place in places if place in self.cells), "organization")

    def _where(self) -> NamedOffice:
        titles = (text for text in self.cells.get("title", ()) if not form_of_address(text))
        body, *others = self.cells.get("organization", ("",))
        where = office(
            self._text("title_organization"),
            title="; ".join(titles),
            body=body,
            division=self._text("division"),
            country=self._text("country"),
        )
        if where.unknown_country:  # held until somebody says that it is new, as everywhere
            government = f"{NAMED}:gov:{slug(where.unknown_country)}"
            self._node(government, name=where.unknown_country)
            where = replace(where, host=government) if where.is_mission else replace(where, government=government)
        for other in others:
            why, fix = "another column names the organization already", "name one organization to a row"
            self._doubt("organization", other, why, fix)
        for why, fix in where.doubts:
            self._doubt(self._place, self._text(self._place), why, fix)
        return under(where, self.banner)

    def _ways(self) -> list[ListedChannel]:
        channel_of: dict[tuple[str, str], ListedChannel] = {}
        for meaning, usual in _NUMBERS.items():
            for text in self.cells.get(meaning, ()):
                ways, left = channels(text, usual=usual)
                channel_of |= {(way.kind, way.value.casefold()): way for way in ways}
                for part, why, fix in left:
                    self._doubt(meaning, part, why, fix)
        return list(channel_of.values())

    def _topics(self) -> list[str]:
        topics: list[str] = []
        for text in self.cells.get("topics", ()):
            for part in [text] if folded(text) in topic_words() else parted(text, _TOPIC_PARTS):
                try:
                    topics.append(topic(part))
                except Refusal as refusal:
                    self._doubt("topics", part, refusal.reason, refusal.fix)
        return list(dict.fromkeys(topics))

    def _seen(self, where: NamedOffice) -> str:
        """Return the last day on which the contact was seen; what is no day is kept in words."""
        texts: list[tuple[Meaning, str]] = [("day", text) for text in self.cells.get("day", ())]
        for remark in where.remarks:
            if _DAY_WORDS.search(remark):
                texts.append((self._place, remark))
            else:
                self._words.append(f"Beside the title: {remark}.")
        seen = ""
        for what, text in texts:
            reading = self.reading.days.read(text)
            if reading.why:
                self._doubt(what, text, reading.why, reading.fix or "write it with its year where that is not meant")
            if not reading.day:
                self._words.append(f"Last contact, as written: {text}.")
            seen = max(seen, reading.day)
        return seen

    def _body(self, where: NamedOffice, ways: list[ListedChannel]) -> str:
        """Return the id of the body, and state it where no table knows it; blank where none is named."""
        if where.known or not where.body:
            return where.known or where.government
        apart = where.apart
        if where.kind == "body" and not where.government:
            # two governments have a ministry of one name: one mail domain shows that it is one and the same
            apart = apart or mark(mail_domain(ways) or self._key)[:8]
            self._doubt(self._place, where.body, "it is not said which government's it is", where.fix)
        body_id = f"named:{where.kind}:{'-'.join(filter(None, (apart, slug(where.body))))}"
        self._node(body_id, name=where.body, **where.places)
        return body_id

    def _post(self, where: NamedOffice, body: str, topics: list[str], *, has_holder: bool) -> str:
        """Return the id of the post, and state it; blank where none is named."""
        title = where.title
        if not title and not (has_holder and body):
            return ""
        if not title:
            title = UNTITLED
            fix = "write the title before the organization"
            self._doubt(self._place, where.body, f"no title is given, so the post is called {UNTITLED!r}", fix)
        if not body:
            why = "no organization is given, so the post belongs to none"
            self._doubt(self._place, title, why, "write the organization after the title")
        post = f"post:{slug(body.rpartition(':')[2]) if body else self._key}-{slug(title)}"
        role = "focal point" if "focal point" in folded(title) else ""
        self._node(post, name=title, role=role, topics=topics)
        if body:
            self._edge("POST_IN", post, body)
        return post

    def _persons(self, who: People, where: NamedOffice, body: str, post: str, seen: str) -> list[str]:
        """Return the ids of those who hold the post, and state them; whoever has left it is not stated."""
        if who.has_left:
            return []
        values: Values = {"capacity": "acting"} if who.is_acting or where.is_acting else {}
        if seen:
            values["attested_on"] = [seen]
        persons = []
        languages = parted(self._text("languages"), (";", "/", ","))
        for person in who.persons:
            # two governments have a ministry of one name, and people of one name in it
            apart = where.apart or (body if where.kind == "body" and not where.known else "")
            person_id = f"person:{mark(where.body or self._key, *([apart] if apart else []))}{mark(person.name)}"
            known = {"name": person.name, "family_name": person.family, "form_of_address": person.address}
            self._node(person_id, **known, languages=languages)
            if post:
                self._edge("HOLDS", person_id, post, dict(values))
            persons.append(person_id)
        return persons

    def _vacancy(self, who: People, post: str, seen: str) -> None:
        if not who.is_vacant or not post:
            return
        if seen:
            self._node(post, vacant_on=[seen])
        else:
            why = "the post is vacant, without a day"
            self._doubt("person", name_in(self.cells), why, "write in the column of days when it was seen vacant")

    def _reach(self, way: ListedChannel, owners: list[str], where: NamedOffice, topics: list[str]) -> None:
        if not owners:
            if way.is_carried:
                self._doubt("mobile" if "mobile" in self.cells else "phone", way.value, NOBODYS, "write whose it is")
            return
        point = f"contact:{mark(way.value)}"
        called = ", ".join(filter(None, (where.title or where.body, _CALLED.get(way.kind, way.kind))))
        values = {"channel": {"kind": way.kind, "value": way.value}, "topics": topics, "do_not_use": way.unusable}
        try:
            self._node(point, name=called, kind_of_owner="person" if way.is_carried else "", **values)
        except Misfit as misfit:
            self._doubt("channels", way.value, misfit.why, "write a whole e-mail address or number")
            return
        for owner in owners:
            self._edge("REACHED_AT", owner, point)

    def _owner(self, body: str) -> None:
        if not (text := self._text("owner")):
            return
        ours = bodies().resolve(_BRACKETS.sub("", text).strip()) or ""
        if ours and class_of_id(ours) == "PublicBody" and body not in ("", ours) and not _LEFT.search(text):
            self._edge("OWNS_RELATIONSHIP", ours, body, {"standing": "primary"})
            return
        left = ", and this one has left" if _LEFT.search(text) else ""
        why = f"a relationship is owned by an office or a post of ours, not by a person{left}"
        self._words.append(f"Point of contact in the office, as written: {text}.")
        self._doubt("owner", text, why, "write the office, such as IGA; what stands there is kept as a remark")

    def _note(self) -> None:
        """Say that a note was not stored; what it says is not repeated anywhere."""
        if not (text := self._text("notes")):
            return
        why = "a note may hold anything, private matters too, so it was not stored"
        fix = "write what belongs in the graph under its own column"
        self._is_unsure |= bool(speaks_of_change := _CHANGED.search(text))
        self.tell("notes", "", f"{why}; it seems to speak of a change" if speaks_of_change else why, fix)


def text_in(cells: Cells, *meanings: Meaning) -> str:
    """Return the text of the first of these columns that is filled."""
    return next(("; ".join(cells[meaning]) for meaning in meanings if meaning in cells), "")


def name_in(cells: Cells) -> str:
    """Return the name that a row has, the family name first where that has a column."""
    if "last" in cells:
        return ", ".join(filter(None, (text_in(cells, "last"), text_in(cells, "first"))))
    return text_in(cells, "person", "first")


def taken_from_others(rows: Sequence[tuple[Cells, str, bool]]) -> list[dict[Meaning, tuple[str, ...]]]:
    """Return what each row leaves blank of post and place, and other rows of the same person say.

    These have the same name, below the same line that stands alone; an address or else the post is the same, and
    nothing differs. Where several of them say different things, it stays blank.

    Args:
        rows: Cells, what stood alone above them, and whether the family name stands first.
    """
    taken: list[dict[Meaning, tuple[str, ...]]] = [{} for _ in rows]
    named = [(people(name_in(cells), last_first=last_first).persons, above) for cells, above, last_first in rows]
    alone = [at for at, (persons, _) in enumerate(named) if len(persons) == 1]
    for places in by_key(alone, lambda at: (folded(named[at][0][0].name), named[at][1])).values():
        is_open = 1 < len(places) <= _MOST_OF_ONE_NAME
        while is_open:  # what one row tells may show that another is of the same person
            about = {at: _About.of({**rows[at][0], **taken[at]}) for at in places}
            is_open = False
            for at, own in about.items():
                others = [other for other in places if other != at and own.is_of(about[other])]
                for meaning in (it for it in WHERE if it not in own.where):
                    said = {about[it].where[meaning]: it for it in others if meaning in about[it].where}
                    if len(said) == 1:
                        [other] = said.values()
                        taken[at][meaning] = {**rows[other][0], **taken[other]}[meaning]
                        is_open = True
    _take_countries([row[0] for row in rows], taken)
    return taken


def _take_countries(rows: Sequence[Cells], taken: Sequence[dict[Meaning, tuple[str, ...]]]) -> None:
    """Give an organization that no table knows the one country that the list has beside its name in other rows.

    A public body is left: whose a Ministry of Justice is, is asked.
    """
    alone = [at for at, cells in enumerate(rows) if "organization" in cells and "title_organization" not in cells]
    for places in by_key(alone, lambda at: folded(text_in(rows[at], "organization"))).values():
        countries = {text_in(rows[at], "country") for at in places} - {""}
        where = office(body=text_in(rows[places[0]], "organization"))
        if len(countries) == 1 and not where.known and where.kind != "body":
            for at in places:
                if "country" not in rows[at]:
                    taken[at]["country"] = (*countries,)


@dataclass(frozen=True)
class _About:
    """What tells whom a row is about: its filled cells of post and place, and the forms of its addresses by kind."""

    where: Mapping[Meaning, str]
    reached: Mapping[Kind, set[str]]

    @classmethod
    def of(cls, cells: Cells) -> "_About":
        texts = {meaning: text_in(cells, meaning) for meaning in WHERE if meaning in cells}
        readers = {"organization": "body", "country": "government"}
        where = {it: known_as(readers.get(it, "named"), text) or folded(text) for it, text in texts.items()}
        every = (way for it, usual in _NUMBERS.items() for way in channels(text_in(cells, it), usual=usual)[0])
        by_kind = by_key(every, lambda way: way.kind)
        return cls(where, {kind: set().union(*(forms_of(way.value) for way in ways)) for kind, ways in by_kind.items()})

    def is_of(self, other: "_About") -> bool:
        """True if two rows of one name are of one person: an address or else the post is the same, nothing differs."""
        shared, kinds = self.where.keys() & other.where.keys(), self.reached.keys() & other.reached.keys()
        together = {"title_organization"} & (self.where.keys() | other.where.keys())
        if any(self.where[it] != other.where[it] for it in shared) or (together and not shared <= together):
            return False
        is_post = "title_organization" in shared or {"title", "organization"} <= shared
        return any(self.reached[it] & other.reached[it] for it in kinds) or (is_post and not kinds)
