"""What is held of past dealings with an organization that may become a partner, and that this is not vetting."""

from collections.abc import Collection, Mapping

from queries.core.answer import Caveat, Subject
from queries.core.wording import listed

_OUTSIDE = ("Ngo", "Company", "AcademicInstitution", "MediaOrganization", "Organization")
_DEALINGS: Mapping[str, tuple[str, ...]] = {
    "agreements": ("PARTY_TO",),
    "engagements": ("PARTICIPATED", "ORGANIZED", "SPONSORED"),
    "awards or sub-awards": ("AWARDED_TO", "SUBAWARDED_TO"),
    "projects or compacts carried out": ("IMPLEMENTS",),
    "commitments or contributions": ("MADE", "OWED_TO"),
    "anybody of ours who owns the relationship": ("OWNS_RELATIONSHIP",),
}


def dealings_not_held(party: Subject, kinds: Collection[str]) -> tuple[Caveat, ...]:
    """Return which dealings with an organization are not held, and that a list of dealings is no vetting.

    Args:
        party: The party; for bodies, governments and people nothing is returned.
        kinds: Types of relationships that are held of it.
    """
    if party.cls not in _OUTSIDE:
        return ()
    lacking = [words for words, types in _DEALINGS.items() if not set(types) & set(kinds)]
    found = [
        Caveat(
            kind="unknown",
            text=f"This is not vetting: it tells past dealings on record, and not whether {party.name} may be"
            " worked with.",
        )
    ]
    if lacking:
        text = f"Not on record of {party.name}: {listed(lacking, most=len(lacking))}; there may be some."
        found.append(Caveat(kind="unknown", text=text))
    return tuple(found)
