"""Days as people write them in a list: read as far as they go, never completed by a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from iga.ingest.dates import MONTHS, day_reader
from iga.ingest.mapping_cells import DateOrder
from iga.ingest.rejections import Refusal

_FILLER = re.compile(
    r"^(?:(?:as of|since|on|in|around|about|approx\.?|circa|ca\.?|last|updated|seen|met|spoke|~)\s+)+|[.,;:]+$", re.I
)
_WITHIN = re.compile(r"^(?:mid|early|late|end of|end|beginning of|start of)[\s-]+", re.I)
_PERIOD = re.compile(r"(?:q[1-4]|[1-4]q|spring|summer|autumn|fall|winter)[\s,'-]+(?:of\s+)?(\d{4})", re.I)
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_NUMBERS_IN = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
_WITHOUT_YEAR = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[a-z]{3,9}\.?(?:\s+\d{1,2}(?:st|nd|rd|th)?)?|\d{1,2}/\d{1,2}", re.I
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[A-Za-z]{3,9}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2} [\d:.]+")

_FIX = "write the day with its year, as 2026-08-14 or 2026-08"


@dataclass(frozen=True)
class LooseDay:
    """What a text says of a day.

    Attributes:
        day: The day, possibly partial; blank where it is not known.
        why: Why it is not known, or not sure; blank where it is as written.
    """

    day: str = ""
    why: str = ""
    fix: str = ""


@dataclass(frozen=True)
class DayReader:
    """Reads the days of one list.

    Attributes:
        order: Order of day and month in numbers, where the days of the list decide it.
        as_of: Day that the list says it is of, possibly partial; blank where it does not.
    """

    order: DateOrder | None = None
    as_of: str = ""

    def read(self, text: str) -> LooseDay:
        """Return what a text says of a day; a month without a year is completed by the list's own year alone."""
        written = _FILLER.sub("", " ".join(text.split())).strip(" ()").rstrip(".")
        if _INSTANT.fullmatch(written):
            written = written[:10]
        plain = _WITHIN.sub("", written)
        if match := _PERIOD.fullmatch(plain):
            return LooseDay(match[1])
        try:
            day = day_reader(_order(plain) or self.order)(plain)
        except Refusal as refusal:
            tells = any(word in refusal.reason for word in ("could be", "there is no", "two digits"))
            doubt = LooseDay(why=refusal.reason if tells else f"{text!r} is not a day", fix=_FIX)
            return self._without_year(plain) or doubt
        # mid-August is a day within August
        return LooseDay(day if plain == written else day[:7])

    def _without_year(self, text: str) -> LooseDay | None:
        if _YEAR.search(text) or not _WITHOUT_YEAR.fullmatch(text):
            return None
        year = self.as_of[:4]
        for order in (("mdy", "dmy") if self.order is None else (self.order,)) if year else ():
            try:
                day = day_reader(order)(f"{text.rstrip('.')}{'/' if '/' in text else ' '}{year}")
            except Refusal:
                continue
            if day[: len(self.as_of)] > self.as_of[: len(day)]:
                return LooseDay(
                    why=f"{text!r} has no year, and lies after {self.as_of}, of which the list is", fix=_FIX
                )
            if "/" in text and self.order is None:
                break
            return LooseDay(day, why=f"{text!r} has no year; the list is of {self.as_of}")
        return LooseDay(why=f"{text!r} has no year", fix=_FIX) if _is_month(text) else None


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Return the order that the days of a list are written in; None where none or both of them show."""
    orders = {order for text in texts for order in map(_order, _NUMBERS_IN.findall(text)) if order}
    return orders.pop() if len(orders) == 1 else None


def year_of(titles: Iterable[str]) -> str:
    """Return the day that title rows say a list is of; their one year where they say no more; blank for none."""
    titles = list(titles)
    for title in titles:
        match = re.search(r"\b(?:as of|updated|status|stand)\b[\s:]*(?:on\s+)?([^();|]*)", title, re.I)
        # "May 2026, red = overdue": what follows the day is cut off, a comma at a time
        pieces = match[1].split(",") if match else []
        for end in range(len(pieces), 0, -1):
            if day := DayReader().read(",".join(pieces[:end])).day:
                return day
    years = {year for title in titles for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else ""


def _order(text: str) -> DateOrder | None:
    """Return the order that a day shows by itself: 14 is no month; names of months need none."""
    match = _NUMBERS.fullmatch(text)
    if not match:
        return "mdy" if _WORD.search(text) else None
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first or first == second else None


def _is_month(text: str) -> bool:
    word = _WORD.search(text)
    return "/" in text or (word is not None and word[0].lower()[:3] in MONTHS)
