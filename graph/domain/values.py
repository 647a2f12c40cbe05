"""The value types that fields of the domain are declared with, checked and normalized by pydantic."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

DAY_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ID_PATTERN = r"^[a-z][a-z0-9]*:[a-z0-9][a-z0-9:._-]*$"
_DAY = re.compile(DAY_PATTERN, re.ASCII)

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"


def _nfc(text: object) -> object:
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


# NFC comes last because validators that run before stand outside: so the limits stay pydantic's own, which is
# quicker, and trimmed text is what they measure.
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000), BeforeValidator(_nfc)]
"""One line of text: a name, a title, a place."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), BeforeValidator(_nfc)]
"""Running text: words as said, a description."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_OF_PAGES = frozenset({"http", "https"})


def page_address(text: str) -> str:
    """Return the address of a page as it stands: ``https://…``, ``http://…`` or no scheme, ``example.org:8080``.

    What browsers leave out before they look for a scheme is left out here, too.

    Raises:
        ValueError: It is of another scheme, such as ``javascript:``: a link to it may do anything.
    """
    seen = _UNSEEN.sub("", text)
    scheme = _SCHEME.match(seen)
    if scheme is None or scheme[1].lower() in _OF_PAGES:
        return text
    if "." in scheme[1] and seen[scheme.end() : scheme.end() + 1].isdigit():  # a host and its port
        return text
    raise ValueError(f"an address of a page begins with https:// or http://, and not with {scheme[1]}:")


Page = Annotated[Line, AfterValidator(page_address)]
"""The address of a page."""

Lines = tuple[Line, ...]
"""Several lines of text without order; sources are united."""

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=200)]
"""A subject's id: ``kind:slug``, ASCII, lower case, never reused."""


