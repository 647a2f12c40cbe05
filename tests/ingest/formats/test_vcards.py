from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.domain.marking import Marking
from iga.graph.errors import ClassifiedText, FileRefused
from iga.ingest.address_words import form_of_address
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.formats.vcards import VCARD
from tests.ingest.formats.conftest import Loads
from tests.ingest.formats.pages import is_name


def card(*lines: str, version: str = "4.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def test_a_person_holds_a_post_in_the_innermost_unit_and_is_reached_there(loads: Loads) -> None:
    loaded = loads(VCARD.example)
    person, post = loaded.node("Person"), loaded.node("Post")
    assert person.values == {"name": "Ada Okafor", "family_name": "Okafor", "form_of_address": "Ambassador"}
    assert post.values == {"name": "Focal Point", "topics": ["trafficking-in-persons"]}
    assert {node.id: node.values["name"] for node in loaded.nodes if node.cls == "Organization"} == {
        "named:organization:ministry-of-example": "Ministry of Example",
        "named:organization:anti-trafficking-unit-ministry-of-example": "Anti-Trafficking Unit",
    }
    ends = {edge.type: (edge.source, edge.target) for edge in loaded.edges}
    unit = "named:organization:anti-trafficking-unit-ministry-of-example"
    assert ends["PART_OF"] == (unit, "named:organization:ministry-of-example")
    assert ends["POST_IN"] == (post.id, unit)
    assert ends["HOLDS"] == (person.id, post.id)
    assert ends["REACHED_AT"][0] == post.id
    assert next(edge for edge in loaded.edges if edge.type == "HOLDS").values == {"attested_on": ["2031-01-05"]}
    assert loaded.node("ContactPoint").values["channel"] == {"kind": "email", "value": "a.okafor@example.org"}


def test_ids_of_people_hold_no_name_and_stay_with_the_uid(loads: Loads) -> None:
    first = loads(card("UID:urn:uuid:7", "FN:Ada Okafor"))
    assert "ada" not in first.node("Person").id
    again = loads(card("UID:urn:uuid:7", "FN:Ada Okafor-Smith"))
    assert again.counts == {"read": 1, "changed": 1}
    assert again.node("Person").id == first.node("Person").id


def test_nothing_private_is_read_and_each_kind_of_it_is_counted(loads: Loads) -> None:
    text = card(
        "FN:Ada Okafor",
        "BDAY:19700101",
        "ANNIVERSARY:19990101",
        "GENDER:F",
        "NOTE:likes tea",
        "PHOTO:data:image/jpeg;base64," + "A" * 300_000,
        "RELATED;TYPE=spouse:urn:uuid:9",
        "TEL;TYPE=home:+1 555 0100",
        "TEL;TYPE=home;TYPE=voice:+1 555 0101",
        'TEL;TYPE="voice,HOME":+1 555 0102',
        "ADR;TYPE=home:;;Somewhere 1;;;;",
        "item1.EMAIL:private@example.org",
        "item1.X-ABLabel:_$!<Home>!$_",
    )
    loaded = loads(text)
    assert [node.cls for node in loaded.nodes] == ["Person"]
    assert loaded.node("Person").values == {"name": "Ada Okafor"}
    assert "addresses, numbers or pages left out as private (5): home 4, _$!<home>!$_ 1" in loaded.told
    for name in ("BDAY", "ANNIVERSARY", "GENDER", "NOTE", "PHOTO", "RELATED"):
        assert f"{name} 1" in loaded.told


def test_whose_number_it_is_and_what_is_other_are_private_too(loads: Loads) -> None:
    text = card(
        "FN:Ada Okafor",
        "item1.TEL:+1 555 0100",
        "item1.X-ABLabel:_$!<Assistant>!$_",
        "item2.TEL:+1 555 0101",
        "item2.X-ABLabel:_$!<Other>!$_",
        "TEL;TYPE=work:+1 555 0102",
    )
    loaded = loads(text)
    assert loaded.node("ContactPoint").values["channel"] == {"kind": "phone", "value": "+1 555 0102"}
    assert "addresses, numbers or pages left out as private (2)" in loaded.told


@pytest.mark.parametrize(
    "label",
    [
        *(
            "TEL;TYPE=work,cell:",
            "TEL;TYPE=cell:",
            "TEL;TYPE=WORK;TYPE=CELL:",
            "TEL;TYPE=iPhone:",
            "TEL;TYPE=work,mobil:",
        ),
        *("item1.X-ABLabel:_$!<Mobile>!$_\r\nitem1.TEL;TYPE=work:", "item1.X-ABLabel:WhatsApp\r\nitem1.TEL;TYPE=work:"),
    ],
)
def test_what_somebody_carries_along_is_theirs_and_never_an_offices(loads: Loads, label: str) -> None:
    number = f"{label}+1 555 0100"
    person = loads(card("FN:Ada Okafor", "ORG:Ministry of Example", "TITLE:Focal Point", number))
    [reached] = [edge for edge in person.edges if edge.type == "REACHED_AT"]
    assert reached.source == person.node("Person").id
    assert person.node("ContactPoint").values["kind_of_owner"] == "person"
    assert person.node("ContactPoint").values["channel"] == {"kind": "mobile", "value": "+1 555 0100"}
    office = loads(card("KIND:org", "FN:ODIHR", "EMAIL:office@example.org", number), name="y.vcf")
    assert office.node("ContactPoint").values["channel"] == {"kind": "email", "value": "office@example.org"}
    assert "mobile numbers left out, each on the card of an office and nobody's: 1" in office.told


def test_a_form_of_address_is_nobodys_post(loads: Loads) -> None:
    loaded = loads(card("FN:Ada Okafor", "TITLE:H.E."))
    assert loaded.node("Person").values == {"name": "Ada Okafor", "form_of_address": "H.E."}
    assert not [node for node in loaded.nodes if node.cls == "Post"]


def test_people_and_channels_stay_internal_whatever_is_said(loads: Loads) -> None:
    loaded = loads(VCARD.example, words=CardWords(marking="public"))
    internal = {node.cls for node in loaded.nodes if node.marking == Marking.INTERNAL}
    assert internal == {"Person", "ContactPoint"}
    assert {edge.type for edge in loaded.edges if edge.marking == Marking.INTERNAL} == {"HOLDS", "REACHED_AT"}
    assert loads(VCARD.example, name="y.vcf").card_marking == Marking.INTERNAL


def test_offices_are_bodies_that_are_known_or_organizations_by_name(loads: Loads) -> None:
    loaded = loads(
        card("KIND:org", "UID:1", "FN:ODIHR", "EMAIL:office@example.org", "LANG:en", "CATEGORIES:THB,Friends")
        + card("UID:2", "FN:Example Relief", "ORG:Example Relief", "N:;;;;", "TEL:+1 555 0100", version="3.0")
    )
    assert sorted(edge.source for edge in loaded.edges) == ["named:organization:example-relief", "org:odihr"]
    assert [node.values["kind_of_owner"] for node in loaded.nodes if node.cls == "ContactPoint"] == ["body", "body"]
    mail = next(node for node in loaded.nodes if "email" in str(node.values))
    assert (mail.values["topics"], mail.values["languages"]) == (["trafficking-in-persons"], ["en"])


def test_groups_have_the_people_whose_uids_they_name(loads: Loads) -> None:
    loaded = loads(
        card("KIND:group", "UID:g", "FN:Core group", "MEMBER:urn:uuid:1", "MEMBER:mailto:x@example.org")
        + card("UID:urn:uuid:1", "FN:Ada Okafor")
    )
    [member] = [edge for edge in loaded.edges if edge.type == "MEMBER_OF"]
    assert member.source == loaded.node("Person").id
    assert "members named by their mail address 1" in loaded.told


def test_older_versions_are_read_and_that_is_said(loads: Loads) -> None:
    old = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=84rztin;Ada",
        "ORG:Example Relief",
        "TITLE;ENCODING=QUOTED-PRINTABLE:Head of =",
        "office",
        "TEL;WORK;FAX:+1 555 0100",
        "TEL;HOME:+1 555 0101",
        version="2.1",
    )
    loaded = loads(old)
    assert loaded.node("Person").values["name"] == "Ada Ärztin"
    assert loaded.node("Post").values["name"] == "Head of office"
    assert loaded.node("ContactPoint").values["channel"] == {"kind": "fax", "value": "+1 555 0100"}
    assert "other versions than 4.0 were read as well as they can be: 2.1 1" in loaded.told


