"""Days as people say them: years, months, fiscal years and stretches from the day the text is typed on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iga.graph.errors import UsageError
from iga.graph.text import folded
from iga.queries.core.day_steps import (
    MONTHS,
    NUMBERS,
    SEASONS,
    WEEKDAYS,
    YEAR,
    between_months,
    by_days,
    count_of,
    day_before,
    ended,
    fiscal_year,
    group_of,
    in_month,
    is_day,
    iso_day,
    moved,
    on_day_of_month,
    on_weekday,
    quarter_of,
    relative,
    side_of,
    steps_away,
    this_fiscal_year,
    unit_of,
)

_M = "|".join(sorted(MONTHS, key=len, reverse=True))
# May and March, and what begins with them, mean other things as well.
_MONTHS_ALONE = "|".join(word for word in MONTHS if len(word) > 4 and word not in ("march", "marzo"))
_N = rf"\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_UNIT = (
    "day|days|week|weeks|month|months|quarter|quarters|year|years|dia|dias|semana|semanas|mes|meses|ano|anos"
    "|jour|jours|semaine|semaines|mois|an|ans|annee|annees"
)
_PERIOD = "ano|mes|annee|mois|semana|semaine"
_SINCE = r"since|from|starting|beginning|after|as from|desde|depuis|a partir de|des"
_UNTIL = r"until|till|til|up to|through|thru|by|before|to|hasta|jusqu a|jusqu en|avant|antes de"
_DAY = (
    rf"{YEAR}-\d\d-\d\d|{YEAR}-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|\d\d)(?: \(?(?:day|month) first\)?)?"
    rf"|(?:{_M})\.? \d{{1,2}}(?:st|nd|rd|th)? ?,? {YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er)? (?:of |de )?(?:{_M}) (?:of |de |del )?{YEAR}"
    rf"|(?:{_M})\.? (?:of |de |del )?{YEAR}|{YEAR}"
)
_OTHERS = "decade|fy|christmas|yesterday|ayer|hier|today|now|hoy|aujourd|tomorrow|manana|demain"
_WORDS = frozenset((*MONTHS, *SEASONS, *WEEKDAYS, *f"{_UNIT}|{_OTHERS}".split("|")))
"""Words of which each way to say days without a digit has one."""
_FISCAL = r"(?:fy ?|fiscal year |fiscal |ano fiscal |exercice |annee fiscale )((?:19|20)?\d\d)"


@dataclass(frozen=True, slots=True)
class SaidDays:
    """A stretch of time in a text.

    Attributes:
        at, end: Where it stands in the folded text.
        since, until: First and last day, possibly partial; blank where it has no such end.
        how: ``in`` a period, ``since``, ``until``, ``between`` two, ``as of`` a day, ``ahead`` or ``back`` from today,
            or a ``fiscal`` year.
        year: The year it names alone, None if it names more or less.
    """

    at: int
    end: int
    since: str
    until: str
    how: str
    year: int | None = None


@dataclass(frozen=True)
class DayRule:
    """A way to say days: how it is written, and what a match means on a day."""

    written: str
    meaning: Callable[[re.Match[str], date], tuple[str, str, str]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, made when it is first looked for."""
        return re.compile(rf"(?<![\w/-])(?:{self.written})(?![\w/])")


def flat(text: str) -> str:
    """Return a text as days are looked for in it: no accents or case, with the signs that stand in dates."""
    kept = re.sub("[’'`]", " ", text)
    return "".join(letter.lower() if letter.isascii() else (folded(letter) or " ")[:1] for letter in kept)


def may_name_days(plain: str) -> bool:
    """True if a flat text has a digit or a word of time; where it has none, no rule matches."""
    return re.search(r"\d", plain) is not None or not _WORDS.isdisjoint(re.findall(r"\w+", plain))


def days_in(text: str, today: str) -> list[SaidDays]:
    """Return the stretches of time that a text names, in their order; none overlaps another.

    Raises:
        UsageError: It names a day that no calendar has: left out, another day would be answered for.
    """
    plain, day = flat(text), date.fromisoformat(today)
    if not may_name_days(plain):
        return []  # the patterns take as long to make as an answer
    if wrong := [day for day in _WHOLE.findall(plain) if not is_day(day)]:
        raise _no_day(wrong[0])
    found: list[SaidDays] = []
    for rule in RULES:
        for match in rule.pattern.finditer(plain):
            if any(match.start() < said.end and said.at < match.end() for said in found):
                continue
            since, until, how = rule.meaning(match, day)
            if not all(map(is_day, filter(None, (since, until)))):
                raise _no_day(match[0])
            only = since if since and since == until and len(since) == 4 else ""
            found.append(SaidDays(match.start(), match.end(), since, until, how, int(only) if only else None))
    return sorted(found, key=lambda said: said.at)


_WHOLE = re.compile(r"(?<![\w/-])\d{4}-\d\d-\d\d(?![\w/-])")


def _no_day(text: str) -> UsageError:
    return UsageError(f"there is no day {text!r}: write one that the calendar has, such as 2026-02-28")


