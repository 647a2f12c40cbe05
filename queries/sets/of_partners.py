"""Columns on partners: their sort, where they sit and work, what they deal with, their awards, how to reach them."""

from collections import defaultdict

from iga.graph.domain.edges import AwardedTo
from iga.graph.domain.funding import Award
from iga.graph.domain.topics import with_narrower
from iga.queries.core.channels import check_of, unusable_because
from iga.queries.core.compiled import Everything, edges_from
from iga.queries.core.days import Passed, held_on
from iga.queries.core.printed_names import printed_names
from iga.queries.core.reading import Entity, FullEdgeRow, OfIds, refs
from iga.queries.core.reads import CHANNELS_OF
from iga.queries.core.session import Session
from iga.queries.funding.partners import KINDS_OF_PARTNERS, Partner, partners_there
from iga.queries.sets.cell import Cell, CellReason, ColumnCells, Extent
from iga.queries.sets.column import TOPICS, Asked, SetColumn
from iga.queries.sets.three_values import any_of_them

_AWARDS = edges_from(Award, AwardedTo)
# A written question goes by mail first.
_KINDS = ("email", "form", "phone", "mobile", "messenger", "website", "address", "fax")


def every_partner(session: Session) -> list[Entity]:
    """Return the partners there are, as `partners` lists them."""
    return [
        Entity(id=one.subject.id, cls=one.subject.cls, name=one.subject.name, values=dict(one.values))
        for one in _partners(session)
    ]


def _partners(session: Session) -> list[Partner]:
    return session.once(_all_of_today)


def _all_of_today(session: Session) -> list[Partner]:
    return partners_there(session, None, day=session.today)


def kind(session: Session, _: Asked) -> ColumnCells:
    """Return what sort each is: as its source says, and by its class."""
    cells = {
        one.subject.id: Cell("yes", tuple({one.kind: 1, KINDS_OF_PARTNERS[one.subject.cls]: 1}), one.kind, one.refs)
        for one in _partners(session)
    }
    return ColumnCells(cells, Cell("unknown"))


def seat(session: Session, asked: Asked) -> ColumnCells:
    """Return who sits in a country: of whom another is on file does not."""
    assert asked.thing is not None
    cells = {
        one.subject.id: Cell("yes" if one.country == asked.thing.id else "no", rests_on=one.refs)
        for one in _partners(session)
        if one.country
    }
    return ColumnCells(cells, _not_on_file("seat"))


def country(session: Session, _: Asked) -> ColumnCells:
    """Return the country where each sits."""
    partners = [one for one in _partners(session) if one.country]
    names = printed_names(session, {one.country for one in partners if one.country})
    cells = {one.subject.id: Cell("yes", (names.get(one.country or "", ""),), rests_on=one.refs) for one in partners}
    return ColumnCells(cells, _not_on_file("seat"))


def _not_on_file(what: str) -> Cell:
    return Cell("unknown", reason=CellReason("not-on-file", {"what": what}))


def topic(session: Session, asked: Asked) -> ColumnCells:
    """Return who deals with a topic or a part of it; that somebody does not no source says."""
    wanted = set(with_narrower(asked.word))
    cells = {
        one.subject.id: Cell("yes", shown="; ".join(sorted(wanted & set(one.topics))), rests_on=one.refs)
        for one in _partners(session)
        if wanted & set(one.topics)
    }
    return ColumnCells(cells, Cell("unknown", reason=CellReason("no-whole-list", {"of": "what partners work on"})))


def works_in(session: Session, asked: Asked) -> ColumnCells:
    """Return who carries out work in a country, or did by the day; that nobody else does no source says."""
    assert asked.thing is not None
    cells = {}
    for one in partners_there(session, asked.thing.id, day=asked.day):
        if one.works:
            shown = "; ".join(f"{work.name} ({work.role})" for work in one.works.values())
            cells[one.subject.id] = Cell("yes", shown=shown, rests_on=one.refs)
    return ColumnCells(cells, Cell("unknown", reason=CellReason("no-whole-list", {"of": "who works where"})))


def _awards(session: Session) -> dict[str, list[Entity]]:
    """Return the awards that each received."""
    awards: dict[str, list[Entity]] = defaultdict(list)
    for edge in session.read(_AWARDS, Everything()):
        awards[edge.id].append(Entity(id=edge.subject, cls="Award", name=edge.own["name"], values=edge.own))
    return awards


