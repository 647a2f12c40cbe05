"""Answers a question in plain words, says what was understood, or refuses and says what comes nearest."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import Field

from iga.graph.domain.parties import Consent
from iga.graph.domain.topics import in_words
from iga.graph.domain.work import Engagement
from iga.graph.errors import Ambiguous, IgaError, NotFound, UsageError
from iga.graph.ledger.watches import LIST
from iga.graph.text import folded
from iga.queries.core.answer import Answer, Shape
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.names.find import hits_of
from iga.queries.core.names.resolve import shortened, subject_of
from iga.queries.core.session import Session
from iga.queries.core.wording import listed, quoted
from iga.queries.plain.choosing import LikelyQuestion, candidates, means_of, read_text, shared_names
from iga.queries.plain.filling import FilledParameters
from iga.queries.plain.listing_said import ListSaid, list_said
from iga.queries.plain.phrases import REFUSED, asked_in, stems_of
from iga.queries.plain.reading_text import TextRead
from iga.queries.plain.typed import LONGEST
from iga.queries.registry import QUESTIONS
from iga.queries.sets.saved import ask_any

_SURE, _AHEAD = 0.45, 1.5
"""How likely a question must be to be asked, and how many times likelier than the next: a wrong answer that sounds sure
is worse than none. Set so that of texts kept apart hardly one in fifty is asked wrongly (`bench.words`)."""
_MOST_UNUSED = 2.0
_NEXT_QUESTION = re.compile(
    r"[?;]\s+|,?\s+(?:and|y|et)\s+(?:also\s+)?(?=(?:who|what|when|which|how|where|is|are|does|did|do|has|have|qui|quels?)\b)",
    re.IGNORECASE,
)
_OFFERED, _LEAST_OFFERED = 3, 0.08
# Words for values that only the graph knows: places of meetings, and what people were asked to agree to.
_SPOKEN = {
    "engagements": ("place", all_of(Engagement, fields=("place",))),
    "consent": ("purpose", all_of(Consent, fields=("purpose",))),
}


class PlainQuestion(Shape):
    """A question that a text may ask, as it would be typed."""

    question: str = Field(description="Name of the question.")
    parameters: dict[str, str | tuple[str, ...]] = Field(description="What the text says: ids, codes and words.")
    command: str = Field(description="The command that asks it.")


class Understanding(PlainQuestion):
    """What was understood of a text in plain words."""

    others: tuple[PlainQuestion, ...] = Field(default=(), description="Up to three others that it may mean.")
    not_used: tuple[str, ...] = Field(default=(), description="Words of the text that the answer does not take up.")

    @property
    def remark(self) -> str:
        """What says plainly which words were not taken up; blank where all were."""
        were = "was" if len(self.not_used) == 1 else "were"
        return f"{listed([*map(quoted, self.not_used)])} {were} not taken up." if self.not_used else ""


class PlainAnswer(Answer):
    """The answer to a question in plain words."""

    understood: Understanding = Field(description="What was understood, and the command that asks it.")


def ask_in_words(session: Session, text: str) -> PlainAnswer:
    """Answer a question in plain words.

    Raises:
        UsageError: The text is blank or far too long, or a value it names cannot be used.
        Ambiguous: Several questions may be meant; none is asked. The suggestions are the commands that ask them.
        NotFound: No question answers it; nothing is asked. The suggestions are the nearest commands, if any is near.
        Denied: It would use somebody who did not agree to it.
        StoreError, LedgerError: As of `iga.queries.ask.ask`.
    """
    understood = understanding(session, text)
    answer = ask_any(session, understood.question, understood.parameters)
    if understood.remark:
        answer = _with_remark(answer, understood.remark)
    return PlainAnswer.model_construct(**dict(answer), understood=understood)


def _with_remark(answer: Answer, remark: str) -> Answer:
    """Return an answer whose reply begins with a remark."""
    clauses = tuple(
        clause.model_copy(update={"text": f"{remark} {clause.text}"}) if n == 0 else clause
        for n, clause in enumerate(answer.clauses)
    )
    said = {name: f"{remark} {getattr(answer, name)}" for name in ("headline", "answer")}
    return answer.model_copy(update={**said, "clauses": clauses})


def understanding(session: Session, text: str) -> Understanding:
    """Return the one question that a text asks; asks nothing. Errors are those of `ask_in_words`."""
    if not folded(text):
        raise UsageError("nothing can be asked: the text holds no word; try: iga ask tier of nepal")
    if len(text) > LONGEST:
        raise UsageError(f"nothing can be asked: the text has {len(text):,} letters; ask in at most {LONGEST}")
    if len(parts := _parts(text)) > 1:
        _offer_both(session, text, parts)
    read = read_text(session, text)
    if read.order:
        raise _order(read)
    asked = list_said(read)
    if asked and asked.is_alone:
        return _list(asked)
    try:
        understood = _question(session, read)
    except (Ambiguous, NotFound):
        if asked and not asked.left_over:
            return _list(asked)
        raise
    return _list(asked) if asked and understood.not_used and not asked.left_over else understood


def _list(asked: ListSaid) -> Understanding:
    parameters: dict[str, str | tuple[str, ...]] = {"of": "governments", "filter": asked.filter}
    return Understanding(question=LIST, parameters=parameters, command=asked.command, not_used=asked.left_over)


def _question(session: Session, read: TextRead) -> Understanding:
    """Return the one question that a text asks, by what is likely and by what it has a place for."""
    ranked = candidates(session, read)
    best = ranked[0]
    offered = [candidate for candidate in ranked if _is_offered(candidate)]
    meant = best if best.name != REFUSED else max(ranked, key=lambda candidate: candidate.by_signs)
    if meant.name != REFUSED and (unused := _unused(session, read, meant)):
        raise _not_on_file(session, read, unused, [it for it in offered if it.filling.names])
    if best.name == REFUSED or not offered:
        raise _refusal(session, read, ranked)
    if best is not offered[0] or not _is_sure(best, ranked[1:]):
        raise _unclear(read.text, tuple(_plain(session, read, candidate).command for candidate in offered[:_OFFERED]))
    _refuse_shared_names(session, read, best)
    left_over = _left_over(session, read, best)
    is_denied = any(read.phrases.denying & {*stems_of(part, read.phrases.same)} for part in left_over)
    if left_over and (is_denied or _replies_yes_or_no(best)):  # that is another question, or its opposite
        raise _not_on_file(session, read, left_over, offered)
    others = tuple(_plain(session, read, candidate) for candidate in offered[1 : 1 + _OFFERED])
    return Understanding(**dict(_plain(session, read, best)), others=others, not_used=left_over)


def _parts(text: str) -> list[str]:
    """Return a text as the questions that it may hold, apart."""
    return [part for part in _NEXT_QUESTION.split(text) if folded(part)]


def _offer_both(session: Session, text: str, parts: Sequence[str]) -> None:
    """Raise Ambiguous where each part of a text asks a question of its own."""
    try:
        understood = [understanding(session, part) for part in parts]
    except IgaError:
        return
    if len({one.question for one in understood}) > 1:
        raise _unclear(text, tuple(one.command for one in understood))


def _refuse_shared_names(session: Session, read: TextRead, candidate: LikelyQuestion) -> None:
    """Raise Ambiguous where something is named as several are: Congo, Korea; GB, of the ILO as well as a country."""
    for thing, _, meant in shared_names(session, QUESTIONS[candidate.name], candidate.filling):
        ways = (_with_another(candidate.filling.parameters, thing, entity.id) for entity in meant)
        raise _unclear(read.text, tuple(_command(session, candidate.name, way, {}) for way in ways))


def _with_another(
    parameters: Mapping[str, str | tuple[str, ...]], thing: str, other: str
) -> dict[str, str | tuple[str, ...]]:
    return {
        name: (other if value == thing else value)
        if isinstance(value, str)
        else tuple(other if one == thing else one for one in value)
        for name, value in parameters.items()
    }


def _is_offered(candidate: LikelyQuestion) -> bool:
    is_whole = candidate.name != REFUSED and not candidate.filling.lacking
    return is_whole and candidate.likelihood >= _LEAST_OFFERED


def _is_sure(best: LikelyQuestion, others: Sequence[LikelyQuestion]) -> bool:
    """True if a question is clearly meant, and whether it has a place for what is named."""
    next_best = max((other.likelihood for other in others), default=0.0)
    is_likely = best.likelihood >= _SURE and best.likelihood >= _AHEAD * next_best
    return is_likely and best.filling.unused < _MOST_UNUSED


def _unused(session: Session, read: TextRead, best: LikelyQuestion) -> Sequence[str]:
    """Return the names and nouns of a text that a question would be asked without."""
    filling = _with_spoken(session, read, best)
    is_yes_or_no = QUESTIONS[best.name].yes_or_no is not None
    return read.unused(filling.places | filling.value_places, means_of(best.name), is_yes_or_no=is_yes_or_no)


def _left_over(session: Session, read: TextRead, best: LikelyQuestion) -> tuple[str, ...]:
    """Return the words that narrow or turn what is asked, and that its answer does not take up."""
    filling = _with_spoken(session, read, best)
    return read.left_over(filling.places | filling.value_places, asked_in(best.name))


def _replies_yes_or_no(best: LikelyQuestion) -> bool:
    asked = QUESTIONS[best.name].yes_or_no
    return asked is not None and best.filling.parameters.keys() >= {*asked}


def _not_on_file(
    session: Session, read: TextRead, unused: Sequence[str], offered: Sequence[LikelyQuestion]
) -> Ambiguous | NotFound:
    commands = tuple(_plain(session, read, candidate).command for candidate in offered[:_OFFERED])
    without = f"without that, type:{_listed(commands)}" if commands else "iga find looks names up"
    on_file = [said for said in unused if folded(said) and hits_of(session, said, limit=1)]
    absent = [said for said in unused if said not in on_file]
    why = [f"it is not clear what {' and '.join(map(repr, on_file))} means here"] if on_file else []
    are = "is" if len(absent) == 1 else "are"
    why += [f"{' and '.join(map(repr, absent))} {are} not in this graph"] if absent else []
    return (Ambiguous if commands else NotFound)(
        f"{shortened(read.text)!r}: nothing was asked, for {', and '.join(why)} (not used); {without}",
        suggestions=commands,
    )


def _order(read: TextRead) -> NotFound:
    return NotFound(
        f"{shortened(read.text)!r} would change what is on record; no question does that, but: {read.order}",
        suggestions=(read.order,),
    )


def _refusal(session: Session, read: TextRead, ranked: Sequence[LikelyQuestion]) -> NotFound:
    near = [candidate for candidate in ranked if _is_offered(candidate)]
    commands = tuple(_plain(session, read, candidate).command for candidate in near[:_OFFERED])
    meant = max(ranked, key=lambda candidate: candidate.by_signs)
    lacking = meant.filling.lacking
    missing = f"that may ask {meant.name}, which needs {lacking[0]}: name it; " if lacking else ""
    nearest = f"nearest: {' or '.join(commands)}" if commands else "iga ask alone lists them; or ask: tier of nepal"
    return NotFound(
        f"no question answers {shortened(read.text)!r}, and none was asked; {missing}{nearest}", suggestions=commands
    )


def _unclear(text: str, commands: tuple[str, ...]) -> Ambiguous:
    return Ambiguous(
        f"{shortened(text)!r} is not clear, and nothing was asked; if it is meant, type:{_listed(commands)}",
        suggestions=commands,
    )


def _listed(commands: Sequence[str]) -> str:
    return "".join(f"\n{number:>4}. {command}" for number, command in enumerate(commands, start=1))


def _plain(session: Session, read: TextRead, candidate: LikelyQuestion) -> PlainQuestion:
    filling = _with_spoken(session, read, candidate)
    parameters = dict(filling.parameters)
    return PlainQuestion(
        question=candidate.name,
        parameters=parameters,
        command=_command(session, candidate.name, parameters, filling.names),
    )


def _with_spoken(session: Session, read: TextRead, candidate: LikelyQuestion) -> FilledParameters:
    """Return the parameters of a candidate, with a value that only the graph has words for."""
    parameter, query = _SPOKEN.get(candidate.name, ("", None))
    filling = candidate.filling
    if query is None or parameter in filling.parameters:
        return filling
    said = {stem for stem, places in read.stems if not places <= filling.places - filling.value_places}
    known = {str(entity.values.get(parameter) or "") for entity in session.read(query, Everything())}
    known |= {value.partition(",")[0] for value in known} if parameter == "place" else set()
    meant = [value for value in sorted(known) if value and _telling(read, value) <= said]
    if not meant:
        return filling
    best = max(meant, key=lambda value: (len(_telling(read, value)), -len(value)))
    said_at = frozenset().union(*(places for stem, places in read.stems if stem in _telling(read, best)))
    return replace(filling, parameters={**filling.parameters, parameter: best}, places=filling.places | said_at)


def _telling(read: TextRead, value: str) -> set[str]:
    stems = stems_of(value, read.phrases.same)
    return {stem for stem in stems if stem not in read.phrases.small} or set(stems)


def _command(
    session: Session, name: str, parameters: Mapping[str, str | tuple[str, ...]], names: Mapping[str, str]
) -> str:
    """Return the command that asks a question, with names as said or printed where these stand for the same things."""
    options = " ".join(
        f"--{parameter.replace('_', '-')} {_quoted(text)}"
        for parameter, value in parameters.items()
        for text in _called(session, name, parameter, (value,) if isinstance(value, str) else value, names)
    )
    return f"iga ask {name} {options}".rstrip()


def taken_apart(command: str) -> tuple[str, dict[str, list[str]]]:
    """Return the question of a command that was suggested, and its parameters."""
    name, *typed = shlex.split(command)[2:]
    parameters: dict[str, list[str]] = {}
    for option, value in zip(typed[::2], typed[1::2], strict=True):
        parameters.setdefault(option.removeprefix("--").replace("-", "_"), []).append(value)
    return name, parameters


def _called(
    session: Session, name: str, parameter: str, values: Sequence[str], names: Mapping[str, str]
) -> Iterator[str]:
    labels = QUESTIONS[name].names.get(parameter)
    if labels is None:
        yield from map(in_words, values) if parameter == "topic" else values
        return
    printed = session.looked_up(lambda index: index.printed(set(values)))
    for value in values:
        ways = (names.get(value, value), printed.get(value, ("", value))[1])
        yield next((way for way in ways if _stands_for(session, way, value, parameter, labels)), value)


def _stands_for(session: Session, printed: str, value: str, parameter: str, labels: Sequence[str]) -> bool:
    try:
        return subject_of(session, printed, parameter=parameter, labels=labels).id == value
    except IgaError:
        return False


def _quoted(text: str) -> str:
    return (
        text
        if text.replace("-", "").replace(":", "").isalnum() and text.isascii()
        else json.dumps(text, ensure_ascii=False)
    )
