"""Who heads what on a day: the same whichever question is asked, one at a time, nobody past the end of a Congress."""

import re
from collections.abc import Iterator, Mapping, Sequence
from csv import DictReader
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.exports.memos.write import write_memo
from iga.graph.domain.edges import BODIES
from iga.graph.domain.parties import Post
from iga.graph.domain.values import first_day, last_day
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.holders import holder_of, is_office, stretches_of
from iga.queries.core.reading import EdgeRow, OfIds, grouped
from iga.queries.core.reads import BODIES_OF_POSTS, HOLDERS_OF, MEMBERS_OF, PARTS_BELOW
from iga.queries.core.session import Session
from tests.queries.asking import asking
from tests.queries.conftest import Ask
from tests.queries.contacts.two_sides import meeting, side
from tests.queries.world import between, node, since
from tests.reading import some

_BODIES = all_of("Entity", f"it.cls IN {list(BODIES)}")
_POSTS = all_of(Post)
_LISTS = Path("ingest/reference/us")
# Commissions of two chambers: each has its ranking member.
_SHARED = ("body:us-csce", "body:us-lantos-commission")
_CONGRESSES = range(112, 121)


def _leaders() -> list[dict[str, str]]:
    """Return the rows of our own lists on who led bodies of Congress."""
    with (_LISTS / "congress_leaders.csv").open(encoding="utf-8") as leaders:
        rows = [row for row in DictReader(leaders) if row["office"]]
    with (_LISTS / "congress_seats.csv").open(encoding="utf-8") as seats:
        of_now = [row for row in DictReader(seats) if row["office"]]
    return some([*rows, *({**row, "body": row["committee"], "basis": "119th Congress"} for row in of_now)])


def _rows(session: Session, question: str, body: str, day: str, **more: str) -> list[Any]:
    return list(ask(session, question, {"party": body, "as_of": day, **more}).rows)


def _led_by(rows: Sequence[Any], office: str) -> set[str]:
    return {row.id for row in rows if row.office == office}


def _is_alone(row: Mapping[str, str]) -> bool:
    return row["office"] == "chair" or (row["office"] == "ranking member" and row["body"] not in _SHARED)


def _is_elected_to(row: Mapping[str, str], congress: int) -> bool:
    named = [int(number) for number in re.findall(r"(\d+)th", row["basis"])]
    return min(named) <= congress <= max(named)


def test_whoever_led_a_committee_on_the_last_day_of_a_list_led_it_alone(bundled: Session) -> None:
    asked: dict[tuple[str, str], list[Any]] = {}
    for row in _leaders():
        full = [day for day in row["attested_on"].split(";") if len(day) == len("2013-01-03")]
        for day in full[-1:]:
            if (row["body"], day) not in asked:
                asked[row["body"], day] = _rows(bundled, "congress", row["body"], day)
            named = _led_by(asked[row["body"], day], row["office"])
            # whom one list has as the chair of a shared commission, and another as a co-chair, is the chair
            named |= _led_by(asked[row["body"], day], "chair") if row["office"] == "co-chair" else set()
            assert row["person"] in named, (row["key" if "key" in row else "committee"], day)
            assert len(named) == 1 or not _is_alone(row), (row["body"], row["office"], day, named)


@pytest.mark.parametrize("congress", _CONGRESSES)
def test_nobody_leads_a_committee_past_the_end_of_a_congress(bundled: Session, congress: int) -> None:
    leaders, start = _leaders(), 1787 + 2 * congress
    elected = {(row["body"], row["person"], row["office"]) for row in leaders if _is_elected_to(row, congress)}
    for body in sorted({row["body"] for row in leaders}):
        for day in (f"{start}-01-04", f"{start + 2}-01-02"):
            by_list, by_office = _rows(bundled, "congress", body, day), _rows(bundled, "chairs", body, day)
            shown = {(body, row.id, row.office) for row in (*by_list, *by_office) if row.office}
            assert shown <= elected, (day, shown - elected)


@pytest.mark.slow
def test_all_questions_agree_on_who_chairs_a_body_and_it_is_one(bundled: Session) -> None:
    leaders = _leaders()
    days = ["2016-06-01", "2021-02-01", "2023-09-30", "2025-01-03", "2026-11-25", "2027-02-01"]
    for body in sorted({row["body"] for row in leaders}):
        for day in days:
            by_list = _rows(bundled, "congress", body, day)
            for office in ("chair", "co-chair"):
                named = _led_by(by_list, office)
                assert named == _led_by(_rows(bundled, "chairs", body, day), office), (body, day)
                assert named == _led_by(_rows(bundled, "members", body, day, role=office), office), (body, day)
            assert len(_led_by(by_list, "chair")) <= 1, (body, day)


