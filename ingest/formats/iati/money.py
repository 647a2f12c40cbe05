"""The money of an activity: transactions, budgets and planned disbursements, each by itself; nothing is summed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from graph.domain.values import first_day
from ingest.formats.iati.codes import BUDGET_STATUSES, BUDGET_TYPES, GOING_OUT, MEASURES, TRANSACTION_KINDS
from ingest.formats.iati.elements import LONGEST_TEXT, RecordBuilder, Twins, cut, end_of_id, line, refused, told
from ingest.formats.iati.parties import Parties
from ingest.rejections import UNFIT, Refusal
from ingest.subjects import digest_of

# A date of XML Schema may name its time zone, and files of 1.x write instants for days.
_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T\S*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_FIRST_MONTH_OF_FISCAL_YEAR = 10  # 31 USC 1102: the US fiscal year begins on October 1


@dataclass(frozen=True)
class Under:
    """What the money of an activity belongs to.

    Attributes:
        identifier: Identifier of the activity, as written.
        project: Id of the project.
        award: Id of the award; blank when the activity shows none.
        end: Last part of their ids.
        left_out: Why no total counts its transactions; blank when they count.
    """

    identifier: str
    project: str
    award: str
    end: str
    left_out: str = ""


def money_of(value: Element | None, measure: str, currency: str, at: Element) -> dict[str, str]:
    """Return an amount.

    Raises:
        Refusal: It has no value, currency or date.
    """
    if value is None or not line(value.text):
        raise refused(at, "has no value", fix="add the value, or take the element out")
    code = line(value.get("currency")) or currency
    if not _CURRENCY.fullmatch(code):
        what = f"has a value in {code!r}, which is no currency" if code else "has a value without a currency"
        fix = "add the three-letter code of ISO 4217 as currency, or as default-currency of the record"
        raise refused(at, what, fix=fix, value=line(value.text))
    day = day_of(value.get("value-date"))
    if not day:
        raise refused(at, "has a value without a date", fix="add value-date", value=line(value.text))
    return {"amount": line(value.text), "currency": code, "measure": measure, "value_date": day}


def day_of(text: str | None) -> str:
    """Return a date of XML Schema without its time zone; blank when there is none.

    Raises:
        Refusal: There is no such date.
    """
    plain = line(text)
    if not plain:
        return ""
    found = _DAY.fullmatch(plain)
    try:
        first_day(found[1] if found else "0000")
    except ValueError:
        raise Refusal(
            f"there is no date {plain[:40]!r}", fix="write the date as 2021-03-25", code=UNFIT, value=plain
        ) from None
    assert found, "what is no date was refused"
    return found[1]


def period_of(element: Element) -> dict[str, str]:
    """Return the period of a budget, forecast or reading; a missing end is unknown.

    Raises:
        Refusal: It ends before it starts.
    """
    start, end = (
        day_of(found.get("iso-date")) if (found := element.find(name)) is not None else ""
        for name in ("period-start", "period-end")
    )
    if start and end and start > end:
        raise refused(element, f"ends on {end}, before it starts on {start}", fix="correct the dates", value=end)
    return {name: day for name, day in (("start", start), ("end", end)) if day}


def tell_transactions(builder: RecordBuilder, parties: Parties, under: Under, transactions: Sequence[Element]) -> None:
    """State each transaction, under the award where money goes out to its recipient, else under the project.

    Raises:
        Refusal: A transaction has no known type, or an amount without currency or date.
    """
    references = Counter(line(transaction.get("ref")) for transaction in transactions)
    twins = Twins()
    for transaction in transactions:
        kind = code_of(transaction, "transaction-type")
        said = _transaction(builder, parties, under, transaction, kind)
        reference = line(transaction.get("ref"))
        end = end_of_id(reference) if reference else ""
        if not reference or references[reference] > 1:
            mark = _mark(transaction, builder.currency)
            end = f"{end}-{mark}" if end else mark
        subject = builder.node(twins.told_apart(f"transaction:iati:{under.end}:{end}"), said, transaction)
        whole = under.award if under.award and kind in GOING_OUT else under.project
        builder.edge("UNDER", subject, whole, transaction)


def _mark(transaction: Element, currency: str) -> str:
    """Return a digest of what a transaction says, as it is written: it must not change with what we make of it."""
    value = transaction.find("value")
    told_of = [] if value is None else [line(value.text), line(value.get("currency")) or currency]
    days = [] if value is None else [day_of(value.get("value-date"))]
    if (date := transaction.find("transaction-date")) is not None:
        days.append(day_of(date.get("iso-date")))
    sides = (transaction.find(name) for name in ("provider-org", "receiver-org"))
    named = [words for org in sides for words in (("", "") if org is None else (line(org.get("ref")), told(org).main))]
    description = told(transaction.find("description")).main
    return digest_of(code_of(transaction, "transaction-type"), *told_of, *days, *named, description)


def _transaction(
    builder: RecordBuilder, parties: Parties, under: Under, transaction: Element, kind: str
) -> Mapping[str, object]:
    if kind not in MEASURES:
        known = ", ".join(f"{code} {name}" for code, name in TRANSACTION_KINDS.items())
        raise refused(transaction, f"is of type {kind!r}, which IATI does not have", fix=f"write one of {known}")
    money = money_of(transaction.find("value"), MEASURES[kind], builder.currency, transaction)
    date = transaction.find("transaction-date")
    day = day_of(date.get("iso-date")) if date is not None else ""
    return {
        "name": cut(f"{TRANSACTION_KINDS[kind]} of {under.identifier}, {day or money['value_date']}"),
        "money": money,
        "transacted_on": day if day != money["value_date"] else "",
        "fiscal_year": fiscal_year(day or money["value_date"]),
        "reference": cut(line(transaction.get("ref"))),
        "transaction_kind": TRANSACTION_KINDS[kind],
        "description": cut(told(transaction.find("description")).main, LONGEST_TEXT),
        "provider": parties.party(transaction.find("provider-org")),
        "receiver": parties.party(transaction.find("receiver-org")),
        "left_out": under.left_out,
    }


def fiscal_year(day: str) -> int | None:
    """Return the US fiscal year of a full date; None for a partial one."""
    if len(day) < len("2021-10-01"):
        return None
    return int(day[:4]) + (int(day[5:7]) >= _FIRST_MONTH_OF_FISCAL_YEAR)


def tell_budgets(builder: RecordBuilder, under: Under, budgets: Sequence[Element]) -> None:
    """State each budget as a line of the project.

    Raises:
        Refusal: An amount has no currency or date, or a period ends before it starts.
    """
    twins = Twins()
    for budget in budgets:
        words = (BUDGET_TYPES.get(budget.get("type") or ""), BUDGET_STATUSES.get(budget.get("status") or ""))
        period = period_of(budget)
        said = {
            "name": _line_name("Budget", under, period),
            "period": period,
            "line_kind": ", ".join(filter(None, words)),
            "money": money_of(budget.find("value"), "budget", builder.currency, budget),
        }
        end = "-".join(filter(None, ("budget", _period_words(period), words[0])))
        subject = builder.node(twins.told_apart(f"line:iati:{under.end}:{end}"), said, budget)
        builder.edge("UNDER", subject, under.project, budget)


def tell_planned(builder: RecordBuilder, parties: Parties, under: Under, planned: Sequence[Element]) -> None:
    """State each planned disbursement as a line of the project, for whom it is meant, paid for by whom it names.

    Raises:
        Refusal: An amount has no currency or date, or a period ends before it starts.
    """
    twins = Twins()
    for forecast in planned:
        kind = BUDGET_TYPES.get(forecast.get("type") or "", "")
        period = period_of(forecast)
        said = {
            "name": _line_name("Planned disbursement", under, period),
            "period": period,
            "line_kind": kind,
            "money": money_of(forecast.find("value"), "planned_disbursement", builder.currency, forecast),
            "place": parties.party(forecast.find("receiver-org")),
        }
        end = "-".join(filter(None, ("planned", _period_words(period), kind)))
        subject = builder.node(twins.told_apart(f"line:iati:{under.end}:{end}"), said, forecast)
        builder.edge("UNDER", subject, under.project, forecast)
        if provider := parties.party(forecast.find("provider-org")):
            builder.edge("FUNDED", provider, subject, forecast)


def _line_name(what: str, under: Under, period: Mapping[str, str]) -> str:
    return cut(f"{what} of {under.identifier}, {' to '.join(period.values())}")


def _period_words(period: Mapping[str, str]) -> str:
    return "-".join(day.replace("-", "") for day in period.values())


def code_of(element: Element, name: str) -> str:
    """Return the code of a child; blank when there is none."""
    child = element.find(name)
    return line(child.get("code")) if child is not None else ""
