"""What changed: new, changed, withdrawn, begun and ended; what happened apart from what was learned; both sources."""

import re
from typing import Any

import pytest

from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.session import Session
from tests.queries.changing.conftest import Ask
from tests.reading import some

MAY = {"since": "2026-05-01", "until": "2026-05-31"}


def said(answer: Any) -> dict[str, Any]:
    return {row.says: row for row in answer.rows}


def test_a_new_holder_happened_and_an_old_membership_was_learned(asked: Ask) -> None:
    rows = said(asked("what-changed", **MAY))
    holder = rows["Nia Example holds the post Special Representative (since 2026-05-02)"]
    assert (holder.what, holder.nature, holder.happened_on) == ("new", "happened", "2026-05-02")
    member = rows["Ghana is a member of Example Security Organization (since 2019)"]
    assert (member.what, member.nature, member.happened_on) == ("new", "learned", None)


def test_a_changed_value_has_both_values_and_the_sources_of_both(asked: Ask) -> None:
    rows = said(asked("what-changed", party="Example Help", **MAY))
    assert not rows  # the award changed, not its recipient
    answer = asked("what-changed", kind="Award", **MAY)
    row = next(row for row in answer.rows if row.field == "status")
    assert row.says == "Shelter award: status was active, is now terminated"
    assert (row.before, row.after) == ("active", "terminated")
    assert row.sources_before[0].startswith("Awards, awards.csv:2, load 4")
    assert row.sources_after[0].startswith("Awards, awards.csv:2, load 8")
    notes = [answer.evidence[number] for number in row.evidence]
    assert {(note.title, note.load) for note in notes} >= {("Awards", 4), ("Awards", 8)}


def test_a_term_that_got_its_end_is_one_change_not_two(asked: Ask) -> None:
    rows = [row for row in asked("what-changed", **MAY).rows if row.subject == "person:old"]
    assert [(row.what, row.field) for row in rows] == [("changed", "period")]
    assert rows[0].before == "2020-01-01 to open, as stated"
    assert rows[0].after == "2020-01-01 to 2026-05-01"
    assert rows[0].happened_on == "2026-05-01"


def test_what_is_withdrawn_keeps_the_source_that_had_said_it(spring_withdrawn: Any) -> None:
    row, answer = spring_withdrawn
    assert row.says == "withdrawn: Kenya is an observer of Example Security Organization (since 2001)"
    assert not row.sources_after
    [number] = [number for number in row.evidence if answer.evidence[number].title == "Members"]
    assert answer.evidence[number].load == 3


@pytest.fixture
def spring_withdrawn(asked: Ask) -> Any:
    answer = asked("what-changed", **MAY)
    return next(row for row in answer.rows if row.what == "withdrawn"), answer


def test_what_ended_by_its_date_is_told_without_a_load(asked: Ask) -> None:
    rows = asked("what-changed", party="ESO", since="2026-05-12", until="2026-05-16").rows
    assert [(row.what, row.happened_on) for row in rows] == [("ended", "2026-05-14")]
    assert rows[0].says.startswith("ended: United States was a chair of Example Security Organization")


def test_changes_are_grouped_by_the_owner_of_the_relationship(asked: Ask) -> None:
    rows = asked("what-changed", **MAY).rows
    owners = [row.owner_name for row in rows]
    assert owners == sorted(owners, key=lambda name: name == "nobody on record")
    assert {row.owner_name for row in rows if "org:eso" in (row.subject, row.other)} == {"Security Desk"}
    mine = asked("what-changed", owner="Security Desk", **MAY)
    assert {row.owner for row in mine.rows} == {"post:desk"}
    assert len(mine.rows) < len(rows)


def test_the_weightiest_change_comes_first_and_two_more_after_it(asked: Ask) -> None:
    answer = asked("what-changed", **MAY)
    assert f"; {len(answer.rows) - 1} more changes between 2026-05-01 and 2026-05-31." in answer.headline
    [*_, then] = answer.clauses
    assert (then.id, len(then.values["changes"])) == ("then", 2)


def test_rows_before_those_that_are_shown_are_skipped(asked: Ask) -> None:
    period = {"since": "load:0", "until": "load:9"}
    whole = asked("what-changed", **period, limit="1000")
    parts = [asked("what-changed", **period, limit="5", skip=str(at)) for at in range(0, len(whole.rows) + 5, 5)]
    assert [row.says for part in parts for row in part.rows] == [row.says for row in whole.rows]
    assert {part.headline for part in parts} == {whole.headline}
    [caveat] = [caveat.text for caveat in parts[1].caveats if "are shown" in caveat.text]
    assert caveat.startswith(f"Of {len(whole.rows)} changes, those after the first 5 are shown, at most 5: ")