def test_no_stretch_of_an_office_follows_another_of_the_same_holder_without_a_break(bundled: Session) -> None:
    everybody = bundled.read(MEMBERS_OF, OfIds(ids=tuple(body.id for body in bundled.read(_BODIES, Everything()))))
    terms = [edge for edge in everybody if edge.properties.get("office")]
    stretches = stretches_of(terms)
    assert len(some(stretches)) < len(terms)
    by_holder: dict[tuple[str, str, str], list[EdgeRow]] = {}
    for it in stretches:
        by_holder.setdefault((it.subject, it.id, it.properties["office"]), []).append(it)
    for whose, own in by_holder.items():
        for before, after in pairwise(own):
            end, start = before.properties.get("period_end"), after.properties.get("period_start")
            assert not (end and start) or last_day(end) < first_day(start), whose


def test_one_party_chairs_a_body_at_a_time_wherever_it_is_asked(bundled: Session) -> None:
    everybody = bundled.read(MEMBERS_OF, OfIds(ids=tuple(body.id for body in bundled.read(_BODIES, Everything()))))
    chaired = sorted({edge.subject for edge in everybody if edge.properties.get("office")})
    handovers = ["2003-07-10", "2015-12-31", "2022-06-01", "2024-06-01", "2026-02-14", "2026-11-25"]
    for body in some(chaired):
        for day in handovers:
            by_office = [row for row in _rows(bundled, "chairs", body, day) if row.way == "office"]
            heads = [row.id for row in by_office if row.office in ("chair", "co-chair")]
            assert len(heads) == len(set(heads)), (body, day)
            sure = {row.id for row in by_office if row.office == "chair" and row.held == "yes"}
            assert len(sure) <= 1, (body, day)
            assert not sure or _led_by(by_office, "chair") == sure, (body, day)
            of_members = _rows(bundled, "members", body, day, role="chair")
            assert _led_by(of_members, "chair") == _led_by(by_office, "chair"), (body, day)


def test_a_vice_chair_is_no_predecessor_of_a_chair(bundled_answer: Ask) -> None:
    answer = bundled_answer("chairs", party="African Union", since="2024", until="2026-11-25")
    assert answer.headline.startswith(
        "Burundi chairs the African Union from 2026-02-14, after Angola (2025 to 2026-02-14)"
    )
    assert "; also Angola (rapporteur of the Bureau, from 2026-02-14)" in answer.headline
    only_chairs = bundled_answer("chairs", party="African Union", role="chair")
    assert {row.office for row in some(only_chairs.rows)} == {"chair"}
    assert not is_office("vice chair", "chair")
    assert is_office("Vice-Chair", "vice")


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2012-06-01", "2026-11-25"])
def test_contact_vacancies_and_chairs_agree_on_who_holds_a_post(bundled: Session, day: str) -> None:
    everywhere = bundled.read(BODIES_OF_POSTS, OfIds(ids=tuple(post.id for post in bundled.read(_POSTS, Everything()))))
    # Each government and mission has one post at its head, in a list of its own.
    for body in some(
        sorted({edge.id for edge in everywhere if edge.cls != "Government" and "mission" not in edge.key})
    ):
        held = {row.post: (row.holder, row.holding) for row in _rows(bundled, "vacancies", body, day)}
        for row in _rows(bundled, "contact", body, day):
            if row.post in held:
                assert (row.holder, row.holding) == held[row.post], (body, day)
            elif row.place == "post":
                assert row.holding == "in office", (body, day, row.post)
        for row in _rows(bundled, "chairs", body, day):
            if row.way == "post" and row.holder and row.id in held:
                assert (row.holder, row.holding) == held[row.id], (body, day)


def test_the_vacancy_stands_at_the_head_of_the_office_not_a_director_of_long_ago(bundled_answer: Ask) -> None:
    for question in ("contact", "chairs", "vacancies", "profile"):
        answer = bundled_answer(question, party="TIP Office")
        assert "Ely-Raphel" not in answer.answer, question
    head = bundled_answer("contact", party="TIP Office")
    assert "Ambassador-at-Large to Monitor and Combat Trafficking in Persons: vacant" in head.answer
    [chair, *_] = some(bundled_answer("chairs", party="TIP Office").rows)
    assert (chair.id, chair.holding, chair.holder) == ("post:us-tip-ambassador", "vacant", None)


_DAYS = st.dates(date(2015, 1, 1), date(2027, 1, 1)).map(lambda day: day.isoformat())


@st.composite
def _terms(draw: st.DrawFn) -> list[EdgeRow]:
    """Draw terms of one post: somebody to come, and others who act there or are only seen."""
    terms: list[tuple[str, dict[str, Any]]] = [("person:next", {"capacity": "designate", "attested_on": [draw(_DAYS)]})]
    for number in range(draw(st.integers(1, 4))):
        capacity = draw(st.sampled_from(["acting", "charge d'affaires", None]))
        terms.append(
            (f"person:{number % 2}", {"capacity": capacity, "attested_on": sorted(draw(st.sets(_DAYS, min_size=1)))})
        )
    return [
        EdgeRow(subject="post:x", key=f"k{place}", properties=said, id=who, cls="Person", name=who, iso3=None)
        for place, (who, said) in enumerate(terms)
    ]


