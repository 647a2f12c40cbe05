"""A small world for the tests of questions. Names and codes of governments are real; all else is made up."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement, Verdict, Whole
from tests.queries.world_of_texts import texts

TODAY = "2026-06-01"
NOW = "2026-06-01T12:00:00Z"
RELEASE = "2026-07-01T14:00:00Z"

Row: TypeAlias = tuple[str, str, Content]
"""Row key, locator and content, as a load takes them."""


def node(cls: str, written: str, **values: Any) -> NodeStatement:
    return NodeStatement(cls, written, {"name": written} | values)


def edge(kind: str, source: str, target: str, **values: Any) -> EdgeStatement:
    return EdgeStatement(kind, source, target, values)


def since(start: str) -> dict[str, str]:
    """Return a stretch that its source says goes on."""
    return {"start": start, "end_kind": "open", "end": ""}


def between(start: str, end: str) -> dict[str, str]:
    return {"start": start, "end_kind": "dated", "end": end}


def usd(amount: str, measure: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD", "measure": measure, "value_date": ""}


def rows(file: str, *said: Statement | tuple[Statement, ...], **how: Any) -> list[Row]:
    """Return one row for each statement or group of statements, told apart by its line."""
    groups = [each if isinstance(each, tuple) else (each,) for each in said]
    return [(str(line), f"{file}:{line}", Content(group, **how)) for line, group in enumerate(groups, start=2)]


def card(source: str, title: str, *, rank: int = 20, as_of: str = "2026-05-01", **how: Any) -> Card:
    return Card(source, title, rank=rank, as_of=as_of, **how)


def noon_in_june() -> datetime:
    """Return the instant at which the worlds are loaded."""
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


def ledger_with(
    folder: Path, loads: Iterable[tuple[Card, list[Row]]], *, clock: Callable[[], datetime] = noon_in_june, **made: Any
) -> Ledger:
    """Return a ledger in a folder with these loads."""
    ledger = Ledger.open(folder / "ledger.sqlite", clock=clock)
    for of, said in loads:
        with ledger.open_load(of, **made) as load:
            load.put(said)
            load.commit({"read": len(said)})
    return ledger


def loads() -> Iterator[tuple[Card, list[Row]]]:
    """Yield every load of the world: the source's card and its rows."""
    yield card("ref:governments", "Names and codes of governments"), rows("governments.csv", *_governments())
    yield (
        card("list:donors", "A list that names governments in words", rank=90),
        rows("donors.csv", node("Government", "named:government:gold-coast", name="Gold Coast")),
    )
    yield card("ref:bodies", "Bodies"), rows("bodies.csv", *_bodies())
    gap = "One observer was not found."
    whole = (Whole("forum:exp"),)
    yield card("ref:members", "Members of the ESO", gaps=(gap,), whole=whole), rows("members.csv", *_members())
    yield (
        card("ref:offices", "Who chaired what", rank=60),
        rows("offices.csv", edge("MEMBER_OF", "gov:usa", "org:eso", office="chair", period=between("2025", "2025"))),
    )
    yield card("ref:treaties", "Treaties", as_of="2020-06-01"), rows("treaties.csv", *_treaties())
    yield (
        card("ref:parties", "Parties to the Example Protocol", as_of="2020-06-01", whole=(Whole("treaty:whole"),)),
        rows("parties.csv", *_bonds()),
    )
    yield card("ref:editions", "Editions of the report"), rows("editions.csv", *_editions())
    yield card("ref:tiers", "Placements"), rows("tiers.csv", *_placements())
    yield (
        card("ref:derived-tiers", "Placements worked out", rank=60),
        rows("derived.csv", placement("gha", 2024, "Tier 2 Watch List", basis="complement"), confidence="derived"),
    )
    yield card("ref:compacts", "Compacts by their texts"), rows("compacts.csv", *_compact())
    yield card("ref:press", "Compacts by the press", rank=60), rows("press.csv", *_compact_in_the_press())
    yield card("ref:events", "Conferences and sessions"), rows("events.csv", *_events())
    yield card("ref:posts", "Posts and their holders"), rows("posts.csv", *_posts())
    yield from texts()
    yield (
        card("judgements:person", "Judgements"),
        rows(
            "judgement", Verdict("gov:gha", "named:government:gold-coast", "same", by="A. Officer", because="renamed")
        ),
    )
    yield (
        card("sample:partners", "Fictional partners", fictional=True),
        rows("sample.csv", node("Ngo", "ngo:made-up", name="Made-up Relief")),
    )
    yield (
        card("office:contacts", "Contacts of the office", rank=10, marking=1),
        rows("office.csv", node("Ngo", "ngo:quiet", name="Quiet Partner")),
    )
    yield (
        card("ref:release", "Partners to be released", public_from=RELEASE),
        rows("release.csv", node("Ngo", "ngo:soon", name="Soon Released Relief")),
    )
    yield card("ref:project-lists", "Projects by list", as_of="2024-01"), rows("projects.csv", *_projects())
    for amount in ("750000", "825000"):
        yield card("office:awards", "Awards of the office", as_of="2024-05"), rows("awards.csv", *_award_of(amount))
    yield card("ref:results", "Results of compacts"), rows("results.csv", *_results())
    yield card("ref:lines", "Totals and budget lines"), rows("lines.csv", *_lines())
    yield card("list:directory", "A directory", rank=90), rows("directory.csv", *_directory(), confidence="low")


