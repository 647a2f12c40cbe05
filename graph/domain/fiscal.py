"""US fiscal years: which one a day lies in, and which days one has."""

from iga.graph.domain.values import first_day, last_day

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
