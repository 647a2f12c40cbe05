"""Finds what names of a list mean: candidates ranked by name and by what stands beside it; sure only beyond doubt."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.domain.catalog import fits
from graph.text import folded
from queries.core.answer import Hit
from queries.core.names.find import find
from queries.core.printed_names import printed_names
from queries.core.reading import Entity, OfIds
from queries.core.reads import ENTITIES_BY_ID
from queries.core.session import Session
from queries.reconciling.doubts import EXACT, doubt, is_called, is_literal
from queries.reconciling.evidence import IDENTIFIERS, Verdict, verdicts
from queries.reconciling.owners import lacks_owner
from queries.reconciling.properties import COUNTRY, countries_of, properties, rule_of
from queries.reconciling.query import MOST_CANDIDATES, Reconciled, ReconQuery
from queries.reconciling.types import label_of

# As many hits as one look-up finds: those of the asked type may stand far down.
_HITS = 500
# Candidates that are looked at closely; what stands lower only shares a word with the name.
_CLOSELY = 30
# How much of a score comes from the name when something is known beside it; the rest is what that says.
_NAME_SHARE = 0.8
_SAYS: Mapping[Verdict | None, float] = {"agrees": 1.0, None: 0.5, "differs": 0.0}


@dataclass(frozen=True)
class Likely:
    """A candidate.

    Attributes:
        hit: How it was found.
        thing: It, with all its values.
        verdicts: What the properties beside the name say, by property.
        is_of_type: Whether it is of a type that was asked for; yes when none was.
        score: From 0 to 100.
        is_sure: Whether it is meant beyond doubt.
        doubt: Why it is not sure, for one that is called exactly so; blank otherwise.
    """

    hit: Hit
    thing: Entity
    verdicts: Mapping[str, Verdict]
    is_of_type: bool
    score: float
    is_sure: bool = False
    doubt: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is called exactly so."""
        return is_called(self.hit, self.thing)

    @property
    def is_claim(self) -> bool:
        """Whether it has a claim to be meant: called so, or known by an identifier, and nothing speaks against it."""
        return (self.is_exact or self.is_identified) and "differs" not in self.verdicts.values()

    @property
    def is_identified(self) -> bool:
        """Whether an identifier that stands beside the name is its own."""
        return self.verdicts.get(IDENTIFIERS) == "agrees"


def likely(
    session: Session, queries: Mapping[str, ReconQuery], *, topics: Collection[str] = ()
) -> dict[str, tuple[Likely, ...]]:
    """Return the candidates of each query, best first, at most as many as it asks for.

    Candidates of the asked types come alone where there are any; others only under ``should``, and never as sure.
    A name without a letter or digit, and one that is like nothing, has none.

    Args:
        session: The graph.
        queries: By any key.
        topics: Codes of topics; only what deals with one of them is a candidate. Empty takes all.
    """
    found = {key: _found(session, query) for key, query in queries.items()}
    things = _things(session, {hit.id for hits in found.values() for hit in hits})
    if topics:
        wanted = set(topics)
        things = {it: thing for it, thing in things.items() if wanted & set(thing.values.get("topics") or ())}
    ranked = {key: _ranked(session, query, found[key], things) for key, query in queries.items()}
    return {key: _judged(session, ones, queries[key]) for key, ones in ranked.items()}


def _found(session: Session, query: ReconQuery) -> list[Hit]:
    """Return what may be meant: by the name, then by what a property is a name or code for; of the types asked for."""
    hits = {hit.id: hit for hit in reversed([*_called(session, query.query or ""), *_known(session, query)])}
    ordered = sorted(hits.values(), key=lambda hit: -hit.score)
    of_type = [hit for hit in ordered if _is_of(hit.cls, query)]
    if of_type or query.type_strict != "should":
        ordered = of_type
    return ordered[:_CLOSELY]


def _called(session: Session, text: str) -> Sequence[Hit]:
    return find(session, text, limit=_HITS).hits if folded(text) else ()


def _known(session: Session, query: ReconQuery) -> Iterator[Hit]:
    """Give what is called exactly like a property that things are looked up by: an identifier, a code, a name."""
    for given in query.properties:
        if given.pid != IDENTIFIERS and (query.query is not None or not _is_searched(given.pid)):
            continue
        for value in given.values:
            text = value.id if isinstance(value, Reconciled) else str(value)
            yield from (hit for hit in _called(session, text) if hit.how in EXACT)


def _is_searched(pid: str) -> bool:
    known = properties().get(pid)
    return known is not None and any((rule := rule_of(cls, pid)) and rule.searched for cls in known.classes)


