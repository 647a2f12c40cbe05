"""A membership has the status of the day that is asked about, and tells its other terms."""

from iga.queries.ask import ask
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
