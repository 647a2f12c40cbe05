"""The rules that `contradictions` tests: each with a name, a sentence that says what is wrong, and its test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from queries.changing import cases
from queries.changing.cases import Case, Circle
from queries.core.session import Session

Test: TypeAlias = Callable[[Session, str, Circle], Iterator[Case]]
"""Gives the cases of a rule in a graph on a full day, at least those of a circle."""


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        name: How it is asked for.
        sentence: What is wrong where it finds something.
        cases: What it finds, as several are counted.
        test: What finds it.
    """

    name: str
    sentence: str
    cases: str
    test: Test


RULES: tuple[Rule, ...] = (
    Rule(
        "two-holders",
        "Two people hold one post at once, neither acting nor designate.",
        "posts with two holders",
        cases.two_holders,
    ),
    Rule(
        "post-in-ended-body",
        "Somebody holds a post in a body that has ended.",
        "posts held in bodies that have ended",
        cases.posts_in_ended_bodies,
    ),
    Rule(
        "membership-outlives-body",
        "A membership goes on in a body that has ended.",
        "memberships of bodies that have ended",
        cases.memberships_of_ended_bodies,
    ),
    Rule(
        "active-past-end",
        "An award is said to be active, but its period has ended.",
        "awards called active past their end",
        cases.active_awards,
    ),
    Rule(
        "compact-past-end",
        "A compact has ended, but an extension is stated or something under it goes on.",
        "compacts that go on past their end",
        cases.compacts_past_ends,
    ),
    Rule(
        "planned-but-past",
        "An engagement is still planned, but its day has passed.",
        "engagements still planned though their day has passed",
        cases.planned_engagements,
    ),
    Rule(
        "funded-without-contact",
        "A party receives an award, but nobody here knows how to reach it.",
        "funded parties that nobody here knows how to reach",
        cases.parties_without_contact,
    ),
    Rule(
        "end-before-start",
        "Something ended or took effect before it began.",
        "ends before their beginnings",
        cases.ends_before_starts,
    ),
    Rule(
        "seen-after-end",
        "Something was seen after the day on which it is said to have ended.",
        "things seen after their end",
        cases.seen_after_ends,
    ),
    Rule(
        "early-successor",
        "A successor began before what it took the place of had ended.",
        "successors that began before what they replace had ended",
        cases.early_successors,
    ),
)
"""Every rule, in the order in which answers list what they find."""
