from collections.abc import Callable

from iga.ingest.rejections import Refusal
from tests.ingest.formats.iati.conftest import REPORTER, Told, organisations

Tells = Callable[[str], Told]


def line(tag: str, inside: str = "", *, part: str = "budget-line", value: str = "1000") -> str:
    return (
        f'<{tag}>{inside}<period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>'
        f'<value value-date="2026-01-01">{value}</value>'
        f'<{part} ref="7"><value value-date="2026-01-01">400</value><narrative>Shelters</narrative></{part}></{tag}>'
    )


def record(*inside: str, identifier: str = "XX-EX-1", attributes: str = 'default-currency="USD"') -> str:
    name = '<name><narrative xml:lang="en">Example Agency</narrative><narrative xml:lang="fr">Agence</narrative></name>'
    return organisations(
        f"<iati-organisation {attributes}><organisation-identifier>{identifier}</organisation-identifier>{name}"
        f"{REPORTER}{''.join(inside)}</iati-organisation>"
    )


def test_an_organisation_has_its_names_and_the_class_of_its_type(tells: Tells) -> None:
    told = tells(record())
    assert told.key == "XX-EX-1"
    assert told.nodes["body:iati:xx-ex-1"] == {
        "name": "Example Agency",
        "aliases": ["Agence"],
        "identifiers": ["XX-EX-1"],
    }
    assert told.classes["body:iati:xx-ex-1"] == "PublicBody"


def test_the_type_of_the_reporter_says_nothing_of_another_organisation(tells: Tells) -> None:
    assert "organization:iati:xx-ex-9" in tells(record(identifier="XX-EX-9")).nodes


def test_budgets_and_expenditures_are_lines_and_what_they_are_broken_into_are_parts(tells: Tells) -> None:
    told = tells(
        record(
            line("total-budget"),
            line("recipient-org-budget", '<recipient-org ref="XX-NGO-7"><narrative>Relief</narrative></recipient-org>'),
            line("recipient-region-budget", '<recipient-region code="289"/>'),
            line("recipient-country-budget", '<recipient-country code="KE"/>'),
            line("total-expenditure", part="expense-line"),
        )
    )
    lines = {subject: values for subject, values in told.nodes.items() if subject.startswith("line:")}
    wholes = [lines[target] for kind, _, target in told.edges if kind == "FUNDED"]
    assert [(one["account"], one["money"]["measure"], one.get("place")) for one in wholes] == [  # type: ignore[index, call-overload]
        ("total budget", "budget", None),
        ("budget for an organization", "budget", "organization:iati:xx-ngo-7"),
        ("budget for a region DAC:289", "budget", None),
        ("budget for a country", "budget", "gov:ken"),
        ("total expenditure", "expenditure", None),
    ]
    parts = [lines[source] for kind, source, _ in told.edges if kind == "PART_OF"]
    assert len(parts) == 5
    assert parts[0]["account"] == "7 Shelters"
    assert wholes[0]["period"] == {"start": "2026-01-01", "end_kind": "dated", "end": "2026-12-31"}


def test_an_amount_without_a_currency_is_refused(refusal: Callable[[str], Refusal]) -> None:
    found = refusal(record(line("total-budget"), attributes=""))
    assert (found.column, "without a currency" in found.reason) == ("total-budget", True)


def test_a_budget_for_a_country_that_is_none_is_refused(refusal: Callable[[str], Refusal]) -> None:
    found = refusal(record(line("recipient-country-budget", '<recipient-country code="XX"/>')))
    assert found.reason.endswith("<recipient-country> has the code 'XX', which is no country")


def test_documents_are_parts_of_the_organisation(tells: Tells) -> None:
    link = (
        '<document-link format="text/html" url="https://example.org/annual"><title><narrative>Annual report'
        '</narrative></title><category code="B01"/></document-link>'
    )
    told = tells(record(link))
    [document] = told.of("document")
    assert document["document_kind"] == "annual report"
    assert [target for kind, _, target in told.edges if kind == "PART_OF"] == ["body:iati:xx-ex-1"]
