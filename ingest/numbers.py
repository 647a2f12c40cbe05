"""Numbers as people write them: points and commas, spaces between thousands, brackets, a currency beside the digits."""

import re
from decimal import Decimal

_PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+", re.ASCII)
# 1,234,567.89 and 1.234.567,89; of one mark alone, three digits behind it are thousands where it is a comma.
_BY_COMMAS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_BY_POINTS = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}", re.ASCII)
_BY_OTHERS = re.compile(r"\d{1,3}([ '’]\d{3})+([.,]\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,(\d{1,2}|\d{4,})", re.ASCII)
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")

SIGNS = {"US$": "USD", "€": "EUR", "£": "GBP", "$": ""}
"""Signs of currencies with their codes; a dollar alone may be of many."""
_UNITS = (
    (1_000, re.compile(r"\b(?:thousands?|milliers|miles de|tsd|000s?)\b|\bUSD ?k\b|\$ ?k\b|тыс", re.I)),
    (1_000_000, re.compile(r"\b(?:millions?|mn|mio|millones)\b|\b(?:USD|US\$|EUR|GBP) ?m\b|\$ ?m\b|млн", re.I)),
    (1_000_000_000, re.compile(r"\b(?:billions?|bn|mrd)\b|млрд", re.I)),
)
_CODE = re.compile(rf"(?P<code>[A-Z]{{3}}|{'|'.join(map(re.escape, SIGNS))})")
_BEFORE = re.compile(rf"([+-]?)\s*{_CODE.pattern}\s*(.*)")
_AFTER = re.compile(rf"(.*?)\s*{_CODE.pattern}")


def plain_number(text: str) -> str | None:
    """Return a number as digits with a decimal point, None where it has no reading, or two.

    ``(1.234,50)`` is ``-1234.50``, ``12,5`` is ``12.5``, ``1 200`` is ``1200``.
    """
    bare = _SPACES.sub(" ", text.strip())
    is_bracketed = bare.startswith("(") and bare.endswith(")")
    sign, digits = ("-", bare[1:-1].strip()) if is_bracketed else (bare[:1], bare[1:].strip())
    if not is_bracketed and sign not in ("+", "-"):
        sign, digits = "", bare
    if _PLAIN.fullmatch(digits):
        return f"{sign}{digits}"
    if _BY_COMMAS.fullmatch(digits):
        return f"{sign}{digits.replace(',', '')}"
    if _BY_POINTS.fullmatch(digits) or _DECIMAL_COMMA.fullmatch(digits):
        return f"{sign}{digits.replace('.', '').replace(',', '.')}"
    if _BY_OTHERS.fullmatch(digits):
        return f"{sign}{re.sub('[ ’]', '', digits).replace(chr(39), '').replace(',', '.')}"
    return None


def unit_of(heading: str) -> int:
    """Return what a heading says that its numbers are counted in: 1000 for “USD thousands”; 1 where it says nothing."""
    return next((factor for factor, words in _UNITS if words.search(heading)), 1)


def times(number: str, factor: int) -> str:
    """Return a plain number times a factor, as an amount in thousands or millions is written out in full."""
    text = f"{Decimal(number) * factor:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def without_currency(text: str) -> tuple[str, str]:
    """Return an amount without the currency beside it, and that as a code; blank where none, or a dollar, stands there.

    ``(EUR 500)`` is ``(500)`` and ``EUR``.
    """
    bare = text.strip()
    if bare.startswith("(") and bare.endswith(")"):
        amount, code = without_currency(bare[1:-1])
        return f"({amount})", code
    if match := _BEFORE.fullmatch(bare):
        return f"{match[1]}{match[3]}", SIGNS.get(match["code"], match["code"])
    if match := _AFTER.fullmatch(bare):
        return match[1], SIGNS.get(match["code"], match["code"])
    return bare, ""
