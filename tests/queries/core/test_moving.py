"""Who took up a post elsewhere is not said perhaps to hold the one before; who holds two at once still is."""

from collections.abc import Iterator

from iga.graph.domain.edges import Holds
from iga.graph.domain.parties import Person
from iga.graph.domain.values import first_day, last_day
from iga.graph.grouping import by_key
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, OwnEdgeRow, edges_from
from iga.queries.core.holders import holder_of
from iga.queries.core.reading import OfIds, grouped
from iga.queries.core.reads import BODIES_OF_POSTS, ENTITIES_BY_ID, HOLDERS_OF
from iga.queries.core.session import Session

TODAY = "2026-06-01"


def pairs(session: Session) -> Iterator[tuple[OwnEdgeRow, OwnEdgeRow]]:
    """Give each two posts of one person, the one that nobody says when it ended first."""
    terms = by_key(session.read(edges_from(Person, Holds), Everything()), lambda term: term.subject)
    for of in terms.values():
        yield from (
            (one, other) for one in of for other in of if one.id != other.id and not one.properties.get("period_end")
        )


def signs(term: OwnEdgeRow) -> list[str]:
    return [*(term.properties.get("attested_on") or ()), *filter(None, [term.properties.get("period_start")])]


def may_hold(session: Session, post: str, person: str, day: str) -> bool:
    [values] = [it.values for it in session.read(ENTITIES_BY_ID, OfIds(ids=(post,)))]
    holder = holder_of(values, session.read(HOLDERS_OF, OfIds(ids=(post,))), day=day)
    beside = [one.holder for one in holder.others]
    return person in (beside if holder.incumbent is None else [holder.incumbent.id, *beside])


def test_who_is_elsewhere_by_a_later_list_is_not_perhaps_in_the_post_before(bundled: Session) -> None:
    gone = both = 0
    for one, other in pairs(bundled):
        bodies = grouped(bundled.read(BODIES_OF_POSTS, OfIds(ids=(one.id, other.id))))
        here, there = ({(body.id, body.cls) for body in bodies.get(id_, ())} for id_ in (one.id, other.id))
        is_office = all(cls in ("PublicBody", "InternationalOrganization") for _, cls in there) and not here & there
        if other.properties.get("capacity") == "designate" or not is_office:
            continue
        if first_day(min(signs(other))) > last_day(max(signs(one))):
            gone += 1
            assert not may_hold(bundled, one.id, one.subject, TODAY), (one.own["name"], one.id, other.id)
        elif first_day(max(signs(one))) == first_day(max(signs(other))):
            both += 1
            [term] = [it for it in bundled.read(HOLDERS_OF, OfIds(ids=(one.id,))) if it.key == one.key]
            assert "left_by" not in term.properties, (one.own["name"], one.id, other.id)
    assert gone > 60
    assert both > 5


def test_it_is_told_since_when_and_where_and_only_from_then_on(bundled: Session) -> None:
    asked = {"party": "TIP Office", "role": "Principal Deputy Director"}
    now = ask(bundled, "contact", asked).answer
    assert "Kari Johnstone left by 2023 (since then OSCE Special Representative and Co-ordinator" in now
    before = ask(bundled, "contact", {**asked, "as_of": "2021-06-01"}).answer
    assert "Kari Johnstone may have been in office" in before


def test_a_king_of_several_states_holds_them_all(bundled: Session) -> None:
    posts = {one.id for one, _ in pairs(bundled) if one.own["name"] == "Charles III"}
    assert len(posts) > 10
    assert all(may_hold(bundled, post, "person:atg-king-1", TODAY) for post in posts)
