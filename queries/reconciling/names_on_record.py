"""Names of parties and agreements that a load brings, looked up by the rules by which lists are reconciled."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA, Prefix

from iga.graph.domain.catalog import NODES, fits
from iga.graph.domain.parties import PublicBody, alpha3_of
from iga.graph.names.asked import LISTED, UNTITLED, AskedHolder, AskedName, KnownHolder, KnownName
from iga.graph.names.comparison import Comparison, compared
from iga.graph.names.index import Only
from iga.graph.names.known_words import peoples
from iga.graph.names.naming import called
from iga.graph.names.parts import parts_of
from iga.graph.names.ranking import exactly, meant, ranked
from iga.graph.text import folded
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, Entity, FullEdgeRow
from iga.queries.core.reads import BODIES_OF_POSTS, CHANNELS_OF, POSTS_HELD_BY
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session
from iga.queries.reconciling.doubts import is_literal, is_spelled_so, lacks_owner
from iga.queries.reconciling.near_bodies import bodies_near
from iga.queries.reconciling.reconcile import Likely
from iga.queries.reconciling.schema import COUNTRY
from iga.queries.reconciling.table_rows import SHOWN, Name, Narrowed, decided

_PEOPLE = Only(classes=frozenset({"Person"}))


def holders_on_record(session: Session, people: Sequence[AskedHolder]) -> Mapping[AskedHolder, KnownHolder]:
    """Return who each is: the one person who fits. Who is on record under the row's own id already is left out."""
    return {asked: known for asked in people if (known := _holder(session, asked))}


def _holder(session: Session, asked: AskedHolder) -> KnownHolder | None:
    hits = (hit for name in _turned(asked.name) for hit in session.looked_up(exactly, name, _PEOPLE))
    named = list({hit.id: hit for hit in hits if hit.how == "name" and hit.is_own and hit.is_whole}.values())
    if not named or asked.id in {hit.id for hit in named}:
        return None
    edges = Edges(session, "")
    posts_by_person = edges.ever(POSTS_HELD_BY, [hit.id for hit in named])
    bodies = edges.ever(BODIES_OF_POSTS, [post.id for posts in posts_by_person.values() for post in posts])
    things = entities(session, {asked.body, *(body.id for held in bodies.values() for body in held)})
    own = things.get(asked.body)
    bodies_called = {folded(match.matched) for match in called(own.cls, own.values)} if own else set()
    known: list[KnownHolder] = []
    for hit in named:
        every = [things[id_] for post in posts_by_person.get(hit.id, ()) for id_ in _ids(bodies.get(post.id, ()))]
        is_listed = bool(LISTED.fullmatch(hit.id))
        every_post = posts_by_person.get(hit.id, ())
        here = [post for post in every_post if asked.body in _ids(bodies.get(post.id, ()))]
        if is_listed and (_are_of_two(own, every) or (here and _is_of_another_country(asked, hit.id))):
            continue
        same = next((post for post in here if folded(asked.title) in _titles(post, bodies_called)), None)
        is_open = is_listed and _leaves_open(asked, every) and _agrees(asked.title, every_post)
        ways = {folded(it) for it in asked.addresses}
        is_reached = (here or is_open) and _addresses(edges, [hit.id, *_ids(every_post if is_open else here)]) & ways
        if is_reached and not (same or asked.title):
            same = next(iter(here or every_post)) if len(here or every_post) == 1 else None
        if same or is_reached:
            post = KnownName(same.id, same.cls, same.name) if same and asked.post else None
            known.append(KnownHolder(KnownName(hit.id, hit.cls, hit.name), post))
    return known[0] if len(known) == 1 else None


def _is_of_another_country(asked: AskedHolder, known: str) -> bool:
    """True if two lists name other countries beside one body that the tables know: ids tell these apart."""
    is_placed = asked.without_country and LISTED.fullmatch(asked.id)
    return bool(is_placed) and asked.without_country.isdisjoint((asked.id, known))


def _leaves_open(asked: AskedHolder, bodies: Sequence[Entity]) -> bool:
    """True if a row, or those before it, name no body but perhaps a government, and no two governments are named."""
    theirs = {it.id if it.cls == "Government" else _home(it) for it in bodies} - {""}
    is_of_two = asked.government and theirs and asked.government not in theirs
    is_blank = asked.body in ("", asked.government) or all(it.cls == "Government" for it in bodies)
    return is_blank and not is_of_two


def _agrees(title: str, posts: Sequence[FullEdgeRow]) -> bool:
    """True if somebody of these posts may have a title: one is called so, or it or theirs is left blank."""
    titled = [post for post in posts if post.name != UNTITLED]
    return not (title and titled) or any(folded(title) in _titles(post, ()) for post in titled)


