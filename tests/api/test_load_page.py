"""A file that is sent from a page: tried first, names decided, loaded, taken back; a finished paper checked."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from lxml.html import HtmlElement, fromstring

from api.app import create_app
from api.callers import ANYBODY, Entrance
from api.sign_ins import SignIns
from graph.reader import Reader
from graph.settings import read_settings
from graph.workspace import Workspace
from tests.api import listed
from tests.clock import clock

FROM_A_PAGE = {"Sec-Fetch-Site": "same-origin"}
PARTNERS = """Name,Country,Website
Acme Relief,Kenya,https://acme.example.org
Hope House (Nairobi),Kenya,https://hope.example.org
Third Partner,Atlantis,https://third.example.org
"""

Browser = Callable[..., TestClient]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return listed.made_in(tmp_path_factory.mktemp("loading"))


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    folder = copytree(made, tmp_path / "home")
    with Workspace(read_settings(listed.settled(folder)), clock=clock).kept_open() as workspace, workspace:
        yield workspace


@pytest.fixture
def browser(office: Workspace) -> Browser:
    sign_ins = SignIns(clock=clock)
    app = create_app(office, entrance=Entrance(anybody=ANYBODY, sign_ins=sign_ins))

    def signed_in(who: str = "Ana", role: str = "") -> TestClient:
        _, session = sign_ins.sign_in(sign_ins.link(Reader(who, "a brief", role=role)))
        headers = {"Cookie": f"__Host-iga-80={session}", "Sec-Fetch-Site": "none", "Accept": "text/html"}
        return TestClient(app, base_url="http://localhost", headers=headers, raise_server_exceptions=False)

    return signed_in


def shown_in(reply: Response) -> HtmlElement:
    shown: HtmlElement = fromstring(reply.text)
    return shown


def posted(client: TestClient, to: str, fields: dict[str, Any], **more: Any) -> Response:
    """Send a form as a browser does, and follow where it leads, which a client with a cookie of its own does not."""
    reply = client.post(to, data=fields, headers=FROM_A_PAGE, follow_redirects=False, **more)
    return client.get(reply.headers["location"]) if reply.status_code == 303 else reply


def found(shown: HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds."""
    return list(shown.xpath(path))


def read(reply: Response) -> str:
    return " ".join(shown_in(reply).text_content().split())


def form(shown: HtmlElement, to: str) -> dict[str, str]:
    [found] = [form for form in shown.forms if form.get("action") == to]
    return {name: value or "" for name, value in found.form_values()}


def sent(client: TestClient, content: bytes, name: str = "partners.csv", at: str = "/load", **more: str) -> Response:
    fields = form(shown_in(client.get(at)), at) | more
    return posted(client, at, fields, files={"file": (name, content)})


def again(client: TestClient, reply: Response, to: str = "/load/sent", **more: str | list[str]) -> Response:
    return posted(client, to, form(shown_in(reply), to) | more)


def without_marks(reply: Response) -> str:
    return form(shown_in(reply), "/load/sent")["mapping"].replace("# confirm:", "# checked:")


def test_a_file_is_looked_at_before_anything_is_loaded(browser: Browser, office: Workspace) -> None:
    ana, before = browser(), office.state().ledger_through
    tried = sent(ana, PARTNERS.encode())
    assert tried.status_code == 200, read(tried)
    assert "Tried, nothing is loaded yet: 3 rows read" in read(tried)
    assert "Row 1 would state" in read(tried)
    assert office.state().ledger_through == before


def test_while_a_guess_is_marked_it_is_not_loaded_and_nothing_typed_is_lost(browser: Browser) -> None:
    ana = browser()
    refused = again(ana, sent(ana, PARTNERS.encode()), do="load", because="from the desk")
    assert (refused.status_code, "still marked" in read(refused)) == (422, True), read(refused)
    kept = form(shown_in(refused), "/load/sent")
    assert kept["because"] == "from the desk"
    assert "# confirm" in kept["mapping"]