def _existing_day(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD")
    first_day(text)
    return text


def first_day(day: str) -> str:
    """Return the first full day that a partial date may mean: ``2021-03`` is ``2021-03-01``.

    Raises:
        ValueError: There is no such month or day.
    """
    return _bounds(day)[0]


def last_day(day: str) -> str:
    """Return the last full day that a partial date may mean: ``2021-02`` is ``2021-02-28``.

    Raises:
        ValueError: There is no such month or day.
    """
    return _bounds(day)[1]


@lru_cache(maxsize=50_000)  # the dates of a file repeat
def _bounds(day: str) -> tuple[str, str]:
    year, month, last = int(day[:4]), int(day[5:7] or 1), 0
    if year < 1 or not 1 <= month <= 12:
        raise ValueError(f"there is no date {day}")
    if len(day) == 10:
        if not 1 <= int(day[8:]) <= monthrange(year, month)[1]:
            raise ValueError(f"there is no day {day}")
        return day, day
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    last = monthrange(year, month)[1]
    return f"{day}-01", f"{day}-{last:02d}"


def refines(fine: str, coarse: str) -> bool:
    """True if one partial date makes another more precise: ``2021-03`` refines ``2021`` and a blank."""
    return len(fine) > len(coarse) and (not coarse or fine.startswith(f"{coarse}-"))


@dataclass(frozen=True)
class PartialDate:
    """Marks a field whose values the fold compares as partial dates."""


Day = Annotated[str, AfterValidator(_existing_day), PartialDate()]
"""An ISO 8601 date, possibly partial (``2021``, ``2021-03``), never padded."""

Days = tuple[Annotated[str, AfterValidator(_existing_day)], ...]
"""Several dates without order; sources are united."""

Instant = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$")]
"""An ISO 8601 instant in UTC: ``2026-06-30T14:00:00Z``."""


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that names another subject; it is mapped like an end of an edge.

    Attributes:
        label: Class or label that the subject must have, such as ``Party``.
    """

    label: str


def _decimal(value: object) -> object:
    """Keep money as text: a float has already lost the number that was written."""
    if isinstance(value, float):
        raise ValueError("write an amount as text or a whole number, not as a floating-point number")
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError("an amount is a decimal number such as -1250.50") from None
    if not number.is_finite() or abs(number.adjusted()) > 20:
        raise ValueError("an amount is a finite decimal number of at most 20 digits")
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


Amount = Annotated[str, BeforeValidator(_decimal)]
"""A signed decimal number as text, without superfluous zeros: ``-1250.5``."""

Percentage = Annotated[str, BeforeValidator(_decimal), AfterValidator(lambda v: _within(v, 0, 100))]
"""A share from 0 to 100 as decimal text."""


def _within(value: str, low: int, high: int) -> str:
    if not low <= Decimal(value) <= high:
        raise ValueError(f"must lie between {low} and {high}")
    return value


class Composite(BaseModel):
    """A value of several parts that the fold takes whole from one statement, never in pieces."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Interval(Composite):
    """From when until when something held. A blank end is unknown, never "current"."""

    start: Annotated[str, AfterValidator(lambda v: v and _existing_day(v))] = Field(
        default="", description="First day, possibly partial; blank is unknown."
    )
    end_kind: Literal["dated", "open", "unknown"] = Field(
        default="unknown", description="Whether the end is a date, stated to be open, or unknown."
    )
    end: Annotated[str, AfterValidator(lambda v: v and _existing_day(v))] = Field(
        default="", description="Last day it still held, possibly partial; only when the end is dated."
    )

    @model_validator(mode="before")
    @classmethod
    def _end_kind_follows_end(cls, interval: object) -> object:
        if isinstance(interval, dict) and interval.get("end") and "end_kind" not in interval:
            return {**interval, "end_kind": "dated"}
        return interval

    @model_validator(mode="after")
    def _not_empty(self) -> "Interval":
        if (self.end_kind == "dated") != bool(self.end):
            raise ValueError("an end date goes with the end kind 'dated', and only with it")
        if self.start and self.end and first_day(self.start) > last_day(self.end):
            raise ValueError(f"the end {self.end} lies before the start {self.start}")
        return self


MEASURES = Literal[
    "announced",
    "requested",
    "enacted",
    "allocated",
    "budget",
    "ceiling",
    "pledge",
    "commitment",
    "obligation",
    "subaward",
    "planned_disbursement",
    "disbursement",
    "outlay",
    "expenditure",
    "cost_share",
    "contribution",
    "incoming_pledge",
    "incoming_commitment",
    "incoming_funds",
    "reimbursement",
    "interest_payment",
    "loan_repayment",
    "purchase_of_equity",
    "sale_of_equity",
    "credit_guarantee",
]
"""What an amount measures, from what is said to what is paid; ours and those of IATI's TransactionType codelist.

A sub-award is the prime recipient passing on what was obligated to it: added to obligations it would count twice.
"""


class Money(Composite):
    """An amount of one measure. Amounts of different measures or currencies are never added."""

    amount: Amount = Field(description="Signed decimal number as text.")
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(description="ISO 4217 code.")
    measure: MEASURES = Field(description="What the amount measures.")
    value_date: Annotated[str, AfterValidator(lambda v: v and _existing_day(v))] = Field(
        default="", description="Day the amount is of, possibly partial; blank is unknown."
    )


CHANNELS = Literal["email", "phone", "mobile", "fax", "address", "website", "form", "hotline", "messenger"]


class Channel(Composite):
    """One way to reach somebody."""

    kind: CHANNELS = Field(description="What the value is; a mobile is a person's, and never a post's or a body's.")
    value: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), BeforeValidator(_nfc)
    ] = Field(description="The address itself, as printed by its source.")

    @model_validator(mode="after")
    def _plausible(self) -> "Channel":
        if self.kind == "email" and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", self.value):
            raise ValueError(f"{self.value!r} is not an e-mail address; one address to a cell")
        if self.kind in ("website", "form"):
            page_address(self.value)
        return self


# From fiscal year 1977 a year runs from 1 October to 30 September, named by the year in which it ends; before, from
# 1 July to 30 June. The quarter from July to September 1976 belongs to neither: 31 USC 1102, and section 501 of the
# Congressional Budget Act of 1974. ForeignAssistance.gov prints it as 1976tq.
_FIRST_OF_TODAY = 1977


def fiscal_year_of(day: str) -> int | None:
    """Return the US fiscal year of a possibly partial date; None where it may lie in two, or in 1976's quarter."""
    first, last = _year(first_day(day)), _year(last_day(day))
    return first if first == last else None


def fiscal_year_days(year: int) -> tuple[str, str]:
    """Return the first and the last full day of a US fiscal year."""
    if year < _FIRST_OF_TODAY:
        return f"{year - 1:04d}-07-01", f"{year:04d}-06-30"
    return f"{year - 1:04d}-10-01", f"{year:04d}-09-30"


def _year(day: str) -> int | None:
    year, month = int(day[:4]), int(day[5:7])
    if year >= _FIRST_OF_TODAY or not 7 <= month < 10:
        return year + (month >= 10)
    return None if year == _FIRST_OF_TODAY - 1 else year + 1
