"""What the parts of a payer pay: said with every figure, or none, of the payer's own."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from iga.queries.core.answer import Subject
from iga.queries.core.clauses import SourcedClause
from iga.queries.core.question import Request
from iga.queries.core.reading import Entity, OfIds
from iga.queries.core.scope import Edges, bodies_of
from iga.queries.funding.amounts import Amount, MoneyHolding, is_whole_account, lines
from iga.queries.funding.pool import TimeParams, is_asked, preferred_wholes
from iga.queries.funding.reads import MONEY_HELD_BY
from iga.queries.funding.totals import money_of, refs_of


def with_parts(
    request: Request[Any], clauses: Iterable[SourcedClause], own: Collection[str], *classes: str
) -> Iterator[SourcedClause]:
    """Yield clauses, the first with what the parts of the party pay beyond what it says itself.

    Args:
        request: What is asked.
        clauses: The clauses of the answer.
        own: Ids of things that the answer tells already.
        classes: Classes of things that are asked about.
    """
    first, *others = clauses
    subject = request.maybe("party")
    paid = list(_paid(request, subject, own, classes)) if subject else []
    if not paid:
        yield from (first, *others)
        return
    by, most = max(paid, key=lambda one: (one[1].amount, one[1].about.id))
    figure = {**money_of(most.amount, most.currency), "measure": most.measure, "name": most.about.name}
    parts = {"by": by, "largest": figure}
    yield replace(first, values={**first.values, "parts": parts}, refs=(*(first.refs or ()), *refs_of([most])))
    yield from others


def _paid(
    request: Request[Any], subject: Subject, own: Collection[str], classes: Collection[str]
) -> Iterator[tuple[str, Amount]]:
    """Yield the figures of what parts pay for, each with the name of the part."""
    if subject.cls in ("Person", "Post", "Award", "Project", "Programme", "ChildProtectionCompact"):
        return
    session, params = request.session, request.params
    payers = {id_: office.body.name for id_, office in bodies_of(Edges(session, request.day), subject).items()}
    ids = OfIds(ids=tuple(sorted(payers)))
    for thing in session.read(MONEY_HELD_BY, ids):
        is_new = thing.type == "FUNDED" and thing.id not in own and thing.subject != subject.id
        if is_new and thing.cls in classes and not is_whole_account(thing.values):
            entity = Entity(id=thing.id, cls=thing.cls, name=thing.name, values=thing.values)
            holdings = {thing.id: MoneyHolding(entity, {"funded"})}
            for amount in (*preferred_wholes(holdings), *lines(holdings)):
                if not isinstance(params, TimeParams) or is_asked(request, amount):
                    yield payers[thing.subject], amount
