"""What the properties that stand beside a name say for or against a candidate: they agree, differ, or tell nothing."""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from graph.errors import NotFound, UsageError
from graph.names.forms import forms, spelled
from graph.projection.properties import unflatten
from graph.statements import Value
from queries.core.names.resolve import subject_of, topic_of
from queries.core.reading import Entity
from queries.core.session import Session
from queries.reconciling.properties import COUNTRY, countries_of, properties, rule_of
from queries.reconciling.query import Given, PropertyValue, Reconciled

Verdict = Literal["agrees", "differs"]

IDENTIFIERS = "identifiers"
# Fields that hold one value for good: another value is another thing. A second website or a wider topic is not.
_SETTLED = frozenset({COUNTRY, "iso2", "iso3", "genc3", "fips", "m49", "symbol", "award_number", "year", "fiscal_year"})


def verdicts(session: Session, given: Sequence[Given], thing: Entity) -> dict[str, Verdict]:
    """Return how what is known beside a name fits a thing, by property; what tells nothing is left out.

    A value that the thing lacks tells nothing. It differs only where a thing has one value for good, such as its
    country, or where both have identifiers of one scheme.
    """
    found = ((each.pid, _verdict(session, each, thing)) for each in given if each.pid in properties())
    return {pid: verdict for pid, verdict in found if verdict}


def _verdict(session: Session, given: Given, thing: Entity) -> Verdict | None:
    if given.pid == COUNTRY:
        wanted = governments(session, given.values)
        return _compared(wanted, countries_of(thing), is_settled=True)
    rule = rule_of(thing.cls, given.pid)
    value = unflatten(thing.cls, thing.values).get(given.pid) if rule else None
    if rule is None or value in (None, "", []):
        return None
    if given.pid == IDENTIFIERS:
        return _of_identifiers([_text(each) for each in given.values], _texts(value))
    if given.pid == "topics":
        return _compared(_topics(given.values), _texts(value), is_settled=False)
    if rule.shape == "ref":
        return _compared(_ids(session, given, rule.refers_to), _texts(value), is_settled=False)
    if rule.shape == "day":
        return _of_days([_text(each) for each in given.values], str(value))
    wanted = {spelled(_text(each)) for each in given.values} - {""}
    has = {spelled(form) for text in _texts(value) for form in forms(text)}
    return _compared(wanted, has, is_settled=given.pid in _SETTLED)


def governments(session: Session, values: Iterable[PropertyValue]) -> set[str]:
    """Return the ids of the governments that values stand for; what stands for none, or for several, is left out."""
    return {it for value in values if (it := _id(session, value, "Government"))}


def _ids(session: Session, given: Given, label: str) -> set[str]:
    return {it for value in given.values if (it := _id(session, value, label))}


def _id(session: Session, value: PropertyValue, label: str) -> str | None:
    if isinstance(value, Reconciled):
        return value.id
    try:
        return subject_of(session, str(value), parameter=label, labels=(label,)).id
    except (NotFound, UsageError):
        return None  # a text that names nothing, or several things, tells nothing


def _topics(values: Iterable[PropertyValue]) -> set[str]:
    found = set()
    for value in values:
        try:
            found.add(topic_of(_text(value)))
        except (NotFound, UsageError):
            continue  # as above
    return found


def _compared(wanted: Collection[str], has: Collection[str], *, is_settled: bool) -> Verdict | None:
    if not wanted or not has:
        return None
    if set(wanted) & set(has):
        return "agrees"
    return "differs" if is_settled else None


def _of_identifiers(wanted: Sequence[str], has: Sequence[str]) -> Verdict | None:
    bare = {spelled(form) for text in has for form in forms(text)}
    if any(spelled(text) in bare for text in wanted):
        return "agrees"
    schemes = {text.partition(":")[0].casefold() for text in has if ":" in text}
    return "differs" if any(text.partition(":")[0].casefold() in schemes for text in wanted if ":" in text) else None


def _of_days(wanted: Sequence[str], has: str) -> Verdict | None:
    days = [text.strip() for text in wanted if text.strip()]
    return "agrees" if any(has.startswith(day) or day.startswith(has) for day in days) else None


def _text(value: PropertyValue) -> str:
    return value.name or value.id if isinstance(value, Reconciled) else str(value)


def _texts(value: Value) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)] if isinstance(value, (str, int)) else []
