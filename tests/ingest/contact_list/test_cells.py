"""What the cells of a contact list mean: headings, names, offices, addresses, days."""

import pytest

from iga.ingest.contact_list.headings import Header, Meaning, header_in, meaning_of
from iga.ingest.contact_list.loose_days import DayReader, order_of, year_of
from iga.ingest.contact_list.offices import office
from iga.ingest.contact_list.people import ListedChannel, NamedPerson, channels, people


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Name (LAST, First)", "person"), ("Full name", "person"), ("Contact person", "person"),
        ("Surname", "last"), ("Last Name", "last"), ("First Name", "first"),
        ("Title/Org", "title_organization"), ("Position & Agency", "title_organization"), ("Job title", "title"),
        ("Ministry / Agency", "organization"), ("Organisation", "organization"), ("Country", "country"),
        ("E-mail / phone", "channels"), ("Contact details", "channels"), ("EMAIL ADDRESS", "email"),
        ("Mobile", "phone"), ("Tel.", "phone"), ("Fax", "fax"), ("Topic", "topics"), ("Portfolio", "topics"),
        ("Last contact", "day"), ("As of", "day"), ("POC in office", "owner"), ("Our POC", "owner"),
        ("Notes", "notes"), ("Comments", "notes"), ("Languages", "languages"), ("No.", "number"),
        ("Birthday", None), ("Shoe size", None), ("", "number"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_heading_is_known_by_its_words(heading: str, meaning: Meaning | None) -> None:
    assert meaning_of(heading) == meaning


def test_a_header_is_the_row_that_says_who_and_how() -> None:
    rows = [["Contacts of the office"], ["a@example.org", "name", "phone"], ["Topic", "E-mail", "Name", "Org"], ["x"]]
    header = header_in(rows)
    assert header is not None
    assert (header.row, header.columns("email"), header.columns("person")) == (2, (1,), (2,))
    assert header_in([["id", "name", "country"], ["phone", "fax"]]) is None
    above = ["Organization", "", "Person", "", "Channels", ""]
    grouped = header_in([["List of contacts"], above, ["Name", "Country", "Name", "Title", "E-mail", "Mobile"]])
    assert grouped is not None
    assert grouped.meanings[:4] == ("organization", "country", "person", "title")
    twice = header_in([["List of contacts"], ["Name", "Organization", "E-mail", "E-mail"]])
    assert twice is not None
    assert twice.names == ("Name", "Organization", "E-mail", "E-mail")
    of_theirs = header_in([["POC", "Agency", "E-mail"]])
    assert of_theirs is not None
    assert of_theirs.columns("person") == (0,)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("OKAFOR, Ada", NamedPerson("Ada Okafor", "Okafor")),
        ("SMITH-JONES, Ann Marie", NamedPerson("Ann Marie Smith-Jones", "Smith-Jones")),
        ("Ada OKAFOR", NamedPerson("Ada Okafor", "Okafor")),
        ("Ada Okafor", NamedPerson("Ada Okafor")),
        ("VAN DER BERG, Anna", NamedPerson("Anna VAN DER BERG", "VAN DER BERG")),
        ("Van der Berg, Anna", NamedPerson("Anna Van der Berg", "Van der Berg")),
        ("de la Cruz, Ana", NamedPerson("Ana de la Cruz", "de la Cruz")),
        ("McDONALD, Ian", NamedPerson("Ian McDONALD", "McDONALD")),
        ("Ms. Okafor, Ada", NamedPerson("Ada Okafor", "Okafor", "Ms.")),
        ("OKAFOR, Dr. Ada", NamedPerson("Ada Okafor", "Okafor", "Dr.")),
        ("Okafor, Ada, Ph.D.", NamedPerson("Ada Okafor", "Okafor")),
        ("H.E. Ada Okafor", NamedPerson("Ada Okafor", "", "H.E.")),
    ],
)
def test_a_name_is_read_in_the_order_it_is_spoken(text: str, person: NamedPerson) -> None:
    found = people(text)
    assert (found.persons, found.doubts) == ((person,), ())


def test_what_stands_beside_a_name_is_heeded() -> None:
    assert people("DOE, Jo (acting)").is_acting
    assert people("DOE, Jo (left)").has_left
    assert people("Jo Doe - retired in May").has_left
    assert "not certain" in people("DOE, Jo?").doubts[0][0]
    assert "names 2 people" in people("DOE, Jo; ROE, Al").doubts[0][0]
    assert people("Vacant").is_vacant
    assert people("(vacant)").is_vacant
    assert not people("").doubts


