"""One rule says who is surely outside, and one which category somebody has: lists, sets and questions say the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from iga.graph.domain.edges import BODIES as CLASSES
from iga.graph.domain.values import first_day
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.membership import counts_beside, is_meant
from iga.queries.core.session import Session
from iga.queries.sets.listing import ask_list
from tests.queries.sets.oracle import BODIES
from tests.queries.sweep import REFERENCE, Sweep, rows_of
from tests.reading import some
from tests.sweeps import one_in

_MEMBERS = sorted(path.name for path in (REFERENCE / "multilateral").glob("members_*.csv"))
_DAY = "2026-06-01"
_OF_FILE = {f"{file}.csv": body for body, file in BODIES.items() if file != "members_bali"}
_DAYS = one_in(2, [_DAY, "2025-10-01", "2018-06-30", "2005-06-30"])


def _listed() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the rows of all lists of members, each with its body."""
    for file in _MEMBERS:
        for row in rows_of(f"multilateral/{file}"):
            if body := row.get("body") or _OF_FILE.get(file):
                yield body, row


def _by_category() -> dict[str, dict[str, set[str]]]:
    """Return who is on the lists of each body, by category."""
    by_category: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for body, row in _listed():
        by_category[body][row["category"]].add(row["member"])
    return by_category


def test_members_by_category_are_those_of_the_files_and_nobody_is_in_two(bundled: Session) -> None:
    over = {(body, row["member"]) for body, row in _listed() if row.get("to") or (row.get("from") or "") > _DAY}
    left = {(body, row["member"]) for body, row in _listed() if row.get("status") == "withdrawn"}
    for body, by_category in some(_by_category().items()):
        found: dict[str, list[str]] = {}
        for category in by_category:
            listed = set().union(*(who for kind, who in by_category.items() if is_meant(kind, category)))
            answer: Any = ask(bundled, "members", {"party": body, "category": category, "as_of": _DAY})
            found[category] = sorted({row.id for row in answer.rows} - {"gov:usa"})
            standing = sorted(it for it in listed - {"gov:usa"} if (body, it) not in over | left)
            assert set(standing) <= set(found[category]) <= listed, (body, category, answer.headline)
        wide = {it for it in by_category if any(is_meant(it, other) for other in by_category if other != it)}
        seen = [*chain.from_iterable(who for category, who in found.items() if category not in wide)]
        assert len(seen) == len(set(seen)), (body, found)


def test_a_category_means_only_what_is_declared() -> None:
    every = {row["category"] for _, row in _listed()}
    assert [it for it in sorted(every) if is_meant(it, "associate")] == [
        *("associate", "associate member", "associated member"),
    ]
    assert not any(is_meant(it, "member") for it in every if "associate" in it or "observer" in it)
    assert not is_meant("former member", "member")
    assert not is_meant("sectoral dialogue partner", "dialogue partner")
    assert is_meant("permanent observer", "observers")
    assert is_meant("statutory member", "statutory")


def test_a_category_that_means_several_says_which(bundled: Session) -> None:
    said = ask(bundled, "members", {"party": "UNSC", "category": "member"}).headline
    assert "(10 as elected member, 5 as permanent member)" in said
    beside = ask(bundled, "members", {"party": "OSCE", "category": "partner", "as_of": "1990"}).headline
    assert "1 beside the members of the OSCE" in beside


def _is_no(session: Session, body: str, party: str, day: str) -> bool:
    answer = ask(session, "memberships", {"party": party, "other": body, "as_of": day})
    return next(clause for clause in answer.clauses if clause.id == "one-body").text.startswith("No: ")


@pytest.mark.parametrize("day", _DAYS)
def test_sets_are_as_sure_that_somebody_is_no_member_as_memberships_is(bundled: Session, day: str) -> None:
    by_body: dict[str, list[str]] = defaultdict(list)
    for body, row in _listed():
        if row["member"].startswith("gov:") and (
            row["category"] != "member" or row.get("status") not in ("", "active")
        ):
            by_body[body].append(row["member"])
    for body in some(list(_by_category())[:: 3 if day == _DAY else 1]):
        rows: Any = ask_list(bundled, {"of": "governments", "filter": f"member_of:!{body}", "as_of": day}).rows
        sure = {row.id for row in rows if row.fit == "sure"}
        open_ = sorted({row.id for row in rows} - sure)
        for party in {*by_body[body][:3], *sorted(sure)[:2], *open_[:1], *open_[-1:]}:
            assert _is_no(bundled, body, party, day) is (party in sure), (body, party, day)


@pytest.mark.parametrize("pair", [("NATO", "EU"), ("OSCE", "Council of Europe"), ("ASEAN", "PIF")])
def test_an_overlap_is_as_sure_as_memberships_is(bundled: Session, pair: tuple[str, str]) -> None:
    rows: Any = ask(bundled, "body-overlap", {"party": list(pair), "as_of": _DAY}).rows
    for row in some(rows)[::4] + [row for row in rows if row.beside]:
        told = {name.partition(" (")[0] for name in row.member_of}
        denied = {it for it in pair if it not in told and _is_no(bundled, it, row.id, _DAY)}
        assert (row.overlap == "in one only") is (len(told) == len(denied) == 1), row
        assert set(row.not_member_of) <= denied, row


