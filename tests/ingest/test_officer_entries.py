import pytest

from iga.graph.errors import ClassifiedText, NotFound, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import OFFICERS, EdgeStatement, NodeStatement
from iga.ingest.officer_entries import (
    CARD,
    EdgeAt,
    NewContact,
    OfficerEntry,
    Signed,
    commitment,
    contact,
    correction,
    departure,
    engagement,
    enter_all,
    successor,
    verification,
    withdraw,
)

SIGNED = Signed(by="J. Example", on="2026-05-01", because="told by phone")
MAIL = {"channel": "email desk@example.org"}


def fresh() -> str:
    return "7f3a"


def nodes(entry: OfficerEntry) -> dict[str, NodeStatement]:
    return {one.id: one for one in entry.content.statements if isinstance(one, NodeStatement)}


def edges(entry: OfficerEntry) -> list[tuple[str, str, str]]:
    return [(e.type, e.source, e.target) for e in entry.content.statements if isinstance(e, EdgeStatement)]


def test_a_contact_is_reached_at_the_body_it_is_of() -> None:
    entry = contact(NewContact("org:osce", MAIL), signed=SIGNED, fresh=fresh)
    [point] = nodes(entry).values()
    assert point.values == {"channel": {"kind": "email", "value": "desk@example.org"}, "seen_on": [SIGNED.on]}
    assert edges(entry) == [("REACHED_AT", "org:osce", point.id)]
    assert entry.row_key == point.id
    assert entry.content.note == "told by phone"