@pytest.mark.parametrize("text", ["0sman Unreal", "Osm4n Unreal", "OSMAN UNREA1", "Osman |Unreal3"])
def test_digits_for_letters_hide_nobody(text: str) -> None:
    found = people(text)
    assert (len(found.persons), "digits for letters" in found.doubts[0][0]) == (1, True)
    assert not any(map(str.isdigit, found.persons[0].name))


@pytest.mark.parametrize("text", ["Desk 12", "Unit A1", "G20 Sherpa", "Room 3B", "COVID19 Team"])
def test_what_has_numbers_and_is_no_name_stays_none(text: str) -> None:
    assert people(text).persons == ()


@pytest.mark.parametrize(
    "text", ["TBD", "?", "n/a", "Dr.", "+1 555 0100", "a@example.org", "Ada Okafor, Kofi Mensah, Al Roe"]
)
def test_what_is_no_name_is_listed_and_not_taken(text: str) -> None:
    found = people(text)
    assert (found.persons, len(found.doubts)) == ((), 1)


@pytest.mark.parametrize(
    ("text", "title", "body", "kind", "government"),
    [
        ("Focal Point, Min. of Example", "Focal Point", "Min. of Example", "body", ""),
        ("Ministry of Labor, Director", "Director", "Ministry of Labor", "body", ""),
        ("Head, Trafficking Unit, Ministry of Interior, Ghana", "Head, Trafficking Unit", "Ministry of Interior",
         "body", "gov:gha"),
        ("Desk officer at the Ministry of Justice of Kenya", "Desk officer", "Ministry of Justice of Kenya", "body",
         "gov:ken"),
        ("Attaché\nEmbassy of Peru in Vienna", "Attaché", "Embassy of Peru in Vienna", "body", "gov:per"),
        ("Focal Point - Ghana Police Service", "Focal Point", "Ghana Police Service", "body", "gov:gha"),
        ("Adviser, OSCE", "Adviser", "OSCE", "org", ""),
        ("Adviser (Ghana), University of Example", "Adviser", "University of Example", "academic", "gov:gha"),
        ("Editor, Example Times", "Editor", "Example Times", "media", ""),
        ("CEO, Example Ltd", "CEO", "Example Ltd", "company", ""),
        ("Founder, Example Relief", "Founder", "Example Relief", "organization", ""),
        ("Director", "Director", "", "", ""),
        ("UNODC", "", "UNODC", "org", ""),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_title_and_organization_are_told_apart(text: str, title: str, body: str, kind: str, government: str) -> None:
    found = office(text)
    assert (found.title, found.body, found.kind, found.government, found.doubts) == (title, body, kind, government, ())


def test_what_may_be_either_is_read_and_said() -> None:
    found = office("Zork, Blip")
    assert (found.title, found.body) == ("Zork", "Blip")
    assert "may be a title or an organization" in found.doubts[0][0]
    assert office("Acting Director, OSCE").is_acting
    assert office("Adviser, OSCE (as of Jan)").remarks == ("as of Jan",)
    assert "'???' may be a title or an organization" in office("???, Head, OSCE").doubts[0][0]
    assert "may be a title or an organization; it was read as the latter" in office("Zork").doubts[0][0]
    assert "may name several organizations" in office(body="Example Relief; Example Aid").doubts[0][0]
    assert (office("Zork, OSCE").title, office("Zork, Director, OSCE").title) == ("Zork", "Director, Zork")
    assert (office("Director, Zork").body, office(body="NGO Example").kind) == ("Zork", "ngo")
    assert office("Director", country="Ruritania").unknown_country == "Ruritania"


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("a@example.org; +1 555 0100", [("email", "a@example.org"), ("phone", "+1 555 0100")]),
        ("a@example.org b@example.org", [("email", "a@example.org"), ("email", "b@example.org")]),
        ("Ada Okafor <a@example.org>", [("email", "a@example.org")]),
        ("tel +1 (555) 010-0100 x12, fax: +1 555 0101", [("phone", "+1 (555) 010-0100 x12"), ("fax", "+1 555 0101")]),
        ("WhatsApp +1 555 010 0100", [("messenger", "+1 555 010 0100")]),
        ("m: 0555 123 456\nmailto:a@example.org", [("mobile", "0555 123 456"), ("email", "a@example.org")]),
    ],
)
def test_every_address_and_number_of_a_cell_is_found(text: str, ways: list[tuple[str, str]]) -> None:
    found, left = channels(text)
    assert ([(way.kind, way.value) for way in found], left) == (ways, ())


