"""Refuse a row that leaves a needed column blank, or writes another word than a closed list holds."""

from collections.abc import Callable, Mapping

from ingest.mapping import ColumnWords
from ingest.rejections import MISSING, UNFIT, Refusal
from ingest.suggestions import did_you_mean


def needs(columns: Mapping[str, ColumnWords]) -> Callable[[Mapping[str, str]], None]:
    """Return the function that says nothing of the trimmed cells of a row when they fill what is needed.

    Raises (the function):
        Refusal: A needed cell is blank, or a word is none of the choices.
    """
    needed = [(name, words) for name, words in columns.items() if words.needed or words.needed_with]
    closed = {
        name: {choice.casefold() for choice in words.choices}
        for name, words in columns.items()
        if words.only and words.choices
    }

    def check(cells: Mapping[str, str]) -> None:
        for name, words in needed:
            if not cells[name] and (words.needed or cells[words.needed_with or name]):
                why = "every row needs it" if words.needed else f"it goes with {words.needed_with!r}"
                raise Refusal(f"{name!r} is blank; {why}", fix=f"fill {name!r}", code=MISSING, column=name)
        for name, known in closed.items():
            if cells[name] and cells[name].casefold() not in known:
                choices = columns[name].choices
                raise Refusal(
                    f"{cells[name]!r} is none of the words for {name!r}{did_you_mean(cells[name], choices)}",
                    fix=f"write one of these: {', '.join(choices)}",
                    code=UNFIT,
                    column=name,
                    value=cells[name],
                )

    return check
