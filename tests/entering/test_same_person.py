"""The same name at the same post and address is one person, in both engines; at another address it is asked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.entering.contact_check import CHECK
from iga.entering.entry_kinds import CONTACT
from iga.graph.domain.edges import Holds, ReachedAt
from iga.graph.errors import Ambiguous, UsageError
from iga.graph.ledger.ledger import Ledger
from iga.graph.ledger.mentions import is_tie
from iga.ingest.officer_entries import Signed, enter_all
from iga.queries.core.session import Session
from tests.engines import ENGINES, projected, store_of
from tests.queries.world import NOW, TODAY, card, node, noon_in_june, rows

SIGNED = Signed(by="J. Example", on=TODAY)
ADA = {"party": "ESO", "role": "focal point", "person": "Ada Example", "email": "desk@eso.example"}


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    with Ledger.open(tmp_path / "l.sqlite", clock=noon_in_june) as ledger, store_of(request, tmp_path) as store:
        with ledger.open_load(card("list:bodies", "Bodies")) as load:
            load.put(rows("b.csv", node("InternationalOrganization", "org:eso", name="Example Office", acronym="ESO")))
            load.commit({"read": 1})
        before = projected(ledger, store, now=NOW)
        enter_all(ledger, [("typed", CONTACT.prepare(before, CONTACT.asked(ADA), SIGNED).entries[0])], signed=SIGNED)
        yield projected(ledger, store, now=NOW)


def people(session: Session, **more: str) -> set[str]:
    (entry,) = CONTACT.prepare(session, CONTACT.asked(ADA | more), SIGNED).entries
    return {it.source for it in entry.content.statements if is_tie(it, Holds)}


def test_the_same_name_at_one_post_is_one_person_where_the_address_fits(session: Session) -> None:
    (ada,) = people(session)
    for name in ("ADA example", "EXAMPLE, Ada", "Dr. Ada Example", "Example Ada", "Ms Ada EXAMPLE"):
        assert people(session, email="DESK@eso.example", person=name) == {ada}
        with pytest.raises(Ambiguous, match=f"--person {ada}"):
            people(session, email="other@eso.example", person=name)
        with pytest.raises(Ambiguous, match=f"--successor {ada}"):
            CHECK.prepare(session, CHECK.asked({"contact": ADA["email"], "successor": name}), SIGNED)
    assert people(session, email="", phone="+43 1 555 0100") == {ada}
    assert people(session, person="Bea Example", email="b@eso.example") != {ada}
    with pytest.raises(Ambiguous, match=f"--person {ada}; if it is another one, add --another"):
        people(session, email="other@eso.example")
    assert people(session, email="other@eso.example", person=ada) == {ada}


def test_a_mobile_is_the_persons_and_never_the_posts(session: Session) -> None:
    (entry,) = CONTACT.prepare(session, CONTACT.asked(ADA | {"email": "", "mobile": "+43 664 5550100"}), SIGNED).entries
    [reached] = [it for it in entry.content.statements if is_tie(it, ReachedAt)]
    assert {reached.source} == people(session)
    for more in ({"person": ""}, {"person": "", "role": ""}):
        with pytest.raises(UsageError, match="name the person who has it"):
            people(session, email="", mobile="+43 664 5550100", **more)
