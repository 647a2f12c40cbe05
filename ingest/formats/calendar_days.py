"""Read the days of calendar components, and recurrence rules in words; nothing is ever expanded."""

import re
from datetime import date, timedelta

from icalendar import vDuration, vRecur

from iga.ingest.formats.content_properties import ContentProperties, ContentProperty
from iga.ingest.rejections import CELL, Refusal

_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?", re.ASCII)
_LONGEST_RULE = 500
_UNITS = {
    "SECONDLY": "second",
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
_WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}


def day_of(line: ContentProperty) -> str:
    """Return the day of a date or date-time as its own time zone has it; refuse what is none."""
    return _moment(line)[0].isoformat()


def period_of(component: ContentProperties) -> dict[str, str]:
    """Return the first and last day of an event; empty when it states none.

    DTEND is the first moment that is no longer part of it (RFC 5545 3.6.1): the day before, for whole days and at
    midnight. Without an end an event lasts its day.
    """
    start, end = component.first("DTSTART"), component.first("DTEND")
    if start is None:
        return {}
    first, starts_at = _moment(start)
    if end is not None:
        last, ends_at = _moment(end)
        if last > first and ends_at in ("", "0000", "000000"):
            last -= timedelta(days=1)
    elif lasts := component.first("DURATION"):
        last = _after(first, starts_at, lasts)
    else:
        last = first
    return {"start": first.isoformat(), "end": last.isoformat()}


def takes_whole_days(component: ContentProperties) -> bool:
    """Say whether an event is stated for whole days; no start is no statement."""
    start = component.first("DTSTART")
    return start is not None and not _moment(start)[1]


def hours_of(component: ContentProperties) -> str:
    """Return the hours of an event as stated: ``10:00-10:45``, in UTC if it says so; blank for whole days."""
    start, end = component.first("DTSTART"), component.first("DTEND")
    if start is None or not _moment(start)[1]:
        return ""
    (first, starts_at), (last, ends_at) = _moment(start), _moment(end) if end else _moment(start)
    until = f"-{_clock(ends_at)}" if end and first == last and ends_at > starts_at else ""
    return _clock(starts_at) + until + (" UTC" if start.value.strip().endswith("Z") else "")


def _clock(time: str) -> str:
    return f"{time[:2]}:{time[2:4]}"


def series_period(component: ContentProperties) -> dict[str, str]:
    """Return from when until when an event repeats: to the rule's last day, open without one, else unknown."""
    start, rule = component.first("DTSTART"), component.first("RRULE")
    period = {"start": day_of(start)} if start else {}
    if rule is None:
        return period
    parts = _parts(rule)
    if until := parts.get("UNTIL"):
        return {**period, "end": day_of(ContentProperty("UNTIL", until, line=rule.line))}
    return period if "COUNT" in parts else {**period, "end_kind": "open"}


def in_words(component: ContentProperties) -> str:
    """Return how an event repeats, in words, with its rule; blank when it does not; refuse a rule that is none."""
    rules = component.all("RRULE")
    clauses = [f"{_rule_in_words(_parts(rule))} ({rule.value.strip()[:_LONGEST_RULE]})" for rule in rules]
    if others := len(component.listed("RDATE")):
        clauses.append(f"on {others} other {'day' if others == 1 else 'days'}")
    if clauses and (without := len(component.listed("EXDATE"))):
        clauses.append(f"except on {without} {'day' if without == 1 else 'days'}")
    return f"Repeats {'; '.join(clauses)}." if clauses else ""


def _moment(line: ContentProperty) -> tuple[date, str]:
    """Return the day of a value and the time behind it, blank for a whole day."""
    match = _STAMP.fullmatch(line.value.strip())
    try:
        if match:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            return day, f"{match[4]}{match[5]}{match[6] or ''}" if match[4] else ""
    except ValueError:
        pass
    raise _refused(line, "date or date-time", "write it as 20310105 or 20310105T100000")


def _refused(line: ContentProperty, what: str, fix: str, shown: int = 50) -> Refusal:
    reason = f"line {line.line}: {line.value[:shown]!r} is no {what}"
    return Refusal(reason, fix=fix, code=CELL, column=line.name, value=line.value)


def _after(first: date, starts_at: str, lasts: ContentProperty) -> date:
    try:
        # the library's class is not typed
        length: timedelta = vDuration.from_ical(lasts.value.strip()[:50])  # type: ignore[no-untyped-call]
        into = timedelta(hours=int(starts_at[:2] or 0), minutes=int(starts_at[2:4] or 0)) if starts_at else timedelta(0)
        whole = length + into
        days = whole.days if whole % timedelta(days=1) or whole.days <= 0 else whole.days - 1
        return first + timedelta(days=max(days, 0))
    except (ValueError, OverflowError):
        raise _refused(lasts, "duration", "write it as PT1H30M or P2D") from None


def _parts(rule: ContentProperty) -> dict[str, str]:
    try:
        if len(rule.value) > _LONGEST_RULE or "FREQ" not in vRecur.from_ical(rule.value.strip()):
            raise ValueError("no rule")
    except ValueError:
        raise _refused(rule, "rule of recurrence", "write it as FREQ=WEEKLY;UNTIL=20311231", shown=100) from None
    pairs = (part.partition("=") for part in rule.value.upper().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value}


def _rule_in_words(parts: dict[str, str]) -> str:
    unit, every = _UNITS[parts["FREQ"]], parts.get("INTERVAL", "1")
    words = f"every {unit}" if every == "1" else f"every {every} {unit}s"
    days = [_WEEKDAYS.get(day, day) for day in parts.get("BYDAY", "").split(",") if day]
    if days:
        words += f" on {', '.join(days)}"
    if count := parts.get("COUNT"):
        words += f", {count} times"
    if until := parts.get("UNTIL"):
        words += f", until {until[:4]}-{until[4:6]}-{until[6:8]}"
    return words
