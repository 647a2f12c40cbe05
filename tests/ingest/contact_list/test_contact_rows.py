"""What one contact of a list states, and what of it is told as doubtful."""

import pytest

from iga.graph.statements import Content, EdgeStatement, NodeStatement
from iga.ingest.contact_list.contact_rows import ListedContact, SheetReading
from iga.ingest.contact_list.headings import Meaning
from iga.ingest.contact_list.loose_days import DayReader

Cells = dict[Meaning, str]
POST: Cells = {"title": "Director", "organization": "OSCE"}
ADA: Cells = {**POST, "person": "Ada Okafor"}


def stated(cells: Cells, *, banner: str = "", beside: str = "") -> tuple[Content, list[str]]:
    """Return what a row states, a second organization beside its first one, and why what is doubtful."""
    told: list[str] = []
    listed: dict[Meaning, tuple[str, ...]] = {meaning: (text,) for meaning, text in cells.items()}
    if beside:
        listed["organization"] = (*listed["organization"], beside)
    _, content = ListedContact(
        listed, banner, SheetReading(DayReader()), lambda *doubt: told.append(f"{doubt[1]}: {doubt[2]}")
    ).stated()
    return content, told


def ends(content: Content) -> list[tuple[str, str]]:
    return [(one.type, one.target) for one in content.statements if isinstance(one, EdgeStatement)]


def test_a_given_name_in_capitals_may_be_the_family_name() -> None:
    content, [told] = stated({**POST, "last": "Okafor", "first": "ADA"})
    assert told.startswith("ADA: the given name is written in capitals, as family names are")
    assert content.confidence == "low"


def test_a_second_organization_is_told_and_not_stated() -> None:
    content, told = stated(ADA, beside="Example Relief")
    assert told == ["Example Relief: another column names the organization already"]
    assert ("POST_IN", "org:osce") in ends(content)


@pytest.mark.parametrize(("banner", "body"), [("Ghana", "gov:gha"), ("UNODC", "org:unodc")])
def test_a_title_alone_is_of_what_heads_its_rows(banner: str, body: str) -> None:
    content, told = stated({"person": "Ada Okafor", "title": "Director"}, banner=banner)
    assert (("POST_IN", body) in ends(content), told) == (True, [])


def test_a_title_of_no_organization_is_a_post_of_none() -> None:
    content, told = stated({"person": "Ada Okafor", "title": "Director"})
    assert told == ["Director: no organization is given, so the post belongs to none"]
    assert [kind for kind, _ in ends(content)] == ["HOLDS"]


def test_whoever_has_left_does_not_hold_the_post() -> None:
    content, told = stated({**ADA, "person": "Ada Okafor (left)"})
    assert told == ["Ada Okafor (left): the name is followed by 'left', without a day"]
    assert ends(content) == [("POST_IN", "org:osce")]


def test_a_post_is_vacant_on_the_day_that_is_written() -> None:
    content, told = stated({**POST, "person": "vacant", "day": "2026-05-01"})
    last = content.statements[-1]
    assert isinstance(last, NodeStatement)
    assert (last.values, told) == ({"vacant_on": ["2026-05-01"]}, [])


def test_an_address_beyond_any_address_is_told() -> None:
    _, [told] = stated({**ADA, "channels": f"https://example.org/{'a' * 500}"})
    assert told.endswith("should have at most 500 characters")


def _reached(content: Content) -> dict[str, tuple[str, object]]:
    """Return whom each number or address reaches, by its kind of id, and whose it is said to be."""
    nodes = {one.id: one.values for one in content.statements if isinstance(one, NodeStatement)}
    ties = (one for one in content.statements if isinstance(one, EdgeStatement) and one.type == "REACHED_AT")
    channels = {tie.source.partition(":")[0]: nodes[tie.target] for tie in ties}
    return {owner: (str(it["channel"]["value"]), it.get("kind_of_owner")) for owner, it in channels.items()}  # type: ignore[index,call-overload]


def nodes_of(content: Content) -> list[NodeStatement]:
    return [it for it in content.statements if isinstance(it, NodeStatement)]


@pytest.mark.parametrize(
    "cells",
    [
        {"mobile": "+43 664 5550100", "phone": "+43 1 5550100"},
        {"phone": "o: +43 1 5550100; cell +43 664 5550100"},
        {"channels": "+43 1 5550100\nM: +43 664 5550100"},
        {"phone": "+43 1 5550100\nWhatsApp +43 664 5550100"},
        {"mobile": "+43 664 5550100; ada@example.org", "fax": "+43 1 5550100"},
    ],
)
def test_a_mobile_is_its_holders_and_never_the_posts(cells: Cells) -> None:
    content, told = stated({**ADA, **cells})
    reached = _reached(content)
    assert reached["person"] == ("+43 664 5550100", "person")
    assert reached["post"][0] in ("+43 1 5550100", "ada@example.org")
    [name] = [it.values["name"] for it in nodes_of(content) if it.values.get("kind_of_owner") == "person"]
    kinds = {it.values["channel"]["kind"] for it in nodes_of(content) if it.values.get("kind_of_owner") == "person"}  # type: ignore[index,call-overload]
    assert kinds == {str(name).rpartition(", ")[2]} <= {"mobile", "messenger"}
    assert told == []


@pytest.mark.parametrize("cells", [POST, {**POST, "person": "vacant"}, {**POST, "person": "Ada Okafor (left)"}])
def test_a_mobile_of_nobody_who_is_named_is_told_and_not_kept(cells: Cells) -> None:
    content, told = stated({**cells, "mobile": "+43 664 5550100", "email": "unit@example.org"})
    assert _reached(content) == {"post": ("unit@example.org", None)}
    assert any(one.startswith("+43 664 5550100: a mobile number is a person's") for one in told)


@pytest.mark.parametrize("meaning", ["title", "division"])
@pytest.mark.parametrize("text", ["+43 1 5550100", "12345", "2026-05-01"])
def test_a_number_names_no_post(meaning: Meaning, text: str) -> None:
    content, told = stated({**ADA, meaning: text})
    assert any(one.startswith(f"{text}: it is a number, no name") for one in told)
    assert not [it for it in nodes_of(content) if text in str(it.values.get("name"))]
