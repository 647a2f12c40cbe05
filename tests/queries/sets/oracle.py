"""What filters come to by the bundled files alone: no code of the product reads them or decides here."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.queries.sweep import SourceFiles

REFERENCE = Path(__file__).parents[3] / "ingest" / "reference"
SOURCES = SourceFiles()
FAR = "9999-12-31"
BODIES = {
    **{
        f"org:{name}": f"members_{name}"
        for name in ("asean", "au", "commonwealth", "eu", "oas", "osce", "un", "ilo", "coe")
    },
    "forum:hrc": "members_hrc",
    "forum:bali-process": "members_bali",
}
TREATIES = {
    "treaty:palermo": "parties_palermo",
    "treaty:smuggling": "parties_smuggling",
    "treaty:ilo-c189": "parties_ilo_c189",
    "treaty:ilo-p029": "parties_ilo_p029",
    "treaty:ilo-c182": "parties_ilo_c182",
    "treaty:ilo-c105": "parties_ilo_c105",
    "treaty:crc": "parties_crc",
}
TEXTS = ("resolution:a-71-l-30",)
SPONSORED = ("resolution:a-hrc-res-35-5", "resolution:a-hrc-res-32-3")
TIERS = ("Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3")
_BESIDE = ("observer", "partner", "candidate")

Row = Mapping[str, str]


@cache
def rows_of(path: str) -> list[Row]:
    with (REFERENCE / f"{path}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(day: str) -> str:
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]


def last(day: str) -> str:
    if len(day) == 4:
        return f"{day}-12-31"
    days = {"02": "29" if int(day[:4]) % 4 == 0 else "28", "04": "30", "06": "30", "09": "30", "11": "30"}
    return day if len(day) == 10 else f"{day}-{days.get(day[5:7], '31')}"


@cache
def regions() -> dict[str, str]:
    """Return the region of every government, by id."""
    return {row["id"]: row["region"] for row in rows_of("world/governments")}


@cache
def membership(body: str, day: str) -> tuple[dict[str, str], str]:
    """Return whether each was a member on a day, by id, and what holds of whoever is not listed."""
    rows = rows_of(f"multilateral/{BODIES[body]}")
    known: dict[str, list[str]] = {}
    for row in rows:
        is_beside = any(word in row["category"].lower() for word in _BESIDE)
        state = _stood(row, day)
        if is_beside:
            known.setdefault(row["member"], []).append("observer" if state == "yes" else "")
        elif state == "no" and row.get("status") == "withdrawn" and last(row["status_on"]) <= day:
            known.setdefault(row["member"], []).append("left")
        else:
            known.setdefault(row["member"], []).append("" if state == "no" else state)
    [card] = [row for row in rows_of("multilateral/bodies") if row["id"] == body]
    is_short = bool(card["member_count"]) and _listed(rows, max(day, first(card["member_count_on"] or "0001"))) < int(
        card["member_count"]
    )
    otherwise = "no" if SOURCES.is_whole(body, day) and not is_short else "unknown"
    return {id_: _member(states, otherwise) for id_, states in known.items()}, otherwise


def _member(states: list[str], otherwise: str) -> str:
    for state in ("yes", "unknown"):
        if state in states:
            return state
    return "no" if "left" in states and "observer" not in states else otherwise


def _listed(rows: list[Row], day: str) -> int:
    counted = {
        row["member"]
        for row in rows
        if not any(word in row["category"].lower() for word in _BESIDE) and _stood(row, day) != "no"
    }
    return len(counted)


def _stood(row: Row, day: str) -> str:
    since, until, listed = row.get("from") or "", row.get("to") or "", row.get("listed_on") or ""
    if (since and day < first(since)) or (until and day > last(until)):
        return "no"
    began = bool(since and last(since) <= day) or bool(not since and listed and last(listed) <= day)
    goes_on = row.get("open") == "yes" or bool(until and day <= first(until))
    seen = bool(listed) and first(listed) <= day <= last(listed)
    return "yes" if (began and goes_on) or (seen and listed == day) else "unknown"


@cache
def standing(treaty: str, day: str) -> tuple[dict[str, str], str]:
    """Return whether each was party on a day, by id, and what holds of whoever is not listed."""
    rows = [row for row in rows_of(f"treaties/{TREATIES[treaty]}") if row.get("treaty", treaty) == treaty]
    [card] = [row for row in rows_of("treaties/treaties") if row["id"] == treaty]
    if card["adopted_on"] and first(card["adopted_on"]) > day:
        return {}, "no"
    counted_on = last(card["party_count_on"]) if card["party_count_on"] else FAR
    parties = sum(_bound(row, counted_on) != "no" for row in rows)
    is_short = bool(card["party_count"]) and parties < int(card["party_count"])
    otherwise = "no" if SOURCES.is_whole(treaty, day) and not is_short else "unknown"
    known = {}
    for row in rows:
        state = _bound(row, day)
        on, left = row.get("action_on") or row.get("in_force_on") or "", row.get("withdrawn_on") or ""
        is_denied = bool(on and first(on) > day and not left) or bool(left and last(left) <= day)
        # Of a day before the list nothing says that who is "not party" on it was not.
        is_later = row["status"] == "not party" and bool(row["listed_on"]) and first(row["listed_on"]) > day
        known[row["party"]] = state if state != "no" else "no" if is_denied else "unknown" if is_later else otherwise
    return known, otherwise


def _bound(row: Row, day: str) -> str:
    on, left = row.get("action_on") or row.get("in_force_on") or "", row.get("withdrawn_on") or ""
    if left and last(left) <= day and not (on and first(on) > last(left)):
        return "no"
    if on:
        return "yes" if last(on) <= day else "no" if first(on) > day else "unknown"
    if row["status"] != "party":
        return "no"
    return "yes" if row["listed_on"] and first(row["listed_on"]) <= day else "unknown"


@cache
def editions(day: str) -> list[str]:
    return [row["year"] for row in rows_of("tip_report/tip_editions") if last(row["published_on"]) <= day]


@cache
def placed(year: str) -> dict[str, str]:
    return {f"gov:{row['iso3'].lower()}": row["tier"] for row in rows_of("tip_report/tip_tiers") if row["year"] == year}


def tier(id_: str, year: str, wanted: tuple[str, ...], day: str) -> str:
    if id_ in placed(year):
        return "yes" if placed(year)[id_] in wanted else "no"
    return "no" if SOURCES.is_whole(f"publication:tip-report-{year}", day) else "unknown"


def times(id_: str, wanted: str, least: int, day: str) -> str:
    states = [tier(id_, year, (wanted,), day) for year in editions(day)]
    surely, perhaps = states.count("yes"), states.count("unknown")
    return "yes" if surely >= least else "no" if surely + perhaps < least else "unknown"


@cache
def votes(text: str) -> dict[str, str]:
    return {
        row["government"]: row["vote"] for row in rows_of("multilateral/resolution_votes") if row["resolution"] == text
    }


@cache
def _adopted(text: str) -> str:
    [card] = [row for row in rows_of("multilateral/resolutions") if row["id"] == text]
    return first(card["adopted_on"])


@cache
def sponsors(text: str) -> tuple[set[str], str]:
    named = {row["sponsor"] for row in rows_of("multilateral/resolution_sponsors") if row["resolution"] == text}
    [card] = [row for row in rows_of("multilateral/resolutions") if row["id"] == text]
    stated = card.get("sponsor_count") or ""
    is_short = stated.isdigit() and len(named) < int(stated)
    return named, "no" if SOURCES.is_whole(text, "2026-01-01") and not is_short else "unknown"


@dataclass(frozen=True)
class Asked:
    """One condition of a question: what it is, of what, and for when.

    Attributes:
        kind: member, party, tier, times, vote, sponsor or region.
        of: Body, treaty, text; of a tier the edition, of times the tier.
        values: Values of which one is to be had.
        is_not: Whether it is denied.
        day: Its own day; blank is that of the whole.
    """

    kind: str
    of: str = ""
    values: tuple[str, ...] = ()
    is_not: bool = False
    day: str = ""

    def truth(self, id_: str, day: str) -> str:
        truth = self._truth(id_, self.day or day)
        return {"yes": "no", "no": "yes"}.get(truth, truth) if self.is_not else truth

    def _truth(self, id_: str, day: str) -> str:
        match self.kind:
            case "member":
                known, otherwise = membership(self.of, day)
                return known.get(id_, otherwise)
            case "party":
                known, otherwise = standing(self.of, day)
                return known.get(id_, otherwise)
            case "tier":
                return tier(id_, self.of, self.values, day)
            case "times":
                return times(id_, self.of, int(self.values[0]), day)
            case "vote" | "sponsor" if _adopted(self.of) > day:
                return "no"
            case "vote":
                vote = votes(self.of).get(id_)
                return "unknown" if vote is None else "yes" if vote in self.values else "no"
            case "sponsor":
                named, otherwise = sponsors(self.of)
                return "yes" if id_ in named else otherwise
        region = regions()[id_]
        return "unknown" if not region else "yes" if region in self.values else "no"

    @property
    def text(self) -> str:
        """The filter as it is typed."""
        sign, when = "!" * self.is_not, f"@{self.day}" if self.day else ""
        values = "|".join(self.values)
        match self.kind:
            case "member" | "party" | "sponsor":
                name = {"member": "member_of", "party": "party_to", "sponsor": "sponsored"}[self.kind]
                return f"{name}{when}:{sign}{self.of}"
            case "tier":
                return f"tier@{self.of}:{sign}{values}"
            case "times":
                return f"times_on.{self.of}:{sign}>={values}"
            case "vote":
                return f'voted."{self.of}":{sign}{values}'
        return f"region:{sign}{values}"


def comes_to(question: tuple[Asked, ...], day: str) -> dict[str, str]:
    """Return what all conditions of a question come to for every government that they do not rule out."""
    return {id_: truth for id_, truth in _truths(question, day) if truth != "no"}


def _truths(question: tuple[Asked, ...], day: str) -> Iterator[tuple[str, str]]:
    for id_ in regions():
        states = {asked.truth(id_, day) for asked in question}
        yield id_, "no" if "no" in states else "unknown" if "unknown" in states else "yes"
