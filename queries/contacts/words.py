"""The answer to `contact` in sentences: whom to write to, through whom, what next, and what is not certain."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from graph.domain import topics
from queries.answer import Caveat, Subject
from queries.contacts.holders import Holder
from queries.contacts.languages import in_words
from queries.contacts.rank import Rated
from queries.contacts.row import ContactRow
from queries.wording import counted, listed, with_article


def of_one(
    party: Subject, rows: Sequence[ContactRow], *, topic: str | None, language: str = "", is_past: bool = False
) -> str:
    """Return the first choice and whom to go through, what to do if it fails, and our side's owner: three sentences.

    For a day that the sources look back on, who held the best post then and how that is known comes first.

    Args:
        party: Whom to reach.
        rows: The ways, best first; never empty.
        topic: Code of the topic asked about, None if none was.
        language: Name of the language asked for; blank if none was.
        is_past: Whether the sources look back on the day asked for.
    """
    first = rows[0]
    about = f" about {topics.in_words(topic)}" if topic else ""
    told = f"for {party.name}{about}, {_way(first)}" if first.rank else str(first.reason)
    if through := first.go_through or first.route_name:
        told += f"; go through {through}"
    after = [row for row in rows if row.rank and row.usable and row is not first]
    nexts = [_in_short(row) for row in _fallbacks(first, after)]
    owner = next((_in_short(row) for row in after if row.place == "our owner"), "")
    if is_past and (then := _held_then(rows)):
        told = f"{then}; {told}"
    sentences = (
        told,
        f"{'If that fails' if first.rank else 'Instead'}: {'; '.join(nexts)}" if nexts else "",
        _in_language(rows, language) if language else "",
        f"Our side's owner: {owner}" if owner else "",
    )
    return ". ".join(sentence for sentence in sentences if sentence)


def _in_language(rows: Sequence[ContactRow], language: str) -> str:
    """Return who answers in the language asked for; blank if the first choice does, or nobody is known to."""
    speaking = [row for row in rows if row.language_match == "yes" and row.usable]
    return "" if not speaking or speaking[0] is rows[0] else f"In {language}: {_in_short(speaking[0])}"


def _held_then(rows: Sequence[ContactRow]) -> str:
    """Return who held the first post that is listed, and how that is known."""
    row = next((row for row in rows if row.place == "post"), None)
    if row is None:
        return ""
    if row.holder_name and row.holding in ("in office", "acting", "designate", "not known to be in office"):
        how = f" ({row.holder_known_by})" if row.holder_known_by else ""
        word = "may have held" if row.holding == "not known to be in office" else "held"
        capacity = f" as {row.holding}" if row.holding in ("acting", "designate") else ""
        return f"on that day {row.holder_name} {word} the post of {row.called}{capacity}{how}"
    # The first choice says so itself.
    return "" if row is rows[0] else f"who held the post of {row.called} on that day: {row.held_by}"


def known_by(holder: Holder) -> str | None:
    """Return how it is known who holds a post: its term as stated, and the last day it was seen so."""
    said = [f"term {holder.term}" if holder.term else "", f"seen {holder.seen_on}" if holder.seen_on else ""]
    told = ", ".join(each for each in said if each)
    return told or None


def lacks(way: Rated) -> str:
    """Return what is lacking of a way in a few words, blank if nothing is."""
    best, holder = way.best, way.candidate.holder
    told = (
        best.unusable or "",
        "" if best.channel else "no channel is held",
        held_by(holder) if holder.holding not in ("in office", "no post") else "",
    )
    return "; ".join(each for each in told if each)


def _fallbacks(first: ContactRow, after: Sequence[ContactRow]) -> Iterator[ContactRow]:
    """Give the best of each step of the chain: another post, the mailbox of the same office, the parent body.

    What no channel leads to is no help to somebody whose mail has come back.
    """
    for place in ("post", "office mailbox", "parent body"):
        found = [row for row in after if row.place == place and row.channel]
        nearest = [row for row in found if row.body == first.body] if place == "office mailbox" else []
        yield from (nearest or found)[:1]


def _way(row: ContactRow) -> str:
    held = f" ({row.held_by})" if row.held_by else ""
    if not row.channel_value:
        return f"turn to {row.called}{held}; no channel is held for it"
    verb = (
        "ask"
        if row.place == "our owner"
        else "write to"
        if row.channel_kind in ("email", "form")
        else "contact"
        if row.post
        else "use"
    )
    spoken = f" (answers in {in_words(row.languages)})" if row.languages else ""
    by = f" by {row.channel_kind}" if row.post or row.place == "our owner" else ","
    return f"{verb} {row.called}{held}{by} {row.channel_value}{spoken}, {row.freshness}"


def _in_short(row: ContactRow) -> str:
    """Return who, the holder if one is known, and the channel."""
    held = ""
    if row.holding == "vacant":
        held = " (vacant)"
    elif row.holder_name and row.holding in ("in office", "acting", "designate"):
        held = f" ({row.holder_name}{f', {row.holding}' if row.holding != 'in office' else ''})"
    who = row.called.partition(": ")[2] if row.place == "our owner" else row.called
    return f"{who}{held}" + (f", {row.channel_value}" if row.channel_value else "")


def held_by(holder: Holder) -> str:
    """Return who holds a post and how surely, in words; blank where there is no post."""
    name, seen_on = holder.person.name if holder.person else None, holder.seen_on
    if holder.holding == "no post":
        return ""
    if holder.holding == "vacant":
        return f"vacant, stated {seen_on}" + (f"; {name} left {holder.until}" if holder.until else "")
    if holder.until:
        return f"holder not known: {name} left {holder.until}, successor not known"
    if name is None:
        return "holder not known"
    if holder.holding == "not known to be in office":
        return f"{name}, last seen {seen_on}, not known since" if seen_on else f"{name}, {holder.holding}"
    return f"{name}, {holder.holding}" + (f", last seen {seen_on}" if seen_on else "")


def steps(way: Rated) -> tuple[str, ...]:
    """Return each step of the ranking with what decided it, in a few words, the weightiest first."""
    best, candidate = way.best, way.candidate
    depth = candidate.office.depth if candidate.place in ("post", "office mailbox") else 0
    told = (
        f"NOT USABLE, {best.unusable}" if best.unusable else "",
        "second owner" if candidate.is_backup else "",
        f"topic {way.topic}" if way.topic else "",
        _language(way),
        best.freshness.partition(" (")[0],
        candidate.holder.holding if candidate.post else "",
        f"{counted(depth, 'level')} down" if depth > 0 else "",
        f"source rank {way.source_rank}",
        *(f"NOT USABLE, {_named(line.channel)} {line.unusable}" for line in way.lines[1:] if line.unusable),
    )
    return tuple(step for step in told if step)


def _language(way: Rated) -> str:
    if way.language is None:
        return ""
    if way.language == "not stated":
        return "language not stated"
    answers = in_words(way.best.languages)
    return f"answers in {answers}" if way.language == "yes" else f"answers in {answers} only"


def _named(channel: Mapping[str, Any]) -> str:
    return str(channel.get("channel_value") or channel["id"])


def of_many(rows: Sequence[ContactRow], *, role: str = "") -> str:
    """Return for how many parties a way is held, for which something of it is lacking, and for which none is."""
    lacking = [row.name for row in rows if not row.rank]
    sentence = f"a way is held for {len(rows) - len(lacking)} of {counted(len(rows), 'party', 'parties')}"
    if role:
        named = [row for row in rows if row.rank and row.channel and row.holding in ("in office", "acting")]
        posts = [row.name for row in rows if row.rank and row not in named]
        share = f"{len(named)} of {counted(len(rows), 'party', 'parties')}"
        sentence = f"{with_article(role)} with a channel is held for {share}"
        sentence += f"; the post alone, or without a certain holder, for {listed(posts, most=12)}" if posts else ""
    return sentence + (f"; nothing usable for {listed(lacking, most=12)}" if lacking else "")


def doubts(best: Sequence[ContactRow]) -> tuple[Caveat, ...]:
    """Return what is old or not certain about the ways that come first."""
    rows = [row for row in best if row.rank]
    stale = [row for row in rows if not row.verified_lately]
    unsure = [row for row in rows if row.post and row.holding not in ("in office", "acting")]
    found = []
    if stale:
        found.append(
            Caveat(kind="stale", text=f"Not verified within a year: {_each(stale, lambda row: row.freshness)}.")
        )
    if unsure:
        found.append(Caveat(kind="unknown", text=f"Holder not certain: {_each(unsure, lambda row: row.held_by)}."))
    return tuple(found)


def _each(rows: Sequence[ContactRow], said: Callable[[ContactRow], str | None]) -> str:
    return listed([f"{row.post_name or row.body_name or row.name} ({said(row)})" for row in rows], most=3)
