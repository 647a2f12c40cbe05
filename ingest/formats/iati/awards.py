"""The legal instrument of an activity: an award, where the activity shows that there is one, and whom it goes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.formats.iati.iati_elements import RecordBuilder, code_list, code_of, cut, line, text_of
from ingest.formats.iati.iati_money import GOING_OUT
from ingest.formats.iati.iati_parties import Parties

FUNDING, ACCOUNTABLE, EXTENDING, IMPLEMENTING = "1", "2", "3", "4"
"""Roles of organizations."""

_COMMITMENT = "2"
_OWN_NUMBER = "A1"


@dataclass(frozen=True)
class Instrument:
    """What an activity shows of its legal instrument.

    Attributes:
        number: The reporter's own number of it.
        recipients: Whom it goes to; may be empty.
        office: Who made it, in the words of the file.
        kind: grant or loan; blank is not told.
    """

    number: str
    recipients: tuple[str, ...]
    office: str
    kind: str


def instrument_of(activity: Element, parties: Parties, *, reporter: str) -> Instrument | None:
    """Return the instrument of an activity; None where nothing shows one.

    There is one where the activity states an outgoing commitment, which IATI defines as a firm written obligation, or
    a disbursement to a recipient that is known. Its recipients are the receivers of its commitments and
    disbursements; where no transaction names one, the implementing organizations; where there are none, the
    accountable ones that do not fund it. The reporter is no recipient of its own award.
    """
    outgoing = [
        transaction
        for transaction in activity.iterchildren("transaction")
        if code_of(transaction, "transaction-type") in GOING_OUT
    ]
    is_committed = any(code_of(transaction_out, "transaction-type") == _COMMITMENT for transaction_out in outgoing)
    if not outgoing:
        return None
    recipients = _recipients(activity, parties, outgoing, reporter)
    if not (is_committed or recipients):
        return None
    extending = [org for org in activity.iterchildren("participating-org") if org.get("role") == EXTENDING]
    office = extending[0] if len(extending) == 1 else activity.find("reporting-org")
    kind = code_list("FinanceType").get(code_of(activity, "default-finance-type"), "")
    return Instrument(_number(activity), recipients, cut(text_of(office).main), kind)


def tell_award(
    builder: RecordBuilder,
    instrument: Instrument,
    *,
    award: str,
    project: str,
    funders: Sequence[str],
    project_values: Mapping[str, object],
    at: Element,
) -> None:
    """State an award: what it is, whom it goes to, who pays for it, and the project that is done under it."""
    title = project_values.get("name") or ""
    own = {
        "name": cut(f"Award {instrument.number}{f': {title}' if title else ''}"),
        "award_number": instrument.number,
        "award_kind": instrument.kind,
        "awarding_office": instrument.office,
        "status": project_values.get("status"),
        "period": project_values.get("period"),
    }
    builder.node(award, own, at)
    builder.edge("UNDER", project, award, at)
    for recipient in instrument.recipients:
        builder.edge("AWARDED_TO", award, recipient, at)
    for funder in funders:
        builder.edge("FUNDED", funder, award, at)


def _recipients(activity: Element, parties: Parties, outgoing: list[Element], reporter: str) -> tuple[str, ...]:
    orgs = list(activity.iterchildren("participating-org"))
    funding = {parties.party(org) for org in orgs if org.get("role") == FUNDING}
    choices = (
        (parties.party(transaction.find("receiver-org")) for transaction in outgoing),
        (parties.party(org) for org in orgs if org.get("role") == IMPLEMENTING),
        (party for org in orgs if org.get("role") == ACCOUNTABLE and (party := parties.party(org)) not in funding),
    )
    for parties_named in choices:
        if recipients := tuple(
            dict.fromkeys(party_named for party_named in parties_named if party_named not in ("", reporter))
        ):
            return recipients
    return ()


def _number(activity: Element) -> str:
    """Return the reporter's own number of an activity, else its identifier without the reporter's at the front."""
    for other in activity.iterchildren("other-identifier"):
        if other.get("type") == _OWN_NUMBER and (own := line(other.get("ref"))):
            return cut(own)
    identifier = line(activity.findtext("iati-identifier"))
    reporter = activity.find("reporting-org")
    prefix = line(reporter.get("ref")) + "-" if reporter is not None else ""
    return cut(identifier.removeprefix(prefix) or identifier)