_RELATIVE = r"(this|next|last|previous|past|the coming) (year|month|week|quarter)"
# The first that fits a stretch of the text counts: longer ways to say a day stand before shorter ones.
RULES = (
    DayRule(rf"(?:at|as of) the end of ({_DAY})", lambda m, _: (iso_day(m[1]), iso_day(m[1]), "as of")),
    DayRule(
        rf"(?:between|from) {_FISCAL} (?:and|to|through|until) {_FISCAL}",
        lambda m, _: (fiscal_year(int(m[1]))[0], fiscal_year(int(m[2]))[1], "between"),
    ),
    DayRule(
        rf"(?:between|from|entre|de) ({_M})(?: (\d{{1,2}}))? (?:and|to|until|till|through|y|et|a) ({_M})"
        rf"(?: (\d{{1,2}}))?(?: (?:of |de )?({YEAR}))?(?! \d)",
        lambda m, day: between_months(m[1], m[2], m[3], m[4], m[5], day),
    ),
    DayRule(
        rf"(?:by |before |until |through )?(?:the )?end of {_FISCAL}",
        lambda m, _: ("", fiscal_year(int(m[1]))[1], "until"),
    ),
    DayRule(
        rf"(?:in |for |during )?(?:the )?(?:q([1-4]) ?|(first|second|third|fourth) quarter (?:of )?)({YEAR})",
        lambda m, _: (*quarter_of(m[1] or m[2], m[3]), "in"),
    ),
    DayRule(rf"(?:{_SINCE}) {_FISCAL}", lambda m, _: (fiscal_year(int(m[1]))[0], "", "since")),
    DayRule(rf"(?:in |for |during |en )?{_FISCAL}", lambda m, _: fiscal_year(int(m[1]))),
    DayRule(
        r"(?:in |for |during )?(?:(this|current|the current|next|last|previous) (?:fiscal year|fy))",
        lambda m, day: fiscal_year(this_fiscal_year(day) + steps_away(m[1])),
    ),
    DayRule(
        rf"(?:between|from) (?:now|today) (?:and|to|until|till|through) ({_DAY})",
        lambda m, _: ("", iso_day(m[1]), "until"),
    ),
    DayRule(
        rf"(?:between|from) (?:now|today) (?:and|to|until|till|through) (?:the end of )?({_M})(?: (\d{{1,2}}))?",
        lambda m, day: (
            on_day_of_month("until", MONTHS[m[1]], int(m[2]), day) if m[2] else in_month("until", MONTHS[m[1]], day)
        ),
    ),
    DayRule(
        rf"(?:between|from|entre|de|du) ({_DAY}) (?:and|to|until|till|through|y|et|a|hasta|au|-) ({_DAY})",
        lambda m, _: (iso_day(m[1]), iso_day(m[2]), "between"),
    ),
    DayRule(rf"({YEAR}) ?(?:-|–|to|through) ?({YEAR})", lambda m, _: (m[1], m[2], "between")),
    DayRule(
        rf"(?:in |over |during |within |for |en )?(?:the |l[oa]s )?(?:last|past|previous|ultim[oa]s) ({_N}) ({_UNIT})"
        rf"|(?:les |ces )?({_N}) (?:derniers|dernieres) ({_UNIT})",
        lambda m, day: (moved(day, -count_of(group_of(m, 1)), group_of(m, 2)), day.isoformat(), "back"),
    ),
    DayRule(
        rf"(?:in |over |during |within |for )?(?:the )?(?:next|coming|following) ({_N}) ({_UNIT})"
        rf"|(?:en )?(?:los |las )?(?:proximos|proximas) ({_N}) ({_UNIT})"
        rf"|(?:dans )?(?:les )?({_N}) (?:prochains|prochaines) ({_UNIT})|within ({_N}) ({_UNIT})",
        lambda m, day: (day.isoformat(), moved(day, count_of(group_of(m, 1)), group_of(m, 2)), "ahead"),
    ),
    DayRule(
        r"(?:in|over|during|within|for|en|dans) (?:the )?(?:last|past) (day|week|month|quarter|year)",
        lambda m, day: (moved(day, -1, m[1]), day.isoformat(), "back"),
    ),
    DayRule(
        r"(?:in |over |during |for )?(?:the )?(?:last|past) decade",
        lambda _, day: (moved(day, -10, "year"), day.isoformat(), "back"),
    ),
    DayRule(
        rf"(?:from |in )?({_DAY}) (?:on|onward|onwards|and later|or later|and after|to date|to now|to today)",
        lambda m, _: (iso_day(m[1]), "", "since"),
    ),
    DayRule(rf"(?:in|dans) ({_N}) ({_UNIT})", lambda m, day: ("", moved(day, count_of(m[1]), m[2]), "until")),
    DayRule(rf"({_N}) ({_UNIT}) ago", lambda m, day: (moved(day, -count_of(m[1]), m[2]), "", "since")),
    DayRule(
        rf"(?:(?:{_SINCE}) )?(?:the )?(?:start|beginning) of (this|the|next|last) (year|month|week|quarter)",
        lambda m, day: (relative(day, m[1], m[2])[0], "", "since"),
    ),
    DayRule(
        r"(?:by |before |until |through )?(?:the )?end of (?:the )?(?:(this|next|last) )?(year|month|week|quarter)",
        lambda m, day: ("", relative(day, m[1] or "this", m[2])[1], "until"),
    ),
    DayRule(
        r"(?:by |before |until )?(?:the )?end of (?:the )?(?:fiscal year|fy)",
        lambda _, day: ("", fiscal_year(this_fiscal_year(day))[1], "until"),
    ),
    DayRule(rf"(?:by |before |until |through )?(?:the )?end of ({_DAY})", lambda m, _: ("", iso_day(m[1]), "until")),
    DayRule(
        rf"(?:as of|as at|back in|on|at the end of|as it stood in|al|a fecha de) ({_DAY})",
        lambda m, _: (iso_day(m[1]), iso_day(m[1]), "as of"),
    ),
    DayRule(
        rf"(?:(?:{_SINCE}) )?(?:the )?(?:start|beginning|end) of ({_DAY})", lambda m, _: (iso_day(m[1]), "", "since")
    ),
    DayRule(rf"(?:{_SINCE}) ({_DAY})(?: on)?", lambda m, _: (iso_day(m[1]), "", "since")),
    DayRule(rf"(?:before|antes de|avant) ({_DAY})", lambda m, _: ("", day_before(iso_day(m[1])), "until")),
    DayRule(rf"(?:{_UNTIL}) ({_DAY})", lambda m, _: ("", iso_day(m[1]), "until")),
    DayRule(
        r"(?:for |until )?(?:the )?(?:rest|remainder) of (?:the |this )?(year|month|week)",
        lambda m, day: ("", relative(day, "this", m[1])[1], "until"),
    ),
    DayRule(
        rf"(?:by |before |until |through )?(?:the )?end of ({_M})", lambda m, day: in_month("until", MONTHS[m[1]], day)
    ),
    DayRule(rf"(?:in |during |for |of |en |de )?({_DAY})", lambda m, _: (iso_day(m[1]), iso_day(m[1]), "in")),
    DayRule(
        rf"(since|until|till|by|before|after|from|on|desde|hasta|depuis)? ?(?:the )?"
        rf"(?:({_M})\.? (\d{{1,2}})(?:st|nd|rd|th)?"
        rf"|(\d{{1,2}})(?:st|nd|rd|th|er)? (?:of |de )?({_M}))(?! ?,? ?{YEAR})",
        lambda m, day: on_day_of_month(m[1] or "", MONTHS[m[2] or m[5]], int(m[3] or m[4]), day),
    ),
    DayRule(
        rf"(since|until|till|by|before|through)? ?(?:the )?{_RELATIVE}",
        lambda m, day: ended(m[1], *relative(day, m[2], m[3])),
    ),
    DayRule(
        rf"(?:el |le |la |en el |durant le )?({_PERIOD}) (que viene|pasad[oa]|proxim[oa]|prochaine?|derniere?)"
        rf"|(?:el |la )?(est[ea]|proxim[oa]|cette|ce) ({_PERIOD})",
        lambda m, day: (*relative(day, side_of(m[2] or m[3]), unit_of(m[1] or m[4])), "in"),
    ),
    DayRule(
        rf"(since|until|till|by|before|after|from|desde|hasta|depuis|jusqu en|in|during|this|next|last|en) ({_M})"
        r"(?! \d)",
        lambda m, day: in_month(m[1], MONTHS[m[2]], day),
    ),
    DayRule(
        r"(?:in |for |during )?(?:the )?(week|month|year) after next",
        lambda m, day: (*relative(date.fromisoformat(moved(day, 1, m[1])), "next", m[1]), "in"),
    ),
    DayRule(r"(?:before|by|until) (?:the )?(?:new year|christmas)", lambda _, day: ("", f"{day.year}-12", "until")),
    DayRule(
        r"(since|before|by|until) (?:the )?(spring|summer|autumn|fall|winter)",
        lambda m, day: in_month(m[1], SEASONS[m[2]], day),
    ),
    DayRule(rf"({_MONTHS_ALONE})", lambda m, day: in_month("", MONTHS[m[1]], day)),
    DayRule(
        rf"(?:(since|until|by|before|on|from) )?(?:(last|next) )?({'|'.join(WEEKDAYS)})",
        lambda m, day: on_weekday(m[1] or "", m[2] or "", WEEKDAYS.index(m[3]), day),
    ),
    DayRule(
        r"(since |desde |depuis )?(yesterday|ayer|hier)",
        lambda m, day: ended((m[1] or "").strip(), by_days(day, -1), by_days(day, -1)),
    ),
    DayRule(
        r"(?:as of |since )?(?:today|now|hoy|aujourd hui)", lambda _, day: (day.isoformat(), day.isoformat(), "as of")
    ),
    DayRule(r"tomorrow|manana|demain", lambda _, day: (by_days(day, 1), by_days(day, 1), "in")),
)
