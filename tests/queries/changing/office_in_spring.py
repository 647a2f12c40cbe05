"""An office in spring: what it loads in March and again in May, when some of it has changed. All of it is made up.

In June a list comes that is at odds with itself, then its second edition, and a judgement.
"""

from collections.abc import Iterator

from iga.graph.statements import Card, Statement, Verdict
from tests.queries.world import Row, between, card, edge, node, rows, since

MARCH, MAY, LATER, JUNE = "2026-03-01", "2026-05-10", "2026-05-20", "2026-06-01"
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
    odd = card("list:odd", "A list at odds with itself", as_of=JUNE)
    for edition in (1, 2):
        yield JUNE, odd, rows("odd.csv", *_at_odds(), *_edition(edition))
    same = Verdict("person:cy", "person:bo", "same", by="A. Officer", because="one address")
    yield JUNE, card("judgements:person", "Judgements"), rows("judgement", same)


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


def _at_odds() -> Iterator[Statement]:
    yield node("Post", "post:shared", name="Shared Desk")
    for name, start in (("Ann", "2020"), ("Bo", "2021"), ("Cy", "2022"), ("Di", "2023")):
        yield node("Person", f"person:{name.lower()}", name=f"{name} Example")
        yield edge("HOLDS", f"person:{name.lower()}", "post:shared", capacity="substantive", period=since(start))
    yield node("Post", "post:ghost", name="Ghost Desk")
    yield edge("POST_IN", "post:ghost", "forum:old", period=since("2000"))
    yield node("Person", "person:gus", name="Gus Example")
    yield edge("HOLDS", "person:gus", "post:ghost", period=since("2022"))
    yield node("Person", "person:hal", name="Hal Example")
    yield edge("HOLDS", "person:hal", "post:ghost", period=between("2003", "2011"))
    ended = between("2020-01-01", "2023-12-31")
    yield node("ChildProtectionCompact", "compact:odd", name="Odd Compact", period=ended, extension=["to 2025"])
    yield node("Award", "award:odd", name="Odd award", period=between("2022-01-01", "2027-12-31"))
    yield edge("UNDER", "award:odd", "compact:odd")
    yield node(
        "Treaty",
        "treaty:odd",
        name="Odd Treaty",
        adopted_on="2009-01-01",
        signed_on="2010-05-05",
        in_force_on="2009-03",
    )
    yield edge(
        "PARTY_TO",
        "gov:gha",
        "treaty:odd",
        signed_on="2010-05-05",
        withdrawn_on="2003",
        withdrawal_notified_on="2004-02-02",
    )
    yield node("Treaty", "treaty:next", name="Next Treaty", adopted_on="2008-02-02")
    yield edge("SUCCEEDED_BY", "treaty:odd", "treaty:next")


def _edition(number: int) -> Iterator[Statement | tuple[Statement, ...]]:
    yield edge("MEMBER_OF", "gov:gha", "forum:next", category="member", period=since("2020" if number == 1 else "2021"))
    yield node("Ngo" if number == 1 else "AcademicInstitution", "ngo:school", name="Odd School")
    name = "passing" if number == 1 else "lasting"
    relief = node("Ngo", f"ngo:{name}", name=f"{name.capitalize()} Relief")
    yield relief, edge("IMPLEMENTS", f"ngo:{name}", "compact:odd", role="implementer")
