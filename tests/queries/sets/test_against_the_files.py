"""Sets come to the same as an oracle of its own finds in the bundled files, for questions that a generator makes."""

import random
from collections.abc import Iterator

import pytest

from iga.queries.core.session import Session
from iga.queries.sets.condition import Combined
from iga.queries.sets.known_columns import CANDIDATES
from iga.queries.sets.understanding import FilterReading
from tests.queries.sets import oracle
from tests.queries.sets.oracle import BODIES, SPONSORED, TEXTS, TIERS, TREATIES, Asked, comes_to

DAYS = ("2026-06-01", "2022-06-15", "2018-06-30", "2009-12-31")
EVER_SINCE = ("2025", "2021", "2018", "2012", "2006")
FEW = 4  # of each, in the usual run: every one more is read


def questions(number: int, seed: int, *, most: int) -> Iterator[tuple[str, tuple[Asked, ...]]]:
    """Yield questions of two to four conditions, each with its day."""
    dice = random.Random(seed)
    bodies, treaties = list(BODIES)[:most], list(TREATIES)[:most]
    for _ in range(number):
        day = dice.choice(DAYS[:2] if most == FEW else DAYS)
        yield day, tuple(_one(dice, bodies, treaties, day) for _ in range(dice.randint(2, 4)))


def _one(dice: random.Random, bodies: list[str], treaties: list[str], day: str) -> Asked:
    is_not, own = dice.random() < 0.35, dice.choice(("", "", "2015-03-01"))
    match dice.choice(("member", "member", "party", "party", "tier", "tier", "times", "vote", "sponsor", "region")):
        case "member":
            return Asked("member", dice.choice(bodies), (), is_not, own)
        case "party":
            return Asked("party", dice.choice(treaties), (), is_not, own)
        case "tier":
            year = dice.choice([year for year in EVER_SINCE if year in oracle.editions(day)])
            return Asked("tier", year, tuple(dice.sample(TIERS, dice.randint(1, 2))), is_not)
        case "times":
            return Asked("times", dice.choice(TIERS), (str(dice.randint(1, 12)),), is_not)
        case "vote":
            return Asked("vote", TEXTS[0], tuple(dice.sample(("yes", "no", "abstain"), dice.randint(1, 2))), is_not)
        case "sponsor":
            return Asked("sponsor", dice.choice(SPONSORED), (), is_not)
    return Asked("region", "", (dice.choice(("Africa", "Asia", "Europe", "Americas", "Oceania")),), is_not)


def found(session: Session, question: tuple[Asked, ...], day: str) -> dict[str, str]:
    candidates = CANDIDATES["governments"]
    understood = FilterReading(session, candidates, day)
    combined = Combined(understood.groups(",".join(asked.text for asked in question)), session)
    truths = {one.id: combined.truth(one.id) for one in candidates.read(session)}
    return {id_: truth for id_, truth in truths.items() if truth != "no"}


def differences(session: Session, number: int, seed: int, *, most: int) -> list[str]:
    wrong, sure = [], 0
    for day, question in questions(number, seed, most=most):
        ours, theirs = found(session, question, day), comes_to(question, day)
        sure += len([truth for truth in theirs.values() if truth == "yes"])
        for id_ in sorted(ours.keys() | theirs.keys()):
            if ours.get(id_, "no") != theirs.get(id_, "no"):
                asked = ",".join(it.text for it in question)
                wrong.append(f"{day} {asked}: {id_} is {ours.get(id_, 'no')}, in the files {theirs.get(id_, 'no')}")
    assert sure > number, "hardly any question had an answer"
    return wrong


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_questions_come_to_what_the_files_say(bundled: Session, seed: int) -> None:
    assert differences(bundled, 25, seed, most=FEW) == []


@pytest.mark.slow
def test_a_thousand_questions_come_to_what_the_files_say(bundled: Session) -> None:
    assert differences(bundled, 1_000, 2026, most=99) == []