@given(terms=_terms(), vacant_on=st.none() | _DAYS, day=_DAYS)
def test_whoever_acts_or_is_seen_later_hides_nobody_who_is_to_come(
    terms: list[EdgeRow], vacant_on: str | None, day: str
) -> None:
    named_on = terms[0].properties["attested_on"][0]
    holder = holder_of({"vacant_on": [vacant_on] if vacant_on else None}, terms, day=day)
    named = {holder.person.id if holder.person else None, *(other.holder for other in holder.others)}
    if named_on <= day:
        assert "person:next" in named


def _left() -> Iterator[Statement]:
    yield node("Government", "gov:usa", name="United States", iso3="USA")
    yield from side("body:ours", "gov:usa", alfa=(("Uma", since("2020-01-01")),))
    yield from side("body:theirs", None, desk=(("Ada", between("2020", "2026-03")),))
    yield from meeting("talks", "2026-06-20", "post:alfa", "post:desk", status="planned")
    yield from meeting("lunch", "2026-04-20", "post:alfa", "post:desk")


def test_whoever_left_is_no_participant_and_in_no_paper() -> None:
    with asking(_left()) as session:
        for question, asked in (
            ("participants", {"engagement": "The talks"}),
            ("engagements", {"party": "Theirs"}),
            ("who-knows", {"party": "Theirs"}),
            ("last-touch", {"party": "Theirs"}),
        ):
            answer = ask(session, question, asked)
            assert "Ada" not in answer.answer, question
            assert not [row for row in answer.rows if "Ada" in str(row.model_dump())], question
        paper = repr(write_memo(session, "meeting", {"party": "Theirs"}))
        assert "Desk: who holds it is not known" in paper
        assert "perhaps Ada" not in paper


def test_nobody_is_told_in_a_post_once_another_surely_came(bundled: Session) -> None:
    posts = {post.id: post for post in bundled.read(_POSTS, Everything())}
    terms = grouped(bundled.read(HOLDERS_OF, OfIds(ids=tuple(posts))))
    told = 0
    for post, of_post in some(terms.items()):
        for day in ("2020-06-30", "2023-06-30", "2026-11-25"):
            holder = holder_of(posts[post].values, of_post, day=day)
            named = {
                holder.person.id if holder.incumbent and holder.person else "",
                *(it.holder for it in holder.others),
            }
            later = [edge for edge in of_post if edge.properties.get("capacity") == "substantive"]
            for edge in of_post:
                if edge.held(day) != "unknown" or edge.id not in named or edge.properties.get("period_end"):
                    continue
                own = [it for it in of_post if it.id == edge.id]
                seen = max(filter(None, (_signs(it, day)[-1:] for it in own)), default=[""])[0]
                came = [_signs(it, day)[:1] for it in later if it.id != edge.id and it.properties.get("period_start")]
                assert not seen or not any(last_day(seen) < first_day(on) for began in came for on in began), (
                    post,
                    day,
                )
                told += bool(seen)
    assert told > 100


def _signs(term: EdgeRow, day: str) -> list[str]:
    days = [term.properties.get("period_start"), *(term.properties.get("attested_on") or ())]
    return sorted(on for on in days if on and last_day(on) <= day)


@pytest.mark.parametrize(
    ("body", "day", "nobody_told"),
    [("Committee of the Parties", "2026-11-25", "Meuwly"), ("Human Rights Council", "2023-06", "Khan")],
)
def test_who_was_followed_by_one_who_left_is_not_told_again(
    bundled: Session, body: str, day: str, nobody_told: str
) -> None:
    for question in ("chairs", "contact", "vacancies"):
        answer = ask(bundled, question, {"party": body, "as_of": day})
        assert nobody_told not in answer.answer, question
        assert not [row for row in answer.rows if nobody_told in str(row.model_dump())], question
    ever = ask(bundled, "chairs", {"party": body, "since": day, "until": day})
    assert nobody_told not in ever.answer


def test_a_term_seen_before_and_ended_after_a_day_holds_on_it(bundled_answer: Ask) -> None:
    answer = bundled_answer("contact", party="OSCE Special Representative", as_of="2020-06")
    assert answer.headline.startswith("On 2020-06-30 Valiant Richey was in office")


def _terms_of_posts(session: Session) -> Iterator[tuple[str, Mapping[str, Any], list[EdgeRow]]]:
    posts = {post.id: post for post in session.read(_POSTS, Everything())}
    for post, terms in some(grouped(session.read(HOLDERS_OF, OfIds(ids=tuple(posts)))).items()):
        yield post, posts[post].values, terms