def award_running(session: Session, asked: Asked) -> ColumnCells:
    """Return who has an award that runs on the day; that somebody has none no source says."""
    cells = {}
    for id_, awards in _awards(session).items():
        states: dict[str, Passed] = {one.id: held_on(one.values, day=asked.day) for one in awards}
        if (state := any_of_them(states.values())) != "no":
            of = [one for one in awards if states[one.id] == state]
            reason = None if state == "yes" else CellReason("no-day", {"what": "its awards"})
            shown = "; ".join(sorted(one.name for one in of))
            cells[id_] = Cell(state, (), shown, refs(*(one.values for one in of)), reason, is_listed=True)
    return ColumnCells(cells, _NO_AWARDS)


def award_ends(session: Session, _: Asked) -> ColumnCells:
    """Return the days on which the awards of each end or ended."""
    cells = {}
    for id_, awards in _awards(session).items():
        days = sorted({one.values["period_end"] for one in awards if one.values.get("period_end")})
        rests_on = refs(*(one.values for one in awards))
        reason = None if days else CellReason("no-day", {"what": "the end of its awards"})
        ends = tuple(map(Extent.of_day, days))
        reason = reason or _NO_AWARDS.reason
        cells[id_] = Cell("yes" if days else "unknown", ends, "; ".join(days), rests_on, reason, has_more=True)
    return ColumnCells(cells, _NO_AWARDS)


_NO_AWARDS = Cell("unknown", reason=CellReason("no-whole-list", {"of": "awards"}))


def _channels(session: Session, day: str) -> dict[str, list[FullEdgeRow]]:
    """Return the channels of the office of each that nothing speaks against, those to write to first."""
    ids = tuple(one.subject.id for one in _partners(session))
    found: dict[str, list[FullEdgeRow]] = defaultdict(list)
    for edge in session.read(CHANNELS_OF, OfIds(ids=ids)):
        is_usable = unusable_because(edge.values, check_of(edge.values, day)) is None and edge.held(day) != "no"
        if is_usable and edge.values.get("channel_kind") in _KINDS:
            found[edge.subject].append(edge)
    for channels in found.values():
        channels.sort(key=lambda edge: (_KINDS.index(edge.values["channel_kind"]), edge.id))
    return found


def office_contact(session: Session, asked: Asked) -> ColumnCells:
    """Return the first usable channel of the office of each: of its posts and people `contact` tells."""
    cells = {}
    for id_, (first, *_) in _channels(session, asked.day).items():
        checked = check_of(first.values, asked.day).freshness
        shown = f"{first.values['channel_value']} ({checked})" if checked else first.values["channel_value"]
        cells[id_] = Cell("yes", (first.values["channel_value"],), shown, refs(first.values, first.properties))
    return ColumnCells(cells, _not_on_file("usable contact of its office"))


def contact_checked(session: Session, asked: Asked) -> ColumnCells:
    """Return when a contact of the office of each was last verified: of our own file all is known."""
    cells = {}
    for id_, channels in _channels(session, asked.day).items():
        days = [on for edge in channels if (on := check_of(edge.values, asked.day).verified_on)]
        if days:
            cells[id_] = Cell("yes", (Extent.of_day(max(days)),), max(days), refs(*(edge.values for edge in channels)))
    return ColumnCells(cells, Cell("no", shown="never"))


_P = ("partners",)
COLUMNS = (
    SetColumn("kind", "What sort of partner: NGO, foundation, company, university …", kind, of=_P, kind="text", when="",
              example="kind:ngo"),
    SetColumn("seat", "Sits in this country", seat, of=_P, things=("Government",), when="", example="seat:switzerland"),
    SetColumn("country", "Country where it sits", country, of=_P, kind="text", when="", example="country"),
    SetColumn("topic", "Deals with this topic, or a part of it", topic, of=_P, words=TOPICS, when="",
              example="topic:forced-labor"),
    SetColumn("works_in", "Carries out work in this country, or did", works_in, of=_P, things=("Government",),
              example="works_in:ghana"),
    SetColumn("award_running", "Has an award on file that is running", award_running, of=_P,
              example="award_running:yes"),
    SetColumn("award_ends", "Day on which an award ends", award_ends, of=_P, kind="day", example="award_ends:<2027"),
    SetColumn("office_contact", "First usable contact of its office", office_contact, of=_P, kind="text",
              example="office_contact", names_people=True),
    SetColumn("contact_checked", "Day on which a contact of its office was last verified", contact_checked, of=_P,
              kind="day", example="contact_checked:>=2026", names_people=True),
)  # fmt: skip  # a line or two for each
"""What is asked of partners."""
