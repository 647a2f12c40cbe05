"""What days said in words come to, counted from the day on which they are typed."""

import re
from calendar import monthrange
from datetime import date, timedelta

from iga.graph.domain.values import first_day, fiscal_year_of

_MONTH_NAMES = """
january jan enero janvier; february feb febrero fevrier; march mar marzo mars; april apr abril avril; may mayo mai
june jun junio juin; july jul julio juillet; august aug agosto aout; september sep sept septiembre septembre
october oct octubre octobre; november nov noviembre novembre; december dec diciembre decembre
"""
MONTHS = {
    word: number
    for number, names in enumerate(re.split(r"[;\n]+", _MONTH_NAMES.strip().replace("\n", ";")), start=1)
    for word in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month that a season begins with, in the north."""
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a one un una une",
            "two dos deux",
            "three tres trois",
            "four cuatro quatre",
            "five cinco cinq",
            "six seis",
            "seven siete sept",
            "eight ocho huit",
            "nine nueve neuf",
            "ten diez dix",
            "eleven once onze",
            "twelve doce douze",
        ),
        start=1,
    )
    for word in words.split()
} | {"couple": 2, "few": 3}

YEAR = r"(?:19|20)\d\d"


def fiscal_year(year: int) -> tuple[str, str, str]:
    """Return the months of a fiscal year, of four digits or two."""
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    return f"{year - 1}-10", f"{year}-09", "fiscal"


def this_fiscal_year(day: date) -> int:
    """Return the fiscal year that a day lies in."""
    return fiscal_year_of(day.isoformat()) or day.year


def steps_away(word: str) -> int:
    """Return how many years, months or weeks a word such as next leads on."""
    return {"next": 1, "the coming": 1, "last": -1, "previous": -1, "past": -1}.get(word, 0)


def group_of(match: re.Match[str], place: int) -> str:
    """Return the one of the groups at a place of each alternative that matched."""
    return next(group for group in match.groups()[place - 1 :: 2] if group)


def count_of(word: str) -> int:
    """Return the number that digits or a word mean."""
    return int(word) if word.isdigit() else NUMBERS[word]


def unit_of(word: str) -> str:
    """Return day, week, month, quarter or year for a word in any of the three languages."""
    for unit, words in (("day", ("d", "j")), ("week", ("w", "sem")), ("month", ("mo", "mes")), ("quarter", ("q",))):
        if word.startswith(words):
            return unit
    return "year"


def side_of(word: str) -> str:
    """Return this, next or last for a Spanish or French word."""
    return "next" if word.startswith(("pro", "que")) else "last" if word.startswith(("pas", "der")) else "this"


def moved(day: date, count: int, unit: str) -> str:
    """Return the full day so many units later."""
    unit = unit_of(unit)
    if unit in ("day", "week"):
        return by_days(day, count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"year": 12, "quarter": 3}.get(unit, 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def by_days(day: date, days: int) -> str:
    """Return the full day so many days later."""
    return (day + timedelta(days)).isoformat()


def relative(day: date, which: str, unit: str) -> tuple[str, str]:
    """Return the first and last of this, the next or the last year, month, week or quarter; partial where it can be."""
    step = steps_away(which)
    if unit == "year":
        return (str(day.year + step),) * 2
    if unit == "month":
        return (moved(day.replace(day=1), step, "month")[:7],) * 2
    if unit == "week":
        monday = day + timedelta(7 * step - day.weekday())
        return monday.isoformat(), by_days(monday, 6)
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return moved(first, step, "quarter")[:7], moved(first, 3 * step + 2, "month")[:7]


def quarter_of(which: str, year: str) -> tuple[str, str]:
    """Return the first and last month of a quarter: its number or the word for it."""
    number = int(which) if which.isdigit() else ("first", "second", "third", "fourth").index(which) + 1
    return f"{year}-{3 * number - 2:02d}", f"{year}-{3 * number:02d}"


def between_months(
    first: str, first_day_of: str | None, last: str, last_day_of: str | None, year: str | None, day: date
) -> tuple[str, str, str]:
    """Return a stretch between two months or days of months; without a year it ends as soon as it can from today."""
    ends = int(year) if year else day.year + (MONTHS[last] < day.month)
    begins = ends - (MONTHS[first] > MONTHS[last])
    since, until = f"{begins}-{MONTHS[first]:02d}", f"{ends}-{MONTHS[last]:02d}"
    since += f"-{int(first_day_of):02d}" if first_day_of else ""
    until += f"-{int(last_day_of):02d}" if last_day_of else ""
    return since, until, "between"


def ended(word: str | None, since: str, until: str) -> tuple[str, str, str]:
    """Return a stretch, or what lies after or before it where a word says so."""
    if word in ("since", "desde", "depuis", "after", "from"):
        return since, "", "since"
    return ("", until, "until") if word else (since, until, "in")


def in_month(word: str, month: int, day: date) -> tuple[str, str, str]:
    """Return what a month without a year means behind a word."""
    last = f"{day.year - (month > day.month)}-{month:02d}"
    ahead = f"{day.year + (month < day.month)}-{month:02d}"
    if word in ("since", "after", "from", "desde", "depuis"):
        return last, "", "since"
    if word == "before":
        return "", day_before(ahead), "until"
    if word in ("until", "till", "by", "hasta", "jusqu en"):
        return "", ahead, "until"
    return (last, last, "in last") if word == "last" else (ahead, ahead, "in month")


def on_day_of_month(word: str, month: int, number: int, day: date) -> tuple[str, str, str]:
    """Return what a day of a month without a year means behind a word."""

    def of(year: int) -> str:
        return date(year, month, min(max(1, number), monthrange(year, month)[1])).isoformat()

    this, today = of(day.year), day.isoformat()
    last = this if this <= today else of(day.year - 1)
    ahead = this if this >= today else of(day.year + 1)
    if word in ("since", "after", "from", "desde", "depuis"):
        return last, "", "since"
    if word == "before":
        return "", day_before(ahead), "until"
    return ("", ahead, "until") if word in ("until", "till", "by", "hasta") else (ahead, ahead, "in month")


def on_weekday(word: str, side: str, weekday: int, day: date) -> tuple[str, str, str]:
    """Return what a day of the week means behind words: since, last or next, and so on."""
    before = by_days(day, -((day.weekday() - weekday - 1) % 7 + 1))
    if side == "last":
        return (before, "", "since") if word in ("since", "from") else (before, before, "in")
    last = by_days(day, -((day.weekday() - weekday) % 7))
    ahead = by_days(day, (weekday - day.weekday() - (side == "next")) % 7 + (side == "next"))
    if word in ("since", "from"):
        return last, "", "since"
    return ("", ahead, "until") if word in ("until", "by", "before") else (ahead, ahead, "in")


def day_before(day: str) -> str:
    """Return what comes before a day, as precise as it is."""
    if len(day) == 4:
        return str(int(day) - 1)
    return by_days(date.fromisoformat(first_day(day)), -1)[: len(day)]


def is_day(written: str) -> bool:
    """True if a possibly partial day in ISO 8601 is in the calendar."""
    try:
        return bool(date.fromisoformat(first_day(written)))
    except ValueError:
        return False


def iso_day(written: str) -> str:
    """Return a written day in ISO 8601, as precise as it is; of days in numbers the likelier reading."""
    if re.fullmatch(rf"{YEAR}(-\d\d){{0,2}}", written):
        return written
    if readings := readings_of(written):
        return readings[0]
    year = re.search(YEAR, written)
    month = next(number for word in re.findall(r"[a-z]+", written) if (number := MONTHS.get(word)))
    day_of_month = re.search(r"(?<!\d)(\d{1,2})(?!\d)", written)
    assert year, "each pattern of a written day has a year"
    return f"{year[0]}-{month:02d}" + (f"-{int(day_of_month[1]):02d}" if day_of_month else "")


def readings_of(written: str) -> tuple[str, ...]:
    """Return the days that one in numbers may be, the month first as the office writes it: 3/6/2026; empty if none."""
    numbers = re.match(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)(?!\d)(.*)", written)
    if not numbers:
        return ()
    first, second, stated = int(numbers[1]), int(numbers[2]), numbers[4]
    year = numbers[3] if len(numbers[3]) == 4 else f"20{numbers[3]}"
    month_first, day_first = f"{year}-{first:02d}-{second:02d}", f"{year}-{second:02d}-{first:02d}"
    if "day" in stated or first > 12:
        return (day_first,)
    if "month" in stated or second > 12 or first == second:
        return (month_first,)
    return month_first, day_first
