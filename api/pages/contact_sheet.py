"""The contacts of an answer, chosen by topic, language and role: those that are known to fit, then all others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from iga.api.pages.answer_table import AnswerTable
from iga.queries.ask import ask
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.contacts.languages import language_name, language_of
from iga.queries.core.answer import Answer
from iga.queries.core.session import Session

_CHOSEN = ("topic", "language", "role")


@dataclass(frozen=True)
class ContactSheet:
    """What a page shows of an answer to whom to contact.

    Attributes:
        choices: What can be chosen, by parameter: the value, and it in words.
        chosen: What is chosen, by parameter, in words.
        fitting: The contacts that are known to be for it; all where nothing is chosen.
        others: The rest.
    """

    choices: Mapping[str, Mapping[str, str]]
    chosen: Mapping[str, str]
    fitting: tuple[ContactRow, ...]
    others: tuple[ContactRow, ...]

    @property
    def said(self) -> str:
        """How many remain, in a sentence that is read aloud."""
        count, whole = len(self.fitting), len(self.fitting) + len(self.others)
        if not self.chosen:
            return f"{whole} {'contact' if whole == 1 else 'contacts'}."
        ways = {"topic": "for {}", "language": "answering in {}", "role": "as {}"}
        return f"{count} of {whole} remain, {', '.join(ways[name].format(it) for name, it in self.chosen.items())}."

    def is_chosen(self, name: str, value: str) -> bool:
        """Say whether a value of a parameter is the one that is chosen."""
        return name in self.chosen and self.chosen[name] == self.choices[name][value]


def contact_sheet(session: Session, answer: Answer, table: AnswerTable) -> ContactSheet:
    """Return the contacts of a page of an answer.

    Raises:
        NotFound: No language is called as it was asked for.
    """
    asked = {name: str(answer.parameters[name]) for name in _CHOSEN if answer.parameters.get(name)}
    if "language" in asked:
        asked["language"] = language_of(asked["language"])
    rows = cast(tuple[ContactRow, ...], table.part.rows)
    whole = _whole(session, answer) if "role" in asked else answer
    choices = _choices(cast(tuple[ContactRow, ...], whole.rows), asked)
    fitting = tuple(row for row in rows if _fits(row, asked))
    return ContactSheet(
        choices=choices,
        chosen={name: choices[name][value] for name, value in asked.items()},
        fitting=fitting,
        others=tuple(row for row in rows if row not in fitting),
    )


def _whole(session: Session, answer: Answer) -> Answer:
    """Return the answer whatever the role: others can be chosen in place of the one that is."""
    return ask(session, answer.question, {name: it for name, it in answer.parameters.items() if name != "role"})


def _choices(rows: Iterable[ContactRow], asked: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, set[str]] = {name: {asked[name]} if name in asked else set() for name in _CHOSEN}
    for row in rows:
        found["topic"] |= set(row.topics)
        found["language"] |= set(row.languages)
        found["role"] |= {row.role} if row.role else set()
    return {name: {it: _in_words(name, it) for it in sorted(values)} for name, values in found.items()}


def _in_words(name: str, value: str) -> str:
    return language_name(value) if name == "language" else value.replace("-", " ") if name == "topic" else value


def _fits(row: ContactRow, asked: Mapping[str, str]) -> bool:
    """Say whether a contact is known to be for what is chosen; one of whom it is not known is among the others."""
    is_for = {
        "topic": row.topic_match in ("exact", "broader", "narrower"),
        "language": row.language_match == "yes",
        "role": row.place == "post",
    }
    return all(is_for[name] for name in asked)
