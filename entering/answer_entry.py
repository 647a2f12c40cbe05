"""What was done upon a recommendation: a law, plan, project, promise or meeting, and what each side says of it."""

from typing import Any

from iga.entering.kind import EntryKind, EntryParams, Prepared, needed, text
from iga.entering.naming import id_of
from iga.graph.domain.records import Answers
from iga.graph.errors import UsageError
from iga.ingest.officer_entries import Signed, entry_of, typed_edge, typed_node
from iga.ingest.record_builder import Statement
from iga.ingest.subjects import digest_of
from iga.queries.core.session import Session

_RECOMMENDATION = ("Recommendation",)
_WHAT = Answers.ends[0]
_BY_BOTH = ("their_verdict", "their_verdict_on", "our_verdict", "our_verdict_on")
_BY_ISSUER = ("issuer_verdict", "issuer_verdict_on")


class AnswerParams(EntryParams):
    """What answers a recommendation, and how far each side says that it is met."""

    recommendation: str = needed("Which recommendation, by its name or id.")
    what: str = text("What answers it: a law, plan, project, award, promise or meeting, by its name or id.")
    their_verdict: str = text("How far the party says that it is met.")
    their_verdict_on: str = text("When the party said so, possibly partial.", "DAY")
    our_verdict: str = text("How far we find that it is met.")
    our_verdict_on: str = text("When we found so, possibly partial.", "DAY")
    issuer_verdict: str = text("How far its issuer later found that it is met.")
    issuer_verdict_on: str = text("When its issuer found so, possibly partial.", "DAY")


def answer_given(session: Session, asked: AnswerParams, signed: Signed) -> Prepared:
    """Return what is stated to answer a recommendation, and what its issuer later said of it.

    Raises:
        UsageError: Neither is given, or a verdict of the party or of ours stands without what answers it.
        NotFound, Ambiguous: Nothing is called so, or several.
    """
    of_both, of_issuer = _given(asked, _BY_BOTH), _given(asked, _BY_ISSUER)
    if not (asked.what or asked.issuer_verdict):
        raise UsageError("say what answers the recommendation, or what its issuer later found of it")
    if of_both and not asked.what:
        raise UsageError("say what answers the recommendation: a verdict of the party or of ours is on that")
    to = id_of(session, asked.recommendation, parameter="recommendation", labels=_RECOMMENDATION)
    statements: list[Statement] = []
    what = ""
    if asked.what:
        what = id_of(session, asked.what, parameter="what", labels=_WHAT)
        statements.append(typed_edge("ANSWERS", what, to, of_both, signed=signed))
    if of_issuer:
        statements.append(typed_node(to, of_issuer, signed=signed))
    key = f"answer:{digest_of(to, what)}"
    return Prepared((entry_of(key, statements, signed, (*of_both.values(), *of_issuer.values())),), to)


def _given(asked: AnswerParams, names: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, Any] = {name: getattr(asked, name) for name in names}
    return {name: value for name, value in values.items() if value}


ANSWER = EntryKind(
    "answer",
    "What answers a recommendation",
    AnswerParams,
    answer_given,
    names={"recommendation": _RECOMMENDATION, "what": _WHAT},
    example={"recommendation": "recommendation:tip-2018-gha-12", "issuer_verdict": "partly met"},
)
