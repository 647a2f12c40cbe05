"""Money: programmes, projects, awards, budget lines, transactions, contributions, results."""

from pydantic import ValidationInfo, field_validator

from iga.graph.domain.model import internal, said
from iga.graph.domain.parties import AnyEntity, ToGovernment, ToParty
from iga.graph.domain.topics import Topics
from iga.graph.domain.values import Amount, Day, Interval, Line, Lines, Money, Text


def _usd(amount: str, measure: str) -> dict[str, str]:
    return {"amount": amount, "currency": "USD", "measure": measure}


class Programme(AnyEntity):
    """A kind of programme that the office or another funder runs."""

    kind = "programme"
    funder: ToParty | None = said("Who runs it.", example="body:us-state-tip")
    period: Interval | None = said("From when until when.", example={"start": "2014"})


class Project(AnyEntity):
    """What is done with money: an activity in the sense of IATI."""

    kind = "project"
    description: Text | None = said("What it does.", example="Harmonized data collection in SADC.")
    status: Line | None = said("Status as stated.", example="ended")
    period: Interval | None = said("From when until when.", example={"start": "2016-10-01", "end": "2020-03-30"})
    stated_total: Money | None = said(
        "Amount a list states for it; versions of one project are never summed.", example=_usd("500000", "announced")
    )
    purposes: Lines | None = said("Purpose codes as scheme:code.", example=["DAC:15160"])
    regions: Lines | None = said(
        "Regions that it is for, as scheme:code, with the share of the whole where it is stated.",
        example=["DAC:289 South of Sahara, regional: 40%"],
    )
    topics: Topics | None = said("What it deals with.", example=["data-and-research"])


class Award(AnyEntity):
    """The legal instrument that carries money: a grant, cooperative agreement or contract."""

    kind = "award"
    award_number: Line | None = said("FAIN, PIID or the funder's own number.", example="SSJTIP18CA0015", searched=True)
    opportunity: Line | None = said("Number of the funding opportunity.", example="AT-ATC-18-002", searched=True)
    listing: Line | None = said("Assistance listing.", example="19.019")
    award_kind: Line | None = said("What sort: grant, cooperative agreement, contract, sub-award.", example="grant")
    status: Line | None = said("Status: active, ended, terminated, closed.", example="active")
    period: Interval | None = said("Period of performance.", example={"start": "2017-10", "end": "2020-09"})
    stated_total: Money | None = said("Total a source states for it.", example=_usd("25000000", "announced"))
    ceiling: Money | None = said("Most that may be paid, as stated.", example=_usd("900000", "ceiling"))
    total_obligated: Money | None = said(
        "Total obligated so far, as its source states it; not the sum of what we hold.",
        example=_usd("750000", "obligation"),
    )
    total_outlaid: Money | None = said("Total paid so far, as its source states it.", example=_usd("420000", "outlay"))
    cost_share: Money | None = said("The recipient's own part, as stated.", example=_usd("50000", "cost_share"))
    fiscal_year: int | None = said("US fiscal year in which it was made.", example=2018)
    awarding_office: Line | None = said(
        "Office that made it, in its source's words.", example="Office to Monitor and Combat Trafficking in Persons"
    )
    amendments: Lines | None = said("Amendments as stated.", example=["P00002 2020-05: end moved to 2021-09"])
    description: Text | None = said("Purpose.", example="Reduce prevalence.")


WHOLE_ACCOUNT = "whole account"
"""Kind of a budget line that is not against trafficking alone."""


class FundingLine(AnyEntity):
    """One line of a budget: account, fiscal year and stage."""

    kind = "line"
    account: Line | None = said("Account.", example="INCLE")
    fiscal_year: int | None = said("US fiscal year.", example=2015)
    period: Interval | None = said(
        "Period it is for, where that is no US fiscal year.", example={"start": "2014-04-01", "end": "2015-03-31"}
    )
    line_kind: Line | None = said(
        "Original or revised, as its source says; *whole account* for what a country gets of an account, whatever for:"
        " no total of money against trafficking counts it.",
        example="revised",
    )
    money: Money | None = said("Amount and stage.", example=_usd("10000000", "requested"))
    place: ToParty | None = said("Country or body it is for.", example="gov:gha")
    scope: Line | None = said(
        "What a stated total covers, as its source counts it.", example="86 projects in 76 countries"
    )


