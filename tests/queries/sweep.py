"""Questions over the whole of the bundled data, and what the source files themselves allow a No for."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from zlib import crc32

import yaml

from iga.queries.registry import QUESTIONS

Asked = tuple[str, dict[str, str]]
REFERENCE = Path(__file__).parents[2] / "ingest" / "reference"
_RESTRICTING = "tip_report/determinations.csv"
_ALL = "31"  # day of a month that every day of it is before


@cache
def rows_of(path: str) -> list[dict[str, str]]:
    with (REFERENCE / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Sweep:
    """Every question of a party, a body, an agreement, a text or a year that a Yes or No replies to.

    Args:
        parties: How many parties are asked about each thing; none is every government and body, then by every card
            that a party alone is asked by, for each year where it takes one.
    """

    days = ("2026-11-25", "2020-06-30", "2008-06-30")

    def __init__(self, parties: int | None) -> None:
        self._parties = parties
        self.bodies = [row["id"] for row in rows_of("multilateral/bodies.csv")]
        self.treaties = [row["id"] for row in rows_of("treaties/treaties.csv") if row["id"].startswith("treaty:")]
        self.texts = [
            row["id"] for row in rows_of("multilateral/resolutions.csv") if row["id"].startswith("resolution:")
        ]
        self.governments = [row["id"] for row in rows_of("world/governments.csv")]

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
        if self._parties is None:
            yield from self._of_cards()

    def _of_cards(self) -> Iterator[Asked]:
        """Give every card that a government or a body alone is asked by."""
        for name, card in QUESTIONS.items():
            needed = {it for it in card.parameters() if card.params.model_fields[it].is_required()}
            if not needed <= {"party"} or name in ("consent", "handover", "turnover", "body-overlap"):
                continue
            labels = set(card.names.get("party", ()))
            if labels & {"Party", "Entity", "Government"}:
                for party in self.governments:
                    yield name, {"party": party}
                    if "year" in card.parameters():
                        yield from ((name, {"party": party, "year": str(year)}) for year in range(2001, 2028))
            if labels & {"Party", "Entity", "InternationalOrganization"}:
                yield from ((name, {"party": body}) for body in self.bodies)

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
        return {pair: on for pair, row in self._bonds() if (on := row.get("action_on") or row.get("in_force_on"))}

    @cached_property
    def withdrawn(self) -> Mapping[tuple[str, str], str]:
        """The day on which a party withdrew from an agreement, by both: a row of its own."""
        return {pair: on for pair, row in self._bonds() if (on := row.get("withdrawn_on"))}

    def _bonds(self) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
        for file in REFERENCE.glob("treaties/parties_*.yaml"):
            [edge] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)["edges"]
            for row in rows_of(f"treaties/{file.stem}.csv"):
                yield (row["party"], edge["target"].get("const") or row[edge["target"]["column"]]), row

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
    def placed(self) -> set[tuple[str, str]]:
        return {(row["iso3"], row["year"]) for row in rows_of("tip_report/tip_tiers.csv")}

    @cached_property
    def waived(self) -> set[tuple[str, str]]:
        """Governments and fiscal years of which a row says that nothing restricts them."""
        rows = rows_of("tip_report/determinations.csv")
        return {(row["government"], row["fiscal_year"]) for row in rows if row["kind"] in ("full waiver", "reassessed")}

    @cached_property
    def members(self) -> set[tuple[str, str]]:
        """Who is or was in which body, in whatever way and whenever, by both."""
        known: set[tuple[str, str]] = set()
        for file in REFERENCE.glob("multilateral/members_*.yaml"):
            for edge in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)["edges"]:
                if edge.get("class", edge.get("type")) in ("MemberOf", "MEMBER_OF"):
                    who, body = edge["source"], edge["target"]
                    for row in rows_of(f"multilateral/{file.stem}.csv"):
                        known.add(
                            (row.get(who.get("column"), ""), body.get("const") or row.get(body.get("column"), ""))
                        )
        return known

    @cached_property
    def texts_of(self) -> Mapping[str, set[str]]:
        """The resolutions that a party sponsored or voted on."""
        known: dict[str, set[str]] = {}
        for row in rows_of("multilateral/resolution_sponsors.csv"):
            known.setdefault(row["sponsor"], set()).add(row["resolution"])
        for row in rows_of("multilateral/resolution_votes.csv"):
            known.setdefault(row["government"], set()).add(row["resolution"])
        return known

    @cached_property
    def series(self) -> Mapping[str, set[str]]:
        """The texts that are editions of one another, by each of them."""
        known: dict[str, set[str]] = {}
        for row in rows_of("multilateral/resolutions.csv"):
            one = known.setdefault(row["id"], {row["id"]})
            for other in filter(None, row["follows_id"].split(";")):
                one |= known.setdefault(other, {other})
                known |= dict.fromkeys(one, one)
        return known

    def near(self, question: str, asked: Mapping[str, str]) -> str:
        """Return what a reply that denies must go on with, as a pattern; blank where no row is near what was asked."""
        party, year = asked.get("party", ""), asked.get("year", "")
        iso3 = party.removeprefix("gov:").upper()
        match question:
            case "memberships" if (party, asked.get("other", "")) in self.members:
                return r"was (in|listed)|last a member|joined only|takes part| left | leave|is listed"
            case "resolution" if self.texts_of.get(party, set()) & self.series.get(asked["resolution"], set()):
                return "sponsored|voted|abstained|did not vote|not been adopted"
            case "restrictions" if any(row["government"] == party for row in rows_of(_RESTRICTING)):
                return r"\bit (was|is) |: .+ is (under|reassessed|restricted)"
            case "watch-list-clock" if year and any(of == iso3 for of, _ in self.placed):
                return r"\bit was | was (Tier|a Special)|is Tier|: it is "
        return ""

    def allow_no(self, question: str, asked: Mapping[str, str], today: str) -> bool:
        """True if a flat No is known from a whole list, or from a row that itself denies."""
        day, party = asked.get("as_of", today), asked.get("party", "")
        year = asked.get("year") or max(of for _, of in self.tiers)
        match question:
            case "memberships":
                left = self.left.get((party, asked.get("other", "")), "")
                return bool(left and left <= day) or self.is_whole(asked.get("other", ""), day)
            case "gaps":
                return self.is_whole(party, day)
            case "treaty-status" | "parties":
                joined = self.joined.get((party, asked.get("agreement", "")), "")
                is_early = joined > day or self.adopted.get(asked.get("agreement", ""), "") > day
                has_left = self.withdrawn.get((party, asked.get("agreement", "")), "9") <= day
                return is_early or has_left or self.is_whole(asked.get("agreement", ""), day)
            case "resolution":
                return self.is_whole(asked["resolution"], day) or self.adopted.get(asked["resolution"], "") > day
            case "restrictions":
                document = f"publication:presidential-determination-{year}"
                return (party, year) in self.waived or self.is_whole(document, day)
            case "watch-list-clock":
                edition = f"publication:tip-report-{year}"
                return (party, year) in self.tiers or self.is_whole(edition, day)
        return False
