"""What a public list says otherwise than our posts and holders: proposals, of which nothing is entered by itself."""

from collections.abc import Iterator
from typing import Any, get_args

from iga.graph.domain.work import Listing
from iga.queries.contacts.listed_changes import Compared, ListedChange, ListedState, compare_lists
from iga.queries.core.answer import AnswerRow, SourcedRow
from iga.queries.core.clauses import SourcedClause, UnwordedCaveat, caveat, clause, worded
from iga.queries.core.columns import column, named, needed, of, option, sourced
from iga.queries.core.question import Params, Question, Request, Result
from iga.queries.core.rows import Rows
from iga.queries.core.scope import circle_of

_ORDER: tuple[ListedState, ...] = get_args(ListedState)


class WorldWatchParams(Params):
    """What `world-watch` is asked with."""

    party: str | None = option(
        "Only posts and seats of this government or body.", "Example Committee on Made-up Affairs"
    )
    kind: ListedState | None = option("Only what differs so.", "changed")


class WorldWatchRow(AnswerRow):
    """One thing that a list says otherwise than what is on record."""

    state: ListedState = needed(
        "Changed: somebody else is there; new: nobody is on record there; vacant or gone by the list; perhaps the same"
        " person, spelled otherwise; no such post on record; ours is later than the list; post not clear."
    )
    proposal: str | None = column("Id by which it is accepted or turned down; null where nothing is proposed.")
    place: str | None = column("Id of the post, or of the body of a seat.")
    place_name: str = needed("Name of it, or the post as the list calls it.")
    told: str = needed("What differs, in words.")
    listed: str | None = column("Who is there by the list; null is nobody.")
    since: str | None = of(Listing, "since")
    listed_on: str | None = of(Listing, "listed_on")
    list_name: str | None = of(Listing, "list_name")
    ours: str | None = column("Id of who is there by what is on record; null is nobody.")
    ours_name: str | None = column("Name of that person.")
    ours_on: str | None = column("Latest day that dates it on our side, possibly partial; null is none.")
    perhaps: tuple[str, ...] = column("Ids of people on record who are called as the list calls that person.", ())
    do: str | None = column("The command that accepts it; with --turn-down it is not proposed again.")


def world_watch(request: Request[WorldWatchParams]) -> Result[WorldWatchRow]:
    """List what public lists say otherwise than the posts and holders on record: who changed, is new, or is gone.

    Nothing is changed by it; a proposal that was turned down is left out. ``held`` is *unknown* for all of it: a list
    may be wrong, and names that are alike may be of two people.
    """
    party, kind = request.maybe("party"), request.params.kind
    found = compare_lists(request.session, day=request.day, only=circle_of(request.session, party))
    rows = Rows.of(map(_row, found.changes)).where(state=kind)
    return Result.of(_clauses(request.named("party")["party"], found, rows), rows, _caveats(found, rows))


def _row(change: ListedChange) -> SourcedRow[WorldWatchRow]:
    listing, ours = change.place.listing, change.ours
    stated = ours.properties if ours else {}
    days = [*(stated.get("attested_on") or ()), *filter(None, [stated.get("period_start")])]
    place, title = change.post or change.place.where, listing.values.get("title")
    values: dict[str, Any] = {
        "state": change.state,
        "listed": change.listed or None,
        "ours_name": ours.name if ours else None,
        "ours_on": max(days, default=None),
    }
    where = place.name if place else None
    is_new = change.state in ("no such post", "post not clear")
    said = {
        **values,
        "title": title,
        "where": where,
        "since": listing.values.get("since") if change.listed else None,
        "listed_on": listing.values.get("listed_on"),
        "namesakes": len(change.perhaps),
        "is_seat": change.place.is_seat,
    }
    return sourced(
        WorldWatchRow,
        listing.values,
        *([stated] if stated else []),
        held="unknown",
        told=worded(__package__, "world_watch", "row-told", said),
        proposal=change.key if change.can_be_accepted else None,
        **named("place", place) | ({"place_name": f"{title}, {where}"} if is_new and title else {}),
        ours=ours.id if ours else None,
        perhaps=tuple(person.id for person in change.perhaps),
        do=f"iga add proposal-answer {change.key} --accept" if change.can_be_accepted else None,
        **values,
    )


def _clauses(party: str | None, found: Compared, rows: Rows[WorldWatchRow]) -> Iterator[SourcedClause]:
    """Say how much differs and how; then who changed, is new, gone, perhaps the same, and where ours is later."""
    proposed = len(rows.keeping(lambda row: row.proposal))
    numbers = {"lines": found.lines, "agreeing": found.agreeing, "proposed": proposed}
    yield clause("headline", party=party, **numbers, by_state=rows.counts("state", _ORDER))
    for state in _ORDER:
        if of_state := rows.where(state=state):
            things = of_state.told("place_name", "listed", "ours_name")
            yield of_state.clause(state.replace(" ", "-"), things=things)
    if proposed:
        yield clause("how")


def _caveats(found: Compared, rows: Rows[WorldWatchRow]) -> Iterator[UnwordedCaveat]:
    if found.lines:
        yield caveat("partial", "list-alone", clause="headline")
    if found.turned_down:
        yield caveat("partial", "turned-down", number=found.turned_down)
    yield rows.doubt("unknown", "undated-list", lambda row: row.listed_on is None)
    yield rows.doubt("uncertain", "namesakes", lambda row: row.perhaps and row.state != "perhaps the same person")


WORLD_WATCH = Question.of(
    world_watch,
    title="What does a public list of office holders say otherwise than our posts and holders?",
    names={"party": ("Government", "PublicBody", "InternationalOrganization", "Forum")},
    example={"party": "Example Committee on Made-up Affairs"},
    columns=("state", "place_name", "told", "listed_on", "proposal", "evidence"),
    maturity="trial",
)
