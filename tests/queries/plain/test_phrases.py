"""Every question has phrasings, and what they name is real."""

from queries.plain.phrases import REFUSED, phrases
from queries.registry import QUESTIONS


def test_every_question_has_phrasings_and_nothing_else_has() -> None:
    known = phrases()
    assert known.cards.keys() == set(QUESTIONS)
    assert known.phrases.keys() == {*QUESTIONS, REFUSED}
    assert min(len(card.asks) for card in known.cards.values()) >= 10


def test_a_value_is_one_that_its_parameter_takes() -> None:
    for name, card in phrases().cards.items():
        for parameter, values in card.values.items():
            for value in values:
                field = QUESTIONS[name].params.model_fields[parameter]
                taken = str(field.annotation)
                assert "Literal" not in taken or f"'{value}'" in taken, f"{name}: {parameter} is never {value!r}"


def test_a_phrasing_with_its_places_filled_is_understood_as_its_question() -> None:
    """Words that stand with two questions alike would make each of them a toss-up."""
    twice: dict[tuple[object, ...], set[str]] = {}
    for name, of in phrases().phrases.items():
        for phrase in of:
            if phrase.stems and phrase.slots:
                twice.setdefault((phrase.stems, phrase.slots), set()).add(name)
    shared = {" ".join(map(str, stems[0])): names for stems, names in twice.items() if len(names) > 1}  # type: ignore[call-overload]
    assert len(shared) < 25, shared
