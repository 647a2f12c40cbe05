"""Address cards: read by our own loader's reader, with the channels that may be used and no others."""

import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from icalendar.parser import Contentlines

from iga.exports.files.address_cards import AddressCard, CardChannel, cards_of_parties, write_cards
from iga.exports.files.party_file import party_rows
from iga.queries.core.session import Session
from tests.cli.conftest import commands_in
from tests.exports.exported_world import EVIL


def lines_of(*cards: AddressCard) -> list[str]:
    file = io.BytesIO()
    write_cards(file, cards)
    data = file.getvalue()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    read = Contentlines.from_ical(data)  # type: ignore[no-untyped-call]  # the library has types, but not here
    return [str(line) for line in read if line]


def unescaped(text: str) -> str:
    for written, letter in (("\\,", ","), ("\\;", ";"), ("\\n", "\n"), ("\\\\", "\\")):
        text = text.replace(written, letter)
    return text


def test_a_person_in_a_post_has_its_channels_and_those_not_to_be_used_are_said(world: Session) -> None:
    rows = party_rows(world, ["body:desk"], day="2026-11-25")
    cards, notes = cards_of_parties(rows.rows)
    person, office = sorted(cards, key=lambda card: not card.is_person)
    assert (person.name, person.title, person.organization) == (
        "Ada Okafor, MP; Dr",
        "Focal Point",
        ("Anti-Trafficking Desk",),
    )
    assert [(channel.value, channel.is_work) for channel in person.channels] == [("focal@example.org", True)]
    assert [channel.value for channel in office.channels] == ["desk@example.org"]
    assert notes[0] == "1 channel that bounced or must not be used left out"
    lines = lines_of(person)
    assert "FN:Ada Okafor\\, MP\\; Dr" in lines
    assert "N:Okafor;Ada \\, MP\\; Dr;;;" in lines
    assert "X-IGA-MARKING:internal" in lines


def test_who_held_a_post_before_is_not_on_a_card_and_on_a_card_of_then(world: Session) -> None:
    for day, name in (("2026-11-25", "Ada Okafor, MP; Dr"), ("2022-01-01", "Benno Before")):
        cards, _ = cards_of_parties(party_rows(world, ["body:desk"], day=day).rows)
        assert [card.name for card in cards if card.is_person] == [name]


def test_our_own_loader_reads_cards_back(world: Session, tmp_path: Path) -> None:
    cards, _ = cards_of_parties(party_rows(world, ["body:desk"], day="2026-11-25").rows)
    file = io.BytesIO()
    write_cards(file, cards)
    (tmp_path / "desk.vcf").write_bytes(file.getvalue())
    with commands_in(tmp_path) as iga:
        loaded = iga("load", "desk.vcf", "--json")
        assert (loaded.code, loaded.document["rejected"], loaded.document["new"]) == (0, 0, 2), loaded.err
        shown = iga("ask", "contact", "--party", "Anti-Trafficking Desk", "--json").document
        assert {row["channel_value"] for row in shown["rows"]} == {"focal@example.org", "desk@example.org"}
        assert shown["rows"][0]["holder_name"] == "Ada Okafor, MP; Dr"
        again = iga("load", "desk.vcf", "--json")
        assert again.document["unchanged"] == 2  # the same card keeps its UID


def test_a_name_cannot_end_its_card(world: Session) -> None:
    del world
    lines = lines_of(
        AddressCard(("a",), EVIL, is_person=True, channels=(CardChannel("website", "javascript:x", False),))
    )
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == ["BEGIN:VCARD", "END:VCARD"]
    assert not any(line.startswith("URL") for line in lines)


@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=120))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    [line] = [line for line in lines_of(AddressCard(("a",), name, is_person=False)) if line.startswith("FN:")]
    assert unescaped(line.removeprefix("FN:").replace("\\\\", "\x00")).replace("\x00", "\\") == name


def test_a_form_of_address_stands_beside_the_name_and_each_kind_of_channel_has_its_line() -> None:
    channels = (
        CardChannel("fax", "+1 202 555 0101", is_work=True),
        CardChannel("fax", "+1 202 555 0102", is_work=False),
        CardChannel("mobile", "+1 202 555 0103", is_work=True),
        CardChannel("mobile", "+1 202 555 0104", is_work=False),
        CardChannel("address", "1 Main St; Accra", is_work=True),
    )
    card = AddressCard(("a",), "Dr Ada Okafor", is_person=True, family_name="Okafor", honorific="Dr", channels=channels)
    lines = lines_of(card)
    assert "N:Okafor;Ada;;Dr;" in lines
    assert [line for line in lines if line.startswith(("TEL", "ADR"))] == [
        "TEL;TYPE=work,fax;PREF=1:+1 202 555 0101",
        "TEL;TYPE=fax;PREF=2:+1 202 555 0102",
        "TEL;TYPE=work,cell;PREF=3:+1 202 555 0103",
        "TEL;TYPE=cell;PREF=4:+1 202 555 0104",
        "ADR;TYPE=work;PREF=5:;;1 Main St\\; Accra;;;;",
    ]
