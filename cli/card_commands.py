"""Commands made from cards: one for each question or kind of paper, with its own options."""

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any, get_args

import click

from iga.cli.completion import USUAL, names
from iga.graph.suggestions import nearest


class CardGroup(click.Group):
    """A group with a command for each card, made when it is called; other commands may stand beside them."""

    def __init__(
        self,
        *args: Any,
        cards: Callable[[], Mapping[str, Any]],
        command: Callable[[Any], click.Command],
        unknown: Callable[[str], object] | None = None,
        in_words: click.Command | None = None,
        **kwargs: Any,
    ) -> None:
        """Hold where the cards come from; nothing of them is imported.

        Args:
            args: As of a group.
            cards: Returns the cards by name.
            command: Makes the command of a card.
            unknown: Refuses a name that no card has, with what may have been meant; None leaves that to click.
            in_words: What takes several words that no option is among; None takes none.
            kwargs: As of a group.
        """
        super().__init__(*args, **kwargs)
        self._cards, self._command, self._unknown, self._in_words = cards, command, unknown, in_words

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the cards in the order of the manual, then those of the other commands."""
        return [*self._cards(), *super().list_commands(ctx)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, or that for what is typed in plain words, and its arguments."""
        words = list(takewhile(lambda word: not word.startswith("-"), args))
        text = " ".join(words).strip()
        known = self.list_commands(ctx)
        is_mistyped = " " not in text and bool(nearest(text, known))
        if self._in_words is None or not words or words[0] in known or is_mistyped:
            return super().resolve_command(ctx, args)
        return "words", self._in_words, [text, *args[len(words) :]]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a card, or one that stands beside them; None when there is none of this name."""
        cards = self._cards()
        beside = super().get_command(ctx, cmd_name)
        if beside is None and cmd_name not in cards and self._unknown:
            self._unknown(cmd_name)
        return self._command(cards[cmd_name]) if cmd_name in cards else beside


def options(card: Any) -> list[click.Parameter]:
    """Return the parameters of a card, a question or a kind of paper, as the options of a command.

    Each may be given several times: whether the question takes it so is said by its model, in a sentence.
    """
    made: list[click.Parameter] = []
    for name in card.parameters():
        field, labels = card.params.model_fields[name], getattr(card, "names", USUAL).get(name)
        text = f"{field.description}{'  [required]' if field.is_required() else ''}"
        option = (f"--{name.replace('_', '-')}", name)
        if bool in get_args(field.annotation):
            made.append(click.Option(option, is_flag=True, flag_value="yes", help=text))
        else:
            offered = names(labels) if labels else None
            made.append(click.Option(option, multiple=True, metavar="TEXT", help=text, shell_complete=offered))
    return made