def test_an_address_that_is_marked_as_old_is_not_to_be_used() -> None:
    found, _ = channels("old: a@example.org; b@example.org")
    assert found == (
        ListedChannel("email", "a@example.org", "marked as old in the list"),
        ListedChannel("email", "b@example.org"),
    )


@pytest.mark.parametrize("text", ["ask the front desk", "ada [at] example.org", "call 555", "a@example"])
def test_what_is_no_address_is_listed_with_what_to_write(text: str) -> None:
    found, [(part, _, fix)] = channels(text)
    assert not found
    assert part
    assert "write" in fix


# Letters of other scripts, an accent set apart, a sign of no width, a letter with signs, a full-width letter.
@pytest.mark.parametrize(
    "sign",
    [*"\u043e\u03bf\u0131\u00e9\u5f20\u0639\uff4f\u0663", "e\u0301", "\u200b", "\u0928\u0940", "o\u2019", "o\u2010"],
)
def test_an_address_is_taken_whole_or_told(sign: str) -> None:
    address = "osman.unreal@mail.example.org"
    for at in range(len(address) + (sign[0] != "o")):  # behind a letter, a sign may close a quotation
        found, left = channels(f"{address[:at]}{sign}{address[at:]}; b@example.org")
        assert [way.value for way in found] == ["b@example.org"], at
        assert len(left) == 1
    for around in ("\u201c{}\u201d", "\u7535\u90ae\uff1a{}", "\u2022 {}\u3002", "\u2014{}\u2014", "\u2018{}\u2019"):
        assert [way.value for way in channels(around.format(address))[0]] == [address], around


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01", "2026-05-01"), ("2026-05-01 10:00:00", "2026-05-01"), ("14 Aug 2026", "2026-08-14"),
        ("Aug. 14, 2026", "2026-08-14"), ("8/14/2026", "2026-08-14"), ("14.8.2026", "2026-08-14"),
        ("mid-Aug 2026", "2026-08"), ("as of May 2026", "2026-05"), ("early 2026", "2026"), ("Q1 2026", "2026"),
        ("spring 2025", "2025"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_a_day_is_read_as_far_as_it_is_written(text: str, day: str) -> None:
    found = DayReader().read(text)
    assert (found.day, found.why) == (day, "")


@pytest.mark.parametrize(
    "text", ["mid-Aug", "as of Jan", "8/14", "3/4/2026", "5/1/26", "last week", "?", "31 Feb 2026"]
)
def test_a_day_that_is_not_known_is_not_guessed(text: str) -> None:
    found = DayReader().read(text)
    assert found.day == ""
    assert found.why
    assert found.fix


def test_a_month_without_a_year_is_completed_by_the_list_alone() -> None:
    listed = DayReader(as_of="2026-05")
    assert listed.read("as of Jan").day == "2026-01"
    assert "no year" in listed.read("as of Jan").why
    assert listed.read("mid-Aug").day == listed.read("31 Feb").day == listed.read("3/4").day == ""
    assert "lies after 2026-05" in listed.read("mid-Aug").why
    assert DayReader(as_of="2026").read("Aug").day == "2026-08"


def test_the_days_of_a_list_decide_their_order() -> None:
    assert order_of(["3/4/2026", "8/14/2026", "x"]) == "mdy"
    assert order_of(["14/8/2026"]) == "dmy"
    assert order_of(["14/8/2026", "8/14/2026"]) is None
    assert order_of(["3/4/2026"]) is None
    assert DayReader("mdy").read("3/4/2026").day == "2026-03-04"


def test_title_rows_say_of_which_day_a_list_is() -> None:
    assert year_of(["IGA contacts", "as of May 2026, red = overdue"]) == "2026-05"
    assert year_of(["Contacts 2026"]) == "2026"
    assert year_of(["Contacts 2024-2026"]) == ""
    assert year_of(["Contacts"]) == ""


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [("Cell", True), ("Mobile Phone", True), ("E-mail / Mobile", True), ("Phone", False), ("Tel.", False)],
)
def test_a_column_of_mobiles_is_told_from_one_of_other_numbers(heading: str, is_one: bool) -> None:
    meaning = meaning_of(heading)
    assert meaning in ("phone", "channels")
    assert (Header(1, (heading,), (meaning,)).meaning_at(0) == "mobile") == is_one
