"""What kinds of things there are in the words people use, and which of them they look for first."""

from functools import cache

from rapidfuzz import fuzz, process

from iga.graph.domain.catalog import NODE, NODES
from iga.graph.errors import NotFound
from iga.graph.names.forms import spelled
from iga.graph.text import plural

_SUGGESTED = 3
_ALIKE = 60

_SOUGHT = """
Government PublicBody InternationalOrganization Forum SurvivorCouncil Ngo Company AcademicInstitution MediaOrganization
Organization Post Topic Treaty ChildProtectionCompact Memorandum Declaration NationalActionPlan Strategy Law Standard
"""
_MET = "Person Engagement Resolution Programme"
_KEPT = "Project Award Publication Review Document Commitment Obligation"
STEPS: dict[str, int] = {cls: step for step, classes in enumerate((_SOUGHT, _MET, _KEPT)) for cls in classes.split()}
"""Step of a class: 0 is what people look for by name (parties, posts, topics, instruments), 1 who and what they meet
there (people, engagements, resolutions, programmes), 2 what is kept of it (projects, awards, papers, promises). All
else is derived from these and comes last, see `step_of`."""

LAST_STEP = 3

# Short words that people put beside the name of one thing to say what it is.
_BESIDE: dict[str, tuple[str, ...]] = {
    "Government": ("government",),
    "ChildProtectionCompact": ("CPC", "compact"),
    "NationalActionPlan": ("NAP", "national action plan"),
    "Memorandum": ("MOU", "memorandum of understanding"),
    "Ngo": ("NGO",),
}

# Other words for classes and groups; their own names, in one word or several, singular or plural, are known anyway.
_WORDS: dict[str, tuple[str, ...]] = {
    "Government": ("country", "state", "territory", "nation"),
    "PublicBody": ("agency", "bureau", "ministry", "embassy", "mission", "department", "office", "desk"),
    "InternationalOrganization": ("international organisation", "igo", "un agency"),
    "Forum": ("process", "committee", "network", "task force", "group"),
    "SurvivorCouncil": ("council", "survivor"),
    "Ngo": ("civil society", "cso", "non governmental organization", "nonprofit", "charity"),
    "Company": ("business", "firm", "corporation", "private sector"),
    "AcademicInstitution": ("university", "institute", "academia", "think tank"),
    "MediaOrganization": ("media", "press", "newspaper", "broadcaster"),
    "Person": ("people", "official"),
    "Post": ("position", "focal point", "coordinator", "role"),
    "ContactPoint": ("contact", "channel", "email", "phone", "mobile", "mailbox"),
    "Party": ("partner",),
    "Treaty": ("convention", "protocol"),
    "ChildProtectionCompact": ("compact", "cpc"),
    "Memorandum": ("mou", "memorandum of understanding"),
    "NationalActionPlan": ("plan", "action plan", "nap"),
    "Law": ("act", "statute", "legislation"),
    "Resolution": ("decision",),
    "Publication": ("report",),
    "Assessment": ("tier", "ranking", "placement"),
    "Programme": ("program",),
    "Award": ("grant", "cooperative agreement"),
    "FundingLine": ("appropriation", "allocation", "budget"),
    "Transaction": ("payment", "obligation of money"),
    "Contribution": ("pledge",),
    "Engagement": ("event", "meeting", "conference", "session", "visit", "trip"),
    "Commitment": ("promise",),
}


def step_of(cls: str) -> int:
    """Return how soon a class comes among equal matches: from 0 to `LAST_STEP`."""
    return STEPS.get(cls, LAST_STEP)


def beside(cls: str) -> tuple[str, ...]:
    """Return the words for a kind that people put beside the name of one thing: ``CPC Peru``."""
    return _BESIDE.get(cls, ())


def kind_of(text: str) -> str:
    """Return the class or group that a word for a kind means: ``ngo``, ``NGOs`` and ``civil society`` are ``Ngo``.

    Raises:
        NotFound: No kind is called so; the error suggests words that are.
    """
    known, wanted = _kinds(), spelled(text)
    if wanted in known:
        return known[wanted]
    near = process.extract(wanted, list(known), scorer=fuzz.ratio, limit=_SUGGESTED, score_cutoff=_ALIKE)
    words = tuple(word for word, _, _ in near)
    meant = f"did you mean {' or '.join(words)}?" if words else f"kinds are {', '.join(sorted(NODE))}"
    raise NotFound(f"kind: there is no kind {text!r}; {meant}", suggestions=words)


def plain(cls: str) -> str:
    """Return a class in small words: ``international organization``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls).strip()


@cache
def _kinds() -> dict[str, str]:
    labels = {label for node in NODES for label in node.all_labels()} - {"Entity"}
    spoken = {label: (plain(label), label, *_WORDS.get(label, ())) for label in sorted(labels)}
    spelt = {spelled(way): label for label, words in spoken.items() for word in words for way in (word, plural(word))}
    return {spelled(node.kind): node.label() for node in NODES} | spelt
