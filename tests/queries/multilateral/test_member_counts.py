"""How many members a body has is only said where the list is as long as the body reports; else how many are on file."""

import re
from typing import Any

import pytest

from iga.graph.domain.edges import BODIES
from iga.graph.domain.values import first_day, last_day
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import OfIds, grouped
from iga.queries.core.reads import MEMBERS_OF
from iga.queries.core.session import Session
from tests.queries.conftest import Ask
from tests.reading import some

_BODIES = all_of("Entity", f"it.cls IN {list(BODIES)}")
_NEVER = ("former", "appointment announced")


@pytest.mark.parametrize("day", ["2016-06-01", "2024-10-31", "2026-11-25"])
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


def test_a_council_tells_how_many_are_on_file_of_how_many_seats(bundled_answer: Ask) -> None:
    def headline(council: str, day: str) -> str:
        return str(bundled_answer("members", party=council, as_of=day).headline)

    istac = "the International Survivors of Trafficking Advisory Council (21 seats)"
    assert headline("ISTAC", "2024-10-31").startswith(f"5 of the members of {istac} are on file: Jeanne Celestine")
    assert headline("ISTAC", "2026-11-25").endswith(f"Not confirmed: no member of {istac} is on file for that day.")
    advisory = bundled_answer("members", party="US Advisory Council on Human Trafficking")
    assert advisory.headline.endswith("as listed in 2024: Brenda Myers-Powell and Sameer Jain.")
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
