"""What an activity says: a project, who pays for it and carries it out, its award, money, results and documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from lxml.etree import _Element as Element

from iga.graph.domain.values import first_day, last_day
from iga.ingest.formats.iati.iati_elements import (
    LONGEST_TEXT,
    code_list,
    code_of,
    coded,
    cut,
    day_of,
    end_of_id,
    line,
    refused,
    span_of,
    text_of,
)
from iga.ingest.formats.iati.iati_money import GOING_OUT, ActivityIds, tell_lines, tell_transactions
from iga.ingest.formats.iati.iati_record import IatiRecord, key_of, regions_of, remark_on_shares, tell_countries
from iga.ingest.formats.iati.results import tell_documents, tell_results
from iga.ingest.source_reader import StatedRow

_Children: TypeAlias = Mapping[str, Sequence[Element]]
"""The children of an activity by their names; none of a name that it lacks."""

_FUNDING, _ACCOUNTABLE, _EXTENDING, _IMPLEMENTING = "1", "2", "3", "4"
_COMMITMENT = "2"
_OWN_NUMBER = "A1"
_DESCRIPTIONS = {"2": "Objectives: ", "3": "Target groups: "}
_PARENT, _CHILD = "1", "2"
_SECONDARY = "reported by a secondary reporter; the organization that does the activity may report it too"


def activity_statements(activity: Element, not_taken: Counter[str]) -> StatedRow:
    """Return the identifier of an activity, and what it says.

    Raises:
        Refusal: The activity is not taken; the refusal says why and what to do.
    """
    identifier = key_of(activity, "iati-identifier")
    record = IatiRecord(end=end_of_id(identifier), currency=line(activity.get("default-currency")))
    children: defaultdict[str, list[Element]] = defaultdict(list)
    for child in activity.iterchildren("*"):
        children[str(child.tag)].append(child)
    not_taken.update({name: len(children[name]) for name in code_list("not taken") if name in children})

    reporter = _reporter(record, children)
    values = _project(record, identifier, activity, children)
    project = record.node(f"project:iati:{record.end}", values, at=activity)
    funders = _tell_roles(record, project, children["participating-org"])
    award = _tell_award(record, activity, children, funders, values, reporter=reporter)
    _tell_places(record, tuple(filter(None, (project, award))), children)
    is_secondary = any(org.get("secondary-reporter") in ("1", "true") for org in children["reporting-org"])
    ids = ActivityIds(identifier, project, award, _SECONDARY if is_secondary else "")
    tell_transactions(record, ids, children["transaction"])
    tell_lines(record, ids, [*children["budget"], *children["planned-disbursement"]])
    tell_results(record, project, children["result"], reporter=reporter)
    tell_documents(record, project, children["document-link"])
    _tell_related(record, project, children["related-activity"])
    return identifier, record.content()


def _reporter(record: IatiRecord, children: _Children) -> str:
    """Note the types that the record states of its organizations, and return who reports; blank is unknown."""
    reporting = children["reporting-org"]
    record.learn([*reporting, *children["participating-org"]])
    for transaction in children["transaction"]:
        record.learn(org for name in ("provider-org", "receiver-org") if (org := transaction.find(name)) is not None)
    return record.party(reporting[0]) if reporting else ""


def _project(record: IatiRecord, identifier: str, activity: Element, children: _Children) -> dict[str, object]:
    title = text_of(activity.find("title"))
    purposes = _purposes(children["sector"], children["tag"], children["transaction"])
    schemes = code_list("OtherIdentifierType")
    others = (
        f"{schemes[kind]}{line(other.get('ref'))}"
        for other in children["other-identifier"]
        if (kind := other.get("type") or "") in schemes and line(other.get("ref"))
    )
    if len(title.main) > len(cut(title.main)):
        record.notes.append("the title is cut to 1,000 characters")
    return {
        "name": cut(title.main),
        "aliases": tuple(cut(other) for other in title.others),
        "identifiers": (cut(identifier), *(cut(other) for other in others)),
        "description": _description(record, children["description"]),
        "status": code_list("ActivityStatus").get(code_of(activity, "activity-status"), ""),
        "period": _period(record, children["activity-date"]),
        "purposes": purposes,
        "topics": tuple(dict.fromkeys(topic for purpose in purposes for topic in code_list("topics").get(purpose, ()))),
        "regions": regions_of(children["recipient-region"]),
    }


def _tell_award(
    record: IatiRecord,
    activity: Element,
    children: _Children,
    funders: Sequence[str],
    project_values: Mapping[str, object],
    *,
    reporter: str,
) -> str:
    """State the award of an activity, where it shows that there is one, and return its id; else blank.

    There is one where the activity states an outgoing commitment, which IATI defines as a firm written obligation, or
    a disbursement to a recipient that is known. Its recipients are the receivers of its commitments and
    disbursements; where no transaction names one, the implementing organizations; where there are none, the
    accountable ones that do not fund it. The reporter is no recipient of its own award.
    """
    kinds = [(transaction, code_of(transaction, "transaction-type")) for transaction in children["transaction"]]
    outgoing = [transaction for transaction, kind in kinds if kind in GOING_OUT]
    recipients = _recipients(record, children["participating-org"], outgoing, reporter) if outgoing else ()
    if not recipients and not any(kind == _COMMITMENT for _, kind in kinds):
        return ""
    extending = [org for org in children["participating-org"] if org.get("role") == _EXTENDING]
    office = extending[0] if len(extending) == 1 else activity.find("reporting-org")
    number, title = _number(activity, children), project_values["name"]
    values = {
        "name": cut(f"Award {number}{f': {title}' if title else ''}"),
        "award_number": number,
        "award_kind": code_list("FinanceType").get(code_of(activity, "default-finance-type"), ""),
        "awarding_office": cut(text_of(office).main),
        "status": project_values["status"],
        "period": project_values["period"],
    }
    award = record.node(f"award:iati:{record.end}", values, at=activity)
    record.edge("UNDER", f"project:iati:{record.end}", award, at=activity)
    for recipient in recipients:
        record.edge("AWARDED_TO", award, recipient, at=activity)
    for funder in funders:
        record.edge("FUNDED", funder, award, at=activity)
    return award


def _recipients(
    record: IatiRecord, orgs: Sequence[Element], outgoing: Iterable[Element], reporter: str
) -> tuple[str, ...]:
    funding = {record.party(org) for org in orgs if org.get("role") == _FUNDING}
    choices = (
        (record.party(transaction.find("receiver-org")) for transaction in outgoing),
        (record.party(org) for org in orgs if org.get("role") == _IMPLEMENTING),
        (party for org in orgs if org.get("role") == _ACCOUNTABLE and (party := record.party(org)) not in funding),
    )
    for parties in choices:
        if recipients := tuple(dict.fromkeys(party for party in parties if party not in ("", reporter))):
            return recipients
    return ()


def _number(activity: Element, children: _Children) -> str:
    """Return the reporter's own number of an activity, else its identifier without the reporter's at the front."""
    for other in children["other-identifier"]:
        if other.get("type") == _OWN_NUMBER and (own := line(other.get("ref"))):
            return cut(own)
    identifier, reporter = line(activity.findtext("iati-identifier")), activity.find("reporting-org")
    prefix = line(reporter.get("ref")) + "-" if reporter is not None else ""
    return cut(identifier.removeprefix(prefix) or identifier)


def _description(record: IatiRecord, descriptions: Sequence[Element]) -> str:
    """Return the descriptions in the printed language, the general ones first, each other under its heading."""
    parts = [
        f"{_DESCRIPTIONS.get(description.get('type') or '', '')}{text}"
        for description in sorted(descriptions, key=lambda description: description.get("type") or "1")
        if (text := text_of(description).main)
    ]
    whole = "\n\n".join(dict.fromkeys(parts))
    if len(whole) > LONGEST_TEXT:
        record.notes.append("the description is cut to 20,000 characters")
    return cut(whole, LONGEST_TEXT)


def _period(record: IatiRecord, dates: Sequence[Element]) -> dict[str, str]:
    """Return the period of an activity: actual dates before planned ones; an end only when one is stated.

    An end before the start is refused where both are planned or both actual, and else unknown.
    """
    days = {date.get("type") or "": day for date in dates if (day := day_of(date.get("iso-date")))}
    start, end = days.get("2") or days.get("1", ""), days.get("4") or days.get("3", "")
    if start and end and first_day(start) > last_day(end):
        if ("2" in days) == ("4" in days):
            raise refused(dates[0], f"has the end {end} before the start {start}", fix="correct the dates", value=end)
        sort = "actual" if "4" in days else "planned"
        other = "actual" if "2" in days else "planned"
        record.notes.append(f"the {sort} end {end} lies before the {other} start {start}, so the end is not known")
        end = ""
    return span_of(start, end)


def _purposes(sectors: Sequence[Element], tags: Sequence[Element], transactions: Sequence[Element]) -> tuple[str, ...]:
    """Return purpose codes as scheme:code; those of transactions where the activity has none."""
    if not sectors:
        sectors = [sector for transaction in transactions for sector in transaction.iterchildren("sector")]
    purposes = [_purpose(sector, coded(sector, "vocabulary", "SectorVocabulary", "own")) for sector in sectors]
    purposes += [_purpose(tag, scheme) for tag in tags if (scheme := coded(tag, "vocabulary", "TagVocabulary"))]
    return tuple(dict.fromkeys(filter(None, purposes)))


def _purpose(element: Element, scheme: str) -> str:
    code = line(element.get("code")) or text_of(element).main
    return cut(f"{scheme}:{code}") if code else ""


def _tell_places(record: IatiRecord, things: tuple[str, ...], children: _Children) -> None:
    countries, regions = children["recipient-country"], children["recipient-region"]
    if remark := remark_on_shares(countries, regions):
        record.notes.append(remark)
    if countries or regions:
        tell_countries(record, things, countries)
        return
    paid = [place for transaction in children["transaction"] for place in transaction.iterchildren("recipient-country")]
    tell_countries(record, things, paid, shares=False)


def _tell_roles(record: IatiRecord, project: str, orgs: Sequence[Element]) -> tuple[str, ...]:
    """State who pays for a project and who carries it out; return who pays."""
    funders: dict[str, Element] = {}
    doers: dict[str, tuple[list[str], Element]] = {}
    for org in orgs:
        if not (party := record.party(org)):
            continue
        if org.get("role") == _FUNDING:
            funders.setdefault(party, org)
        elif role := coded(org, "role", "OrganisationRole"):
            doers.setdefault(party, ([], org))[0].append(role)
        else:
            role, name = (org.get("role") or "")[:40], text_of(org).main[:80]
            record.notes.append(f"the role {role!r} of {name!r} is not of IATI")
    for funder, org in funders.items():
        record.edge("FUNDED", funder, project, at=org)
    for doer, (roles, org) in doers.items():
        record.edge("IMPLEMENTS", doer, project, {"role": ", ".join(dict.fromkeys(roles))}, at=org)
    return tuple(funders)


def _tell_related(record: IatiRecord, project: str, related: Sequence[Element]) -> None:
    """State the parents and children of an activity; siblings and co-funded activities say nothing more."""
    pairs = set()
    for other in related:
        reference, kind = line(other.get("ref")), other.get("type")
        if not reference or kind not in (_PARENT, _CHILD):
            continue
        ends = (project, f"project:iati:{end_of_id(reference)}")
        if ends[0] == ends[1]:
            record.notes.append("the activity names itself as related, which was passed over")
        elif (pair := ends if kind == _PARENT else ends[::-1]) not in pairs:
            pairs.add(pair)
            record.edge("PART_OF", *pair, at=other)
