from collections.abc import Callable

import pytest

from iga.ingest.rejections import Refusal
from tests.ingest.formats.iati.conftest import Told, activities, activity

Tells = Callable[[str], Told]
Refuses = Callable[[str], Refusal]

PROJECT, AWARD = "project:iati:xx-ex-1-a", "award:iati:xx-ex-1-a"


def money(kind: int, amount: str, *, day: str = "2020-11-02", inside: str = "", attributes: str = "") -> str:
    return (
        f'<transaction {attributes}><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>'
        f'<value value-date="{day}">{amount}</value>{inside}</transaction>'
    )


def receiver(reference: str = "", name: str = "", kind: str = "22") -> str:
    told = f"<narrative>{name}</narrative>" if name else ""
    return f'<receiver-org {f"ref={reference!r}" if reference else ""} type="{kind}">{told}</receiver-org>'


def test_title_and_description_are_english_where_they_can_be_and_other_languages_are_aliases(tells: Tells) -> None:
    title = (
        '<narrative xml:lang="fr">Refuges</narrative><narrative xml:lang="es">Refugios</narrative>'
        '<narrative xml:lang="en">Shelters</narrative>'
    )
    told = tells(activities(activity(title=title)))
    assert told.key == "XX-EX-1-A"
    project = told.nodes[PROJECT]
    assert (project["name"], project["aliases"]) == ("Shelters", ["Refuges", "Refugios"])
    assert (project["status"], project["identifiers"]) == ("implementation", ["XX-EX-1-A"])


def test_a_text_that_names_no_language_is_in_that_of_the_activity(tells: Tells) -> None:
    title = '<narrative>Refuges</narrative><narrative xml:lang="en">Shelters</narrative>'
    told = tells(activities(activity(title=title, attributes='default-currency="USD" xml:lang="fr"')))
    assert told.nodes[PROJECT]["name"] == "Shelters"


@pytest.mark.parametrize(
    ("dates", "period"),
    [
        ({"1": "2020-01-01", "2": "2020-02-01"}, {"start": "2020-02-01", "end_kind": "unknown", "end": ""}),
        (
            {"1": "2020-01-01", "3": "2022-12-31", "4": "2023-01-31"},
            {"start": "2020-01-01", "end_kind": "dated", "end": "2023-01-31"},
        ),
    ],
)
def test_actual_dates_come_before_planned_ones_and_an_end_only_when_it_is_stated(
    tells: Tells, dates: dict[str, str], period: dict[str, str]
) -> None:
    text = "".join(f'<activity-date type="{kind}" iso-date="{day}"/>' for kind, day in dates.items())
    assert tells(activities(activity(dates=text))).nodes[PROJECT]["period"] == period


def test_a_planned_end_before_the_actual_start_is_remarked_on_and_two_planned_dates_are_refused(
    tells: Tells, refusal: Refuses
) -> None:
    stale = '<activity-date type="2" iso-date="2021-05-01"/><activity-date type="3" iso-date="2020-12-31"/>'
    told = tells(activities(activity(dates=stale)))
    assert told.nodes[PROJECT]["period"] == {"start": "2021-05-01", "end_kind": "unknown", "end": ""}
    assert told.note == "the planned end 2020-12-31 lies before the actual start 2021-05-01, so the end is not known"
    wrong = stale.replace('type="2"', 'type="1"')
    assert "has the end 2020-12-31 before the start 2021-05-01" in refusal(activities(activity(dates=wrong))).reason


def test_purposes_are_codes_with_their_scheme_and_only_clear_ones_name_a_topic(tells: Tells) -> None:
    codes = (
        '<sector code="15160" percentage="50"/><sector vocabulary="1" code="15180" percentage="50"/>'
        '<sector vocabulary="8" code="8.7"/><sector vocabulary="99" code="T1"><narrative>Own</narrative></sector>'
    )
    project = tells(activities(activity(middle=codes))).nodes[PROJECT]
    assert project["purposes"] == ["DAC:15160", "DAC:15180", "SDG-target:8.7", "own:T1"]
    assert project["topics"] == [
        "human-rights",
        "trafficking-in-persons",
        "forced-labor",
        "child-labor",
        "child-soldiers",
    ]


