"""Whom a meeting is with: the questions that a paper asks about one party, and whose promises count."""

from dataclasses import dataclass

from iga.exports.memos.gathering import Gathering
from iga.exports.memos.sections.promises import ask_promises
from iga.queries.contacts.contact_rows import ContactRow
from iga.queries.core.answer import Answer, Subject

# Who leads an office answers for it; a rapporteur or an adviser answers for the post alone.
_LEADS = ("head", "coordinator", "deputy")


@dataclass(frozen=True)
class Counterpart:
    """One party that we meet.

    Attributes:
        party: As asked about: a post, a person, a body, a government.
        scope: Whose touches and promises are told: the body of a post that leads it, else the party itself.
        touched: When we last had to do with it.
    """

    party: Subject
    scope: Subject
    ways: Answer
    touched: Answer
    promised: Answer

    @property
    def short(self) -> str:
        """What it is called in a heading: its acronym, else its name."""
        return _short(self.scope, self.ways)

    @property
    def first_post(self) -> str:
        """Id of the post that is met; blank where a whole body is."""
        return self.party.id if self.party.cls == "Post" else ""


def counterpart(
    gathering: Gathering, party: str, *, topic: str | None = None, is_one_of_several: bool = False
) -> Counterpart:
    """Ask what a paper needs to know of one party.

    Raises:
        NotFound, Ambiguous, UsageError: As of `iga.queries.ask.ask`.
    """
    ways = gathering.ask_about(party, "contact", word="Contacts", parameter="party", topic=topic)
    subject = ways.subjects[0]
    name = f", {_short(subject, ways)}" if is_one_of_several else ""
    if name:
        gathering.answers[f"Contacts{name}"] = gathering.answers.pop("Contacts")
    touched = gathering.ask("last-touch", word=f"Touches{name}", party=_scope(subject, ways))
    scope = touched.subjects[0]
    return Counterpart(subject, scope, ways, touched, ask_promises(gathering, scope.id, word=f"Promises{name}"))


def _short(party: Subject, ways: Answer) -> str:
    rows = [row for row in ways.rows if isinstance(row, ContactRow) and row.body == party.id and row.acronym]
    return rows[0].acronym or party.name if rows else party.name


def _scope(subject: Subject, ways: Answer) -> str:
    for row in ways.rows:
        if isinstance(row, ContactRow) and row.post == subject.id and row.role in _LEADS and row.body:
            return row.body
    return subject.id
