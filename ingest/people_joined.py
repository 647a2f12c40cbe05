"""Who in a row of a load is somebody on record: the same name, letter by letter, in the same post or at its address."""

from collections.abc import Iterator, Mapping

from iga.graph.names.asked import AskedHolder
from iga.graph.statements import Content, EdgeStatement, NodeStatement


def holders_in(content: Content) -> Iterator[AskedHolder]:
    """Yield the people whom a row has in a post of a body, with the addresses that it gives the post or them."""
    nodes = {one.id: one for one in content.statements if isinstance(one, NodeStatement)}
    edges = [one for one in content.statements if isinstance(one, EdgeStatement)]
    bodies = {one.source: one.target for one in edges if one.type == "POST_IN"}
    for held in edges:
        person, post = nodes.get(held.source), nodes.get(held.target)
        if held.type != "HOLDS" or not (person and post and post.id in bodies and person.values.get("name")):
            continue
        ways = (one.target for one in edges if one.type == "REACHED_AT" and one.source in (person.id, post.id))
        name, title = str(person.values["name"]), str(post.values.get("name") or "")
        yield AskedHolder(person.id, post.id, name, bodies[post.id], title, frozenset(_addresses(map(nodes.get, ways))))


def _addresses(points: Iterator[NodeStatement | None]) -> Iterator[str]:
    channels = (point.values.get("channel") for point in points if point)
    yield from (str(channel["value"]) for channel in channels if isinstance(channel, Mapping) and channel.get("value"))
