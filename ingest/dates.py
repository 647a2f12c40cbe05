"""Read the dates that files hold: ISO 8601 and what has one reading always, the rest in the order of the mapping."""

import re
from collections.abc import Callable
from functools import lru_cache

from iga.graph.domain.values import DAY_PATTERN, first_day
from iga.graph.text import folded
from iga.ingest.mapping_cells import DateOrder
from iga.ingest.rejections import Refusal

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# French, Spanish, Portuguese, Russian (as said alone and after a day), Arabic of the east and of the west.
_ELSEWHERE = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس ابريل ماي يونيه يوليه اغسطس شتنبر اكتوبر نونبر دجنبر",
)
_MONTH = {
    **{folded(name): number for names in _ELSEWHERE for number, name in enumerate(names.split(), 1)},
    **{name: number for number, name in enumerate(_NAMES, 1)},
    **{name: number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}

_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
_ISO = re.compile(DAY_PATTERN, re.ASCII)
_NUMBERS = re.compile(r"(\d{1,4})([./\- ])(\d{1,2})\2(\d{1,4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[./](\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[./](\d{1,2})", re.ASCII)
_DAY_WORD = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th|er)?[ .-]+(?:de )?)?([^\W\d_]+)[ .,-]+(?:de )?([0-9]{4})(?: г\.?)?"
)
_WORD_DAY = re.compile(r"([^\W\d_]+)\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_CHINESE = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([a-z]{3})(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[./\- ]\d{1,2}[./\- ]\d{2}", re.ASCII)

ISO_FIX = "write the date as 2021-03-25, 2021-03 or 2021"


def day_reader(order: DateOrder | None) -> Callable[[str], str]:
    """Return the reader of dates: text in, partial ISO date out.

    Args:
        order: Order of day, month and year in numbers where a date is not ISO 8601; without one, dates of one possible
            reading alone are read. Names of months are read in the languages of the United Nations.

    Raises (the reader):
        Refusal: The date has another form, could mean two days, or does not exist.
    """

    @lru_cache(maxsize=20_000)  # the dates of a file repeat
    def read(text: str) -> str:
        if _ISO.fullmatch(text):
            return _existing(text, text)
        return _existing(_in_words(text) or (_in_order(text, order) if order else _one_reading(text)), text)

    return read


def _in_words(text: str) -> str:
    """Return a date whose month is written as a word, or the day of an instant; blank for other text."""
    plain = folded(text)
    if match := _INSTANT.fullmatch(text):
        return match[1]
    if match := _CHINESE.fullmatch(text):
        day = f"-{int(match[3]):02d}" if match[3] else ""
        return f"{match[1]}-{int(match[2]):02d}{day}"
    if (match := _DAY_WORD.fullmatch(plain)) and match[2] in _MONTH:
        month = f"{match[3]}-{_MONTH[match[2]]:02d}"
        return f"{month}-{int(match[1]):02d}" if match[1] else month
    if (match := _DAY_MONTH_YEAR.fullmatch(plain)) and match[2] in _MONTH:
        return f"{match[3]}-{_MONTH[match[2]]:02d}-{int(match[1]):02d}"
    if (match := _WORD_DAY.fullmatch(plain)) and match[1] in _MONTH:
        return f"{match[3]}-{_MONTH[match[1]]:02d}-{int(match[2]):02d}"
    return ""


def _one_reading(text: str) -> str:
    """Return a date of three numbers that is one in whatever order; 14 is no month."""
    match = _NUMBERS.fullmatch(text)
    days = {_placed(match, order) for order in orders_of(text)} if match else set()
    return days.pop() if len(days) == 1 else _refuse(text)


def orders_of(text: str) -> tuple[DateOrder, ...]:
    """Return the orders in which a date of three numbers is a date; none for other text."""
    match = _NUMBERS.fullmatch(text)
    return tuple(order for order in _ORDERS if _is_date(_placed(match, order))) if match else ()


def _placed(numbers: re.Match[str], order: DateOrder) -> str:
    """Return three numbers as a date in an order; blank when the year has not four digits, or the day has."""
    places = dict(zip(order, (numbers[1], numbers[3], numbers[4]), strict=True))
    if len(places["y"]) != 4 or len(places["d"]) > 2:
        return ""
    return f"{places['y']}-{int(places['m']):02d}-{int(places['d']):02d}"


def _is_date(day: str) -> bool:
    try:
        return bool(day) and bool(first_day(day))
    except ValueError:
        return False


def _existing(day: str, text: str) -> str:
    try:
        first_day(day)
    except ValueError:
        raise Refusal(f"there is no date {text!r}", fix="correct the day or month; " + ISO_FIX, value=text) from None
    return day


def _in_order(text: str, order: DateOrder) -> str:
    plain = text.lower()
    if match := _NUMBERS.fullmatch(plain):
        if day := _placed(match, order):
            if not _is_date(day) and (others := orders_of(plain)):
                raise Refusal(
                    f"{text!r} is no date in the order {order}, which the mapping states; it is one in {others[0]}",
                    fix="correct the date, or `order` in the mapping; " + ISO_FIX,
                    value=text,
                )
            return day
    elif match := _MONTH_YEAR.fullmatch(plain):
        return f"{match[2]}-{int(match[1]):02d}"
    elif match := _YEAR_MONTH.fullmatch(plain):
        return f"{match[1]}-{int(match[2]):02d}"
    if _SHORT_YEAR.fullmatch(plain):
        raise Refusal(f"the year of {text!r} has two digits, so its century is not known", fix=ISO_FIX, value=text)
    raise Refusal(f"{text!r} is not a date in the order {order} that the mapping states", fix=ISO_FIX, value=text)


def _refuse(text: str) -> str:
    match = _NUMBERS.fullmatch(text)
    if match and len(match[4]) == 4:
        first, second = int(match[1]), int(match[3])
        if first <= 12 and second <= 12 and first != second:
            months = [name.title() for name in MONTHS]
            raise Refusal(
                f"{text!r} could be {months[second - 1]} {first} or {months[first - 1]} {second}",
                fix="write the date as 2021-03-25, or state `order: dmy` or `order: mdy` in the mapping",
                value=text,
            )
    raise Refusal(
        f"{text!r} is not an ISO 8601 date, and the mapping states no other order",
        fix=ISO_FIX + ", or state `order` in the mapping",
        value=text,
    )
