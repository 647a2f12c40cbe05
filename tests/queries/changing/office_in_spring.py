"""An office in spring: what it loads in March and again in May, when some of it has changed. All of it is made up."""

from collections.abc import Iterator

from graph.statements import Card, Statement
from tests.queries.world import Row, between, card, edge, node, rows, since

MARCH, MAY, LATER = "2026-03-01", "2026-05-10", "2026-05-20"
RELEASE = "2026-07-01T14:00:00Z"


def loads() -> Iterator[tuple[str, Card, list[Row]]]:
    """Yield the loads, each with its day."""
    yield MARCH, card("ref:world", "Governments and bodies"), rows("world.csv", *_world())
    yield MARCH, card("office:posts", "Posts and their holders", as_of=MARCH), rows("posts.csv", *_posts_in_march())
    yield MARCH, card("ref:members", "Members", as_of=MARCH), rows("members.csv", *_members_in_march())
    yield MARCH, card("office:awards", "Awards", as_of=MARCH), rows("awards.csv", *_award("active", "2026-12-31"))
    yield MARCH, card("list:press", "Press on awards", rank=60), rows("press.csv", *_press())
    yield MAY, card("office:posts", "Posts and their holders", as_of=MAY), rows("posts.csv", *_posts_in_may())
    yield MAY, card("ref:members", "Members", as_of=MAY), rows("members.csv", *_members_in_may())
    yield MAY, card("office:awards", "Awards", as_of=MAY), rows("awards.csv", *_award("terminated", "2026-04-30"))
    soon = card("ref:release", "Placements to be released", public_from=RELEASE)
    yield LATER, soon, rows("release.csv", (_placement(), edge("ASSESSED", "assessment:gha-2026", "gov:gha")))


def _world() -> Iterator[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN")
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO")
    ended = between("1990", "2020-12-31")
    yield node("Forum", "forum:old", name="Old Forum", existence=ended)
    yield node("Forum", "forum:next", name="Next Forum", existence=since("2019-05"))
    yield edge("SUCCEEDED_BY", "forum:old", "forum:next")
    yield node("PublicBody", "body:tip", name="Report Office", government="gov:usa")
    yield node("Post", "post:desk", name="Security Desk")
    yield edge("POST_IN", "post:desk", "body:tip")
    yield edge("OWNS_RELATIONSHIP", "post:desk", "org:eso", standing="primary", period=since("2024"))
    yield edge("MEMBER_OF", "gov:usa", "org:eso", office="chair", period=between("2025-05-15", "2026-05-14"))


def _posts_in_march() -> Iterator[Statement]:
    yield node("Post", "post:head", name="Special Representative")
    yield edge("POST_IN", "post:head", "org:eso")
    yield node("Person", "person:old", name="Ola Example")
    yield node("Person", "person:new", name="Nia Example")
    yield edge("HOLDS", "person:old", "post:head", capacity="substantive", period=since("2020-01-01"))


def _posts_in_may() -> Iterator[Statement]:
    yield from list(_posts_in_march())[:4]
    term = between("2020-01-01", "2026-05-01")
    yield edge("HOLDS", "person:old", "post:head", capacity="substantive", period=term)
    yield edge("HOLDS", "person:new", "post:head", capacity="substantive", period=since("2026-05-02"))


def _members_in_march() -> Iterator[Statement]:
    yield edge("MEMBER_OF", "gov:ken", "org:eso", category="observer", period=since("2001"))
    yield edge("MEMBER_OF", "gov:ken", "forum:old", category="member", period=since("2000"))


def _members_in_may() -> Iterator[Statement]:
    yield edge("MEMBER_OF", "gov:gha", "org:eso", category="member", period=since("2019"))
    yield edge("MEMBER_OF", "gov:ken", "forum:old", category="member", period=since("2000"))


def _award(status: str, end: str) -> Iterator[Statement | tuple[Statement, ...]]:
    term = between("2024-01-01", end)
    yield node("Award", "award:shelter", name="Shelter award", status=status, period=term, award_number="X-1")
    yield node("Ngo", "ngo:help", name="Example Help"), edge("AWARDED_TO", "award:shelter", "ngo:help")
    late = between("2023-01-01", "2025-12-31")
    yield node("Award", "award:late", name="Late award", status="active", period=late)
    yield (
        node(
            "Engagement", "engagement:talks", name="Talks", status="planned", period=between("2026-02-02", "2026-02-02")
        ),
    )


def _press() -> Iterator[Statement]:
    yield node("Award", "award:shelter", name="Shelter award", award_number="X-2")


def _placement() -> Statement:
    return node("Assessment", "assessment:gha-2026", name="Ghana, TIP Report 2026", year=2026, tier="Tier 1")
