"""Whether a thing is among those asked for: by its day, its topic, and the fields that parameters name."""

from collections.abc import Mapping
from typing import Any

from iga.queries.core.days import passed
from iga.queries.core.periods import falls, stretch_asked
from iga.queries.core.question import Request


def is_asked(
    request: Request[Any], properties: Mapping[str, Any], *days: str, has_come: bool = False, **same: str
) -> bool:
    """Return True if a thing of these properties fits ``since``, ``until``, ``topic`` and other parameters, as given.

    What has no day may be of any; a partial day that may lie inside counts.

    Args:
        request: The question as put.
        properties: Of the thing.
        days: Fields with its day; the first that is filled counts.
        has_come: Whether the day must have come by the day that is answered for.
        same: By parameter, the field that must have its value.
    """
    asked = dict(request.params)
    since, until = stretch_asked(asked.get("since"), asked.get("until"))
    day = next(filter(None, map(properties.get, days)), None)
    is_of_time = not day or falls(day, since=since, until=until) != "no"
    has_passed = not (day and has_come) or passed(day, on=request.day) != "no"
    is_same = all(asked[name] in (None, properties.get(field)) for name, field in same.items())
    return is_of_time and has_passed and is_same and request.is_on_topic(properties)
