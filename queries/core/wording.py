"""Small pieces of plain English that sentences of answers are put together from."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from iga.graph.statements import Value


def listed(words: Sequence[str], *, most: int = 5) -> str:
    """Return words as a list in a sentence; beyond `most` the rest is counted. Blank when there are none."""
    shown = list(words[:most])
    between = "; " if any(", " in word for word in shown) else ", "
    if len(words) > most:
        return f"{between.join(shown)} and {len(words) - most} more"
    return " and ".join([between.join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def money(amount: str | Decimal, currency: str | None) -> str:
    """Return an amount as people write it: ``USD 1,080,000``; zeros that say nothing are left out."""
    text = f"{Decimal(amount):,f}"
    shown = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{currency or 'currency not stated'} {shown}"


def with_article(words: str) -> str:
    """Return words with the article that their first letter asks for: ``an observer``, ``a member``."""
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


_WITH_THE = re.compile(
    r"(UN|EU|AU|OSCE|OAS|ILO|IOM|GCC|CIS|PITF|G7|G20|CCPCJ|WHO|FAO|OIC|OECD|ICAO|CBSS|CEACR|SPOG|CRC|"
    r"1950 Convention|African Union|Arab League|Bahamas|Bali Process|Caribbean Community|Central African Republic|"
    r"Comoros|Democratic Republic of the Congo|Dominican Republic|East African Community|European Union|Gambia|"
    r"Holy See|Human Rights Council|Maldives|Marshall Islands|Netherlands|Palermo Protocol|Philippines|"
    r"Republic of the Congo|Solomon Islands|TIP Office|Third Committee|UN General Assembly|UN Security Council|"
    r"UN Special Rapporteur on trafficking|UNTOC review mechanism|United Arab Emirates|United Kingdom|"
    r"United Nations|United States|World Bank)$|"
    r"(Organi[sz]ation|Office|Council|Committee|Commission|Commonwealth|Group|Meetings?|Conference|Convention|"
    r"Protocol|Optional|Department|Bureau|Ministry|Embassy|Permanent|Special|League|Child Protection Compact|"
    r"Global Fund|Government|Association|Ambassador|Secretary|President|Under Secretary|Deputy|National Coordinator|"
    r"U\.S\. (Embassy|Mission|Consulate)|US Mission|Working Group|(House|Senate) Committee) "
)
_END_WITH_THE = re.compile(
    r" (Convention|Protocol|Process|Programme|Task Force|Council|Committee|Commission|Union|Group|Assembly|Fund|Office|"
    r"Partnership|Mechanism|Directive|Department|Secretariat|Board)( of (19|20)\d\d)?$"
)
"""Names that are said with an article: whole ones, and the nouns that others begin or end with."""


def the(name: str) -> str:
    """Return a name with the article it is said with: ``the OSCE``, ``the Philippines``; most have none."""
    takes_it = _WITH_THE.match(name) or (_END_WITH_THE.search(name) and not name.startswith("The "))
    return f"the {name}" if takes_it else name


def kind_in_words(kind: str) -> str:
    """Return a class or a type of relationship in words: ``national action plan``, ``party to``."""
    if kind.isupper():
        return kind.replace("_", " ").lower()
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()


def years_listed(years: Sequence[int]) -> str:
    """Return rising years as a list in a sentence, runs of three or more as ``2003 to 2019``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [word for run in runs for word in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return listed(words, most=len(words))


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English, whatever the machine's language: a paper must not change with it."""


def long_day(day: str) -> str:
    """Return an ISO day, perhaps partial, as a paper prints it: ``June 23, 2015`` or ``June 2015``."""
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    if not month:
        return year
    name = MONTHS[int(month) - 1]
    return f"{name} {int(number)}, {year}" if number else f"{name} {year}"


def outcome(adopted_by: str | None) -> str:
    """Return what became of a text: ``rejected`` or ``adopted``."""
    return "rejected" if (adopted_by or "").startswith("rejected") else "adopted"


def days(start: str | None, end: str | None) -> str:
    """Return a stretch as a paper prints it: ``April 15–16, 2024``; one day for one day, blank for none."""
    if not start or not end or start == end:
        return long_day(start or end or "")
    if len(start) == len(end) == 10 and start[:7] == end[:7]:
        month, year = long_day(start[:7]).split()
        return f"{month} {int(start[8:])}–{int(end[8:])}, {year}"
    return f"{long_day(start)} to {long_day(end)}"


def in_full(start: str | None, end: str | None) -> str:
    """Return a stretch of time as a paper prints it, perhaps open at one end; blank if neither end is known."""
    if start and end:
        return days(start, end)
    return f"from {long_day(start)}" if start else f"until {long_day(end)}" if end else ""


def in_words(
    value: Value, names: Mapping[str, str] = MappingProxyType({}), *, written: Callable[[str], str] = str
) -> str:
    """Return a value as text: lists joined, intervals and amounts spelt out."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    return _composite(value, written) if isinstance(value, Mapping) else names.get(str(value), str(value))


def _composite(value: Mapping[str, str], written: Callable[[str], str]) -> str:
    if "day" in value:
        return written(value["day"])
    if "amount" in value:
        day = f", {written(value['value_date'])}" if value.get("value_date") else ""
        return f"{value['amount']} {value['currency']} ({value['measure']}{day})"
    if "end_kind" in value:
        start, end = (written(value[part]) if value[part] else "" for part in ("start", "end"))
        return f"{start or 'unknown'} to {end or ('open, as stated' if value['end_kind'] == 'open' else 'unknown')}"
    return ": ".join(part for part in value.values() if part)


def sentence(text: str) -> str:
    """Return text with a full stop at its end; blank text stays blank."""
    return text if not text.strip() or text.endswith((".", "!", "?")) else f"{text}."


def replied(text: str, word: str) -> str:
    """Return a sentence that begins with the word that replies to a yes-or-no question."""
    return f"{word}: {text.strip()}"


def quoted(text: str) -> str:
    """Return text between quotation marks: a source, or whoever asks, has it letter by letter."""
    return f"“{text}”"


def as_said(text: str, is_verbatim: bool | None) -> str:
    """Return what somebody asked or promised: between quotation marks if verbatim, else said to be a summary."""
    if is_verbatim:  # its stop stands between the marks only where the source has one
        return quoted(text) + ("" if text.endswith((".", "!", "?")) else ".")
    return f"{text.rstrip('.')}, in our summary."


def capitalized(text: str) -> str:
    """Return text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]
