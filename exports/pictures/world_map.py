"""Governments of an answer as dots on a plain grid of degrees: no coast and no border is drawn, so none is disputed."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from iga.exports.wording import plain
from iga.graph.grouping import by_key
from iga.queries.core.answer import Answer

POINTS_FROM = "The World Factbook (public domain), https://github.com/factbook/factbook.json, May 17, 2026"
"""Source of ``country_points.csv``: the middle of a country to the nearest minutes; Kosovo, Svalbard and the West Bank
have a page of their own there. What has none, such as the overseas departments of France, has no point."""

_WIDE, _EDGE, _LEAST_DEGREES = 1000.0, 6.0, 24.0
_GRID = (5, 10, 15, 30)
_LETTER, _LINE = 6.2, 13.0

_SAID_BY = ("standing", "status", "tier", "category")
"""Fields that tell governments apart, the first of which a row has more than one value."""

SHAPES = ("circle", "square", "triangle", "diamond", "cross", "ring")
"""Shapes of the marks, one for each value; what comes after the last is a ring too."""


@dataclass(frozen=True)
class MapDot:
    """A government on the map.

    Attributes:
        says: The value that the shape stands for; blank where all are alike.
        label: Where its name is written, and whether to the left of there; None where there is no room.
    """

    id: str
    name: str
    x: float
    y: float
    shape: str
    says: str
    label: tuple[float, bool] | None


@dataclass(frozen=True)
class WorldMap:
    """Dots, the grid below them, what shapes stand for, and who has no place.

    Attributes:
        unplaced: Names of governments without a point.
        width, height: Points.
    """

    dots: tuple[MapDot, ...]
    meridians: tuple[tuple[int, float], ...]
    parallels: tuple[tuple[int, float], ...]
    legend: Mapping[str, tuple[str, int]]
    unplaced: tuple[str, ...]
    width: float
    height: float


@cache
def country_points() -> Mapping[str, tuple[float, float]]:
    """Return latitude and longitude by ISO 3166 alpha-3 code."""
    text = (files("iga.exports") / "pictures" / "country_points.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["iso3"]: (float(row["latitude"]), float(row["longitude"])) for row in rows})


def has_map(answer: Answer) -> bool:
    """True if rows of an answer are on more than one government that has a point."""
    codes = {getattr(row, "iso3", None) for row in answer.rows}
    return len(codes & country_points().keys()) > 1


def map_of(answer: Answer) -> WorldMap:
    """Return the governments of an answer as a map, each once, told apart by what all of its rows say."""
    rows = [row.model_dump(mode="json", by_alias=True) for row in answer.rows]
    by_code = by_key((row for row in rows if row.get("iso3")), lambda row: str(row["iso3"]))
    codes = sorted(by_code.keys() & country_points().keys(), key=lambda code: (-country_points()[code][0], code))
    placed = [by_code[code][0] for code in codes]
    said = _said(rows)
    says = ["; ".join(dict.fromkeys(map(said, by_code[code]))) for code in codes]
    if len(set(says)) == 1:
        says = [""] * len(says)
    shapes = {value: SHAPES[min(at, len(SHAPES) - 1)] for at, value in enumerate(dict.fromkeys(sorted(says)))}
    frame = _frame([country_points()[row["iso3"]] for row in placed])
    spots = [frame.at(*country_points()[row["iso3"]]) for row in placed]
    names = [_name(row) for row in placed]
    return WorldMap(
        dots=tuple(
            MapDot(_id(row), name, *spot, shapes[value], value, label)
            for row, name, spot, value, label in zip(placed, names, spots, says, _labels(names, spots), strict=True)
        ),
        meridians=tuple((it, frame.at(0, it)[0]) for it in frame.lines(frame.west, frame.east)),
        parallels=tuple((it, frame.at(it, 0)[1]) for it in frame.lines(frame.south, frame.north)),
        legend={value: (shape, says.count(value)) for value, shape in shapes.items() if value},
        unplaced=tuple(_name(of[0]) for code, of in by_code.items() if code not in country_points()),
        width=_WIDE,
        height=frame.high,
    )


def _said(rows: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any]], str]:
    """Return what gives the words that tell a row from others: its standing, and whether no date tells if it held."""
    field = next((it for it in _SAID_BY if len({row.get(it) for row in rows}) > 1), "")

    def said(row: Mapping[str, Any]) -> str:
        value = plain(str(row.get(field) or "not known")) if field else "on file"
        return value if row["held"] == "yes" else f"{value}, not confirmed"

    return said


def _id(row: Mapping[str, Any]) -> str:
    return str(row["id"] if "id" in row else row["group"])


def _name(row: Mapping[str, Any]) -> str:
    return plain(str(row["name"] if "name" in row else row["group_name"]))


@dataclass(frozen=True)
class _Frame:
    """The degrees that are drawn."""

    south: float
    north: float
    west: float
    east: float

    @property
    def scale(self) -> float:
        """Points for a degree."""
        return _WIDE / (self.east - self.west)

    @property
    def high(self) -> float:
        """Points from north to south."""
        return (self.north - self.south) * self.scale

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a point stands: equal degrees are equally long everywhere."""
        return (longitude - self.west) * self.scale, (self.north - latitude) * self.scale

    def lines(self, first: float, last: float) -> list[int]:
        """Return the degrees between two at which the grid has lines."""
        step = next((it for it in _GRID if (self.east - self.west) / it <= 14), _GRID[-1])
        return [it for it in range(-180, 181, step) if first <= it <= last]


def _frame(points: Sequence[tuple[float, float]]) -> _Frame:
    """Return the degrees around points, with some room."""
    latitudes, longitudes = zip(*points, strict=True)

    def around(values: Sequence[float], most: float) -> tuple[float, float]:
        more = max(_EDGE, (_LEAST_DEGREES - (max(values) - min(values))) / 2)
        return max(-most, min(values) - more), min(most, max(values) + more)

    return _Frame(*around(latitudes, 90.0), *around(longitudes, 180.0))


def _labels(names: Sequence[str], spots: Sequence[tuple[float, float]]) -> list[tuple[float, bool] | None]:
    """Return where names are written: to the right of a dot, else to its left, where nothing else stands."""
    taken = [(x - 7, y - 7, x + 7, y + 7) for x, y in spots]
    labels: list[tuple[float, bool] | None] = []
    for name, (x, y) in zip(names, spots, strict=True):
        wide, label = len(name) * _LETTER, None
        for left, is_left in ((x + 9, False), (x - 9 - wide, True)):
            box = (left, y - _LINE / 2, left + wide, y + _LINE / 2)
            if left >= 0 and left + wide <= _WIDE and not any(_meet(box, other) for other in taken):
                taken.append(box)
                label = (x - 9 if is_left else x + 9, is_left)
                break
        labels.append(label)
    return labels


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
