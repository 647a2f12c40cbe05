"""What is said of everybody on file: what was held and till when, who is to come, who is only announced, who left."""

import re

import pytest

from iga.graph.domain.edges import Holds, MemberOf
from iga.graph.domain.parties import Person
from iga.graph.domain.values import last_day
from iga.graph.grouping import by_key
from iga.queries.ask import ask
from iga.queries.core.clauses import worded
from iga.queries.core.compiled import Everything, OwnEdgeRow, edges_from, hop
from iga.queries.core.holders import ends_of_terms, first_sign, held_term, holder_of, last_seen
from iga.queries.core.printed_names import short_names
from iga.queries.core.reading import OfIds, grouped
from iga.queries.core.reads import EVERY_POST, HOLDERS_OF, POSTS_HELD_BY
from iga.queries.core.relationships import is_announced, membership_on, said_of
from iga.queries.core.session import Session
from tests.reading import some

ALONE = " is known by name alone"


def terms_of_people(session: Session) -> dict[str, list[OwnEdgeRow]]:
    """Return the terms in posts of everybody, by person."""
    return by_key(session.read(edges_from(Person, Holds), Everything()), lambda term: term.subject)


@pytest.mark.slow
def test_whoever_held_a_post_is_told_by_it_and_till_when(bundled: Session) -> None:
    terms, left = terms_of_people(bundled), 0
    ends = ends_of_terms(bundled.unnoted, terms, day=bundled.today)
    for person, of in terms.items():
        said = ask(bundled, "profile", {"party": person}).answer
        assert ALONE not in said, said
        for term in of:
            end = term.properties.get("period_end") or ends.get(term.key, {}).get("left_by")
            if len(of) == 1 and end and end <= bundled.today:
                left += 1
                assert short_names(bundled).get(term.name, term.name) in said
                assert end in said, said
    assert left > 200


@pytest.mark.slow
def test_whoever_belongs_or_belonged_to_a_body_is_told_by_it(bundled: Session) -> None:
    every = by_key(bundled.read(edges_from(Person, MemberOf), Everything()), lambda term: term.subject)
    former = [
        id_
        for id_, of in every.items()
        if all(membership_on(it.properties, day=bundled.today) == "no" for it in of)
        and any((it.properties.get("period_start") or "") <= bundled.today for it in of)
    ]
    assert len(former) > 50
    for person in [*former, *list(every)[:50]]:
        assert ALONE not in ask(bundled, "profile", {"party": person}).headline
    for person in former:
        said = ask(bundled, "memberships", {"party": person}).headline
        assert " was a member of " in said
        assert any(it.name in said for it in every[person]), said


def test_a_term_is_said_of_both_ends_as_the_post_is_held(bundled: Session) -> None:
    """A holder who was only seen once is not said to hold the post, by whichever end it is told."""
    posts, seen = [post.id for post in bundled.read(EVERY_POST, Everything())], 0
    for day in (bundled.today, "2019-07-01"):
        for leads_out, terms in (
            (False, bundled.read(hop(Holds, into=True), OfIds(ids=tuple(posts)))),
            (True, bundled.read(POSTS_HELD_BY, OfIds(ids=tuple(terms_of_people(bundled))))),
        ):
            for term in terms:
                if term.held(day) != "no":
                    said, capacity = (
                        said_of("HOLDS", term, leads_out=leads_out, day=day),
                        term.properties.get("capacity"),
                    )
                    is_now = re.match(r"holds|is (?!designate)", said) is not None
                    assert is_now == (held_term(term, day) == "yes" and capacity != "designate"), said
                    if capacity == "designate":
                        assert re.match(r"(is|was) designate for |(has|had) as designate ", said), said
                        assert "as of " in said or not last_seen(term, day), said
                    seen += not is_now
    assert seen > 300


def test_whoever_is_to_come_is_said_as_of_a_day_in_every_question(bundled: Session) -> None:
    terms = bundled.read(edges_from(Person, Holds), Everything())
    designates = [it for it in terms if it.properties.get("capacity") == "designate"]
    told = 0
    for term in some(designates):
        day = max(term.properties["attested_on"])
        for question, party in (
            ("profile", term.subject),
            ("contact", term.id),
            ("who-knows", term.id),
            ("turnover", term.id),
        ):
            answer = ask(bundled, question, {"party": party, "as_of": day})
            texts = [answer.answer, *(text for row in answer.rows for text in row.model_dump().values() if text)]
            for text in (text for text in texts if isinstance(text, str)):
                for after in re.findall(
                    r"designate(?! (?:as of|for the post .*? as of) \d)(?!: .*, as of \d)(.{0,40})", text
                ):
                    assert text == "designate" or text.startswith("designate, capacity"), (question, text, after)
                told += "designate as of" in text or "as of" in text
    assert told


