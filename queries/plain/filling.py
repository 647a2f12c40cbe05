"""The parameters of one question as a text states them: names by what fits where, days, topics and words for values."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iga.graph.domain.catalog import fits
from iga.queries.core.days_said import SaidDays
from iga.queries.core.question import Question, takes_many
from iga.queries.plain.phrases import SpokenCard, SpokenName, words_for_values
from iga.queries.plain.reading_text import TextRead

_BODIES = ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody", "Ngo", "Organization")
_AHEAD = frozenset({"calendar", "due", "expiring", "mandates"})
_TOP = frozenset({"top", "first", "latest", "last"})
_JOINED = frozenset({"and", "or", "y", "o", "et", "ou", "with", "nor", "plus", "e", ""})
_EITHER = frozenset({"or", "o", "ou"})
_ALTERNATIVE = _EITHER | {"and", "y", "et"}
_WEIGHED = 4
_UNUSED = 4.0


@dataclass(frozen=True)
class FilledParameters:
    """What a text gives a question.

    Attributes:
        parameters: As they can be asked with: ids, codes and words.
        places: Places of the words that became parameters.
        value_places: Those of them that are words for values: they speak for the question as well.
        unused: How much is named that the question has no place for.
        doubted: Ids of things that are perhaps not those meant.
    """

    parameters: Mapping[str, str | tuple[str, ...]]
    places: frozenset[int]
    value_places: frozenset[int] = frozenset()
    unused: float = 0.0
    lacking: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    doubted: frozenset[str] = frozenset()


@dataclass
class _Fill:
    card: Question
    declared: SpokenCard
    text: TextRead
    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    places: set[int] = field(default_factory=set)
    value_places: set[int] = field(default_factory=set)
    unused: float = 0.0
    names: dict[str, str] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)

    def put(self, parameter: str, *values: str) -> None:
        """Fill a parameter; one that takes several gets all of them."""
        known = self.values.get(parameter)
        many = takes_many(self.card.params, parameter)
        self.values[parameter] = tuple(dict.fromkeys((*(known or ()), *values))) if many else values[0]


def filled(card: Question, declared: SpokenCard, text: TextRead, home: Mapping[str, str]) -> FilledParameters:
    """Return what a text gives a question."""
    fill = _Fill(card, declared, text)
    _put_values(fill)
    _put_names(fill)
    for parameter, other in declared.unless.items():
        if other in fill.values:
            fill.values.pop(parameter, None)
    _put_topic(fill)
    _put_days(fill)
    _put_us(fill, home)
    _put_limit(fill)
    fields = card.params.model_fields
    lacking = tuple(name for name in card.parameters() if fields[name].is_required() and not fill.values.get(name))
    if len(_many(fill)) < declared.needs:
        lacking = (*lacking, "other")
    places, value_places = frozenset(fill.places), frozenset(fill.value_places)
    return FilledParameters(
        fill.values, places, value_places, fill.unused, lacking, fill.names, frozenset(fill.doubted)
    )


def _many(fill: _Fill) -> Sequence[str]:
    return [it for name in fill.card.names for it in _values(fill, name)]


def _put_values(fill: _Fill) -> None:
    """Put words for values where they mean one, the longest first."""
    said = {stem for stem, _ in fill.text.stems}
    hard = {place for name in fill.text.names if not name.is_soft for place in name.places}
    meant: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for way, parameter, value in words_for_values(fill.card.name):
        for places in _places_of(fill, way) if said.issuperset(way) else ():
            if places & (fill.value_places | hard) or not _is_introduced(fill, parameter, way, min(places)):
                continue
            meant[parameter].setdefault(value, min(places))
            fill.value_places |= places
    for parameter, values in meant.items():
        first, *others = sorted(values, key=lambda value: values[value])
        if takes_many(fill.card.params, parameter):
            fill.put(parameter, first, *others)
        elif fill.text.before(values[first]) not in _EITHER and not any(
            fill.text.before(values[other]) in _ALTERNATIVE for other in others
        ):
            fill.put(parameter, first)


def _places_of(fill: _Fill, way: Sequence[str]) -> Iterator[frozenset[int]]:
    """Yield the places of words for a value, one behind the other but for names, unless they may stand loosely."""
    named = {place for name in fill.text.names if not name.is_soft for place in name.places}
    # signed the Palermo Protocol but never ratified
    stems = [(stem, places) for stem, places in fill.text.stems if not places <= named and stem != "the"]
    if fill.declared.loose:
        yield frozenset().union(*(places for stem, places in stems if stem in way))
        return
    for at in range(len(stems) - len(way) + 1):
        if tuple(stem for stem, _ in stems[at : at + len(way)]) == tuple(way):
            yield frozenset().union(*(places for _, places in stems[at : at + len(way)]))


def _is_introduced(fill: _Fill, parameter: str, way: Sequence[str], place: int) -> bool:
    before = fill.declared.after.get(parameter)
    return before is None or parameter in fill.card.names or len(way) > 1 or fill.text.before(place) in before


def _put_names(fill: _Fill) -> None:
    names = [name for name in fill.text.names if not (name.is_soft and fill.value_places & name.places)]
    once = {name.things[0]: name for name in reversed(names)}
    names = [name for name in names if once[name.things[0]] is name]
    _, chosen = min(_ways(fill, names, {}), key=lambda way: way[0], default=(0.0, {}))
    for name in names:
        parameter = chosen.get(name.at)
        if parameter:
            thing = name.fitting(fill.card.names[parameter])[0]
            fill.put(parameter, thing)
            fill.names[thing] = name.text
            fill.doubted |= {thing} if name.is_doubted else set()
            fill.places |= name.places
        elif not any(cls in fill.declared.passes for _, cls in name.things):
            fill.unused += 0.0 if name.is_soft else _UNUSED
    bodies = fill.values.get("party", ())
    if fill.declared.needs and "other" not in fill.values and len(bodies) > 1:
        fill.values |= {"party": bodies[:-1], "other": bodies[-1]}


def _ways(fill: _Fill, names: Sequence[SpokenName], taken: Mapping[int, str]) -> Iterator[tuple[float, dict[int, str]]]:
    """Yield each way to give names to parameters, and what it costs."""
    if not names:
        ours = fill.declared.us if fill.text.is_of_us else {}  # are we in UNESCO
        required = [p for p in fill.card.names if fill.card.params.model_fields[p].is_required() and p not in ours]
        yield 4.0 * sum(parameter not in taken.values() for parameter in required), {}
        return
    name, rest = names[0], names[1:]
    places = [(_cost(fill, name, parameter, taken), parameter) for parameter in _places_for(fill, name, taken)]
    places.append((0.6 if name.is_soft else 4.0, ""))
    # Of many names each takes the place that is best by itself: to weigh all ways would take for ever.
    for own, parameter in places if len(names) <= _WEIGHED else [min(places)]:
        here = {name.at: parameter} if parameter else {}
        for cost, others in _ways(fill, rest, {**taken, **here}):
            yield own + cost, {**here, **others}


def _places_for(fill: _Fill, name: SpokenName, taken: Mapping[int, str]) -> Iterator[str]:
    for parameter, labels in fill.card.names.items():
        only = fill.declared.only.get(parameter)
        is_free = parameter not in taken.values() or takes_many(fill.card.params, parameter)
        if is_free and name.fitting((only,) if only else labels):
            yield parameter


def _cost(fill: _Fill, name: SpokenName, parameter: str, taken: Mapping[int, str]) -> float:
    order = list(fill.card.names)
    cost = 0.1 * sum(order.index(other) > order.index(parameter) for other in taken.values())
    cost += 0.8 if parameter == "owner" else 0.05 * order.index(parameter)
    if parameter in fill.declared.prefers:
        cost += 0.4 if _is_unlike(fill, name, parameter) else -0.6
    if parameter in taken.values() and fill.text.before(name.at) not in _JOINED:
        cost += 0.5
    before = fill.declared.after.get(parameter)
    if before and fill.text.before(name.at) in before:
        cost -= 0.9
    return cost


def _is_unlike(fill: _Fill, name: SpokenName, parameter: str) -> bool:
    """True if a name is of another kind than what rather goes there."""
    wanted = fill.declared.prefers.get(parameter)
    labels = _BODIES if wanted == "body" else (wanted or "",)
    return wanted is not None and not fits(name.things[0][1], labels)  # GA is Gabon's code too


def _put_topic(fill: _Fill) -> None:
    taken = fill.places | fill.value_places
    free = [said for said in fill.text.topics if said.is_sure and not taken & set(range(said.at, said.end))]
    if "topic" not in fill.card.params.model_fields:
        return
    if free:
        best = max(free, key=lambda said: said.end - said.at)
        fill.put("topic", best.code)
        fill.places |= set(range(best.at, best.end))


def _put_days(fill: _Fill) -> None:
    for said, places in fill.text.days:
        if places & fill.places:
            continue
        stated = dict(_days(fill, said))
        for parameter, value in stated.items():
            if parameter == "year" and takes_many(fill.card.params, "year"):
                fill.put(parameter, value)
            else:
                fill.values.setdefault(parameter, value)
        is_used = bool(stated) and all(value in _values(fill, parameter) for parameter, value in stated.items())
        is_now = said.how in ("as of", "in") and said.since <= fill.text.today and _has_not_ended(said, fill)
        fill.places |= places if is_used or is_now else set()
        fill.unused += 0.0 if stated else 0.6


def _values(fill: _Fill, parameter: str) -> Sequence[str]:
    value = fill.values.get(parameter, ())
    return (value,) if isinstance(value, str) else value


def _days(fill: _Fill, said: SaidDays) -> Iterator[tuple[str, str]]:
    """Yield the parameters that a stretch of time fills."""
    takes = fill.card.params.model_fields
    since, until = said.since, said.until
    if said.how == "in month" and fill.card.name not in _AHEAD and since > fill.text.today:
        since = until = f"{int(since[:4]) - 1}{since[4:]}"
    if said.how == "fiscal" and ("fiscal_year" in takes or ("year" in takes and "since" not in takes)):
        yield "fiscal_year" if "fiscal_year" in takes else "year", until[:4]
    elif said.how == "as of" and not ("year" in takes and len(until) == 4):
        if until != fill.text.today:
            yield "as_of", until
    elif "year" in takes and said.how in ("in", "as of") and len(until) == 4:
        yield "year", until
    elif "year" in takes and said.how == "fiscal":
        yield "year", until[:4]
    elif "since" in takes:
        yield from _period(fill, said, since, until)
    elif (said.how in ("in", "in last", "until") and until < fill.text.today[: len(until)]) or _is_ahead(said, fill):
        yield "as_of", until


def _has_not_ended(said: SaidDays, fill: _Fill) -> bool:
    return said.until >= fill.text.today[: len(said.until)] and bool(said.until)


def _is_ahead(said: SaidDays, fill: _Fill) -> bool:
    """Return True for a stretch wholly ahead; one that has begun asks of today."""
    return said.how == "in" and said.since > fill.text.today


def _period(fill: _Fill, said: SaidDays, since: str, until: str) -> Iterator[tuple[str, str]]:
    if fill.card.name == "tier-changes":
        since, until = since[:4], until[:4]
        if said.how == "back":
            until = ""
    if since and said.how != "ahead":
        yield "since", since
    if until and said.how != "back":
        yield "until", until


def _put_us(fill: _Fill, home: Mapping[str, str]) -> None:
    if not fill.text.is_of_us:
        return
    ours = [place for place, word in enumerate(fill.text.words) if word.text == "us"]
    is_to_us = "other" in fill.declared.us and any(fill.text.before(place) == "to" for place in ours)
    for parameter, whom in sorted(fill.declared.us.items(), key=lambda us: is_to_us and us[0] != "other"):
        if parameter not in fill.values:
            if home[whom] not in fill.values.values():
                fill.values[parameter] = home[whom]
            return


def _put_limit(fill: _Fill) -> None:
    if "limit" not in fill.card.params.model_fields:
        return
    for before, word in zip(fill.text.words, fill.text.words[1:], strict=False):
        if before.text in _TOP and word.text.isdigit() and len(word.text) <= 2:
            place = fill.text.words.index(word)
            if not any(place in places for _, places in fill.text.days):
                fill.values["limit"] = word.text
                fill.places |= {place - 1, place}
