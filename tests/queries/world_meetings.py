"""Meetings, delegations, promises and chairs added to the small world, on parties that nothing else is about.

All of it but the names and codes of governments is made up.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from iga.graph.statements import Card, Statement, Whole
from tests.queries.world import Row, between, card, edge, node, rows, since


def meeting_loads() -> Iterator[tuple[Card, list[Row]]]:
    """Yield bodies with their chairs, people in posts, meetings, a démarche, promises and clearances."""
    yield card("ref:north", "Bodies of the north", whole=(Whole("org:noc"),)), rows("north.csv", *_bodies())
    yield card("ref:envoys", "Envoys"), rows("envoys.csv", *_posts())
    yield card("office:meetings", "Meetings of the office", rank=10, marking=1), rows("meetings.csv", *_meetings())
    yield card("office:approach", "Approaches", rank=10, marking=1), rows("approach.csv", *_approach())
    yield card("office:promises", "Promises", rank=10, marking=1), rows("promises.csv", *_promises())


def _bodies() -> Iterable[Statement | tuple[Statement, ...]]:
    for code, name in (("nor", "Norway"), ("swe", "Sweden"), ("prt", "Portugal"), ("alb", "Albania")):
        yield node("Government", f"gov:{code}", name=name, iso3=code.upper())
    yield node("InternationalOrganization", "org:noc", name="Nordic Assembly", acronym="NOA", member_count=2)
    yield node("Forum", "forum:west", name="Western Round", acronym="WRO", member_count=5)
    yield node("Forum", "forum:loose", name="Loose Round")
    for member, body, category in (
        ("nor", "org:noc", "member"), ("swe", "org:noc", "member"), ("prt", "org:noc", "observer"),
        ("nor", "forum:west", "member"), ("prt", "forum:west", "member"), ("swe", "forum:loose", "member"),
    ):  # fmt: skip
        yield edge("MEMBER_OF", f"gov:{member}", body, category=category, period=since("2000"))
    chaired = (("nor", "chair", between("2022", "2022")), ("nor", "chair", between("2024", "2024")))
    for code, office, period in (*chaired, ("swe", "chair", between("2026-01-01", "2026-12-31"))):
        yield edge("MEMBER_OF", f"gov:{code}", "org:noc", office=office, period=period)
    yield edge("MEMBER_OF", "gov:nor", "org:noc", office="vice-chair", period=between("2026-01-01", "2026-12-31"))


def _posts() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("PublicBody", "body:nor-mfa", name="Ministry of Norway", government="gov:nor", body_kind="ministry")
    yield (
        node("Post", "post:nor-envoy", name="Envoy of Norway", role="liaison"),
        edge("POST_IN", "post:nor-envoy", "body:nor-mfa"),
    )
    yield (
        node("Person", "person:astrid", name="Astrid Made-Up"),
        edge(
            "HOLDS",
            "person:astrid",
            "post:nor-envoy",
            capacity="substantive",
            period=between("2020-01-01", "2025-02-28"),
        ),
    )
    yield (
        node("Person", "person:erik", name="Erik Made-Up"),
        edge("HOLDS", "person:erik", "post:nor-envoy", capacity="substantive", period=since("2025-03-01")),
    )
    yield (
        node("Post", "post:noc-head", name="Head of the Nordic Assembly", role="chair", level="president"),
        edge("POST_IN", "post:noc-head", "org:noc"),
    )
    yield (
        node("PublicBody", "body:nor-mission", name="Mission of Norway", government="gov:nor", body_kind="mission"),
        edge("COVERS", "body:nor-mission", "org:noc"),
    )
    yield edge("OWNS_RELATIONSHIP", "post:nor-envoy", "org:noc", standing="primary")


def _met(key: str, name: str, day: str, status: str, **said: Any) -> Statement:
    period = {"period": between(day, day)} if day else {}
    return node("Engagement", f"engagement:{key}", name=name, status=status, **(period | said))


def _came(key: str, who: str, **said: Any) -> Statement:
    return edge("PARTICIPATED", who, f"engagement:{key}", **said)


def _meetings() -> Iterable[Statement | tuple[Statement, ...]]:
    yield _met("talks", "Northern talks", "2024-06-10", "held", engagement_kind="talks", place="Oslo")
    yield _met("summit", "Northern summit", "2026-09-01", "planned", engagement_kind="summit", place="Oslo",
               hours="10:00-11:00", period={"start": "2026-09-01", "end_kind": "unknown", "end": ""})  # fmt: skip
    yield _met("dinner", "Northern dinner", "", "planned", engagement_kind="dinner", place="Bergen")
    yield _met("visit", "Northern visit", "2026-08", "postponed", engagement_kind="visit", place="Bergen")
    yield _met("silent", "Silent talks", "2023-05-01", "held", engagement_kind="talks")
    yield (
        edge("ORGANIZED", "org:noc", "engagement:talks", role="host"),
        edge("ORGANIZED", "org:noc", "engagement:silent"),
    )
    yield edge("ORGANIZED", "org:noc", "engagement:summit"), edge("PART_OF", "engagement:dinner", "engagement:summit")
    norway = {"on_behalf_of": "gov:nor"}
    yield _came("talks", "post:nor-envoy", capacity="head", registered=True, attended=True, spoke=True, **norway)
    yield _came("talks", "ngo:quiet", capacity="private-sector adviser", registered=True, **norway)
    yield _came("talks", "body:nor-mfa", capacity="adviser", registered=True, attended=False, **norway)
    yield _came("talks", "org:eu", capacity="delegation", on_behalf_of="org:eu", attended=True, spoke=True)
    aligned = "aligned with the statement of the European Union"
    yield _came("talks", "gov:alb", capacity=aligned, on_behalf_of="org:eu")
    yield _came("talks", "gov:swe", capacity="delegation", on_behalf_of="gov:swe", attended=True)
    yield edge("MEMBER_OF", "gov:swe", "org:eu", category="member", period=since("1995"))
    yield _came("summit", "post:nor-envoy", capacity="head", registered=True, speaking_order=3, **norway)
    yield _came("summit", "gov:swe", capacity="delegation", registered=True)
    yield edge(
        "CLEARED", "body:nor-mfa", "resolution:x-res-1", paper="position", part="cleared", cleared_on="2018-11-20"
    )


def _approach() -> Iterable[Statement | tuple[Statement, ...]]:
    yield _met("approach", "Approach on the text", "2026-03-01", "held", engagement_kind="démarche")
    for code, day, status, response in (
        ("swe", "2026-03-02", "held", "will consult"), ("prt", "2026-03-03", "held", None),
        ("alb", "", "planned", None),
    ):  # fmt: skip
        key, said = f"approach-{code}", {"response": response} if response else {}
        yield (
            _met(key, f"Approach to {code}", day, status, engagement_kind="démarche", **said),
            edge("PART_OF", f"engagement:{key}", "engagement:approach"),
        )
        yield (
            edge("ORGANIZED", "body:nor-mission", f"engagement:{key}"),
            _came(key, f"gov:{code}", capacity="approached"),
        )
        if day:
            yield (
                node(
                    "Document", f"document:{code}", name="Reply", symbol=f"26 {code.upper()} 1", document_kind="cable"
                ),
                edge("UNDER", f"document:{code}", f"engagement:{key}"),
            )


def _promise(key: str, by: str, to: str, **said: Any) -> tuple[Statement, ...]:
    written = f"commitment:north-{key}"
    ends = edge("MADE", by, written), edge("OWED_TO", written, to)
    return node("Commitment", written, name=f"Promise {key}", **said), *ends


def _promises() -> Iterable[Statement | tuple[Statement, ...]]:
    said = {"said_on": "2024-06-10", "commitment_kind": "political"}
    yield _promise(
        "late", "post:nor-envoy", "org:noc", due_on="2024-12-31", status="open", words="We will pay.", **said
    )
    yield _promise("kept", "org:noc", "gov:nor", due_on="2024-10", status="fulfilled", status_on="2024-09-15",
                   status_evidence="letter", **said)  # fmt: skip
    yield _promise("money", "gov:nor", "org:noc", due_on="2029-01-01", status="open", said_on="2024-06-10",
                   commitment_kind="pledge of money")  # fmt: skip
    yield _promise("vague", "gov:swe", "org:noc", **said)
    yield edge("UNDER", "commitment:north-late", "engagement:talks")
