"""A made-up graph of the office's shape around the bundled data, of any size.

Governments and large bodies are the real ones; all else is invented: organizations, offices, posts and their holders,
channels, awards with sub-awards three levels deep, movements of money, projects, meetings with participants, promises
and texts. A few hubs have tens of thousands of ties. Equal sizes give equal graphs.
"""

from collections.abc import Iterator, Sequence
from random import Random

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement

_CARD = Card("bench:office", "A made-up graph of the office's shape", rank=50, as_of="2026-01-01", fictional=True)
_BATCH = 2_000
_HUB = "forum:bench-hub"
_SERIES = "engagement:bench-series"
_TOPICS = ("trafficking-in-persons", "child-trafficking", "forced-labor", "protection", "prosecution")
_WORDS = ("Shelter", "Relief", "Justice", "Freedom", "Dignity", "Harbor", "Bridge", "Lantern", "Compass", "Garden")
_LEVELS = (1.0, 0.5, 0.25)  # of each award's number: awards, their sub-awards, the sub-awards of these

# How many of a thousand made-up entities are of which kind; awards count all their levels.
_SHARES = {
    "ngo": 250, "company": 30, "body": 55, "post": 125, "person": 140, "contact": 115, "award": 70,
    "transaction": 80, "project": 40, "engagement": 60, "commitment": 20, "resolution": 15,
}  # fmt: skip

Said = tuple[Statement, ...]
Values = dict[str, str | int | bool | list[str] | dict[str, str]]


def fill(ledger: Ledger, *, governments: Sequence[str], bodies: Sequence[str], entities: int, ties: int) -> None:
    """Load so many made-up entities and relationships, in one load.

    Args:
        ledger: A ledger that holds the bundled data.
        governments: Ids of the real ones that made-up things are tied to, those with the most ties first.
        bodies: The same of international organizations and forums.
        entities: How many entities to make.
        ties: How many relationships to make.
    """
    sample = _Sample(governments, bodies, entities)
    with ledger.open_load(_CARD) as load:
        number = 0
        batch: list[tuple[str, str, Content]] = []
        for said in sample.rows(ties):
            batch.append((str(number), f"made-up:{number}", Content(said)))
            number += 1
            if len(batch) == _BATCH:
                load.put(batch)
                batch = []
        load.put(batch)
        load.commit({"read": number})


