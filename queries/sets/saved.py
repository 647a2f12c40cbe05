"""Saved lists as the parties of a question: `@NAME` stands for whoever surely is on the list now."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from iga.graph.errors import UsageError
from iga.graph.ledger.watches import LIST, Watch, saved_lists, set_named
from iga.graph.text import counted
from iga.queries.ask import AnyCard, Parameters, ask, question_named
from iga.queries.core.answer import Answer, AnswerRow, Caveat, Clause, EvidenceNote, Total
from iga.queries.core.endnotes import CAP
from iga.queries.core.question import takes_many
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.core.wording import listed
from iga.queries.sets.filter_text import SIGN, is_saved_name

if TYPE_CHECKING:
    from iga.queries.sets.listing import Listed

_OF = "asked_of"
_MOST = 300
"""Parties of whom a question is asked one by one: as many as there are governments."""


def ask_any(session: Session, name: str, parameters: Parameters) -> Answer:
    """Answer a question or a list; of `@NAME`, where it takes one party alone, of each on that saved list.

    It raises what `ask` and `ask_list` do, and `UsageError` where two lists are named or one is too long.
    """
    if name == LIST:
        from iga.queries.sets.listing import ask_list  # with all columns, which no other question needs

        return ask_list(session, parameters)
    card = question_named(name)
    given = {key: [of] if isinstance(of, str) else list(of) for key, of in parameters.items()}
    sets = [key for key in card.names if any(is_saved_name(text) for text in given.get(key, ()))]
    one_by_one = [key for key in sets if not takes_many(card.params, key)]
    if len(one_by_one) > 1 or any(len(given[key]) > 1 for key in one_by_one):
        raise UsageError(f"{name}: name one saved list, in one parameter")
    if not one_by_one:
        return ask(session, name, parameters if not sets else with_members(session, card, parameters))
    [key] = one_by_one
    listed_ = members_of(session, given[key][0])
    parties = listed_.only("sure")
    if len(parties) > _MOST:
        raise UsageError(f"{given[key][0]} has {len(parties)} parties; {name} is asked of at most {_MOST}")
    answers = [(one, ask(session, name, {**given, key: one.id})) for one in parties]
    if not answers:
        raise UsageError(f"nobody is surely on {given[key][0]} now; list it: iga sets show {given[key][0][1:]}")
    return _together(answers, {**parameters, key: given[key][0]}, listed_.only("possible"))


def with_members(session: Session, card: AnyCard, parameters: Parameters) -> Parameters:
    """Return parameters with ids in place of `@NAME`, where several may be given; one that takes one stays."""
    many = [key for key in parameters if key in card.parameters() and takes_many(card.params, key)]
    return {**parameters, **{key: list(_ids(session, parameters[key])) for key in many}}


def _ids(session: Session, texts: str | Iterable[str]) -> Iterator[str]:
    for text in [texts] if isinstance(texts, str) else texts:
        if is_saved_name(text):
            yield from (one.id for one in members_of(session, text).only("sure"))
        else:
            yield text


def members_of(session: Session, text: str) -> "Listed":
    """Return a saved list by `@NAME`, worked out now.

    Raises:
        NotFound: No list is saved under the name.
        UsageError: Its conditions cannot be read any more; the error says so.
    """
    saved = set_named(session.ledger, text.removeprefix(SIGN))
    from iga.queries.sets.condition import Combined
    from iga.queries.sets.known_columns import candidates_named
    from iga.queries.sets.listing import Listed
    from iga.queries.sets.understanding import FilterReading

    reading = FilterReading(session, candidates_named(str(saved.parameters["of"])), session.today)
    return Listed(session, reading.candidates, Combined(reading.saved(saved), session), session.today)


def refuse_name(session: Session, name: str, *, by: str) -> None:
    """Refuse what nobody can save a list as: what cannot stand behind the sign, or is another officer's list."""
    if not is_saved_name(f"{SIGN}{name}"):
        raise UsageError(f"a list cannot be saved as {name!r}: take letters, digits and hyphens, such as watch-bali")
    for saved in saved_lists(session.ledger):
        if saved.name == name and saved.by != by:
            raise UsageError(f"{saved.by} saved a list as {name!r} already: name another")


