"""Posts and seats on record, and lines of a public list that differ from them; all made up."""

from collections.abc import Iterable
from typing import Any

from iga.graph.statements import Statement
from tests.queries.world import edge, node

LISTED_ON = "2026-05-01"


def on_record() -> Iterable[Statement]:
    """Give posts of a government and a body, and seats in a chamber."""
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("PublicBody", "body:chamber", name="The Chamber", government="gov:gha")
    for slug, name, holder, seen in (
        ("labor", "Minister of Labor of Ghana", "Old Example", "2025-01"),
        ("health", "Minister of Health of Ghana", "Late Example", "2026-05-20"),
        ("trade", "Minister of Trade", "Will Example", "2025-01"),
        ("sport", "Minister of Sport", "Gone Example", "2025-01"),
        ("peace", "Minister for Peace", "Same Example", "2025-01"),
        ("free", "Minister of Mines", "", ""),
    ):
        yield node("Post", f"post:{slug}", name=name)
        yield edge("POST_IN", f"post:{slug}", "gov:gha")
        if holder:
            yield node("Person", f"person:{slug}", name=holder)
            yield edge("HOLDS", f"person:{slug}", f"post:{slug}", attested_on=[seen])
    for slug, name in (("pia", "Pia Example"), ("quin", "Quin Example"), ("ros", "Ros Example")):
        yield node("Person", f"person:{slug}", name=name)
        yield edge("MEMBER_OF", f"person:{slug}", "body:chamber", attested_on=["2026-01"])
    yield node("Person", "person:elsewhere", name="New Example")


def listed() -> list[Statement]:
    """Return the lines of the list."""
    return [
        _line("labor", "Minister of Labor", "New Example", since="2026-03-01"),
        _line("health", "Minister of Health", "Other Example"),
        _line("trade", "Minister of Trade", "William Example"),
        _line("sport", "Minister of Sport", ""),
        _line("peace", "Minister for Peace of Ghana", "Same Example"),
        _line("mines", "Minister of Mines", "Fresh Example"),
        _line("arts", "Minister of Arts", "Art Example"),
        *(_line(slug, "", name, body="body:chamber") for slug, name in (("p", "Pia Example"), ("z", "Zoe Example"))),
        _line("q", "", "Quin Example", body="body:chamber"),
        # An earlier edition, which says nothing any more.
        _line("mines-before", "Minister of Mines", "Stale Example", listed_on="2025-05-01"),
        _line("f", "", "Former Example", body="body:chamber", listed_on="2025-05-01"),
    ]


def _line(slug: str, title: str, holder: str, **more: Any) -> Statement:
    said = {"list_name": "The list", "government": "gov:gha", "listed_on": LISTED_ON} | more
    said |= {name: value for name, value in (("title", title), ("holder", holder)) if value}
    return node("Listing", f"listing:{slug}", name=f"{title}: {holder}", **said)
