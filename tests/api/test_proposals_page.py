"""Proposals of public lists on the page: accepted or turned down by a button, and taken back where they are listed."""

from lxml.html import HtmlElement

from iga.entering.writing import written
from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import LoadHeader
from iga.graph.workspace import Workspace
from tests.api.signed_in import Browser, found, page, posted, read, send
from tests.queries.world import card, node, rows

QUESTION = "/questions/world-watch"


def _listed(ledger: Ledger) -> LoadHeader:
    said = {"government": "gov:gha", "title": "Minister of Examples", "holder": "Ada Example"}
    line = node("Listing", "listing:one", list_name="The list", listed_on="2026-05-01", **said)
    with ledger.open_load(card("list:ministers", "Ministers")) as load:
        load.put(rows("ministers.csv", line))
        return load.commit({"read": 1})


def _buttons(shown: HtmlElement) -> list[str]:
    return [str(text) for text in found(shown, "//form[@action='/enter/proposal-answer']//button/text()")]


def test_a_proposal_is_answered_by_a_button_and_taken_back_beside_what_was_entered(
    office: Workspace, browser: Browser
) -> None:
    written(office, _listed)
    ana = browser()
    asked = page(ana, QUESTION)
    assert _buttons(asked) == ["Accept", "Turn down"]
    down = next(form for form in asked.forms if "Turn down" in form.text_content())
    said = read(posted(ana, "/enter/proposal-answer", dict(down.form_values())))
    assert "decision turned down" in said
    assert not _buttons(page(ana, QUESTION))
    assert "taken back" in read(send(ana, page(ana, "/entries"), "/entries/taken-back"))
    assert _buttons(page(ana, QUESTION)) == ["Accept", "Turn down"]
