"""Finds what names of a list mean: candidates ranked by name and by what stands beside it; sure only beyond doubt."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iga.graph.domain.catalog import fits
from iga.graph.text import folded
from iga.queries.core.answer import Hit
from iga.queries.core.names.find import hits_of
from iga.queries.core.printed_names import entities, printed_names
from iga.queries.core.reading import Entity
from iga.queries.core.session import Session
from iga.queries.reconciling.doubts import EXACT, doubt, is_called, is_literal, lacks_owner
from iga.queries.reconciling.evidence import IDENTIFIERS, Verdict, verdicts
from iga.queries.reconciling.query import MOST_CANDIDATES, Reconciled, ReconQuery
from iga.queries.reconciling.schema import COUNTRY, countries_of, label_of, properties, rule_of

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
        verdicts: What the properties beside the name say, by property.
        is_of_type: Whether it is of a type that was asked for; yes when none was.
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
    hits = {key: _hits(session, query) for key, query in queries.items()}
    things = entities(session, (hit.id for of_one in hits.values() for hit in of_one))
    if topics:
        things = {id_: it for id_, it in things.items() if not set(topics).isdisjoint(it.values.get("topics") or ())}
    return {key: _judged(session, _ranked(session, query, hits[key], things), query) for key, query in queries.items()}


def _hits(session: Session, query: ReconQuery) -> list[Hit]:
    """Return what may be meant: by the name, then by what a property is a name or code for; of the types asked for."""
    hits = {hit.id: hit for hit in reversed([*_called(session, query.query or ""), *_known(session, query)])}
    ordered = sorted(hits.values(), key=lambda hit: -hit.score)
    of_type = [hit for hit in ordered if _is_of(hit.cls, query)]
    return (of_type if of_type or query.type_strict != "should" else ordered)[:_CLOSELY]


def _called(session: Session, text: str) -> Sequence[Hit]:
    return hits_of(session, text, limit=_HITS) if folded(text) else ()


def _known(session: Session, query: ReconQuery) -> Iterator[Hit]:
    """Give what is called exactly like a property that things are looked up by: an identifier, a code, a name."""
    for stated in query.properties:
        known = properties().get(stated.pid)
        rules = (rule_of(cls, stated.pid) for cls in known.classes) if known and query.query is None else ()
        if stated.pid == IDENTIFIERS or any(rule and rule.searched for rule in rules):
            for value in stated.values:
                text = value.id if isinstance(value, Reconciled) else str(value)
                yield from (hit for hit in _called(session, text) if hit.how in EXACT)


def _is_of(cls: str, query: ReconQuery) -> bool:
    if query.type_strict == "all":
        return all(fits(cls, (name,)) for name in query.types)
    return not query.types or fits(cls, query.types)


def _ranked(session: Session, query: ReconQuery, hits: Iterable[Hit], things: Mapping[str, Entity]) -> list[Likely]:
    met = [(hit, things[hit.id]) for hit in hits if hit.id in things]
    judged = [(hit, thing, verdicts(session, query.properties, thing)) for hit, thing in met]
    is_compared = any(verdict for _, _, verdict in judged)
    candidates = [
        Likely(hit, thing, verdict, _is_of(hit.cls, query), _score(hit, verdict) if is_compared else hit.score)
        for hit, thing, verdict in judged
    ]
    return sorted(candidates, key=lambda one: (-one.score, folded(one.thing.name), one.thing.id))


def _score(hit: Hit, beside: Mapping[str, Verdict]) -> float:
    """Return the score of a candidate beside which something is known, of it or of another."""
    if beside.get(IDENTIFIERS) == "agrees":
        return 100.0
    says = [_SAYS[verdict] for verdict in beside.values()] or [_SAYS[None]]
    return round(_NAME_SHARE * hit.score + (1 - _NAME_SHARE) * 100 * sum(says) / len(says), 1)


def _judged(session: Session, ranked: Sequence[Likely], query: ReconQuery) -> tuple[Likely, ...]:
    """Return the candidates that are shown; of those that have a claim, whether they are sure, or why not.

    Those that bear the name as it stands go before those that bear a part of it.
    """
    every = [one for one in ranked if one.is_claim]
    known = [one for one in every if one.is_identified or is_literal(query.query or "", one.hit, one.thing)]
    judged = []
    for one in ranked[: min(query.limit, MOST_CANDIDATES)]:
        if one.is_claim or one.is_exact:
            reason = _against(one, ranked[0], known or every)
            reason = reason or ("" if one.is_identified else _of_its_name(session, one, query))
            judged.append(replace(one, doubt=reason, is_sure=not reason))
        else:
            judged.append(one)
    return tuple(judged)


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


def descriptions(session: Session, candidates: Iterable[Likely]) -> dict[str, str]:
    """Return a line for each candidate that tells it from its namesakes, by id: what it is, of where."""
    things = {one.thing.id: one.thing for one in candidates}
    names = printed_names(session, {country for thing in things.values() for country in countries_of(thing)})
    return {id_: described(thing, names) for id_, thing in things.items()}


def described(thing: Entity, names: Mapping[str, str]) -> str:
    """Return what a thing is and of where: ``Public body, Ghana, Accra``."""
    where = [names[id_] for id_ in countries_of(thing) if id_ in names and id_ != thing.id]
    more = (thing.values.get(name) for name in ("location", "seat", "public_role", "role", "region", "symbol"))
    return ", ".join(dict.fromkeys([label_of(thing.cls), *where, *(str(text) for text in more if text)]))
