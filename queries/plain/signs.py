"""The signs in a text that tell which question it asks: words, pairs of words, kinds of names and days."""

from collections.abc import Iterator
from itertools import pairwise

from iga.queries.plain.names_said import SpokenName
from iga.queries.plain.reading_text import TextRead

_KINDS = {
    "government": ("Government",),
    "body": ("InternationalOrganization", "Forum", "SurvivorCouncil", "PublicBody"),
    "partner": ("Ngo", "Organization", "Company", "AcademicInstitution"),
    "person": ("Person",),
    "post": ("Post",),
    "agreement": ("Agreement",),
    "compact": ("ChildProtectionCompact",),
    "award": ("Award",),
    "project": ("Project",),
    "resolution": ("Resolution",),
    "engagement": ("Engagement",),
    "programme": ("Programme",),
}
_NAME, _DAYS, _EDGE = "<name>", "<days>", "<edge>"
_MOST_NAMES = 3


def signs_of(text: TextRead) -> Iterator[str]:
    """Yield the signs in a text; names and days stand for their kind, so that all of a kind are alike."""
    names = {name.at: name for name in text.names}
    days = {min(places): said for said, places in text.days}
    hidden = frozenset().union(*(name.places for name in text.names), *(places for _, places in text.days))
    words = [_EDGE]
    for stem, places in text.stems:
        at = min(places)
        if name := names.get(at):
            yield from _kinds_of(name)
            words += [_NAME, stem] if name.is_soft else [_NAME]
        elif said := days.get(at):
            yield f"<days {said.how}>"
            begins = said.until or said.since
            yield "<days ahead>" if begins > text.today[: len(begins)] else "<days past>"
            words.append(_DAYS)
        elif not places <= hidden:
            words.append(stem)
    if any(said.is_sure for said in text.topics):
        yield "<topic>"
    yield f"<{min(len(text.names), _MOST_NAMES)} names>"
    yield from words[1:]
    yield from (f"{first} {second}" for first, second in pairwise((*words, _EDGE)))


def _kinds_of(name: SpokenName) -> list[str]:
    kinds = [f"<{kind}>" for kind, labels in _KINDS.items() if name.fitting(labels)]
    return kinds or ["<other name>"]
