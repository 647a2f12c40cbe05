"""What speaks for and against two parties being one, a sentence each, and the tier it comes to."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from iga.graph.domain.catalog import fits
from iga.graph.domain.values import first_day, last_day
from iga.graph.names.comparison import Comparison, Tier, compared
from iga.graph.names.forms import spelled
from iga.graph.names.look_alikes import suspicion, visible
from iga.graph.names.parts import parts_of
from iga.ingest.resolution.keys import keys_of_name
from iga.ingest.resolution.party import Party, is_acronym

Weight = Literal["for", "against", "contradicts", "neutral"]

_WORDS = {
    "BIOGUIDE": "Bioguide id",
    "DUNS": "DUNS number",
    "LEI": "LEI",
    "ROR": "ROR id",
    "UEI": "UEI",
    "WIKIDATA": "Wikidata item",
}
# Classes that say little: a source that knows better uses another one.
_OPEN = frozenset({"Organization"})
_DOUBTS = ("class", "common name", "look-alike", "served", "other acronym")
_CHECKED = "ref:"


class PairReason(msgspec.Struct, frozen=True):
    """One piece of evidence.

    Attributes:
        feature: ``number``, ``country``, ``dates``, ``class``, ``part``, ``acronym``, ``domain``, ``post`` …, or
            ``name`` and a difference of ``graph/names/facts/costs.csv``.
        weight: Whether it speaks for their being one, against it, or rules it out.
    """

    feature: str
    weight: Weight
    sentence: str


class PairFinding(msgspec.Struct, frozen=True):
    """What the evidence on two parties comes to.

    Attributes:
        tier: *unlike* whenever something contradicts.
        points: Cost of the names that are most alike; lower is more alike.
        reasons: Contradictions first, then what speaks for it, then what speaks against it.
    """

    tier: Tier
    points: int
    reasons: tuple[PairReason, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether something rules it out."""
        return any(reason.weight == "contradicts" for reason in self.reasons)


def weighed(first: Party, second: Party) -> PairFinding:
    """Return what the evidence on two parties comes to, whichever is named first."""
    if second.id < first.id:
        first, second = second, first
    names, used = _alike(first, second)
    reasons = [
        *_numbers(first, second),
        *_country(first, second),
        *_hosts(first, second),
        *_served(first, second),
        *_dates(first, second),
        *_classes(first, second),
        *_wholes(first, second),
        *_acronyms(first, second),
        *_domains(first, second),
        *_phones(first, second),
        *_bodies(first, second),
        *_common_name(first, second, names),
        *_look_alikes(first, second),
        *_other_acronym(first, second, used),
        *_listed_apart(first, second),
    ]
    reasons += [
        PairReason(f"name {reason.feature}", "against" if reason.points else "for", reason.sentence)
        for reason in names.reasons
    ]
    if used != (first.name, second.name):
        reasons.append(PairReason("names", "neutral", f"compared as {used[0]!r} and {used[1]!r}"))
    tier = tier_of(names.tier, reasons, is_person="Person" in (first.cls, second.cls))
    order: list[Weight] = ["contradicts", "for", "against", "neutral"]
    return PairFinding(tier, names.points, tuple(sorted(reasons, key=lambda reason: order.index(reason.weight))))


def is_ruled_out(first: Party, second: Party) -> bool:
    """True if two parties are unlike whatever their names are: few pairs are left whose names are worth comparing.

    Something contradicts, or a checked list has them as two and no number is shared; see `tier_of`.
    """
    telling = (_country, _hosts, _dates, _wholes, _classes, _numbers, _listed_apart)
    features = {(reason.feature, reason.weight) for tells in telling for reason in tells(first, second)}
    is_contradicted = any(weight == "contradicts" for _, weight in features)
    return is_contradicted or (("listed apart", "against") in features and ("number", "for") not in features)