def _is_of(cls: str, query: ReconQuery) -> bool:
    if not query.types:
        return True
    if query.type_strict == "all":
        return all(fits(cls, (name,)) for name in query.types)
    return fits(cls, query.types)


def _things(session: Session, ids: Collection[str]) -> dict[str, Entity]:
    found = session.read(ENTITIES_BY_ID, OfIds(ids=tuple(sorted(ids)))) if ids else []
    return {thing.id: thing for thing in found}


def _ranked(session: Session, query: ReconQuery, hits: Iterable[Hit], things: Mapping[str, Entity]) -> list[Likely]:
    met = [(hit, things[hit.id]) for hit in hits if hit.id in things]
    said = [verdicts(session, query.properties, thing) for _, thing in met]
    is_compared = any(said)
    found = [
        Likely(hit, thing, each, _is_of(hit.cls, query), _score(hit, each) if is_compared else hit.score)
        for (hit, thing), each in zip(met, said, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.score, folded(one.thing.name), one.thing.id))


def _score(hit: Hit, said: Mapping[str, Verdict]) -> float:
    """Return the score of a candidate beside which something is known, of it or of another."""
    if said.get(IDENTIFIERS) == "agrees":
        return 100.0
    says = [_SAYS[verdict] for verdict in said.values()] or [_SAYS[None]]
    return round(_NAME_SHARE * hit.score + (1 - _NAME_SHARE) * 100 * sum(says) / len(says), 1)


def _judged(session: Session, ranked: Sequence[Likely], query: ReconQuery) -> tuple[Likely, ...]:
    claims = _claims(ranked, query.query or "")
    shown = ranked[: min(query.limit, MOST_CANDIDATES)]
    return tuple(_judgement(session, one, ranked[0], claims, query) for one in shown)


def _claims(ranked: Sequence[Likely], text: str) -> list[Likely]:
    """Return what may be meant: those that bear the name as it stands go before those that bear a part of it."""
    claims = [one for one in ranked if one.is_claim]
    known = [one for one in claims if one.is_identified or is_literal(text, one.hit, one.thing)]
    return known or claims


def _judgement(session: Session, one: Likely, first: Likely, claims: Sequence[Likely], query: ReconQuery) -> Likely:
    if not one.is_claim and not one.is_exact:
        return one
    reason = _against(one, first, claims) or ("" if one.is_identified else _of_its_name(session, one, query))
    return replace(one, doubt=reason, is_sure=not reason)


def _against(one: Likely, first: Likely, claims: Sequence[Likely]) -> str:
    """Return what speaks against a thing that is called so, beside others; blank when nothing does."""
    if differing := ", ".join(pid for pid, verdict in one.verdicts.items() if verdict == "differs"):
        return f"it is called so, but its {differing} differs"
    if not one.is_of_type:
        return f"it is a {label_of(one.hit.cls).lower()}, which was not asked for"
    if one not in claims:
        return f"{claims[0].thing.name} is called so in full"
    if len(claims) > 1:
        return f"{len(claims)} things are called so"
    return "" if one is first else f"{first.thing.name} fits better what else is known"


def _of_its_name(session: Session, one: Likely, query: ReconQuery) -> str:
    """Return why the name alone does not settle a thing that nothing else is called like; blank when it does."""
    text = one.hit.matched if query.query is None else query.query
    reason = doubt(text, one.hit, one.thing, is_kind_given=bool(query.types))
    if reason or one.hit.how == "id" or one.verdicts.get(COUNTRY) == "agrees":
        return reason
    return lacks_owner(session, one.thing, text, how=one.hit.how)


def descriptions(session: Session, found: Iterable[Likely]) -> dict[str, str]:
    """Return a line for each candidate that tells it from its namesakes, by id: what it is, of where."""
    things = {one.thing.id: one.thing for one in found}
    names = printed_names(session, {it for thing in things.values() for it in countries_of(thing)})
    return {it: described(thing, names) for it, thing in things.items()}


def described(thing: Entity, names: Mapping[str, str]) -> str:
    """Return what a thing is and of where: ``Public body, Ghana, Accra``.

    Args:
        thing: The thing.
        names: Printed names of governments, by id.
    """
    said = thing.values
    where = [names[it] for it in countries_of(thing) if it in names and it != thing.id]
    more = (said.get(name) for name in ("location", "seat", "public_role", "role", "region", "symbol"))
    parts = [label_of(thing.cls), *where, *(str(text) for text in more if text)]
    return ", ".join(dict.fromkeys(parts))
