"""Stages of a review as its source writes them: what happened, on which day, with a remark in brackets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from iga.graph.domain.values import first_day
from iga.queries.core.days import Passed, passed

_STAGE = re.compile(r"^(?P<what>.*?)(?: (?P<on>\d{4}(?:-\d{2}){0,2}))?(?: \((?P<remark>[^()]*)\))?$")
_PLANNED = "planned"
_DUE = "due"


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        said: The stage as its source writes it.
        what: What happened or is to happen, such as ``report published``.
        on: Day of it, possibly partial; blank is not stated.
        remark: What the source adds, such as which meeting.
    """

    said: str
    what: str
    on: str = ""
    remark: str = ""

    @property
    def is_ahead(self) -> bool:
        """Whether the stage was set or planned, not seen to happen: a reply due, a report planned."""
        return self.what.endswith((_PLANNED, _DUE))

    def had_come(self, day: str) -> Passed:
        """Say whether its day had come by a day; a stage without a day is *unknown*."""
        return passed(self.on, on=day)


def stages_of(lines: Iterable[str]) -> list[Stage]:
    """Return stages in the order of their days, those without a day last."""
    stages = [_stage(line) for line in lines]
    return sorted(stages, key=lambda stage: (not stage.on, _first(stage.on), stage.said))


def _stage(line: str) -> Stage:
    match = _STAGE.match(line)
    if match is None or not match["what"]:
        return Stage(line, line)
    on = match["on"] or ""
    return Stage(line, match["what"], on if _first(on) else "", match["remark"] or "")


def _first(day: str) -> str:
    try:
        return first_day(day) if day else ""
    except ValueError:  # "2024-13" is no date, though it looks like one
        return ""
