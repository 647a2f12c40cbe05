"""Names that no table knows, while a load is read: matched with what is on record, kept back, or told as new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from msgspec.structs import replace
from rapidfuzz import fuzz

from iga.graph.domain.catalog import EDGE, NODE, NODES, fits
from iga.graph.errors import IgaError
from iga.graph.names.asked import LISTED, UNTITLED, AskedHolder, AskedName, KnownHolder, KnownName, NamesOnRecord
from iga.graph.names.kinds import plain
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Statement, Values
from iga.graph.suggestions import nearest
from iga.graph.text import folded
from iga.ingest.name_tables import coded_government, government_names, governments, keys_of_bodies
from iga.ingest.rejections import NOT_KNOWN, Refusal, short
from iga.ingest.reports import MOST_UNKNOWN, NameMatched, UnknownName
from iga.ingest.subjects import BODY_CLASSES, NAMED, kind_of_id, mark, slug


def holders_in(content: Content) -> Iterator[AskedHolder]:
    """Yield the people whom a row names, in a post of a body, with the addresses that it gives the post or them.

    Whoever has no post, or one of no body, is asked for where a list of contacts has them: its cells may be blank.
    """
    nodes = {one.id: one for one in content.statements if isinstance(one, NodeStatement)}
    edges = [one for one in content.statements if isinstance(one, EdgeStatement)]
    bodies = {one.source: one.target for one in edges if one.type == "POST_IN"}
    held = [(one.source, one.target) for one in edges if one.type == "HOLDS"]
    without = ((id_, "") for id_ in nodes if LISTED.fullmatch(id_) and id_ not in {person for person, _ in held})
    for person, post in (*held, *without):
        name = str(nodes[person].values.get("name") or "") if person in nodes else ""
        if not name or not (post in bodies or LISTED.fullmatch(person)) or (post and post not in nodes):
            continue
        ways = (one.target for one in edges if one.type == "REACHED_AT" and one.source in (person, post))
        body, title = bodies.get(post, ""), str(nodes[post].values.get("name") or "") if post else ""
        plain = (f"person:{mark(key)}{mark(name)}" for key in keys_of_bodies().get(body, ()))
        addresses = frozenset(_addresses(map(nodes.get, ways)))
        title = "" if title == UNTITLED else title
        yield AskedHolder(person, post, name, body, title, addresses, _government(nodes, body), frozenset(plain))


def _government(nodes: Mapping[str, NodeStatement], body: str) -> str:
    told = nodes[body].values if body in nodes else {}
    return body if body.startswith("gov:") else str(told.get("government") or told.get("country") or "")


def _addresses(points: Iterator[NodeStatement | None]) -> Iterator[str]:
    channels = (point.values.get("channel") for point in points if point)
    yield from (str(channel["value"]) for channel in channels if isinstance(channel, Mapping) and channel.get("value"))


Unknown = Literal["named", "made", "hold", "reject"]
"""What becomes of a name that nothing has: it is a new party; one that is never looked up; its row is kept back until
somebody says that it is new; its row is rejected."""


class NamedSubject(NamedTuple):
    """A subject that no table knows, and what becomes of it where nothing on record has its name."""

    cls: str
    name: str
    marking: int
    unknown: Unknown


USUAL: Mapping[str, Unknown] = dict.fromkeys(("gov", *(NODE[cls].kind for cls in BODY_CLASSES)), "hold")
"""By kind: governments and their bodies do not come up every day, misspelt ones do."""

OF_REPORTS: Mapping[str, Unknown] = {"gov": "hold"}
"""The same of files in which publishers report whom they pay: bodies that are new are what they are read for."""

_LOOKED_UP = frozenset(node.label() for node in NODES if fits(node.label(), ("Party", "Agreement"))) - {"Person"}

_OPEN = "Organization"
"""Class of those of whom a list does not say what they are: whom an agency paid."""

_MOST_COMPARED = 1_000
"""Names of other classes that are compared letter by letter with all that is on record: some 50 ms each."""

_SPELT_LIKE = 85
"""Likeness from 0 to 100 of a name that is a slip for another: one letter in seven."""

OpensNames: TypeAlias = Callable[[], AbstractContextManager[NamesOnRecord]]


@dataclass
class _Outcome:
    """What became of one name: the party that it means, one that only bears it, or what it may have been meant for."""

    asked: AskedName
    known: KnownName | None = None
    doubted: KnownName | None = None
    near: tuple[KnownName, ...] = ()
    rows: int = 0
    is_held: bool = False


@dataclass
class NamesOfLoad:
    """The names of one load.

    Attributes:
        opens: Opens what looks names up; None where nothing does.
        unknown: What becomes of unknown ones, by id, and by kind where the id is not there.
        new: Names that whoever loads says are new.
    """

    opens: OpensNames | None
    unknown: Mapping[str, Unknown]
    new: frozenset[str] = frozenset()
    is_kind_guessed: bool = False
    failed: str = ""
    _outcomes: dict[str, _Outcome] = field(default_factory=dict)
    _holders: dict[AskedHolder, KnownHolder] = field(default_factory=dict)
    _met: dict[tuple[str, str], list[AskedHolder]] = field(default_factory=dict)
    _same: dict[str, AskedHolder] = field(default_factory=dict)

    def resolved(self, contents: Sequence[Content]) -> list[Content | Refusal]:
        """Return what rows say, parties on record in place of new ones of their names; or why one is not taken."""
        asked = {subject: name for content in contents for subject, name in self._asked(content)}
        self._look_up({subject: name for subject, name in asked.items() if subject not in self._outcomes})
        settled = [self._settled(content) for content in contents]
        self._look_up_holders(
            [one for content in settled if isinstance(content, Content) for one in holders_in(content)]
        )
        return [self._with_holders(content) if isinstance(content, Content) else content for content in settled]

    def _asked(self, content: Content) -> Iterator[tuple[str, AskedName]]:
        """Give the parties and agreements of a row that are known by their name alone, with the name."""
        for one in content.statements:
            if not isinstance(one, NodeStatement) or one.cls not in _LOOKED_UP:
                continue
            text = str(one.values.get("name") or "")
            if text and is_of_its_name(one.id, text) and self._policy(one.id) != "made":
                government = str(one.values.get("government") or one.values.get("country") or "") or _apart(
                    one.id, text
                )
                host = str(one.values.get("host") or "")
                yield one.id, AskedName(text, one.cls, str(government), host, self.is_kind_guessed)

    def _policy(self, subject: str) -> Unknown:
        if own := self.unknown.get(subject):
            return own
        kind = kind_of_id(subject)
        # whoever gives a body an id of its own says that there is one
        return self.unknown.get(kind, "named") if kind == "gov" or subject.startswith(f"{NAMED}:") else "named"

    def _look_up(self, asked: Mapping[str, AskedName]) -> None:
        if not asked:
            return
        try:
            known, near = self._on_record(asked)
        except IgaError as error:  # rows are kept whether or not the graph answers
            self.failed, known, near = error.message, {}, {}
        for subject, name in asked.items():
            it = known.get(name)
            sure, doubted = (None, it) if it and it.is_doubted else (it, None)
            self._outcomes[subject] = _Outcome(name, sure, doubted, near.get(name) or tuple(_near_tables(name)))

    def _on_record(
        self, asked: Mapping[str, AskedName]
    ) -> tuple[Mapping[AskedName, KnownName], dict[AskedName, tuple[KnownName, ...]]]:
        if self.opens is None:
            return {}, {}
        with self.opens() as names:
            known = names.meant(list(dict.fromkeys(asked.values())))
            unknown = {subject: name for subject, name in asked.items() if name not in known or known[name].is_doubted}
            before = sum(1 for outcome in self._outcomes.values() if outcome.known is None)
            shown = [
                name
                for place, (subject, name) in enumerate(unknown.items(), before)
                if place < (MOST_UNKNOWN if name.cls == _OPEN and not name.is_kind_guessed else _MOST_COMPARED)
                or name in known
                or self._policy(subject) in ("hold", "reject")
            ]
            return known, {name: _coded(name) or tuple(names.near(name)) for name in dict.fromkeys(shown)}

    def _settled(self, content: Content) -> Content | Refusal:
        named = [subject for subject, _ in self._asked(content)]
        for subject in named:
            self._outcomes[subject].rows += 1
        for subject in named:
            outcome = self._outcomes[subject]
            if outcome.known is None and (refusal := self._refusal(subject, outcome)):
                outcome.is_held = True
                return refusal
        edges = [one for one in content.statements if isinstance(one, EdgeStatement)]
        meant = {
            subject: known
            for subject in dict.fromkeys((*named, *(end for one in edges for end in (one.source, one.target))))
            if subject in self._outcomes
            and (known := self._outcomes[subject].known)
            and known.id != subject
            and all(_may_stand(known, subject, one) for one in edges)
        }
        return replace(content, statements=tuple(_renamed(content.statements, meant))) if meant else content

    def _refusal(self, subject: str, outcome: _Outcome) -> Refusal | None:
        policy, text = self._policy(subject), outcome.asked.text
        if policy == "named" and (outcome.doubted or any(_is_nearly(outcome.asked, known) for known in outcome.near)):
            policy = "hold"  # Ghanna among participants is no organization, and neither is Korea
        if policy == "named" or (policy == "hold" and folded(text) in self.new):
            return None
        reason = f"no {plain(outcome.asked.cls)} is known as {short(text)!r}"
        near = " or ".join(f"{known.name} ({known.id})" for known in outcome.near)
        fix = f"write {near} if that is meant" if near else "write its name, code or id as `iga find` shows it"
        if outcome.asked.cls == "Government" and (coded := coded_government(text)):
            standard, _, name = coded
            reason += f", which is the {'FIPS (GEC)' if standard == 'fips' else 'GENC'} code of {name}"
            fix = f"say `codes: {standard}` beside `read: government` in the mapping"
            fix += ": other codes of the column may then mean other governments than those taken"
        if same := outcome.doubted:
            reason = f"{same.name} ({same.id}), {plain(same.cls)}, is called so; the row says another country or kind"
            fix = f"if it is meant, write {same.name} and correct its country or its kind, or take these out"
        if policy == "hold":
            fix += f"; where it is new, load with --new {short(text)!r}"
        elif folded(text) in self.new:
            fix += "; the mapping says `unknown: reject`, so --new does not take it"
        return Refusal(reason, fix=fix, code=NOT_KNOWN, value=text)

    def _look_up_holders(self, asked: Sequence[AskedHolder]) -> None:
        if self.opens is None or not asked:
            return
        try:
            with self.opens() as names:
                self._holders |= names.holders(list(dict.fromkeys(asked)))
        except IgaError as error:  # as above
            self.failed = error.message

    def _with_holders(self, content: Content) -> Content:
        """Return what a row says with people on record, and their posts, in place of new ones."""
        meant: dict[str, KnownName] = {}
        for asked in holders_in(content):
            if known := self._holders.get(asked):
                meant |= {asked.id: known.person} | ({asked.post: known.post} if known.post else {})
            elif met := self._met_before(asked):
                meant |= {asked.id: KnownName(met.id, "Person", met.name)}
                meant |= {asked.post: KnownName(met.post, "Post", met.title)} if met.title == asked.title else {}
        meant = {subject: known for subject, known in meant.items() if known.id != subject}
        return replace(content, statements=tuple(_renamed(content.statements, meant))) if meant else content

    def _met_before(self, asked: AskedHolder) -> AskedHolder | None:
        """Return whom of the rows before it a row of a contact list means, where these spell the body otherwise."""
        if not (LISTED.fullmatch(asked.id) and asked.body):
            return None
        met = self._met.setdefault((folded(asked.name), asked.body), [])
        if asked.id not in self._same and all(it.id != asked.id for it in met):
            ways = {folded(way) for way in asked.addresses}
            for it in met:
                is_of_two = asked.without_country and asked.without_country.isdisjoint((asked.id, it.id))
                titles = {it.title, asked.title} - {""}
                if ways & {folded(way) for way in it.addresses} and len(titles) < 2 and not is_of_two:
                    self._same[asked.id] = it
                    break
            else:
                met.append(asked)
        return self._same.get(asked.id)

    def not_known(self) -> tuple[UnknownName, ...]:
        """Return the names that nothing on record has, the first ones, in the order in which they came."""
        unknown = (outcome for outcome in self._outcomes.values() if outcome.known is None)
        return tuple(
            UnknownName(
                name=short(outcome.asked.text),
                cls=outcome.asked.cls,
                rows=outcome.rows,
                is_held=outcome.is_held,
                near=tuple(f"{known.name} ({known.id})" for known in outcome.near),
            )
            for outcome in unknown
        )

    def taken(self) -> tuple[NameMatched, ...]:
        """Return the names that were taken for a party on record which prints another one, and for people on record."""
        known = ((outcome.asked.text, outcome.known) for outcome in self._outcomes.values())
        parties = ((text, it) for text, it in known if it and it.name != text)
        people = ((asked.name, known.person) for asked, known in self._holders.items())
        return tuple(NameMatched(name=short(text), id=it.id, printed=it.name) for text, it in (*parties, *people))

    def notes(self) -> Iterator[str]:
        """Give the sentence that names were not compared with what is on record, where that failed."""
        if self.failed:
            yield f"names were compared with the bundled tables alone, not with what is on record: {self.failed}"


def _coded(name: AskedName) -> tuple[KnownName, ...]:
    """Return the government that a name is a code of in another standard than ISO's; none where it is none."""
    coded = coded_government(name.text) if name.cls == "Government" else None
    return (KnownName(coded[1], name.cls, coded[2]),) if coded else ()