def _are_of_two(own: Entity | None, bodies: Iterable[Entity]) -> bool:
    """True if bodies of one's name are of two countries, or in two: earlier versions made one of their namesakes."""
    namesakes = [it for it in bodies if own and folded(it.name) == folded(own.name)]
    fields = ("government", "country", "host")
    return len({tuple(str(it.values.get(name) or "") for name in fields) for it in namesakes}) > 1


def _turned(name: str) -> Iterator[str]:
    """Yield a name as written, then with its last words first: Mensah Kofi, of Kofi Mensah."""
    words = name.replace(",", " ").split()
    yield name
    yield from (" ".join((*words[at:], *words[:at])) for at in range(1, len(words)))


def _ids(edges: Iterable[EdgeRow]) -> set[str]:
    return {edge.id for edge in edges}


def _titles(post: FullEdgeRow, bodies: Collection[str]) -> set[str]:
    """Return what a post is called, with and without its body behind it, and the initials of that: ED."""
    names = {folded(name) for name in (post.name, *(post.values.get("titles") or ()))}
    for name in tuple(names):
        head, of, body = name.partition(" of ")
        names |= {head} if of and body.removeprefix("the ") in bodies else set()
    return names | {"".join(word[0] for word in name.split()) for name in names if " " in name}


def _addresses(edges: Edges, owners: Iterable[str]) -> set[str]:
    return {folded(str(point.values.get("channel_value") or "")) for point in edges.every(CHANNELS_OF, owners)} - {""}


_PARTIES = tuple(
    node.label() for node in NODES if fits(node.label(), ("Party",)) and node.label() not in ("Person", "Government")
)
_AGREEMENTS = tuple(node.label() for node in NODES if fits(node.label(), ("Agreement",)))
_OPEN = "Organization"
_EMBASSY = frozenset({"embassy", "ambassade", "embajada", "embaixada"})
_SMALL = frozenset(["the", "of", "in", "to", "royal", "republic", "kingdom", "state", "de", "du", "la", "au", "en"])
_MET = 60


_SLIP_FROM, _TWO_SLIPS_FROM, _STEM, _MOST_ENDING = 5, 7, 5, 4
"""Letters of a word in which one may be wrong, and two; of the stem of its forms, and of what stands behind it."""


def is_a_word_off(first: str, second: str) -> bool:
    """Return True if two names of several words differ in one, by a slip or its form: Refugee Counsel, Council.

    A country, a people or a number in its place makes another body of it.
    """
    one, other = (parts_of(name, "organization").words for name in (first, second))
    pairs = [pair for pair in zip(one, other, strict=False) if pair[0].latin != pair[1].latin]
    if len(one) != len(other) or len(one) < 2 or len(pairs) != 1:
        return False
    [words] = pairs
    if any(word.kind != "word" or word.latin in peoples() for word in words):
        return False
    shorter, longer = sorted((word.latin for word in words), key=len)
    slips = 2 if len(shorter) >= _TWO_SLIPS_FROM else 1
    is_slip = len(shorter) >= _SLIP_FROM and OSA.distance(shorter, longer) <= slips
    stem = Prefix.similarity(shorter, longer)
    return is_slip or (stem >= _STEM and len(longer) - stem <= _MOST_ENDING)


# Read at once for a load: no index names whose they are, nor where.
EMBASSIES = all_of(PublicBody, "it.body_kind = 'embassy'", Everything)


