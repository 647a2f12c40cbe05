"""Two parties that may be one: what is known of each, and the judgement of whoever looked at them."""

from collections.abc import Collection, Iterable, Sequence

from msgspec import to_builtins

from iga.entering.writing import Write
from iga.graph.domain.parties import is_person
from iga.graph.errors import UsageError
from iga.graph.ledger.judgements import Judged
from iga.graph.ledger.people_register import texts_in
from iga.graph.names.comparison import Tier
from iga.graph.statements import Word
from iga.ingest.classified import looks_classified
from iga.ingest.resolution.book import Book, PairCandidate
from iga.ingest.resolution.candidates import Progress, compare_waiting, open_candidates
from iga.ingest.resolution.judging import evidence_of, judged
from iga.ingest.resolution.last_load import is_of
from iga.ingest.resolution.party import Party
from iga.ingest.subjects import is_id
from iga.queries.core.session import Session

LOOKED_AT = "looked at side by side"
"""The reason of a judgement that two are not one, where nobody gives another."""

_LONGEST_LIST = 6


def open_pairs(
    book: Book,
    judged_before: Iterable[Judged],
    tier: Tier | None = None,
    *,
    latest: Collection[str] = (),
    progress: Progress | None = None,
) -> list[PairCandidate]:
    """Return the pairs of a book on which nobody has judged; what waits to be compared is, before.

    Those of the things that the last load spoke of (`latest`) come first, each group surest first. The graph is not
    needed for it: it may take long.
    """
    compare_waiting(book, progress=progress)
    pairs = [pair for pair in open_candidates(book, judged_before) if tier in (None, pair.finding.tier)]
    return sorted(pairs, key=lambda pair: not is_of(pair, latest))


def judgeable(session: Session, pairs: Sequence[PairCandidate]) -> list[PairCandidate]:
    """Return pairs without people who are left out or known by name alone, and without what is known by their names.

    These are told from others by whoever sees what is sensitive.
    """
    seeing = session.on_duty()
    parties = {party.id for pair in pairs for party in (pair.first, pair.second)}
    hidden = seeing.hidden(parties) | seeing.unsaid(parties)
    return [
        pair
        for pair in pairs
        if not {pair.first.id, pair.second.id} & hidden
        and not any(seeing.naming(texts_in([to_builtins(it)]), it.members) for it in (pair.first, pair.second))
    ]


def usual_reason(pair: PairCandidate, word: Word) -> str:
    """Return the reason of a judgement where nobody gives another: the evidence, or that both were looked at."""
    return evidence_of(pair.finding) if word == "same" else LOOKED_AT


def judgement(first: str, second: str, word: Word, *, by: str, because: str, is_again: bool = False) -> Write:
    """Return what writes a person's verdict on two ids; what it raises then is that of `judged`.

    Raises:
        UsageError: One is not an id, or only one is a person's and they are to be one; no reason is given, or it looks
            classified.
    """
    for text in (first, second):
        if not is_id(text):
            raise UsageError(f"{text!r} is not an id; ids are kind:slug, such as ngo:acme, and `iga find` shows them")
    if word == "same" and is_person(first) != is_person(second):
        raise UsageError(f"{first} and {second} cannot be one: a person is never a thing; judge them different")
    if not because.strip():
        raise UsageError("a judgement needs its reason: type it after --because")
    if looks_classified(because):
        raise UsageError("the reason looks classified; it was not stored, and must not be typed here")
    return lambda ledger: judged(ledger, first, second, word, by=by, because=because, is_again=is_again)


def facts(party: Party) -> list[tuple[str, str]]:
    """Return what is known of a party, the same kinds of facts for each: in words, and blank where nothing is."""
    others = [name for name in party.names if name != party.name] + [acronym.upper() for acronym in party.acronyms]
    exists = f"{party.start or '?'} to {party.end or '?'}" if party.start or party.end else ""
    return [
        ("name", party.name),
        ("id", party.id),
        ("class", party.cls + (" (known by its name alone)" if party.is_named_only else "")),
        ("also", _listed(others)),
        ("country", party.country),
        ("numbers", _listed([f"{register} {number}" for register, number in party.numbers])),
        ("pages", _listed(party.sites)),
        ("mail", _listed(party.mails)),
        ("posts in", _listed(party.bodies)),
        ("part of", _listed(party.wholes)),
        ("existed", exists),
        ("same as", _listed([member for member in party.members if member != party.id])),
        ("sources", _listed(party.sources)),
    ]


def _listed(texts: Sequence[str]) -> str:
    more = f"; and {len(texts) - _LONGEST_LIST} more" if len(texts) > _LONGEST_LIST else ""
    return "; ".join(texts[:_LONGEST_LIST]) + more
