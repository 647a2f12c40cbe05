"""The questions that a paper asks: each answer is kept, so that its doubts and gaps reach the paper."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from iga.graph.domain.parties import PublicBody
from iga.graph.errors import Ambiguous, NotFound
from iga.graph.text import folded
from iga.queries.ask import Parameters, ask
from iga.queries.core.answer import Answer, CaveatKind
from iga.queries.core.compiled import Everything, all_of
from iga.queries.core.days import the_day
from iga.queries.core.permissions import NAMED_IN_PAPER
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session

_MISSIONS = all_of(PublicBody, "it.acronym IS NOT NULL AND it.host IS NOT NULL", fields=("acronym",))
_EMBASSY = "U.S. Embassy "


def named_as_state_writes(session: Session, answer: Answer) -> Answer:
    """Return an answer in whose values our missions have the names that State writes: a mission its acronym."""
    missions = session.read(_MISSIONS, Everything())
    acronyms = {mission.name: str(mission.values["acronym"]) for mission in missions}
    # As officers note them; inside a longer name the words are that name's own.
    noted = {name.replace("U.S.", "US"): acronym for name, acronym in acronyms.items()}

    def named(text: str) -> str:
        if text in noted:
            return noted[text]
        if _EMBASSY in text and f"{_EMBASSY}to " not in text:
            text = text.replace(_EMBASSY, "Embassy ")
        for name, acronym in acronyms.items():
            text = text.replace(name, acronym)
        return text

    rows = tuple(row.model_copy(update=_changed(dict(row), named)) for row in answer.rows)
    clauses = tuple(one.model_copy(update={"values": _renamed(one.values, named)}) for one in answer.clauses)
    return answer.model_copy(update={"rows": rows, "clauses": clauses})


def _changed(values: Mapping[str, Any], named: Callable[[str], str]) -> dict[str, Any]:
    renamed = {name: _renamed(value, named) for name, value in values.items()}
    return {name: value for name, value in renamed.items() if value != values[name]}


def _renamed(value: Any, named: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return named(value)
    if isinstance(value, Mapping):
        return {name: _renamed(part, named) for name, part in value.items()}
    return type(value)(_renamed(part, named) for part in value) if type(value) in (tuple, list) else value


Ask: TypeAlias = Callable[[Session, str, Parameters], Answer]

_PLAIN = re.compile(r"[\w./@:+-]+")


class Gathering:
    """Asks questions for one day and keeps the answers by the word that heads what they say.

    Attributes:
        day: Full day that the paper is for.
        answers: What was answered so far, by word, in the order of asking.
    """

    def __init__(self, session: Session, *, as_of: str | None = None, ask: Ask = ask) -> None:
        self.session = session.used_for(NAMED_IN_PAPER)
        self.day = the_day(as_of, today=session.today)
        self.answers: dict[str, Answer] = {}
        self._ask = ask

    def ask(
        self,
        question: str,
        printed: Collection[CaveatKind] = (),
        /,
        *,
        word: str,
        **parameters: str | Sequence[str] | None,
    ) -> Answer:
        """Answer a question and keep the answer.

        Args:
            question: Its name, such as ``treaty-status``.
            printed: Kinds of doubts that sections of the paper print already; they are not said again.
            word: What heads its doubts under "What is not known", such as ``Agreements``. An answer to the same word
                replaces the one before; give words of their own to answers that are both printed.
            parameters: As of `iga.queries.ask.ask`; None and blank are left out. The day is added.

        Raises:
            NotFound, Ambiguous, UsageError, StoreError, LedgerError: As of `iga.queries.ask.ask`.
        """
        filled = {name: value for name, value in parameters.items() if value}
        return self.keep(self._ask(self.session, question, {**filled, "as_of": self.day}), printed, word=word)

    def keep(self, answer: Answer, printed: Collection[CaveatKind] = (), /, *, word: str) -> Answer:
        """Keep an answer under its word, as `ask` does, and return it as the paper prints it."""
        if printed:
            doubts = tuple(caveat for caveat in answer.caveats if caveat.source or caveat.kind not in printed)
            answer = answer.model_copy(update={"caveats": doubts})
        answer = named_as_state_writes(self.session, answer)
        self.answers[word] = answer
        return answer

    def ask_about(self, name: str, question: str, *, word: str, parameter: str, topic: str | None = None) -> Answer:
        """Answer a question about a name, or about the one suggestion that holds every word of it.

        ``compact with Peru`` is the compact of which the whole title is longer. The paper prints the whole name.

        Raises:
            NotFound, Ambiguous: Nothing or several things are called so, and not just one of what is like it holds all
                its words.
        """
        try:
            return self.ask(question, word=word, **{parameter: name, "topic": topic})
        except NotFound as error:
            wanted = set(folded(name).split())
            near = self._names_of(error)
            likely = [known for known, called in near.items() if wanted and wanted <= set(folded(called).split())]
            if len(likely) != 1:
                raise
            return self.ask(question, word=word, **{parameter: likely[0], "topic": topic})

    def _names_of(self, error: NotFound) -> dict[str, str]:
        """Return what a refusal suggests, each with its name: of several things their ids are suggested."""
        if not isinstance(error, Ambiguous):
            return {known: known for known in error.suggestions}
        entities = self.session.read(ENTITIES_BY_ID, OfIds(ids=error.suggestions))
        return {entity.id: entity.name for entity in entities}


def ask_again(answer: Answer) -> str:
    """Return the command that shows all rows of an answer; governments are named by their codes."""
    codes = {subject.id: subject.iso3 for subject in answer.subjects if subject.iso3}
    named = {
        name: tuple(codes.get(text, text) for text in ((value,) if isinstance(value, str) else value))
        for name, value in answer.parameters.items()
        if name != "as_of"
    }
    return " ".join(("iga ask", answer.question, *options(named), *when(answer.as_of, answer.known_on or "")))


def options(parameters: Mapping[str, str | Sequence[str]]) -> tuple[str, ...]:
    """Return parameters as options of a command line: ``--party GHA``, in their order."""
    return tuple(
        f"--{name.replace('_', '-')} {quoted(text)}"
        for name, value in parameters.items()
        for text in ((value,) if isinstance(value, str) else value)
    )


def when(as_of: str, known_on: str) -> tuple[str, ...]:
    """Return the options that fix the day, and what was known."""
    return (f"--as-of {as_of}", *((f"--known-on {quoted(known_on)}",) if known_on else ()))


def quoted(text: str) -> str:
    """Return a word as it is typed on a command line."""
    return text if _PLAIN.fullmatch(text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