def test_a_charset_that_nobody_knows_is_read_as_utf_8(loads: Loads) -> None:
    name = "N;CHARSET=X-OWN;ENCODING=QUOTED-PRINTABLE:=C3=84rztin;Ada"
    assert loads(card(name, version="2.1")).node("Person").values["name"] == "Ada Ärztin"


def test_a_page_that_is_none_of_the_web_is_left_out_and_said(loads: Loads) -> None:
    loaded = loads(card("FN:Ada Okafor", "URL:ftp://example.org", "TEL: "))
    assert [node.cls for node in loaded.nodes] == ["Person"]
    assert "addresses that are none of the web 1" in loaded.told


def test_folded_and_escaped_lines_are_put_together(loads: Loads) -> None:
    loaded = loads(card("FN:Ada\r\n  Oka\r\n\tfor\\, Amb.", "ORG:Relief\\; Example;Unit"))
    assert loaded.node("Person").values["name"] == "Ada Okafor, Amb."
    assert "Relief; Example" in {node.values["name"] for node in loaded.nodes if node.cls == "Organization"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("EMAIL:a@example.org",), "no name"),
        (("FN:A", "EMAIL:not an address"), "not an e-mail address"),
        (("FN:A\0B",), "NUL"),
        (("FN:" + "x" * 200_000,), "too long"),
        (("FN;=:A",), "cannot be read"),
        (("FN:A", *["X-A:1"] * 6_000), "too long to be one"),
        (("FN:A", "KIND:org", "ORG:;"), "no name"),
    ],
)
def test_a_hostile_card_is_rejected_and_the_file_goes_on(loads: Loads, lines: tuple[str, ...], said: str) -> None:
    loaded = loads(card("FN:First") + card(*lines) + card("FN:Last"))
    assert loaded.counts == {"read": 3, "new": 2, "rejected": 1}
    assert said in loaded.report.rejections[0].reason


