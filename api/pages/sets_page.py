"""/sets: who fulfils conditions, with counts, columns and what is open; /compare: parties side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from iga.api.deps import KnownOnParams, Now, in_session
from iga.api.pages.answer_table import ROWS
from iga.api.pages.frame import address, for_a_page, page, sources_of
from iga.exports.doubts import bearing, by_relevance
from iga.graph.errors import IgaError
from iga.graph.keys import VERSION
from iga.queries.core.answer import Answer
from iga.queries.core.printed_names import short_names
from iga.queries.core.session import Session
from iga.queries.sets.column import Asked, Candidates, SetColumn
from iga.queries.sets.comparing import ask_compare, field_of_party
from iga.queries.sets.condition import Combined
from iga.queries.sets.filter_text import Term, TypedValue, groups_in, on_line
from iga.queries.sets.known_columns import CANDIDATES, candidates_named
from iga.queries.sets.listing import Listed, ask_list, value_of
from iga.queries.sets.told import field_of, predicate, years_of
from iga.queries.sets.understanding import FilterReading

router = APIRouter(include_in_schema=False)

_MOST = 12
"""Parties that stand beside each other on one page."""
_COUNTED = {
    "governments": ("region", "tier", "moved", "plan", "restricted", "compact", "mission"),
    "partners": ("kind", "award_running"),
}
"""Columns whose values are counted, each value leading to those who have it."""
_FILES = ("xlsx", "csv", "jsonl", "json")


class SetPageParams(KnownOnParams):
    """The conditions of a list, one to add, and what is shown of it."""

    filter: str = Field(default="", max_length=4_000, description="Conditions.")
    add: str = Field(default="", max_length=100, description="Column of a further condition.")
    value: str = Field(default="", max_length=500, description="Of what, and which value.")
    when: str = Field(default="", max_length=40, description="For when it is asked.")
    is_not: str = Field(default="", max_length=3, description="Whether it is denied.")
    show: list[str] = Field(default=[], max_length=60, description="Columns shown.")
    also: str = Field(default="", max_length=1_000, description="Treaties and bodies shown, parted by commas.")
    rest: str = Field(default="", max_length=4, description="Whether those are listed whom no list rules out.")
    remark: str = Field(default="", max_length=1_000, description="Words of a text that no condition took up.")
    page: int = Field(default=1, ge=1, le=10_000, description="Which page of the rows.")


class ComparedParams(KnownOnParams):
    """Who stands beside whom."""

    party: list[str] = Field(default=[], max_length=_MOST, description="The parties, one after another.")


@dataclass(frozen=True)
class Chip:
    """One condition in words, the address of the list without it, and whether another group begins with it."""

    text: str
    without: str
    is_or: bool


@router.get("/sets/{of}")
@in_session
def show_set(
    request: Request,
    session: Now,
    of: Annotated[str, Path(max_length=100)],
    asked: Annotated[SetPageParams, Query()],
) -> Response:
    """Return who fulfils conditions: surely, and as far as is on file; a further condition leads to its own address."""
    candidates = candidates_named(of)
    own = {"show": asked.show, "also": asked.also, "rest": asked.rest, "known_on": asked.known_on}
    shown: dict[str, Any] = {"of": candidates, "asked": asked, "others": CANDIDATES, "example_of": _example}
    try:
        if asked.add:
            term = _term(candidates.column(asked.add), asked)
            FilterReading(session, candidates, session.today).condition(term)
            return RedirectResponse(address(f"/sets/{of}", filter=_with(asked.filter, term), **own), 303)
        return page(request, "sets", **shown, **_listed(session, candidates, asked, own))
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return page(request, "sets", **shown, error=error, status=error.http_status)


def _example(column: SetColumn) -> str:
    """Return what may be written of a column, without its name."""
    head, _, value = column.example.partition(":")
    return "" if column.is_flag else " ".join(filter(None, (head.partition("@")[0].partition(".")[2], value)))


def _term(column: SetColumn, asked: SetPageParams) -> Term:
    text = asked.value if not asked.when else f"{asked.value}@{asked.when}"
    return on_line(column, text, is_not=bool(asked.is_not))


def _with(filter_: str, *terms: Term) -> str:
    """Return conditions with further ones, which every group of them is to fulfil as well."""
    return ";".join(",".join(map(str, (*group, *terms))) for group in groups_in(filter_) or ((),))


def _listed(session: Session, candidates: Candidates, asked: SetPageParams, own: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page says of a list."""
    select = ",".join(filter(None, (*asked.show, asked.also)))
    given = {"of": candidates.name, "filter": asked.filter, "select": select, "rest": asked.rest}
    found = ask_list(session, {name: text for name, text in given.items() if text})
    understood = FilterReading(session, candidates, session.today)
    groups = understood.groups(asked.filter)
    listed = Listed(session, candidates, Combined(groups, session), session.today)
    texts = [[it.text for it in group] for group in groups]
    again = str(found.parameters.get("filter", ""))

    def at(filter_: str, **more: Any) -> str:
        return address(f"/sets/{candidates.name}", **{**own, "filter": filter_, **more})

    def without(group: int, number: int) -> str:
        left = [[it for m, it in enumerate(of) if (n, m) != (group, number)] for n, of in enumerate(texts)]
        return at(";".join(",".join(of) for of in left if of))

    names = session.once(short_names)
    chips = [
        Chip(predicate(it, day=session.today, names=names), without(n, m), is_or=n > 0 and m == 0)
        for n, group in enumerate(groups)
        for m, it in enumerate(group)
    ]
    part = found.only_rows((asked.page - 1) * ROWS, asked.page * ROWS)
    doubts = [it for it in bearing(by_relevance(found), len(found.rows)) if it.macro != "not-ruled-out"]
    return {
        "answer": found,
        "chips": chips,
        "at": at,
        "again": again,
        "counts": list(_counts(understood, listed, at, again)),
        "columns": {field_of(it): _heading(it) for it in understood.shown(select)},
        "rows": part.rows,
        "pages": max(1, -(-len(found.rows) // ROWS)),
        "doubts": [for_a_page(doubt.text) for doubt in doubts],
        "notes": sources_of(part.evidence),
        "rest": len(listed.only("not ruled out")),
        "watched_as": urlencode({"of": candidates.name, "filter": again}),
        "files": _files(found, again, select),
    }


def _counts(
    understood: FilterReading, listed: Listed, at: Any, again: str
) -> Iterable[tuple[str, list[tuple[str, int, str]]]]:
    """Give columns, each with its values among who is listed, how many have it, and the address of these."""
    parties = listed.only("sure", "possible")
    for name in _COUNTED.get(listed.candidates.name, ()):
        for asked in understood.usual(name):
            counted = Counter(value_of(listed, asked, one) for one in parties)
            ways = []
            for value, number in counted.most_common():
                is_value = value not in ("not known", "none")
                term = Term(name, values=(TypedValue(value),))
                ways.append((value, number, at(_with(again, term)) if is_value and len(counted) > 1 else ""))
            yield asked.column.meaning, ways


def _heading(asked: Asked) -> str:
    years = f"({years_of(asked)})" if asked.year and asked.is_given else ""
    return " ".join(filter(None, (asked.column.name.replace("_", " "), asked.called, years)))


def _files(found: Answer, filter_: str, select: str) -> dict[str, str]:
    if not found.rows:
        return {}
    of = str(found.parameters["of"])
    asked = {"filter": filter_, "select": select, "as_of": found.as_of, "known_on": found.known_on}
    return {form: address(f"{VERSION}/{of}.{form}", **asked) for form in _FILES}


@router.get("/compare")
@in_session
def show_compared(request: Request, session: Now, asked: Annotated[ComparedParams, Query()]) -> Response:
    """Return parties side by side: what differs, what is alike, what is not known."""
    parties = [text for text in asked.party if text.strip()]
    if len(parties) < 2:
        return page(request, "compare", parties=parties)
    try:
        found = ask_compare(session, {"party": parties})
    except IgaError as error:
        if error.http_status >= 500:
            raise
        return page(request, "compare", parties=parties, error=error, status=error.http_status)
    fields = {field_of_party(one): one for one in found.subjects}
    doubts = [for_a_page(doubt.text) for doubt in bearing(by_relevance(found), len(found.rows))]
    notes = sources_of(found.evidence)
    return page(request, "compare", parties=parties, answer=found, fields=fields, doubts=doubts, notes=notes)