@pytest.mark.parametrize(
    ("day", "part"), one_in(4, [("2018-06-30", 40), ("2018-06-30", 5), ("2026-06-01", 5), ("2022-04-20", 5)])
)
def test_members_and_an_overlap_name_the_same(bundled: Session, day: str, part: int) -> None:
    bodies = {body.id: body for body in bundled.read(all_of("Entity", f"it.cls IN {list(CLASSES)}"), Everything())}
    for id_, body in [*sorted(bodies.items())[::part], ("body:us-house-judiciary", bodies["body:us-house-judiciary"])]:
        members: Any = ask(bundled, "members", {"party": id_, "as_of": day}).rows
        surely = {row.id for row in members if row.held == "yes" and not counts_beside(row.category or "")}
        short = body.values.get("acronym") or body.name
        other = "org:osce" if id_ == "org:un" else "org:un"
        rows: Any = ask(bundled, "body-overlap", {"party": [id_, other], "as_of": day}).rows
        inside = {row.id for row in rows if short in {name.partition(" (")[0] for name in row.member_of}}
        assert inside - {id_} == surely - {other}, (id_, day)


def test_no_waiver_is_denied_where_no_list_of_waivers_is_whole(bundled: Session) -> None:
    kinds = {(row["government"], row["fiscal_year"]): row["kind"] for row in rows_of("tip_report/determinations.csv")}
    for year in (2004, 2008, 2011, 2018, 2025):
        rows: Any = ask_list(bundled, {"of": "governments", "filter": f"waived@{year}:no"}).rows
        sure = {row.id for row in rows if row.fit == "sure"}
        if year not in (2004, 2010, 2011):
            assert {kinds[it, str(year)] for it in sure} <= {"reassessed"}, year
        else:
            assert len(sure) > 200


def test_who_was_suspended_or_excluded_is_told_by_every_question(bundled: Session) -> None:
    ended = [
        (body, row)
        for body, row in _listed()
        if row.get("to") and row.get("status", "").startswith(("suspended", "excluded"))
    ]
    for body, row in some(ended):
        status, on, party = row["status"], row["status_on"], row["member"]
        said = f"was {status} on {on}"
        assert said in ask(bundled, "members", {"party": body}).answer
        assert said in ask(bundled, "members", {"party": body, "status": status}).headline
        assert said in ask(bundled, "memberships", {"party": party, "other": body}).headline
        assert f"{status} from" in ask(bundled, "memberships", {"party": party}).answer
        assert said in ask(bundled, "gaps", {"party": body, "agreement": "CRC"}).answer
        days = {"since": on, "until": on}
        changed: Any = ask(bundled, "what-changed", {"party": body, **days}).rows
        assert next(row.says for row in changed if row.subject == party).startswith(f"Russia was {status} from")
        assert said not in ask(bundled, "members", {"party": body, "as_of": first_day(on[:4])}).answer


def test_what_changed_tells_every_step_of_leaving_first(bundled: Session) -> None:
    for row in some(rows_of("us/us_withdrawals.csv")[64:]):
        for name in ("announced_on", "notified_on", "withdrawn_on"):
            if len(on := row[name]) == 10:
                answer = ask(bundled, "what-changed", {"party": row["body"], "since": on, "until": on, "as_of": on})
                assert re.search(r"United States (announced|gave notice|left) ", answer.headline), (on, answer.headline)


def test_terms_of_which_days_are_known_are_told_with_them(bundled: Session) -> None:
    answer = ask(bundled, "members", {"party": "US Advisory Council on Human Trafficking", "as_of": "2018-01-20"})
    assert "their terms are from 2015-12-16 to 2018-01." in answer.answer
    assert "do not give dates" not in answer.answer


@pytest.mark.parametrize("agreement", some(Sweep(1).treaties)[4::12])
def test_every_government_is_party_or_not_party_and_in_one_way(bundled: Session, agreement: str) -> None:
    _stand_once(bundled, agreement, _DAY)


@pytest.mark.slow
@pytest.mark.parametrize("day", [_DAY, "2018-06-30", "2005-06-30"])
def test_every_government_stands_once_to_each_agreement(bundled: Session, day: str) -> None:
    for agreement in some(Sweep(1).treaties):
        _stand_once(bundled, agreement, day)


def _stand_once(session: Session, agreement: str, day: str) -> None:
    asked = {"agreement": agreement, "as_of": day}
    every: Any = ask(session, "parties", asked)
    if any(clause.id == "not-adopted" for clause in every.clauses):
        return
    stand = {}
    for status in ("party", "not party", "signatory", "withdrawn", "unknown"):
        rows: Any = ask(session, "parties", {**asked, "status": status}).rows
        stand[status] = [row.id for row in rows]
        assert len(stand[status]) == len(set(stand[status])), (agreement, status)
    bound, outside = set(stand.pop("party")), set(stand.pop("not party"))
    assert bound.isdisjoint(outside)
    assert {row.id for row in every.rows} <= bound | outside
    parts = [*chain.from_iterable(stand.values())]
    assert len(parts) == len(set(parts))
    assert set(parts) <= outside
    for body in ("org:un", "org:au", "org:osce", "forum:apec"):
        gaps: Any = ask(session, "gaps", {**asked, "party": body}).rows
        assert {row.id for row in gaps if row.cls == "Government"} <= outside, (agreement, body)
    for party in [row.id for row in every.rows if row.standing == "withdrawn"]:
        told = ask(session, "treaty-status", {"party": party, "status": "withdrawn", "as_of": day})
        assert agreement in {row.agreement for row in told.rows}  # type: ignore[attr-defined]  # rows of the question
        assert "(left " in told.answer
