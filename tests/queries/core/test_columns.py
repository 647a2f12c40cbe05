"""A row is made from what it rests on; a card takes its name, parameters and row from its function."""

import json

from iga.graph.domain.edges import MemberOf
from iga.queries.core.answer import PartyRow, Subject
from iga.queries.core.columns import needed, of, sourced
from iga.queries.multilateral.members import MEMBERS, MembershipRow, MembersParams

PROCESS = Subject(id="body:exp", cls="Forum", name="Example Process")
KENYA = Subject(id="gov:ken", cls="Government", name="Kenya", iso3="KEN")


class SeenRow(PartyRow):
    """One membership, as it was last seen."""

    body: str = needed("Id of the body.")
    body_name: str = needed("Name of the body.")
    seen_on: str | None = of(MemberOf, "attested_on")


def test_a_row_copies_names_and_sources_what_it_rests_on() -> None:
    membership = {
        "attested_on": ["2019", "2024", "2027"],
        "evidence": [json.dumps(["ref:members", "7"])],
        "conflicts": ["status"],
    }
    known = sourced(SeenRow, membership, about=KENYA, held="no", day="2026-11-25", body=PROCESS)
    assert known.refs == (("ref:members", "7"),)
    assert known.row == SeenRow(
        id="gov:ken",
        cls="Government",
        name="Kenya",
        iso3="KEN",
        held="unknown",
        conflicts=("status",),
        body="body:exp",
        body_name="Example Process",
        seen_on="2024",
    )


def test_a_card_says_what_its_function_says() -> None:
    assert (MEMBERS.name, MEMBERS.params, MEMBERS.row) == ("members", MembersParams, MembershipRow)
