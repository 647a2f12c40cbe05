"""What follows the report and what the law asks for, added to the small world: determinations, advice, duties, plans.

It is on governments that nothing else of the world is about. All of it but their names and codes is made up.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from iga.graph.statements import Card, Statement
from tests.queries.world import Row, between, card, edge, node, placement, rows


def office_loads() -> Iterator[tuple[Card, list[Row]]]:
    """Yield what follows the report and what the law asks for, on governments that nothing else is about."""
    yield card("ref:fiji", "Governments on the Watch List"), rows("watch.csv", *_watch_list())
    guess = placement("fji", 2024, "Tier 2 Watch List", basis="complement")
    yield card("ref:fiji-guessed", "Placements worked out", rank=60), rows("guess.csv", guess, confidence="derived")
    yield card("ref:determinations", "Determinations"), rows("determinations.csv", *_determinations())
    yield card("ref:advice", "Recommendations"), rows("advice.csv", *_recommendations())
    yield card("ref:answers", "What answers them"), rows("answers.csv", *_answers())
    yield card("ref:duties", "Duties by law"), rows("duties.csv", *_duties())
    yield card("ref:plans", "Plans", as_of="2024-03-31"), rows("plans.csv", *_plans())


def _watch_list() -> Iterable[Statement | tuple[Statement, ...]]:
    for code, name in (("fji", "Fiji"), ("hti", "Haiti"), ("nic", "Nicaragua")):
        yield node("Government", f"gov:{code}", name=name, iso3=code.upper())
    for code, year in (("fji", 2023), ("fji", 2025), ("hti", 2025)):
        yield placement(code, year, "Tier 2 Watch List")
    yield placement("fji", 2022, "Tier 2")
    yield placement("nic", 2024, "Tier 3")
    yield placement("nic", 2025, "Tier 3")
    yield _determination("waiver-fji", "fji", determination_kind="waiver of automatic downgrade", edition_year=2025)


def _determination(key: str, code: str, **said: Any) -> tuple[Statement, ...]:
    written = f"determination:{key}"
    return node("Determination", written, **said), edge("ASSESSED", written, f"gov:{code}")


def _determinations() -> Iterable[Statement | tuple[Statement, ...]]:
    document = node(
        "Publication", "publication:pd-2026", name="Presidential Determination 2026-01", edition_year=2026,
        publication_kind="Presidential Determination", published_on="2025-10-20", coverage_note="waivers not seen",
    )  # fmt: skip
    yield document
    said = {"fiscal_year": 2026, "edition_year": 2025, "decided_on": "2025-10-20", "number": "2026-01"}
    restricted = _determination("nic-2026", "nic", determination_kind="restricted", scope="assistance", **said)
    yield *restricted, edge("UNDER", "determination:nic-2026", "publication:pd-2026")
    for key, period in (("award:shelter", between("2025-01", "2026-12")), ("award:over", between("2019", "2020"))):
        yield node("Award", key, name=f"Award {key[6:]}", period=period), edge("IMPLEMENTED_IN", key, "gov:nic")
    yield node("PublicBody", "body:nic-ministry", name="Ministry of Example", government="gov:nic")
    yield edge("AWARDED_TO", "award:shelter", "body:nic-ministry")


def _recommendations() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("PublicBody", "body:tip", name="Report Office", acronym="RO", government="gov:usa")
    yield node("Forum", "forum:experts", name="Group of Experts", acronym="GEX")
    yield node("Publication", "publication:experts-fji", name="Second report on Fiji", published_on="2026-08-01")
    ours = {"pillar_is_ours": True, "year": 2024}
    yield _advice("tip-1", "body:tip", "publication:tip-2024", wording="Try cases", pillar="prosecution", **ours)
    yield _advice("tip-2", "body:tip", "publication:tip-2024", wording="Open shelters", pillar="protection", **ours)
    yield _advice("tip-3", "body:tip", "publication:tip-2024", wording="Ratify", ordinal=3, year=2024)
    trained = {"wording": "Train judges", "pillar": "prosecution", "paragraph": "para. 74", "year": 2026}
    yield _advice("experts-1", "forum:experts", "publication:experts-fji", **trained)


def _answers() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("Law", "law:fji-shelters", name="Shelters Act", government="gov:fji")
    theirs = {"their_verdict": "implemented", "their_verdict_on": "2025-02-01"}
    verdicts = {**theirs, "our_verdict": "partly met", "our_verdict_on": "2025-06-01"}
    yield edge("ANSWERS", "law:fji-shelters", "recommendation:tip-2", **verdicts)


def _advice(key: str, issuer: str, report: str, **said: Any) -> tuple[Statement, ...]:
    written = f"recommendation:{key}"
    ends = edge("MADE", issuer, written), edge("RECOMMENDED_TO", written, "gov:fji"), edge("UNDER", written, report)
    return node("Recommendation", written, name=f"Recommendation {key}", **said), *ends


def _duties() -> Iterable[Statement | tuple[Statement, ...]]:
    yearly = {"legal_basis": "22 USC 7107(b)(1)", "owner": "body:tip", "topics": ["trafficking-in-persons"]}
    rule = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"
    yield node("Obligation", "obligation:report", name="Yearly report", due_on="2021-06-30", recurrence=rule, **yearly)
    later = "45 days after the report"
    yield node("Obligation", "obligation:notice", name="Notice", owner="gov:usa", recurrence=later)
    yield node("Obligation", "obligation:once", name="Study", owner="body:tip", due_on="2026-07-15")
    for key, name, due_on, status in (
        ("commitment:late", "A shelter", "2026-03", "open"),
        ("commitment:kept", "A hotline", "2026-02", "fulfilled"),
    ):
        promise = node("Commitment", key, name=name, due_on=due_on, status=status)
        yield promise, edge("MADE", "gov:fji", key), edge("OWED_TO", key, "gov:usa")
    yield node("Review", "review:fji", name="Second round on Fiji", report_due_on="2026-08-20")
    yield edge("ASSESSED", "review:fji", "gov:fji")


def _plans() -> Iterable[Statement | tuple[Statement, ...]]:
    of = {"government": "gov:fji", "status_on": "2024-03-31"}
    yield node(
        "NationalActionPlan", "plan:fji-old", name="First plan", status="ended", period=between("2018", "2021"), **of
    )
    yield node(
        "NationalActionPlan",
        "plan:fji-now",
        name="Second plan",
        status="in force",
        period=between("2022", "2027"),
        **of,
    )
    yield node("NationalActionPlan", "plan:hti", name="Draft of Haiti", status="draft", government="gov:hti")
    ours = {"owner": "gov:mng", "region": "Central Asia", "status": "adopted", "status_on": "2024-03-31"}
    yield node("Strategy", "strategy:mng", name="Steppe strategy", period=between("2023", "2027"), **ours)
    seen = {"attested_on": ["2024-03-31"]}
    yield node("Topic", "topic:trafficking-in-persons", name="Trafficking in persons")
    committee = node(
        "PublicBody", "body:fji-committee", name="National Committee", body_kind="committee", government="gov:fji"
    )
    yield committee, edge("PART_OF", "body:fji-committee", "gov:fji", **seen)
    yield edge("COVERS", "body:fji-committee", "topic:trafficking-in-persons", **seen)
    yield node("Post", "post:fji-coordinator", name="National Coordinator", role="coordinator")
    yield edge("POST_IN", "post:fji-coordinator", "gov:fji", **seen)