class NamesOfSession:
    """Looks up names in the graph of a session."""

    def __init__(self, session: Session) -> None:
        """Look names up in a session."""
        self._session = session

    def meant(self, names: Sequence[AskedName]) -> Mapping[AskedName, KnownName]:
        """Return the party that each name means, or, doubted, one that bears it; names that nothing has are absent.

        What alone bears the very name, letter by letter, is meant whatever country stands beside it where the source
        only guesses what it is; else, spelled otherwise, and where it is a public body, it is doubted. Every government
        has a ministry of one name: of a body whose government is stated, those of others are no namesakes.
        """
        known = {name: it for name in names if name.host and (it := self._embassy(name))}
        asked = (name for name in names if name not in known)
        bearing = [name for name in asked if self._is_called(name)]  # most names of a load are new, and soon seen to be
        likely = {name: self._likely(name) for name in bearing}
        return known | {
            name: it for name, (is_sure, ones) in likely.items() if (it := self._meant(name, is_sure, ones))
        }

    def _meant(self, name: AskedName, is_sure: bool, likely: Sequence[Likely]) -> KnownName | None:
        if is_sure and _fits(name, likely[0]):
            return _known(likely[0])
        same = [one for one in likely if self._bears(name, one)]
        if not same:
            return None
        is_own = name.is_kind_guessed and is_literal(name.text, same[0].hit, same[0].thing)
        is_meant = len(same) == 1 and is_own and same[0].thing.cls != "PublicBody"
        return replace(_known(same[0]), is_doubted=not is_meant)

    def _bears(self, name: AskedName, one: Likely) -> bool:
        """True if a thing bears the name, and is not one of those that every government has, of another one."""
        if one.hit.how not in ("name", "alias") or not is_spelled_so(name.text, one.hit, one.thing):
            return False
        is_other = one.verdicts.get(COUNTRY) == "differs"
        return not (is_other and lacks_owner(self._session, one.thing, name.text, how=one.hit.how))

    def _embassy(self, name: AskedName) -> KnownName | None:
        """Return the one embassy of a government in a country, where a name says no more than that it is the one."""
        every = self._session.read(EMBASSIES, Everything()) if _EMBASSY & {*folded(name.text).split()} else []
        where = (name.government, name.host)
        known = [it for it in every if (it.values.get("government"), it.values.get("host")) == where]
        if len(known) != 1:
            return None
        [embassy] = known
        called_so = [*entities(self._session, (name.government, name.host)).values(), embassy]
        names = [match.matched for it in called_so for match in called(it.cls, it.values)]
        names += [people for people, ids in peoples().items() if name.government in ids]
        said = {word for text in (*names, str(embassy.values.get("location") or "")) for word in folded(text).split()}
        return _known_as(embassy) if {*folded(name.text).split()} <= said | _EMBASSY | _SMALL else None

    def near(self, name: AskedName) -> Sequence[KnownName]:
        """Return the parties that a name may have been meant for, the likeliest first, at most three."""
        likely = [_known(one) for one in self._likely(name)[1]]
        if name.cls == "Government" or name.cls in _AGREEMENTS:
            return likely
        only = Only(classes=frozenset(_kinds(name)))
        hits = self._session.looked_up(ranked, name.text, only)[:_MET]
        things = entities(self._session, [hit.id for hit in hits])
        rated = [(_compared(name, hit.matched, things[hit.id]), hit) for hit in hits if hit.id in things]
        judged = ((it, hit, it.tier == "likely" or is_a_word_off(name.text, hit.matched)) for it, hit in rated)
        alike = sorted(
            (it.points, hit.name, hit.id, hit.cls, is_alike)
            for it, hit, is_alike in judged
            if is_alike or it.tier != "unlike"
        )
        near = [KnownName(id_, cls, printed, is_alike=is_alike) for _, printed, id_, cls, is_alike in alike]
        slips = bodies_near(self._session, name.text, name.government)
        near = [*(replace(_known_as(it), is_alike=True) for it in slips), *near]
        first: dict[str, KnownName] = {}
        for one in (*(one for one in likely if one.is_exact), *near, *likely):
            first.setdefault(one.id, one)
        return list(first.values())[:SHOWN]

    def holders(self, people: Sequence[AskedHolder]) -> Mapping[AskedHolder, KnownHolder]:
        """Return who is the one person of that very name in that body, in that post or at that address."""
        return holders_on_record(self._session, people)

    def _is_called(self, name: AskedName) -> bool:
        only = Only(classes=frozenset(_kinds(name)))
        return bool(self._session.looked_up(meant, name.text, only))

    def _likely(self, name: AskedName) -> tuple[bool, tuple[Likely, ...]]:
        [found] = decided(self._session, [Name(name.text, name.government)], Narrowed(_kinds(name)))
        return found.decision == "sure", found.candidates


def _kinds(name: AskedName) -> tuple[str, ...]:
    if name.cls in _AGREEMENTS:
        return _AGREEMENTS
    # AU is Australia as well as the African Union, to whoever does not say which kind is meant
    return ("Government",) if name.cls == "Government" else (*_PARTIES, "Government")


def _compared(name: AskedName, matched: str, thing: Entity) -> Comparison:
    """Return how a name compares with the likest of a thing; one at home elsewhere is at most possible."""
    codes = (alpha3_of(name.government), alpha3_of(_home(thing)))
    names = {matched, thing.name, *(match.matched for match in called(thing.cls, thing.values) if match.how == "alias")}
    rated = (compared(name.text, other, "organization", homes=codes) for other in sorted(names))
    best = min(rated, key=lambda one: one.points)
    is_other = all(codes) and codes[0] != codes[1] and best.tier == "likely"
    return replace(best, tier="possible") if is_other else best


def _home(thing: Entity) -> str:
    return str(thing.values.get("government") or thing.values.get("country") or "")


def _known_as(thing: Entity) -> KnownName:
    return KnownName(thing.id, thing.cls, thing.name)


def _known(one: Likely) -> KnownName:
    return KnownName(one.thing.id, one.thing.cls, one.thing.name, one.is_exact)


def _fits(name: AskedName, one: Likely) -> bool:
    """True if what is meant may be of the class that the source says."""
    return name.is_kind_guessed or name.cls == one.thing.cls or _OPEN in (name.cls, one.thing.cls)
