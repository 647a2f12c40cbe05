"""/v1/match: whom the names of a list mean, as `iga reconcile` decides it."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field

from iga.api.deps import KnownOnParams, Now, in_session
from iga.graph.keys import VERSION
from iga.queries.core.answer import Shape
from iga.queries.core.permissions import NAMED_IN_EXPORT
from iga.queries.reconciling.table_rows import DecidedName, Decision, Name, Narrowed, decided

router = APIRouter(prefix=VERSION, tags=["match"])

MOST = 500
"""Names in one request."""


class ListedName(BaseModel):
    """A name of the list."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=2_000, description="As it stands in the list.", examples=["Ghana"])
    country: str = Field(default="", max_length=300, description="Country beside it, as evidence; blank is none.")


class MatchParams(BaseModel):
    """The names, and what they may mean."""

    model_config = ConfigDict(extra="forbid")

    names: list[ListedName] = Field(min_length=1, max_length=MOST, description="In the order of the answer.")
    kinds: list[str] = Field(default=[], max_length=20, description="Only these kinds: ngo, government, party …")
    topic: str = Field(default="", max_length=300, description="Only what deals with this topic.")


class MatchCandidate(Shape):
    """One thing that a name may mean."""

    id: str = Field(description="Canonical id.")
    cls: str = Field(alias="class", description="Class, such as Government.")
    name: str = Field(description="Name as printed.")
    score: float = Field(description="From 0 to 100; only good for comparing candidates of one name.")
    description: str = Field(description="What it is and where.")


class MatchedName(Shape):
    """What became of a name."""

    name: str = Field(description="The name as asked.")
    decision: Decision = Field(description="sure: the first candidate is meant; choose: a person has to say; none.")
    candidates: tuple[MatchCandidate, ...] = Field(description="Best first, at most three.")
    reason: str = Field(description="Why it is not sure, as a sentence; blank when it is.")


class Matches(Shape):
    """What became of each name."""

    matches: tuple[MatchedName, ...] = Field(description="In the order in which they were asked.")
    data_version: str = Field(
        description="Version of the graph that answered: another after each change of what is shown."
    )


@router.post("/match", name="match")
@partial(in_session, use=NAMED_IN_EXPORT)
def match(session: Now, asked: Annotated[MatchParams, Body()], _: Annotated[KnownOnParams, Query()]) -> Matches:
    """Return whom each name of a list means: one beyond doubt, a few to choose from, or none."""
    names = [Name(one.name, one.country) for one in asked.names]
    found = zip(names, decided(session, names, Narrowed.named(asked.kinds, asked.topic)), strict=True)
    rows = tuple(_matched(name, became) for name, became in found)
    return Matches(matches=rows, data_version=session.status.data_version)


def _matched(name: Name, became: DecidedName) -> MatchedName:
    lines = became.descriptions or {}
    candidates = (
        MatchCandidate(
            id=one.thing.id, cls=one.thing.cls, name=one.thing.name, score=one.score, description=lines[one.thing.id]
        )
        for one in became.candidates
    )
    return MatchedName(name=name.text, decision=became.decision, candidates=tuple(candidates), reason=became.reason)
