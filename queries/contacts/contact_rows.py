"""One way to reach a party as a row: what is known of it, and each step of its ranking in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from iga.graph.domain.edges import Holds
from iga.graph.text import folded
from iga.queries.contacts.rank import LanguageMatch, RatedWay, TopicMatch, disagreements, spoken_in
from iga.queries.contacts.ways import Place, Reach, is_mission
from iga.queries.core.answer import PartyRow, Ref, SourcedRow
from iga.queries.core.channels import KnownChannel, known_channel
from iga.queries.core.clauses import worded
from iga.queries.core.columns import column, copied, named, of
from iga.queries.core.days import latest
from iga.queries.core.holders import Holding, OtherHolder
from iga.queries.core.reading import refs
from iga.queries.core.reads import OurEdgeRow
from iga.queries.core.scope import Office


class ContactRow(PartyRow):
    """One way to reach the party, with its channels; with several parties, the best way to reach each of them."""

    rank: int = Field(
        description="Place in the order of all ways, from 1; 0 for a row that only says why nothing is on record."
    )
    who: str = column("The post or the office, and who holds it and how surely, in words.", "")
    called: str = column("The post or the office alone, with its body where that is another.", "")
    held_by: str = column("Who holds the post and how surely, in words.", "")
    channels: tuple[str, ...] = column(
        "Addresses that may be used, best first; if none may, the one that must not be used.", ()
    )
    steps: tuple[str, ...] = column("Each step of the ranking, in words; or why nothing is on record.", ())
    place: Place = Field(description="Step of the fallback chain.")
    is_backup: bool = column("Whether it is the second owner on our side.", False)
    post: str | None = column("Id of the post.")
    post_name: str | None = column("Name of the post.")
    role: str | None = column("What the post is: head, coordinator, focal point, as stated.")
    body: str | None = column("Id of the body it belongs to; for our owner, the owner.")
    body_name: str | None = column("Name of that body.")
    acronym: str | None = column("Acronym of that body.")
    listed_on: str | None = column("Latest day on which a source names a national body or post; null is not known.")
    topics: tuple[str, ...] = column("Its portfolio, as far as stated.", ())
    holder: str | None = column("Id of the holder, or of the last one seen.")
    holder_name: str | None = column("Name of that person.")
    holding: Holding = column("In office, acting, vacant, or not known.", "no post")
    holder_capacity: str | None = column("Capacity of that person as its source states it: acting, designate …")
    other_holders: tuple[OtherHolder, ...] = column("Others who may hold the post too, or are to hold it.", ())
    holder_seen_on: str | None = column("Latest day a source shows the holder, or the post vacant.")
    holder_until: str | None = column("Day that person left, where nobody is known to follow.")
    holder_left_for: str | None = column("Post elsewhere taken up by that day; null where the day is stated.")
    holder_start: str | None = of(Holds, "period", "start")
    holder_end: str | None = of(Holds, "period", "end")
    holder_end_kind: str | None = of(Holds, "period", "end_kind")
    holder_known_by: str | None = column(
        "How it is known who holds the post: the term as stated, days seen; null if it is not."
    )
    channel: str | None = column("Id of the channel to use first.")
    channel_kind: str | None = column("E-mail, phone, website, address …")
    channel_value: str | None = column("The address itself.")
    purpose: str | None = column("What the channel may be used for.")
    languages: tuple[str, ...] = column(
        "Languages answered in, as stated of the channel, else of who holds the post.", ()
    )
    language_match: LanguageMatch | None = column(
        "Whether the language asked for is among them; null if none was asked for."
    )
    topic_match: TopicMatch | None = column("How the portfolio meets the topic; null if none was asked for.")
    freshness: str | None = column("When the channel was last checked or seen.")
    verified_lately: bool = column("Whether the channel was verified within a year.", False)
    verified_on: str | None = column("Day the channel was last found working.")
    verified_by: str | None = column("Who found it working.")
    verified_how: str | None = column("How it was checked.")
    channel_seen_on: str | None = column("Latest day on which a source shows the channel.")
    bounced_on: str | None = column("Day the channel bounced; null if it worked since.")
    do_not_use: str | None = column("Why it must not be used, as somebody noted.")
    usable: bool = column("False if every channel bounced or must not be used.", True)
    unusable_because: str | None = column("Why it must not be used.")
    not_for_officials: str | None = column(
        "What the channel is for, where that is no way to an official: hotline, visas."
    )
    further: tuple[KnownChannel, ...] = column("Its other channels, best first; those that must not be used last.", ())
    website: str | None = column("The body's own page, as stated; checked by nobody.")
    go_through: str | None = column("Whom to go through first, as somebody noted.")
    route: str | None = column("Id of our mission or bureau that deals with it.")
    route_name: str | None = column("Name of that mission or bureau.")
    route_acronym: str | None = column("Acronym of it.")
    route_reason: str | None = column("Why it is that one, in words; null where nothing but the country tells.")
    route_seat_of: str | None = column("Name of the body for whose seat it is that one.")
    route_seat: str | None = column("City of that seat.")
    route_status: str | None = column("How it works, where it is not open: suspended, non-resident, closed.")
    route_suspended_on: str | None = column("When its work was suspended.")
    route_meanwhile: str | None = column("What stands in for it while it is suspended, as stated; null is not known.")
    route_listed_on: str | None = column("Day on which a source shows it so.")
    reason: str | None = column("Why nothing usable is on record; on a sheet of several parties also what is lacking.")
    instead: str | None = column("On such a sheet, what to use where something is lacking.")


def in_words(macro: str, values: Mapping[str, Any]) -> str:
    """Return a piece of a row in words."""
    return worded(__package__, "contact", macro, values)


def way_row(reach: Reach, rated: RatedWay, rank: int, *, day: str) -> SourcedRow[ContactRow]:
    """Return a way with its place in the order."""
    way, best, holder = rated.way, rated.best, rated.way.holder
    channel, post, route = best.channel, way.post, _route(reach, way.office.body.id)
    sources = (*way.sources, best.channel, best.edge)
    further = [properties for it in rated.channels[1:] for properties in (it.channel, it.edge)]
    if rated.language and not channel.get("languages"):
        sources = (*sources, way.person)
    values = {
        **dict(reach.party),
        **copied(ContactRow, holder.term, day=day),
        **best.check.values,
        **named("holder", holder.person),
        "holding": holder.holding,
        "holder_capacity": holder.capacity,
        "other_holders": holder.others,
        "holder_seen_on": holder.seen_on,
        "holder_until": holder.until,
        "holder_left_for": holder.left_for,
        "rank": rank,
        "held": "yes" if way.held == "yes" or (way.held is None and best.is_held) else "unknown",
        "conflicts": disagreements(*sources, *further, *way.leads),
        "place": way.place,
        "is_backup": way.is_backup,
        "post": post.get("id"),
        "post_name": post.get("name"),
        "role": post.get("role"),
        **named("body", way.office.body),
        "acronym": way.office.values.get("acronym"),
        "website": way.office.values.get("website") if way.place != "our owner" else None,
        "listed_on": _listed_on(rated, day),
        "topics": rated.topics,
        "channel": channel.get("id"),
        **{name: channel.get(name) for name in ("channel_kind", "channel_value", "purpose")},
        "languages": best.languages,
        "language_match": rated.language,
        "topic_match": rated.topic,
        "verified_lately": rated.is_fresh,
        "usable": best.is_usable,
        "not_for_officials": best.not_for_officials,
        "go_through": channel.get("go_through") or post.get("go_through"),
        **_route_columns(reach, route, day=day),
    }
    row = ContactRow(**values | _texts(rated, values))
    return SourcedRow(row, refs(*sources), dated_by=(*refs(*further, *way.leads), *_route_refs(reach, route)))


def empty_row(reach: Reach, reason: str, *, day: str) -> SourcedRow[ContactRow]:
    """Return a row that says why nothing usable is on record."""
    party, route = reach.party, _route(reach, reach.party.id)
    texts = {"who": party.name, "called": party.name, "steps": (reason,), "reason": reason, "usable": False}
    own = reach.covered[party.id].values if party.id in reach.covered else {}
    routed = {**_route_columns(reach, route, day=day), "website": own.get("website")}
    row = ContactRow(**dict(party), **texts, **routed, held="unknown", rank=0, place="nothing")
    return SourcedRow(row, refs(own) if own.get("website") else (), dated_by=_route_refs(reach, route))


def _route_columns(reach: Reach, route: OurEdgeRow | None, *, day: str) -> dict[str, Any]:
    """Return what a row says of our office that is the route, and why it is that one."""
    if route is None:
        return {}
    values, covered = route.values, _seated(reach, route)
    seat = covered.values["seat"] if covered else None
    status = values.get("status")
    listed = latest([*(route.properties.get("attested_on") or ()), *(values.get("attested_on") or ())], on=day)
    columns = {
        **named("route", route),
        "route_acronym": values.get("acronym"),
        "route_seat_of": covered.body.name if covered else None,
        "route_seat": seat,
        "route_status": status if status not in (None, "open") else None,
        "route_suspended_on": values.get("suspended_on"),
        "route_meanwhile": values.get("meanwhile"),
        "route_listed_on": listed,
    }
    return columns | {"route_reason": in_words("row-route-reason", columns) or None}


def _seated(reach: Reach, route: OurEdgeRow) -> Office | None:
    """Return the body for whose seat it is this mission, the party before parts of it; None where that is unknown."""
    covered = [id_ for id_, edges in reach.routes.items() if any(edge.id == route.id for edge in edges)]
    of_route = sorted(covered, key=lambda id_: id_ != reach.party.id)
    bodies = (reach.covered[id_] for id_ in of_route if id_ in reach.covered)
    return next(
        (body for body in bodies if body.values.get("seat") and is_mission(route.values.get("body_kind"))), None
    )


def _route_refs(reach: Reach, route: OurEdgeRow | None) -> tuple[Ref, ...]:
    """Return the source rows behind the route: the office, that it covers the body, and the seat of that."""
    if route is None:
        return ()
    covered, is_open = _seated(reach, route), route.values.get("status") in (None, "open")
    return refs(route.properties, *([covered.values] if covered else ()), *(() if is_open else (route.values,)))


def _listed_on(rated: RatedWay, day: str) -> str | None:
    """Return the latest day by which a source shows that there is such a body or post."""
    stated = (*rated.way.sources, *rated.way.leads)
    days = (on for known in stated for on in known.get("attested_on") or ())
    return latest(days, on=day) if rated.way.place in ("post", "national body") else None


def _texts(rated: RatedWay, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says in words, made from its values."""
    way, best, further = rated.way, rated.best, rated.channels[1:]
    usable = [it for it in rated.channels if it.is_usable] or rated.channels[:1]
    called, held_by = in_words("row-called", values), in_words("row-held-by", values) if way.post else ""
    return {
        "called": called,
        "held_by": held_by,
        "who": f"{called}: {held_by}" if held_by else called,
        "holder_known_by": (in_words("row-known-by", values) if way.post else "") or None,
        "channels": tuple(it.channel["channel_value"] for it in usable if it.channel.get("channel_value")),
        "steps": tuple(_steps(rated, values)),
        "freshness": in_words("row-freshness", values),
        "unusable_because": best.unusable_because,
        "further": tuple(known_channel(it.channel, it.check) for it in further),
    }


