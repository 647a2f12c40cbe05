"""One way to reach a party as a row: what is known of it, and each step of its ranking in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from graph.domain.edges import Holds
from graph.text import folded
from queries.contacts.channel_checks import KnownChannel, known_channel
from queries.contacts.languages import LanguageMatch, spoken_in
from queries.contacts.rank import RatedWay, TopicMatch, disagreements
from queries.contacts.ways import Place, Reach, is_mission
from queries.core.answer import PartyRow
from queries.core.clauses import worded
from queries.core.columns import column, copied, named, of
from queries.core.holders import Holding
from queries.core.question import SourcedRow
from queries.core.reading import refs
from queries.core.reads import OurEdgeRow


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
    topics: tuple[str, ...] = column("Its portfolio, as far as stated.", ())
    holder: str | None = column("Id of the holder, or of the last one seen.")
    holder_name: str | None = column("Name of that person.")
    holding: Holding = column("In office, acting, vacant, or not known.", "no post")
    holder_seen_on: str | None = column("Latest day a source shows the holder, or the post vacant.")
    holder_until: str | None = column("Day that person left, where nobody is known to follow.")
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
    further: tuple[KnownChannel, ...] = column("Its other channels, best first; those that must not be used last.", ())
    go_through: str | None = column("Whom to go through first, as somebody noted.")
    route: str | None = column("Id of our mission or bureau that deals with it.")
    route_name: str | None = column("Name of that mission or bureau.")
    reason: str | None = column("Why nothing usable is on record; on a sheet of several parties also what is lacking.")
    instead: str | None = column("On such a sheet, what to use where something is lacking.")


def in_words(macro: str, values: Mapping[str, Any]) -> str:
    """Return a piece of a row in words."""
    return worded(__package__, "contact", macro, values)


def way_row(reach: Reach, rated: RatedWay, rank: int, *, day: str) -> SourcedRow[ContactRow]:
    """Return a way with its place in the order."""
    way, best, holder = rated.way, rated.best, rated.way.holder
    channel, post, route = best.channel, way.post, _route(reach, way.office.body.id)
    sources = (*way.sources, *(properties for it in rated.channels for properties in (it.channel, it.edge)))
    if rated.language and not channel.get("languages"):
        sources = (*sources, way.person)
    values = {
        **dict(reach.party),
        **copied(ContactRow, holder.term, day=day),
        **best.check.values,
        **named("holder", holder.person),
        "holding": holder.holding,
        "holder_seen_on": holder.seen_on,
        "holder_until": holder.until,
        "rank": rank,
        "held": "yes" if way.held == "yes" or (way.held is None and best.is_held) else "unknown",
        "conflicts": disagreements(*sources),
        "place": way.place,
        "is_backup": way.is_backup,
        "post": post.get("id"),
        "post_name": post.get("name"),
        "role": post.get("role"),
        **named("body", way.office.body),
        "acronym": way.office.values.get("acronym"),
        "topics": rated.topics,
        "channel": channel.get("id"),
        **{name: channel.get(name) for name in ("channel_kind", "channel_value", "purpose")},
        "languages": best.languages,
        "language_match": rated.language,
        "topic_match": rated.topic,
        "verified_lately": rated.is_fresh,
        "usable": best.is_usable,
        "go_through": channel.get("go_through") or post.get("go_through"),
        **named("route", route),
    }
    row = ContactRow(**values | _texts(rated, values))
    return SourcedRow(row, refs(*sources, *([route.properties] if route else [])))


def empty_row(reach: Reach, reason: str) -> SourcedRow[ContactRow]:
    """Return a row that says why nothing usable is on record."""
    party, route = reach.party, _route(reach, reach.party.id)
    texts = {"who": party.name, "called": party.name, "steps": (reason,), "reason": reason, "usable": False}
    row = ContactRow(**dict(party), **texts, **named("route", route), held="unknown", rank=0, place="nothing")
    return SourcedRow(row, refs(route.properties) if route else ())


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
        "unusable_because": best.check.unusable_because,
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
            yield in_words("step-unusable", {**it.check.values, "usable": False, "address": address})


def _route(reach: Reach, body: str) -> OurEdgeRow | None:
    """Return our office for the body, else for the party, else for its parent; missions before bureaus."""
    for covered in dict.fromkeys((body, reach.party.id, *reach.routes)):
        if edges := reach.routes.get(covered):
            return min(
                edges,
                key=lambda edge: (not is_mission(edge.values.get("body_kind")), folded(edge.name), edge.id, edge.key),
            )
    return None
