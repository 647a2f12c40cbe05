"""What a draft makes of twenty tables as an office keeps them: each kind, and what its first row states."""

from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from iga.graph.errors import FileRefused, MappingError
from iga.graph.ledger.ledger import Ledger
from iga.ingest.drafting.field_guesses import guess
from iga.ingest.drafting.mapping_draft import draft_of
from iga.ingest.drafting.sample import sample_of
from iga.ingest.loading import LoadOptions, Surroundings, load
from iga.ingest.mapped_reader import mapped_reader
from iga.ingest.mapping_file import mapping_from, refuse_open_guesses
from tests.ingest.conftest import clock


class Table(NamedTuple):
    """A file, what its rows are, some of what its first row states, and columns that are not read."""

    name: str
    text: str
    what: str
    states: tuple[str, ...]
    ignored: tuple[str, ...] = ()


TABLES = (
    Table(
        "un_votes",
        "Resolution,Country,Vote\nA/79/L.40,Ghana,Yes\nA/79/L.40,Kenya,Abstention\nA/79/L.40,Peru,Absent\n",
        "votes of governments on resolutions",
        ("resolution resolution:a-79-l-40 (resolution:a-79-l-40): symbol A/79/L.40", "gov:gha VOTED", "vote yes"),
    ),
    Table(
        "forums",
        "Country;Forum;Joined\nGhana;Example Network;01.03.2019\nKenya;Example Network;15.03.2020\n",
        "members of bodies",
        ("gov:gha MEMBER_OF Example Network: period start 2019-03-01", "forum Example Network (named:forum:"),
    ),
    Table(
        "coalition",
        "Member,Organization,Status\nExample Relief,Example Coalition,member\nBeta House,Example Coalition,observer\n",
        "members of bodies",
        ("Example Relief MEMBER_OF Example Coalition: category member",),
    ),
    Table(
        "who_is_in_what",
        "Body,Government\nOSCE,Ghana\nASEAN,Kenya\n",
        "members of bodies",
        ("gov:gha MEMBER_OF org:osce",),
    ),
    Table(
        "focal_points",
        "Country,Ministry,Name,Title,E-mail,Phone,Date of birth\n"
        "Ghana,Ministry of Examples,Ada Example,Director,ada@moe.example.org,+233 20 123 4567,1970-01-02\n"
        "Kenya,Ministry of Trials,Bo Example,Focal Point,bo@mot.example.org,+254 20 123 4567,1971-01-02\n",
        "people and the posts that they hold",
        (
            "person Ada Example (person:",
            "post Director (post:ghana-ministry-of-examples-director)",
            "Ada Example HOLDS Director",
            "Director POST_IN Ministry of Examples",
            "channel kind email value ada@moe.example.org",
            "channel kind phone value +233 20 123 4567",
        ),
        ("Date of birth",),
    ),
    Table(
        "staff",
        "Last name,First name,Position,Department,Email,Start date,Spouse\n"
        "Example,Ada,Head,Unit A,ada@x.example.org,2020-01-01,Cy\n"
        "Sample,Bo,Officer,Unit B,bo@x.example.org,2021-01-01,Di\n",
        "people and the posts that they hold",
        ("person Ada Example (person:", "Ada Example HOLDS Head: period start 2020-01-01"),
        ("Spouse",),
    ),
    Table(
        "ngo_contacts",
        "NGO,Contact person,Position,Country,Email\nExample Relief,Ada Example,Director,Ghana,ada@relief.example.org\n"
        "Beta House,Bo Example,Officer,Kenya,bo@beta.example.org\n",
        "people and the posts that they hold",
        ("person Ada Example (person:", "Director POST_IN Example Relief"),
    ),
    Table(
        "mous",
        "MOU title,Partner,Date signed,Expires\nExample MOU on referral,Ghana,2021-02-03,2026-02-02\n"
        "Example MOU on data,International Organization for Migration,2022-02-03,\n",
        "agreements and who is party to them",
        ("memorandum Example MOU on referral (memorandum:", "gov:gha PARTY_TO Example MOU on referral: signed on 2021"),
    ),
    Table(
        "treaty_status",
        "Convention,State,Signature,Ratification\nExample Convention,Ghana,2001-02-03,2004-05-06\n"
        "Example Convention,Kenya,,2005-07-08\n",
        "agreements and who is party to them",
        ("gov:gha PARTY_TO Example Convention: signed on 2001-02-03, action on 2004-05-06",),
    ),
    Table(
        "joint_declarations",
        "Agreement,Signatories,Date signed\nExample Joint Declaration,Ghana; Kenya; Peru,2020-01-02\n"
        "Example Accord,Peru; Ghana,2021-03-04\n",
        "agreements and who is party to them",
        ("declaration Example Joint Declaration (declaration:", "gov:per PARTY_TO Example Joint Declaration"),
    ),
    Table(
        "payments",
        "Voucher No,Payment date,Payee,Award,Amount (USD),Country\n"
        'V1,2024-01-05,Example Relief,SSJTIP18CA0001,"12,500.00",Ghana\n'
        "V2,2024-02-05,Beta House,SSJTIP18CA0002,900,Kenya\n",
        "payments and other movements of money",
        (
            "money amount 12500 currency USD measure disbursement value_date 2024-01-05",
            "receiver named:organization:example-relief, place gov:gha, reference V1",
            "UNDER award:ssjtip18ca0001",
        ),
    ),
    Table(
        "grant_disbursements",
        'Grant,Recipient,Amount,Currency,Disbursement date\nG1,Example Relief,"12,000",EUR,2024-03-04\n'
        "G2,Beta House,900,GBP,2024-04-05\n",
        "payments and other movements of money",
        ("money amount 12000 currency EUR measure disbursement value_date 2024-03-04", "award:g1 AWARDED_TO"),
    ),
    Table(
        "disbursed",
        'Fiscal Year,Recipient,Agency,Disbursed USD,Country\n2021,Example Relief,Department of State,"12,000",Ghana\n'
        '2022,Example Relief,Department of State,"13,000",Ghana\n',
        "payments and other movements of money",
        ("fiscal year 2021, provider body:us-state, receiver named:organization:example-relief, place gov:gha",),
    ),
    Table(
        "awards",
        "Award No,Title,Grantee,Country,Obligated (USD),As of,Start Date,End Date\n"
        'A-1,Shelters,Example Relief,Ghana,"$750,000",2031-10-02,2031-10-01,2034-03-31\n'
        'A-2,Schools,Beta House,Kenya,"$1,000",2031-10-02,2031-10-01,\n',
        "award",
        ("award Shelters (award:a-1): award number A-1, stated total amount 750000", "Shelters AWARDED_TO Example Rel"),
    ),
    Table(
        "cases",
        "Country,Year,Prosecutions,Convictions\nGhana,2021,12,3\nKenya,2021,22,5\nGhana,2022,9,1\n",
        "figures of governments by year",
        (
            "statistic cases, Ghana, 2021 (statistic:cases-ghana-2021): place gov:gha, year 2021, prosecuted 12",
            "(statistic:cases-ghana-2021): place gov:gha, year 2021, convicted 3",
        ),
    ),
    Table(
        "indicators",
        "Country,Indicator,Year,Value,Unit\nGhana,Victims identified,2021,40,persons\n"
        "Kenya,Convictions,2021,3,persons\n",
        "figures of governments by year",
        ("statistic indicators, Ghana, 2021 (statistic:indicators-ghana-2021): place gov:gha, year 2021, victims 40",),
        ("Unit",),
    ),
    Table(
        "shelters",
        "Country,Year,Number of shelters\nGhana,2021,3\nKenya,2021,4\n",
        "figures of governments by year",
        (
            "measurement Number of shelters, Ghana, 2021 (measurement:shelters-number-of-shelters-ghana-2021): value 3",
            "Number of shelters, Ghana, 2021 UNDER Number of shelters",
        ),
    ),
    Table(
        "ngos",
        "NGO name,Country,Founded,E-mail\nExample Relief,Ghana,2001,info@relief.example.org\n"
        "Beta House,Kenya,1999,info@beta.example.org\n",
        "ngo",
        ("ngo Example Relief (ngo:example-relief): country gov:gha, existence start 2001",),
    ),
    Table(
        "meetings",
        "Meeting,Date,Venue,Participants\nExample Dialogue,2026-03-04,Accra,Ghana; Kenya\n"
        "Example Talks,2026-04-05,Lima,Peru; Ghana\n",
        "engagement",
        ("engagement Example Dialogue (engagement:", "place Accra", "gov:ken PARTICIPATED Example Dialogue"),
    ),
    Table(
        "plans",
        "Country,Plan,Adopted,Until,Status\nGhana,National Plan 2022-2026,2022-05-01,2026-12-31,in force\n"
        "Kenya,National Plan 2021,2021-05-01,2025-12-31,expired\n",
        "national action plan",
        ("(plan:plans-ghana): adopted on 2022-05-01", "government gov:gha"),
    ),
    Table(
        "recommendations",
        "Country,Year,Recommendation\nGhana,2024,Increase efforts to identify victims\nKenya,2024,Train judges\n",
        "recommendation",
        ("(recommendation:recommendations-ghana): year 2024", "RECOMMENDED_TO gov:gha"),
    ),
    Table(
        "colours",
        "Colour,Remark,Size\nred,one thing,4\nblue,other thing,5\n",
        "",
        ("organization red (organization:red)",),
        ("Remark", "Size"),
    ),
)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_recognized_and_its_first_row_states_what_it_says(
    table: Table, tmp_path: Path, ledger: Ledger
) -> None:
    path = tmp_path / f"{table.name}.csv"
    path.write_text(table.text, encoding="utf-8")
    draft = draft_of(path)
    assert (draft.what, draft.ignored, draft.failures) == (table.what, table.ignored, ())
    first = "\n".join(draft.examples[0])
    for said in table.states:
        assert said in first
    feed = mapped_reader(mapping_from(draft.text, name="draft"))
    options = LoadOptions(dry_run=True, new=("Ghanna", "Example Network", "Example Coalition"))
    report = load(ledger, feed, [path], surroundings=Surroundings(clock), options=options)
    assert (report.rejected, report.new) == (0, report.read)