def test_within_a_year_of_handover_both_are_named_the_earlier_first_and_neither_is_certain(bundled: Session) -> None:
    handovers = 0
    for post, values, terms in _terms_of_posts(bundled):
        for before, after in ((one, other) for one in terms for other in terms if one.id != other.id):
            end = str(before.properties.get("period_end") or "")
            start = str(after.properties.get("period_start") or "")
            if end != start or len(end) not in (len("2022"), len("2022-08")):
                continue
            began = before.properties.get("period_start") or ""
            day = f"{end}-15" if len(end) == len("2022-08") else f"{end}-06-01"
            third = [one for one in terms if one.id not in (before.id, after.id) and one.held(day) != "no"]
            if third or last_day(end) <= day or not began or last_day(began) >= day:
                continue
            holder = holder_of(values, terms, day=day)
            assert holder.person is not None
            assert holder.person.id == before.id, (post, day)
            assert holder.holding == "not known to be in office", (post, day)
            assert after.id in {it.holder for it in holder.others}, (post, day)
            handovers += 1
    assert handovers > 20


def test_whoever_is_first_seen_more_than_four_years_later_is_not_named(bundled: Session) -> None:
    sights = 0
    for post, values, terms in _terms_of_posts(bundled):
        for term in terms:
            own = [_signs(it, "9999-12-31") for it in terms if it.id == term.id]
            if term.properties.get("period_start") or not all(own):
                continue
            first = min(min(first_day(on) for on in signs) for signs in own)
            holder = holder_of(values, terms, day=f"{int(first[:4]) - 5}-01-01")
            named = [*filter(None, [holder.incumbent and holder.incumbent.id]), *(it.holder for it in holder.others)]
            assert term.id not in named, (post, first)
            sights += 1
    assert sights > 30


@pytest.mark.parametrize(
    ("body", "day", "said"),
    [
        ("OHCHR", "2022-06-01", "Michelle Bachelet may have been in office as UN High Commissioner for Human Rights"),
        ("OHCHR", "2022-06-01", "Perhaps also Volker Türk"),
        ("UNODC", "2010-03-01", "Antonio Maria Costa may have been in office as"),
        ("UNODC", "2025-11-15", "Perhaps also John Brandolino (acting, "),
        ("OHCHR", "2003-10-01", "Perhaps also Bertrand Ramcharan (acting, "),
        ("OAS", "2004-10-20", "Luigi R. Einaudi may have been acting as Secretary General of the OAS"),
        ("OSCE Special Representative", "2006-08-01", "is not known: Helga Konrad left in 2006-05"),
    ],
)
def test_of_a_day_of_handover_it_is_said_who_may_have_been_there(
    bundled_answer: Ask, body: str, day: str, said: str
) -> None:
    assert said in bundled_answer("contact", party=body, as_of=day).answer


def test_whoever_heads_a_body_by_its_posts_is_told_by_chairs(bundled: Session) -> None:
    posts = {post.id: post.values for post in bundled.read(_POSTS, Everything())}
    headed = grouped(bundled.read(BODIES_OF_POSTS, OfIds(ids=tuple(posts))))
    heads = [
        (post, body.id)
        for post, bodies in headed.items()
        for body in bodies
        if body.cls in ("InternationalOrganization", "Forum")
        if any((posts[post].get(name) or "").startswith("head") for name in ("role", "level"))
    ]
    for post, body in some(heads):
        rows = _rows(bundled, "chairs", body, "2026-11-25")
        assert post in {row.id for row in rows} or any(row.way == "office" for row in rows), (post, body)


def test_the_nearest_who_led_a_body_are_told_with_those_who_share_the_office(bundled_answer: Ask) -> None:
    answer = bundled_answer("chairs", party="ICAT").answer
    assert "the nearest are OSRSG-VAC, co-chair in 2023 and the IOM, co-chair in 2023" in answer
    assert "UNICEF" not in answer


def test_no_holder_of_a_part_is_the_reply_for_a_body_and_no_seat_of_a_part_its_reason(bundled: Session) -> None:
    every = bundled.read(_BODIES, Everything())
    bodies = [body for body in every if body.cls in ("InternationalOrganization", "Forum")]
    parts = grouped(bundled.read(PARTS_BELOW, OfIds(ids=tuple(body.id for body in bodies))))
    for body in some(bodies):
        [first, *_] = _rows(bundled, "contact", body.id, "2026-11-25")
        is_of_part = first.place == "post" and first.body != body.id
        assert not is_of_part or first.channel or not first.rank, (body.id, first.post)
        assert first.route_seat_of not in {part.name for part in parts.get(body.id, ())}, body.id
