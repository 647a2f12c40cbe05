"""A membership has the status of the day that is asked about, and tells its other terms."""

import re
from datetime import date, timedelta

from iga.queries.ask import ask
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import MEMBERS_OF, MEMBERSHIPS_OF
from iga.queries.core.relationships import status_then
from iga.queries.core.session import Session
from tests.queries.sweep import REFERENCE, rows_of
from tests.reading import some

_PLAIN = ("", "active", "member")
_OF_THE_MEMBERSHIP = ("former", "appointment announced")


def _with_a_status() -> list[tuple[str, str, str, str]]:
    """Return member, body, status and the day from which it is known, of every bundled row that has one."""
    known = []
    for file in REFERENCE.glob("multilateral/members_*.csv"):
        for row in rows_of(f"multilateral/{file.name}"):
            of = {"hrc": "forum:hrc"}.get(
                file.stem.removeprefix("members_"), f"org:{file.stem.removeprefix('members_')}"
            )
            status, since = row.get("status", ""), row.get("status_on") or row.get("listed_on") or ""
            if status not in _PLAIN and not status.startswith(_OF_THE_MEMBERSHIP):
                known.append((row["member"], row.get("body") or of, status, since))
    return known


def test_no_membership_has_a_status_before_its_day(bundled: Session) -> None:
    for member, body, status, since in some(_with_a_status()):
        day = f"{int(since[:4]) - 1}{since[4:]}"
        answer = ask(bundled, "memberships", {"party": member, "other": body, "as_of": day})
        assert f"but {status}" not in answer.headline, answer.headline
        assert status not in {row.model_dump()["status"] for row in answer.rows}, (member, body, day)
        assert status not in {
            row.model_dump()["status"] for row in ask(bundled, "memberships", {"party": member, "as_of": day}).rows
        }


def test_a_status_without_a_day_is_told_with_the_day_of_its_list(bundled: Session) -> None:
    asked = {"party": "Gabon", "other": "African Union"}
    assert ask(bundled, "memberships", {**asked, "as_of": "2026-03-01"}).headline.endswith(
        "but suspended as of 2026-01-22."
    )
    early = ask(bundled, "memberships", {**asked, "as_of": "2010"}).headline
    assert early.endswith("(suspended as of 2026-01-22; its status on that day is not on file).")
    late = {"party": "African Union", "status": "suspended", "as_of": "2022"}
    suspended = ask(bundled, "members", late)
    assert suspended.rows == ()
    assert (
        "Gabon, Mali, Niger and Sudan are suspended as of 2026-01-22; of this day that is not on file"
        in suspended.answer
    )


def test_a_status_with_a_day_is_of_that_day_on() -> None:
    stated = {"status": "excluded", "status_on": "2022-03-16"}
    assert status_then(stated, day="2022-03-15") == {}
    assert status_then(stated, day="2022-03-16") == stated
    assert status_then({"status": "former member"}, day="2000-01-01") == {"status": "former member"}


def test_every_term_is_told_on_its_days(bundled: Session) -> None:
    def said(day: str) -> str:
        return ask(bundled, "memberships", {"party": "gov:usa", "other": "UNESCO", "as_of": day}).answer

    assert "No: the United States left UNESCO in 1984." in said("1990-06-30")
    assert "Yes: the United States is in UNESCO." in said("2010-06-30")
    assert "No: the United States left UNESCO on 2018-12-31." in said("2020-06-30")
    assert "Other terms on file: from 1946 to 1984 and from 2003 to 2018-12-31." in said("2026-06-01")
    left = ask(bundled, "withdrawals", {"party": "gov:usa", "other": "UNESCO"})
    assert [row.model_dump()["step"] for row in left.rows] == ["notified"], "who came back has not left"


def test_a_term_of_an_office_is_no_term_of_membership(bundled: Session) -> None:
    """Whoever chaired a body is told no other terms in it than those as a member."""
    offices = {(row["member"], row["body"]) for row in rows_of("multilateral/chairs.csv")}
    tried = 0
    for member, body in sorted(offices)[::3]:
        terms = [edge for edge in bundled.read(MEMBERSHIPS_OF, OfIds(ids=(member,))) if edge.id == body]
        plain = [edge.properties for edge in terms if not edge.properties.get("office")]
        days = {day for term in plain for part in ("start", "end") if (day := term.get(f"period_{part}"))}
        for clause in ask(bundled, "memberships", {"party": member, "other": body}).clauses:
            if clause.id == "spells":
                assert set(re.findall(r"\d{4}(?:-\d\d)*", clause.text)) <= days, (member, body, clause.text)
        tried += len(terms) > len(plain) > 0
    assert tried > 20


def test_a_term_that_begins_later_is_not_past(bundled: Session) -> None:
    """Of every list with terms in it, past ones had ended by the day and later ones had not begun."""
    tried = 0
    for body in ("forum:unsc", "forum:hrc", "forum:ecosoc", "org:eu", "org:osce"):
        edges = bundled.read(MEMBERS_OF, OfIds(ids=(body,)))
        plain = {edge.id for edge in edges if not edge.properties.get("office")}
        starts = [
            edge.properties.get("period_start") or ""
            for edge in edges
            if not (edge.properties.get("office") and edge.id in plain)
        ]
        for day in ("1950-01-01", "2016-06-01", "2024-06-01"):
            said = {clause.id: clause.text for clause in ask(bundled, "members", {"party": body, "as_of": day}).clauses}
            later = re.search(r"(\d+) later membership", said.get("past", ""))
            assert int(later[1] if later else 0) == sum(start > day for start in starts), (body, day)
            tried += bool(later)
    assert tried > 4


def test_days_that_are_on_file_are_told_where_they_do_not_tell(bundled: Session) -> None:
    """A day inside the month or year of an end, or after a start without an end, does not hide what is on file."""
    tried = 0
    for file in ("hrc", "icat"):
        for row in rows_of(f"multilateral/members_{file}.csv"):
            if file == "hrc" and len(row["to"]) != len("2018-06"):
                continue
            day = f"{row['to']}-15" if row["to"] else "2026-05-01"
            asked = {"party": row["member"], "other": f"forum:{file}", "as_of": day}
            reply = ask(bundled, "memberships", asked).headline
            if row["from"] and "Not confirmed: " in reply:
                assert "what its days were" not in reply, reply
                assert row["from"] in reply, reply
                tried += 1
    assert tried > 4


def test_a_withdrawal_is_told_from_the_day_on_which_it_was_announced(bundled: Session) -> None:
    """Of every body that the United States leaves, membership says so, also where nothing tells when it leaves."""
    leaving = [row for row in rows_of("us/us_withdrawals.csv") if row["announced_on"] and row["start"] < "1"]
    for row in leaving[::4]:
        for days in (3, 100):
            on = date.fromisoformat(row["announced_on"]) + timedelta(days=days)
            if row["withdrawn_on"] and row["withdrawn_on"] <= on.isoformat():
                continue
            asked = {"party": "gov:usa", "other": row["body"], "as_of": on.isoformat()}
            reply = ask(bundled, "memberships", asked).headline
            assert " that it leaves" in reply, reply
            assert row["withdrawn_on"] or row["announced_on"] in reply, reply
    assert len(leaving) > 60
