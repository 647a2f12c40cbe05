"""A small office and the party it works with, for the tests of its work with contacts; all of it is made up."""

from collections.abc import Iterable, Iterator

from iga.graph.statements import Card, Statement
from tests.queries.world import Row, between, card, edge, node, rows, since


def office() -> Iterator[tuple[Card, list[Row]]]:
    """Yield every load of the office: the source's card and its rows."""
    yield card("ref:us", "Our side"), rows("us.csv", *_ours())
    yield card("ref:eso", "The ESO"), rows("eso.csv", *_eso(), *_channels())
    yield card("ref:meetings", "Meetings"), rows("meetings.csv", *_meetings())
    yield card("ref:promises", "Promises and duties"), rows("promises.csv", *_promises())
    yield card("ref:ghana", "Ghana"), rows("ghana.csv", *_ghana())
    yield card("ref:rules", "Rules of clearance", rank=80), rows("rules.csv", *_rules(), confidence="low")
    yield card("ref:people", "People"), rows("people.csv", *_people())
    # The source is public: that a consent travels no further than sensitive does not hang on who states it.
    yield card("list:consents", "What people agreed to"), rows("consents.csv", *_consents())


def _ours() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield node("PublicBody", "body:tip", name="Trafficking Office", acronym="TO", government="gov:usa")
    yield node("PublicBody", "body:team", name="The Team", government="gov:usa")
    yield edge("PART_OF", "body:team", "body:tip")
    for slug, name, holder in (("a", "Officer A", "Uma Example"), ("b", "Officer B", "Vic Example")):
        yield node("Post", f"post:{slug}", name=name, role="relationship owner")
        yield edge("POST_IN", f"post:{slug}", "body:team")
        yield node("Person", f"person:{slug}", name=holder)
        yield edge("HOLDS", f"person:{slug}", f"post:{slug}", period=since("2025-01-01"))
    yield node("Post", "post:c", name="Officer C", role="assistant")
    yield edge("POST_IN", "post:c", "body:team")
    yield edge("OWNS_RELATIONSHIP", "post:a", "org:eso", standing="primary", topics=["child-trafficking"])
    yield edge("OWNS_RELATIONSHIP", "post:b", "org:eso", standing="backup", every_days=20)
    yield edge("OWNS_RELATIONSHIP", "post:a", "gov:gha", standing="primary")
    yield edge("OWNS_RELATIONSHIP", "body:team", "org:quiet", standing="primary")
    for slug, name, acronym, kind in (
        ("af", "Bureau of African Affairs", "AF", "regional bureau"),
        ("embassy", "U.S. Embassy to Ghana", None, "embassy"),
        ("mission", "U.S. Mission to the ESO", "USESO", "mission"),
        ("io", "Bureau of Organizations", "IO", "functional bureau"),
        ("f", "Office of Assistance", "F", "office"),
        ("drl", "Bureau of Rights", "DRL", "functional bureau"),
    ):
        said = {"acronym": acronym} if acronym else {}
        yield node("PublicBody", f"body:{slug}", name=name, body_kind=kind, government="gov:usa", **said)
    yield edge("COVERS", "body:af", "gov:gha")
    yield edge("COVERS", "body:embassy", "gov:gha")
    yield edge("COVERS", "body:mission", "org:eso")


def _post(slug: str, name: str, **values: object) -> Iterable[Statement]:
    yield node("Post", f"post:{slug}", name=name, **values)
    yield edge("POST_IN", f"post:{slug}", "body:unit")


def _term(slug: str, name: str, **values: object) -> Iterable[Statement]:
    yield node("Person", f"person:{slug}", name=name)
    yield edge("HOLDS", f"person:{slug}", f"post:{slug}", **values)


def _eso() -> Iterable[Statement]:
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO")
    yield node("PublicBody", "body:unit", name="The Unit")
    yield edge("PART_OF", "body:unit", "org:eso")
    yield from _post("head", "Head", vacant_on=["2026-04"])
    yield node("Post", "post:loose", name="Post of no body")
    yield node("Post", "post:moved", name="Post of a former body")
    yield edge("POST_IN", "post:moved", "body:unit", period=between("2010", "2019"))
    yield from _post("acting", "Deputy")
    yield from _term("acting", "Ann Example", capacity="acting", period=since("2026-01-01"))
    yield from _post("coming", "Adviser")
    yield from _term("coming", "Bob Example", capacity="designate", period=since("2026-05-01"))
    yield from _post("over", "Rapporteur", mandate_period=between("2023", "2026-03"))
    yield from _term("over", "Cat Example", period=since("2023"))
    yield from _post("left", "Liaison")
    yield from _term("left", "Dan Example", period=between("2020", "2026-02"))
    yield from _post("settled", "Focal Point", topics=["child-trafficking"])
    yield from _term("settled", "Eve Example", period=since("2024-01-01"))
    yield node("InternationalOrganization", "org:quiet", name="Quiet Organization")


def _channel(owner: str, slug: str, kind: str, value: str, **values: object) -> Iterable[Statement]:
    yield node("ContactPoint", f"contact:{slug}", channel={"kind": kind, "value": value}, **values)
    yield edge("REACHED_AT", owner, f"contact:{slug}")


