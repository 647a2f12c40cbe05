from typing import Any

import pytest

from iga.graph.errors import NotFound
from iga.queries.core.answer import Hit, How
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.reconciling.doubts import doubt, lacks_owner
from iga.queries.reconciling.query import ExtendQuery, ReconQuery, StatedProperty, read_batch
from iga.queries.reconciling.reconcile import Likely, likely
from iga.queries.reconciling.service import extended
from iga.queries.reconciling.suggest import flyout_of
from iga.queries.reconciling.table_rows import Name, Narrowed, decided


def found(session: Session, text: str | None, **more: Any) -> tuple[Likely, ...]:
    return likely(session, {"q": ReconQuery(query=text, **more)})["q"]


def sure(candidates: tuple[Likely, ...]) -> list[str]:
    return [one.thing.id for one in candidates if one.is_sure]


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


@pytest.mark.parametrize(
    ("name", "pid", "value", "agrees"),
    [
        ("TIP Report 2025", "published_on", "2025-09", True),
        ("TIP Report 2025", "published_on", "2024", False),
        ("US Mission to the ESO", "government", "United States", True),
        ("US Mission to the ESO", "government", "Ghana", False),
    ],
)
def test_a_day_and_a_thing_known_beside_a_name_are_compared(
    session: Session, name: str, pid: str, value: str, agrees: bool
) -> None:
    first = found(session, name, properties=(StatedProperty(pid=pid, v=value),))[0]
    assert first.verdicts == ({pid: "agrees"} if agrees else {})


@pytest.mark.parametrize(
    ("text", "matched", "how", "values", "reason"),
    [
        ("Relief", "Relief", "name", {"undisclosed": True}, "its name is withheld in the source"),
        ("DUNS: 12345", "12345", "code", {}, "it is called like a part of the text only"),
        ("12345", "ein:12345", "code", {"identifiers": ["ein:12345"]}, "a number may be the identifier of something"),
        ("Relief", "Relief", "id", {"undisclosed": True}, ""),
        ("Relief", "Relief", "name", {}, ""),
    ],
)
def test_a_name_alone_may_leave_a_doubt(text: str, matched: str, how: How, values: dict[str, Any], reason: str) -> None:
    thing = Entity(id="ngo:x", cls="Ngo", name="Relief", values={"name": "Relief", **values})
    hit = Hit.model_validate(
        {"id": "ngo:x", "class": "Ngo", "name": "Relief", "matched": matched, "how": how, "score": 90}
    )
    said = doubt(text, hit, thing, is_kind_given=True)
    assert said.startswith(reason)
    assert bool(said) == bool(reason)


def test_a_long_acronym_is_its_bodys_own_and_a_short_one_may_be_anothers(session: Session) -> None:
    values = {"name": "Mission", "government": "gov:usa"}
    mission = Entity(id="body:us-mission-eso", cls="PublicBody", name="Mission", values=values)
    assert lacks_owner(session, mission, "DEMO", how="acronym") == ""
    assert "bodies of other countries may be called so" in lacks_owner(session, mission, "MOJ", how="acronym")


def test_a_type_that_there_is_not_is_refused_with_those_there_are(session: Session) -> None:
    with pytest.raises(NotFound, match="there is no type 'Castle'; its ids are Party, Agreement, Government"):
        flyout_of(session, "type", "Castle")