def test_a_person_is_reached_in_a_post_and_no_id_holds_the_name() -> None:
    new = NewContact("org:osce", MAIL, person="Ada Okafor", role="Focal point", topics="THB")
    entry = contact(new, signed=SIGNED, fresh=fresh)
    post, person = "post:osce-focal-point", "person:7f3a"
    assert nodes(entry)[post].values["topics"] == ["trafficking-in-persons"]
    assert nodes(entry)[person].values == {"name": "Ada Okafor"}
    assert ("HOLDS", person, post) in edges(entry)
    assert ("POST_IN", post, "org:osce") in edges(entry)
    assert not any("okafor" in it.lower() for it in nodes(entry))
    [holds] = [e for e in entry.content.statements if isinstance(e, EdgeStatement) and e.type == "HOLDS"]
    assert holds.values == {"attested_on": ["2026-05-01"]}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewContact("org:osce", {}), "needs its channel"),
        (NewContact("org:osce", {"channel": "email nobody"}), "is not an e-mail address"),
        (NewContact("org:osce", {"channel": "pigeon x"}), "ContactPoint.channel"),
        (NewContact("org:osce", MAIL | {"langages": "en"}), "did you mean 'languages'"),
        (NewContact("org:osce", MAIL | {"verified_on": "1/2/2026"}), "could be"),
        (NewContact("award:x", MAIL), "award:x cannot stand in REACHED_AT"),
        (NewContact("OSCE", MAIL), "is not an id"),
        (NewContact("org:osce", MAIL, person="Ada"), "in which role"),
        (NewContact("post:x", MAIL, role="desk"), "is a post already"),
        (NewContact("org:osce", MAIL, topics="TIP"), "give the role"),
    ],
)
def test_a_contact_that_does_not_fit_is_refused_with_a_sentence(new: NewContact, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        contact(new, signed=SIGNED, fresh=fresh)
    assert told in caught.value.message


def test_an_engagement_is_named_by_name_and_first_day() -> None:
    entry = engagement(
        {"name": "Annual dialogue", "period": "2026-06-01/2026-06-02", "status": "planned", "topics": "TIP; smuggling"},
        organizers=("body:us-state-tip",),
        participants=("gov:gha",),
        signed=SIGNED,
    )
    it = "engagement:annual-dialogue-2026-06-01"
    assert nodes(entry)[it].values["period"] == {"start": "2026-06-01", "end_kind": "dated", "end": "2026-06-02"}
    assert edges(entry) == [("ORGANIZED", "body:us-state-tip", it), ("PARTICIPATED", "gov:gha", it)]


def test_what_officers_enter_is_internal_and_strongest() -> None:
    assert (CARD.marking, CARD.rank, CARD.complete) == (1, 10, False)


def test_a_commitment_has_a_maker_and_the_same_words_are_the_same_commitment() -> None:
    words = {"words": "We will open a shelter.", "due_on": "2027"}
    entry, again = (commitment(words, by=("gov:gha",), to=("gov:usa",), signed=SIGNED) for _ in range(2))
    [it] = nodes(entry)
    assert edges(entry) == [("MADE", "gov:gha", it), ("OWED_TO", it, "gov:usa")]
    assert again.row_key == entry.row_key
    long = commitment({"words": "We will open " * 20}, by=("gov:gha",), signed=SIGNED)
    statement = long.content.statements[0]
    assert isinstance(statement, NodeStatement)
    assert str(statement.values["name"]).endswith("We will …")
    with pytest.raises(UsageError, match="needs who made it"):
        commitment({"words": "x"}, by=(), signed=SIGNED)


@pytest.mark.parametrize(
    ("of", "name", "value", "values"),
    [
        ("gov:gha", "capital", "Accra", {"capital": "Accra"}),
        ("gov:gha", "sovereignty", "USA", {"sovereignty": "gov:usa"}),
        ("org:osce", "member_count", "57", {"member_count": 57}),
        ("org:osce", "existence", "1975-08/..", {"existence": {"start": "1975-08", "end_kind": "open", "end": ""}}),
        ("org:osce", "existence", "/1990", {"existence": {"start": "", "end_kind": "dated", "end": "1990"}}),
        ("award:x", "stated_total", "$1,000 USD announced 2024",
         {"stated_total": {"amount": "1000", "currency": "USD", "measure": "announced", "value_date": "2024"}}),
        ("named:ngo:x", "aliases", "A; B", {"aliases": ["A", "B"]}),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_correction_states_one_field(of: str, name: str, value: str, values: dict[str, object]) -> None:
    entry = correction(of, name, value, signed=SIGNED)
    assert entry.row_key == f"correct:{of}:{name}"
    assert nodes(entry)[of].values == values


def test_a_correction_of_a_relationship_keeps_what_makes_it_this_one() -> None:
    period: dict[str, str] = {"start": "1973", "end_kind": "unknown", "end": ""}
    at = EdgeAt("MEMBER_OF", "gov:usa", "org:osce", {"period": period})
    entry = correction(at, "category", "participating State", signed=SIGNED)
    [edge] = entry.content.statements
    assert isinstance(edge, EdgeStatement)
    assert edge.values == {"period": period, "category": "participating State"}


@pytest.mark.parametrize(
    ("of", "name", "value", "told"),
    [
        ("gov:gha", "capitol", "Accra", "did you mean 'capital'"),
        ("gov:gha", "capital", " ", "the value is blank"),
        ("ghana", "capital", "Accra", "is not an id"),
        ("org:osce", "member_count", "many", "not a whole number"),
        ("gov:gha", "sovereignty", "Atlantis", "nothing is known as 'Atlantis'"),
        ("org:osce", "existence", "2001/1999", "lies before the start"),
        ("award:x", "stated_total", "lots", "is not an amount"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_with_a_sentence(of: str, name: str, value: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        correction(of, name, value, signed=SIGNED)
    assert told in caught.value.message


def test_a_correction_needs_its_reason() -> None:
    with pytest.raises(UsageError, match="--because"):
        correction("gov:gha", "capital", "Accra", signed=Signed("J. Example", "2026-05-01"))


def test_a_check_of_a_contact_says_who_and_when() -> None:
    worked = verification("contact:x", works=True, how="reply received", signed=SIGNED)
    values = {"verified_on": "2026-05-01", "verified_by": "J. Example", "verified_how": "reply received"}
    assert nodes(worked)["contact:x"].values == values
    bounced = verification("contact:x", works=False, signed=SIGNED)
    assert nodes(bounced)["contact:x"].values == {"bounced_on": "2026-05-01"}
    assert (worked.row_key, bounced.row_key) == ("verify:contact:x", "bounced:contact:x")
    with pytest.raises(UsageError, match="is not a contact"):
        verification("gov:gha", works=True, signed=SIGNED)


def test_who_left_ends_the_very_term_and_names_nobody_after() -> None:
    period = {"start": "2024-02", "end_kind": "open", "end": ""}
    term = EdgeAt("HOLDS", "person:a", "post:b", {"period": period})
    entry = departure(term, left_on="2026-08", signed=SIGNED)
    assert edges(entry) == [("HOLDS", "person:a", "post:b")]
    [said] = entry.content.statements
    assert isinstance(said, EdgeStatement)
    assert said.values == {"period": {"start": "2024-02", "end_kind": "dated", "end": "2026-08"}}
    with pytest.raises(UsageError, match="before the start"):
        departure(term, left_on="2023", signed=SIGNED)
    with pytest.raises(UsageError, match="no term in a post"):
        departure(EdgeAt("POST_IN", "post:b", "org:osce"), left_on="2026", signed=SIGNED)


def test_a_successor_is_a_new_person_seen_on_the_day_and_no_id_holds_the_name() -> None:
    entry = successor("post:b", "Zoe Example", on="2026-04", signed=SIGNED, fresh=fresh)
    assert edges(entry) == [("HOLDS", f"person:{fresh()}", "post:b")]
    assert "zoe" not in entry.row_key
    with pytest.raises(UsageError, match="is not a post"):
        successor("gov:gha", "Zoe Example", signed=SIGNED, fresh=fresh)


def test_typed_text_that_looks_classified_is_not_stored() -> None:
    with pytest.raises(ClassifiedText) as caught:
        correction("gov:gha", "summary", "(S//NF) delta", signed=SIGNED)
    assert "delta" not in caught.value.message


def test_an_entry_is_a_row_that_can_be_changed_and_taken_back(ledger: Ledger) -> None:
    for capital in ("Acra", "Accra"):
        entry = correction("gov:gha", "capital", capital, signed=SIGNED)
        header = enter_all(ledger, [("entry", entry)], signed=SIGNED)
    assert (header.by, header.because) == ("J. Example", "told by phone")
    assert [len(row) for row in ledger.rows_of(OFFICERS)] == [2]
    withdraw(ledger, "correct:gov:gha:capital", signed=SIGNED)
    [row] = ledger.rows_of(OFFICERS)
    assert row[-1].content.statements == ()
    with pytest.raises(NotFound):
        withdraw(ledger, "correct:gov:gha:capital", signed=SIGNED)


def test_an_id_in_place_of_a_name_is_of_who_has_it() -> None:
    new = NewContact("org:osce", MAIL, person="person:known", role="adviser")
    said = contact(new, signed=SIGNED, fresh=lambda: "fresh").content.statements
    assert [it.source for it in said if isinstance(it, EdgeStatement) and it.type == "HOLDS"] == ["person:known"]
    assert not any(isinstance(it, NodeStatement) and it.cls == "Person" for it in said)
