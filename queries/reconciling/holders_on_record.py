"""People of a load who are somebody on record: of the very name in any order, in one post or at its address."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from iga.graph.names.asked import AskedHolder, KnownHolder, KnownName
from iga.graph.names.index import Only
from iga.graph.names.naming import called
from iga.graph.names.ranking import exactly
from iga.graph.text import folded
from iga.queries.core.printed_names import entities
from iga.queries.core.reading import EdgeRow, FullEdgeRow
from iga.queries.core.reads import BODIES_OF_POSTS, CHANNELS_OF, POSTS_HELD_BY
from iga.queries.core.scope import Edges
from iga.queries.core.session import Session

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
    body = entities(session, [asked.body]).values()
    bodies_called = {folded(match.matched) for it in body for match in called(it.cls, it.values)}
    known: list[KnownHolder] = []
    for hit in named:
        posts = [post for post in posts_by_person.get(hit.id, ()) if asked.body in _ids(bodies.get(post.id, ()))]
        same = next((post for post in posts if folded(asked.title) in _titles(post, bodies_called)), None)
        if same or (posts and _addresses(edges, [hit.id, *_ids(posts)]) & {folded(it) for it in asked.addresses}):
            post = KnownName(same.id, same.cls, same.name) if same else None
            known.append(KnownHolder(KnownName(hit.id, hit.cls, hit.name), post))
    return known[0] if len(known) == 1 else None


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