class Transaction(AnyEntity):
    """One movement of money; amounts are signed."""

    kind = "transaction"
    fiscal_year: int | None = said("US fiscal year, as its source states it or of its day.", example=2018)
    money: Money | None = said(
        "Amount, currency, measure and day; without a day the fiscal year must be stated.",
        example={"amount": "-1200", "currency": "USD", "measure": "obligation", "value_date": "2018-03-01"},
    )
    reference: Line | None = said("The source's own number.", example="P00003", searched=True)
    transaction_kind: Line | None = said("What sort, in its source's words.", example="Outgoing Commitment")
    description: Text | None = said("What it is for.", example="Amendment to extend the period.")
    account: Line | None = said("Account that it is charged to.", example="INCLE")
    place: ToGovernment | None = said("Country it is for, where its source says so of it alone.", example="gov:gha")
    transacted_on: Day | None = said(
        "Day on which it was made, where that is not the day its amount is of.", example="2018-09-30"
    )
    left_out: Line | None = said(
        "Why no total counts it: it likely stands there twice, or the other side reports it too.",
        example="likely a duplicate of sub-award SUB-001",
    )
    provider: ToParty | None = said("Who gave.", example="body:us-state-tip")
    receiver: ToParty | None = said("Who received.", example="ngo:example-relief")
    appropriated_to: ToParty | None = said(
        "Whose appropriation it comes from, where that may be another than who gave it.", example="body:us-state"
    )

    @field_validator("money")
    @classmethod
    def _of_some_day(cls, money: Money | None, known: ValidationInfo) -> Money | None:
        if money and not money.value_date and known.data.get("fiscal_year") is None:
            raise ValueError("an amount has a day: value_date is blank, and no fiscal year is stated in its place")
        return money


class Contribution(AnyEntity):
    """What somebody puts in: pledged or delivered, in money or in kind."""

    kind = "contribution"
    money: Money | None = said(
        "Amount, if it is stated.", example={"amount": "1000000", "currency": "PEN", "measure": "pledge"}
    )
    stage: Line | None = said("Pledged, delivered, obligated or announced, as stated.", example="pledged")
    in_kind: Line | None = said("What is given if not money.", example="3 shelters")
    contributor: ToParty | None = said("Who gives.", example="gov:per")
    recipient: ToParty | None = said("Who receives.", example="ngo:example-relief")
    stated_for: Line | None = said("Day or period the source states it for.", example="at signing")
    stage_evidence: Line | None = internal(
        "What shows that it was delivered, or how far.", example="budget execution report of 2026"
    )


class Indicator(AnyEntity):
    """What is measured, and the target set for it."""

    kind = "indicator"
    definition: Text | None = said("What counts.", example="Number of children identified.")
    unit: Line | None = said("Unit.", example="children")
    result: Line | None = said("Result that it measures.", example="Children are identified sooner.")
    result_kind: Line | None = said("Output, outcome, impact, as stated.", example="outcome")
    is_ascending: bool | None = said("Whether more is better.", example=True)
    baseline_on: Day | None = said("Day or year of the baseline.", example="2015")
    baseline: Amount | None = said("Value at the start.", example="120")
    target: Line | None = said("Target as stated.", example="double by 2020")


class Measurement(AnyEntity):
    """One reading of an indicator."""

    kind = "measurement"
    value: Amount | None = said("Actual value.", example="180")
    target: Amount | None = said("Target for the period.", example="200")
    period: Interval | None = said("Period that it is of.", example={"start": "2018-10-01", "end": "2019-09-30"})
    measured_on: Day | None = said("Day or period.", example="2019")
    reported_by: ToParty | None = said("Who reports it.", example="gov:gha")
    disaggregation: Line | None = said("Which part of the whole.", example="girls")


class ExchangeRate(AnyEntity):
    """How much of a currency one unit of another bought on a day, as one source publishes it."""

    kind = "rate"
    currency: Line | None = said("ISO 4217 code of the currency that is counted.", example="PEN")
    base: Line | None = said("ISO 4217 code of the currency of which one unit is bought.", example="USD")
    rate: Amount | None = said("Units of the currency for one unit of the base.", example="3.705")
    rate_on: Day | None = said("Day the rate is of.", example="2031-03-31")
