"""Contact exports of Google and Outlook: what is for work is read, what is private never, whatever the header."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from iga.graph.domain.marking import Marking
from tests.ingest.formats.conftest import Loaded, Loads

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Website 1 - Label,"
    "Website 1 - Value,Relation 1 - Label,Relation 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,"
    "Phone 2 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,"
    "Organization 1 - Department,Organization 1 - Symbol,Organization 1 - Location,Organization 1 - Job Description"
)
OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,"
    "Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,"
    "Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other Street 2,"
    "Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,"
    "Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,"
    "Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,"
    "Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children,Directory Server,"
    "E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,"
    "E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,"
    "Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,Office Location,"
    "Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,"
    "User 2,User 3,User 4,Web Page"
)
ADMIN = (
    "Action,ID,Name,E-mail Address,Notes,E-mail 2 Address,E-mail 3 Address,Mobile Phone,Pager,Company,Job Title,"
    "Home Phone,Home Phone 2,Home Fax,Home Address,Business Phone,Business Phone 2,Business Fax,Business Address,"
    "Other Phone,Other Fax,Other Address"
)
FRENCH = (
    "Titre,Prénom,Deuxième prénom,Nom,Suffixe,Société,Service,Titre,Rue (bureau),Rue (bureau) 2,Ville (bureau),"
    "Dép/Région (bureau),Code postal (bureau),Pays/Région (bureau),Rue (domicile),Téléphone de l'assistant(e),"
    "Télécopie (bureau),Téléphone (bureau),Téléphone (domicile),Tél. mobile,Téléphone (autre),Adresse de messagerie,"
    "Type de messagerie,Nom complet de l'adresse de messagerie,Adresse de messagerie 2,Anniversaire,Conjoint(e),"
    "Langue,Nom de l'assistant(e),Notes,Page Web,Responsable"
)
GERMAN = (
    "Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,Ort geschäftlich,"
    "Land/Region geschäftlich,Straße privat,Telefon Assistent,Fax geschäftlich,Telefon geschäftlich,Telefon privat,"
    "Weiteres Telefon,Mobiltelefon,E-Mail-Adresse,E-Mail-Typ,E-Mail 2: Adresse,Geburtstag,Name Assistent,"
    "Notizen,Partner"
)
SPANISH = (
    "Title,Nombre,Segundo nombre,Apellidos,Suffix,Organización,Department,Puesto,Calle del trabajo,Ciudad de trabajo,"
    "País o región del trabajo,Home Street,Assistant's Phone,Business Fax,Teléfono del trabajo,Business Phone 2,"
    "Particular,Mobile Phone,Otro teléfono,E-mail Address,Dirección de correo electrónico 2,Birthday,Notes,Spouse"
)
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
    "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home County,Home Post Code,"
    "Home Country,Work Address,Work Address 2,Work City,Work County,Work Post Code,Work Country,Job Title,Department,"
    "Organisation,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes"
)
POST, BODY = "Programme Officer", "Example Relief, Rescue and Return, Inc."


def export(header: str, *rows: dict[str, str]) -> str:
    """Return a file with rows under a header; what is not given is blank."""
    out = io.StringIO()
    writer = csv.DictWriter(out, next(csv.reader([header])))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


CASES = {
    "google": (
        GOOGLE,
        {
            "First Name": "Ada", "Last Name": "Okafor", "Phonetic First Name": "ey-da", "Name Prefix": "Dr.",
            "Organization Name": BODY, "Organization Title": POST, "Birthday": "1970-01-01", "Notes": "likes tea",
            "Nickname": "Adi", "Labels": "* myContacts", "E-mail 1 - Label": "* Work",
            "E-mail 1 - Value": "ada@relief.example.org", "E-mail 2 - Label": "Home",
            "E-mail 2 - Value": "ada@home.example.org", "Phone 1 - Label": "Home", "Phone 1 - Value": "+1 555 0101",
            "Phone 2 - Label": "Work", "Phone 2 - Value": "+1 555 0100", "Relation 1 - Label": "Assistant",
            "Relation 1 - Value": "Bo Example",
        },
    ),
    "google-old": (
        GOOGLE_OLD,
        {
            "Name": "Dr. Ada Okafor", "Given Name": "Ada", "Family Name": "Okafor", "Given Name Yomi": "ey-da",
            "Name Prefix": "Dr.", "Organization 1 - Name": BODY, "Organization 1 - Title": POST,
            "Birthday": "1970-01-01", "Gender": "F", "Notes": "likes tea", "Group Membership": "* myContacts",
            "E-mail 1 - Type": "* Work", "E-mail 1 - Value": "ada@relief.example.org", "E-mail 2 - Type": "Other",
            "E-mail 2 - Value": "ada@home.example.org", "Phone 1 - Type": "Home", "Phone 1 - Value": "+1 555 0101",
            "Phone 2 - Type": "Work", "Phone 2 - Value": "+1 555 0100",
        },
    ),
    "outlook": (
        OUTLOOK,
        {
            "Title": "Dr.", "First Name": "Ada", "Last Name": "Okafor", "Company": BODY, "Job Title": POST,
            "E-mail Address": "ada@relief.example.org", "E-mail 2 Address": "ada.okafor@gmail.com",
            "Business Phone": "+1 555 0100", "Home Phone": "+1 555 0101", "Other Phone": "+1 555 0102",
            "Assistant's Phone": "+1 555 0103", "Assistant's Name": "Bo Example", "Manager's Name": "Cy Example",
            "Spouse": "Di Example", "Birthday": "1/1/1970", "Home Street": "Somewhere 1", "Notes": "likes tea",
            "Government ID Number": "123",
        },
    ),
    "admin": (
        ADMIN,
        {
            "Action": "update", "ID": "241a", "Name": "Ada Okafor", "E-mail Address": "ada@relief.example.org",
            "Notes": "has 2 kids", "E-mail 2 Address": "ada.okafor@yahoo.co.uk", "Company": BODY, "Job Title": POST,
            "Business Phone": "+1 555 0100", "Home Phone": "+1 555 0101", "Home Address": "Somewhere 1",
            "Other Phone": "+1 555 0102",
        },
    ),
    "german": (
        GERMAN,
        {
            "Anrede": "Dr.", "Vorname": "Ada", "Nachname": "Okafor", "Firma": BODY, "Position": POST,
            "E-Mail-Adresse": "ada@relief.example.org", "E-Mail 2: Adresse": "ada.okafor@gmx.de",
            "Telefon geschäftlich": "+1 555 0100", "Telefon privat": "+1 555 0101", "Weiteres Telefon": "+1 555 0102",
            "Telefon Assistent": "+1 555 0103", "Name Assistent": "Bo Example", "Partner": "Di Example",
            "Geburtstag": "1.1.1970", "Straße privat": "Irgendwo 1", "Notizen": "mag Tee",
        },
    ),
    "spanish": (
        SPANISH,
        {
            "Title": "Dr.", "Nombre": "Ada", "Apellidos": "Okafor", "Organización": BODY, "Puesto": POST,
            "E-mail Address": "ada@relief.example.org", "Dirección de correo electrónico 2": "ada.okafor@gmail.com",
            "Teléfono del trabajo": "+1 555 0100", "Particular": "+1 555 0101", "Otro teléfono": "+1 555 0102",
            "Assistant's Phone": "+1 555 0103", "Spouse": "Di Example", "Birthday": "1/1/1970", "Notes": "toma té",
        },
    ),
    "thunderbird": (
        THUNDERBIRD,
        {
            "First Name": "Ada", "Last Name": "Okafor", "Display Name": "Ada Okafor", "Organisation": BODY,
            "Job Title": POST, "Primary Email": "ada@relief.example.org", "Secondary Email": "ada.okafor@gmail.com",
            "Work Phone": "+1 555 0100", "Home Phone": "+1 555 0101", "Birth Year": "1970", "Notes": "likes tea",
        },
    ),
}  # fmt: skip  # a case is read as pairs of a column and its cell


def channels(loaded: Loaded) -> set[str]:
    return {str(node.values["channel"]["value"]) for node in loaded.nodes if node.cls == "ContactPoint"}  # type: ignore[index,call-overload]  # a channel is a dict


@pytest.mark.parametrize("name", CASES)
def test_what_is_for_work_is_read_and_nothing_private(loads: Loads, name: str) -> None:
    header, row = CASES[name]
    loaded = loads(export(header, row), name="contacts.csv")
    assert loaded.counts == {"read": 1, "new": 1}
    assert loaded.node("Post").values["name"] == POST
    assert loaded.node("Organization").values["name"] == BODY
    person = loaded.node("Person")
    assert person.values["name"] == "Ada Okafor"
    assert person.values.get("form_of_address") == (None if name in ("admin", "thunderbird") else "Dr.")
    assert channels(loaded) == {"ada@relief.example.org", "+1 555 0100"}
    post = loaded.node("Post").id
    assert {edge.source for edge in loaded.edges if edge.type == "REACHED_AT"} == {post}
    kept = "\n".join(map(repr, (*loaded.rows, *loaded.nodes, *loaded.edges)))
    for private in ("tea", "kids", "1970", "Bo Example", "Cy Example", "Di Example", "gmail", "yahoo", "0101", "0102"):
        assert private not in kept
    assert {node.marking for node in loaded.nodes if node.cls == "Person"} == {Marking.INTERNAL}


def test_what_is_private_is_said_by_its_columns(loads: Loads) -> None:
    told = loads(export(*CASES["outlook"]), name="contacts.csv").told
    for column in ("Home Phone", "Other Phone", "Assistant's Name", "Manager's Name", "Spouse", "Birthday"):
        assert f"{column} 1" in told.partition("never read, because they are private")[2], column
    assert "addresses at providers of private mail, left out since nothing says that they are for work: 1" in told
    assert "never read, because they may hold anything or have no place: Government ID Number 1, Notes 1" in told


def test_a_contact_that_is_to_be_deleted_is_skipped_and_short_rows_are_read(loads: Loads) -> None:
    rows = f"{ADMIN}\ndelete,1,Ada Okafor,ada@relief.example.org\nadd,,Bo Example,bo@relief.example.org\n"
    loaded = loads(rows, name="contacts.csv")
    assert loaded.counts == {"read": 2, "new": 1, "skipped": 1}
    assert loaded.node("Person").values["name"] == "Bo Example"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            {
                "Company": BODY,
                "Position": POST,
                "Email Address": "ada.okafor@gmail.com",
                "URL": "https://x.example.org/ada",
            },
        ),
        (
            "First Name,Last Name,Display Name,Primary Email,Secondary Email,Work Phone,Home Phone,Job Title,"
            "Organization",
            {"Organization": BODY, "Job Title": POST, "Secondary Email": "ada@gmx.net", "Home Phone": "+1 555 0101"},
        ),
    ],
)
def test_exports_of_linkedin_and_thunderbird_are_read_by_their_headers_too(
    loads: Loads, header: str, row: dict[str, str]
) -> None:
    loaded = loads(export(header, {"First Name": "Ada", "Last Name": "Okafor"} | row), name="contacts.csv")
    assert loaded.node("Organization").values["name"] == BODY
    assert loaded.node("Post").values["name"] == POST
    assert not channels(loaded)


def test_an_office_without_a_person_is_an_organization(loads: Loads) -> None:
    row = {"Organization Name": "Example Desk", "E-mail 1 - Value": "desk@relief.example.org"}
    loaded = loads(export(GOOGLE, row), name="contacts.csv")
    assert [node.cls for node in loaded.nodes if node.cls != "ContactPoint"] == ["Organization"]


def test_an_address_of_nobody_is_skipped_and_said(loads: Loads) -> None:
    loaded = loads(export(GOOGLE, {"E-mail 1 - Value": "ada@relief.example.org"}, {}), name="contacts.csv")
    assert loaded.counts == {"read": 2, "skipped": 2}
    assert "rows that name neither a person nor an organization, and were skipped: 1" in loaded.told


def test_languages_and_only_the_mail_that_may_be_for_work_are_read_also_from_a_workbook(
    loads: Loads, tmp_path: Path
) -> None:
    mails = "ada@relief.example.org ::: ada.okafor@gmail.com"
    row = {"Given Name": "Ada", "Family Name": "Okafor", "Language": "en;fr", "E-mail 1 - Value": mails}
    book = Workbook()
    for cells in csv.reader(io.StringIO(export(GOOGLE_OLD, row))):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "saved.xlsx")
    loaded = loads((tmp_path / "saved.xlsx").read_bytes(), name="contacts.xlsx")
    assert loaded.node("Person").values["languages"] == ["en", "fr"]
    assert channels(loaded) == {"ada@relief.example.org"}


def test_a_later_export_changes_the_contact_of_the_same_name(loads: Loads) -> None:
    header, row = CASES["google"]
    loads(export(header, row), name="contacts.csv")
    again = loads(export(header, row | {"Organization Title": "Director"}), name="contacts.csv")
    assert again.counts == {"read": 1, "changed": 1}


def test_two_contacts_of_one_name_are_two_rows(loads: Loads) -> None:
    header, row = CASES["google"]
    loaded = loads(export(header, row, row | {"Organization Title": "Director"}, row), name="contacts.csv")
    assert loaded.counts == {"read": 3, "new": 2, "repeated": 1}


ELSEWHERE = {
    "google": ({"Organization Name": "Example Police"},),
    "outlook": ({"Company": "Example Police"}, {"Business Country/Region": "Kenya"}),
}


@pytest.mark.parametrize(("form", "otherwise"), [(form, one) for form, ways in ELSEWHERE.items() for one in ways])
def test_two_of_one_name_in_two_organizations_or_countries_are_two_people(
    loads: Loads, form: str, otherwise: dict[str, str]
) -> None:
    header, row = CASES[form]
    both = loads(export(header, row, row | otherwise), name="contacts.csv")
    turned = loads(export(header, row | otherwise, row), name="contacts.csv")
    assert (both.counts, turned.counts) == ({"read": 2, "new": 2}, {"read": 2, "unchanged": 2})
    people = [{it.id for it in loaded.nodes if it.cls == "Person"} for loaded in (both, turned)]
    assert people[0] == people[1]
    assert len(people[0]) == 2


def test_a_workbook_or_mac_form_of_line_ends_and_marks_is_read(loads: Loads) -> None:
    header, row = CASES["google"]
    text = export(header, row).replace("\r\n", "\n")
    loaded = loads(b"\xef\xbb\xbf" + text.encode(), name="contacts.csv")
    assert loaded.counts == {"read": 1, "new": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_french_export_says_titre_twice(loads: Loads, encoding: str) -> None:
    names = next(csv.reader([FRENCH]))
    row = {
        "Prénom": "Ada", "Nom": "Okafor", "Société": BODY, "Service": "Bureau des enquêtes",
        "Téléphone (bureau)": "+1 555 0100", "Téléphone (domicile)": "+1 555 0101", "Téléphone (autre)": "+1 555 0102",
        "Adresse de messagerie": "ada@relief.example.org", "Conjoint(e)": "Di Example", "Responsable": "Cy Example",
    }  # fmt: skip  # a row is read as pairs of a column and its cell
    cells = [row.get(name, "") for name in names]
    titles = [place for place, name in enumerate(names) if name == "Titre"]
    cells[titles[0]], cells[titles[1]] = "Mme", POST
    text = "\n".join(";".join(f'"{cell}"' for cell in line) for line in (names, cells))
    loaded = loads(text.encode(encoding), name="contacts.csv")
    assert (loaded.node("Post").values["name"], loaded.node("Person").values["form_of_address"]) == (POST, "Mme")
    assert channels(loaded) == {"ada@relief.example.org", "+1 555 0100"}


def test_the_connections_of_linkedin_stand_below_a_note(loads: Loads) -> None:
    rows = f'Ada,Okafor,https://www.linkedin.com/in/ada,ada@relief.example.org,"{BODY}",{POST},25 Mar 2031\n'
    loaded = loads(f'Notes:\n"When exporting your data, you may notice gaps."\n\n{LINKEDIN}\n{rows}', name="c.csv")
    assert (loaded.node("Post").values["name"], loaded.node("Organization").values["name"]) == (POST, BODY)
    assert channels(loaded) == {"ada@relief.example.org"}
