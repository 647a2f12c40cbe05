"""People are internal unless the card says where they are published; the load says how many become public."""

from collections.abc import Callable

import pytest

from iga.graph.domain.marking import Marking
from iga.graph.errors import MappingError
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.people_register import RegisteredPeople
from iga.graph.statements import EdgeStatement, NodeStatement
from iga.ingest.bundled import bundled_sources
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.people_markings import NOBODYS, PeopleOfLoad
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import a_mapping
from tests.reading import some

Loads = Callable[..., LoadReport]

PUBLISHED = 'basis: {published: "https://example.org/people", on: 2026-04-30}'
BODY = """
row_key: [id]
nodes:
  person: {class: Person, id: {template: "person:{id}"}, fields: {name: name}}
  post: {class: Post, id: {template: "post:{id}"}, fields: {name: post}}
  mail: {class: ContactPoint, id: {template: "contact:{id}"}, fields: {channel: {kind: {const: email}, value: mail}}}
  body: {class: PublicBody, id: {template: "body:{id}"}, fields: {name: body}}
edges:
  - {type: HOLDS, source: {block: person}, target: {block: post}}
  - {type: POST_IN, source: {block: post}, target: {block: body}}
  - {type: REACHED_AT, source: {block: person}, target: {block: mail}}
  - {type: MEMBER_OF, source: {block: person}, target: {const: "council:us-advisory-council"}}
  - {type: ADVISES, source: {block: person}, target: {block: body}}
"""
ROW = "id,name,post,mail,body\na,Ada Example,Desk,ada@example.org,Bureau\n"


def markings(ledger: Ledger) -> dict[str, Marking]:
    [row] = ledger.rows_of("test:people")
    return {
        s.cls if isinstance(s, NodeStatement) else s.type: Marking(s.marking)
        for s in row[-1].content.statements
        if isinstance(s, (NodeStatement, EdgeStatement))
    }


@pytest.mark.parametrize("words", ["", "marking: public"])
def test_people_and_what_is_theirs_are_internal_without_a_basis(loads: Loads, ledger: Ledger, words: str) -> None:
    card = f'card: {{source: "test:people", title: People{", " + words if words else ""}}}\n'
    report = loads(ROW, mapping=a_mapping(BODY, card=card))
    internal = ("Person", "ContactPoint", "HOLDS", "REACHED_AT", "MEMBER_OF", "ADVISES")
    public = ("Post", "PublicBody", "POST_IN")
    assert markings(ledger) == dict.fromkeys(internal, Marking.INTERNAL) | dict.fromkeys(public, Marking.PUBLIC)
    assert (report.people_public, report.people_basis, report.people_kept_internal) == (0, "", 1)
    assert "1 person is internal, with what the source says of them: it names no basis" in report.notes[-1]


def test_a_basis_makes_people_public_and_the_load_says_how_many(loads: Loads, ledger: Ledger) -> None:
    card = f'card: {{source: "test:people", title: People, marking: public, {PUBLISHED}}}\n'
    report = loads(ROW, mapping=a_mapping(BODY, card=card))
    assert set(markings(ledger).values()) == {Marking.PUBLIC}
    assert (report.people_public, report.people_basis) == (1, "https://example.org/people, 2026-04-30")
    assert report.notes[-1] == (
        "1 person is public by this load, on this basis: https://example.org/people, 2026-04-30"
    )


def test_a_basis_without_the_word_public_is_refused() -> None:
    with pytest.raises(MappingError, match="write `marking: public` beside it"):
        a_mapping(BODY, card=f'card: {{source: "test:people", title: People, {PUBLISHED}}}\n')


def test_a_channel_that_may_be_a_persons_is_internal_and_that_of_a_body_is_not(loads: Loads, ledger: Ledger) -> None:
    card = 'card: {source: "test:people", title: Channels}\n'
    body = """
row_key: [id]
nodes:
  mail: {class: ContactPoint, id: {template: "contact:{id}"}, fields: {channel: {kind: {const: email}, value: mail}}}
"""
    report = loads("id,mail\na,ada@example.org\n", mapping=a_mapping(body, card=card))
    assert markings(ledger) == {"ContactPoint": Marking.INTERNAL}
    assert "1 channel is internal" in report.notes[-1]
    of_a_body = body + 'edges: [{type: REACHED_AT, source: {const: "org:osce"}, target: {block: mail}}]\n'
    loads("id,mail\na,press@example.org\n", mapping=a_mapping(of_a_body, card=card))
    assert markings(ledger) == {"ContactPoint": Marking.PUBLIC, "REACHED_AT": Marking.PUBLIC}


@pytest.mark.slow
def test_every_bundled_person_who_is_public_has_a_basis(ledger: Ledger) -> None:
    sources = [mapped_reader(source.mapping) for source in bundled_sources()]
    files = [source.file for source in bundled_sources()]
    public: dict[str, set[str]] = {}
    for source, path in zip(sources, files, strict=True):
        people = PeopleOfLoad(source.card, RegisteredPeople.of(ledger, "restricted"))
        with source.opened(path, None) as file:
            for record in file.records:
                if stated := record.stated():
                    people.marked(stated[1])
        assert people.kept_internal | people.channels == set(), source.card.source
        public[source.card.basis] = public.get(source.card.basis, set()) | people.public
    assert some(public[basis] for basis in public if basis)
    assert not public[""]


@pytest.mark.parametrize(("owner", "taken"), [("person", 1), ("post", 0), ("body", 0)])
def test_a_mobile_is_marked_as_a_persons_and_refused_of_all_else(
    loads: Loads, ledger: Ledger, owner: str, taken: int
) -> None:
    body = BODY.replace("const: email", "const: mobile").replace(
        "source: {block: person}, target: {block: mail}", f"source: {{block: {owner}}}, target: {{block: mail}}"
    )
    report = loads(ROW, mapping=a_mapping(body, card='card: {source: "test:people", title: People}\n'))
    assert (report.new, report.rejected) == (taken, 1 - taken)
    if taken:
        assert markings(ledger)["ContactPoint"] == Marking.INTERNAL
    else:
        [refused] = report.rejections
        assert (refused.value, refused.reason) == ("ada@example.org", NOBODYS)
