"""A file that is sent from a page: tried first, names decided, loaded, taken back; a finished paper checked."""

import re

import pytest
from httpx2 import Response

from iga.exports.checking.check import MendedSentence
from iga.graph.workspace import Workspace
from tests.api.signed_in import FROM_A_PAGE, Browser, form, found, posted, read, send, shown_in
from tests.app_client import AppClient

PARTNERS = """Name,Country,Website
Acme Relief,Kenya,https://acme.example.org
Hope House (Nairobi),Kenya,https://hope.example.org
Third Partner,Atlantis,https://third.example.org
"""


def sent(client: AppClient, content: bytes, name: str = "partners.csv", at: str = "/load", **more: str) -> Response:
    fields = form(shown_in(client.get(at)), at) | more
    return posted(client, at, fields, files={"file": (name, content)})


def again(client: AppClient, reply: Response, to: str = "/load/sent", **more: str | list[str]) -> Response:
    return send(client, shown_in(reply), to, **more)


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


def test_corrected_rows_go_on_as_rows_of_the_source_they_were_rejected_from(browser: Browser) -> None:
    ana = browser()
    tried = sent(ana, f"{PARTNERS}Fourth,Kenya,https://fourth.example.org,a cell too many\n".encode())
    loaded = again(ana, tried, do="load", mapping=without_marks(tried))
    [at] = [link for link in found(shown_in(loaded), "//a/@href") if link.startswith("/load/corrections")]
    name = at.rpartition("name=")[2]
    corrected = ana.get(at).content.replace(b",a cell too many", b"")
    with_mapping = posted(ana, "/load", form(shown_in(loaded), "/load"), files={"file": (name, corrected)})
    assert "1 row read" in read(with_mapping)
    assert "(office:partners)" in read(with_mapping)
    by_itself = sent(ana, corrected, name)
    assert (by_itself.status_code, "its rows were rejected from office:partners" in read(by_itself)) == (422, True)


def test_a_marking_that_a_mapping_would_overrule_is_not_taken_in_silence(browser: Browser) -> None:
    ana = browser()
    refused = sent(ana, PARTNERS.encode(), marking="sensitive")
    assert (refused.status_code, "whose card says it" in read(refused)) == (422, True), read(refused)
    assert "Row 1 would state" in read(again(ana, refused, marking=""))


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
    editor, ana = browser("Ed", role="editor"), browser()
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
    ],
)
def test_a_name_of_a_file_is_a_name_and_no_way_out_of_its_folder(browser: Browser, written: str, kept: str) -> None:
    assert found(shown_in(sent(browser(), PARTNERS.encode(), written)), "//h1/text()") == [kept]


@pytest.mark.parametrize(
    ("written", "why"),
    [("..", "choose a file first"), (".", "choose a file first"), (f"{'a' * 300}.csv", "longer than 200 bytes")],
)
def test_what_is_no_name_is_no_file_and_a_long_one_is_not_cut_off(browser: Browser, written: str, why: str) -> None:
    refused = sent(browser(), PARTNERS.encode(), written)
    assert (refused.status_code, why in read(refused).casefold()) == (422, True)


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


def test_a_paper_of_before_a_sentence_was_mended_shows_what_rests_on_it(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = MendedSentence(question="contact", clause="*", wrong="It was shown as the post's.", release="1.0.0rc1")
    monkeypatch.setattr("iga.exports.checking.check.mended", lambda: (wrong,))
    ana = browser()
    contact = {"party": "Ghana", "email": "desk@example.org", "role": "focal point"}
    posted(ana, "/enter/contact", form(shown_in(ana.get("/enter/contact")), "/enter/contact") | contact)
    fresh = ana.get("/v1/memos/government.html?party=Ghana").text
    assert "Rests on a sentence" not in read(sent(ana, fresh.encode(), "ghana.html", "/papers/check"))
    older = re.sub('"version":"[^"]*"', '"version":""', fresh).encode()
    shown = read(sent(ana, older, "ghana.html", "/papers/check"))
    assert "Rests on a sentence that was mended" in shown
    assert "It was shown as the post's." in shown