def _near_tables(name: AskedName) -> list[KnownName]:
    """Return the governments of the bundled table that a name is a slip for: the graph may not hold them yet."""
    ids = {printed: governments().resolve(printed) for printed in nearest(name.text, government_names())}
    near = [KnownName(subject, "Government", printed) for printed, subject in ids.items() if subject]
    slips = [known for known in near if _may_be(name.text, known)]
    return slips or (near if name.cls == "Government" else [])


def _may_be(text: str, known: KnownName) -> bool:
    """True if a name is one of a government's, a slip for one, or a part of one that others share."""
    words, name = folded(text), folded(known.name)
    return known.is_exact or fuzz.ratio(words, name) >= _SPELT_LIKE or set(words.split()) <= set(name.split())


def _is_nearly(asked: AskedName, known: KnownName) -> bool:
    """True if a name may be a slip for one on record; of whom a list only paid, such a one is no partner."""
    if known.cls == "Government":
        return _may_be(asked.text, known)
    return known.is_alike and (asked.cls != _OPEN or asked.is_kind_guessed or known.cls in BODY_CLASSES)


def is_of_its_name(subject: str, name: str) -> bool:
    """True if an id is made of a name alone: ``named:ngo:example-relief``, ``ngo:example-relief``."""
    if subject.startswith(f"{NAMED}:"):
        end = slug(name)
        return bool(end) and subject.endswith((f":{end}", f"-{end}"))
    _, _, end = subject.partition(":")
    # most ids are made of numbers; a slug takes longer to make than this takes to see
    return end[:1] == name[:1].lower() and end == slug(name)