def test_countries_keep_their_shares_and_regions_are_words(tells: Tells) -> None:
    where = (
        '<recipient-country code="KE" percentage="60"/><recipient-country code="GH" percentage="15"/>'
        '<recipient-region code="289" percentage="25"><narrative>South of Sahara</narrative></recipient-region>'
    )
    told = tells(activities(activity(middle=where)))
    assert told.edges["IMPLEMENTED_IN", PROJECT, "gov:ken"] == {"percentage": "60"}
    assert told.edges["IMPLEMENTED_IN", PROJECT, "gov:gha"] == {"percentage": "15"}
    assert told.nodes[PROJECT]["regions"] == ["DAC:289 South of Sahara: 25%"]
    assert told.note == ""


@pytest.mark.parametrize(
    ("shares", "note"),
    [
        (("33.33", "33.33", "33.33"), ""),
        (("50", "30"), "the shares of recipient countries and regions add up to 80, not 100"),
        (("50", ""), "1 of 2 recipients have no share"),
        (("", ""), "no recipient has a share"),
        (("100",), ""),
        (("",), ""),
    ],
)
def test_shares_that_do_not_add_up_are_remarked_on_with_the_record(
    tells: Tells, shares: tuple[str, ...], note: str
) -> None:
    where = "".join(
        f'<recipient-country code="{code}" {f"percentage={share!r}" if share else ""}/>'
        for code, share in zip(("KE", "GH", "PE"), shares, strict=False)
    )
    assert tells(activities(activity(middle=where))).note == note


def test_a_share_beyond_the_whole_is_refused_and_an_unknown_country_is_remarked_on(
    tells: Tells, refusal: Refuses
) -> None:
    wrong = refusal(activities(activity(middle='<recipient-country code="KE" percentage="140"/>')))
    assert (wrong.column, wrong.value) == ("recipient-country", "140")
    told = tells(activities(activity(middle='<recipient-country code="QQ"/>')))
    assert told.note == "recipient country 'QQ' is not known"


def test_countries_of_transactions_stand_in_where_the_activity_names_none(tells: Tells) -> None:
    told = tells(activities(activity(after=money(3, "5", inside='<recipient-country code="KE"/>'))))
    assert told.edges["IMPLEMENTED_IN", PROJECT, "gov:ken"] == {}


def test_parties_are_known_bodies_or_carry_their_identifier_or_their_name(tells: Tells) -> None:
    orgs = (
        '<participating-org role="1" type="10"><narrative>Kenya</narrative></participating-org>'
        '<participating-org role="2" type="40"><narrative>OSCE</narrative></participating-org>'
        '<participating-org role="3" type="40" ref="XM-DAC-41128"/>'
        '<participating-org role="4" type="22" ref="XX-NGO-7"><narrative>Example Relief</narrative></participating-org>'
        '<participating-org role="4" type="70"><narrative>Example Ltd</narrative></participating-org>'
        '<participating-org role="2" type="22" ref="XX-NGO-7"/>'
        '<participating-org role="4" type="60"><narrative>Example Foundation</narrative></participating-org>'
        '<participating-org role="4" type="80"><narrative>Example University</narrative></participating-org>'
    )
    told = tells(activities(activity(orgs=orgs)))
    doers = {source: values["role"] for (kind, source, _), values in told.edges.items() if kind == "IMPLEMENTS"}
    assert ("FUNDED", "gov:ken", PROJECT) in told.edges
    assert doers == {
        "org:osce": "accountable",
        "org:unodc": "extending",
        "ngo:iati:xx-ngo-7": "implementing, accountable",
        "named:company:example-ltd": "implementing",
        "named:organization:example-foundation": "implementing",
        "named:academic:example-university": "implementing",
    }
    assert told.nodes["ngo:iati:xx-ngo-7"] == {"name": "Example Relief", "identifiers": ["XX-NGO-7"]}
    assert told.classes["named:company:example-ltd"] == "Company"
    assert told.nodes["org:unodc"] == {"identifiers": ["XM-DAC-41128"]}


