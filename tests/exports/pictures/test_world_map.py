"""Governments as dots: each where it is, told apart by shapes, and who has no point is named."""

from itertools import combinations

import pytest

from iga.exports.pictures.world_map import POINTS_FROM, country_points, has_map, map_of
from iga.queries.core.answer import Answer, AnswerRow, PartyRow, Total


class StandingRow(PartyRow):
    """A party and its standing."""

    standing: str = "party"


def row(iso3: str, name: str, standing: str = "party") -> StandingRow:
    return StandingRow(id=f"gov:{iso3.lower()}", cls="Government", name=name, iso3=iso3, standing=standing)


def answer(*rows: AnswerRow) -> Answer:
    return Answer(
        question="members", parameters={}, as_of="2026-01-01", answer="", rows=rows, total=Total(value=len(rows)),
        data_version="",
    )  # fmt: skip  # what every answer has


def test_every_point_is_on_the_globe_and_says_whence_it_is() -> None:
    points = country_points()
    assert len(points) > 240
    assert points["GHA"] == pytest.approx((8.0, -2.0))
    assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in points.values())
    assert "public domain" in POINTS_FROM


def test_north_is_above_and_east_to_the_right() -> None:
    drawn = {
        dot.name: dot for dot in map_of(answer(row("KEN", "Kenya"), row("GHA", "Ghana"), row("NOR", "Norway"))).dots
    }
    assert drawn["Norway"].y < drawn["Ghana"].y < drawn["Kenya"].y
    assert drawn["Ghana"].x < drawn["Norway"].x < drawn["Kenya"].x


def test_values_are_told_apart_by_shapes_and_counted() -> None:
    drawn = map_of(answer(row("GHA", "Ghana"), row("KEN", "Kenya", "signatory"), row("TGO", "Togo")))
    assert {says: count for says, (_, count) in drawn.legend.items()} == {"party": 2, "signatory": 1}
    assert len({shape for shape, _ in drawn.legend.values()}) == 2
    assert {dot.says for dot in drawn.dots} == {"party", "signatory"}


def test_where_all_are_alike_nothing_is_told_apart() -> None:
    drawn = map_of(answer(row("GHA", "Ghana"), row("KEN", "Kenya")))
    assert drawn.legend == {}
    assert {dot.shape for dot in drawn.dots} == {"circle"}


def test_a_government_with_several_rows_is_one_dot_that_says_what_each_says() -> None:
    drawn = map_of(answer(row("GHA", "Ghana"), row("GHA", "Ghana", "signatory"), row("KEN", "Kenya")))
    assert {dot.name: dot.says for dot in drawn.dots} == {"Ghana": "party; signatory", "Kenya": "party"}


def test_what_no_date_tells_is_told_apart() -> None:
    lapsed = row("KEN", "Kenya").model_copy(update={"held": "unknown"})
    drawn = map_of(answer(row("GHA", "Ghana"), lapsed))
    assert {dot.name: dot.says for dot in drawn.dots} == {"Ghana": "on file", "Kenya": "on file, not confirmed"}


def test_who_has_no_point_is_named() -> None:
    drawn = map_of(answer(row("GHA", "Ghana"), row("KEN", "Kenya"), row("GLP", "Guadeloupe")))
    assert drawn.unplaced == ("Guadeloupe",)
    assert len(drawn.dots) == 2


def test_names_do_not_lie_over_one_another() -> None:
    near = [row(code, f"Government {code}") for code in ("DEU", "CHE", "AUT", "LIE", "CZE", "BEL", "NLD", "LUX", "FRA")]
    boxes = [
        (x - 60 if is_left else x, x if is_left else x + 60, dot.y)
        for dot in map_of(answer(*near)).dots
        if dot.label
        for x, is_left in [dot.label]
    ]
    assert boxes
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or abs(one[2] - other[2]) >= 13


def test_one_government_is_no_map() -> None:
    assert not has_map(answer(row("GHA", "Ghana"), row("GHA", "Ghana")))
    assert not has_map(answer())
    assert has_map(answer(row("GHA", "Ghana"), row("KEN", "Kenya")))