def test_three_rows_are_shown_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "forums.csv"
    path.write_text("Country,Forum\n" + "".join(f"Ghana,Member Forum {n}\n" for n in range(9)), encoding="utf-8")
    assert len(draft_of(path).examples) == 3


def test_days_and_amounts_are_no_telephones() -> None:
    for cells in (["13.02.21", "01.03.22"], ["20210213", "20220301"], ["12/31/99"], ["120.000", "99.000"]):
        assert guess("When", cells).kind != "phone"
    assert guess("Tel", ["020 7946 0000", "+44 20 7946 0001"]).kind == "phone"


def test_a_draft_with_a_guess_that_is_marked_is_no_mapping_yet(tmp_path: Path) -> None:
    path = tmp_path / "forums.csv"
    path.write_text(TABLES[1].text, encoding="utf-8")
    mapping = tmp_path / "forums.yaml"
    mapping.write_text(draft_of(path).text, encoding="utf-8")
    with pytest.raises(MappingError, match=r"guesses are still marked `# confirm`, the first in line 3"):
        refuse_open_guesses(mapping)
    lines = (line.partition("  # confirm")[0] for line in mapping.read_text(encoding="utf-8").splitlines())
    mapping.write_text("\n".join(lines), encoding="utf-8")
    refuse_open_guesses(mapping)


@pytest.mark.parametrize(
    ("file", "sheet", "told"),
    [
        ("none.csv", "", "there is no such file; check the name"),
        ("x.csv", "Sheet", "a text file, which has no sheet 'Sheet'"),
        ("x.xlsx", "Sheat", "has no sheet 'Sheat'; it has Sheet"),
    ],
)
def test_a_file_or_sheet_that_is_not_there_has_no_draft(file: str, sheet: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Name,Phone\n", encoding="utf-8")
    Workbook().save(tmp_path / "x.xlsx")
    with pytest.raises(FileRefused, match=told):
        sample_of(tmp_path / file, sheet=sheet)