def test_a_private_party_is_never_a_government_and_a_withheld_name_is_never_one_partner(tells: Tells) -> None:
    orgs = (
        '<participating-org role="4" type="22"><narrative>Georgia</narrative></participating-org>'
        '<participating-org role="4"><narrative>Various</narrative></participating-org>'
    )
    first, second = (tells(activities(activity(name, orgs=orgs))) for name in ("XX-EX-1-A", "XX-EX-1-B"))
    assert "named:ngo:georgia" in first.nodes
    [withheld] = [subject for subject, values in first.nodes.items() if values.get("undisclosed")]
    assert withheld not in second.nodes


def test_an_outgoing_commitment_shows_an_award_that_goes_to_its_receiver(tells: Tells) -> None:
    told = tells(
        activities(
            activity(
                before='<other-identifier ref="SSJTIP00XX0001" type="A1"/>',
                middle='<default-finance-type code="110"/>',
                after=money(2, "900000", inside=receiver("XX-NGO-7", "Example Relief"))
                + money(3, "100000", inside=receiver("XX-NGO-7"))
                + money(4, "500"),
            )
        )
    )
    award = told.nodes[AWARD]
    assert (award["award_number"], award["award_kind"], award["awarding_office"]) == (
        "SSJTIP00XX0001",
        "grant",
        "Example Agency",
    )
    assert {("AWARDED_TO", AWARD, "ngo:iati:xx-ngo-7"), ("UNDER", PROJECT, AWARD)} <= told.edges.keys()
    assert ("FUNDED", "body:iati:xx-ex-1", AWARD) in told.edges
    under = {values["transaction_kind"]: told_under(told, subject) for subject, values in transactions(told).items()}
    assert under == {"Outgoing Commitment": AWARD, "Disbursement": AWARD, "Expenditure": PROJECT}
    assert "stated_total" not in award


def test_the_number_of_an_award_is_its_identifier_without_the_reporter_where_no_other_is_told(tells: Tells) -> None:
    assert tells(activities(activity(after=money(2, "1")))).nodes[AWARD]["award_number"] == "A"


def test_an_activity_that_only_takes_or_spends_money_shows_no_award(tells: Tells) -> None:
    told = tells(activities(activity(after=money(1, "5") + money(4, "5") + money(3, "5"))))
    assert AWARD not in told.nodes


def test_an_implementer_receives_where_no_transaction_names_a_receiver(tells: Tells) -> None:
    orgs = '<participating-org role="4" ref="XX-NGO-7" type="22"/><participating-org role="4" ref="XX-EX-1"/>'
    told = tells(activities(activity(orgs=orgs, after=money(3, "5"))))
    assert [target for kind, _, target in told.edges if kind == "AWARDED_TO"] == ["ngo:iati:xx-ngo-7"]


def transactions(told: Told) -> dict[str, dict[str, object]]:
    return {subject: dict(values) for subject, values in told.nodes.items() if subject.startswith("transaction:")}


def told_under(told: Told, subject: str) -> str:
    [whole] = [target for kind, source, target in told.edges if (kind, source) == ("UNDER", subject)]
    return whole


