"""Which relationships lead from something that ends to what its end touches, as data: one rule a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from queries.core.around import Way

Group = Literal[
    "our membership", "organs", "posts", "groups", "meetings ahead", "money running", "sub-awards",
    "projects and compacts", "recipients and implementers", "funders", "places", "parties", "agreements", "mandates",
    "indicators", "promises", "duties", "people to tell",
]  # fmt: skip
Kind = Literal["body", "award", "project", "agreement", "wider", "meeting", "post"]
"""What is looked around, which decides by which rules."""

_PARTIES = (
    "PublicBody", "InternationalOrganization", "Forum", "SurvivorCouncil", "Ngo", "Organization",
)  # fmt: skip
_BODIES = ("InternationalOrganization", "Forum", "SurvivorCouncil")
_AGREEMENTS = ("Treaty", "ChildProtectionCompact", "Memorandum", "Declaration")
_MEETING = ("Engagement",)


@dataclass(frozen=True)
class TouchRule:
    """One way from a thing to what is touched with it.

    Attributes:
        group: Group of the answer.
        way: Relationships that lead there.
        why: Why it is touched, in words; ``{near}`` is what it was reached from.
        then: What it is looked around as itself; None goes no further.
    """

    group: Group
    way: Way
    why: str
    then: Kind | None = None


def _out(kind: str, *classes: str) -> Way:
    return Way(kind, True, classes)


def _in(kind: str, *classes: str) -> Way:
    return Way(kind, False, classes)


_UNDER = (
    TouchRule("sub-awards", _in("UNDER", "Award"), "award under {near}", "award"),
    TouchRule("projects and compacts", _in("UNDER", "Project", *_AGREEMENTS), "under {near}", "project"),
    TouchRule("indicators", _in("UNDER", "Indicator"), "indicator of {near}"),
    TouchRule("money running", _in("UNDER", "Contribution", "Transaction", "FundingLine"), "money under {near}"),
    TouchRule("promises", _in("UNDER", "Commitment"), "promise under {near}"),
    TouchRule("duties", _in("UNDER", "Obligation"), "duty under {near}"),
    TouchRule("meetings ahead", _in("UNDER", *_MEETING), "meeting under {near}", "meeting"),
)
# What an award serves is touched as a whole, but only what is measured or promised under it, not its other awards.
_WIDER = tuple(rule for rule in _UNDER if rule.group in ("indicators", "promises", "meetings ahead"))

RULES: Mapping[Kind, tuple[TouchRule, ...]] = {
    "body": (
        TouchRule("organs", _in("PART_OF", *_PARTIES), "organ of {near}", "body"),
        TouchRule("posts", _in("POST_IN"), "post in {near}", "post"),
        TouchRule("our membership", _in("MEMBER_OF", "Government", "PublicBody"), "belongs to {near}"),
        TouchRule("groups", _out("MEMBER_OF"), "{near} belongs to it"),
        TouchRule("groups", _in("MEMBER_OF", *_BODIES), "belongs to {near}"),
        TouchRule("groups", _in("ADVISES"), "advises {near}"),
        TouchRule("groups", _out("ADVISES"), "advised by {near}"),
        TouchRule("meetings ahead", _out("ORGANIZED", *_MEETING), "organized by {near}", "meeting"),
        TouchRule("meetings ahead", _out("PARTICIPATED", *_MEETING), "{near} takes part", "meeting"),
        TouchRule("money running", _in("AWARDED_TO", "Award"), "{near} receives it", "award"),
        TouchRule("money running", _in("SUBAWARDED_TO", "Award"), "{near} receives a part of it"),
        TouchRule("money running", _out("IMPLEMENTS"), "{near} carries it out"),
        TouchRule("money running", _out("FUNDED"), "{near} pays for it"),
        TouchRule("money running", _in("OWED_TO", "Contribution"), "owed to {near}"),
        TouchRule("money running", _out("MADE", "Contribution"), "given by {near}"),
        TouchRule("promises", _out("MADE", "Commitment"), "promised by {near}"),
        TouchRule("promises", _in("OWED_TO", "Commitment"), "promised to {near}"),
        TouchRule("duties", _in("OWED_TO", "Obligation"), "owed to {near}"),
        TouchRule("mandates", _in("MANDATES"), "sets up or renews {near}"),
        TouchRule("agreements", _out("PARTY_TO"), "{near} is bound by it"),
    ),
    "award": (
        *_UNDER,
        TouchRule("sub-awards", _out("SUBAWARDED_TO"), "receives a part of {near}"),
        TouchRule("recipients and implementers", _out("AWARDED_TO"), "receives {near}"),
        TouchRule(
            "projects and compacts", _out("UNDER", "Project", "Award", *_AGREEMENTS), "{near} is under it", "wider"
        ),
        TouchRule("funders", _in("FUNDED"), "pays for {near}"),
        TouchRule("places", _out("IMPLEMENTED_IN"), "{near} runs there"),
    ),
    "project": (
        *_UNDER,
        TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}"),
        TouchRule("places", _out("IMPLEMENTED_IN"), "{near} runs there"),
    ),
    "agreement": (
        *_UNDER,
        TouchRule("parties", _in("PARTY_TO"), "bound by {near}"),
        TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}"),
        TouchRule("mandates", _out("MANDATES"), "set up by {near}"),
        TouchRule("agreements", _out("UNDER", *_AGREEMENTS), "{near} rests on it"),
    ),
    "wider": (*_WIDER, TouchRule("recipients and implementers", _in("IMPLEMENTS"), "carries out {near}")),
    "meeting": (
        TouchRule("meetings ahead", _in("PART_OF", *_MEETING), "part of {near}", "meeting"),
        TouchRule("promises", _in("UNDER", "Commitment"), "promise made at {near}"),
    ),
    "post": (
        TouchRule("posts", _in("HOLDS"), "holds {near}"),
        TouchRule("groups", _out("POST_IN"), "{near} is a post in it"),
        TouchRule("mandates", _in("MANDATES"), "sets up or renews {near}"),
        TouchRule("promises", _out("MADE", "Commitment"), "promised by {near}"),
        TouchRule("meetings ahead", _out("PARTICIPATED", *_MEETING), "{near} takes part", "meeting"),
    ),
}

GROUPS: tuple[Group, ...] = (
    "our membership", "people to tell", "organs", "posts", "meetings ahead", "money running", "sub-awards",
    "recipients and implementers", "funders", "projects and compacts", "indicators", "promises", "duties", "mandates",
    "groups", "agreements", "parties", "places",
)  # fmt: skip
"""In the order of an answer: what is ours and whom to tell first."""
