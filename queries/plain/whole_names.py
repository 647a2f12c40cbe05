"""Names of a text as wholes: with words that make another state of one, with the government whose body is meant."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from iga.queries.core.names.qualified import FORMS, KINDS, PLACES, is_called_otherwise, is_of_any_country
from iga.queries.core.names.resolve import entities_in_order
from iga.queries.core.session import Session
from iga.queries.plain.names_said import SpokenName
from iga.queries.plain.typed import TypedWord

_BETWEEN = frozenset(("of", "the", "s", "d", "de"))
_GOVERNMENT, _BODY = ("Government",), ("PublicBody",)


def whole_names(session: Session, words: Sequence[TypedWord], names: Sequence[SpokenName]) -> list[SpokenName]:
    """Return the names of a text, in its order.

    A government right before one of its bodies, or behind it after *of*, belongs to the name of the body. A name of a
    state with a word before it that none of its names has is doubted: it may be another, or none.
    """
    parted = [_with_words_before(session, words, names, name) for name in names]
    whole: list[SpokenName] = []
    for name in parted:
        body = _body_of(session, words, whole[-1], name) if whole else None
        whole = [*whole[:-1], body] if body else [*whole, name]
    return whole


def _with_words_before(
    session: Session, words: Sequence[TypedWord], names: Sequence[SpokenName], name: SpokenName
) -> SpokenName:
    if not (governments := name.fitting(_GOVERNMENT)):
        return name
    taken = frozenset().union(*(other.places for other in names))
    begin = min(_qualifying(words, name.at, taken), default=name.at)
    if begin == name.at:
        return name
    end = max(name.places) + 1
    said = " ".join(word.text for word in words[begin:end])
    whole = replace(name, places=name.places | frozenset(range(begin, end)), is_soft=False)
    called_so = [it for it in entities_in_order(session, governments) if not is_called_otherwise(said, it)]
    if not called_so:
        return replace(whole, text=said, is_doubted=True)
    return replace(whole, things=tuple((it.id, it.cls) for it in called_so))


def _qualifying(words: Sequence[TypedWord], at: int, taken: frozenset[int]) -> Iterator[int]:
    """Yield the places of words before a name that make another state of it, the nearest first."""
    place = at - 1
    has_form, is_after_of = words[at].text in FORMS, False
    while place >= 0 and place not in taken:
        text = words[place].text
        if text in _BETWEEN:
            is_after_of = True
        elif (text in PLACES and not is_after_of and (text != "new" or words[place].is_capital)) or (
            text in KINDS and has_form
        ):
            yield place
        elif text in FORMS and is_after_of and (text != "state" or words[place].is_capital):
            has_form, is_after_of = True, False
            yield place
        else:
            return
        place -= 1


def _body_of(session: Session, words: Sequence[TypedWord], first: SpokenName, second: SpokenName) -> SpokenName | None:
    """Return the body that two names make: U.S. Department of Labor, Department of Labor of the United States.

    A ministry of another government is not the one that is named after it.
    """
    between = [words[place].text for place in range(max(first.places) + 1, second.at)]
    if not _BETWEEN.issuperset(between):
        return None
    is_behind = "of" in between or "de" in between or bool(first.fitting(_BODY) and not between)
    body, owner = (first, second) if is_behind else (second, first)
    governments = set(owner.fitting(_GOVERNMENT))
    bodies = entities_in_order(session, body.fitting(_BODY)) if governments else []
    whole = replace(body, places=frozenset(range(first.at, max(second.places) + 1)), is_soft=False)
    if own := tuple((it.id, it.cls) for it in bodies if it.values.get("government") in governments):
        return replace(whole, things=own, text=own[0][0] if len(own) == 1 else whole.text)
    said = " ".join(words[place].text for place in sorted(whole.places))
    is_another = is_behind and any(
        between or is_of_any_country(body.text, it, session.home.government) for it in bodies
    )
    return replace(whole, text=said, is_doubted=True) if is_another else None
