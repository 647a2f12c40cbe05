"""From filters as typed to conditions: what names stand for, which value is meant, and for when."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from iga.graph.domain.edges import BODIES
from iga.graph.domain.topics import in_words
from iga.graph.domain.values import FIRST_DAY
from iga.graph.errors import Ambiguous, NotFound, UsageError
from iga.graph.ledger.watches import Watch, set_named
from iga.graph.suggestions import hint
from iga.graph.text import folded
from iga.queries.core.answer import NameTaken, Subject
from iga.queries.core.days import first_of, the_day
from iga.queries.core.names.likely import likely_subject_of
from iga.queries.core.names.resolve import subject_of
from iga.queries.core.names.topics import likely_topic_of
from iga.queries.core.reading import OfIds
from iga.queries.core.reads import ENTITIES_BY_ID
from iga.queries.core.session import Session
from iga.queries.core.typed_days import in_iso
from iga.queries.instruments.agreements import short_title
from iga.queries.sets.cell import Cell, ColumnCells, Extent, Value
from iga.queries.sets.column import TOPICS, Asked, Candidates, SetColumn
from iga.queries.sets.condition import Combined, SetCondition, Test
from iga.queries.sets.filter_text import SIGN, Term, TypedValue, columns_in, groups_in, is_saved_name

_EVER = ("ever", "never")
_YES_OR_NO = {"yes": False, "true": False, "no": True, "false": True}
# What people call a region that the United Nations call otherwise.
_REGIONS = {
    "pacific": "oceania",
    "african": "africa",
    "asian": "asia",
    "european": "europe",
    "latin america": "americas",
}


@dataclass(frozen=True)
class FilterReading:
    """What filters are understood to mean.

    Attributes:
        day: Full day that counts where a filter names none.
        taken: Names that nothing has, with what they were taken for.
        inside: Saved lists whose conditions are read: none may stand in itself.
    """

    session: Session
    candidates: Candidates
    day: str
    taken: list[NameTaken] = field(default_factory=list)
    inside: tuple[str, ...] = ()

    def groups(self, text: str) -> tuple[tuple[SetCondition, ...], ...]:
        """Return the conditions of a filter text, by groups.

        Raises:
            UsageError, NotFound, Ambiguous: A filter is unknown, or a name or value of it; the error names the filter.
        """
        return tuple(tuple(self.condition(term) for term in group) for group in groups_in(text))

    def shown(self, text: str) -> tuple[Asked, ...]:
        """Return the columns to show, as asked for; it raises what `groups` does."""
        return tuple(it for term in columns_in(text) for it in self._shown(term))

    def usual(self, text: str) -> tuple[Asked, ...]:
        """Return the columns to show where nobody named them: one that cannot be asked here is left out."""
        asked: list[Asked] = []
        for term in columns_in(text):
            with suppress(UsageError, NotFound):
                asked += self._shown(term)
        return tuple(asked)

    def _shown(self, term: Term) -> Iterator[Asked]:
        column, things = self._column_or_thing(term)
        if (column.things or column.words) and not things:
            raise UsageError(f"{term.name}: say of what, such as {column.example}")
        for thing in things or [""]:
            for asked in self._times(column, term):
                yield self._about(asked, thing)

    def _column_or_thing(self, term: Term) -> tuple[SetColumn, list[str]]:
        """Return the column to show and what of; an agreement or a body by itself stands for who is in it."""
        things = [term.argument] if term.argument else [value.text for value in term.values]
        try:
            return self.candidates.column(term.name), things
        except UsageError:
            name = term.name.replace("_", " ")
            for column, labels in () if things else (("party_to", ("Agreement",)), ("member_of", BODIES)):
                with suppress(NotFound, UsageError):
                    thing = subject_of(self.session, name, parameter=column, labels=labels)
                    return self.candidates.column(column), [thing.id]
            raise

    def saved(self, saved: Watch) -> tuple[tuple[SetCondition, ...], ...]:
        """Return the conditions of a saved list.

        Raises:
            UsageError: It is of other candidates, stands in itself, or cannot be read any more.
        """
        of = saved.parameters["of"]
        if of != self.candidates.name or saved.name in self.inside:
            why = f"lists {of}, not {self.candidates.name}" if saved.name not in self.inside else "stands in itself"
            raise UsageError(f"the saved list {saved.name} {why}")
        try:
            within = replace(self, inside=(*self.inside, saved.name))
            return within.groups(str(saved.parameters.get("filter", "")))
        except (UsageError, NotFound, Ambiguous) as error:
            raise UsageError(f"the saved list {saved.name} cannot be read any more: {error.message}") from error

    def _on_saved(self, text: str) -> Asked:
        """Return the column of who is on a saved list: what leaves that open leaves its list open, too."""
        saved = set_named(self.session.ledger, text.removeprefix(SIGN))
        combined = Combined(self.saved(saved), self.session)

        def read(session: Session, _: Asked) -> ColumnCells:
            return ColumnCells({it.id: combined.as_cell(it.id) for it in self.candidates.read(session)}, Cell("no"))

        column = SetColumn("on_list", "On this saved list", read, names_people=True)
        return Asked(column, self.day, called=f"the list {saved.name}")

    def condition(self, term: Term) -> SetCondition:
        """Return the condition that a filter means."""
        if term.values and all(is_saved_name(value.text) for value in term.values):
            on_lists = tuple(Test(self._on_saved(value.text)) for value in term.values)
            return SetCondition(on_lists, term.is_not, str(term))
        column = self.candidates.column(term.name)
        is_not = term.is_not is not (term.when == "never")
        if column.takes_argument and not term.argument and (column.things or column.words):
            raise UsageError(f"filter {term.name}: say of what, such as {column.example}")
        if term.argument and not column.takes_argument:
            raise UsageError(
                f"filter {term.name}: write what is asked about behind the colon, such as {column.example}"
            )
        asked = list(self._times(column, term))
        if column.is_flag:
            return self._flag(column, term, asked, is_not=is_not)
        if not column.takes_argument and column.kind == "truth":
            tests = [Test(self._about(it, value.text)) for value in term.values for it in asked]
        else:
            wanted = [(value.comparison, self._wanted(column, value)) for value in term.values]
            about = [self._about(it, term.argument) for it in asked]
            tests = [Test(it, comparison, value) for comparison, value in wanted for it in about]
        return SetCondition(tuple(tests), is_not, _spelt(column, term, tests))

    def _flag(self, column: SetColumn, term: Term, asked: Sequence[Asked], *, is_not: bool) -> SetCondition:
        [*others, value] = term.values
        if others or value.text.lower() not in _YES_OR_NO:
            raise UsageError(f"filter {term.name}: say yes or no, such as {column.name}:yes")
        is_denied = is_not is not _YES_OR_NO[value.text.lower()]
        return SetCondition(tuple(map(Test, asked)), is_denied, str(replace(term, name=column.name)))

    def _about(self, asked: Asked, text: str) -> Asked:
        """Return a column as asked about a thing or a word."""
        if asked.column.things:
            thing = self._thing(asked.column, text)
            [card] = self.session.read(ENTITIES_BY_ID, OfIds(ids=(thing.id,)))
            return replace(asked, thing=thing, called=short_title(thing.name, card.values))
        if asked.column.words is TOPICS:
            code, taken = likely_topic_of(text)
            self._note(taken)
            return replace(asked, word=code, called=in_words(code))
        if asked.column.words:
            word = _chosen(text, asked.column.words, asked.column)
            return replace(asked, word=word, called=word)
        return asked

    def _thing(self, column: SetColumn, text: str) -> Subject:
        subject, taken = likely_subject_of(self.session, text, parameter=column.name, labels=column.things)
        self._note(taken)
        return subject

    def _note(self, taken: NameTaken | None) -> None:
        if taken and taken not in self.taken:
            self.taken.append(taken)

    def _wanted(self, column: SetColumn, value: TypedValue) -> Value:
        """Return the value that a text stands for in a column."""
        if column.kind == "number":
            return _between(value.text, _number, column)
        if column.kind == "day":
            return _between(value.text, self._day, column)
        if value.comparison != "is":
            raise UsageError(f"filter {column.name}: it has no more and less; write {column.name}:{value.text}")
        if column.choices:
            return _chosen(value.text, column.choices, column)
        return self._one_of_its_texts(column, value.text)

    def _one_of_its_texts(self, column: SetColumn, text: str) -> str:
        """Return the text of a column that is meant: one that somebody has."""
        known = Asked(column, self.day).cells(self.session).known.values()
        texts = sorted({str(it) for cell in known for it in cell.values})
        return _chosen(_REGIONS.get(folded(text), text) if column.name == "region" else text, texts, column)

    def _day(self, text: str) -> Extent:
        written = in_iso(text, parameter="as_of", today=self.session.today)
        the_day(written, today=self.session.today, parameter="filter")
        return Extent.of_day(written)

    def _times(self, column: SetColumn, term: Term) -> Iterable[Asked]:
        """Return the column for each time that is asked for: a day, a stretch of days, or each of some years."""
        plain = Asked(column, self.day, is_given=bool(term.when))
        if column.when == "":
            if term.when:
                raise UsageError(f"filter {column.name}: it has no date; leave out @{term.when}")
            return [plain]
        return [self._on_day(plain, term)] if column.when == "day" else self._in_years(plain, term)

    def _on_day(self, asked: Asked, term: Term) -> Asked:
        if not term.when:
            return asked
        first, is_stretch, last = term.when.partition("..")
        if (is_stretch or term.when in _EVER) and not asked.column.spans:
            raise UsageError(f"filter {term.name}: it is asked for one day, such as {term.name}@{self.day}")
        if term.when in _EVER:
            return replace(asked, since=FIRST_DAY)
        if is_stretch:
            since = first_of(self._iso(first), parameter=term.name) if first.strip() else FIRST_DAY
            return replace(asked, since=since, day=self._full(last, term) if last.strip() else self.day)
        return replace(asked, day=self._full(term.when, term))

    def _iso(self, text: str) -> str:
        return in_iso(text, parameter="until", today=self.session.today)

    def _full(self, text: str, term: Term) -> str:
        return the_day(self._iso(text), today=self.day, parameter=term.name)

    def _in_years(self, asked: Asked, term: Term) -> list[Asked]:
        column = asked.column
        known = column.years(self.session, self.day) if column.years else ()
        if not term.when and not known and column.years is None:
            raise UsageError(f"filter {term.name}: say of which year, such as {column.example}")
        if not known and column.years:
            raise UsageError(f"filter {term.name}: no {column.when} was out on {self.day}")
        first, is_stretch, last = term.when.partition("..")
        is_ever = term.when in _EVER or (column.adds_up and not term.when)
        if is_ever or is_stretch:
            since = _year(first, term) if is_stretch and first.strip() else (known or (0,))[0]
            until = _year(last, term) if is_stretch and last.strip() else (known or (int(self.day[:4]),))[-1]
        else:
            since = until = _year(term.when, term) if term.when else known[-1]
        within = [year for year in known or range(since, until + 1) if since <= year <= until]
        if not within:
            raise UsageError(
                f"filter {term.name}: no {column.when} of {term.when} is on file; there are {known[0]} to {known[-1]}"
            )
        if column.adds_up:
            return [replace(asked, since=str(within[0]), year=within[-1])]
        return [replace(asked, year=year) for year in within]


def _spelt(column: SetColumn, term: Term, tests: Sequence[Test]) -> str:
    """Return a filter as it is understood: ids and whole words in the place of what was typed."""
    things = list(dict.fromkeys(test.asked.thing.id for test in tests if test.asked.thing))
    things = things or [test.asked.word for test in tests if column.kind == "truth" and test.asked.word]
    values, argument = term.values, term.argument
    if column.takes_argument:
        argument = (things or [tests[0].asked.word])[0]
    elif things:
        values = tuple(map(TypedValue, things))
    if column.kind in ("choice", "text"):
        values = tuple(TypedValue(text) for text in dict.fromkeys(str(test.wanted) for test in tests))
    return str(replace(term, name=column.name, argument=argument, values=values))


def _year(text: str, term: Term) -> int:
    bare = re.sub(r"^FY ?", "", text.strip(), flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{4}", bare):
        raise UsageError(f"filter {term.name}: {text.strip()!r} is no year; write {term.name}@2025 or @2015..2025")
    return int(bare)


def _number(text: str) -> Extent:
    try:
        return Extent.of_number(Decimal(text.strip().replace(",", "").replace("_", "")))
    except InvalidOperation:
        raise UsageError(f"{text!r} is no number") from None


def _between(text: str, read: Callable[[str], Extent], column: SetColumn) -> Extent:
    """Return a value, or from the first to the last of two."""
    first, is_range, last = text.partition("..")
    try:
        least, most = read(first), read(last) if is_range else read(first)
    except UsageError as error:
        raise UsageError(f"filter {column.name}: {error.message}; write for example {column.example}") from error
    return Extent(least.least, most.most)


def _chosen(text: str, choices: Sequence[str], column: SetColumn) -> str:
    """Return the one of some words that a text means: itself, or the only one that has it as whole words."""
    meant = folded(text.replace("-", " "))
    as_read = {choice: folded(choice.replace("-", " ")) for choice in choices}
    same = [choice for choice, read in as_read.items() if read == meant]
    same = same or [choice for choice, read in as_read.items() if f"{read}s" == meant]
    near = same or [choice for choice, read in as_read.items() if meant and f" {meant} " in f" {read} "]
    if len(near) == 1:
        return near[0]
    likely, suggested = hint(text, near or choices, "it may be")
    raise UsageError(f"filter {column.name}: there is no {text!r}; {likely}", suggestions=suggested)