def tier_of(names: Tier, reasons: Iterable[PairReason], *, is_person: bool) -> Tier:
    """Return the tier that names and evidence come to: a contradiction ends it, and people are never certain.

    A shared number in a public register makes organizations *certain* unless their names are unlike: a number may be
    mistyped. Where one register says that two are one and another that they are two, a person has to look. Names that
    differ in a number are those of a series. A shared domain or telephone lifts *possible* to *likely* where no word is
    left out: parts of a whole share its domain. Another class, another country or branch that is served, another
    acronym, a name that many bodies have, or one that may not be what it looks like, does not reach *likely*; what a
    checked list has as two is not offered without a shared number.
    """
    reasons = list(reasons)
    features = {(reason.feature, reason.weight) for reason in reasons}
    if any(reason.weight == "contradicts" for reason in reasons):
        return "unlike"
    if {("number", "for"), ("number", "against")} <= features:
        return "possible"
    if ("number", "for") in features:
        is_elsewhere = is_person and ("served", "against") in features
        return "possible" if is_elsewhere else "likely" if is_person or names == "unlike" else "certain"
    if names == "unlike" and ("acronym", "for") in features and not is_person:
        names = "possible"
    if not features.isdisjoint({("name other_number", "against"), ("listed apart", "against")}):
        return "unlike"
    is_doubted = not features.isdisjoint((doubt, "against") for doubt in _DOUBTS)
    if names == "likely" and is_doubted:
        return "possible"
    is_whole = ("name word_left_out", "against") not in features
    is_met = bool(features & {("domain", "for"), ("telephone", "for")})
    if names == "possible" and is_met and is_whole and not (is_person or is_doubted):
        return "likely"
    return names


def _alike(first: Party, second: Party) -> tuple[Comparison, tuple[str, str]]:
    """Return the comparison of those two of their names that are most alike, and the two."""
    homes = (first.country, second.country)
    best: Comparison | None = None
    used = first.name, second.name
    for name in first.names:
        keys = keys_of_name(name, first.kind)
        for other_name in second.names:
            if keys.isdisjoint(keys_of_name(other_name, second.kind)):
                continue
            comparison = compared(name, other_name, first.kind, homes=homes)
            if best is None or comparison.points < best.points:
                best, used = comparison, (name, other_name)
                if not best.points:
                    return best, used
    return best or compared(first.name, second.name, first.kind, homes=homes), used


def _numbers(first: Party, second: Party) -> Iterator[PairReason]:
    """Compare numbers in registers: one that both have, or two of one register."""
    mine, theirs = _by_register(first), _by_register(second)
    has_one_duns = bool(mine.get("DUNS", set()) & theirs.get("DUNS", set()))
    for register in sorted(mine.keys() & theirs.keys()):
        word = _WORDS.get(register, f"number in {register}")
        if both := mine[register] & theirs[register]:
            yield PairReason("number", "for", f"the same {word}: {', '.join(sorted(both))}")
        elif register != "DUNS":  # which a firm has one of for each of its sites
            one, other = ", ".join(sorted(mine[register])), ", ".join(sorted(theirs[register]))
            # USAspending gave each DUNS one UEI: where two have one DUNS, a number was mistyped
            weight: Weight = "against" if register == "UEI" and has_one_duns else "contradicts"
            yield PairReason("number", weight, f"each has a {word} of its own: {one} and {other}")


def _by_register(party: Party) -> dict[str, set[str]]:
    return {register: {number for other, number in party.numbers if other == register} for register, _ in party.numbers}


def _country(first: Party, second: Party) -> Iterator[PairReason]:
    if not (first.country and second.country) or "Person" in (first.cls, second.cls):
        return
    if first.country == second.country:
        yield PairReason("country", "for", f"the same country: {first.country}")
    else:
        yield PairReason("country", "contradicts", f"of different countries: {first.country} and {second.country}")


def _hosts(first: Party, second: Party) -> Iterator[PairReason]:
    """Tell when two missions stand in different countries."""
    if first.host and second.host and first.host != second.host:
        yield PairReason("host", "contradicts", f"they stand in different countries: {first.host} and {second.host}")


def _served(first: Party, second: Party) -> Iterator[PairReason]:
    """Tell when two people serve different governments or branches of one, or are in bodies of different countries."""
    if first.homes and second.homes and not set(first.homes) & set(second.homes):
        one, other = ", ".join(first.homes), ", ".join(second.homes)
        yield PairReason("served", "against", f"they work in bodies of different countries: {one} and {other}")
    elif first.served and second.served and not set(first.served) & set(second.served):
        one, other = ", ".join(first.served), ", ".join(second.served)
        yield PairReason("served", "against", f"they serve in different branches: {one} and {other}")


def _dates(first: Party, second: Party) -> Iterator[PairReason]:
    for one, other in ((first, second), (second, first)):
        if one.end and other.start and last_day(one.end) < first_day(other.start):
            yield PairReason(
                "dates", "contradicts", f"{one.name} ended on {one.end}, before {other.name} began on {other.start}"
            )


