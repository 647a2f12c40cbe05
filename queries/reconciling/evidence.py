"""What the properties that stand beside a name say for or against a candidate: they agree, differ, or tell nothing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from iga.graph.errors import NotFound, UsageError
from iga.graph.names.forms import forms, spelled
from iga.graph.projection.properties import unflatten
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.names.topics import topic_of
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.reconciling.query import PropertyValue, Reconciled, StatedProperty
from iga.queries.reconciling.schema import COUNTRY, countries_of, properties, rule_of

Verdict = Literal["agrees", "differs"]

IDENTIFIERS = "identifiers"
# Fields that hold one value for good: another value is another thing. A second website or a wider topic is not.
_SETTLED = frozenset({COUNTRY, "iso2", "iso3", "genc3", "fips", "m49", "symbol", "award_number", "year", "fiscal_year"})


def verdicts(session: Session, beside: Sequence[StatedProperty], thing: Entity) -> dict[str, Verdict]:
    """Return how what is known beside a name fits a thing, by property; what tells nothing is left out.

    A value that the thing lacks tells nothing. It differs only where a thing has one value for good, such as its
    country, or where both have identifiers of one scheme.
    """
    judged = ((stated.pid, _verdict(session, stated, thing)) for stated in beside if stated.pid in properties())
    return {pid: verdict for pid, verdict in judged if verdict}


def _verdict(session: Session, stated: StatedProperty, thing: Entity) -> Verdict | None:
    if stated.pid == COUNTRY:
        return _compared(ids_of(session, stated.values, "Government"), countries_of(thing), is_settled=True)
    rule = rule_of(thing.cls, stated.pid)
    value = unflatten(thing.cls, thing.values).get(stated.pid) if rule else None
    if rule is None or value in (None, "", []) or isinstance(value, Mapping):
        return None
    texts = [_text(text) for text in stated.values]
    has = [str(text) for text in value] if isinstance(value, list) else [str(value)]
    if stated.pid == IDENTIFIERS:
        return _of_identifiers(texts, has)
    if stated.pid == "topics":
        return _compared(_topics(texts), has, is_settled=False)
    if rule.shape == "ref":
        return _compared(ids_of(session, stated.values, rule.refers_to), has, is_settled=False)
    if rule.shape == "day":
        days = (text.strip() for text in texts if text.strip())
        return "agrees" if any(has[0].startswith(day) or day.startswith(has[0]) for day in days) else None
    own = {spelled(form) for text in has for form in forms(text)}
    return _compared({spelled(text) for text in texts} - {""}, own, is_settled=stated.pid in _SETTLED)


def ids_of(session: Session, values: Iterable[PropertyValue], label: str) -> set[str]:
    """Return the ids of the things that values stand for; what stands for none, or for several, is left out."""
    known = set()
    for value in values:
        # A text that names nothing, or several things, tells nothing.
        with suppress(NotFound, UsageError):
            known.add(
                value.id
                if isinstance(value, Reconciled)
                else subject_of(session, str(value), parameter=label, labels=(label,)).id
            )
    return known - {""}


def _topics(texts: Iterable[str]) -> set[str]:
    codes = set()
    for text in texts:
        with suppress(NotFound, UsageError):  # as above
            codes.add(topic_of(text))
    return codes


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


def _text(value: PropertyValue) -> str:
    return value.name or value.id if isinstance(value, Reconciled) else str(value)
