"""What a drafter writes into the blanks of a paper is in its frame and files, marked as theirs, and kept nowhere."""

import io

import docx
import pytest
from lxml.html import fromstring

from iga.graph.workspace import Workspace
from tests.api.signed_in import FROM_A_PAGE, Browser, found, page, read, words
from tests.app_client import AppClient

PAPER = "/papers/meeting?party=gov:gha"
TYPED = "We want 3 shelters, & a date"
OBJECTIVE = "objective-what-we-want-to-come-away-with"


def filled(client: AppClient, ending: str, **typed: str) -> tuple[int, bytes]:
    """Fill the form beside the outline, and press one of its buttons."""
    shown = page(client, PAPER)
    [form] = [it for it in shown.forms if "/filled" in it.get("action", "")]
    sent = {name: value or "" for name, value in form.form_values()} | typed | {"as": ending}
    reply = client.post(form.get("action"), data=sent, headers=FROM_A_PAGE)
    return reply.status_code, reply.content


def test_what_is_written_stands_in_the_frame_marked_as_the_drafters_own(browser: Browser) -> None:
    ana = browser()
    status, content = filled(ana, "frame", **{OBJECTIVE: TYPED, "TO": "The Director"})
    paper = fromstring(content.decode())
    assert status == 200
    assert f"Objective: {TYPED} (drafter)" in words(paper)
    assert "TO: The Director" in words(paper)
    assert "What (drafter) stands behind is the drafter's own, and has no source." in words(paper)
    [line] = found(paper, f"//p[contains(., '{TYPED}')]")
    assert (line.get("class"), found(line, ".//sup")) == ("drafter", [])
    assert "[DRAFTER: each point, and our reply]" in words(paper)  # what was left out stays blank


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_it_stands_in_each_file(browser: Browser, ending: str) -> None:
    status, content = filled(browser(), ending, **{OBJECTIVE: "A date for the shelters"})
    said = (
        "\n".join(it.text for it in docx.Document(io.BytesIO(content)).paragraphs)
        if ending == "docx"
        else content.decode()
    )
    assert (status, "A date for the shelters (drafter)" in said.replace("\\", "")) == (200, True)


def test_it_is_in_no_address_and_is_kept_nowhere(browser: Browser, office: Workspace) -> None:
    ana = browser()
    canary = "Quokka"
    assert filled(ana, "frame", **{OBJECTIVE: canary})[0] == 200
    assert canary not in read(ana.get(PAPER))
    kept = [path for path in office.settings.audit.parent.rglob("*") if path.is_file()]
    assert kept
    assert [path.name for path in kept if canary.encode() in path.read_bytes()] == []
    [action] = found(page(ana, PAPER), "//form[contains(@action, '/filled')]/@action")
    assert ana.get(action).status_code == 405


def test_what_looks_classified_is_refused_and_not_said_back(browser: Browser) -> None:
    status, content = filled(browser(), "frame", **{OBJECTIVE: "TOP SECRET//NOFORN a shelter"})
    assert (status, b"looks classified" in content, b"NOFORN" in content) == (422, True, False)


def test_whoever_is_not_signed_in_fills_nothing(browser: Browser) -> None:
    assert not found(page(browser(""), PAPER), "//form[contains(@action, '/filled')]")
    assert filled(browser(role="reader"), "md", **{OBJECTIVE: TYPED})[0] == 200  # who only reads drafts, too
    nobody = browser("").post("/papers/meeting/filled?party=gov:gha", data={"as": "md"}, headers=FROM_A_PAGE)
    assert nobody.status_code == 401