def _classes(first: Party, second: Party) -> Iterator[PairReason]:
    if first.cls == second.cls:
        return
    one, other = sorted((first.cls, second.cls))
    if "Person" in (one, other):
        yield PairReason("class", "contradicts", f"one is a person, the other a {one if other == 'Person' else other}")
    elif {one, other} & _OPEN or first.is_named_only or second.is_named_only:
        yield PairReason("class", "neutral", f"listed as {one} and as {other}")
    else:
        yield PairReason("class", "against", f"one is listed as {one}, the other as {other}")


def _wholes(first: Party, second: Party) -> Iterator[PairReason]:
    for part, whole in ((first, second), (second, first)):
        if {whole.id, *whole.members} & set(part.wholes):
            yield PairReason("part", "contradicts", f"{part.name} is part of {whole.name}")


def _acronyms(first: Party, second: Party) -> Iterator[PairReason]:
    """Tell when one is called by nothing but the other's acronym, or both have one acronym."""
    for one, other in ((first, second), (second, first)):
        if both := {spelled(name) for name in one.names} & set(other.acronyms):
            yield PairReason("acronym", "for", f"{one.name} is the acronym of {other.name}: {', '.join(sorted(both))}")
            return
    if both := set(first.acronyms) & set(second.acronyms):
        yield PairReason("both acronyms", "for", f"the same acronym: {', '.join(sorted(both)).upper()}")


def _domains(first: Party, second: Party) -> Iterator[PairReason]:
    if both := sorted({*first.sites, *first.mails} & {*second.sites, *second.mails}):
        yield PairReason("domain", "for", f"website or mail at the same domain: {', '.join(both)}")


def _phones(first: Party, second: Party) -> Iterator[PairReason]:
    if both := sorted({*first.phones} & {*second.phones}):
        ends = ", ".join(f"…{number[-4:]}" for number in both)
        yield PairReason("telephone", "for", f"the same telephone number, which ends in {ends}")


def _bodies(first: Party, second: Party) -> Iterator[PairReason]:
    if both := sorted(set(first.bodies) & set(second.bodies)):
        yield PairReason("post", "for", f"both hold a post in {', '.join(both)}")


def _common_name(first: Party, second: Party, names: Comparison) -> Iterator[PairReason]:
    """Tell when two bodies of governments share a name that every government has a body of."""
    if names.tier != "likely" or "PublicBody" not in (first.cls, second.cls) or (first.country and second.country):
        return
    words = (parts_of(name, "organization").words for name in (*first.names, *second.names))
    if any(all(word.means and word.kind == "word" for word in name) for name in words):
        sentence = "bodies of many countries have this name, and a country is not stated"
        yield PairReason("common name", "against", sentence)


def _look_alikes(first: Party, second: Party) -> Iterator[PairReason]:
    """Tell of printed names that may not be what they look like."""
    for name in sorted({first.name, second.name}):
        if suspected := suspicion(name):
            yield PairReason("look-alike", "against", f"{visible(name)!r} {suspected.reason}")


def _other_acronym(first: Party, second: Party, used: tuple[str, str]) -> Iterator[PairReason]:
    """Tell when two acronyms differ in a letter: in UNMIL and UNMIS it is no slip."""
    one, other = used
    if first.kind == "organization" == second.kind and is_acronym(one) and is_acronym(other) and one != other:
        yield PairReason("other acronym", "against", f"{one} and {other} are acronyms, of which each letter counts")


def _listed_apart(first: Party, second: Party) -> Iterator[PairReason]:
    """Tell when a bundled list, which was checked, has each of them under an id of its own: Rome and Lome."""
    both = sorted(source for source in {*first.sources} & {*second.sources} if source.startswith(_CHECKED))
    if both and not (first.is_named_only or second.is_named_only):
        yield PairReason("listed apart", "against", f"{both[0]}, a checked list, has them as two")


def may_be_compared(first: Party, second: Party) -> bool:
    """True if two parties can be one at all: a person only with a person, a government with a government.

    What is known by its name alone is taken for anything but a person.
    """
    if (first.cls == "Person") != (second.cls == "Person"):
        return False
    if "Government" in (first.cls, second.cls) and first.cls != second.cls:
        return first.is_named_only or second.is_named_only
    return fits(first.cls, ("Party",)) and fits(second.cls, ("Party",))
