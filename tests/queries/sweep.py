"""Questions over the whole of the bundled data, and what the source files themselves allow a No for."""

import csv
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from zlib import crc32

import yaml

Asked = tuple[str, dict[str, str]]
REFERENCE = Path(__file__).parents[2] / "ingest" / "reference"
_ALL = "31"  # day of a month that every day of it is before


def rows_of(path: str) -> list[dict[str, str]]:
    with (REFERENCE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Sweep:
    """Every question of a party, a body, an agreement, a text or a year that a Yes or No replies to.

    Args:
        parties: How many parties are asked about each thing; none is all of them.
    """

    days = ("2026-11-25", "2020-06-30", "2008-06-30")

    def __init__(self, parties: int | None) -> None:
        self._parties = parties
        self.bodies = [row["id"] for row in rows_of("multilateral/bodies.csv")]
        self.treaties = [row["id"] for row in rows_of("treaties/treaties.csv") if row["id"].startswith("treaty:")]
        self.texts = [
            row["id"] for row in rows_of("multilateral/resolutions.csv") if row["id"].startswith("resolution:")
        ]
        governments = {row["member"] for row in rows_of("multilateral/members_un.csv")} | {"gov:twn"}
        self.governments = sorted(it for it in governments if it.startswith("gov:"))

    def of(self, thing: str) -> list[str]:
        """Return the parties that are asked about a thing: other ones for each, the United States always."""
        if self._parties is None:
            return self.governments
        first = crc32(thing.encode()) % len(self.governments)
        return list(dict.fromkeys(["gov:usa", *(self.governments * 2)[first : first + self._parties]]))

    def __iter__(self) -> Iterator[Asked]:
        yield from self._of_lists()
        for text in self.texts:
            for party in self.of(text):
                yield "resolution", {"resolution": text, "party": party}
        for year in range(2001, 2028):
            for party in self.of(str(year)):
                yield "watch-list-clock", {"party": party, "year": str(year)}
                yield "restrictions", {"party": party, "year": str(year)}
        for party in self.of("others"):
            yield "reviews", {"party": party, "other": "forum:greta"}
            yield "co-sponsors", {"party": "gov:usa" if party != "gov:usa" else "gov:phl", "other": party}

    def _of_lists(self) -> Iterator[Asked]:
        for day in self.days:
            for body in self.bodies:
                for party in self.of(body + day):
                    yield "memberships", {"party": party, "other": body, "as_of": day}
                yield (
                    "gaps",
                    {
                        "party": body,
                        "agreement": self.treaties[crc32(body.encode()) % len(self.treaties)],
                        "as_of": day,
                    },
                )
            for treaty in self.treaties:
                for party in self.of(treaty + day):
                    yield "treaty-status", {"party": party, "agreement": treaty, "as_of": day}
                yield "parties", {"agreement": treaty, "status": "not party", "as_of": day}
        for left in (*self.bodies, *self.treaties):
            for party in self.of(left):
                yield "withdrawals", {"party": party, "other": left}


class SourceFiles:
    """What the bundled files say of themselves: which list is whole when, and which row denies."""

    @cached_property
    def whole(self) -> Mapping[str, list[tuple[str, str]]]:
        """First and last day for which a list is whole, by what it is the list of."""
        known: dict[str, list[tuple[str, str]]] = {}
        for file in REFERENCE.rglob("*.yaml"):
            card = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader).get("card", {})
            for lists in card.get("whole", ()):
                since, until = lists.get("since", ""), lists.get("until", "")
                days = f"{since}-12-{_ALL}"[:10] if since else "", f"{until}-01-01"[:10] if until else "9"
                for of in [lists["of"]] if isinstance(lists["of"], str) else lists["of"]:
                    known.setdefault(of, []).append(days)
        return known

    def is_whole(self, of: str, day: str) -> bool:
        return any(since <= day <= until for since, until in self.whole.get(of, ()))

    @cached_property
    def joined(self) -> Mapping[tuple[str, str], str]:
        """The day of the step by which a party joined an agreement, by both."""
        known = {}
        for file in REFERENCE.glob("treaties/parties_*.yaml"):
            [edge] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)["edges"]
            for row in rows_of(f"treaties/{file.stem}.csv"):
                treaty = edge["target"].get("const") or row[edge["target"]["column"]]
                if on := row.get("action_on") or row.get("in_force_on"):
                    known[row["party"], treaty] = on
        return known

    @cached_property
    def left(self) -> Mapping[tuple[str, str], str]:
        """The first day on which a party left a body, by both: a row of a withdrawal in effect."""
        rows = sorted(rows_of("us/us_withdrawals.csv"), key=lambda row: row["withdrawn_on"], reverse=True)
        known = {("gov:usa", row["body"]): row["withdrawn_on"] for row in rows if row["withdrawn_on"]}
        for body in ("coe", "eu", "oas", "hrc"):
            of = f"{'forum' if body == 'hrc' else 'org'}:{body}"
            rows = [row for row in rows_of(f"multilateral/members_{body}.csv") if row["status"] == "withdrawn"]
            known |= {(row["member"], of): row["status_on"] for row in rows}
        return known

    @cached_property
    def adopted(self) -> Mapping[str, str]:
        files = ("treaties/treaties.csv", "multilateral/resolutions.csv")
        return {row["id"]: row["adopted_on"] for file in files for row in rows_of(file)}

    @cached_property
    def tiers(self) -> set[tuple[str, str]]:
        return {(f"gov:{row['iso3'].lower()}", row["year"]) for row in rows_of("tip_report/tip_tiers.csv")}

    @cached_property
    def waived(self) -> set[tuple[str, str]]:
        """Governments and fiscal years of which a row says that nothing restricts them."""
        rows = rows_of("tip_report/determinations.csv")
        return {(row["government"], row["fiscal_year"]) for row in rows if row["kind"] in ("full waiver", "reassessed")}

    def allow_no(self, question: str, asked: Mapping[str, str], today: str) -> bool:
        """Return whether a flat No is known from a whole list, or from a row that itself denies."""
        day, party = asked.get("as_of", today), asked.get("party", "")
        match question:
            case "memberships":
                left = self.left.get((party, asked["other"]), "")
                return bool(left and left <= day) or self.is_whole(asked["other"], day)
            case "gaps":
                return self.is_whole(party, day)
            case "treaty-status" | "parties":
                joined = self.joined.get((party, asked["agreement"]), "")
                is_early = joined > day or self.adopted.get(asked["agreement"], "") > day
                return is_early or self.is_whole(asked["agreement"], day)
            case "resolution":
                return self.is_whole(asked["resolution"], day) or self.adopted.get(asked["resolution"], "") > day
            case "restrictions":
                document = f"publication:presidential-determination-{asked['year']}"
                return (party, asked["year"]) in self.waived or self.is_whole(document, day)
            case "watch-list-clock":
                edition = f"publication:tip-report-{asked['year']}"
                return (party, asked["year"]) in self.tiers or self.is_whole(edition, day)
        return False
