from decimal import Decimal
from itertools import permutations

from iga.queries.core.answer import Subject
from iga.queries.funding.amounts import Amount, said_again_later, without_doubles

AWARD = Subject(id="award:a", cls="Award", name="Award A")


def passed(key: str, **said: str) -> Amount:
    told = {"receiver": "ngo:x", "day": "2031-10-20", "reference": "S-1", "name": f"Sub-award {key}", **said}
    return Amount(AWARD, "sub-award", "subaward", Decimal("40"), "USD", (("test:sub", key),), **told)  # type: ignore[arg-type]


def kept(*amounts: Amount, undisclosed: frozenset[str] = frozenset()) -> set[str]:
    """Return the names of those that count, the same in any order."""
    results = {
        frozenset(each.name for each in without_doubles(order, undisclosed=undisclosed) if not each.left_out)
        for order in permutations(amounts)
    }
    [found] = results
    return {name.removeprefix("Sub-award ") for name in found}


def test_one_of_those_that_agree_in_recipient_amount_day_and_number_counts_in_any_order() -> None:
    assert kept(passed("1"), passed("2"), passed("3", reference="s 1")) == {"1"}


def test_another_day_number_or_recipient_is_another_sub_award() -> None:
    others = passed("2", day="2031-11-20"), passed("3", reference="S-2"), passed("4", receiver="ngo:y")
    assert kept(passed("1"), *others) == {"1", "2", "3", "4"}


def test_one_without_a_number_repeats_one_with_it() -> None:
    assert kept(passed("1"), passed("2", reference="")) == {"1"}
    assert kept(passed("1", reference=""), passed("2", reference="")) == {"1"}


def test_undisclosed_recipients_repeat_each_other_only_by_number() -> None:
    hidden = frozenset({"organization:undisclosed-1", "organization:undisclosed-2"})
    one, two = (passed(key, receiver=f"organization:undisclosed-{key}") for key in "12")
    assert kept(one, two, undisclosed=hidden) == {"1"}
    bare = [passed(key, receiver=f"organization:undisclosed-{key}", reference="") for key in "12"]
    assert kept(*bare, undisclosed=hidden) == {"1", "2"}


def test_one_repeated_on_another_day_counts_and_is_told() -> None:
    amounts = without_doubles([passed("1"), passed("2", day="2031-11-20")], undisclosed=frozenset())
    assert not any(each.left_out for each in amounts)
    assert said_again_later(amounts) == 1


def test_a_transfer_counts_with_the_agency_that_reports_what_became_of_it() -> None:
    def moved(key: str, giver: str, receiver: str, owner: str, **said: object) -> Amount:
        told = {"account": "INCLE", "fiscal_year": 2032, **said}
        return Amount(
            AWARD, "project activity", "obligation", Decimal("60"), "USD", (("test:fa", key),),
            name=f"Sub-award {key}", giver=giver, receiver=receiver, appropriated_to=owner, **told,  # type: ignore[arg-type]
        )  # fmt: skip

    handed = moved("handed", "body:state", "body:dol", "body:state")
    spent = moved("spent", "body:dol", "ngo:x", "body:state")
    assert kept(handed, spent) == {"spent"}
    assert kept(handed) == {"handed"}
    assert kept(handed, moved("spent", "body:dol", "ngo:x", "body:state", fiscal_year=2033)) == {"handed", "spent"}
    assert kept(handed, moved("spent", "body:dol", "ngo:x", "body:dol")) == {"handed", "spent"}
