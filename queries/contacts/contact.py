"""Whom to contact at one party or at many, in which order, and what to do if that fails."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from iga.graph.domain.catalog import fits
from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import last_day
from iga.graph.statements import OFFICERS
from iga.queries.contacts.contact_clauses import doubts, left_out, no_mailbox, on_many, on_one, unheard
from iga.queries.contacts.contact_rows import ContactRow, empty_row, in_words, way_row
from iga.queries.contacts.languages import language_of
from iga.queries.contacts.rank import RatedWay, WantedWay, rated, role_match
from iga.queries.contacts.ways import ContactWay, Reach, body_for, reach_of
from iga.queries.core.answer import Subject, Total
from iga.queries.core.columns import option
from iga.queries.core.home import home_government
from iga.queries.core.permissions import CONTACTED
from iga.queries.core.question import Params, Question, Request, Result, SourcedRow
from iga.queries.core.reading import FullEdgeRow, by_name, refs
from iga.queries.core.reads import WHOLES_OF
from iga.queries.core.rows import Rows
from iga.queries.core.scope import Edges

# Rank of a way that no source row stands behind; weaker than any card's.
_NO_SOURCE = 99
# Nobody calls these about our work; they are shown when their role is asked for.
_HEADS_OF_STATE = ("chief of state", "head of government")
# Lists of contacts of the office are sources of their own.
_OF_THE_OFFICE = "office:"
# Nobody reads further before a call; of each later step of the fallback chain, and of what must not be used, the
# first few are listed all the same.
_LISTED, _LISTED_OF_EACH = 10, 2


class ContactParams(Params):
    """What `contact` is asked with."""

    party: tuple[str, ...] = Field(
        min_length=1, description="Whom to reach, a party or a post; may be given several times.", examples=["OSCE"]
    )
    topic: str | None = option("What about, in the words of any body.", "child trafficking")
    role: str | None = option("Only posts with this role, such as coordinator.", "coordinator")
    language: str | None = option(
        "Language to be answered in: who is known to answer in it comes first, nobody is left out.", "French"
    )
    purpose: str | None = option(
        "What for, in the words of a consent: shows whom a consent for it alone allows to be contacted.",
        "speak at a side event",
    )


def contact(request: Request[ContactParams]) -> Result[ContactRow]:
    """List ways to reach a party, best first; of several parties the best of each, or why there is none.

    An agreement stands for the body that it set up.

    Raises:
        NotFound: No language is called so, or no body of an agreement is on record.
    """
    params = request.params
    parties = [body_for(request.session, named, day=request.day) for named in request.subjects["party"]]
    language = language_of(params.language) if params.language else ""
    wanted = WantedWay(request.day, request.topic, (params.role or "").strip(), language)
    if len(parties) > 1:
        sheet = Rows.of(_of_sheet(request, *_in_order(request, party, wanted)) for party in parties)
        unsure = (*doubts(sheet, ()), *unheard(language, sheet, "headline"))
        return Result.of(on_many(sheet, wanted.role), sheet, unsure)
    reach, ordered = _in_order(request, parties[0], wanted)
    lack = _lack(request, reach.party, ordered)
    rows = Rows.of(_rows(request, reach, ordered, lack))
    more = len(ordered) - len(rows.keeping(lambda row: row.rank > 0))
    whose = "" if lack or not ordered else _part(request, ordered[0], reach.party)
    clauses = tuple(on_one(request, reach.party, rows, lack, whose=whose, language=params.language))
    caveats = (
        *doubts(rows.first(), [clause.id for clause in clauses]),
        *unheard(language, rows, "no-way" if lack else "headline"),
        *no_mailbox(reach.party.name, rows),
        *left_out(more),
    )
    return Result.of(clauses, rows, caveats, total=Total(value=len(rows) + more))


def _in_order(request: Request[ContactParams], party: Subject, wanted: WantedWay) -> tuple[Reach, list[RatedWay]]:
    """Return what is on record on one party, and all ways to reach it, best first."""
    reach, cards = reach_of(request.session, party, day=request.day), request.session.cards
    wanted = replace(wanted, of_government=party.cls == "Government")
    ways, shown_on = [], _shown_on(reach)
    for way in reach.ways:
        if wanted.of_government and _is_head_of_state(way) and not (wanted.role and role_match(way, wanted.role) < 2):
            continue
        stated = refs(*way.sources, *way.leads, *(edge.values for edge in way.channels))
        source_rank = min((cards[source].rank for source, _ in stated if source in cards), default=_NO_SOURCE)
        is_entered = any(_is_entered(edge) and _last_seen(edge) >= shown_on for edge in way.channels)
        ways.append(rated(way, wanted=wanted, source_rank=source_rank, is_entered=is_entered))
    return reach, _once(sorted(ways, key=lambda way: way.order))


def _part(request: Request[ContactParams], first: RatedWay, party: Subject) -> str:
    """Return whose channel comes first, where it is that of a branch and of no post in it: no reply for the whole.

    Agencies and embassies speak for other governments. Blank if the first channel is the party's own.
    """
    office = first.way.office
    is_party = office.body.id == party.id or not fits(party.cls, ("Government", *BODIES))
    is_foreign = party.cls == "Government" and party.id != home_government(request.session).id
    if is_party or is_foreign or first.way.place != "office mailbox" or not first.best.channel:
        return ""
    wholes = by_name(Edges(request.session, request.day).every(WHOLES_OF, [office.body.id]))
    above = (edge.values.get("acronym") or edge.name for edge in wholes if edge.id != party.id)
    name = office.body.name
    return " of ".join((name, *[f"the {whole}" for whole in above if whole not in name][:1]))


def _is_head_of_state(way: ContactWay) -> bool:
    return any(role in (way.post.get("role") or "") for role in _HEADS_OF_STATE)


def _once(ordered: Sequence[RatedWay]) -> list[RatedWay]:
    """Return ways without those to a mailbox that serves several bodies but one, that of an office if there is one."""
    by_channels: dict[tuple[str, ...], list[RatedWay]] = {}
    for way in ordered:
        ids = [str(channel.channel.get("id") or "") for channel in way.channels]
        key = (way.way.place, *sorted(ids)) if way.way.place == "office mailbox" else (str(id(way)),)
        by_channels.setdefault(key, []).append(way)
    offices = (
        next((way for way in of if way.way.office.body.cls == "PublicBody"), of[0]) for of in by_channels.values()
    )
    return list(offices)


def _is_entered(channel: FullEdgeRow) -> bool:
    """Say whether somebody of ours entered a channel: typed it, or has it on a list of contacts."""
    return any(source == OFFICERS or source.startswith(_OF_THE_OFFICE) for source, _ in refs(channel.values))


def _last_seen(channel: FullEdgeRow) -> str:
    seen = (*(channel.values.get("seen_on") or ()), *(channel.properties.get("attested_on") or ()))
    days = [*seen, channel.values.get("verified_on")]
    return max((last_day(on) for on in days if on), default="")


def _shown_on(reach: Reach) -> str:
    """Return the latest day on which a public page shows a channel of the party; blank if none has a day."""
    public = (edge for way in reach.ways for edge in way.channels if not _is_entered(edge))
    return max(map(_last_seen, public), default="")


def _is_wanted(rated: RatedWay, role: str) -> bool:
    """Say whether a way is a post with the role, or a way around: a mailbox, the parent body, our owner."""
    return rated.way.place != "post" or not role or role_match(rated.way, role) < 2


def _lack(request: Request[ContactParams], party: Subject, ordered: Sequence[RatedWay]) -> dict[str, Any] | None:
    """Return what a sentence says of why no way is usable; None if one is."""
    role = request.params.role or ""
    theirs = [rated for rated in ordered if rated.way.place != "our owner" and _is_wanted(rated, role)]
    if role and not any(rated.way.post for rated in theirs):
        others = [str(rated.way.post.get("name")) for rated in ordered if rated.way.place == "post"]
        return {"party": party.name, "role": role, "others": others, "unusable": ""}
    if any(rated.best.is_usable for rated in theirs):
        return None
    unusable = theirs[0].best.unusable_because if theirs else ""
    return {"party": party.name, "role": "", "others": [], "unusable": unusable}


def _rows(
    request: Request[ContactParams], reach: Reach, ordered: Sequence[RatedWay], lack: dict[str, Any] | None
) -> Iterator[SourcedRow[ContactRow]]:
    """Give the rows worth listing, best first; where no way is usable, the first row says why."""
    if lack:
        yield empty_row(reach, in_words("row-reason", lack), day=request.day)
    listed: dict[tuple[bool, str], int] = {}
    wanted = (rated for rated in ordered if _is_wanted(rated, request.params.role or ""))
    for rank, way in enumerate(wanted, start=1):
        step = (way.best.is_usable, way.way.place)
        listed[step] = listed.get(step, 0) + 1
        if rank <= _LISTED or listed[step] <= _LISTED_OF_EACH:
            yield way_row(reach, way, rank, day=request.day)


def _of_sheet(request: Request[ContactParams], reach: Reach, ordered: Sequence[RatedWay]) -> SourcedRow[ContactRow]:
    """Return the one row of a party on a sheet of several; it says what is lacking, and what to use instead."""
    role, lack = request.params.role or "", _lack(request, reach.party, ordered)
    ways = [rated for rated in ordered if _is_wanted(rated, role)]
    posts = [rated for rated in ways if rated.way.place == "post"]
    if lack:
        reason = in_words("row-reason", lack)
        if not posts:
            return empty_row(reach, reason, day=request.day)
        return _with(way_row(reach, posts[0], 0, day=request.day), reason=reason, usable=False)
    first = posts[0] if role and posts else ways[0]
    row = way_row(reach, first, 1, day=request.day)
    lacking = in_words("row-lacking", row.row.model_dump())
    others = [rated for rated in ways if rated is not first and rated.best.channel and rated.best.is_usable]
    other = way_row(reach, others[0], 2, day=request.day).row if lacking and others else None
    return _with(row, reason=lacking or None, instead=in_words("row-instead", other.model_dump()) if other else None)


def _with(row: SourcedRow[ContactRow], **values: Any) -> SourcedRow[ContactRow]:
    return replace(row, row=row.row.model_copy(update=values))


CONTACT = Question.of(
    contact,
    title="Whom do I contact there, about this topic or in this role?",
    names={"party": ("Party", "Post", "Agreement")},
    example={"party": "OSCE", "topic": "child trafficking"},
    use=CONTACTED,
    columns=("name", "who", "channels", "steps", "reason", "instead", "evidence"),
)
