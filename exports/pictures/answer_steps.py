"""Answers whose rows lead on from one another, as steps: paths, money hop by hop, what hangs on a thing alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from iga.exports.pictures.branches import Branch, BranchPicture, Stroke, branches_as_picture
from iga.exports.row_words import text_in
from iga.graph.domain.catalog import EDGE
from iga.queries.core.answer import Answer, Subject

StepRow = Mapping[str, Any]


def steps_of(answer: Answer) -> BranchPicture | None:
    """Return the rows of an answer as steps from left to right; None where there are none, or they are no steps."""
    if answer.question not in _STEPS or not answer.rows:
        return None
    rows = [row.model_dump(mode="json", by_alias=True) for row in answer.rows]
    return _STEPS[answer.question](answer, rows)


def _paths(_: Answer, rows: Sequence[StepRow]) -> BranchPicture:
    """Return paths: what several begin with is drawn once."""
    known: dict[str, Branch] = {}
    for _, hops in groupby(rows, key=lambda row: row["number"]):
        key = ""
        for row in hops:
            under, key = key, f"{key} {row['key']}"
            known.setdefault(
                key, Branch(key, under, _end(row, "target"), _tie(row), tuple(row["evidence"]), _held(row))
            )
    return branches_as_picture(_end(rows[0], "source"), list(known.values()))


def _tie(row: StepRow) -> tuple[str, ...]:
    more = (f"and {row['more']:,} more between the two",) if row["more"] else ()
    return (EDGE[row["type"]].phrase[not row["leads_out"]], *filter(None, [row["period"]]), *more)


def _held(row: StepRow) -> Stroke:
    return "ended" if row.get("ended") else "" if row["held"] == "yes" else "unknown"


def _money_down(answer: Answer, rows: Sequence[StepRow]) -> BranchPicture:
    return branches_as_picture(answer.subjects[0], list(_hops(rows, "target", answer.subjects[0].id)))


def _money_up(answer: Answer, rows: Sequence[StepRow]) -> BranchPicture:
    hops = list(_hops(rows, "source", answer.subjects[0].id))
    return branches_as_picture(answer.subjects[0], hops, is_turned=True)


def _hops(rows: Sequence[StepRow], far: str, start: str) -> Iterator[Branch]:
    """Give a step for each hop of money, with every measure of it by itself."""
    way, known = [""], {start}

    def hop_of(row: StepRow) -> tuple[Any, ...]:
        return (row["path"], row["source"], row["target"], row["relation"], row["document"])

    for _, measures in groupby(rows, key=hop_of):
        own = list(measures)
        row = own[0]
        way[row["hop"] :] = [
            f"{way[row['hop'] - 1]} {row['source']} {row['relation']} {row['target']} {row['document']}"
        ]
        words = (row["relation"], *_amounts(own), *filter(None, [row["note"]]))
        evidence = tuple(sorted({number for it in own for number in it["evidence"]}))
        thing = _end(row, far)
        stroke = "again" if thing.id in known else _held(row)
        known.add(thing.id)
        yield Branch(way[-1], way[-2], thing, words, evidence, stroke)


def _amounts(rows: Sequence[StepRow]) -> Iterator[str]:
    for row in rows:
        if row["amount"] is not None:
            apart = "" if row["counted"] else ", in no total"
            amount = text_in("amount", row).replace(" ", "\u00a0")  # stays on one line
            yield f"{row['layer']}, {row['measure']}: {amount}{apart}"


def _losses(answer: Answer, rows: Sequence[StepRow]) -> BranchPicture:
    """Return what hangs on a thing: what is reached through another hangs on that."""
    gone = answer.subjects[0]
    keys = {gone.id: ""}
    known: dict[str, Branch] = {}

    def add(under: str, thing: Subject, words: tuple[str, ...], row: StepRow | None = None) -> None:
        key = f"{under} {thing.id} {words[0]}"
        evidence = tuple(row["evidence"]) if row else ()
        known.setdefault(key, Branch(key, under, thing, words, evidence, _held(row) if row else ""))
        keys.setdefault(thing.id, key)

    left = list(rows)
    while left:
        ready = [row for row in left if row["through"] in keys]
        if not ready:
            through = left[0]["through"]
            add("", Subject(id=through, cls="", name=left[0]["through_name"]), ("by way of",))
        for row in ready:
            add(keys[row["through"]], _end(row, "what"), (row["group"],), row)
        left = [row for row in left if row not in ready]
    return branches_as_picture(gone, list(known.values()))


def _end(row: StepRow, name: str) -> Subject:
    return Subject(id=row[name], cls=row[f"{name}_class"], name=row[f"{name}_name"])


_STEPS: Mapping[str, Callable[[Answer, Sequence[StepRow]], BranchPicture]] = MappingProxyType(
    {"path": _paths, "funding-trace": _money_down, "funding-of": _money_up, "what-if": _losses}
)
