"""What an activity says: a project, who pays for it and carries it out, its award, money, results and documents."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from lxml.etree import _Element as Element

from graph.domain.values import first_day, last_day
from ingest.formats.iati.awards import FUNDING, instrument_of, tell_award
from ingest.formats.iati.iati_elements import (
    LONGEST_TEXT,
    RecordBuilder,
    code_list,
    code_of,
    coded,
    cut,
    day_of,
    end_of_id,
    line,
    refused,
    text_of,
)
from ingest.formats.iati.iati_money import ActivityIds, tell_lines, tell_transactions
from ingest.formats.iati.iati_parties import Parties, regions_of, remark_on_shares, tell_countries
from ingest.formats.iati.results import tell_documents, tell_results
from ingest.rejections import KEY, Refusal
from ingest.row_reader import LONGEST_KEY
from ingest.source_reader import StatedRow

_Named: TypeAlias = Callable[[str], Sequence[Element]]
"""Gives the children of a name."""

_DESCRIPTIONS = {"2": "Objectives: ", "3": "Target groups: "}
_PARENT, _CHILD = "1", "2"
_SECONDARY = "reported by a secondary reporter; the organization that does the activity may report it too"


def activity_statements(activity: Element, not_taken: Counter[str]) -> StatedRow:
    """Return the identifier of an activity, and what it says.

    Args:
        activity: In the form of IATI 2.03.
        not_taken: Counts the elements that are passed over, by name.

    Raises:
        Refusal: The activity is not taken; the refusal says why and what to do.
    """
    identifier = key_of(activity, "iati-identifier")
    end = end_of_id(identifier)
    project = f"project:iati:{end}"
    builder = RecordBuilder(currency=line(activity.get("default-currency")))
    parties = Parties(builder, end)
    children: dict[str, list[Element]] = {}
    for child in activity.iterchildren("*"):
        children.setdefault(str(child.tag), []).append(child)
    not_taken.update({name: len(children[name]) for name in code_list("not taken") if name in children})

    def named(name: str) -> Sequence[Element]:
        return children.get(name, ())

    reporter = _reporter(parties, named("reporting-org"), named("participating-org"), named("transaction"))
    values = _project(builder, identifier, activity, named)
    builder.node(project, values, activity)
    funders = _tell_roles(builder, parties, project, named("participating-org"))
    award = ""
    if instrument := instrument_of(activity, parties, reporter=reporter):
        award = f"award:iati:{end}"
        tell_award(
            builder, instrument, award=award, project=project, funders=funders, project_values=values, at=activity
        )
    _tell_places(builder, tuple(filter(None, (project, award))), named)
    left_out = _SECONDARY if _is_secondary(named("reporting-org")) else ""
    ids = ActivityIds(identifier, project, award, end, left_out)
    tell_transactions(builder, parties, ids, named("transaction"))
    tell_lines(builder, parties, ids, [*named("budget"), *named("planned-disbursement")])
    tell_results(builder, project, end, named("result"), reporter=reporter)
    tell_documents(builder, project, named("document-link"))
    _tell_related(builder, project, named("related-activity"))
    return identifier, builder.content()


def key_of(record: Element, name: str) -> str:
    """Return the identifier of a record, which is its row key.

    Raises:
        Refusal: It is blank or too long.
    """
    key = line(record.findtext(name))
    if not key or len(key) > LONGEST_KEY:
        what = f"is longer than {LONGEST_KEY} characters" if key else "is blank"
        raise Refusal(f"<{name}> {what}", fix=f"fill <{name}>", code=KEY, column=name, value=key)
    return key


def _reporter(parties: Parties, reporting: Sequence[Element], *others: Sequence[Element]) -> str:
    """Note the types that the record states of its organizations, and return who reports; blank is unknown."""
    parties.learn([*reporting, *others[0]])
    for transaction in others[1]:
        parties.learn([org for name in ("provider-org", "receiver-org") if (org := transaction.find(name)) is not None])
    return parties.party(reporting[0]) if reporting else ""


def _project(builder: RecordBuilder, identifier: str, activity: Element, named: _Named) -> dict[str, object]:
    title = text_of(activity.find("title"))
    purposes = _purposes(named("sector"), named("tag"), named("transaction"))
    schemes = code_list("OtherIdentifierType")
    others = (
        f"{schemes[kind]}{line(other.get('ref'))}"
        for other in named("other-identifier")
        if (kind := other.get("type") or "") in schemes and line(other.get("ref"))
    )
    if len(title.main) > len(cut(title.main)):
        builder.notes.append("the title is cut to 1,000 characters")
    return {
        "name": cut(title.main),
        "aliases": tuple(cut(other) for other in title.others),
        "identifiers": (cut(identifier), *(cut(other) for other in others)),
        "description": _description(builder, named("description")),
        "status": code_list("ActivityStatus").get(code_of(activity, "activity-status"), ""),
        "period": _period(builder, named("activity-date")),
        "purposes": purposes,
        "topics": tuple(dict.fromkeys(topic for purpose in purposes for topic in code_list("topics").get(purpose, ()))),
        "regions": regions_of(named("recipient-region")),
    }


def _description(builder: RecordBuilder, descriptions: Sequence[Element]) -> str:
    """Return the descriptions in the printed language, the general ones first, each other under its heading."""
    parts = [
        f"{_DESCRIPTIONS.get(description.get('type') or '', '')}{text}"
        for description in sorted(descriptions, key=lambda description: description.get("type") or "1")
        if (text := text_of(description).main)
    ]
    whole = "\n\n".join(dict.fromkeys(parts))
    if len(whole) > LONGEST_TEXT:
        builder.notes.append("the description is cut to 20,000 characters")
    return cut(whole, LONGEST_TEXT)


def _period(builder: RecordBuilder, dates: Sequence[Element]) -> dict[str, str]:
    """Return the period of an activity: actual dates before planned ones; an end only when one is stated.

    Raises:
        Refusal: Both dates are planned or both actual, and the end lies before the start.
    """
    days = {date.get("type") or "": day for date in dates if (day := day_of(date.get("iso-date")))}
    start, end = days.get("2") or days.get("1", ""), days.get("4") or days.get("3", "")
    if start and end and first_day(start) > last_day(end):
        if ("2" in days) == ("4" in days):
            raise refused(dates[0], f"has the end {end} before the start {start}", fix="correct the dates", value=end)
        sort = "actual" if "4" in days else "planned"
        other = "actual" if "2" in days else "planned"
        builder.notes.append(f"the {sort} end {end} lies before the {other} start {start}, so the end is not known")
        end = ""
    return {name: day for name, day in (("start", start), ("end", end)) if day}


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


def _tell_places(builder: RecordBuilder, things: tuple[str, ...], named: _Named) -> None:
    countries, regions = named("recipient-country"), named("recipient-region")
    if remark := remark_on_shares(countries, regions):
        builder.notes.append(remark)
    if countries or regions:
        tell_countries(builder, things, countries)
        return
    moved = [
        recipient_country
        for transaction in named("transaction")
        for recipient_country in transaction.iterchildren("recipient-country")
    ]
    tell_countries(builder, things, moved, shares=False)


def _tell_roles(builder: RecordBuilder, parties: Parties, project: str, orgs: Sequence[Element]) -> tuple[str, ...]:
    """State who pays for a project and who carries it out; return who pays."""
    funders: dict[str, Element] = {}
    doers: dict[str, tuple[list[str], Element]] = {}
    for org in orgs:
        if not (party := parties.party(org)):
            continue
        if org.get("role") == FUNDING:
            funders.setdefault(party, org)
        elif role := coded(org, "role", "OrganisationRole"):
            doers.setdefault(party, ([], org))[0].append(role)
        else:
            role, name = (org.get("role") or "")[:40], text_of(org).main[:80]
            builder.notes.append(f"the role {role!r} of {name!r} is not of IATI")
    for funder, org in funders.items():
        builder.edge("FUNDED", funder, project, org)
    for doer, (roles, org) in doers.items():
        builder.edge("IMPLEMENTS", doer, project, org, {"role": ", ".join(dict.fromkeys(roles))})
    return tuple(funders)


def _tell_related(builder: RecordBuilder, project: str, related: Sequence[Element]) -> None:
    """State the parents and children of an activity; siblings and co-funded activities say nothing more."""
    pairs = set()
    for other in related:
        reference, kind = line(other.get("ref")), other.get("type")
        if not reference or kind not in (_PARENT, _CHILD):
            continue
        ends = (project, f"project:iati:{end_of_id(reference)}")
        if ends[0] == ends[1]:
            builder.notes.append("the activity names itself as related, which was passed over")
        elif (pair := ends if kind == _PARENT else ends[::-1]) not in pairs:
            pairs.add(pair)
            builder.edge("PART_OF", *pair, other)


def _is_secondary(reporting: Sequence[Element]) -> bool:
    return any(org.get("secondary-reporter") in ("1", "true") for org in reporting)