def test_it_is_loaded_found_and_taken_back(browser: Browser) -> None:
    ana = browser()
    tried = sent(ana, PARTNERS.encode())
    loaded = again(ana, tried, do="load", mapping=without_marks(tried), new=["Acme Relief", "Third Partner"])
    assert loaded.status_code == 200, read(loaded)
    assert "Loaded as load" in read(loaded)
    assert ana.get("/look?q=Acme+Relief", follow_redirects=False).status_code == 303
    back = again(ana, loaded, "/load/taken-back")
    assert "was taken back" in read(back)
    assert ana.get("/look?q=Acme+Relief", follow_redirects=False).status_code == 200


def test_rows_that_cannot_be_taken_come_as_a_file_to_be_corrected_for_whoever_sent_them(browser: Browser) -> None:
    ana, ben = browser(), browser("Ben")
    tried = sent(ana, f"{PARTNERS}Fourth,Kenya,https://fourth.example.org,a cell too many\n".encode())
    loaded = again(ana, tried, do="load", mapping=without_marks(tried))
    assert "Rows that were not taken" in read(loaded)
    [at] = [link for link in found(shown_in(loaded), "//a/@href") if link.startswith("/load/corrections")]
    assert b"https://fourth.example.org" in ana.get(at).content
    assert ben.get(at).status_code == 404
    assert ana.get("/load/corrections?upload=none&name=..%2Fledger.sqlite").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"\x00\x01\x02" * 50, "noise.bin", 422),
        (b"", "empty.csv", 422),
        (b"Name\nTOP SECRET//NOFORN list\n", "list.csv", 422),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(browser: Browser, content: bytes, name: str, status: int) -> None:
    refused = sent(browser(), content, name)
    assert refused.status_code == status, read(refused)
    assert "This cannot be answered so" in read(refused)


def test_only_who_keeps_the_data_loads_and_only_with_the_token_of_the_page(browser: Browser) -> None:
    editor, ana = browser("Ed", "editor"), browser()
    assert sent(editor, PARTNERS.encode()).status_code == 403
    files = {"file": ("partners.csv", PARTNERS.encode())}
    assert ana.post("/load", data={"token": "another"}, files=files, headers=FROM_A_PAGE).status_code == 403
    assert (
        ana.post("/load", data={"token": ""}, files=files, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../../../escaped.csv", "escaped.csv"),
        ("C:\\Users\\ana\\partners.csv", "partners.csv"),
        ("par\u202etners.csv", "partners.csv"),
        (f"{'a' * 300}.csv", f"{'a' * 60}.csv"),
    ],
)
def test_a_name_of_a_file_is_a_name_and_no_way_out_of_its_folder(browser: Browser, written: str, kept: str) -> None:
    assert found(shown_in(sent(browser(), PARTNERS.encode(), written)), "//h1/text()") == [kept]


@pytest.mark.parametrize("written", ["..", "."])
def test_what_is_no_name_is_no_file(browser: Browser, written: str) -> None:
    refused = sent(browser(), PARTNERS.encode(), written)
    assert (refused.status_code, "choose a file first" in read(refused).casefold()) == (422, True)


def test_a_finished_paper_is_checked_against_the_data_of_today(browser: Browser) -> None:
    ana = browser()
    paper = ana.get("/v1/memos/government.docx?party=Ghana")
    assert paper.status_code == 200, paper.text
    found = sent(ana, paper.content, "ghana.docx", "/papers/check")
    assert "No statements changed, 0 no longer said, 0 new" in read(found)
    contact = {"party": "Ghana", "email": "desk@example.org", "role": "focal point", "person": "Ada Example"}
    posted(ana, "/enter/contact", form(shown_in(ana.get("/enter/contact")), "/enter/contact") | contact)
    assert "Ada Example" in read(sent(ana, paper.content, "ghana.docx", "/papers/check"))
    refused = sent(ana, b"nothing", "ghana.docx", "/papers/check")
    assert (refused.status_code, "ghana" in read(refused) or "paper" in read(refused)) == (422, True)
