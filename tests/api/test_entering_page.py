"""What an officer enters from a page: said back in words, refused with nothing lost, taken back, and nobody else's."""

import pytest

from iga.graph.domain.marking import Marking
from tests.api.signed_in import FROM_A_PAGE, Browser, found, page, posted, read, send, shown_in
from tests.app_client import AppClient

ADDRESS = "desk@example.org"
CONTACT = {"party": "ESO", "email": ADDRESS, "role": "focal point", "person": "Ada Example"}


def entered(client: AppClient, what: str, **filled: str) -> str:
    reply = send(client, page(client, f"/enter/{what}"), f"/enter/{what}", **filled)
    assert reply.status_code == 200, read(reply)
    return read(reply)


def test_a_meeting_is_said_back_in_words_and_taken_back(browser: Browser) -> None:
    ana = browser()
    said = entered(ana, "engagement", kind="call", on="2026-05-04", status="held", party="ESO", because="asked to")
    assert "Entered" in said
    assert "“Call with Example Security Organization”" in said
    assert "because: asked to" in said
    assert "Call with Example Security Organization" in read(ana.get("/questions/last-touch?party=ESO"))
    back = send(ana, page(ana, "/entries"), "/entries/taken-back")
    assert "taken back" in read(back)
    assert "Call with" not in read(ana.get("/questions/last-touch?party=ESO"))
    assert not found(page(ana, "/entries"), "//form[@action='/entries/taken-back']")


def test_our_government_takes_part_unless_it_is_said_not_to(browser: Browser) -> None:
    ana = browser()
    assert "gov:usa" in entered(ana, "engagement", kind="visit", on="2026-05-04", party="ESO")
    alone = entered(ana, "engagement", kind="visit", on="2026-05-05", party="ESO", without_us="true")
    assert "gov:usa" not in alone.partition("Enter something")[0]


def test_a_bounce_is_one_click_beside_the_address_and_leads_back_to_whom_to_contact(browser: Browser) -> None:
    ana = browser()
    entered(ana, "contact", **CONTACT)
    asked = page(ana, "/questions/contact?party=ESO")
    [bounced] = [form for form in asked.forms if "It bounced" in form.text_content()]
    said = posted(ana, "/enter/contact-check", dict(bounced.form_values()))
    assert f"Address {ADDRESS}: bounced on " in read(said)
    [again] = [link for link in found(shown_in(said), "//a/@href") if link.startswith("/questions/contact?")]
    assert found(page(ana, again), f"//s[text()='{ADDRESS}']")
    assert not found(page(ana, "/questions/contact?party=gov:gha"), "//form[@action='/enter/contact-check']")


def test_who_left_and_who_follows_are_entered_together(browser: Browser) -> None:
    ana = browser()
    entered(ana, "contact", **CONTACT)
    entered(ana, "contact-check", contact=ADDRESS, left="2026-05", successor="Bea Example")
    assert "Bea Example" in read(ana.get("/questions/contact?party=ESO"))


@pytest.mark.parametrize(
    ("kind", "filled", "status", "why"),
    [
        ("contact", {"party": "Nobody At All", "email": ADDRESS}, 404, "Nobody At All"),
        ("contact", {"party": "ESO"}, 422, "name one channel: email, phone, mobile or website"),
        ("contact", {"email": ADDRESS}, 422, "contact needs party"),
        ("engagement", {"party": "Ministry of Justice", "on": "2026-05"}, 409, "Ministry of Justice"),
        ("engagement", {"name": "A talk", "on": "never"}, 422, "never"),
        ("correction", {"id": "gov:gha", "field": "name", "value": "Gana"}, 422, "correction needs because"),
        ("contact-check", {"contact": ADDRESS}, 422, "say what was found"),
        ("introduction", {"party": "Ghana", "other": "Ghana", "status": "made"}, 422, "to itself"),
        ("answer", {"what": "A shelter"}, 422, "answer needs recommendation"),
        ("commitment", {"party": "Ghana", "words": "TOP SECRET//NOFORN a shelter"}, 422, "looks classified"),
    ],
)
def test_what_cannot_be_entered_comes_back_as_it_was_typed_with_the_reason(
    browser: Browser, kind: str, filled: dict[str, str], status: int, why: str
) -> None:
    ana = browser()
    reply = send(ana, page(ana, f"/enter/{kind}"), f"/enter/{kind}", **filled)
    assert (reply.status_code, why.casefold() in read(reply).casefold()) == (status, True), read(reply)
    assert filled.items() <= {pair for form in shown_in(reply).forms for pair in form.form_values()}
    assert read(ana.get("/entries")).count("Nothing yet") == 1


def test_of_a_name_that_several_have_each_is_named_with_its_id(browser: Browser) -> None:
    ana = browser()
    reply = send(ana, page(ana, "/enter/contact"), "/enter/contact", party="Ministry of Justice", email=ADDRESS)
    assert found(shown_in(reply), "//main//li/code/text()") == ["body:gha-justice", "body:ken-justice"]
    assert not [link for link in found(shown_in(reply), "//a/@href") if ADDRESS in link]


def test_a_value_is_corrected_from_the_page_that_shows_it(browser: Browser) -> None:
    ana = browser()
    link = next(at for at in found(page(ana, "/entities/org:eso"), "//a/@href") if "field=seat" in at)
    reply = send(ana, page(ana, link), "/enter/correction", value="Graz", because="it moved")
    assert "seat Graz" in read(reply)
    assert "Graz" in read(ana.get("/entities/org:eso"))
    assert "it moved" in read(ana.get("/entities/org:eso"))


def test_whoever_is_not_signed_in_enters_nothing_and_is_offered_nothing(browser: Browser) -> None:
    nobody, ana = browser(""), browser()
    assert [nobody.get(at).status_code for at in ("/enter", "/enter/contact", "/entries")] == [401] * 3
    assert nobody.post("/enter/contact", data=CONTACT, headers=FROM_A_PAGE).status_code == 401
    assert ana.post("/enter/contact", data=CONTACT, headers=FROM_A_PAGE).status_code == 403
    assert "/enter" not in nobody.get("/entities/org:eso").text


def test_under_a_ceiling_nothing_is_entered_and_what_was_typed_is_kept(browser: Browser) -> None:
    ben = browser("Ben", Marking.INTERNAL)
    reply = send(ben, page(ben, "/enter/contact"), "/enter/contact", party="ESO", email=ADDRESS)
    assert (reply.status_code, "needs sight of everything" in read(reply), ADDRESS in reply.text) == (403, True, True)


def test_nobody_takes_back_what_another_entered_here(browser: Browser) -> None:
    ana, ben = browser(), browser("Ben")
    entered(ana, "contact", party="ESO", email=ADDRESS)
    entered(ben, "contact", party="Kenya", email="other@example.org")
    [theirs] = [form for form in page(ana, "/entries").forms if form.get("action") == "/entries/taken-back"]
    key = dict(theirs.form_values()) | {"token": dict(page(ben, "/entries").forms[-1].form_values())["token"]}
    assert ben.post("/entries/taken-back", data=key, headers=FROM_A_PAGE).status_code == 404
    assert ADDRESS in read(ana.get("/questions/contact?party=ESO"))