def fields_of_each(answer: Answer) -> str | None:
    """Return the fields that a screen shows of an answer on each party of a list; None for any other answer."""
    if not answer.rows or _OF not in type(answer.rows[0]).model_fields:
        return None
    columns = [name for name in question_named(answer.question).columns if name != "evidence"]
    return ",".join((_OF, *(name for name in columns if len({str(getattr(row, name)) for row in answer.rows}) > 1)))


def command_of(saved: Watch) -> str:
    """Return a saved question or list as it is asked on a command line."""
    given = dict(saved.parameters)
    words = ["list", str(given.pop("of"))] if saved.question == LIST else ["ask", saved.question]
    of = {name: "; ".join(text) if isinstance(text, list) else text for name, text in given.items()}
    return " ".join(("iga", *words, *(f"--{name.replace('_', '-')} {text}" for name, text in of.items())))


def _together(answers: list[tuple[Entity, Answer]], parameters: Parameters, possible: list[Entity]) -> Answer:
    """Return answers as one: the rows of each party with its name, the notes numbered through."""
    notes: dict[EvidenceNote, int] = {}
    rows: list[AnswerRow] = []
    caveats: dict[str, Caveat] = {}
    for one, answer in answers:
        numbers = {old: notes.setdefault(note, len(notes) + 1) for old, note in answer.evidence.items()}
        for doubt in answer.caveats:
            is_of_row = doubt.rows and len(rows) + max(doubt.rows) <= CAP
            moved = tuple(len(rows) + number for number in doubt.rows) if is_of_row else ()
            text = doubt.text if doubt.source else f"{one.name}: {doubt.text}"
            caveats.setdefault(text, doubt.model_copy(update={"text": text, "rows": moved, "clause": None}))
        rows += [_asked_of(one, row, numbers) for row in answer.rows]
    with_rows = [one.name for one, answer in answers if answer.rows]
    without = [one.name for one, answer in answers if not answer.rows]
    whom = counted(len(answers), "party", "parties")
    text = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} on {len(with_rows)} of the {whom} on the list."
    clauses = [Clause(id="asked-of-each", text=text, values={"rows": len(rows), "parties": len(answers)})]
    if without:
        clauses.append(Clause(id="without-rows", text=f"Without a row: {listed(without)}.", values={"names": without}))
    if possible:
        names = [one.name for one in possible]
        left = f"{listed(names)} may be on the list, which is not confirmed; they were not asked about."
        caveats[left] = Caveat(kind="partial", text=left)
    first = answers[0][1]
    used = {number for row in rows[:CAP] for number in row.evidence}
    return first.model_copy(
        update={
            "parameters": {
                **first.parameters,
                **{key: of if isinstance(of, str) else tuple(of) for key, of in parameters.items()},
            },
            "headline": clauses[0].text,
            "clauses": tuple(clauses),
            "answer": " ".join(it.text for it in clauses),
            "rows": tuple(rows[:CAP]),
            "total": Total(value=sum(answer.total.value for _, answer in answers)),
            "caveats": tuple(caveats.values()),
            "evidence": {number: note for note, number in notes.items() if number in used},
            "subjects": tuple(one.subject for one, _ in answers),
        }
    )


def _asked_of(one: Entity, row: AnswerRow, numbers: dict[int, int]) -> AnswerRow:
    from iga.queries.sets.listing import with_fields

    model = with_fields(type(row), ((_OF, "Whom of the list it was asked of."),))
    values: dict[str, Any] = {**dict(row), _OF: one.name}
    values["evidence"] = tuple(sorted(numbers[old] for old in row.evidence))
    moved: AnswerRow = model.model_validate(values)
    return moved
