"""A government is reached by its embassy with us before its embassies elsewhere, and each says where it stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Statement
from iga.queries.ask import ask
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.session import Session
from tests.queries.asking import asking
from tests.queries.world import card, edge, ledger_with, node, rows

GOVERNMENTS = {"fra": "France", "gha": "Ghana", "gin": "Guinea", "gnq": "Equatorial Guinea", "phl": "Philippines"}
MAIL = "{}-in-{}@list.example"


def _embassy(of: str, host: str, **values: object) -> Iterator[Statement]:
    """Yield an embassy with a post and its address, as a list of contacts states it."""
    body, post, point = (f"{kind}:{of}-in-{host or 'nowhere'}" for kind in ("body", "post", "contact"))
    stands = {"host": f"gov:{host}"} if host else {}
    yield node("PublicBody", body, name=f"Embassy of {GOVERNMENTS[of]}", government=f"gov:{of}", **stands, **values)
    yield node("Post", post, name="Attaché")
    yield edge("POST_IN", post, body)
    yield node("ContactPoint", point, channel={"kind": "email", "value": MAIL.format(of, host or "nowhere")})
    yield edge("REACHED_AT", post, point)


def _ledger(folder: Path) -> Ledger:
    public: list[Statement] = [node("Government", "gov:usa", name="United States", iso3="USA")]
    listed: list[Statement] = []
    for of, name in GOVERNMENTS.items():
        public.append(node("Government", f"gov:{of}", name=name, iso3=of.upper()))
        own = f"body:{of}-own"
        known = {"government": f"gov:{of}", "host": "gov:usa", "location": "Washington", "body_kind": "embassy"}
        public.append(node("PublicBody", own, name=f"Embassy of {name} in Washington", **known))
        channel = {"kind": "phone", "value": "+1 555 0100"}
        public += [node("ContactPoint", f"contact:{of}", channel=channel), edge("REACHED_AT", own, f"contact:{of}")]
        for host in ("", *GOVERNMENTS):
            listed += _embassy(of, host) if host != of else ()
    loads = [(card("ref:public", "Public"), public), (card("office:list", "A list"), listed)]
    return ledger_with(folder, [(its, rows(f"{its.source[4:]}.csv", *said)) for its, said in loads])


@pytest.fixture(scope="module")
def world() -> Iterator[Session]:
    with asking(_ledger) as session:
        yield session


@pytest.mark.parametrize("of", GOVERNMENTS)
def test_the_embassy_with_us_comes_first_and_each_names_where_it_stands(world: Session, of: str) -> None:
    answer = ask(world, "contact", {"party": f"gov:{of}"})
    assert "Embassy of" in answer.clauses[0].text
    assert "in Washington: +1 555 0100" in answer.clauses[0].text
    listed = [row for row in answer.rows if isinstance(row, ContactRow) and row.post]
    assert len(listed) == len(GOVERNMENTS)
    for row in listed:
        _, _, host = (row.body or "").rpartition("-")
        where = f"in {GOVERNMENTS[host]}" if host in GOVERNMENTS else "(in which country is not on file)"
        assert row.called.replace("in the ", "in ") == f"Attaché at Embassy of {GOVERNMENTS[of]} {where}"


def test_an_embassy_asked_for_by_its_id_is_named_with_where_it_stands(world: Session) -> None:
    for of in GOVERNMENTS:
        for host in GOVERNMENTS.keys() - {of}:
            said = ask(world, "contact", {"party": f"body:{of}-in-{host}"}).clauses[0].text
            assert f"Embassy of {GOVERNMENTS[of]} in " in said, said
            assert f"{GOVERNMENTS[host]}: {MAIL.format(of, host)}" in said
