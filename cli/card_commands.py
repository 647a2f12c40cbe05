"""Commands made from cards: one for each question or kind of paper, with its own options."""

from collections.abc import Callable, Mapping
from typing import Any

import click


class CardGroup(click.Group):
    """A group with a command for each card, made when it is called; other commands may stand beside them."""

    def __init__(
        self,
        *args: Any,
        cards: Callable[[], Mapping[str, Any]],
        command: Callable[[Any], click.Command],
        unknown: Callable[[str], object] | None = None,
        **kwargs: Any,
    ) -> None:
        """Hold where the cards come from; nothing of them is imported.

        Args:
            args: As of a group.
            cards: Returns the cards by name.
            command: Makes the command of a card.
            unknown: Refuses a name that no card has, with what may have been meant; None leaves that to click.
            kwargs: As of a group.
        """
        super().__init__(*args, **kwargs)
        self._cards, self._command, self._unknown = cards, command, unknown

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the cards in the order of the manual, then those of the other commands."""
        return [*self._cards(), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a card, or one that stands beside them; None when there is none of this name."""
        cards = self._cards()
        beside = super().get_command(ctx, cmd_name)
        if beside is None and cmd_name not in cards and self._unknown:
            self._unknown(cmd_name)
        return self._command(cards[cmd_name]) if cmd_name in cards else beside


def options(card: Any, *, named: str = "") -> list[click.Parameter]:
    """Return the parameters of a card as those of a command.

    Each may be given several times: whether the question takes it so is said by its model, in a sentence.

    Args:
        card: A question or a kind of paper.
        named: The parameter that is typed without its name; blank is none.
    """
    from queries.ask import takes_many

    made: list[click.Parameter] = []
    for name in card.parameters():
        field = card.params.model_fields[name]
        if name == named:
            many = takes_many(card.params, name)
            metavar = f"{name.upper()}{'…' if many else ''}"
            metavar = metavar if field.is_required() else f"[{metavar}]"
            made.append(click.Argument([name], nargs=-1 if many else 1, required=field.is_required(), metavar=metavar))
        else:
            text = f"{field.description}{'  [required]' if field.is_required() else ''}"
            option = f"--{name.replace('_', '-')}"
            made.append(click.Option([option, name], multiple=True, metavar="TEXT", help=text))
    return made
