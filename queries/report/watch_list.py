"""How long governments have stood on the Tier 2 Watch List: counted from the editions held, not predicted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from graph.text import folded
from queries.answer import Caveat, PartyRow, Ref, Subject
from queries.asking import Asking
from queries.days import passed
from queries.endnotes import TRUST
from queries.question import Asked, Draft, Found, Posed, Question
from queries.reading import Entity, FullTie, OfIds, conflicts, grouped, refs
from queries.report.reads import ASSESSMENTS_OF, PLACEMENTS_IN_EDITION, OfPlacement
from queries.report.tiers import editions_by_year
from queries.wording import counted, listed

_WATCH_LIST = "Tier 2 Watch List"
_WAIVER = "waiver of automatic downgrade"
# 22 USC 7107(b)(2)(D): two consecutive years, then Tier 3 unless waived.
_LIMIT = 2
# The same: a downgrade could be waived for two years in a row, since the law of 2018 (in force in 2019) for one.
_CHANGED_IN = 2019


def waivers_allowed(year: int) -> int:
    """Return for how many years in a row a downgrade could be waived, in the edition of a year."""
    return 1 if year >= _CHANGED_IN else 2


class WatchListAsked(Asked):
    """What `watch-list-clock` is asked with."""

    party: str | None = Field(default=None, description="Only this government.", examples=["Serbia"])
    year: int | None = Field(
        default=None, description="Edition to count at; the latest published by the day if left out.", examples=[2025]
    )


class WatchListRow(PartyRow):
    """One government on the Watch List of an edition, and for how long without a break."""

    year: int = Field(description="Edition counted at.")
    consecutive_years: int = Field(description="Editions in a row on the Watch List, this one included.")
    is_at_least: bool = Field(description="Whether an edition before the row is not held, so that it may be longer.")
    first_year: int = Field(description="First edition of the row, as far as held.")
    waived_in: tuple[int, ...] = Field(default=(), description="Editions of the row with a waiver of the downgrade.")
    waivers_allowed: int = Field(description="Years in a row for which the law lets it be waived, in this edition.")
    waivers_left: int | None = Field(
        default=None, description="Of those, years not yet used by waivers that are held; null while the row is short."
    )
    missing_edition: int | None = Field(default=None, description="Edition before the row that is not held for it.")
    clock: str = Field(description="How the count stands to the limit of two years, in words.")


@dataclass(frozen=True)
class Run:
    """Editions in a row on the Watch List, newest first.

    Attributes:
        years: The editions.
        gap: Edition before them that is not held for the government; None if the one before is.
        waived: Those of them for which a waiver is held.
    """

    years: tuple[int, ...]
    gap: int | None
    waived: tuple[int, ...]


def watch_list_clock(posed: Posed[WatchListAsked]) -> Found:
    """List the governments on the Watch List of an edition, longest first, then by name."""
    published = _published(posed)
    year = posed.given.year or max(published, default=0)
    if year not in published:
        return Found(sentence=f"no edition of the TIP Report of {year or 'any year'} is held as published by that day")
    government = posed.maybe("party")
    listed_now = _on_the_list(posed.asking, year, government)
    ties = grouped(posed.asking.read(ASSESSMENTS_OF, OfIds(ids=tuple(one.id for one in listed_now))))
    runs = [(one, _run(ties.get(one.id, []), published, year)) for one in listed_now]
    runs.sort(key=lambda pair: (-len(pair[1].years), folded(pair[0].name), pair[0].id))
    drafts = tuple(_draft(posed.asking, one, run, ties[one.id]) for one, run in runs)
    return Found(
        sentence=_sentence(posed, year, government, runs),
        drafts=drafts,
        caveats=tuple(_caveats(runs, published[year], posed.given.party is not None)),
        refs=refs(published[year].values),
    )


def _published(posed: Posed[WatchListAsked]) -> dict[int, Entity]:
    editions = editions_by_year(posed.asking)
    return {y: one for y, one in editions.items() if passed(one.values.get("published_on"), on=posed.day) == "yes"}


def _on_the_list(asking: Asking, year: int, government: Subject | None) -> list[Subject]:
    placed = asking.read(PLACEMENTS_IN_EDITION, OfPlacement(year=year, tier=_WATCH_LIST))
    return [tie.other for tie in placed if government is None or tie.id == government.id]


def _run(ties: Sequence[FullTie], published: Mapping[int, Entity], year: int) -> Run:
    tiers = {tie.values.get("year"): tie.values.get("tier") for tie in ties if tie.cls == "Assessment"}
    waivers = {tie.values.get("edition_year") for tie in ties if tie.values.get("determination_kind") == _WAIVER}
    years: list[int] = []
    gap = None
    for edition in sorted((one for one in published if one <= year), reverse=True):
        if tiers.get(edition) != _WATCH_LIST:
            gap = edition if edition not in tiers else None
            break
        years.append(edition)
    return Run(tuple(years), gap, tuple(one for one in years if one in waivers))


def _draft(asking: Asking, government: Subject, run: Run, ties: Sequence[FullTie]) -> Draft:
    row = WatchListRow(
        held="unknown" if run.gap else "yes",
        conflicts=conflicts(*(tie.values for tie in _counted(run, ties))),
        id=government.id,
        cls=government.cls,
        name=government.name,
        iso3=government.iso3,
        year=run.years[0],
        consecutive_years=len(run.years),
        is_at_least=run.gap is not None,
        first_year=run.years[-1],
        waived_in=tuple(sorted(run.waived)),
        waivers_allowed=waivers_allowed(run.years[0]),
        waivers_left=_left(run) if len(run.years) >= _LIMIT else None,
        missing_edition=run.gap,
        clock=_clock(run),
    )
    weakest, rest = _by_trust(asking, _counted(run, ties))
    return Draft(row, weakest, dated_by=rest)


def _counted(run: Run, ties: Sequence[FullTie]) -> list[FullTie]:
    """Return the placements that are counted, and the waivers among them."""
    wanted = [tie for tie in ties if tie.cls == "Assessment" and tie.values.get("year") in run.years]
    waivers = [tie for tie in ties if tie.cls == "Determination" and tie.values.get("edition_year") in run.waived]
    return [*wanted, *waivers]


def _by_trust(asking: Asking, ties: Sequence[FullTie]) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """Return the rows of the least trusted placement or waiver, which a count is no better than, and all the others."""
    book = asking.evidence(refs(*(tie.values for tie in ties)))
    trust = {
        tie.id: min((TRUST.index(book[ref].confidence) for ref in refs(tie.values) if ref in book), default=0)
        for tie in ties
    }
    weakest = max(ties, key=lambda tie: trust[tie.id])
    return refs(weakest.values), refs(*(tie.values for tie in ties if tie is not weakest))


def _left(run: Run) -> int:
    """Return the years of waivers not used; a year beyond the limit counts as used, whether a waiver is held or not."""
    used = max(len(run.waived), len(run.years) - _LIMIT)
    return max(waivers_allowed(run.years[0]) - used, 0)


def _clock(run: Run) -> str:
    number = len(run.years)
    least = "at least " if run.gap else ""
    count = f"{least}{_ordinal(number)} year in a row"
    if run.gap:
        count += f", {run.gap} is not held"
    if number < _LIMIT:
        return count if run.gap else f"{count}: one more before the limit"
    if number == _LIMIT:
        allowed = counted(waivers_allowed(run.years[0]), "year")
        return f"{count}: the limit; Tier 3 next unless it is waived (for at most {allowed}) or moves"
    held = f"waiver held for {listed([str(y) for y in sorted(run.waived)])}" if run.waived else "no waiver is held"
    left = _left(run)
    used = f"{counted(left, 'year')} of waiver left" if left else "no year of waiver left: Tier 3 next unless it moves"
    return f"{count}: beyond the limit, {held}; {used}"


def _ordinal(number: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth", "sixth")
    return words[number - 1] if number <= len(words) else f"{number}th"


def _sentence(
    posed: Posed[WatchListAsked], year: int, government: Subject | None, runs: Sequence[tuple[Subject, Run]]
) -> str:
    if government and not runs:
        ties = posed.asking.read(ASSESSMENTS_OF, OfIds(ids=(government.id,)))
        tier = next(
            (t.values.get("tier") for t in ties if t.cls == "Assessment" and t.values.get("year") == year), None
        )
        stands = f"stands as {tier}" if tier else "has no placement held"
        return f"{government.name} {stands} in the edition of {year}: no years on the Watch List are counted"
    if government:
        return f"{government.name} stands on the Tier 2 Watch List of {year}: {_clock(runs[0][1])}"
    beyond = [one.name for one, run in runs if len(run.years) > _LIMIT]
    at_limit = [one.name for one, run in runs if len(run.years) == _LIMIT]
    parts = [f"{counted(len(runs), 'government')} on the Tier 2 Watch List of {year}"]
    early = len(runs) - len(beyond) - len(at_limit)
    parts += [f"{early} in the first year"] if early else []
    parts += [f"{len(at_limit)} in the second year in a row ({listed(at_limit, most=12)})"] if at_limit else []
    parts += [f"{len(beyond)} beyond the limit of two ({listed(beyond, most=12)})"] if beyond else []
    return "; ".join(parts) + "; counted from the editions held, not predicted"


def _caveats(runs: Sequence[tuple[Subject, Run]], edition: Entity, of_one: bool) -> list[Caveat]:
    doubts = [
        Caveat(
            kind="derived", text="Years in a row are counted here from placements and waivers; no source prints them."
        )
    ]
    if gaps := [f"{one.name} ({run.gap})" for one, run in runs if run.gap]:
        text = f"The edition before the row is not held, so the row may be longer: {listed(gaps, most=12)}."
        doubts.append(Caveat(kind="partial", text=text))
    bare = [one.name for one, run in runs if len(run.years) > _LIMIT and not run.waived]
    if bare:
        text = f"Beyond the limit without a waiver held; not every memorandum was found: {listed(bare, most=12)}."
        doubts.append(Caveat(kind="partial", text=text))
    if not of_one and (note := edition.values.get("coverage_note")):
        doubts.append(Caveat(kind="partial", text=f"Of {edition.name}: {note}."))
    text = "The shorter limit after a return from an automatic downgrade (22 USC 7107(b)(2)(F)) is not counted."
    doubts.append(Caveat(kind="unknown", text=text))
    return doubts


WATCH_LIST_CLOCK = Question(
    name="watch-list-clock",
    title="Who has stood on the Tier 2 Watch List for how many years in a row, and with which waivers?",
    params=WatchListAsked,
    row=WatchListRow,
    function=watch_list_clock,
    names={"party": ("Government",)},
    example={"year": "2025"},
    columns=("name", "consecutive_years", "first_year", "waived_in", "clock", "held", "confidence", "evidence"),
)
