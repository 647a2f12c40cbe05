"""A small graph to export: a body, a post and its holder, channels, money, and a partner whose name is an attack."""

from collections.abc import Iterable, Iterator

from iga.graph.statements import Card, Statement
from tests.queries.world import Row, between, card, edge, node, rows, since

EVIL = (
    '=HYPERLINK("x") \'; MATCH (n) DETACH DELETE n;// \\u0027}]) \\\\u0027 <b>&amp; \x0b_x0041_ \u2028 \\ 日本 😀'
    "\nEND:VCARD"
)
"""A name that tries to get out of every format."""


def exported_loads() -> Iterator[tuple[Card, list[Row]]]:
    """Yield what is public, the people and plans that are internal, and a partner that is sensitive."""
    public = card("ref:example", "Bodies of an example", licence="CC BY 4.0", publisher="Example Statistics")
    yield public, rows("bodies.csv", *_bodies())
    yield card("office:people", "Our address book", rank=10, marking=1), rows("people.csv", *_people())
    yield card("ref:money", "Payments of an example"), rows("money.csv", *_money())
    yield card("office:quiet", "Partners in danger", rank=10, marking=2), rows("quiet.csv", *_quiet())


def _bodies() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("Government", "gov:gha", name="Ghana", iso2="GH", iso3="GHA", name_fr="Ghana", aliases=["Gold Coast"])
    yield node("Government", "gov:usa", name="United States", iso2="US", iso3="USA")
    yield node("InternationalOrganization", "org:exo", name="Example Organization", acronym="EXO", founded_on="1975-08")
    yield node("PublicBody", "body:desk", name="Anti-Trafficking Desk", website="https://example.org/desk")
    yield edge("PART_OF", "body:desk", "org:exo")
    yield edge("MEMBER_OF", "gov:gha", "org:exo", category="member", period=since("1973"))
    yield edge("MEMBER_OF", "gov:usa", "org:exo", category="member", period=between("1973", "1999"))
    yield node("Ngo", "ngo:evil", name=EVIL, aliases=["@SUM(1)", "a;b"], country="gov:gha", summary="x" * 40_000)
    yield node("Post", "post:focal", name="Focal Point", role="focal point", topics=["child-trafficking"])
    yield edge("POST_IN", "post:focal", "body:desk")


def _people() -> Iterable[Statement]:
    yield node("Person", "person:p1", name="Ada Okafor, MP; Dr", family_name="Okafor", languages=["en", "fr"])
    yield edge("HOLDS", "person:p1", "post:focal", capacity="substantive", period=since("2024-09"))
    yield node("Person", "person:p0", name="Benno Before", public_role="Former focal point")
    yield edge("HOLDS", "person:p0", "post:focal", period=between("2020-01", "2024-08"))
    yield node("ContactPoint", "contact:mail", name="mail", channel={"kind": "email", "value": "focal@example.org"})
    yield edge("REACHED_AT", "post:focal", "contact:mail")
    yield node(
        "ContactPoint",
        "contact:old",
        name="old",
        channel={"kind": "phone", "value": "+1 202 555 0100"},
        do_not_use="asked to be taken off",
    )
    yield edge("REACHED_AT", "post:focal", "contact:old")
    yield node("ContactPoint", "contact:desk", name="desk", channel={"kind": "email", "value": "desk@example.org"})
    yield edge("REACHED_AT", "body:desk", "contact:desk")
    yield node(
        "Engagement",
        "engagement:talk",
        name="Talk, first round",
        status="planned",
        place="Vienna",
        period=between("2027-03-01", "2027-03-02"),
    )
    yield edge("PARTICIPATED", "gov:gha", "engagement:talk", registered=True)
    yield node("Engagement", "engagement:vague", name="Meeting of autumn", status="planned", period=since("2027-09"))
    yield edge("PARTICIPATED", "gov:gha", "engagement:vague", registered=True)


def _money() -> Iterable[tuple[Statement, ...]]:
    yield (
        node("Project", "project:p", name="Shelters", period=between("2024-01", "2025-12-31")),
        edge("IMPLEMENTS", "ngo:evil", "project:p", role="implementer"),
    )
    for key, measure in (("paid", "disbursement"), ("promised", "obligation")):
        money = {"amount": "-1250.5", "currency": "USD", "measure": measure, "value_date": "2024-05-01"}
        ends = {"provider": "gov:usa", "receiver": "ngo:evil"}
        yield (
            node("Transaction", f"transaction:{key}", name=key, money=money, **ends),
            edge("UNDER", f"transaction:{key}", "project:p"),
        )


def _quiet() -> Iterable[Statement]:
    yield node("Ngo", "ngo:quiet", name="Quiet House", country="gov:gha")
    yield edge("MEMBER_OF", "ngo:quiet", "org:exo", category="partner")