class _Sample:
    def __init__(self, governments: Sequence[str], bodies: Sequence[str], entities: int) -> None:
        self._random = Random(46)
        self._governments, self._bodies = list(governments), list(bodies)
        self._counts = {kind: entities * share // 1000 for kind, share in _SHARES.items()}
        self._counts["ngo"] += entities - 2 - sum(self._counts.values())  # the hub and the series are two
        self._ties = 0

    def rows(self, ties: int) -> Iterator[Said]:
        """Yield what each row says: one thing with its own ties; at the end participations up to the number of ties."""
        yield (NodeStatement("Forum", _HUB, {"name": "Bench Alliance of Everybody", "acronym": "BAE"}),)
        yield (NodeStatement("Engagement", _SERIES, {"name": "Bench meetings", "engagement_kind": "series"}),)
        for make in (
            self._organizations, self._offices, self._posts, self._people, self._channels, self._awards,
            self._movements, self._projects, self._meetings, self._promises, self._texts,
        ):  # fmt: skip
            for said in make():
                self._ties += sum(isinstance(each, EdgeStatement) for each in said)
                yield said
        yield from self._participations(ties - self._ties)

    def _some(self, kind: str) -> str:
        return f"{kind}:bench-{self._random.randrange(self._counts[kind])}"

    def _government(self) -> str:
        # The United States and a dozen others have most of the ties.
        pool = self._governments[:12] if self._random.random() < 0.4 else self._governments
        return self._random.choice(pool)

    def _since(self) -> dict[str, str]:
        return {"start": f"{self._random.randrange(2005, 2026)}-{self._random.randrange(1, 13):02d}",
                "end_kind": "open", "end": ""}  # fmt: skip

    def _years(self, years: int) -> dict[str, str]:
        first = self._random.randrange(2010, 2025)
        return {"start": f"{first}-10-01", "end_kind": "dated", "end": f"{first + years}-09-30"}

    def _money(self, measure: str) -> dict[str, str]:
        day = f"{self._random.randrange(2012, 2026)}-{self._random.randrange(1, 13):02d}-15"
        amount = str(self._random.randrange(20, 4000) * 1000)
        return {"amount": amount, "currency": "USD", "measure": measure, "value_date": day}

    def _organizations(self) -> Iterator[Said]:
        for kind, cls in (("ngo", "Ngo"), ("company", "Company")):
            for number in range(self._counts[kind]):
                at = f"{kind}:bench-{number}"
                name = f"{_WORDS[number % 10]} and {_WORDS[number // 10 % 10]} {cls} {number}"
                fields: Values = {"name": name, "country": self._government(), "topics": [self._random.choice(_TOPICS)]}
                yield (
                    NodeStatement(cls, at, fields),
                    EdgeStatement("MEMBER_OF", at, _HUB, {"category": "member", "period": self._since()}),
                )

    def _offices(self) -> Iterator[Said]:
        for number in range(self._counts["body"]):
            at, whole = f"body:bench-{number}", self._government()
            above = whole if number % 3 == 0 else f"body:bench-{number // 3}"
            fields: Values = {"name": f"Office {number} of the benchmark", "body_kind": "office", "government": whole}
            yield NodeStatement("PublicBody", at, fields), EdgeStatement("PART_OF", at, above, {})

    def _posts(self) -> Iterator[Said]:
        for number in range(self._counts["post"]):
            at = f"post:bench-{number}"
            place = self._some("body") if number % 3 else self._random.choice([*self._bodies, self._government()])
            role = "focal point" if number % 4 == 0 else "adviser"
            fields: Values = {"name": f"Adviser {number}", "role": role, "topics": [self._random.choice(_TOPICS)]}
            yield NodeStatement("Post", at, fields), EdgeStatement("POST_IN", at, place, {"period": self._since()})

    def _people(self) -> Iterator[Said]:
        for number in range(self._counts["person"]):
            at = f"person:bench-{number}"
            held = self._since() if number % 3 else self._years(4)
            yield (
                NodeStatement("Person", at, {"name": f"Person {number} Sample"}),
                EdgeStatement("HOLDS", at, self._some("post"), {"capacity": "substantive", "period": held}),
            )

    def _channels(self) -> Iterator[Said]:
        for number in range(self._counts["contact"]):
            at = f"contact:bench-{number}"
            channel = {"kind": "email", "value": f"desk{number}@example.org"}
            owner = self._some("post") if number % 5 else self._some("ngo")
            fields: Values = {"name": f"Mailbox {number}", "channel": channel, "seen_on": ["2025-06-01"]}
            yield NodeStatement("ContactPoint", at, fields), EdgeStatement("REACHED_AT", owner, at, {})

    def _awards(self) -> Iterator[Said]:
        first = int(self._counts["award"] / sum(_LEVELS))
        starts = [0, first, first + int(first * _LEVELS[1]), self._counts["award"]]
        for number in range(self._counts["award"]):
            at, to = f"award:bench-{number}", self._some("ngo")
            level = next(level for level in range(3) if number < starts[level + 1])
            kind = "sub-award" if level else "cooperative agreement"
            fields: Values = {"name": f"Award {number}", "award_number": f"BENCH-{number}", "award_kind": kind,
                      "period": self._years(3), "total_obligated": self._money("obligation")}  # fmt: skip
            said: list[Statement] = [NodeStatement("Award", at, fields), EdgeStatement("AWARDED_TO", at, to, {}),
                    EdgeStatement("IMPLEMENTED_IN", at, self._government(), {})]  # fmt: skip
            if level == 0:
                said.append(EdgeStatement("FUNDED", "body:us-state-tip" if number % 2 else "gov:usa", at, {}))
            else:
                prime = f"award:bench-{self._random.randrange(starts[level - 1], starts[level])}"
                said.append(EdgeStatement("UNDER", at, prime, {}))
                said.append(EdgeStatement("SUBAWARDED_TO", prime, to, {"reference": f"SUB-{number}"}))
            yield tuple(said)

    def _movements(self) -> Iterator[Said]:
        for number in range(self._counts["transaction"]):
            at = f"transaction:bench-{number}"
            money = self._money("obligation" if number % 3 else "disbursement")
            fields: Values = {"name": f"Movement {number}", "money": money, "provider": "body:us-state-tip"}
            yield NodeStatement("Transaction", at, fields), EdgeStatement("UNDER", at, self._some("award"), {})

    def _projects(self) -> Iterator[Said]:
        for number in range(self._counts["project"]):
            at = f"project:bench-{number}"
            yield (
                NodeStatement("Project", at, {"name": f"Project {number}", "period": self._years(3),
                                              "stated_total": self._money("announced")}),
                EdgeStatement("IMPLEMENTS", self._some("ngo"), at, {"role": "implementer"}),
                EdgeStatement("IMPLEMENTED_IN", at, self._government(), {}),
                EdgeStatement("UNDER", self._some("award"), at, {}),
            )  # fmt: skip

    def _meetings(self) -> Iterator[Said]:
        for number in range(self._counts["engagement"]):
            at = f"engagement:bench-{number}"
            day = f"{self._random.randrange(2012, 2026)}-{self._random.randrange(1, 13):02d}-{1 + number % 28:02d}"
            host = self._random.choice(self._bodies) if number % 4 == 0 else self._government()
            fields: Values = {"name": f"Meeting {number}", "engagement_kind": "meeting", "status": "held",
                      "period": {"start": day, "end_kind": "dated", "end": day}}  # fmt: skip
            said: list[Statement] = [
                NodeStatement("Engagement", at, fields),
                EdgeStatement("ORGANIZED", host, at, {"role": "host"}),
            ]
            if number % 3 == 0:
                said.append(EdgeStatement("PART_OF", at, _SERIES, {}))
            yield tuple(said)

    def _promises(self) -> Iterator[Said]:
        for number in range(self._counts["commitment"]):
            at = f"commitment:bench-{number}"
            due = f"{self._random.randrange(2024, 2029)}-{self._random.randrange(1, 13):02d}-01"
            yield (
                NodeStatement("Commitment", at, {"name": f"Promise {number}", "words": "We will.", "due_on": due}),
                EdgeStatement("MADE", self._government(), at, {}),
                EdgeStatement("OWED_TO", at, "gov:usa", {}),
            )

    def _texts(self) -> Iterator[Said]:
        for number in range(self._counts["resolution"]):
            at, day = f"resolution:bench-{number}", f"{self._random.randrange(2000, 2026)}-12-18"
            fields: Values = {"name": f"Text {number}", "symbol": f"X/RES/{number}", "adopted_on": day}
            fields |= {"body": "forum:unga", "topics": [self._random.choice(_TOPICS)]}
            signers = self._random.sample(self._governments, 12)
            voters = self._random.sample(self._governments, 15)
            yield (
                NodeStatement("Resolution", at, fields),
                *(EdgeStatement("SPONSORED", each, at, {"role": "co"}) for each in signers),
                *(EdgeStatement("VOTED", each, at, {"vote": "yes"}) for each in voters),
            )

    def _participations(self, number: int) -> Iterator[Said]:
        """Yield participations in meetings, each of another pair: of posts, organizations and governments."""
        seen: set[tuple[str, str]] = set()
        while len(seen) < number:
            dice = self._random.random()
            who = self._some("post") if dice < 0.6 else self._some("ngo") if dice < 0.8 else self._government()
            pair = (who, self._some("engagement"))
            if pair not in seen:
                seen.add(pair)
                yield (EdgeStatement("PARTICIPATED", *pair, {"attended": True}),)
