"""Writes a memo of any kind: checks what it is asked with, has it written, and adds what every paper carries."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from importlib.metadata import version
from operator import itemgetter
from types import MappingProxyType
from typing import get_args

from iga.exports.memos.brief import Part, bottom_line, sections_of
from iga.exports.memos.evidence import doubt
from iga.exports.memos.gathering import Ask, Gathering, options, quoted, when
from iga.exports.memos.kind import MemoKind, Written
from iga.exports.memos.printing import nothing_found
from iga.exports.memos.registry import MEMOS
from iga.exports.memos.sections.clearance import reasons
from iga.exports.paper.blocks import Bullets
from iga.exports.paper.document import BOTTOM_SENTENCES, Making, PaperDocument, Section, sources_of
from iga.exports.paper.drafting import filled
from iga.exports.paper.length import fitted
from iga.exports.paper.statements import Unknown
from iga.exports.wording import slug
from iga.graph.settings import PRACTICE
from iga.graph.suggestions import named
from iga.graph.text import counted, unsuffixed
from iga.queries.ask import Parameters, ask, validated
from iga.queries.core.answer import Answer, CaveatKind
from iga.queries.core.question import Params
from iga.queries.core.session import Session
from iga.queries.core.wording import long_day
from iga.queries.sets.saved import with_members

# What a reader may act wrongly on comes first.
_GRAVEST: tuple[CaveatKind, ...] = (
    *("projecting", "embargoed", "ambiguous", "conflict", "partial", "unknown", "undisclosed"),
    *("stale", "uncertain", "derived"),
)
_GRAVE: tuple[CaveatKind, ...] = ("projecting", "embargoed", "ambiguous")
_DOUBTS = 2
assert set(_GRAVEST) == set(get_args(CaveatKind)), "each kind of doubt has its place"


def write_memo(
    session: Session,
    name: str,
    parameters: Parameters,
    *,
    is_full: bool = False,
    words: Mapping[str, str] = MappingProxyType({}),
    ask: Ask = ask,
) -> PaperDocument:
    """Return a memo.

    Args:
        session: The graph, the ledger and the day.
        name: Kind of memo, such as ``government``.
        parameters: As typed; blank ones count as left out.
        is_full: Whether the annex stands behind the two pages.
        words: What the drafter wrote into its blanks, by the key of each (`blanks_of`).
        ask: What answers its questions.

    Raises:
        NotFound: There is no such kind, or nothing is called so.
        Ambiguous: Several things are called so.
        UsageError: A parameter is unknown, missing or malformed.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    kind = kind_named(name)
    params = validated(kind, with_members(session, kind, parameters), today=session.today)
    gathering = Gathering(session, as_of=params.as_of, ask=ask)
    written = kind.function(gathering, params)
    making = _making(kind, params, gathering, written, is_full=is_full)
    return _document(kind, making, gathering, written, words)


def kind_named(name: str) -> MemoKind:
    """Return the card of a kind of memo.

    Raises:
        NotFound: There is no such kind.
    """
    return named(name, MEMOS, "memo", "kinds are")


def _document(
    kind: MemoKind, making: Making, gathering: Gathering, written: Written, words: Mapping[str, str]
) -> PaperDocument:
    title, subject = written.title, written.subject
    if gathering.session.is_practice:
        title, subject = f"{PRACTICE} {unsuffixed(title)}", unsuffixed(subject)
    if gathering.day > gathering.session.today:
        subject = f"{subject} (a day ahead, by what is known on {long_day(gathering.session.today)})"
    first = bottom_line(*written.bottom_line)[:BOTTOM_SENTENCES]
    pages = PaperDocument(
        title=title,
        subject=subject,
        making=making,
        command=_command(kind, making, is_practice=gathering.session.is_practice),
        file_stem=slug(title) or kind.name,
        sections=filled(tuple(sections_of((*written.parts, _grave(gathering.answers)), already=first)), words),
        bottom_line=first,
        clearers=written.clearers,
        publishers={card.source: card.publisher for card in gathering.session.cards.values()},
        longest=written.pages,
        own_lines=words,
    )
    pages = fitted(pages, written.pages)
    if not making.is_full:
        return pages
    annex = (*written.annex(), *reasons(written.clearers), _unknown(gathering.answers))
    used = sources_of((*pages.sections, *annex))
    return replace(pages, annex=annex, gaps=_gaps(gathering.answers, used=used))


