"""The money of a record: transactions, budgets, forecasts and other lines, each by itself; nothing is summed."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from iga.graph.domain.values import fiscal_year_of
from iga.ingest.formats.iati.iati_elements import (
    LONGEST_TEXT,
    FieldTable,
    code_list,
    code_of,
    coded,
    cut,
    day_in,
    day_of,
    end_of_id,
    fields_in,
    line,
    narrated,
    refused,
    span_of,
    text_of,
)
from iga.ingest.formats.iati.iati_record import IatiRecord
from iga.ingest.subjects import digest_of

GOING_OUT = ("2", "3")
"""TransactionType of what is under the award: what is promised to its recipient, and what is paid to it."""

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_ISO_MONTH = len("2021-10")


@dataclass(frozen=True)
class ActivityIds:
    """What the money of an activity belongs to.

    Attributes:
        award: Id of the award; blank when the activity shows none.
        left_out: Why no total counts its transactions; blank when they count.
    """

    identifier: str
    project: str
    award: str
    left_out: str = ""


_LINES = {
    "budget": ("Budget", "budget", "budget"),
    "planned-disbursement": ("Planned disbursement", "planned", "planned_disbursement"),
}
"""Element → the line of a project that it is: what it is called, the word in its id, what its amount measures."""

_TRANSACTION: FieldTable = {
    "reference": lambda transaction: cut(line(transaction.get("ref"))),
    "transaction_kind": lambda transaction: code_list("TransactionType")[code_of(transaction, "transaction-type")],
    "description": narrated("description", LONGEST_TEXT),
}


def money_of(element: Element, measure: str, currency: str) -> dict[str, str]:
    """Return the amount in an element; refuse one without value, currency or date."""
    value = element.find("value")
    if value is None or not line(value.text):
        raise refused(element, "has no value", fix="add the value, or take the element out")
    code = line(value.get("currency")) or currency
    if not _CURRENCY.fullmatch(code):
        what = f"has a value in {code!r}, which is no currency" if code else "has a value without a currency"
        fix = "add the three-letter code of ISO 4217 as currency, or as default-currency of the record"
        raise refused(element, what, fix=fix, value=line(value.text))
    day = day_of(value.get("value-date"))
    if not day:
        raise refused(element, "has a value without a date", fix="add value-date", value=line(value.text))
    return {"amount": line(value.text), "currency": code, "measure": measure, "value_date": day}


def period_of(element: Element) -> dict[str, str]:
    """Return the period of a budget, forecast or reading; refuse one that ends before it starts."""
    start, end = day_in(element, "period-start"), day_in(element, "period-end")
    if start and end and start > end:
        raise refused(element, f"ends on {end}, before it starts on {start}", fix="correct the dates", value=end)
    return span_of(start, end)


def digits_of(period: Mapping[str, str]) -> str:
    """Return a period as ids hold it: ``20210101-20211231``."""
    return "-".join(day.replace("-", "") for day in period.values())


def tell_transactions(record: IatiRecord, ids: ActivityIds, transactions: Sequence[Element]) -> None:
    """State each transaction, under the award where money goes out to its recipient, else under the project."""
    references = Counter(line(transaction.get("ref")) for transaction in transactions)
    for transaction in transactions:
        kind = code_of(transaction, "transaction-type")
        values = _transaction(record, ids, transaction, kind)
        reference = line(transaction.get("ref"))
        end = end_of_id(reference) if reference else ""
        if not reference or references[reference] > 1:
            end = "-".join(filter(None, (end, _mark(transaction, record.currency))))
        subject = record.numbered(f"transaction:iati:{record.end}:{end}")
        whole = ids.award if ids.award and kind in GOING_OUT else ids.project
        record.edge("UNDER", record.node(subject, values, at=transaction), whole, at=transaction)


def _mark(transaction: Element, currency: str) -> str:
    """Return a digest of what a transaction says, as it is written: it must not change with what we make of it."""
    value, texts = transaction.find("value"), [code_of(transaction, "transaction-type")]
    assert value is not None, "a transaction without a value was refused"
    texts += [line(value.text), line(value.get("currency")) or currency, day_of(value.get("value-date"))]
    if transaction.find("transaction-date") is not None:
        texts.append(day_in(transaction, "transaction-date"))
    for name in ("provider-org", "receiver-org"):
        org = transaction.find(name)
        texts += ["", ""] if org is None else [line(org.get("ref")), text_of(org).main]
    return digest_of(*texts, text_of(transaction.find("description")).main)


def _transaction(record: IatiRecord, ids: ActivityIds, transaction: Element, kind: str) -> dict[str, object]:
    names = code_list("TransactionType")
    if kind not in names:
        known = ", ".join(f"{code} {name}" for code, name in names.items())
        raise refused(transaction, f"is of type {kind!r}, which IATI does not have", fix=f"write one of {known}")
    money = money_of(transaction, code_list("measures")[kind], record.currency)
    stated = day_in(transaction, "transaction-date")
    day = stated or money["value_date"]
    return {
        "name": cut(f"{names[kind]} of {ids.identifier}, {day}"),
        "money": money,
        "transacted_on": stated if stated != money["value_date"] else "",
        "fiscal_year": fiscal_year_of(day) if len(day) > _ISO_MONTH else None,
        **fields_in(transaction, _TRANSACTION),
        "provider": record.party(transaction.find("provider-org")),
        "receiver": record.party(transaction.find("receiver-org")),
        "left_out": ids.left_out,
    }


def tell_lines(record: IatiRecord, ids: ActivityIds, elements: Sequence[Element]) -> None:
    """State each budget and planned disbursement as a line of the project: for whom it is, and who pays for it."""
    for element in elements:
        (name, word, measure), period = _LINES[str(element.tag)], period_of(element)
        sort = coded(element, "type", "BudgetType")
        values = {
            "name": cut(f"{name} of {ids.identifier}, {' to '.join(period.values())}"),
            "period": period,
            "line_kind": ", ".join(filter(None, (sort, coded(element, "status", "BudgetStatus")))),
            "money": money_of(element, measure, record.currency),
            "place": record.party(element.find("receiver-org")),
        }
        end = "-".join(filter(None, (word, digits_of(period), sort)))
        subject = record.node(record.numbered(f"line:iati:{record.end}:{end}"), values, at=element)
        record.edge("UNDER", subject, ids.project, at=element)
        if provider := record.party(element.find("provider-org")):
            record.edge("FUNDED", provider, subject, at=element)