def test_of_several_posts_the_first_sentence_names_three_and_counts_the_rest(bundled: Session) -> None:
    today, seen = bundled.today, 0
    for person, of in terms_of_people(bundled).items():
        present = {it.name for it in of if it.held(today) != "no" and last_seen(it, today)}
        if len(present) > 2 and len({last_seen(it, today) for it in of}) == 1:
            said = ask(bundled, "profile", {"party": person}).headline
            shown = [name for name in present if short_names(bundled).get(name, name) in said]
            assert len(shown) >= 3
            assert len(present) == 3 or f"and {len(present) - 3} more" in said, said
            seen += 1
    assert seen
    assert "posts President of France and Co-prince" in ask(bundled, "profile", {"party": "Emmanuel Macron"}).headline


def test_a_post_left_is_told_in_the_capacity_in_which_it_was_held(bundled: Session) -> None:
    words = {"charge d'affaires": ", as chargé d’affaires (", "acting": ", acting (", "designate": ", as designate ("}
    for capacity, said in words.items():
        for one in (False, True):
            left = {"thing": "Post", "capacity": capacity if one else "substantive", "when": {"end": "2020"}}
            text = worded("iga.queries.whole", "profile", "before", {"terms": [left]})
            assert (said in text) is one, text
    assert "Sudan, as chargé d’affaires (" in ask(bundled, "profile", {"party": "Lucy Tamlyn"}).answer


@pytest.mark.slow
def test_before_the_first_sign_of_a_post_nothing_is_said_of_who_holds_it(bundled: Session) -> None:
    asked = 0
    for person, of in some(list(terms_of_people(bundled).items())):
        if first := min(filter(None, (first_sign(it.properties) for it in of)), default=""):
            day = f"{int(first[:4]) - 1}-01-01"
            said = ask(bundled, "profile", {"party": person, "as_of": day}).headline
            undated = any(not first_sign(it.properties) for it in of)
            assert undated or not re.search(r"(is|was|holds|held|named) .*?the posts? ", said), said
            assert ALONE not in said
            asked += 1
    assert asked


def test_no_seat_that_is_only_announced_is_told_as_held(bundled: Session) -> None:
    every = bundled.read(edges_from(Person, MemberOf), Everything())
    announced = {it.subject: it for it in every if is_announced(it.properties)}
    ends = ask(bundled, "expiring", {"kind": "seat", "until": "2030"})
    for row in some([row for row in ends.rows if getattr(row, "whose", None) in announced]):
        assert "(announced)" in row.model_dump()["reason"]
        assert not row.model_dump()["next_step"].startswith("appoint")
    assert "the announced seat of" in ends.headline
    for person, term in announced.items():
        assert f"is announced as a member of {term.name}" in ask(bundled, "memberships", {"party": person}).headline
        assert "is announced as a " in ask(bundled, "profile", {"party": person}).headline


def test_a_person_in_a_post_of_a_body_is_told_by_it_where_membership_is_asked(bundled: Session) -> None:
    told = ask(bundled, "memberships", {"party": "Kari Johnstone", "other": "OSCE"}).headline
    assert told.startswith("Not confirmed: Kari Johnstone held the post OSCE Special Representative")
    assert "last seen 2025-03-19" in told
    then = ask(bundled, "memberships", {"party": "Kari Johnstone", "other": "OSCE", "as_of": "2024-06"}).headline
    assert then.startswith("Yes: Kari Johnstone holds the post OSCE Special Representative")


def test_nobody_is_said_to_be_followed_who_may_hold_the_post_too(bundled: Session) -> None:
    posts = bundled.read(EVERY_POST, Everything())
    terms = grouped(bundled.read(HOLDERS_OF, OfIds(ids=tuple(post.id for post in posts))))
    holders = {post.id: holder_of(post.values, terms.get(post.id, ()), day=bundled.today) for post in posts}
    shared = {post: holder for post, holder in holders.items() if holder.others}
    assert len(shared) > 10
    for post, holder in shared.items():
        said = ask(bundled, "turnover", {"party": post}).answer
        assert not any(f"followed {other.holder_name}" in said for other in holder.others), said
        word = {"acting": ", acting,", "charge d'affaires": ", chargé d’affaires,"}.get(holder.capacity or "")
        assert word is None or " followed " not in said or word in said, said


def test_whoever_is_elsewhere_for_sure_is_not_perhaps_in_the_post_before_on_that_very_day(bundled: Session) -> None:
    people = terms_of_people(bundled)
    terms = bundled.read(POSTS_HELD_BY, OfIds(ids=tuple(people)))
    moved = [it for it in terms if it.properties.get("left_by")]
    assert len(moved) > 60
    for term in moved:
        assert term.held(last_day(term.properties["left_by"])) == "no", term