def _steps(rated: RatedWay, values: Mapping[str, Any]) -> Iterator[str]:
    """Give each step of the ranking that decides something of this way, the weightiest first."""
    way, best = rated.way, rated.best
    depth = way.office.depth if way.place in ("post", "office mailbox") else 0
    known = {**values, "depth": depth, "source_rank": rated.source_rank, "spoken": spoken_in(best.languages)}
    deciding = {
        "unusable": not best.is_usable,
        "owner": way.is_backup,
        "topic": rated.topic,
        "language": rated.language,
        "checked": True,
        "holder": way.post,
        "depth": depth > 0,
        "source": True,
    }
    yield from (in_words(f"step-{step}", known) for step, decides in deciding.items() if decides)
    for it in rated.channels[1:]:
        if not it.is_usable:
            address = str(it.channel.get("channel_value") or it.channel["id"])
            state = {"usable": False, "not_for_officials": it.not_for_officials, "address": address}
            yield in_words("step-unusable", it.check.values | state)


def _route(reach: Reach, body: str) -> OurEdgeRow | None:
    """Return our office for the body, else for the party, else for its parent; missions before bureaus.

    One for another part of the party is none for the whole.
    The embassy to a country goes before one that covers it from elsewhere, even while it is suspended.
    """
    above = (id_ for id_ in reach.routes if id_ in reach.covered and reach.covered[id_].depth <= 0)
    for covered in dict.fromkeys((body, reach.party.id, *above)):
        if edges := reach.routes.get(covered):
            return min(edges, key=_nearness)
    return None


def _nearness(edge: OurEdgeRow) -> tuple[bool, bool, str, str, str]:
    is_from_elsewhere = "another" in (edge.properties.get("manner") or "")
    return not is_mission(edge.values.get("body_kind")), is_from_elsewhere, folded(edge.name), edge.id, edge.key
