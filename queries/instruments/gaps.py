"""Which members of a body are not party to an agreement, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import Field

from graph.domain.edges import BODIES
from queries.answer import PartyRow, Subject
from queries.asking import Asking
from queries.instruments.bonds import missing_parties, shortfall, too_early
from queries.instruments.reads import PARTIES_TO
from queries.instruments.treaty import Bond, bond_on
from queries.multilateral.members import by_category, is_beside, membership_on, says
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import OfIds, Tie, by_name, conflicts, refs
from queries.reads import ENTITIES_BY_ID, MEMBERS_OF
from queries.wording import counted, listed

Reason = Literal["never signed", "not yet party", "signed only", "withdrawn", "unknown"]


class GapsAsked(Asked):
    """What `gaps` is asked with."""

    agreement: str = Field(description="The agreement.", examples=["Palermo Protocol"])
    party: str = Field(description="The body whose members are looked at.", examples=["OSCE"])
    category: str | None = Field(
        default=None,
        description="Only this category, be it observers; if left out, all members.",
        examples=["participating State"],
    )


class GapRow(PartyRow):
    """One member of the body that is not, or not for certain, party to the agreement."""

    body: str = Field(description="Id of the body.")
    body_name: str = Field(description="Name of the body.")
    agreement: str = Field(description="Id of the agreement.")
    agreement_name: str = Field(description="Title of the agreement.")
    reason: Reason = Field(description="Why it is not party, as far as known.")
    category: str | None = Field(default=None, description="Its category in the body.")
    signed_on: str | None = Field(default=None, description="Signature.")
    withdrawn_on: str | None = Field(default=None, description="When a withdrawal took effect.")
    remark: str | None = Field(default=None, description="What makes the reason uncertain.")


def gaps(posed: Posed[GapsAsked]) -> Found:
    """List members of a body that are not party to an agreement on a day, by name; organizations apart.

    Observers and partners are looked at only where their category is asked for. A member that no list names is
    *never signed* only if every party that the depositary counts is held; otherwise it may be one of the missing
    ones, and the reason is *unknown*.
    """
    body, agreement = posed.one("party"), posed.one("agreement")
    bonds = posed.asking.read(PARTIES_TO, OfIds(ids=(agreement.id,)))
    card = posed.asking.read(ENTITIES_BY_ID, OfIds(ids=(agreement.id,)))[0]
    if early := too_early(card, day=posed.day):
        return Found(sentence=early, refs=refs(card.values))
    missing = missing_parties(card, bonds)
    standing = {tie.id: (tie, bond_on(tie.tie, day=posed.day)) for tie in bonds}
    everyone = memberships_on(posed.asking, body, category=posed.given.category, day=posed.day)
    memberships = everyone if posed.given.category else [tie for tie in everyone if not is_beside(tie)]
    beside = [] if posed.given.category else [tie for tie in everyone if is_beside(tie)]
    drafts = []
    for membership in memberships:
        tie, bond = standing.get(membership.id, (None, None))
        if bond is None or bond != Bond("party", "yes"):
            drafts.append(_draft(posed, membership, tie, bond, missing))
    return Found(
        sentence=_sentence(body, agreement, drafts, memberships) + _apart(bonds, posed.day) + _left_aside(beside),
        drafts=tuple(drafts),
        caveats=shortfall(card, missing),
        refs=refs(card.values),
    )


def memberships_on(asking: Asking, body: Subject, *, category: str | None, day: str) -> list[Tie]:
    """Return one membership for each member on the day, by name; those known to hold are preferred."""
    chosen: dict[str, Tie] = {}
    for tie in by_name(asking.read(MEMBERS_OF, OfIds(ids=(body.id,)))):
        held = membership_on(tie.tie, day=day)
        if held == "no" or not says(tie.tie.get("category"), category or ""):
            continue
        if tie.id not in chosen or held == "yes":
            chosen[tie.id] = tie
    return list(chosen.values())


def _draft(posed: Posed[GapsAsked], membership: Tie, tie: Tie | None, bond: Bond | None, missing: int | None) -> Draft:
    body, agreement, member = posed.one("party"), posed.one("agreement"), membership.other
    bound = tie.tie if tie else {}
    reason, remark = why_outside(bond, bound, missing)
    sure = reason != "unknown" and (bond is None or bond.held == "yes")
    sure = sure and membership_on(membership.tie, day=posed.day) == "yes"
    row = GapRow(
        held="yes" if sure else "unknown",
        conflicts=conflicts(bound),
        id=member.id,
        cls=member.cls,
        name=member.name,
        iso3=member.iso3,
        body=body.id,
        body_name=body.name,
        agreement=agreement.id,
        agreement_name=agreement.name,
        reason=reason,
        category=membership.tie.get("category"),
        signed_on=bound.get("signed_on"),
        withdrawn_on=bound.get("withdrawn_on"),
        remark=remark,
    )
    return Draft(row, refs(bound, membership.tie))


def why_outside(bond: Bond | None, said: Mapping[str, Any], missing: int | None) -> tuple[Reason, str | None]:
    """Return why somebody is not, or not for certain, party to an agreement, and what makes that uncertain.

    Args:
        bond: How it stands to the agreement; None if it is not listed.
        said: Properties of the bond; empty if it is not listed.
        missing: Number of parties missing from the list; None if it cannot be checked.
    """
    if bond is None:
        if missing == 0:
            return "never signed", None
        short = (
            f"{counted(missing, 'party', 'parties')} missing from the list" if missing else "the list cannot be checked"
        )
        return "unknown", f"not listed, and {short}"
    if bond.standing == "party":
        return "unknown", "listed as a party, but no date tells since when"
    if bond.standing == "signatory":
        return "signed only", None if bond.held == "yes" else "the day of its signature is not known"
    if bond.standing == "withdrawn":
        return "withdrawn", None if bond.held == "yes" else "the day of its withdrawal is not known"
    if bond.standing == "not party" and (later := _later_step(said)):
        return "not yet party", later
    if bond.standing == "not party":
        return "never signed", None if bond.held == "yes" else "stated without a day"
    return "unknown", "listed without a clear status"


def _later_step(said: Mapping[str, Any]) -> str | None:
    """Return the first step towards an agreement that lies after the day; None if no day of one is held."""
    if said.get("signed_on"):
        return f"signed {said['signed_on']}"
    joined_on = said.get("action_on") or said.get("in_force_on")
    return f"{said.get('action') or 'joined'} {joined_on}" if joined_on else None


def _sentence(body: Subject, agreement: Subject, drafts: Sequence[Draft], everyone: Sequence[Tie]) -> str:
    rows = [draft.row for draft in drafts if isinstance(draft.row, GapRow) and draft.row.cls == "Government"]
    governments = [tie for tie in everyone if tie.cls == "Government"]
    lacking = [row for row in rows if row.reason != "unknown"]
    unclear = [row for row in rows if row.reason == "unknown"]
    if not governments:
        return f"no government is held as belonging to {body.name} on that day"
    among = f"{counted(len(governments), 'government')} in {body.name} ({by_category(governments)})"
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        reasons = (
            f"{reason}: {_named(row for row in lacking if row.reason == reason)}" for reason in _reasons(lacking)
        )
        first = f"{len(lacking)} of {among} {verb} not party to {agreement.name}: {'; '.join(reasons)}"
    else:
        known = "is known to be outside" if unclear else "is outside"
        first = f"of {among}, none {known} {agreement.name}"
    if unclear:
        first += f"; whether {len(unclear)} of them {'is' if len(unclear) == 1 else 'are'} party is not known: "
        first += _named(unclear)
    return first + _organizations(everyone)


def _reasons(rows: Sequence[GapRow]) -> list[Reason]:
    return [reason for reason in get_args(Reason) if any(row.reason == reason for row in rows)]


def _named(rows: Iterable[GapRow]) -> str:
    return listed([row.name for row in rows], most=6)


def _organizations(everyone: Sequence[Tie]) -> str:
    others = [tie.name for tie in everyone if tie.cls != "Government"]
    named = listed(others) if len(others) < 3 else counted(len(others), "organization")
    return f"; in the body, but no government and counted apart: {named}" if others else ""


def _apart(bonds: Sequence[Tie], day: str) -> str:
    """Say which organizations are party themselves, so that nobody counts them among the governments."""
    unions = [
        tie.name for tie in by_name(bonds) if tie.cls != "Government" and bond_on(tie.tie, day=day).standing == "party"
    ]
    return f"; party in its own right and counted apart: {listed(unions)}" if unions else ""


def _left_aside(beside: Sequence[Tie]) -> str:
    return f"; beside the members, and not looked at: {by_category(beside)}" if beside else ""


GAPS = Question(
    name="gaps",
    title="Which members of this body are not party to this agreement, and why?",
    params=GapsAsked,
    row=GapRow,
    function=gaps,
    names={"agreement": ("Agreement",), "party": BODIES},
    example={"agreement": "Palermo Protocol", "party": "OSCE"},
    columns=("name", "category", "reason", "signed_on", "withdrawn_on", "remark", "held", "confidence", "evidence"),
)