def _apart(subject: str, name: str) -> str:
    """Return the government that an id says a body is of: ``named:body:gha-ministry-of-justice``; blank for none."""
    before = subject.rpartition(":")[2].removesuffix(slug(name)).strip("-")
    return governments().codes.get(before.upper(), "") if len(before) == 3 else ""


def _may_stand(known: KnownName, subject: str, edge: EdgeStatement) -> bool:
    """True if a party can stand where a row has a subject in a relationship."""
    declared = EDGE[edge.type]
    ends = ((edge.source, declared.source), (edge.target, declared.target))
    return all(fits(known.cls, labels) for end, labels in ends if end == subject)


def _renamed(statements: Sequence[Statement], meant: Mapping[str, KnownName]) -> Iterator[Statement]:
    """Give statements of the parties that are meant: their name stays that on record, other fields are added to it."""
    for one in statements:
        if isinstance(one, EdgeStatement):
            source, target = (meant[end].id if end in meant else end for end in (one.source, one.target))
            if source != target:
                yield replace(one, source=source, target=target)
        elif isinstance(one, NodeStatement) and one.id in meant:
            known = meant[one.id]
            rules = NODE[known.cls].rules().keys() - {"name"}
            values = {name: value for name, value in one.values.items() if name in rules}
            if values or len(statements) == 1:
                yield replace(one, cls=known.cls, id=known.id, values=_pointed(values, meant))
        elif isinstance(one, NodeStatement):
            yield replace(one, values=_pointed(one.values, meant))
        else:
            yield one


def _pointed(values: Values, meant: Mapping[str, KnownName]) -> Values:
    return {
        name: meant[value].id if isinstance(value, str) and value in meant else value for name, value in values.items()
    }
