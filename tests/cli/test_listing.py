"""Questions that combine sources, each as one command; from the texts that officers asked."""

import shlex
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from iga.cli.console import Captured
from iga.cli.opening import OwnWorkspaces
from tests.cli.conftest import Iga, commands_at

# Each text with the command that asks it and how the reply begins, as of June 1, 2026.
ASKED = (
    (
        "Which Bali Process members are on Tier 3?",
        'governments --in "Bali Process" --tier "Tier 3"',
        "Three of the 45 Bali Process members are on Tier 3 (2025): Afghanistan, China and Papua New Guinea; seven more"
        " are on Tier 3 (2025), but their membership is not confirmed.",
    ),
    (
        "OSCE participating States on the Tier 2 Watch List in 2025",
        'governments --in OSCE --tier "Watch List@2025"',
        "Two of the 57 OSCE members are on Tier 2 Watch List (2025): Kyrgyzstan and Turkmenistan.",
    ),
    (
        "Which ECOWAS members are Tier 1?",
        'governments --in ECOWAS --tier "Tier 1"',
        "Not confirmed: no ECOWAS member on file is known to be one that is on Tier 1 (2025).",
    ),
    (
        "G20 members that sit on the Human Rights Council today",
        'governments --in G20 --in "Human Rights Council"',
        "11 of the 19 G20 members are members of the Human Rights Council: Brazil, China, France, India, Indonesia,",
    ),
    (
        "Which ASEAN countries have a national action plan in force?",
        "governments --in ASEAN --plan",
        "Not confirmed: no ASEAN member on file is known to be one that has a national action plan in force.",
    ),
    (
        "African Union members that have not ratified C189",
        'governments --in "African Union" --not-party-to C189',
        "Not confirmed: 50 of the 55 African Union members are not party to the Domestic Workers Convention as far as",
    ),
    (
        "OAS members outside the smuggling protocol",
        'governments --in OAS --not-party-to "smuggling protocol"',
        "Not confirmed: four of the 34 OAS members are not party to the Smuggling of Migrants Protocol as far as is on"
        " file: Barbados, Bolivia, Colombia and Saint Lucia.",
    ),
    (
        "Which Council of Europe members are not party to its trafficking convention?",
        'governments --in "Council of Europe" --not-party-to CETS197',
        "Not confirmed: no Council of Europe member on file is known to be one that is not party to the Council of",
    ),
    (
        "Members of the ILO that are not members of the UN",
        "governments --in ILO --not-in UN",
        "Not confirmed: one of the 187 ILO members is not a member of the UN as far as is on file: Cook Islands.",
    ),
    (
        "Caribbean countries without a US ambassador in place",
        "governments --region Caribbean --mission --not-ambassador",
        "Not confirmed: six of the 28 governments in the Caribbean have an open U.S. embassy and do not have a U.S.",
    ),
    (
        "ECOWAS members on the Watch List that have ratified C182 but not P029",
        'governments --in ECOWAS --tier "Watch List" --party-to C182 --not-party-to P029',
        "Not confirmed: two of the 12 ECOWAS members are on Tier 2 Watch List (2025), are party to the Worst Forms of",
    ),
    (
        "Which G7 countries sponsored the 2017 Human Rights Council resolution on trafficking and are party to C138?",
        "governments --in G7 --sponsored A/HRC/RES/35/5 --party-to C138",
        "Five of the 7 G7 members sponsored Mandate of the Special Rapporteur on trafficking (A/HRC/RES/35/5) and are"
        " party to the Minimum Age Convention: Canada, France, Germany, Italy and Japan.",
    ),
    (
        "Pacific governments that are Tier 2 and not in the ILO and party to Palermo",
        'governments --region Pacific --tier "Tier 2" --not-in ILO --party-to Palermo',
        "Not confirmed: one of the 29 governments in Oceania is on Tier 2 (2025), is not a member of the ILO and is",
    ),
    (
        "Bali Process members on Tier 3 or the Watch List",
        'governments --in "Bali Process" --tier "Tier 3|Watch List"',
        "Three of the 45 Bali Process members are on Tier 3 or Tier 2 Watch List (2025): Afghanistan, China and Papua",
    ),
    (
        "Countries party to C029 or C105 but not both",
        "governments --party-to C029 --not-party-to C105 --or --party-to C105 --not-party-to C029",
        "Two governments are party to the Forced Labour Convention and are not party to the Abolition of Forced Labour",
    ),
    (
        "Who was on Tier 3 in 2018 and is on Tier 2 or better today?",
        'governments --tier "Tier 3@2018" --tier "Tier 1|Tier 2"',
        "Six governments are on Tier 3 (2018) and are on Tier 1 or Tier 2 (2025): Belize, Burundi, the Comoros,"
        " Equatorial Guinea, Gabon and Mauritania.",
    ),
    (
        "Members of the Security Council in 2019 that voted for the amendment of 2016",
        'governments --in "Security Council@2019" --voted "A/71/L.30 = yes"',
        "Two of the 5 UN Security Council members on 2019-12-31 voted yes on Amendment to draft resolution I,",
    ),
    (
        "Governments that joined the Palermo Protocol after 2015",
        'governments --joined "Palermo > 2015"',
        "12 governments joined the Palermo Protocol after 2015: Andorra, Bangladesh, Bhutan, Brunei, the Comoros, Fiji",
    ),
    (
        "Which countries ratified P029 before 2020 and C189 after?",
        'governments --joined "P029 < 2020" --joined "C189 >= 2020"',
        "Not confirmed: no government on file is known to be one that joined the Forced Labour Protocol before 2020",
    ),
    (
        "Governments that were on Tier 3 at least ten times",
        'governments --times-on "Tier 3 >= 10"',
        "18 governments were on Tier 3 in at least 10 editions in 2001-2025: Algeria, Belarus, Burma, China, Cuba,",
    ),
    (
        "Which Tier 1 countries were never on another tier since 2015?",
        'governments --tier "Tier 1" --not-tier "Tier 2|Watch List|Tier 3@2015..2025"',
        "Not confirmed: 16 governments are on Tier 1 (2025) and were not on Tier 2, Tier 2 Watch List or Tier 3",
    ),
    (
        "Countries that had a downgrade waiver twice or more",
        'governments --times-downgrade-waived ">=2"',
        "Seven governments had the downgrade waived in at least 2 editions in 2001-2025: Cambodia, Guinea, Haiti,",
    ),
    (
        "How many countries are Tier 1?",
        'governments --tier "Tier 1"',
        "33 governments are on Tier 1 (2025): Argentina, Australia, Austria, Bahrain, Belgium, Canada and 27 more.",
    ),
    (
        "How many African governments are outside C182?",
        "governments --region Africa --not-party-to C182",
        "Not confirmed: six of the 60 governments in Africa are not party to the Worst Forms of Child Labour",
    ),
    (
        "Tiers of the Bali Process members counted by region",
        'governments --in "Bali Process" --by tier,region',
        "By tier and region: Tier 2, Asia 8 (and 8 not confirmed); Tier 1, Asia 3; Tier 3, Asia 2",
    ),
    (
        "How many members of the OSCE are in each tier?",
        "governments --in OSCE --by tier",
        "By tier: Tier 2 27; Tier 1 21; none 5; Tier 2 Watch List 2; Tier 3 2.",
    ),
    (
        "Number of compacts by year of signature",
        "governments --compact --by compact_signed",
        "By compact signed: 2017 2; 2022 2; 2015 1; 2018 1; 2020 1; 2024 1.",
    ),
    (
        "Which country was on the Watch List longest?",
        'governments --sort "-times_on.watch list" --top 1',
        "Most by number of editions on this tier (Tier 2 Watch List): Chad 12 to 18.",
    ),
    (
        "Which compact partner has the most convictions in 2022?",
        "governments --compact --sort -convicted@2022 --top 1",
        "Most by persons convicted in a year, as published: Romania 164.",
    ),
    (
        "The ten governments that were restricted most often",
        "governments --sort -times_restricted --top 10",
        "Most by number of fiscal years for which it was restricted: Iran 19 to 21; North Korea 18 to 22;",
    ),
    (
        "Countries that reported more than 500 victims in 2021 and are Tier 2",
        'governments --victims ">500@2021" --tier "Tier 2"',
        "10 governments reported more than 500 victims (2021) and are on Tier 2 (2025): Benin, Ghana, India,",
    ),
    (
        "Compact partners with their tier and their date of signature",
        "governments --compact --show tier,compact_signed",
        "Eight compact partners are on file.",
    ),
    (
        "Tier 3 governments of 2025 with our ambassador or chargé and the mailbox of the embassy",
        'governments --tier "Tier 3@2025" --show ambassador,mailbox',
        "20 governments are on Tier 3 (2025): Afghanistan, Belarus, Burma, Cambodia, Chad, China and 14 more.",
    ),
    (
        "ASEAN members: tier, Palermo, C105, P029, last TIP recommendation",
        "governments --in ASEAN --show tier,palermo,c105,p029",
        "11 ASEAN members are on file.",
    ),
    (
        "Who abstained on A/71/L.30 and is a party to Palermo?",
        'governments --voted "A/71/L.30 = abstain" --party-to Palermo',
        "24 of the 180 parties to the Palermo Protocol abstained on Amendment to draft resolution I, Trafficking in",
    ),
    (
        "Which African states voted against A/71/L.30?",
        'governments --region Africa --voted "A/71/L.30 = no"',
        "20 of the 60 governments in Africa voted no on Amendment to draft resolution I, Trafficking in women and",
    ),
    (
        "Sponsors of A/HRC/RES/35/5 that are not members of the OSCE",
        "governments --sponsored A/HRC/RES/35/5 --not-in OSCE",
        "10 governments sponsored Mandate of the Special Rapporteur on trafficking (A/HRC/RES/35/5) and are not",
    ),
    (
        "For which Bali Process members is no national action plan on file?",
        'governments --in "Bali Process" --not-plan-on-file',
        "11 of the 45 Bali Process members do not have a national action plan on file: Afghanistan, Australia, China,",
    ),
    (
        "NGOs with an award that is running",
        "partners --kind NGO --award-running",
        "Not confirmed: 11 partners are listed as NGO and have a running award as far as is on file: Action for",
    ),
    (
        "Which partners have no contact that was checked this year?",
        'partners --not-contact-checked ">=2026"',
        "657 partners do not have an office contact verified from 2026: A21,",
    ),
)


