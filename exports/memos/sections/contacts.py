"""The way to somebody: our mission and owner, whom to write to, best first, and who holds which post there."""

from iga.exports.memos.evidence import cited, row_words, supported
from iga.exports.memos.printing import claim, form, lacking, nothing_found, words
from iga.exports.paper.blocks import Bullets, Table
from iga.exports.paper.document import Block, Section
from iga.exports.paper.statements import Claim, Statement, Unknown
from iga.graph.domain.marking import Marking
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer
from iga.queries.core.channels import KnownChannel

_OURS = "our owner"
_FIRST = ("head", "coordinator", "chair", "rapporteur", "deputy")


def _floor(row: ContactRow) -> Marking:
    """Return the least marking of a way: checks of channels, and whom to go through, are internal fields."""
    known: tuple[ContactRow | KnownChannel, ...] = (row, *row.further)
    is_checked = any(way.verified_on or way.bounced_on or way.do_not_use for way in known)
    return Marking.INTERNAL if row.go_through or is_checked else Marking.PUBLIC


def contacts(answer: Answer) -> Section:
    """Return the ways to reach the government in the order of the answer, and the route through our side."""
    rows = supported(answer, ContactRow)
    unranked = [row for row in answer.rows if isinstance(row, ContactRow) and not row.rank]
    ways = [row for row in rows if row.rank]
    blocks: list[Block] = [nothing_found(words("contacts/nothing", reason=row.reason)) for row in unranked]
    blocks.append(our_side(answer)[0])
    if ways or not blocks:
        blocks.append(form("ways").table(answer, ways, floor=_floor))
    return Section("Contacts", tuple(blocks))


def best_of(answer: Answer) -> ContactRow | None:
    """Return the first way that may be used and rests on evidence; None if there is none."""
    return next((row for row in supported(answer, ContactRow) if row.rank and row.usable), None)


def mission(ways: Answer, route: ContactRow, reached_at: Answer) -> Claim:
    """Return our mission that is the route to somebody, with the channel to use first."""
    way, lead = best_of(reached_at), "Mission:"
    if way is None or not way.channel_value:
        return Claim(f"{route.route_name}; its channels are not on file.", cited(ways, route), lead=lead)
    held_by, reached = row_words(reached_at, way, "row-held-by"), row_words(reached_at, way, "row-reached")
    text = words("contacts/mission", route_name=route.route_name, held_by=held_by, reached=reached)
    return Claim(text, (*cited(ways, route), *cited(reached_at, way)), lead=lead, floor=_floor(way))


def reach(answer: Answer) -> Section:
    """Return the route and our owner as lines, and the first ways that may be used as a table."""
    usable = [row for row in supported(answer, ContactRow) if row.rank and row.usable and row.channel_value]
    theirs = [row for row in usable if row.place != _OURS]
    channels = form("channels").table(answer, theirs, floor=_floor)
    return Section("Route and contacts", (Bullets(our_side(answer)), channels))


def posts_table(answer: Answer, *, first: str = "", most: int = 0) -> Table | Unknown:
    """Return the posts there with who holds each, or that none is held."""
    return form("posts").table(answer, posts_of(answer, first), most=most)


def posts_of(answer: Answer, first: str) -> list[ContactRow]:
    """Return the rows of posts, heads and coordinators first, otherwise in the order of the answer."""
    rows = {row.post: row for row in supported(answer, ContactRow) if row.place == "post" and row.post}
    places = {role: place for place, role in enumerate(_FIRST)}
    return sorted(rows.values(), key=lambda row: (row.post != first, places.get(row.role or "", len(places))))


def _routes(answer: Answer) -> list[ContactRow]:
    return [row for row in supported(answer, ContactRow) if row.route_name][:1]


def our_side(answer: Answer) -> tuple[Statement, Statement]:
    """Return our mission or bureau that deals with them, and who of ours owns the relationship; each may be a gap."""
    rows = supported(answer, ContactRow)
    route: Statement = lacking("mission or office of ours that deals with them")
    if routes := _routes(answer):
        through = [row for row in rows if row.go_through and not _same(row.go_through, routes[0].route_name)][:1]
        floor = Marking.INTERNAL if through else Marking.PUBLIC
        named = "".join(row.go_through or "" for row in through)
        text = words("contacts/route", route_name=routes[0].route_name, through=named)
        route = Claim(text, cited(answer, *routes, *through), floor=floor)
    owners = [row for row in rows if row.place == _OURS][:2]
    names = [words("contacts/owner", row, held_by=row_words(answer, row, "row-held-by")) for row in owners]
    owned = claim(answer, owners, "contacts/owned-by", floor=Marking.INTERNAL, names=names) if owners else None
    return route, owned or lacking("owner of the relationship")


def _same(one: str, other: str | None) -> bool:
    """True if two names differ in nothing but stops: ``US Mission`` is ``U.S. Mission``."""
    return one.replace(".", "").casefold() == (other or "").replace(".", "").casefold()