def _making(kind: MemoKind, params: Params, gathering: Gathering, written: Written, *, is_full: bool) -> Making:
    standing = gathering.session.status
    return Making(
        kind=kind.name,
        parameters=_texts(params.model_dump(exclude={"as_of"}, exclude_none=True) | dict(written.again)),
        as_of=gathering.day,
        data_version=standing.data_version,
        known_on=standing.known_on or "",
        is_full=is_full,
        version=version("iga-graph"),
    )


def _texts(parameters: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    """Return parameters as they are typed; those without a value are left out."""
    return {
        name: tuple(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
        for name, value in parameters.items()
        if value not in ("", (), [])
    }


def _command(kind: MemoKind, making: Making, *, is_practice: bool) -> str:
    rest = dict(making.parameters)
    named = rest.pop(kind.named, ())
    words = (named,) if isinstance(named, str) else named
    parts = (*map(quoted, words), *options(rest), *when(making.as_of, making.known_on))
    full = ("--full",) if making.is_full else ()
    return " ".join(("iga --practice memo" if is_practice else "iga memo", kind.name, *parts, *full))


def _grave(answers: Mapping[str, Answer]) -> Part:
    """Return the doubts that a reader must have even in two pages: what is not settled, or shown before its time."""
    doubts = (
        (_GRAVEST.index(caveat.kind), doubt(answer, caveat))
        for answer in answers.values()
        for caveat in answer.caveats
        if not caveat.source and caveat.kind in _GRAVE
    )
    once = {it.text: it for _, it in sorted(doubts, key=itemgetter(0))}
    items = tuple(once.values())[:_DOUBTS]
    return Part(Section("To be settled first", (Bullets(items),) if items else ()))


def _unknown(answers: Mapping[str, Answer]) -> Section:
    """Return the doubts of the answers themselves, graver kinds first, each under the heading of its answer."""
    doubts = [
        (_GRAVEST.index(caveat.kind), doubt(answer, caveat, word=word))
        for word, answer in answers.items()
        for caveat in answer.caveats
        if not caveat.source
    ]
    doubts.sort(key=itemgetter(0))
    # Two answers that lack the same say so once, under the first of them.
    first: dict[str, Unknown] = {}
    for _, known in doubts:
        first.setdefault(known.text, known)
    statements = list(first.values())
    if left_out := sum(not row.evidence for answer in answers.values() for row in answer.rows):
        were = "was" if left_out == 1 else "were"
        text = f"{counted(left_out, 'row')} without evidence in the ledger {were} left out of this paper."
        statements.append(nothing_found(text))
    none = nothing_found("Only the gaps of the sources, listed at the end.")
    return Section("What is not known", (Bullets(tuple(dict.fromkeys(statements))) if statements else none,))


def _gaps(answers: Mapping[str, Answer], *, used: Collection[str]) -> tuple[Unknown, ...]:
    """Return the gaps that the sources used say of themselves, one statement for each source, by its title."""
    titles = {note.source: note.title for answer in answers.values() for note in answer.evidence.values()}
    texts: dict[str, dict[str, None]] = {}
    for answer in answers.values():
        for caveat in answer.caveats:
            if caveat.source and caveat.source in used:
                texts.setdefault(titles[caveat.source], {})[caveat.text] = None
    return tuple(Unknown(" ".join(of), title, lead=f"{title}:") for title, of in sorted(texts.items()))
