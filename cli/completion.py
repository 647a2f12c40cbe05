"""`iga completion`: what a shell needs to complete commands, questions, parameters and names."""

import json
import os
from collections.abc import Callable, Mapping, Sequence

import click
from click.shell_completion import CompletionItem, shell_complete

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.console import Captured, Console

VARIABLE = "_IGA_COMPLETE"
"""Set by a shell that asks how a line may go on (the protocol of click)."""

_SETTING_UP = {
    "bash": 'eval "$(iga completion bash)"  in ~/.bashrc',
    "zsh": 'eval "$(iga completion zsh)"  in ~/.zshrc',
    "fish": "iga completion fish | source  in ~/.config/fish/config.fish",
    "powershell": "iga completion powershell | Out-String | Invoke-Expression  in $PROFILE",
}
_NAMES_OFFERED = 12

_ANYTHING = "Entity"

USUAL: Mapping[str, tuple[str, ...]] = {
    "party": ("Party", "Post"),
    "other": ("Party", "Post"),
    "engagement": ("Engagement",),
    "agreement": ("Agreement",),
    "name": (_ANYTHING,),
}
"""Labels of what a parameter of this name stands for, where no card says."""

Runs = Callable[[Sequence[str], Console], int]


@click.command("completion", cls=IgaCommand, epilog="\b\n" + "\n".join(_SETTING_UP.values()))
@click.argument("shell", type=click.Choice(list(_SETTING_UP)))
@pass_call
def completion(call: Call, *, shell: str) -> None:
    """Print what a shell reads at its start, so that it completes commands, questions, parameters and names.

    Example: iga completion bash
    """
    from click.shell_completion import get_completion_class

    made_by = get_completion_class(shell)
    assert made_by is not None
    call.console.out.write(made_by(click.get_current_context().find_root().command, {}, "iga", VARIABLE).source())


def completed(group: click.Command, runs: Runs) -> int | None:
    """Answer a shell that asks how a line may go on, and return the exit code; None where none asks."""
    instruction = os.environ.pop(VARIABLE, "")
    return shell_complete(group, {"obj": runs}, "iga", VARIABLE, instruction) if instruction else None


def names(labels: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]:
    """Return what offers the names of things of some classes, as `iga find` finds them; nothing where that fails.

    A name of several words is offered by its id, which no shell takes apart.
    """

    def offered(ctx: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem[str]]:
        kinds = [word for label in labels if label != _ANYTHING for word in ("--kind", label)]
        printed = Captured()
        search = ["find", typed, *kinds, "--limit", str(_NAMES_OFFERED), "--json"]
        if not typed or not callable(ctx.obj) or ctx.obj(search, printed.console(100)):
            return []
        hits = json.loads(printed.out.getvalue())["hits"]
        return [
            CompletionItem(hit["id"] if " " in hit["name"] else hit["name"], help=f"{hit['name']} ({hit['class']})")
            for hit in hits
        ]

    return offered
