"""What a list says, what it holds back, and what it never turns into a no."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from msgspec import structs

from iga.graph.domain.marking import Marking
from iga.graph.fold.shapes import View
from iga.graph.statements import Card, Whole
from iga.queries.core.answer import Answer
from iga.queries.core.clauses import worded
from iga.queries.core.session import Session
from iga.queries.core.state import KeptValues
from iga.queries.sets.condition import Combined
from iga.queries.sets.known_columns import CANDIDATES, COLUMNS
from iga.queries.sets.listing import ask_list
from iga.queries.sets.understanding import FilterReading
from tests.engines import ENGINES, asked, projected, store_of
from tests.queries.world import NOW, TODAY, Row, card, edge, ledger_with, node, rows, since

DAY = "2026-06-01"
FILTERS = (
    "member_of:bali-process", "tier@2025:tier-3", "tier@2021:!tier-1", "party_to:!c189", "party_to:palermo",
    "times_on.tier-3:>=3", "region:asia", "plan:no",
)  # fmt: skip  # read across, like the rows of a table


def listed(session: Session, filter_: str, **more: str) -> Answer:
    return ask_list(session, {"of": "governments", "filter": filter_, **more})


def combined(session: Session, filter_: str, day: str = DAY) -> dict[str, str]:
    candidates = CANDIDATES["governments"]
    them = Combined(FilterReading(session, candidates, day).groups(filter_), session)
    return {one.id: them.truth(one.id) for one in candidates.read(session)}


def sure(truths: dict[str, str]) -> set[str]:
    return {id_ for id_, truth in truths.items() if truth == "yes"}


def test_the_reply_names_the_sure_ones_and_says_what_of_the_others_is_open(bundled: Session) -> None:
    answer = listed(bundled, "member_of:bali-process,tier@2025:tier-3", select="tier,palermo")
    assert answer.headline == (
        "Three of the 45 Bali Process members are on Tier 3 (2025): Afghanistan, China and Papua New Guinea; "
        "seven more are on Tier 3 (2025), but their membership is not confirmed."
    )
    assert [row.fit for row in answer.rows] == ["sure"] * 3 + ["possible"] * 7  # type: ignore[attr-defined]
    burma = answer.rows[3].model_dump()
    assert (burma["name"], burma["tier"], burma["open"]) == ("Burma", "Tier 3", ("is a member of the Bali Process",))
    assert burma["reasons"] == ("the membership is listed without a day that tells",)
    cell = burma["cells"]["party_to_palermo"]
    assert (cell["state"], cell["text"]) == ("yes", "yes (since 2004-03-30)")
    assert [answer.evidence[number].source for number in cell["evidence"]] == ["ref:parties-palermo"]


def test_no_is_said_only_where_all_lists_are_whole(bundled: Session) -> None:
    then = listed(bundled, "member_of:nato,tier@2025:tier-3", as_of="2026-01-22")
    assert then.answer == "As of 2026-01-22: No: none of the 32 NATO members is on Tier 3 (2025)."
    later = listed(bundled, "member_of:nato,tier@2025:tier-3")
    assert later.headline.startswith("Not confirmed: no NATO member on file is known to be one that is on Tier 3")


def test_a_list_that_is_no_longer_whole_turns_no_into_not_known(bundled: Session) -> None:
    cards = {source: structs.replace(card, whole=()) for source, card in bundled.cards.items()}
    cut = replace(bundled, _made=KeptValues())
    vars(cut)["cards"] = cards
    for filter_ in ("member_of:un", "party_to@2020-01-01:c182", "tier@2025:tier-1", "sponsored:a/hrc/res/35/5"):
        whole, short = combined(bundled, filter_, "2026-01-01"), combined(cut, filter_, "2026-01-01")
        assert "no" in whole.values()
        for id_, truth in whole.items():
            assert short[id_] in ({truth} if truth != "no" else {"no", "unknown"})
        assert sum(truth == "no" for truth in short.values()) < sum(truth == "no" for truth in whole.values())


def test_one_more_condition_never_makes_more_sure(bundled: Session) -> None:
    alone = {filter_: combined(bundled, filter_) for filter_ in FILTERS}
    for one, other in combinations(FILTERS, 2):
        both = combined(bundled, f"{one},{other}")
        assert sure(both) == sure(alone[one]) & sure(alone[other])
        either = combined(bundled, f"{one};{other}")
        assert sure(either) >= sure(alone[one]) | sure(alone[other])


def test_counts_by_a_column_add_up_to_the_list(bundled: Session) -> None:
    whole, by_tier = listed(bundled, "member_of:osce"), listed(bundled, "member_of:osce", group_by="tier")
    assert sum(row.sure + row.possible for row in by_tier.rows) == len(whole.rows) == 57  # type: ignore[attr-defined]
    assert by_tier.headline == "By tier: Tier 2 27; Tier 1 21; none 5; Tier 2 Watch List 2; Tier 3 2."


def test_two_lists_stand_side_by_side(bundled: Session) -> None:
    answer = listed(bundled, "member_of:osce", beside="member_of:council of europe", as_of="2025-06-01")
    assert [(row.group, row.sure, row.possible) for row in answer.rows] == [  # type: ignore[attr-defined]
        ("both", 46, 0),
        ("only the first", 11, 0),
        ("only the second", 0, 0),
    ]
    assert answer.headline.endswith("both 46; only the first 11; only the second 0.")
    assert "United States" in answer.rows[1].names  # type: ignore[attr-defined]


def test_the_first_by_a_column_come_first_and_those_without_a_value_last(bundled: Session) -> None:
    first = listed(bundled, "compact:yes", select="tier", sort="compact_signed", top="3")
    assert [row.name for row in first.rows] == ["Ghana", "Philippines", "Peru"]  # type: ignore[attr-defined]
    assert first.total.value == 8
    most = listed(bundled, "", sort="-times_on.tier-3", top="1")
    assert most.headline.startswith("Most by number of editions on this tier (Tier 3): North Korea 23 to 25")


def test_a_list_is_made_once_for_a_state_of_the_graph(bundled: Session) -> None:
    assert listed(bundled, FILTERS[0]) == listed(bundled, FILTERS[0])


def club() -> list[tuple[Card, list[Row]]]:
    """Return a body whose list is whole, and a tier of each of its members."""
    governments = [
        node("Government", f"gov:{code}", name=code.upper(), iso3=code.upper()) for code in ("aaa", "bbb", "ccc")
    ]
    body = node("Forum", "forum:club", name="Club")
    edition = node(
        "Publication", "publication:tip-report-2025", publication_kind="TIP Report", edition_year=2025,
        published_on="2025-09-29",
    )  # fmt: skip  # one edition
    members = [edge("MEMBER_OF", f"gov:{code}", "forum:club", period=since("2001")) for code in ("aaa", "bbb")]
    placed = [
        (
            node("Assessment", f"assessment:{code}", year=2025, tier=tier),
            edge("ASSESSED", f"assessment:{code}", f"gov:{code}"),
        )
        for code, tier in (("aaa", "Tier 3"), ("bbb", "Tier 1"), ("ccc", "Tier 3"))
    ]
    of = card("ref:club", "The Club", whole=(Whole("forum:club", "2001-12-31", TODAY),))
    return [(of, rows("club.csv", *governments, body, edition, *members, *placed))]


def withheld() -> tuple[Card, list[Row]]:
    """Return a member that only few may know of, and a tier of it."""
    secret = edge("MEMBER_OF", "gov:ccc", "forum:club", period=since("2001"))
    return card("office:secret", "Withheld"), rows("secret.csv", secret, marking=Marking.SENSITIVE)


@pytest.mark.parametrize("more", [{}, {"group_by": "tier"}, {"rest": "true"}, {"select": "tier,member_of:club"}])
@pytest.mark.parametrize("filter_", ["member_of:club", "member_of:!club,tier:tier-3", "tier:tier-3"])
def test_what_is_held_back_is_neither_shown_nor_counted(tmp_path: Path, filter_: str, more: dict[str, str]) -> None:
    seen = []
    for name, loads in (("with", [*club(), withheld()]), ("without", club())):
        (tmp_path / name).mkdir()
        public = View(ceiling=Marking.PUBLIC)
        with (
            closing(ledger_with(tmp_path / name, loads)) as ledger,
            asked(ledger, tmp_path / name, now=NOW, view=public) as session,
        ):
            seen.append(listed(session, filter_, **more).model_dump(exclude={"data_version"}))
    assert seen[0] == seen[1]
    assert seen[0]["rows"]


@pytest.fixture(params=ENGINES)
def of_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """Give the club in one of the engines, as those see it who may see all."""
    with closing(ledger_with(tmp_path, [*club(), withheld()])) as ledger, store_of(request, tmp_path) as store:
        yield projected(ledger, store, now=NOW)


def test_either_engine_reads_the_same(of_either: Session) -> None:
    answer = listed(of_either, "member_of:club,tier@2025:tier-3,times_on.tier-3:>=1", select="tier,moved,region")
    assert answer.headline.endswith(
        "are on Tier 3 (2025) and were on Tier 3 in at least 1 editions (2025): AAA and CCC."
    )
    assert listed(of_either, "member_of:!club,tier:tier-1").headline.startswith("No: ")


@pytest.mark.parametrize("name", COLUMNS)
def test_each_column_is_said_of_one_and_of_many(name: str) -> None:
    when = {
        "kind": "",
        "first": 2020,
        "last": 2020,
        "since": "",
        "day": "",
        "is_ever": False,
        "until": "",
        "is_given": False,
    }
    for is_not in (False, True):
        condition = {"column": name, "is_not": is_not, "values": ["one"], "of": ["Bali Process"], "when": when}
        one, many = (
            worded("iga.queries.sets", "predicates", "said", {"condition": condition, "many": it})
            for it in (False, True)
        )
        assert one
        assert many
        assert (" not " in f" {one} ") is is_not
