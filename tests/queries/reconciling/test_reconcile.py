from typing import Any

import pytest

from queries.core.session import Session
from queries.reconciling.extend import extended
from queries.reconciling.query import ExtendQuery, ReconQuery, StatedProperty, read_batch
from queries.reconciling.reconcile import Likely, likely
from queries.reconciling.rows import Name, Narrowed, decided
from queries.reconciling.service import batch

NAMES = (
    "Ghana",
    "Gana",
    "Congo",
    "ESO",
    "Example Protocol",
    "Гана",
    "Ivory Coast",
    "US Mission to the ESO",
    "Committee",
)


def found(session: Session, text: str | None, **more: Any) -> tuple[Likely, ...]:
    return likely(session, {"q": ReconQuery(query=text, **more)})["q"]


def sure(candidates: tuple[Likely, ...]) -> list[str]:
    return [one.thing.id for one in candidates if one.is_sure]


def test_the_same_candidates_in_the_same_order_on_both_engines(session: Session, embedded: Session) -> None:
    queries = {name: ReconQuery(query=name, properties=(StatedProperty(pid="country", v="Ghana"),)) for name in NAMES}
    assert batch(session, queries) == batch(embedded, queries)


def test_a_name_in_any_language_finds_the_one_that_bears_it(session: Session) -> None:
    for text in ("Ghana", "Гана", "加纳", "Republic of Ghana", "GHA", "Gold Coast"):
        assert sure(found(session, text)) == ["gov:gha"], text


def test_a_name_of_two_is_left_to_choose_until_something_tells_them_apart(session: Session) -> None:
    assert sure(found(session, "Congo")) == []
    assert {one.doubt for one in found(session, "Congo")} == {"2 things are called so"}
    assert sure(found(session, "Congo", properties=(StatedProperty(pid="iso3", v="COG"),))) == ["gov:cog"]


def test_a_body_of_a_government_is_told_by_its_country(session: Session) -> None:
    named = found(session, "US Mission to the ESO")
    assert sure(named) == ["body:us-mission-eso"]  # the name says whose it is


def test_values_are_those_that_hold_today(session: Session) -> None:
    query = ExtendQuery.model_validate({"ids": ["org:eso", "gov:gha"], "properties": [{"id": "MEMBER_OF.in"}]})
    rows = extended(session, query).rows
    members = [cell["id"] for cell in rows["org:eso"]["MEMBER_OF.in"]]
    assert members == ["gov:civ", "org:eu", "gov:gha", "gov:mng", "gov:nzl", "gov:usa"]  # Kenya left in 2010
    assert rows["gov:gha"]["MEMBER_OF.in"] == ()


def test_a_former_id_has_the_values_of_the_one_that_stands_for_it(session: Session) -> None:
    query = ExtendQuery.model_validate({"ids": ["named:government:gold-coast"], "properties": [{"id": "iso3"}]})
    assert extended(session, query).rows == {"named:government:gold-coast": {"iso3": ({"str": "GHA"},)}}
    assert sure(found(session, "named:government:gold-coast")) == ["gov:gha"]


def test_what_the_public_may_not_see_is_no_candidate(session: Session, as_the_public: Session) -> None:
    assert sure(found(session, "Quiet Partner")) == ["ngo:quiet"]
    for text in ("Quiet Partner", "Quiet Partnr", "Soon Released Relief", "ngo:quiet"):
        assert not {"ngo:quiet", "ngo:soon"} & {one.thing.id for one in found(as_the_public, text)}


def test_names_of_a_list_are_decided_in_their_order(session: Session) -> None:
    names = [Name(text) for text in ("Ghana", "", "Congo", "Ghana", "Zzyzx", "x" * 600)]
    decisions = [each.decision for each in decided(session, names, Narrowed())]
    assert decisions == ["sure", "none", "choose", "sure", "none", "none"]


def test_more_names_than_one_batch_are_decided(session: Session) -> None:
    names = [Name(f"Nobody {at}") for at in range(120)] + [Name("Ghana")]
    assert [each.decision for each in decided(session, names, Narrowed())].count("sure") == 1


@pytest.mark.parametrize("value", ["1", "1.5", "true", '{"id": "gov:gha", "name": "Ghana"}', '["Ghana", 2, false]'])
def test_a_property_may_have_any_value_of_the_api(value: str) -> None:
    [query] = read_batch(f'{{"q": {{"query": "x", "properties": [{{"pid": "country", "v": {value}}}]}}}}').values()
    assert query.properties[0].values
