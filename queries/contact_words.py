"""The answer to `contact` in sentences: whom to write to, through whom, what next, and what is not certain."""

from collections.abc import Callable, Iterable, Sequence

from graph.domain.topics import THESAURUS
from queries.answer import Caveat, Subject
from queries.contact_row import OWNER, ContactRow
from queries.holders import Holding
from queries.wording import counted, listed

# As many as are read out before a call; the table has them all.
_NEXT = 3
_LABEL = {entry.code: entry.label.lower() for entry in THESAURUS}


def of_one(party: Subject, rows: Sequence[ContactRow], *, topic: str | None) -> str:
    """Return the first choice, whom to go through, what to do if it fails, and our side's owner."""
    first = rows[0]
    about = f" about {_LABEL[topic]}" if topic else ""
    told = [f"for {party.name}{about}, {_way(first)}" if first.rank else f"{first.reason}"]
    if through := first.go_through or first.route_name:
        told.append(f"go through {through}")
    after = [row for row in rows if row.rank and row.usable and row.who != first.who]
    nexts = dict.fromkeys(_in_short(row) for row in after if row.place != "our owner")
    owners = dict.fromkeys(_in_short(row) for row in after if row.place == "our owner")
    if nexts:
        told.append(f"if that fails: {_first_of(nexts)}")
    if owners:
        told.append(f"our side's owner: {_first_of(owner.removeprefix(OWNER) for owner in owners)}")
    return ". ".join(part if place == 0 else part[0].upper() + part[1:] for place, part in enumerate(told))


def _first_of(names: Iterable[str]) -> str:
    """Return the first few names; names hold commas, so semicolons part them."""
    found = list(names)
    more = f"; and {len(found) - _NEXT} more" if len(found) > _NEXT else ""
    return "; ".join(found[:_NEXT]) + more


def _way(row: ContactRow) -> str:
    if row.place == "our owner":
        return f"ask {row.who}"
    held = f" ({_held_by(row.holding, row.holder_name, row.holder_seen_on)})" if row.post else ""
    by = f" by {row.channel_kind} {row.channel_value}" if row.channel_value else ""
    return f"write to {row.who}{held}{by}" + (f"; {row.freshness}" if row.freshness else "")


def _in_short(row: ContactRow) -> str:
    return f"{row.who} ({row.holding})" if row.holding in ("acting", "vacant") else row.who


def _held_by(holding: Holding, name: str | None, seen_on: str | None) -> str:
    if holding == "vacant":
        return f"vacant, stated {seen_on}"
    if name is None:
        return "nobody is held as its holder"
    return f"{name}, {holding}" + (f", last seen {seen_on}" if seen_on else "")


def of_many(rows: Sequence[ContactRow]) -> str:
    """Return for how many parties a way is held, and for which none is."""
    lacking = [row.name for row in rows if not row.rank]
    sentence = f"a way is held for {len(rows) - len(lacking)} of {counted(len(rows), 'party', 'parties')}"
    return sentence + (f"; nothing usable for {listed(lacking, most=12)}" if lacking else "")


def doubts(best: Sequence[ContactRow]) -> tuple[Caveat, ...]:
    """Return what is old or not certain about the ways that come first."""
    rows = [row for row in best if row.rank]
    stale = [row for row in rows if not any(step == "channel: verified within a year" for step in row.steps)]
    unsure = [row for row in rows if row.post and row.holding not in ("in office", "acting")]
    found = []
    if stale:
        found.append(
            Caveat(kind="stale", text=f"Not verified within a year: {_each(stale, lambda row: row.freshness)}.")
        )
    if unsure:
        holders = _each(unsure, lambda row: _held_by(row.holding, row.holder_name, row.holder_seen_on))
        found.append(Caveat(kind="unknown", text=f"Holder not certain: {holders}."))
    return tuple(found)


def _each(rows: Sequence[ContactRow], said: Callable[[ContactRow], str | None]) -> str:
    return listed([f"{row.post_name or row.body_name or row.name} ({said(row)})" for row in rows], most=3)