def _channels() -> Iterable[Statement]:
    checked = {"verified_on": "2026-05-30", "verified_by": "Uma Example", "verified_how": "reply received"}
    yield from _channel("post:settled", "eve", "email", "eve@eso.example", topics=["child-trafficking"], **checked)
    yield from _channel("person:acting", "ann", "email", "ann@eso.example", seen_on=["2025-06-01"])
    yield from _channel("post:left", "liaison", "email", "liaison@eso.example", seen_on=["2025-06-01"])
    yield from _channel("body:unit", "unit", "email", "unit@eso.example", bounced_on="2026-05-01")
    yield from _channel("body:unit", "private", "phone", "+1 555 0100", do_not_use="asked to be taken off")
    yield from _channel("org:eso", "site", "website", "https://eso.example")
    yield from _channel("org:quiet", "quiet", "website", "https://quiet.example", seen_on=["2026-05-01"])


def _meeting(slug: str, name: str, day: str, *who: str, status: str = "held", **values: object) -> Iterable[Statement]:
    period = between(day, day)
    yield node("Engagement", f"engagement:{slug}", name=name, status=status, period=period, **values)
    for party in who:
        yield edge("PARTICIPATED", party, f"engagement:{slug}")


def _meetings() -> Iterable[Statement]:
    outcome = {"engagement_kind": "call", "outcome": "a draft follows"}
    yield from _meeting("call", "Call with the focal point", "2026-05-10", "post:a", "post:settled", **outcome)
    yield from _meeting("old", "Talks", "2024-03-01", "body:unit", engagement_kind="bilateral meeting", place="Vienna")
    yield from _meeting("conference", "Big Conference", "2026-05-20", "org:eso", engagement_kind="conference")
    yield from _meeting("off", "Talks called off", "2026-05-25", "post:a", "post:settled", status="cancelled")
    yield from _meeting("next", "Next call", "2026-06-20", "post:a", "post:settled", status="planned")
    yield from _meeting("late", "Far call", "2026-12-20", "post:a", "post:settled", status="planned")


def _promise(
    slug: str, name: str, by: str, to: str, due_on: str, status: str = "open", **values: object
) -> Iterable[Statement]:
    said = {"words": f"We promise: {name}", "due_on": due_on, "status": status} | values
    yield node("Commitment", f"commitment:{slug}", name=name, **said)
    yield edge("MADE", by, f"commitment:{slug}")
    yield edge("OWED_TO", f"commitment:{slug}", to)


def _promises() -> Iterable[Statement]:
    yield from _promise("theirs", "A draft", "post:settled", "body:tip", "2026-05-15", said_on="2026-05-10")
    yield from _promise("ours", "A list", "post:a", "org:eso", "2026-07")
    yield from _promise("kept", "A visit", "post:settled", "body:tip", "2026-04", "fulfilled")
    yield from _promise("others", "A hall", "org:eso", "org:quiet", "2026-07")
    yield node("Obligation", "obligation:study", name="Study", owner="body:tip", due_on="2026-07-15")
    yield node("Obligation", "obligation:later", name="Later study", owner="body:tip", due_on="2026-12-15")


def _ghana() -> Iterable[Statement]:
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("PublicBody", "body:ministry", name="Ministry of Example", government="gov:gha")
    yield from _channel("body:ministry", "ministry", "email", "ministry@gha.example", seen_on=["2025-06-01"])
    yield node("ChildProtectionCompact", "compact:gha", name="Compact with Ghana", period=between("2020", "2028"))
    yield edge("PARTY_TO", "gov:gha", "compact:gha", status="signatory", signed_on="2020-01-01")
    yield edge("PARTY_TO", "gov:usa", "compact:gha", status="signatory", signed_on="2020-01-01")


def _rule(slug: str, applies_to: str, **values: object) -> Statement:
    said = {"does": "clears", "reason": f"reason of {slug}"} | values
    return node("ClearanceRule", f"clearance:{slug}", name=f"Rule {slug}", applies_to=applies_to, **said)


def _rules() -> Iterable[Statement]:
    yield _rule("every", "every paper", office="body:tip")
    yield _rule("owner", "party", found_by="owner")
    yield _rule("desk", "government", found_by="desk")
    yield _rule("bureau", "government", found_by="regional bureau")
    yield _rule("embassy", "government", found_by="mission", does="is informed")
    yield _rule("io", "body", office="body:io")
    yield _rule("mission", "body", found_by="mission")
    yield _rule("money", "money", office="body:f", purposes_also=["grants"], topics=["funding"])
    yield _rule("labor", "topic", office="body:drl", topics=["forced-labor"])


def _people() -> Iterable[Statement]:
    for slug, name in (("sue", "Sue Example"), ("tom", "Tom Example")):
        yield node("Person", f"person:{slug}", name=name, public_role="Consultant")


def _consents() -> Iterable[Statement]:
    said = {"person": "person:sue", "decision": "allowed", "name_to_use": "S. E.", "contact_via": "The Network"}
    for slug, purpose, more in (
        ("talk", "speak at an event", {"period": between("2026-01", "2026-12"), "payment": "by the Network"}),
        ("draft", "review a draft", {"period": between("2025-01", "2026-01")}),
        ("quote", "be quoted", {"decision": "refused"}),
        ("film", "be filmed", {"withdrawn_on": "2026-05-01"}),
        ("edge", "train staff", {"period": between("2025-01", "2026-06")}),
    ):
        values = said | {"purpose": purpose, "given_on": "2025-01-10"} | more
        yield node("Consent", f"consent:{slug}", name=f"Consent {slug}", **values)
