"""`iga mcp`: the door for assistants on this machine; and what one of them would be shown."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.console import Captured
from iga.cli.exporting import MARKINGS
from iga.cli.opening import session
from iga.graph.domain.marking import Marking
from iga.graph.errors import SettingsError, UsageError


@click.command("mcp", cls=IgaCommand)
@click.argument("arguments", default="{}")
@click.option("--call", "tool", metavar="TOOL", help="Answer this one call, and show what an assistant is shown.")
@click.option(
    "--ceiling",
    type=click.Choice(MARKINGS),
    default="public",
    show_default=True,
    help="Highest marking that is shown: it goes to whoever runs the assistant's model.",
)
@pass_call
def mcp(call: Call, /, *, arguments: str, tool: str | None, ceiling: str) -> None:
    """Answer an assistant by the Model Context Protocol on standard input and output, until it hangs up.

    ARGUMENTS are those of --call, as JSON. docs/assistants.md says how an assistant is connected.

    Example: iga mcp --call question '{"name": "contact", "parameters": {"party": "OSCE"}}'
    """
    if tool is not None:
        reader = replace(call.reader, door="mcp").below(Marking.named(ceiling))
        _answer_one(replace(call, reader=reader), tool, _read(arguments))
    elif arguments != "{}":
        raise UsageError("arguments are of a call: write --call TOOL before them")
    else:
        _answer_all(call, ceiling)


def _read(arguments: str) -> Mapping[str, Any]:
    try:
        read = json.loads(arguments)
    except ValueError as error:
        raise UsageError(f'the arguments are no JSON ({error}): write \'{{"text": "OSCE"}}\'') from error
    if not isinstance(read, dict):
        raise UsageError('the arguments are no JSON object: write \'{"text": "OSCE"}\'')
    return read


def _answer_one(call: Call, tool: str, arguments: Mapping[str, Any]) -> None:
    from iga.api.assistants.tools import act_of, reply_to

    call.acting.act = act_of(tool, arguments)
    with session(call) as context:
        document = reply_to(context, tool, arguments)
    call.console.document(document)


def _answer_all(call: Call, ceiling: str) -> None:
    """Answer each call as a command line of its own: in the process that holds the graph, where there is one."""
    try:
        import anyio
        from mcp.server.stdio import stdio_server

        from iga.api.assistants.server import server_of
    except ImportError as error:
        raise SettingsError("the package mcp is not installed: pip install 'iga-graph[mcp]'") from error

    places = (("--store", call.store), ("--ledger", call.ledger), ("--ceiling", ceiling))
    options = [word for name, value in places if value for word in (name, value)]
    one_at_a_time = anyio.CapacityLimiter(1)

    async def reply(_: None, tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        words = ("mcp", "--call", tool, json.dumps(arguments), *options, "--json")
        return await anyio.to_thread.run_sync(_reply_of, words, limiter=one_at_a_time)

    async def serve() -> None:
        server = server_of(reply)
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(serve)


def _reply_of(words: tuple[str, ...]) -> dict[str, Any]:
    """Run a command line and return the document that it printed; what else it printed is an error."""
    from iga.cli.main import carry_out

    kept = Captured()
    carry_out(words, kept.console(100))
    printed = kept.out.getvalue()
    document: dict[str, Any] = json.loads(printed) if printed else {"error": {"detail": kept.err.getvalue().strip()}}
    return document