def test_days_and_loads_name_the_same_period(asked: Ask) -> None:
    by_day = asked("what-changed", since="2026-03-02", until="2026-05-15")
    by_load = asked("what-changed", since="load:5", until="load:8")
    told = [{row.says for row in answer.rows if row.what not in ("began", "ended")} for answer in (by_day, by_load)]
    assert told[0] == told[1]


def test_net_changes_of_two_periods_add_up_to_those_of_both(asked: Ask) -> None:
    def net(since: str, until: str) -> int:
        rows = asked("what-changed", since=since, until=until, limit="1000").rows
        return sum({"new": 1, "withdrawn": -1}.get(row.what, 0) for row in rows)

    assert net("load:5", "load:6") + net("load:6", "load:9") == net("load:5", "load:9")


def test_an_embargo_hides_what_was_loaded_from_the_public(in_spring: Session, in_spring_as_the_public: Session) -> None:
    ours = ask(in_spring, "what-changed", MAY)
    assert any("Ghana, TIP Report 2026" in row.says for row in ours.rows)  # type: ignore[attr-defined]
    theirs = ask(in_spring_as_the_public, "what-changed", MAY)
    assert theirs.rows
    assert "TIP Report 2026" not in theirs.model_dump_json()
    assert "to be released" not in theirs.model_dump_json()


def test_an_embargo_that_ended_lets_a_placement_appear(spring_ledger: Any, tmp_path_factory: Any) -> None:
    from contextlib import closing

    from iga.graph.domain.marking import Marking
    from iga.graph.fold.shapes import View
    from iga.graph.projection.project import rebuild
    from iga.graph.stores.embedded_store import EmbeddedStore

    with closing(EmbeddedStore(tmp_path_factory.mktemp("released") / "store")) as store:
        rebuild(spring_ledger, store, view=View(ceiling=Marking.PUBLIC), now="2026-07-02T08:00:00Z")
        released = Session.of(store, spring_ledger, today="2026-07-02")
        rows: Any = ask(released, "what-changed", {"since": "2026-07-01"}).rows
    assert [row.says for row in rows] == ["new: Ghana, TIP Report 2026 (assessment): tier Tier 1; assesses Ghana"]


def test_a_new_edition_of_a_list_and_a_judgement_are_told(asked: Ask) -> None:
    edition = asked("what-changed", since="load:10", until="load:11").rows
    assert {(row.what, row.says) for row in edition} == {
        ("withdrawn", "withdrawn: Passing Relief (ngo): carries out Odd Compact, implementer"),
        ("new", "new: Lasting Relief (ngo): carries out Odd Compact, implementer"),
        ("changed", "Odd School: class was ngo, is now academic institution"),
        (
            "changed",
            "Ghana is a member of Next Forum (since 2021): "
            "period was 2020 to open, as stated, is now 2021 to open, as stated",
        ),
    }
    judged = asked("what-changed", since="load:11", until="load:12").rows
    assert {(row.what, row.says) for row in judged} == {
        ("merged", "Cy Example is now counted as one with Bo Example"),
        ("new", "Bo Example holds the post Shared Desk (since 2022)"),
    }


def test_nothing_that_changed_is_said_and_so_is_that_nothing_was_loaded(asked: Ask) -> None:
    answer = asked("what-changed", since="2026-04-01", until="2026-04-20")
    assert not answer.rows
    assert answer.clauses[0].id == "nothing"
    assert any("The file was not added to in this time" in caveat.text for caveat in answer.caveats)


def test_a_period_that_ends_before_it_begins_is_refused(asked: Ask) -> None:
    with pytest.raises(UsageError, match="lies before since"):
        asked("what-changed", since="2026-05-01", until="2026-04-01")
    with pytest.raises(UsageError, match="'soon' is not a date"):
        asked("what-changed", since="soon")


def test_no_sentence_shows_an_id(asked: Ask) -> None:
    rows = asked("what-changed", since="load:0", limit="1000").rows
    assert [row.says for row in some(rows) if re.search(r"\b[a-z]+:\w", row.says)] == []


def test_of_too_many_relationships_none_is_looked_through_and_that_is_said(
    asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {"since": "2026-05-12", "until": "2026-05-16"}
    whole = asked("what-changed", **days)
    monkeypatch.setattr("iga.queries.changing.facts._LOOKED_THROUGH", 10)
    answer = asked("what-changed", **days)
    assert set(said(answer)) < set(said(whole))
    assert any(
        "began or ended by dates that were held before is not looked for" in doubt.text for doubt in answer.caveats
    )
    of_one = asked("what-changed", party="ESO", **days)
    assert not any("is not looked for" in doubt.text for doubt in of_one.caveats)
