"""A compact with results, a body that is left, a council, a pact and standards, added to the small world.

They are on governments that nothing else of the world is about. All of it but their names and codes is made up.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from iga.graph.statements import Card, Statement, Whole
from tests.queries.world import Row, between, card, edge, node, placement, rows, since

COMPACT = "compact:per-2025"


def instrument_loads() -> Iterator[tuple[Card, list[Row]]]:
    """Yield the compact, what ends, the body that is left, the pact, and the standards with what bears on them."""
    yield card("ref:peru", "Two more governments"), rows("two.csv", *_governments())
    yield card("ref:peru-compact", "A compact with results"), rows("results.csv", *_compact(), *_money(), *_promises())
    yield card("ref:peru-award", "Awards under the compact"), rows("awards.csv", *_awards())
    yield card("ref:agency", "A body that is left"), rows("agency.csv", *_agency())
    yield card("ref:terms", "Terms and plans"), rows("terms.csv", *_terms())
    yield card("ref:pact", "A pact", as_of="2020-06-01", whole=(Whole("treaty:pact"),)), rows("pact.csv", *_pact())
    yield card("ref:peru-tiers", "Placements of two"), rows("tiers.csv", *_placements())
    yield card("ref:standards", "Standards"), rows("standards.csv", *_standards())


def _governments() -> Iterable[Statement]:
    yield node("Government", "gov:per", name="Peru", iso3="PER", iso2="PE")
    yield node("Government", "gov:chl", name="Chile", iso3="CHL", iso2="CL")


def _compact() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node(
        "ChildProtectionCompact", COMPACT, name="Compact with Peru", signed_on="2025-01-15", is_binding=False,
        period=between("2025-01-15", "2027-01-14"),
    )  # fmt: skip
    for party in ("gov:usa", "gov:per"):
        yield edge("PARTY_TO", party, COMPACT, signed_on="2025-01-15", status="signatory")
    yield node("PublicBody", "body:per-relief", name="Peru Relief")
    yield edge("IMPLEMENTS", "body:per-relief", COMPACT, role="implementer")
    yield _indicator("found", "Children found", baseline="10", target="50 by 2027", is_ascending=True)
    yield _indicator("days", "Days to shelter", is_ascending=False)
    yield _indicator("cases", "Cases in court", is_ascending=True)
    yield _indicator("trained", "Officials trained", target="40", baseline="0", is_ascending=True)
    yield _reading("found", "2025", value="20", target="15")
    yield _reading("found", "2026-03", value="5", target="30")
    yield _reading("found", "2026-03", "girls", value="3", disaggregation="girls")
    yield _reading("days", "2025", value="4", target="5")
    yield _reading("cases", "2025", value="3")
    for key, day, status in (("d1", "2026-02-10", "held"), ("d2", "2027-02", "planned")):
        meeting = node(
            "Engagement", f"engagement:per-{key}", name=f"Dialogue {key}", engagement_kind="dialogue", status=status,
            period=between(day, day),
        )  # fmt: skip
        yield meeting, edge("UNDER", f"engagement:per-{key}", COMPACT)


def _indicator(key: str, name: str, **said: Any) -> tuple[Statement, ...]:
    written = f"indicator:per-{key}"
    return node("Indicator", written, name=name, unit="units", **said), edge("UNDER", written, COMPACT)


def _reading(key: str, period: str, part: str = "", **said: Any) -> tuple[Statement, ...]:
    written = f"measurement:per-{key}-{period}{part}"
    reading = node("Measurement", written, name=written, period=between(period, period), reported_by="gov:per", **said)
    return reading, edge("UNDER", written, f"indicator:per-{key}")


def _money() -> Iterable[tuple[Statement, ...]]:
    pen = {"currency": "PEN", "value_date": "2025"}
    yield _given("pledge", "gov:per", stage="pledged", money={"amount": "1000000", "measure": "pledge", **pen})
    paid = _given(
        "paid", "gov:per", stage="delivered", stage_evidence="budget report",
        money={"amount": "250000", "measure": "contribution", **pen},
    )  # fmt: skip
    yield *paid, edge("PART_OF", "contribution:per-paid", "contribution:per-pledge")
    yield _given("shelters", "gov:per", stage="pledged", in_kind="3 shelters")
    yield _given("staff", "gov:per", stage="delivered", in_kind="2 people")
    yield _given("usa", "gov:usa", stage="obligated", in_kind="training")


def _given(key: str, by: str, **said: Any) -> tuple[Statement, ...]:
    written = f"contribution:per-{key}"
    given = node("Contribution", written, name=f"Contribution {key}", contributor=by, **said)
    return given, edge("MADE", by, written), edge("UNDER", written, COMPACT)


def _promises() -> Iterable[tuple[Statement, ...]]:
    for key, by, to, due, status in (
        ("register", "gov:per", "gov:usa", "2030-04-30", "open"),
        ("trainers", "body:us-office", "gov:per", "2030-05-31", "open"),
        ("team", "gov:per", "gov:usa", "2030-01-31", "fulfilled"),
    ):
        written = f"commitment:per-{key}"
        promise = node("Commitment", written, name=f"Promise of {key}", due_on=due, status=status, said_on="2026-02-10")
        yield promise, edge("MADE", by, written), edge("OWED_TO", written, to), edge("UNDER", written, COMPACT)


def _awards() -> Iterable[Statement | tuple[Statement, ...]]:
    award = node(
        "Award", "award:per", name="Award in Peru", award_number="P-1", status="active",
        period=between("2025-02-01", "2026-12-31"),
    )  # fmt: skip
    yield (
        award,
        edge("UNDER", "award:per", COMPACT),
        edge("FUNDED", "body:us-office", "award:per"),
        edge("AWARDED_TO", "award:per", "body:per-relief"),
        edge("IMPLEMENTED_IN", "award:per", "gov:per"),
    )
    yield (
        node("PublicBody", "body:per-local", name="Local Relief"),
        edge("SUBAWARDED_TO", "award:per", "body:per-local"),
    )
    yield node("Award", "award:per-sub", name="Sub-award in Peru"), edge("UNDER", "award:per-sub", "award:per")
    yield (
        node("Award", "award:per-old", name="Old award", period=between("2019", "2020")),
        edge("UNDER", "award:per-old", "award:per"),
    )
    report = node(
        "Obligation", "obligation:per", name="Progress report in Peru", owner="body:per-relief", due_on="2030-03-31"
    )
    yield report, edge("UNDER", "obligation:per", "award:per"), edge("OWED_TO", "obligation:per", "body:us-office")


def _agency() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("PublicBody", "body:us-office", name="Office of Specimens", acronym="OEX", government="gov:usa")
    yield node("InternationalOrganization", "org:agency", name="Specimen Agency", acronym="EXA")
    yield edge(
        "MEMBER_OF", "gov:usa", "org:agency", category="member", status="withdrawal notified", status_on="2026-01-22",
        withdrawal_announced_on="2026-01-07", withdrawal_notified_on="2026-01-22", withdrawn_on="2026-12-31",
    )  # fmt: skip
    yield (
        node("Forum", "forum:agency-board", name="Board of the Agency"),
        edge("PART_OF", "forum:agency-board", "org:agency"),
    )
    yield node("Post", "post:agency-head", name="Head of the Agency"), edge("POST_IN", "post:agency-head", "org:agency")
    yield node("Forum", "forum:club", name="Club of Agencies"), edge("MEMBER_OF", "org:agency", "forum:club")
    for key, day, status in (("past", "2025-09-01", "held"), ("next", "2026-09-01", "planned")):
        written = f"engagement:agency-{key}"
        meeting = node("Engagement", written, name=f"Session {key}", status=status, period=between(day, day))
        yield meeting, edge("ORGANIZED", "forum:agency-board", written)
    promise = node("Commitment", "commitment:agency", name="Promise of the Agency", due_on="2030", status="open")
    yield promise, edge("MADE", "org:agency", "commitment:agency")
    yield node("Obligation", "obligation:agency", name="Report of the Agency", owner="org:agency", due_on="2030")
    yield (
        node("Post", "post:us-officer", name="Officer for Agencies"),
        edge("POST_IN", "post:us-officer", "body:us-office"),
    )
    yield (
        node("Person", "person:officer", name="Ola Sample"),
        edge("HOLDS", "person:officer", "post:us-officer", period=since("2025-01-01")),
    )
    yield edge("OWNS_RELATIONSHIP", "post:us-officer", "org:agency", standing="primary", period=since("2025-01-01"))
    yield edge("COVERS", "body:us-office", "gov:per")


def _terms() -> Iterable[Statement | tuple[Statement, ...]]:
    for period in (between("2025-01-01", "2026-12-31"), between("2027-01-01", "2028-12-31")):
        yield edge("MEMBER_OF", "gov:chl", "org:agency", category="member", period=period, basis="elected")
    yield edge("MEMBER_OF", "gov:chl", "forum:club", office="chair", period=between("2026-01-01", "2026-12-31"))
    yield edge("MEMBER_OF", "gov:per", "forum:club", office="chair", period=between("2027-01-01", "2027-12-31"))
    yield node(
        "SurvivorCouncil", "council:example", name="Specimen Council", term_length="2 years, one reappointment",
        legal_basis="22 USC 1",
    )  # fmt: skip
    for key, terms in (
        ("one", (between("2025-02-01", "2027-01-31"),)),
        ("two", (between("2022-09-01", "2024-08-31"), {"start": "2024-09-01", "end_kind": "unknown", "end": ""})),
    ):
        yield node("Person", f"person:seat-{key}", name=f"Member {key}", public_role="Member, Specimen Council")
        for term in terms:
            yield edge("MEMBER_OF", f"person:seat-{key}", "council:example", category="member", period=term)
    yield node("Person", "person:seat-three", name="Member three")
    yield edge("MEMBER_OF", "person:seat-three", "council:example", category="member", attested_on=["2026-03"])
    yield node("Person", "person:head", name="Hedda Sample")
    yield edge("HOLDS", "person:head", "post:agency-head", period=between("2022-01-01", "2026-10-31"))
    for key, name, start, end in (
        ("one", "Plan of Chile", "2023", "2026"),
        ("two", "Next plan of Chile", "2027", "2030"),
    ):
        yield node(
            "NationalActionPlan", f"plan:chl-{key}", name=name, government="gov:chl", status="adopted",
            adopted_on="2026-05-01" if key == "two" else "2023", period=between(start, end),
        )  # fmt: skip


def _pact() -> Iterable[Statement]:
    yield node(
        "Treaty", "treaty:pact", name="Pact of Specimens", reference="EX 1", depositary="Specimen Agency",
        adopted_on="2009-01-01", is_binding=True, party_count=1, party_count_on="2020-01-01",
        topics=["trafficking-in-persons"],
    )  # fmt: skip
    yield edge(
        "PARTY_TO", "gov:per", "treaty:pact", status="party", signed_on="2009-02-02", action="ratification",
        action_on="2010-03-03", reservations="article 15",
    )  # fmt: skip
    yield edge("PARTY_TO", "gov:chl", "treaty:pact", status="signatory", signed_on="2011-04-04")
    yield node("Treaty", "treaty:pact-protocol", name="Protocol to the Pact")
    yield edge("UNDER", "treaty:pact-protocol", "treaty:pact")
    yield edge("SUCCEEDED_BY", "treaty:old-pact", "treaty:pact")
    yield node("Treaty", "treaty:old-pact", name="Old Pact")


def _placements() -> Iterable[tuple[Statement, ...]]:
    yield placement("per", 2022, "Tier 2")
    yield placement("per", 2024, "Tier 1")
    yield placement("per", 2025, "Tier 2")
    yield placement("chl", 2023, "Tier 2")
    yield placement("chl", 2024, "Special Case")


def _standards() -> Iterable[Statement | tuple[Statement, ...]]:
    common = "trafficking-in-persons"
    for key, topics, words in (
        ("", [common], []),
        ("(a)(1)", [common], []),
        ("(b)(1)", [common, "prosecution"], []),
        ("(b)(7)", [common], ["complicit"]),
        ("(b)(8)", [common], []),
    ):
        slug = key.replace("(", "").replace(")", "") or "whole"
        yield node(
            "Standard", f"standard:{slug}", name=f"Standard {slug}", citation=f"22 USC 7106{key}", topics=topics,
            **({"words": words} if words else {}),
        )  # fmt: skip
    yield node("Law", "law:per", name="Law of Peru", government="gov:per", topics=[common], adopted_on="2007-01-16")
    yield node("Forum", "forum:advice", name="Advisers")
    for key, said in (
        ("courts", {"wording": "Try cases", "pillar": "prosecution", "year": 2024}),
        ("officials", {"wording": "Punish complicit officials", "year": 2025, "topics": [common]}),
        ("children", {"wording": "Inspect complicit farms", "year": 2025, "topics": ["child-labor"]}),
    ):
        written = f"recommendation:per-{key}"
        advice = node("Recommendation", written, name=f"Advice on {key}", **said)
        yield advice, edge("MADE", "forum:advice", written), edge("RECOMMENDED_TO", written, "gov:per")