def _governments() -> Iterable[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA", iso2="US", aliases=["America"])
    yield node(
        "Government", "gov:gha", name="Ghana", iso3="GHA", iso2="GH", formal_name="Republic of Ghana",
        name_fr="Ghana", name_ru="Гана", name_zh="加纳", name_ar="غانا", former_names=["Gold Coast (until 1957-03)"],
    )  # fmt: skip
    yield node(
        "Government", "gov:civ", name="Côte d’Ivoire", iso3="CIV", iso2="CI", aliases=["Ivory Coast"],
        name_es="Costa de Marfil", name_ru="Кот-д’Ивуар", name_zh="科特迪瓦", name_ar="كوت ديفوار",
    )  # fmt: skip
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN", iso2="KE")
    yield node("Government", "gov:nzl", name="New Zealand", iso3="NZL", iso2="NZ", name_fr="Nouvelle-Zélande")
    yield node("Government", "gov:mng", name="Mongolia", iso3="MNG", iso2="MN")
    yield node("Government", "gov:cog", name="Republic of the Congo", iso3="COG", aliases=["Congo"])
    yield node("Government", "gov:cod", name="Democratic Republic of the Congo", iso3="COD", aliases=["Congo"])


def _bodies() -> Iterable[Statement]:
    reported = {"member_count": 7, "member_count_on": "2026-01"}
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO", **reported)
    yield node("InternationalOrganization", "org:eu", name="European Union", acronym="EU")
    yield node("Forum", "forum:exp", name="Example Process", acronym="EXP")
    yield node("Forum", "forum:eso-committee", name="Committee of the ESO")
    yield edge("PART_OF", "forum:eso-committee", "org:eso")
    yield node("PublicBody", "body:us-mission-eso", name="US Mission to the ESO", government="gov:usa")


def _members() -> Iterable[Statement]:
    member = {"category": "participating State"}
    yield edge("MEMBER_OF", "gov:usa", "org:eso", period=since("1973-07-03"), **member)
    yield edge("MEMBER_OF", "gov:gha", "org:eso", period=since("2026"), **member)
    yield edge("MEMBER_OF", "gov:ken", "org:eso", period=between("2001", "2010-03-31"), **member)
    yield edge("MEMBER_OF", "gov:nzl", "org:eso", attested_on=["2018-06-15"], **member)
    yield edge("MEMBER_OF", "gov:mng", "org:eso", period=since("2012-11-21"), **member)
    yield edge("MEMBER_OF", "gov:civ", "org:eso", period=since("2003"), category="observer")
    yield edge("MEMBER_OF", "org:eu", "org:eso", period=since("2003"), category="regional organization")
    yield edge("MEMBER_OF", "gov:gha", "forum:exp", period=since("2002-02-28"), category="member")


def _treaties() -> Iterable[Statement]:
    counted = {"party_count": 4, "party_count_on": "2020-01-01"}
    yield node(
        "Treaty", "treaty:whole", name="Example Protocol on Trafficking", short_title="Example Protocol", **counted
    )
    short = {"party_count": 10, "party_count_on": "2020-01-01"}
    yield node("Treaty", "treaty:short", name="Convention of Which Most Parties Are Missing", **short)
    yield node("Treaty", "treaty:bare", name="Convention Without a Number")
    yield edge("PARTY_TO", "gov:gha", "treaty:short", status="party", action="accession", action_on="2012-08-21")
    yield edge("PARTY_TO", "gov:ken", "treaty:short", status="party", action="accession", attested_on=["2014-12-31"])


def _bonds() -> Iterable[Statement]:
    to = "treaty:whole"
    joined = {"status": "party", "action": "ratification"}
    yield edge("PARTY_TO", "gov:gha", to, signed_on="2001-01-01", action_on="2005-06-01", **joined)
    yield edge("PARTY_TO", "gov:usa", to, withdrawn_on="2010-02-02", action_on="2015-02-02", **joined)
    yield edge("PARTY_TO", "gov:civ", to, status="party", attested_on=["2014-12-31"])
    yield edge("PARTY_TO", "org:eu", to, action_on="2006-05-21", **joined)
    yield edge("PARTY_TO", "gov:ken", to, status="signatory", signed_on="2002-03-03")
    yield edge("PARTY_TO", "gov:nzl", to, action_on="2003-01-01", withdrawn_on="2010-05-05", status="withdrawn")


def _editions() -> Iterable[Statement]:
    published = {2022: "2022-07-19", 2023: "2023-06-15", 2024: "2024-06-24", 2025: "2025-09-29", 2026: "2026-07-01"}
    for year, day in published.items():
        yield node(
            "Publication", f"publication:tip-{year}", name=f"TIP Report {year}", publication_kind="TIP Report",
            edition_year=year, published_on=day,
        )  # fmt: skip


def _placements() -> Iterable[tuple[Statement, ...]]:
    yield placement("gha", 2023, "Tier 2")
    yield placement("gha", 2025, "Tier 1")
    yield placement("gha", 2026, "Tier 3")
    yield placement("civ", 2023, "Special Case")


def placement(code: str, year: int, tier: str, **how: Any) -> tuple[Statement, ...]:
    written = f"assessment:{code}-{year}"
    assessment = node("Assessment", written, name=f"{code.upper()}, TIP Report {year}", year=year, tier=tier, **how)
    return assessment, edge("ASSESSED", written, f"gov:{code}"), edge("UNDER", written, f"publication:tip-{year}")


def _compact() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node(
        "ChildProtectionCompact", "compact:gha-2020", name="Example Compact with Ghana", signed_on="2020-06-23",
        duration="4 years",
    )  # fmt: skip
    for party in ("gov:usa", "gov:gha"):
        yield edge("PARTY_TO", party, "compact:gha-2020", signed_on="2020-06-23", status="signatory")
    yield node("Ngo", "ngo:relief", name="Example Relief")
    yield edge("IMPLEMENTS", "ngo:relief", "compact:gha-2020", role="implementer")
    pledge = node(
        "Contribution", "contribution:gha-usa", name="US contribution", contributor="gov:usa", recipient="ngo:relief",
        money=usd("5000000", "pledge"),
    )  # fmt: skip
    yield pledge, edge("UNDER", "contribution:gha-usa", "compact:gha-2020")
    award = node("Award", "award:relief", name="Award to Example Relief", stated_total=usd("2000000", "obligation"))
    yield award, edge("UNDER", "award:relief", "compact:gha-2020")


def _compact_in_the_press() -> Iterable[Statement]:
    yield node("ChildProtectionCompact", "compact:gha-2020", name="Compact", signed_on="2020-06-24", duration="4 years")
    yield node("Contribution", "contribution:gha-usa", name="US money", money=usd("5500000", "announced"))
    for party in ("gov:usa", "gov:gha"):
        yield edge("PARTY_TO", party, "compact:gha-2020", signed_on="2020-06-24")


def _events() -> Iterable[Statement | tuple[Statement, ...]]:
    yield (
        node("Engagement", "engagement:series", name="Example Conferences", engagement_kind="series"),
        edge("ORGANIZED", "org:eso", "engagement:series", role="organizer"),
    )
    yield from (_session(1, "2018-05-02", "held"), _session(2, "2022-04-04", "held"), _session(3, "2027-03", "planned"))
    yield (
        node("Engagement", "engagement:side", name="Side event on data", status="held", topics=["data-and-research"]),
        edge("PART_OF", "engagement:side", "engagement:s2"),
    )
    day = between("2024-02-02", "2024-02-02")
    meeting = node("Engagement", "engagement:committee", name="Meeting of the Committee", status="held", period=day)
    yield meeting, edge("ORGANIZED", "forum:eso-committee", "engagement:committee")
    yield edge("ORGANIZED", "gov:gha", "engagement:s2", role="host")
    yield edge("PARTICIPATED", "gov:gha", "engagement:s1", attended=True, capacity="head", on_behalf_of="org:eu")
    yield edge("PARTICIPATED", "gov:ken", "engagement:s2", registered=True)
    yield edge("PARTICIPATED", "gov:nzl", "engagement:s2", attended=False)
    yield edge("PARTICIPATED", "gov:ken", "engagement:s3", capacity="observer")


def _session(number: int, day: str, status: str) -> tuple[Statement, ...]:
    written = f"engagement:s{number}"
    session = node(
        "Engagement", written, name=f"Example Conference {number}", status=status, engagement_kind="conference",
        period=between(day, day), topics=["trafficking-in-persons"], series="Example Conferences",
    )  # fmt: skip
    return session, edge("PART_OF", written, "engagement:series")


def _posts() -> Iterable[Statement | tuple[Statement, ...]]:
    yield node("Post", "post:eso-head", name="Special Representative", role="head", topics=["trafficking-in-persons"])
    yield edge("POST_IN", "post:eso-head", "org:eso")
    yield node("Person", "person:one", name="Ada Example", family_name="Example")
    yield edge("HOLDS", "person:one", "post:eso-head", period=since("2024-01-01"), attested_on=["2026-02"])
    yield edge("COVERS", "body:us-mission-eso", "org:eso")
    for number in range(12):
        written, period = f"engagement:trip-{number:02}", between("2019", "2019")
        trip = node("Engagement", written, name=f"Trip {number:02}", status="held", period=period)
        yield trip, edge("PARTICIPATED", "person:one", written, attended=True)


def stated(day: str, *said: NodeStatement | EdgeStatement) -> tuple[Statement, ...]:
    """Return statements as a list of a day makes them."""
    return tuple(msgspec.structs.replace(one, stated_on=day) for one in said)


def _projects() -> Iterable[tuple[Statement, ...]]:
    yield _listed("2018-12", "500000", between("2016-10-01", "2020-03-30"), "gov:gha", "gov:ken")
    yield _listed("2022-08", "750000", between("2016-10-01", "2022-12-31"), "gov:gha", "gov:mng")
    yield (
        node("Project", "project:data", name="Data project", stated_total=usd("800000", "announced")),
        edge("IMPLEMENTS", "ngo:refuges", "project:data", role="implementer"),
    )
    yield (node("Ngo", "ngo:refuges", name="Refuge Relief", country="gov:usa"),)
    yield (node("AcademicInstitution", "academic:example", name="Example University", country="gov:ken"),)


def _listed(day: str, amount: str, period: dict[str, str], *places: str) -> tuple[Statement, ...]:
    listed = f"publication:list-{day}"
    return stated(
        day,
        node("Project", "project:refuge", name="Refuge project", stated_total=usd(amount, "announced"),
             period=period, topics=["protection"]),
        node("Publication", listed, name=f"List of {day}", publication_kind="project list"),
        edge("UNDER", "project:refuge", listed),
        edge("IMPLEMENTS", "ngo:refuges", "project:refuge", role="implementer"),
        *(edge("IMPLEMENTED_IN", "project:refuge", place) for place in places),
    )  # fmt: skip


def _award_of(amount: str) -> Iterable[tuple[Statement, ...]]:
    yield (
        node("Award", "award:refuge", name="Refuge award", award_number="X-31",
             stated_total=usd(amount, "obligation")),
        edge("UNDER", "award:refuge", "project:refuge"),
    )  # fmt: skip
    other = "800000" if amount == "750000" else "900000"
    yield (node("Project", "project:data", name="Data project", stated_total=usd(other, "announced")),)


def _results() -> Iterable[tuple[Statement, ...]]:
    yield (
        node("Indicator", "indicator:gha", name="Children identified", unit="children", baseline="120"),
        edge("UNDER", "indicator:gha", "compact:gha-2020"),
    )
    yield (
        node("Measurement", "measurement:gha-2021", name="Children identified, 2021", value="180"),
        edge("UNDER", "measurement:gha-2021", "indicator:gha"),
    )


def _lines() -> Iterable[tuple[Statement, ...]]:
    for account, amount in (("ESF", "12000000"), ("INCLE", "8400000.5")):
        yield _line(f"{account.lower()}-2009", amount, "budget", "2009", account=account, fiscal_year=2009,
                    place="body:us-mission-eso", line_kind="table")  # fmt: skip
    yield _line("2010", "9000000", "requested", "2010", account="INCLE", fiscal_year=2010, line_kind="table",
                place="body:us-mission-eso")  # fmt: skip
    yield _line("total", "125000000", "announced", "2018-12-01", scope="86 projects", line_kind="portfolio")
    yield _line("undated", "150000000", "enacted", "", scope="since it began", line_kind="so far")
    yield _line("gha", "300000", "budget", "2009", account="ESF", fiscal_year=2009, place="gov:gha", line_kind="table")
    yield (*_line("project", "1", "budget", "2009"), edge("UNDER", "line:project", "project:refuge"))


def _line(name: str, amount: str, measure: str, day: str, **said: Any) -> tuple[Statement, ...]:
    money = usd(amount, measure) | {"value_date": day}
    return (
        node("FundingLine", f"line:{name}", name=f"Line {name}", money=money, **said),
        edge("FUNDED", "gov:usa", f"line:{name}"),
    )


def _directory() -> Iterable[Statement]:
    yield node("Ngo", "ngo:unchecked", name="Unchecked Relief", country="gov:gha", organization_kind="foundation")
    yield node("Ngo", "ngo:refuges", name="Refuge Relief", country="gov:usa")
