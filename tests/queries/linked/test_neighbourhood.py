"""What is around a party: counts first, then so many of each kind, as of a day."""

from typing import Any

import pytest

from iga.graph.domain.parties import Post
from iga.graph.errors import UsageError
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.reading import OfIds, grouped
from iga.queries.core.reads import HOLDERS_OF
from iga.queries.core.sections import edges_by_way
from iga.queries.core.session import Session
from tests.queries.conftest import Ask


def test_kinds_are_counted_before_rows_are_cut(answer_to: Ask) -> None:
    answer = answer_to("neighbourhood", party="Ada Example", limit="3")
    attended = [row for row in answer.rows if row.type == "PARTICIPATED"]
    assert (len(attended), attended[0].kind_count) == (3, 12)
    assert "engagements attended (12)" in answer.headline
    assert answer.total.value == sum({row.kind: row.kind_count for row in answer.rows}.values())


def test_the_last_row_of_a_cut_kind_names_the_command_for_the_rest(answer_to: Ask) -> None:
    rows = answer_to("neighbourhood", party="Ada Example", limit="3").rows
    [rest] = [row.rest for row in rows if row.rest]
    assert rest == 'iga ask neighbourhood --party "Ada Example" --kind "engagements attended" --limit 12'
    whole = answer_to("neighbourhood", party="Ada Example", kind="engagements attended", limit="12")
    assert len(whole.rows) == 12


def test_what_was_over_is_left_out_and_what_no_date_tells_is_unknown(answer_to: Ask) -> None:
    now = {row.other: row.held for row in answer_to("neighbourhood", party="ESO", kind="members", limit="50").rows}
    assert "gov:ken" not in now
    assert (now["gov:usa"], now["gov:nzl"]) == ("yes", "unknown")
    then = {row.other for row in answer_to("neighbourhood", party="ESO", kind="members", as_of="2005").rows}
    assert "gov:ken" in then
    assert "gov:mng" not in then


def test_a_kind_is_taken_by_its_type_too_and_an_unknown_one_is_refused(answer_to: Ask) -> None:
    assert answer_to("neighbourhood", party="ESO", kind="MEMBER_OF").rows
    with pytest.raises(UsageError, match="did you mean members"):
        answer_to("neighbourhood", party="ESO", kind="membres")


def test_anything_has_a_neighbourhood_and_nothing_around_it_is_said(answer_to: Ask) -> None:
    assert answer_to("neighbourhood", party="Refuge award").rows
    answer = answer_to("neighbourhood", party="Made-up Relief")
    assert "Not confirmed: no relationship of Made-up Relief is on file" in answer.answer


def test_of_many_relationships_of_a_type_those_that_began_last_are_read(session: Session) -> None:
    ways = {("MEMBER_OF", False), ("MEMBER_OF", True)}
    few = edges_by_way(session, ("org:eso",), ways, most=2)
    assert {way: [edge.id for edge in edges] for way, edges in few.items()} == {
        ("MEMBER_OF", False): ["gov:gha", "gov:usa"]
    }
    assert edges_by_way(session, (), ways, most=2) == edges_by_way(session, ("org:eso",), (), most=2) == {}


@pytest.mark.parametrize("every", [30, pytest.param(3, marks=pytest.mark.slow)])
@pytest.mark.parametrize("day", ["2026-06-01", "2021-06-30"])
def test_who_holds_a_post_is_the_same_around_it_on_paths_to_it_for_a_contact_and_of_each_person(
    bundled: Session, day: str, every: int
) -> None:
    """Whoever left for a post elsewhere, or was followed in this one, holds it nowhere, though nobody states an end."""
    posts = bundled.read(all_of(Post), Everything())[::every]
    terms = grouped(bundled.read(HOLDERS_OF, OfIds(ids=tuple(post.id for post in posts))))
    assert len(terms) > 20
    for post, of_post in terms.items():
        ways: Any = ask(bundled, "contact", {"party": post, "as_of": day}).rows
        way = next(row for row in ways if row.post == post)
        named = {way.holder: way.holding} | {other.holder: other.holding for other in way.other_holders}
        known = {who for who, holding in named.items() if who and holding not in ("vacant", "holder not held")}
        rows: Any = ask(bundled, "neighbourhood", {"party": post, "as_of": day, "limit": "500"}).rows
        around = {row.other for row in rows if row.type == "HOLDS"}
        is_certain = way.holding in ("in office", "acting")  # then whoever may have held it as well is not told
        assert known <= around if is_certain else known == around, post
        met: Any = ask(bundled, "who-knows", {"party": post, "as_of": day})
        told = [row.theirs_now for row in met.rows if not row.ours]
        now = way.holder_name if way.holding == "in office" else way.held_by
        assert told in ([], ["holder not known" if way.holder_until else now]), post
        assert ("In office there:" in met.answer) == bool(told and way.holding == "in office"), post
        for term in of_post[:2]:
            person: Any = ask(bundled, "profile", {"party": term.id, "as_of": day})
            held = {row.what.split(", ")[0] for row in person.rows if row.section == "posts held" and row.other == post}
            assert held <= {named.get(term.id, "not known to be in office"), "not known to be in office"}, term.key
            assert not way.post_name or (f"holds the post {way.post_name}" in person.headline) <= ("in office" in held)
            shown: Any = ask(bundled, "path", {"party": term.id, "other": post, "as_of": day, "limit": "1"}).rows
            assert ([row.type for row in shown] == ["HOLDS"]) == (term.id in around), (post, term.id)
