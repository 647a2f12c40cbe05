"""What a party is tied to on a day: bodies, agreements, engagements, texts, programmes, compacts, partners."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from queries.answer import Subject
from queries.asking import Asking
from queries.days import Passed, passed
from queries.funding.reads import MONEY_HELD_BY, Held
from queries.happened import stands
from queries.instruments.treaty import bond_on
from queries.multilateral.engagement_reach import taken_by
from queries.multilateral.engagement_row import is_coming
from queries.multilateral.members import membership_on
from queries.multilateral.reads import SPONSORED_BY, WHOLES_UNDER
from queries.reading import FullTie, OfIds
from queries.reads import AGREEMENTS_OF, IMPLEMENTERS_OF, MEMBERSHIPS_OF, TIES_OUT, OfType

AffiliationKind = Literal["body", "agreement", "compact", "engagement", "text", "programme", "project", "partner"]
# More recipients of one party's awards than these are no shared partner that anybody looks for.
_MOST = 5_000


@dataclass(frozen=True)
class Affiliation:
    """One tie of a party.

    Attributes:
        kind: What sort of thing it is tied to.
        thing: The thing.
        held: Whether the tie is known to hold on the day, or to have happened by it.
        how: In what role or way.
        sources: Properties of what it rests on.
    """

    kind: AffiliationKind
    thing: Subject
    held: Passed
    how: str = ""
    sources: tuple[Mapping[str, Any], ...] = ()


Affiliations = dict[tuple[AffiliationKind, str], Affiliation]


def affiliations_of(asking: Asking, party: Subject, *, day: str) -> Affiliations:
    """Return what a party is tied to on a day, each thing once, by kind and id."""
    found: Affiliations = {}
    for each in (
        *_bodies(asking, party, day),
        *_agreements(asking, party, day),
        *_engagements(asking, party, day),
        *_texts(asking, party, day),
        *_works(asking, party, day),
    ):
        if each.held != "no" and each.thing.id != party.id:
            kept = found.get((each.kind, each.thing.id))
            if kept is None or (kept.held != "yes" and each.held == "yes"):
                found[each.kind, each.thing.id] = each
    return found


def _bodies(asking: Asking, party: Subject, day: str) -> Iterator[Affiliation]:
    for tie in asking.read(MEMBERSHIPS_OF, OfIds(ids=(party.id,))):
        how = tie.tie.get("office") or tie.tie.get("category") or ""
        yield Affiliation("body", tie.other, membership_on(tie.tie, day=day), how, (tie.tie,))


def _agreements(asking: Asking, party: Subject, day: str) -> Iterator[Affiliation]:
    for tie in asking.read(AGREEMENTS_OF, OfIds(ids=(party.id,))):
        bond = bond_on(tie.tie, day=day)
        kind: AffiliationKind = "compact" if tie.cls == "ChildProtectionCompact" else "agreement"
        held: Passed = "no" if bond.standing == "not party" else bond.held
        yield Affiliation(kind, tie.other, held, bond.standing, (tie.tie,))


def _engagements(asking: Asking, party: Subject, day: str) -> Iterator[Affiliation]:
    for each in taken_by(asking, party, day=day):
        held: Passed = "yes" if each.tie.values.get("status") == "held" and not is_coming(each.tie, day) else "unknown"
        yield Affiliation("engagement", each.tie.other, held, each.role or each.part, (each.tie.tie, each.tie.values))


def _texts(asking: Asking, party: Subject, day: str) -> Iterator[Affiliation]:
    for tie in asking.read(SPONSORED_BY, OfIds(ids=(party.id,))):
        if tie.cls == "Resolution":
            held = passed(tie.values.get("adopted_on"), on=day)
            yield Affiliation("text", tie.other, held, tie.tie.get("role") or "sponsor", (tie.tie, tie.values))
        else:
            yield Affiliation("engagement", tie.other, stands("SPONSORED", tie, day=day), "sponsor", (tie.tie,))


def _works(asking: Asking, party: Subject, day: str) -> Iterator[Affiliation]:
    """Yield the projects and awards of a party, the programmes they belong to, and who else carries them out."""
    ties = [tie for tie in asking.read(MONEY_HELD_BY, OfIds(ids=(party.id,))) if tie.cls in _WORKS]
    works = {tie.id: tie for tie in ties if (tie.values.get("start_min") or "") <= day}
    for tie in works.values():
        kind: AffiliationKind = "programme" if tie.cls == "Programme" else "project"
        yield Affiliation(kind, _thing(tie), "yes", _HOW.get(tie.type, ""), (tie.values,))
    ids = tuple(sorted(works))
    compacts = [
        tie for tie in asking.read(AGREEMENTS_OF, OfIds(ids=(party.id,))) if tie.cls == "ChildProtectionCompact"
    ]
    named = {tie.id: tie.values for tie in compacts} | {id_: tie.values for id_, tie in works.items()}
    for under in asking.read(WHOLES_UNDER, OfIds(ids=tuple(sorted(named)))):
        if under.cls == "Programme":
            how = "through what it carries out or hosts"
            yield Affiliation("programme", under.other, "yes", how, (under.tie, named[under.subject]))
    for partner in _partners(asking, tuple(sorted({*ids, *(tie.id for tie in compacts)}))):
        yield Affiliation("partner", partner.other, partner.held(day), "", (partner.tie, named[partner.subject]))


def _partners(asking: Asking, works: tuple[str, ...]) -> Iterator[Any]:
    if not works:
        return
    yield from asking.read(IMPLEMENTERS_OF, OfIds(ids=works))
    recipients: list[FullTie] = asking.read(TIES_OUT, OfType(ids=works, type="AWARDED_TO", limit=_MOST))
    yield from recipients


def _thing(tie: Held) -> Subject:
    return Subject(id=tie.id, cls=tie.cls, name=tie.name)


_WORKS = ("Project", "Award", "Programme")
_HOW = {
    "AWARDED_TO": "recipient",
    "SUBAWARDED_TO": "sub-recipient",
    "IMPLEMENTED_IN": "place where it runs",
    "IMPLEMENTS": "carries it out",
    "FUNDED": "pays for it",
}
