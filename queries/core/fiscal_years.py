"""US fiscal years: from 1 October to 30 September, named after the year they end in (31 USC 1102)."""


def fiscal_year_of(day: str) -> int:
    """Return the fiscal year that a full day falls in."""
    return int(day[:4]) + (day[5:7] >= "10")


def fiscal_year_span(year: int) -> tuple[str, str]:
    """Return the first and last full day of a fiscal year."""
    return f"{year - 1}-10-01", f"{year}-09-30"
