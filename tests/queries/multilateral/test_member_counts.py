"""How many members a body has is only said where the list is as long as the body reports; else how many are on file."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import first_day, last_day
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import EdgeRow, Entity, OfIds, grouped, refs
from iga.queries.core.reads import MEMBERS_OF
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some
from tests.sweeps import one_in

_BODIES = all_of("Entity", f"it.cls IN {list(BODIES)}")
_NEVER = ("former", "appointment announced")


@pytest.mark.parametrize("day", one_in(3, ["2026-11-25", "2016-06-01", "2024-10-31"]))
def test_a_body_has_so_many_members_only_where_it_reports_so_many(bundled: Session, day: str) -> None:
    bodies = {body.id: body.values for body in bundled.read(_BODIES, Everything())}
    terms = grouped(bundled.read(MEMBERS_OF, OfIds(ids=tuple(bodies))))
    for body, edges in some(sorted(terms.items())):
        answer: Any = ask(bundled, "members", {"party": body, "as_of": day})
        values = next(clause.values for clause in answer.clauses if clause.id == "headline")
        reported, on = bodies[body].get("member_count"), str(bodies[body].get("member_count_on") or "0001")
        if re.search(r" has (at least )?\d+ members?", answer.headline) and not _is_called_whole(bundled, body, day):
            assert reported, (body, answer.headline)
            is_counted_later = first_day(on) > day
            assert values["reported"] or values["members"] >= reported or is_counted_later, (body, answer.headline)
        counted = {edge.id for edge in edges if _may_count(edge.properties, edge.cls, day)}
        assert values["members"] <= len(counted), (body, answer.headline)


def _is_called_whole(session: Session, body: str, day: str) -> bool:
    lists = [whole for card in session.cards.values() for whole in card.whole if whole.of == body]
    return any((whole.since or "0001") <= day <= last_day(whole.until or "9999-12-31") for whole in lists)


def _may_count(said: dict[str, Any], cls: str, day: str) -> bool:
    """Return True if somebody may be a member on a day: not former, announced or over, nor of a later cohort."""
    start, end, seen = said.get("period_start"), said.get("period_end"), min(said.get("attested_on") or (), default="")
    sign = start or seen
    is_over = bool(end) and last_day(str(end)) < day
    is_later = bool(sign) and first_day(str(sign)) > day and (cls == "Person" or bool(start))
    is_never = any(str(said.get("status") or "").startswith(word) for word in _NEVER) and not start
    return not (is_over or is_later or is_never)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["1960-12-31", "1985-12-31", "1995-12-31", "2004-12-31", "day before the list"])
def test_nobody_is_counted_before_their_start_or_else_the_first_list_that_has_them(bundled: Session, day: str) -> None:
    bodies = {body.id: body for body in bundled.read(_BODIES, Everything())}
    terms = grouped(bundled.read(MEMBERS_OF, OfIds(ids=tuple(bodies))))
    undated = {
        id_: edges for id_, edges in terms.items() if any(not edge.properties.get("period_start") for edge in edges)
    }
    for body, edges in some(sorted(undated.items())):
        signs = {edge.key: _first_sign(bundled, edge) for edge in edges}
        listed = min(signs[edge.key] for edge in edges if not edge.properties.get("period_start"))
        on = day if day[0].isdigit() else str(date.fromisoformat(listed) - timedelta(days=1))
        _nobody_else_is_counted(bundled, bodies[body], on, {edge.id for edge in edges if signs[edge.key] <= on}, edges)


def _nobody_else_is_counted(
    session: Session, body: Entity, day: str, dated: set[str], edges: Sequence[EdgeRow]
) -> None:
    about = {"party": body.id, "as_of": day}
    members: Any = ask(session, "members", about)
    assert members.clauses[0].values["members"] <= len(dated), (body, day, members.headline)
    gaps: Any = ask(session, "gaps", {**about, "agreement": "treaty:ilo-c029"})
    assert gaps.clauses[0].values.get("governments", 0) <= len(dated), (body.id, day, gaps.headline)
    assert {row.id for row in gaps.rows} <= dated, (body.id, day, gaps.headline)
    overlap: Any = ask(session, "body-overlap", {**about, "other": "org:osce" if body.id == "org:un" else "org:un"})
    short = body.values.get("acronym") or body.name
    counted = {row.id for row in overlap.rows if any(name.partition(" (")[0] == short for name in row.member_of)}
    assert counted <= dated, (body.id, day, overlap.headline)
    for party in [edge.id for edge in edges if edge.id not in dated][:1]:
        of_one: Any = ask(session, "memberships", {"party": party, "other": body.id, "as_of": day})
        assert "Yes:" not in of_one.headline, (party, body.id, day, of_one.headline)
        of_all: Any = ask(session, "memberships", {"party": party, "as_of": day})
        assert body.name not in of_all.clauses[0].values["bodies"], (party, body.id, day)


def _first_sign(session: Session, edge: EdgeRow) -> str:
    """Return the first day on which somebody is known in a body: start, else when leaving was announced or a list."""
    if start := edge.properties.get("period_start"):
        return str(first_day(start))
    if announced := edge.properties.get("withdrawal_announced_on"):
        return str(first_day(announced))
    stated = [row.stated_on or session.today for row in session.evidence(refs(edge.properties)).values()]
    return str(min(map(first_day, (*(edge.properties.get("attested_on") or ()), *stated))))


def test_a_council_tells_how_many_are_on_file_of_how_many_seats(bundled_answer: Ask) -> None:
    def headline(council: str, day: str) -> str:
        return str(bundled_answer("members", party=council, as_of=day).headline)

    istac = "the International Survivors of Trafficking Advisory Council (21 seats)"
    assert headline("ISTAC", "2024-10-31").startswith(f"5 of the members of {istac} are on file, most as")
    assert headline("ISTAC", "2026-11-25").endswith(f"Not confirmed: no member of {istac} is on file for that day.")
    advisory = bundled_answer("members", party="US Advisory Council on Human Trafficking")
    assert advisory.headline.endswith("as listed in 2023 and 2024: Brenda Myers-Powell and Sameer Jain.")
    assert "Announced, and not counted: Chris Ash, Christina Love and Jose Alfaro." in advisory.answer
    profile = bundled_answer("profile", party="US Advisory Council on Human Trafficking")
    assert (
        profile.headline
        == "United States Advisory Council on Human Trafficking is a survivor council: 2 members on file."
    )
    assert headline("US Advisory Council on Human Trafficking", "2016-06-01").startswith("11 of the members of")


def test_leaders_alone_are_not_all_members_of_a_committee(bundled_answer: Ask) -> None:
    answer = bundled_answer("members", party="SFRC", as_of="2016-06-01")
    assert answer.headline.startswith("2 of the members of the Senate Committee on Foreign Relations are on file")
    congress = bundled_answer("congress", party="SFRC", as_of="2016-06-01")
    assert congress.headline.startswith("2 members of the Senate Committee on Foreign Relations are on file")
