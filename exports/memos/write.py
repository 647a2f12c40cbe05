"""Writes a memo of any kind: checks what it is asked with, has it written, and adds what every paper carries."""

from collections.abc import Mapping
from dataclasses import replace

from exports.memos.gathering import Ask, Gathering, options, quoted, when
from exports.memos.kind import MemoKind, Written
from exports.memos.registry import MEMOS
from exports.memos.sections.bottom_line import fitting
from exports.memos.sections.unknown import gaps, unknown
from exports.paper.document import Making, PaperDocument, sources_of
from exports.wording import slug
from graph.errors import NotFound
from graph.suggestions import hint
from queries.ask import Parameters, ask, validated
from queries.core.question import Params
from queries.core.session import Session


def write_memo(session: Session, name: str, parameters: Parameters, *, ask: Ask = ask) -> PaperDocument:
    """Return a memo.

    Args:
        session: The graph, the ledger and the day.
        name: Kind of memo, such as ``government``.
        parameters: As typed; blank ones count as left out.
        ask: What answers its questions.

    Raises:
        NotFound: There is no such kind, or nothing is called so.
        Ambiguous: Several things are called so.
        UsageError: A parameter is unknown, missing or malformed.
        StoreError: The graph did not answer.
        LedgerError: The evidence could not be looked up.
    """
    kind = kind_named(name)
    given = validated(kind, parameters)
    gathering = Gathering(session, as_of=given.as_of, ask=ask)
    return _document(kind, given, gathering, kind.function(gathering, given))


def kind_named(name: str) -> MemoKind:
    """Return the card of a kind of memo.

    Raises:
        NotFound: There is no such kind.
    """
    if name in MEMOS:
        return MEMOS[name]
    meant, near = hint(name, MEMOS, "kinds are")
    raise NotFound(f"there is no memo {name!r}; {meant}", suggestions=near)


def _document(kind: MemoKind, given: Params, gathering: Gathering, written: Written) -> PaperDocument:
    # What is not known is no part of the last page of several that stand alone.
    alone = any(section.starts_page for section in written.sections)
    sections = (*written.sections, replace(unknown(gathering.answers), starts_page=alone))
    making = _making(kind, given, gathering, written)
    return PaperDocument(
        title=written.title,
        subtitle=written.subtitle,
        subject=written.subject,
        making=making,
        command=_command(kind, making),
        file_stem=slug(written.title) or kind.name,
        bottom_line=fitting(written.bottom_line),
        sections=sections,
        gaps=gaps(gathering.answers, used=sources_of(sections)),
        clearers=written.clearers,
        floor=written.floor,
        longest=kind.longest,
    )


def _making(kind: MemoKind, given: Params, gathering: Gathering, written: Written) -> Making:
    standing = gathering.session.status
    return Making(
        kind=kind.name,
        parameters=_texts(given.model_dump(exclude={"as_of"}, exclude_none=True) | dict(written.again)),
        as_of=gathering.day,
        data_version=standing.data_version,
        known_on=standing.known_on or "",
    )


def _texts(parameters: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    """Return parameters as they are typed; those without a value are left out."""
    return {
        name: tuple(str(each) for each in value) if isinstance(value, (tuple, list)) else str(value)
        for name, value in parameters.items()
        if value not in ("", (), [])
    }


def _command(kind: MemoKind, making: Making) -> str:
    rest = dict(making.parameters)
    named = rest.pop(kind.named, ())
    words = (named,) if isinstance(named, str) else named
    parts = (*map(quoted, words), *options(rest), *when(making.as_of, making.known_on))
    return " ".join(("iga memo", kind.name, *parts))
