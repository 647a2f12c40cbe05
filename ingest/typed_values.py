"""Read values as a person types them, one text a field, for the fields of any class."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from iga.graph.domain.model import Declared
from iga.graph.errors import UsageError
from iga.graph.statements import Value, Values
from iga.graph.suggestions import did_you_mean
from iga.ingest.cells import parted
from iga.ingest.dates import day_reader
from iga.ingest.fields import Misfit, fitting, usual_reader
from iga.ingest.name_tables import bodies, governments, partners
from iga.ingest.rejections import Refusal
from iga.ingest.subjects import is_id
from iga.ingest.value_readers import SIMPLE

OPEN = ".."
"""The end of an interval that is stated to be open, as ISO 8601-2 writes it."""

_MONEY = re.compile(r"(?P<amount>\S+) (?P<currency>[A-Z]{3}) (?P<measure>[a-z_]+)(?: (?P<value_date>[\d-]+))?")


def typed_values(declared: type[Declared], typed: Mapping[str, str]) -> Values:
    """Return typed texts as the values of a class.

    Lists are parted by semicolons. An interval is ``start/end``, each may be blank, ``..`` is an open end.
    Money is ``500000 USD obligation 2024-05-01``, a channel ``email a.name@example.org``. A subject is an id, or
    a code or name of the bundled tables.

    Raises:
        UsageError: There is no such field, or the text is blank or unfit; the message names both.
    """
    values = {name: _read(declared, name, text.strip()) for name, text in typed.items()}
    try:
        return fitting(declared, values)
    except Misfit as misfit:
        raise _unfit(declared, misfit.field, typed.get(misfit.field, ""), misfit.why) from None


def typed(value: Value) -> str:
    """Return a value as the text from which `typed_values` reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value)
    if not isinstance(value, dict):
        return str(value)
    if "end_kind" in value:
        end = OPEN if value["end_kind"] == "open" else value.get("end", "")
        return f"{value.get('start', '')}/{end}"
    return " ".join(filter(None, value.values()))


def _read(declared: type[Declared], name: str, text: str) -> Any:
    rules = declared.rules()
    if name not in rules:
        raise UsageError(f"{declared.__name__} has no field {name!r}{did_you_mean(name, rules)}")
    if not text:
        raise UsageError(f"{declared.__name__}.{name}: the value is blank; type what is true instead")
    try:
        shape = rules[name].shape
        if shape == "list":
            return [_one(declared, name, part) for part in parted(text, (";",))]
        if shape in _COMPOSITES:
            return _COMPOSITES[shape](text)
        return subject(text) if shape == "ref" else _one(declared, name, text)
    except Refusal as refusal:
        raise _unfit(declared, name, text, f"{refusal.reason}; {refusal.fix}") from None


def _one(declared: type[Declared], name: str, text: str) -> Any:
    reads = usual_reader(declared, name)
    return day_reader(None)(text) if reads == "day" else SIMPLE[reads](text)


def subject(text: str) -> str:
    """Return the id that a typed id, code or name means; refuse what no government or body has, or several have."""
    if is_id(text):
        return text
    subjects = {known for table in (governments(), bodies(), partners()) if (known := table.resolve(text))}
    if len(subjects) != 1:
        reason = (
            f"{text!r} is more than one: {', '.join(sorted(subjects))}" if subjects else f"nothing is known as {text!r}"
        )
        raise Refusal(reason, fix="type the id, which `iga find` shows", value=text)
    return subjects.pop()


def _interval(text: str) -> dict[str, str]:
    start, slash, end = (part.strip() for part in text.partition("/"))
    day = day_reader(None)
    parts = {"start": day(start)} if start else {}
    if end == OPEN:
        return {**parts, "end_kind": "open"}
    if not slash:
        end = start
    return {**parts, "end": day(end)} if end else parts


def _money(text: str) -> dict[str, str]:
    match = _MONEY.fullmatch(text)
    if not match:
        raise Refusal(f"{text!r} is not an amount", fix="type 500000 USD obligation 2024-05-01", value=text)
    parts = {name: part for name, part in match.groupdict().items() if part}
    return {**parts, "amount": str(SIMPLE["number"](parts["amount"]))}


_COMPOSITES: dict[str, Callable[[str], dict[str, str]]] = {
    "interval": _interval,
    "money": _money,
    "channel": lambda text: dict(zip(("kind", "value"), text.partition(" ")[::2], strict=True)),
}


def _unfit(declared: type[Declared], field: str, text: str, reason: str) -> UsageError:
    about = declared.model_fields[field]
    example = about.examples[0] if about.examples else ""
    return UsageError(
        f"{declared.__name__}.{field}: {text!r} does not fit: {reason}. {about.description} Example: {example}"
    )
