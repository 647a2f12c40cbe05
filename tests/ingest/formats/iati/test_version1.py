from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import NodeStatement
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.formats.iati.iati_files import IATI
from iga.ingest.loading import Surroundings, load
from iga.ingest.rejections import Refusal
from tests.ingest.conftest import clock
from tests.ingest.formats.iati.conftest import Told, activities

OLD = """<iati-activity xml:lang="en" default-currency="USD">
<reporting-org ref="XX-1" type="10">Example Agency</reporting-org>
<iati-identifier>XX-1-77</iati-identifier>
<other-identifier owner-ref="XX-1" owner-name="Example Agency">77</other-identifier>
<title>Example shelters</title>
<title xml:lang="fr">Refuges</title>
<description>Shelters of an example.</description>
<activity-date type="start-actual">2012-01-31</activity-date>
<activity-date type="end-planned" iso-date="2014-12-31"/>
<activity-status code="2">Implementation</activity-status>
<participating-org role="Funding" type="10" ref="XX-1">Example Agency</participating-org>
<participating-org role="implementing" type="22">Example Relief</participating-org>
<recipient-country code="KE">Kenya</recipient-country>
<sector vocabulary="DAC" code="15160">Human rights</sector>
<sector vocabulary="DAC" code="NA">NULL</sector>
<sector vocabulary="RO">Peace</sector>
<budget type="Original"><period-start iso-date="2012-01-01"/><period-end iso-date="2012-12-31"/>
<value value-date="2012-01-01">1,000</value></budget>
<transaction><transaction-type code="C">Commitment</transaction-type><value>500</value>
<transaction-date iso-date="2012-02-01"/><receiver-org>Example Relief</receiver-org></transaction>
<document-link url="https://example.org/a" format="text/html" language="en"><title>A paper</title>
<category code="A07"/></document-link>
</iati-activity>"""


def test_a_record_of_version_1_is_read_as_one_of_2_03(tells: Callable[[str], Told]) -> None:
    told = tells(activities(OLD, version="1.03"))
    project = told.nodes["project:iati:xx-1-77"]
    assert (project["name"], project["aliases"]) == ("Example shelters", ["Refuges"])
    assert project["period"] == {"start": "2012-01-31", "end_kind": "dated", "end": "2014-12-31"}
    assert project["purposes"] == ["DAC:15160", "own:Peace"]
    assert told.edges["IMPLEMENTS", "named:ngo:example-relief", "project:iati:xx-1-77"] == {"role": "implementing"}
    assert told.nodes["award:iati:xx-1-77"]["award_number"] == "77"
    [transaction], [line], [document] = told.of("transaction"), told.of("line"), told.of("document")
    assert transaction["money"] == {
        "amount": "500",
        "currency": "USD",
        "measure": "commitment",
        "value_date": "2012-02-01",
    }
    assert transaction["receiver"] == "named:ngo:example-relief"
    assert (line["line_kind"], line["money"]["amount"]) == ("original", "1000")  # type: ignore[index, call-overload]
    assert (document["name"], document["language"]) == ("A paper", "en")


def test_a_date_that_is_none_is_refused_and_an_instant_is_its_day(
    tells: Callable[[str], Told], refusal: Callable[[str], Refusal]
) -> None:
    wrong = OLD.replace('iso-date="2012-02-01"', 'iso-date="2/1/2012"')
    assert refusal(activities(wrong, version="1.03")).reason == "there is no date '2/1/2012'"
    instant = OLD.replace('iso-date="2012-02-01"', 'iso-date="2012-02-01T00:00:00"')
    [transaction] = tells(activities(instant, version="1.03")).of("transaction")
    assert transaction["fiscal_year"] == 2012


DAY = '<transaction-date iso-date="2012-02-01"/>'


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("<value>500</value>", "", "<transaction> has no value"),
        ("<value>500</value>", "<value>lots</value>", "<transaction> does not fit Transaction.money: amount"),
        (DAY, "", "<transaction> has a value without a date"),
        ('<recipient-country code="KE"', '<recipient-country code="KE" percentage="half"', "has the share 'half'"),
    ],
)
def test_what_the_schema_of_version_2_would_refuse_is_refused_of_version_1(
    refusal: Callable[[str], Refusal], right: str, wrong: str, told: str
) -> None:
    assert told in refusal(activities(OLD.replace(right, wrong, 1), version="1.03")).reason


def test_a_transaction_without_a_day_is_of_that_of_its_value(tells: Callable[[str], Told]) -> None:
    text = OLD.replace(DAY, "").replace("<value>500", '<value value-date="2012-03-01">500')
    [transaction] = tells(activities(text, version="1.03")).of("transaction")
    assert str(transaction["name"]).endswith("2012-03-01")


def test_what_has_the_form_of_version_2_already_stays(tells: Callable[[str], Told]) -> None:
    text = OLD.replace("<description>Shelters of an example.", "<description><narrative>Shelters of one.</narrative>")
    text = text.replace('owner-ref="XX-1" owner-name="Example Agency">77<', 'ref="77" type="A1"><')
    told = tells(activities(text, version="1.03"))
    assert told.nodes["project:iati:xx-1-77"]["description"] == "Shelters of one."
    assert told.nodes["award:iati:xx-1-77"]["award_number"] == "77"


REAL = {
    "cafod_iati1x.xml": (57, {"transaction": 358}),
    "dfid_drcongo_iati1x.xml": (205, {"transaction": 815, "line": 442}),
    "united_states_tanzania_iati1x.xml": (263, {"transaction": 263}),
    "us_government_iati10_2012.xml": (198, {"transaction": 255}),
}
"""Real file → its activities, and how many elements become nodes of a kind; counted in the files themselves."""


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(REAL))
def test_every_record_and_every_amount_of_the_real_files_is_accounted_for(
    ledger: Ledger, shared: Path, name: str
) -> None:
    path = shared / "funding" / "iati" / "activities" / name
    report = load(ledger, IATI.feed([path], CardWords()), [path], surroundings=Surroundings(clock))
    count, kinds = REAL[name]
    assert (report.read, report.new) == (count, count)
    assert any("not validated: no 1.x schema" in note for note in report.notes)
    told = Counter(
        statement.id.split(":")[0]
        for row in ledger.rows_of(report.source)
        for statement in row[-1].content.statements
        if isinstance(statement, NodeStatement)
    )
    assert {kind: told[kind] for kind in kinds} == kinds
    assert told["project"] == count