@pytest.mark.parametrize(
    ("kind", "measure"),
    [
        (1, "incoming_funds"), (2, "commitment"), (3, "disbursement"), (4, "expenditure"), (5, "interest_payment"),
        (6, "loan_repayment"), (7, "reimbursement"), (8, "purchase_of_equity"), (9, "sale_of_equity"),
        (10, "credit_guarantee"), (11, "incoming_commitment"), (12, "pledge"), (13, "incoming_pledge"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_each_type_of_transaction_is_a_measure_of_its_own(tells: Tells, kind: int, measure: str) -> None:
    [said] = transactions(tells(activities(activity(after=money(kind, "-12.50"))))).values()
    assert said["money"] == {"amount": "-12.5", "currency": "USD", "measure": measure, "value_date": "2020-11-02"}
    assert said["fiscal_year"] == 2021


def test_a_transaction_keeps_its_own_currency_day_reference_and_sides(tells: Tells) -> None:
    text = (
        '<transaction ref="P-1"><transaction-type code="3"/><transaction-date iso-date="2020-09-30"/>'
        '<value currency="EUR" value-date="2020-10-01">7</value>'
        "<description><narrative>First payment</narrative></description>"
        '<provider-org ref="XX-EX-1"/><receiver-org ref="XX-NGO-7" type="22"/></transaction>'
    )
    told = tells(activities(activity(after=text)))
    said = told.nodes["transaction:iati:xx-ex-1-a:p-1"]
    assert said["money"]["currency"] == "EUR"  # type: ignore[index, call-overload]
    assert (said["transacted_on"], said["fiscal_year"], said["reference"]) == ("2020-09-30", 2020, "P-1")
    assert (said["provider"], said["receiver"]) == ("body:iati:xx-ex-1", "ngo:iati:xx-ngo-7")
    assert said["description"] == "First payment"


def test_transactions_are_told_apart_by_reference_else_by_content_and_true_twins_by_number(tells: Tells) -> None:
    one, other = money(3, "5"), money(3, "6")
    ids = list(transactions(tells(activities(activity(after=one + other + one)))))
    assert len(set(ids)) == 3
    assert ids[2] == f"{ids[0]}-2"
    moved = list(transactions(tells(activities(activity(after=other + one + one)))))
    assert sorted(moved) == sorted(ids)
    shared = [money(3, "5", attributes='ref="P"'), money(3, "6", attributes='ref="P"')]
    assert len(transactions(tells(activities(activity(after="".join(shared)))))) == 2


def test_an_amount_without_currency_or_of_an_unknown_type_is_refused(refusal: Refuses) -> None:
    found = refusal(activities(activity(after=money(3, "5"), attributes="")))
    assert "has a value without a currency" in found.reason
    assert "ISO 4217" in found.fix
    assert (
        "which is no currency"
        in refusal(activities(activity(attributes='default-currency="dollars"', after=money(3, "5")))).reason
    )
    assert "is of type '77', which IATI does not have" in refusal(activities(activity(after=money(77, "5")))).reason


def test_a_description_beyond_what_is_kept_is_cut_and_said(tells: Tells) -> None:
    told = tells(activities(activity().replace("Shelters of an example.", "x" * 20_001)))
    assert "the description is cut to 20,000 characters" in told.note


def test_a_parent_that_is_named_twice_is_stated_once(tells: Tells) -> None:
    told = tells(activities(activity(after='<related-activity ref="XX-EX-2" type="1"/>' * 2)))
    assert [ends for ends in told.edges if ends[0] == "PART_OF"] == [("PART_OF", PROJECT, "project:iati:xx-ex-2")]


def test_a_country_that_stands_there_twice_has_its_first_share(tells: Tells) -> None:
    shares = "".join(f'<recipient-country code="KE" percentage="{share}"/>' for share in (60, 40))
    told = tells(activities(activity(middle=shares)))
    assert "recipient country KE stands there twice; the first share is kept" in told.note


def test_a_budget_that_ends_before_it_starts_is_refused(refusal: Refuses) -> None:
    period = '<period-start iso-date="2021-01-01"/><period-end iso-date="2020-12-31"/>'
    found = refusal(activities(activity(after=f'<budget>{period}<value value-date="2021-01-01">5</value></budget>')))
    assert found.reason.endswith("<budget> ends on 2020-12-31, before it starts on 2021-01-01")


def test_transactions_of_a_secondary_reporter_are_left_out_of_totals(tells: Tells) -> None:
    text = activities(activity(after=money(3, "5"))).replace('type="10">', 'type="10" secondary-reporter="1">', 1)
    [said] = transactions(tells(text)).values()
    assert "secondary reporter" in str(said["left_out"])


def test_budgets_and_forecasts_are_lines_of_their_own_and_nothing_is_summed(tells: Tells) -> None:
    def line(tag: str, kind: str, year: int, inside: str = "") -> str:
        return (
            f'<{tag} type="{kind}"><period-start iso-date="{year}-01-01"/><period-end iso-date="{year}-12-31"/>'
            f'<value value-date="{year}-01-01">1000</value>{inside}</{tag}>'
        )

    told = tells(
        activities(
            activity(
                after=line("budget", "1", 2020)
                + line("budget", "2", 2020)
                + line("planned-disbursement", "1", 2021, receiver("XX-NGO-7"))
            )
        )
    )
    lines = {subject: values for subject, values in told.nodes.items() if subject.startswith("line:")}
    assert list(lines) == [
        "line:iati:xx-ex-1-a:budget-20200101-20201231-original",
        "line:iati:xx-ex-1-a:budget-20200101-20201231-revised",
        "line:iati:xx-ex-1-a:planned-20210101-20211231-original",
    ]
    first, _, planned = lines.values()
    assert first["period"] == {"start": "2020-01-01", "end_kind": "dated", "end": "2020-12-31"}
    assert first["money"] == {"amount": "1000", "currency": "USD", "measure": "budget", "value_date": "2020-01-01"}
    assert planned["place"] == "ngo:iati:xx-ngo-7"
    assert {("UNDER", subject, PROJECT) for subject in lines} <= told.edges.keys()


RESULT = """<result type="2"><title><narrative>Children are found sooner</narrative></title>
<indicator measure="1" ascending="1"><title><narrative>Children identified</narrative></title>
<baseline year="2019" value="120"/>
<baseline year="2019" value="50"><dimension name="sex" value="female"/></baseline>
<period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<target value="1,200"/><target value="600"><dimension name="sex" value="female"/></target>
<actual value="1100"/><actual value="many"><dimension name="sex" value="female"/></actual></period>
</indicator></result>"""


def test_results_become_indicators_with_readings_of_the_whole_and_of_its_parts(tells: Tells) -> None:
    told = tells(activities(activity(after=RESULT)))
    [indicator] = told.of("indicator")
    assert indicator == {
        "name": "Children identified",
        "result": "Children are found sooner",
        "result_kind": "outcome",
        "is_ascending": True,
        "baseline": "120",
        "baseline_on": "2019",
    }
    base, whole, part = told.of("measurement")
    assert (base["name"], base["value"], base["disaggregation"]) == ("baseline", "50", "sex: female")
    assert (whole["target"], whole["value"], whole["reported_by"]) == ("1200", "1100", "body:iati:xx-ex-1")
    assert (part["target"], part["summary"], part["disaggregation"]) == ("600", "actual: many", "sex: female")
    assert "value" not in part


def test_documents_are_under_what_links_to_them(tells: Tells) -> None:
    link = (
        '<document-link format="text/html" url="https://example.org/report"><title><narrative>Report</narrative>'
        '</title><category code="A07"/><category code="A08"/><language code="en"/>'
        '<document-date iso-date="2021-02-05"/></document-link>'
    )
    told = tells(activities(activity(after=link)))
    [document] = told.of("document")
    assert document == {
        "name": "Report",
        "document_kind": "review or evaluation, results",
        "language": "en",
        "dated_on": "2021-02-05",
        "website": "https://example.org/report",
    }


def test_parents_and_children_are_parts_and_the_activity_itself_is_passed_over(tells: Tells) -> None:
    related = "".join(
        f'<related-activity ref="{ref}" type="{kind}"/>'
        for ref, kind in (("XX-EX-1-P", 1), ("XX-EX-1-C", 2), ("XX-EX-1-S", 3), ("XX-EX-1-A", 2))
    )
    told = tells(activities(activity(after=related)))
    assert [(source, target) for kind, source, target in told.edges if kind == "PART_OF"] == [
        (PROJECT, "project:iati:xx-ex-1-p"),
        ("project:iati:xx-ex-1-c", PROJECT),
    ]
    assert told.note == "the activity names itself as related, which was passed over"


def test_identifiers_that_differ_only_in_case_or_signs_never_meet_in_one_id(tells: Tells) -> None:
    names = ("XX-EX-1-A", "xx-ex-1-a", "XX-EX-1/A", "XX-EX-1 A", "XX-EX-1-Ä", "XX-EX-1--A")
    ids = {
        next(iter(one for one in tells(activities(activity(name))).nodes if one.startswith("project:")))
        for name in names
    }
    assert len(ids) == len(names)
    assert all(one.isascii() for one in ids)


def test_a_long_title_is_cut_with_a_remark(tells: Tells) -> None:
    told = tells(activities(activity(title=f"<narrative>{'word ' * 400}</narrative>")))
    assert len(str(told.nodes[PROJECT]["name"])) <= 1_000
    assert told.note == "the title is cut to 1,000 characters"
