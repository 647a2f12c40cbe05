"""Days as people type them for a parameter, in ISO 8601: ``yesterday``, ``March 2026``, ``FY26``."""

import re

from iga.graph.domain.values import DAY_PATTERN
from iga.graph.errors import UsageError
from iga.queries.core.day_steps import readings_of
from iga.queries.core.days_said import SaidDays, days_in

DAYS = frozenset({"as_of", "since", "until", "year", "fiscal_year"})
"""Parameters that take a day or a year, in every question and paper."""
_AS_IT_IS = re.compile(rf"{DAY_PATTERN}|load:.*")


def in_iso(written: str, *, parameter: str, today: str) -> str:
    """Return what a day typed for a parameter means; what is no way to say a day is returned as it is.

    Raises:
        UsageError: It may be two days, or lies in no one year where a year is asked for.
    """
    text = re.sub(r"^(\d{4})[-/](\d)(?=$|[-/])", r"\1-0\2", written.strip().replace(",", " "))
    if _AS_IT_IS.fullmatch(text):
        return text
    readings = readings_of(text)
    if len(readings) > 1:
        raise UsageError(f"{parameter}: {written!r} may be {' or '.join(readings)}; write the one that is meant so")
    said = _whole(text, today) or _whole(f"in {text}", today)  # a month alone
    if said is None:
        return written
    day = _year(said, written, parameter) if parameter in ("year", "fiscal_year") else _end(said, parameter)
    return day


def _whole(text: str, today: str) -> SaidDays | None:
    """Return the stretch that a text says and nothing else; None where it says more, or none."""
    try:
        said = days_in(text, today)
    except UsageError:  # the parameter refuses it, by its name
        return None
    rest = text[: said[0].at] + text[said[0].end :] if len(said) == 1 else text
    return said[0] if said and rest.strip().lower() in ("", "the") else None


def _end(said: SaidDays, parameter: str) -> str:
    return (said.since or said.until) if parameter == "since" else (said.until or said.since)


def _year(said: SaidDays, written: str, parameter: str) -> str:
    first, last = (said.since or said.until)[:4], (said.until or said.since)[:4]
    if said.how != "fiscal" and first != last:
        raise UsageError(f"{parameter}: {written!r} lies in {first} and {last}; write one year")
    return last
