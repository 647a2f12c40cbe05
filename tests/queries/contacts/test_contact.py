"""Whom to contact, in which order, and what is said where nothing is held."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iga.graph.errors import NotFound
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.session import Session
from tests.queries.asking import asking
from tests.queries.world import between, card, edge, ledger_with, node, rows, since

Contact = Callable[..., Answer]


def _bodies() -> Iterable[Statement]:
    yield node("InternationalOrganization", "org:eso", name="Example Security Organization", acronym="ESO")
    yield node("PublicBody", "body:eso-unit", name="Unit on Trafficking", topics=["trafficking-in-persons"])
    yield edge("PART_OF", "body:eso-unit", "org:eso")
    yield node("PublicBody", "body:eso-annex", name="Annex of the ESO")
    yield edge("PART_OF", "body:eso-annex", "org:eso")
    yield node("PublicBody", "body:old-unit", name="Former Unit")
    yield edge("PART_OF", "body:old-unit", "org:eso", period=between("2001", "2010"))
    yield node("InternationalOrganization", "org:whole", name="Example Family")
    yield edge("PART_OF", "org:eso", "org:whole")
    yield node("PublicBody", "body:mission", name="U.S. Mission to the ESO", body_kind="mission")
    yield node("PublicBody", "body:bureau", name="A Bureau", body_kind="bureau")
    yield edge("COVERS", "body:bureau", "org:eso")
    yield edge("COVERS", "body:mission", "org:eso")
    yield node("Post", "post:a-backup", name="A Backup of Our Side")
    yield edge("OWNS_RELATIONSHIP", "post:a-backup", "org:eso", standing="backup")
    yield node("Post", "post:desk", name="Desk of Our Side", topics=["migrant-smuggling"])
    yield edge("OWNS_RELATIONSHIP", "post:desk", "org:eso", standing="primary", topics=["child-trafficking"])
    yield edge("OWNS_RELATIONSHIP", "post:desk", "body:eso-unit", standing="primary")
    yield edge("HOLDS", "person:bea", "post:desk", period=since("2025-01-01"))
    yield node("Person", "person:bea", name="Bea Example")
    yield from _channel("person:bea", "bea", "bea@ours.example", verified_on="2026-05-20", verified_by="Bea")
    yield node("Government", "gov:gha", name="Ghana", iso3="GHA")
    yield node("Government", "gov:ken", name="Kenya", iso3="KEN")
    yield node("PublicBody", "body:gha-unit", name="Unit of Ghana", government="gov:gha")


def _post(name: str, body: str, **values: object) -> Iterable[Statement]:
    yield node("Post", f"post:{name}", name=name.replace("-", " ").capitalize(), **values)
    yield edge("POST_IN", f"post:{name}", body)


def _channel(owner: str, name: str, value: str, kind: str = "email", **values: object) -> Iterable[Statement]:
    yield node("ContactPoint", f"contact:{name}", channel={"kind": kind, "value": value}, **values)
    yield edge("REACHED_AT", owner, f"contact:{name}")


def _posts() -> Iterable[Statement]:
    yield from _post("child-adviser", "body:eso-unit", role="adviser", topics=["child-trafficking"])
    yield from _channel(
        "post:child-adviser", "child", "child@eso.example", verified_on="2026-03-01", verified_by="J. Doe"
    )
    yield from _post("coordinator", "body:eso-unit", role="coordinator", topics=["trafficking-in-persons"])
    yield from _channel("post:coordinator", "old", "old@eso.example", seen_on=["2026-05"], bounced_on="2026-05-30")
    yield from _channel("post:coordinator", "phone", "+1 555 0100", "phone", seen_on=["2018-06"])
    yield from _channel("post:coordinator", "coordinator", "coordinator@eso.example", seen_on=["2018-06"])
    yield edge("HOLDS", "person:ada", "post:coordinator", capacity="acting", period=since("2026-01-01"))
    yield node("Person", "person:ada", name="Ada Example", languages=["es"])
    yield from _post("smuggling-adviser", "org:eso", role="adviser", topics=["migrant-smuggling"])
    yield from _post("liaison", "org:eso", role="liaison", topics=["child-trafficking"], vacant_on=["2026-02"])
    yield from _channel(
        "post:liaison", "liaison", "liaison@eso.example", bounced_on="2026-05-02", verified_on="2025-01-01"
    )
    yield edge("HOLDS", "person:ada", "post:liaison", attested_on=["2025-11"])
    yield from _post("former-head", "body:old-unit", role="head", topics=["child-trafficking"])
    yield from _channel("org:eso", "general", "office@eso.example", "phone")
    yield from _channel("org:whole", "whole", "family@eso.example")
    yield from _post("national-coordinator", "body:gha-unit", role="coordinator", topics=["trafficking-in-persons"])
    yield from _channel("post:national-coordinator", "gha", "unit@gha.example", do_not_use="asked to be taken off")


def _many() -> Iterable[Statement]:
    yield node("InternationalOrganization", "org:xbo", name="Example Big Organization", acronym="XBO")
    for number in range(12):
        yield from _post(f"big-{number:02}", "org:xbo")
        yield from _channel(f"post:big-{number:02}", f"big-{number:02}", f"{number}@xbo.example")
    yield edge("OWNS_RELATIONSHIP", "post:desk", "org:xbo")
    yield from _post("big-gone", "org:xbo")
    yield from _channel("post:big-gone", "big-gone", "gone@xbo.example", bounced_on="2026-05-01")


def _lingua() -> Iterable[Statement]:
    yield node("InternationalOrganization", "org:lingua", name="Lingua")
    for name, spoken in (("a-english", ["en"]), ("b-french", ["en", "fr"]), ("c-unsaid", [])):
        yield from _post(name, "org:lingua")
        said: dict[str, Any] = {"languages": spoken} if spoken else {}
        yield from _channel(f"post:{name}", name, f"{name}@lingua.example", seen_on=["2026-05"], **said)
    yield node("InternationalOrganization", "org:folio", name="Folio")
    yield from _post("chair", "org:folio", role="chair")
    yield node("Person", "person:dee", name="Dee Example")
    yield edge("HOLDS", "person:dee", "post:chair", period=between("2024", "2025-12"))
    yield from _channel("person:dee", "dee", "dee@folio.example")
    yield node("Post", "post:deputy", name="Deputy Co-ordinator", role="deputy")
    yield edge("POST_IN", "post:deputy", "org:folio")
    yield from _channel("org:folio", "folio", "office@folio.example")


def ledger_of_contacts(folder: Path) -> Ledger:
    """Return a ledger with bodies, their posts, and those whose posts are many."""
    said = {"bodies": _bodies(), "posts": _posts(), "many": _many(), "lingua": _lingua()}
    loads = ((card(f"ref:{name}", f"ref:{name}"), rows(f"{name}.csv", *it)) for name, it in said.items())
    return ledger_with(folder, loads)


@pytest.fixture(scope="module")
def contact() -> Iterator[Contact]:
    with asking(ledger_of_contacts) as session:
        yield lambda **parameters: ask(session, "contact", parameters)


def ways(answer: Answer) -> list[ContactRow]:
    return [row for row in answer.rows if isinstance(row, ContactRow)]


def said(answer: Answer) -> dict[str, str]:
    return {clause.id: clause.text for clause in answer.clauses}


def listed(answer: Answer) -> list[str]:
    return [row.post_name or row.called for row in ways(answer)]


def test_the_order_goes_by_topic_then_place_then_what_is_usable(contact: Contact) -> None:
    assert listed(contact(party="ESO", topic="child trafficking")) == [
        "Child adviser", "Coordinator", "phone of ESO", "Smuggling adviser",
        "mailbox of Example Family, the parent body", "Desk of Our Side", "A Backup of Our Side", "Liaison",
    ]  # fmt: skip  # read across, like the rows of a table


def test_each_step_of_the_ranking_is_printed(contact: Contact) -> None:
    first, second, *_ = ways(contact(party="ESO", topic="child trafficking"))
    assert first.steps == (
        "topic exact",
        "verified 2026-03-01 by J. Doe",
        "holder not known",
        "1 level down",
        "source rank 20",
    )
    assert second.steps[0] == "topic broader"
    assert second.topics == ("trafficking-in-persons",)
    assert second.topic_match == "broader"


def test_each_clause_says_one_thing_the_first_choice_first(contact: Contact) -> None:
    answer = contact(party="ESO", topic="child trafficking")
    assert [(clause.id, clause.text) for clause in answer.clauses] == [
        ("headline", "Write to the Child adviser at Unit on Trafficking: child@eso.example, verified 2026-03-01."),
        ("holder", "Who holds the post is not known."),
        ("checked", "J. Doe checked it on 2026-03-01."),
        ("at-post", "Liaison: vacant, stated 2026-02."),
        ("through", "Go through U.S. Mission to the ESO."),
        (
            "next-post",
            "If that fails, write to Ada Example (acting), Coordinator at Unit on Trafficking: "
            "coordinator@eso.example, seen in 2018-06, not verified.",
        ),
        ("next-mailbox", "Or call ESO: office@eso.example, not yet verified."),
        (
            "next-parent",
            "Or write to the mailbox of Example Family, the parent body: family@eso.example, not yet verified.",
        ),
        ("owner", "The owner on our side is Bea Example, Desk of Our Side: bea@ours.example."),
    ]
    assert all(clause.evidence for clause in answer.clauses)


def test_how_sure_the_holder_and_the_address_are_is_said_in_the_same_breath(contact: Contact) -> None:
    clauses = said(contact(party="ESO", role="coordinator"))
    assert clauses["headline"] == (
        "Write to Ada Example (acting), Coordinator at Unit on Trafficking: coordinator@eso.example, "
        "seen in 2018-06, not verified."
    )
    assert clauses["holder"] == "Ada Example is acting in the post, last seen there on 2026-01-01."
    assert "checked" not in clauses
    assert clauses["languages"] == "Answers come in Spanish."


def test_a_portfolio_that_is_not_the_topic_is_said(contact: Contact) -> None:
    assert said(contact(party="ESO", topic="smuggling"))["portfolio"] == (
        "Whether migrant smuggling is in its portfolio is not stated."
    )
    assert "portfolio" not in said(contact(party="ESO", topic="child trafficking"))


def test_our_owner_comes_once_with_holder_and_channel_and_before_the_second(contact: Contact) -> None:
    owners = [row for row in ways(contact(party="ESO", topic="child trafficking")) if row.place == "our owner"]
    assert [(row.called, row.holder_name, row.channels) for row in owners] == [
        ("our owner: Desk of Our Side", "Bea Example", ("bea@ours.example",)),
        ("our second owner: A Backup of Our Side", None, ()),
    ]
    assert owners[0].topic_match == "exact"


def test_the_channels_of_a_post_stand_in_one_row_and_what_bounced_is_only_warned_of(contact: Contact) -> None:
    row = next(row for row in ways(contact(party="ESO")) if row.post_name == "Coordinator")
    assert row.channels == ("coordinator@eso.example", "+1 555 0100")
    assert [(each.value, each.unusable_because) for each in row.further] == [
        ("+1 555 0100", None),
        ("old@eso.example", "bounced 2026-05-30"),
    ]
    assert row.steps[-1] == "NOT USABLE, old@eso.example bounced 2026-05-30"


def test_no_more_ways_are_listed_than_help_and_the_rest_is_counted(contact: Contact) -> None:
    answer = contact(party="XBO")
    assert [row.rank for row in ways(answer)] == [*range(1, 11), 13, 14]
    assert (answer.total.value, ways(answer)[-1].unusable_because) == (14, "bounced 2026-05-01")
    assert "2 more ways are on file and not listed" in " ".join(caveat.text for caveat in answer.caveats)


def test_freshness_is_said_with_day_and_person(contact: Contact) -> None:
    first, second, *_ = ways(contact(party="ESO", topic="child trafficking"))
    assert first.freshness == "verified 2026-03-01 by J. Doe"
    assert second.freshness == "last seen 2018-06, not verified since"


def test_a_bounced_channel_is_marked_and_never_first(contact: Contact) -> None:
    *_, last = ways(contact(party="ESO", topic="child trafficking"))
    assert (last.post_name, last.usable, last.unusable_because) == ("Liaison", False, "bounced 2026-05-02")


def test_a_bounce_after_the_day_asked_for_does_not_count(contact: Contact) -> None:
    rows_then = ways(contact(party="ESO", topic="child trafficking", as_of="2026-04-01"))
    assert next(row for row in rows_then if row.post_name == "Liaison").usable


def test_acting_and_vacant_are_told_apart(contact: Contact) -> None:
    by_post = {row.post_name: row for row in ways(contact(party="ESO"))}
    assert (by_post["Coordinator"].holder_name, by_post["Coordinator"].holding) == ("Ada Example", "acting")
    assert (by_post["Liaison"].holding, by_post["Liaison"].holder_seen_on) == ("vacant", "2026-02")


def test_the_route_goes_through_the_mission_before_a_bureau(contact: Contact) -> None:
    answer = contact(party="ESO", topic="child trafficking")
    assert {row.route_name for row in ways(answer)} == {"U.S. Mission to the ESO"}
    assert said(answer)["through"] == "Go through U.S. Mission to the ESO."


def test_a_part_that_is_over_offers_no_posts(contact: Contact) -> None:
    assert "Former head" not in listed(contact(party="ESO"))
    assert "Former head" in listed(contact(party="ESO", as_of="2005"))


def test_a_role_leaves_only_its_posts_and_the_way_around(contact: Contact) -> None:
    assert listed(contact(party="ESO", role="coordinator"))[:2] == ["Coordinator", "phone of ESO"]


def test_a_role_that_no_post_has_is_said_first(contact: Contact) -> None:
    first, *_ = ways(contact(party="ESO", role="rapporteur"))
    assert (first.rank, first.place) == (0, "nothing")
    assert first.reason == (
        "no post with the role “rapporteur” for Example Security Organization on file; "
        "on file there: Child adviser, Coordinator, Smuggling adviser and 1 more"
    )


def test_where_no_post_has_the_role_the_headline_says_so_and_what_to_use_instead(contact: Contact) -> None:
    clauses = said(contact(party="ESO", role="rapporteur"))
    assert list(clauses) == ["no-way", "other-roles", "next-mailbox", "next-parent", "owner"]
    assert clauses["no-way"] == (
        "Not confirmed: no post with the role “rapporteur” is on file for ESO; go through U.S. Mission to the ESO."
    )
    assert clauses["next-mailbox"] == "Instead, call ESO: office@eso.example, not yet verified."
    assert said(contact(party="Ghana"))["no-way"] == (
        "Not confirmed: no contact of Ghana on file may be used (do not use: asked to be taken off)."
    )
    assert said(contact(party="KEN"))["no-way"] == "Not confirmed: no address of Kenya is on file."


def test_several_parties_give_one_row_each_and_empty_rows_say_why(contact: Contact) -> None:
    answer = contact(party=["ESO", "KEN", "Ghana"], role="coordinator")
    assert [(row.name, row.iso3, row.rank) for row in ways(answer)] == [
        ("Example Security Organization", None, 1),
        ("Kenya", "KEN", 0),
        ("Ghana", "GHA", 0),
    ]
    assert ways(answer)[1].reason == "no post with the role “coordinator” for Kenya on file"
    assert ways(answer)[2].reason == "no usable contact for Ghana on file: do not use: asked to be taken off"
    assert said(answer) == {
        "headline": "A coordinator with a channel and a certain holder is known for 1 of these 3 parties.",
        "nothing": "We have no usable way to Kenya and Ghana on file.",
    }


def test_a_person_is_reached_through_the_posts_held(contact: Contact) -> None:
    assert listed(contact(party="person:ada"))[0] == "Coordinator"


def test_what_is_old_or_uncertain_about_the_best_way_is_a_caveat(contact: Contact) -> None:
    doubts = {caveat.text for caveat in contact(party="ESO", topic="smuggling").caveats}
    never = "not yet verified; day not on file"
    assert f"Not verified within a year: Example Security Organization ({never})." in doubts
    doubts = {caveat.text for caveat in contact(party="ESO", topic="child trafficking").caveats}
    assert "Holder not certain: Child adviser (holder not known)." in doubts


def test_every_row_with_a_way_names_its_evidence(contact: Contact) -> None:
    answer = contact(party="ESO", topic="child trafficking")
    assert all(row.evidence for row in answer.rows)
    assert {number for row in answer.rows for number in row.evidence} == set(answer.evidence)


def test_who_answers_in_the_language_asked_for_comes_first_and_nobody_is_dropped(contact: Contact) -> None:
    without, asked = contact(party="Lingua"), contact(party="Lingua", language="French")
    assert [row.post_name for row in ways(without)] == ["A english", "B french", "C unsaid"]
    assert [(row.post_name, row.language_match) for row in ways(asked)] == [
        ("B french", "yes"),
        ("C unsaid", "not stated"),
        ("A english", "no"),
    ]
    assert ways(asked)[2].steps[0] == "answers in English only"


def test_a_language_of_the_holder_counts_where_the_channel_states_none(contact: Contact) -> None:
    row = next(row for row in ways(contact(party="ESO", language="es")) if row.post_name == "Coordinator")
    assert (row.language_match, row.languages) == ("yes", ("es",))


def test_a_language_nobody_answers_in_is_said_and_one_that_is_not_known_is_refused(contact: Contact) -> None:
    texts = [caveat.text for caveat in contact(party="Lingua", language="Polish").caveats]
    assert "Whether those listed answer in Polish is not known." in texts
    assert "ga" in " ".join(caveat.text for caveat in contact(party="Lingua", language="ga").caveats)
    with pytest.raises(NotFound, match="did you mean French"):
        contact(party="Lingua", language="Frensh")


def test_who_held_it_on_a_past_day_is_said_with_how_that_is_known(contact: Contact) -> None:
    answer = contact(party="ESO", role="coordinator", as_of="2026-03-01")
    assert answer.headline == (
        "On 2026-03-01 Ada Example was acting as Coordinator at Unit on Trafficking "
        "(term since 2026-01-01, seen 2026-01-01)."
    )
    assert [clause.id for clause in answer.clauses][:2] == ["held-then", "headline"]
    assert ways(answer)[0].holder_known_by == "term since 2026-01-01, seen 2026-01-01"


def test_a_post_of_the_role_without_a_channel_stays_on_the_sheet_with_what_to_use_instead(contact: Contact) -> None:
    row, other = ways(contact(party=["Folio", "Lingua"], role="chair"))
    assert (
        other.reason
        == "no post with the role “chair” for Lingua on file; on file there: A english, B french and C unsaid"
    )
    assert (row.post_name, row.rank, row.channels) == ("Chair", 1, ())
    assert row.reason == "no channel on file; holder not known: Dee Example left 2025-12, successor not known"
    assert row.instead == "mailbox of Folio, office@folio.example"


def test_a_co_ordinator_is_a_coordinator(contact: Contact) -> None:
    assert listed(contact(party="Folio", role="coordinator"))[0] == "Deputy Co-ordinator"


def test_a_post_is_reached_itself_then_through_its_body_and_never_through_its_other_posts(contact: Contact) -> None:
    answer = contact(party="post:coordinator")
    found = ways(answer)
    assert [row.post for row in found if row.place == "post"] == ["post:coordinator"]
    assert found[0].post == "post:coordinator"
    assert (found[0].role, found[0].id, found[0].body) == ("coordinator", "post:coordinator", "body:eso-unit")
    assert any(row.place == "office mailbox" for row in ways(contact(party="post:deputy")))


def test_who_owns_the_whole_owns_a_part_that_nobody_owns(contact: Contact) -> None:
    owners = [row.body for row in ways(contact(party="ESO")) if row.place == "our owner"]
    assert owners
    assert [row.body for row in ways(contact(party="body:eso-annex")) if row.place == "our owner"] == owners
    assert [row.body for row in ways(contact(party="body:eso-unit")) if row.place == "our owner"] == ["post:desk"]


@pytest.mark.slow
def test_the_address_of_a_branch_is_no_reply_for_the_whole(bundled: Session) -> None:
    bodies = [body.id for body in bundled.read(all_of("InternationalOrganization"), Everything())]
    told: list[Any] = [ask(bundled, "contact", {"party": [body]}) for body in bodies]
    of_branch = [
        answer.headline
        for answer in told
        for row in answer.rows[:1]
        if row.channel and row.place == "office mailbox" and row.body != answer.subjects[0].id
    ]
    un = "We have no address of the UN as a whole on file; go through USUN, because the UN sits in New York."
    assert un in of_branch
    assert [said for said in of_branch if " as a whole on file" not in said] == []
    parts = [clause.text for answer in told for clause in answer.clauses if clause.id == "of-part"]
    assert [part for part in parts if "telephone of the Fundamental Principles and Rights at Work Branch of" in part]
    assert ask(bundled, "contact", {"party": ["gov:usa"]}).headline.startswith(
        "We have no address of the United States"
    )
