"""What belongs to a party is the same, found from the party down or from the things up."""

import pytest

from iga.queries.core.answer import Subject
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.scope import belonging, scope_of
from iga.queries.core.session import Session

DAYS = ("2019-01-01", "2026-06-01")


@pytest.mark.slow
def test_from_the_things_up_the_same_belongs_to_each_party_as_from_it_down(demo: Session) -> None:
    everything = {entity.id: entity for entity in demo.read(all_of("Entity"), Everything())}
    owned = ("org:osce", "org:un", "forum:bali-process", "gov:gha", "gov:phl", "ngo:fictional-relief-international")
    posts = [entity for entity in everything.values() if entity.cls in ("Post", "Person")][::40]
    parties = [Subject(**everything[id_].subject.model_dump()) for id_ in owned] + [one.subject for one in posts]
    for day in DAYS:
        belongs = belonging(demo, parties, everything, day=day)
        for party in parties:
            assert belongs[party.id] == set(scope_of(demo, party, day=day).ids), (party, day)
    assert len(belongs["org:osce"]) > 10