@pytest.fixture(scope="module")
def iga_on_bundled(bundled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iga]:
    """Give what runs commands over the reference data."""
    folder = tmp_path_factory.mktemp("listing")
    shutil.copytree(bundled_home, folder / "home")
    environ = {"IGA_HOME": str(folder / "home"), "IGA_NOW": "2026-06-01T12:00:00Z"}
    with closing(OwnWorkspaces(environ, Captured().console(100))) as opened, opened(None, None).kept_open():
        yield commands_at(opened, folder)


@pytest.mark.parametrize(("text", "command", "reply"), ASKED, ids=[text for text, _, _ in ASKED])
def test_a_question_that_combines_sources_is_one_command(
    iga_on_bundled: Iga, text: str, command: str, reply: str
) -> None:
    ran = iga_on_bundled("list", *shlex.split(command), "--short")
    assert " ".join(ran.out.split()).startswith(reply), text
    assert (ran.code, ran.err) == (0, "")


def test_the_screen_has_the_columns_asked_for_and_says_what_is_not_known(iga_on_bundled: Iga) -> None:
    ran = iga_on_bundled("list", "governments", "--in", "Bali Process", "--tier", "Tier 3", "--show", "tier,palermo")
    assert "name              tier    party to palermo" in ran.out
    assert "It is not confirmed whether Burma, Cambodia, Iran, Laos and 3 more are members of the Bali" in ran.out
    assert "10 more governments may fit: they are not on file as such" in ran.out
    assert "Parties to the Palermo Protocol, stated 2022-11-04" in ran.out