def test_a_card_that_is_never_closed_is_rejected_and_lines_outside_are_counted(loads: Loads) -> None:
    loaded = loads(card("FN:A") + "stray\n" + "BEGIN:VCARD\nFN:B\n")
    assert loaded.counts == {"read": 2, "new": 1, "rejected": 1}
    assert "never closed" in loaded.report.rejections[0].reason
    assert "lines outside of every card, not read: 1" in loaded.told


def test_a_bottomless_file_is_refused_and_classified_notes_stop_it(loads: Loads) -> None:
    with pytest.raises(FileRefused, match="nested"):
        loads("BEGIN:VCARD\n" * 100_000)
    with pytest.raises(ClassifiedText):
        loads(card("FN:A", "NOTE:first\\nSECRET//NOFORN\\nlast"))


def test_things_that_are_no_people_are_skipped(loads: Loads) -> None:
    loaded = loads(card("KIND:location", "FN:Room 1"))
    assert loaded.counts == {"read": 1, "skipped": 1}
    assert "location 1" in loaded.told


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60)


def escaped(text: str) -> str:
    for letter in ("\\", ",", ";"):
        text = text.replace(letter, "\\" + letter)
    return text


def folded(line: str, width: int) -> str:
    return "\r\n ".join(line[place : place + width] for place in range(0, len(line), width))


@given(name=TEXT, title=TEXT, width=st.integers(5, 75))
def test_any_text_comes_back_however_it_is_folded(loads: Loads, name: str, title: str, width: int) -> None:
    if not name.strip() or not title.strip() or "(S)" in name + title or form_of_address(title):
        return
    if not is_name("Person", name) or not is_name("Post", title):
        return
    lines = (f"FN:{escaped(name)}", "N:;;;;", f"TITLE:{escaped(title)}")
    loaded = loads(card("UID:1", *(folded(line, width) for line in lines)))
    said = {node.cls: node.values["name"] for node in loaded.nodes}
    composed = {"Person": " ".join(name.split()), "Post": " ".join(title.split())}
    assert said == {kind: normalize("NFC", text) for kind, text in composed.items()}
