"""Resolutions, mandates and reviews of the small world: all made up but the names of governments."""

from collections.abc import Iterable, Iterator
from typing import Any

from iga.graph.statements import Card, Content, EdgeStatement, NodeStatement, Statement, Whole

ABOUT_COORDINATION = "resolution:x-res-1"
RENEWAL = "resolution:x-res-2"


def texts() -> Iterator[tuple[Card, list[tuple[str, str, Content]]]]:
    """Yield the loads: the source's card and its rows."""
    whole = (Whole("resolution:x-res-1"),)
    card = Card("ref:texts", "Texts of the Example Process", rank=20, as_of="2026-05-01", whole=whole)
    yield card, _rows("texts.csv", _texts())
    gap = "Two of many reports are held."
    card = Card("ref:example-reviews", "Reviews of the Example Process", rank=20, as_of="2026-05-01", gaps=(gap,))
    yield card, _rows("reviews.csv", _reviews())


def _rows(file: str, said: Iterable[Statement]) -> list[tuple[str, str, Content]]:
    return [(str(line), f"{file}:{line}", Content((each,))) for line, each in enumerate(said, start=2)]


def _node(cls: str, written: str, **values: Any) -> NodeStatement:
    return NodeStatement(cls, written, values)


def _edge(kind: str, source: str, target: str, **values: Any) -> EdgeStatement:
    return EdgeStatement(kind, source, target, values)


def _until(start: str, end: str = "") -> dict[str, str]:
    return {"start": start, "end_kind": "dated" if end else "unknown", "end": end}


def _texts() -> Iterable[Statement]:
    yield _resolution(
        "1", "Coordination", "2018-12-01", adopted_by="vote", yes_count=2, no_count=1, abstain_count=1,
        sponsor_count="2",
    )  # fmt: skip
    yield _resolution("2", "Renewal", "2020-12-01", adopted_by="consensus", sponsor_count="over 40", follows="X/RES/1")
    yield _resolution("3", "Still to come", "2027-01-01")
    yield _resolution("amendment", "Amendment", "2020-12-01", adopted_by="rejected by vote", yes_count=1, no_count=5)
    yield _edge("SUCCEEDED_BY", ABOUT_COORDINATION, RENEWAL)
    yield _edge("PART_OF", "resolution:x-res-amendment", RENEWAL)
    yield _edge("SPONSORED", "gov:ken", ABOUT_COORDINATION, role="main")
    yield _edge("SPONSORED", "gov:nzl", ABOUT_COORDINATION, role="co")
    yield _edge("SPONSORED", "gov:ken", RENEWAL, role="main")
    yield _edge("VOTED", "gov:mng", ABOUT_COORDINATION, vote="no", intended="abstain")
    yield _edge("VOTED", "gov:cod", ABOUT_COORDINATION, vote="abstain")
    yield _edge("VOTED", "gov:ken", ABOUT_COORDINATION, vote="yes")
    yield _node("Post", "post:rapporteur", name="Example Rapporteur", topics=["trafficking-in-persons"])
    yield _edge("POST_IN", "post:rapporteur", "forum:exp")
    yield _edge("MANDATES", ABOUT_COORDINATION, "post:rapporteur", period=_until("2018-12-01", "2020-11-30"))
    yield _edge("MANDATES", RENEWAL, "post:rapporteur", period=_until("2020-12-01", "2026-09"))
    yield _edge("MANDATES", RENEWAL, "forum:exp", period=_until("2020-12-01"))
    yield _node("Obligation", "obligation:coordination", name="Report on coordination", due_on="2027-02-01")
    yield _edge("MANDATES", RENEWAL, "obligation:coordination")


def _resolution(number: str, title: str, day: str, **values: Any) -> NodeStatement:
    symbol = f"X/RES/{number}"
    return _node(
        "Resolution", f"resolution:x-res-{number}", name=f"{title} ({symbol})", symbol=symbol, body="forum:exp",
        adopted_on=day, topics=["trafficking-in-persons"], **values,
    )  # fmt: skip


def _reviews() -> Iterable[Statement]:
    yield _node("Engagement", "engagement:exp-rounds", name="Rounds of the EXP", engagement_kind="series")
    yield _edge("ORGANIZED", "forum:exp", "engagement:exp-rounds")
    for number, begun in ((1, "2012"), (2, "2019-05"), (3, "2027")):
        written = f"engagement:exp-round-{number}"
        yield _node(
            "Engagement", written, name=f"Round {number}", engagement_kind="evaluation round", status="held",
            series="Rounds of the EXP", period=_until(begun),
        )  # fmt: skip
        yield _edge("PART_OF", written, "engagement:exp-rounds")
    yield from _review("ken", "1", "visit 2013-02", "report published 2014-06-01 (after the 5th meeting)")
    yield from _review("mng", "1", "report planned (day not seen)", "visit 2013-03-01")
    yield from _review("mng", "2", "questionnaire sent 2025-03-01", "reply due 2026-08-01", "report published 2027")
    yield from _review("nzl", "2", "reply due 2020-01-31")
    report = "publication:exp-1-ken"
    yield _node("Publication", report, name="EXP report on Kenya", published_on="2014-06-01")
    yield _edge("PART_OF", report, "review:exp-1-ken")


def _review(code: str, round_: str, *stages: str) -> Iterable[Statement]:
    written = f"review:exp-{round_}-{code}"
    yield _node("Review", written, name=f"Round {round_} on {code}", mechanism="EXP", round=round_, stages=list(stages))
    yield _edge("ASSESSED", written, f"gov:{code}")
    yield _edge("UNDER", written, f"engagement:exp-round-{round_}")