def test_a_workbook_has_the_values_what_is_not_known_and_the_sources(iga_on_bundled: Iga, tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    asked = ("list", "governments", "--compact", "--show", "tier,compact_signed", "-o", str(book))
    assert iga_on_bundled(*asked).code == 0
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["Rows", "Caveats", "Evidence", "About"]
    header, *rows = ([cell.value for cell in row] for row in sheets["Rows"].iter_rows())
    assert len(rows) == 8
    assert {"name", "fit", "open", "reasons", "tier", "compact_signed"} <= set(header)
    assert "cells" not in header


def test_what_is_typed_wrong_is_named_with_the_nearest(iga_on_bundled: Iga) -> None:
    wrong = iga_on_bundled("list", "governments", "--tier", "Tier 9")
    assert (wrong.code, "filter tier: there is no 'Tier 9'; did you mean" in wrong.err) == (2, True)
    unknown = iga_on_bundled("list", "governments", "--show", "teir")
    assert (unknown.code, "no such filter of governments; did you mean tier" in unknown.err) == (2, True)


def test_parties_stand_side_by_side(iga_on_bundled: Iga) -> None:
    ran = iga_on_bundled("compare", "Peru", "Colombia", "--show", "tier@2020,tier@2025,compact")
    assert ran.out.startswith("Peru and Colombia differ in tier (2020) (Tier 2; Tier 1); they are alike in tier (2025)")
    mixed = iga_on_bundled("compare", "Ghana", "OSCE")
    assert (mixed.code, "of one sort: Ghana (Government), Organization for" in mixed.err) == (2, True)
    alone = iga_on_bundled("compare", "Ghana")
    assert (alone.code, "name two parties or more" in alone.err) == (2, True)
