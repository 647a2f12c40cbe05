"""The commands of `iga`, and how one command line runs: errors become sentences and exit codes."""

import os
import traceback
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import click

from iga.cli.command import Call, LazyGroup
from iga.cli.console import Console
from iga.cli.front import WAYS_IN, say_on_one_screen
from iga.graph.errors import IgaError, SystemRefused, reason_of, refused
from iga.graph.suggestions import nearest


class Iga(LazyGroup):
    """Commands by what they do.

    Attributes:
        sections: What they do → command name → (module, attribute, help line), in the order of the help page.
    """

    sections: ClassVar[Mapping[str, Mapping[str, tuple[str, str, str]]]] = {
        "Ask": {
            "open": ("iga.cli.browsing", "open_", "Open the pages in a browser, signed in as yourself."),
            "today": ("iga.cli.today", "today", "Say what is overdue, due, ahead and new since you last looked."),
            "ask": ("iga.cli.ask", "ask", "Ask in plain words, or one of the questions."),
            "list": ("iga.cli.listing", "list_", "List who fulfils conditions, with what is not known."),
            "compare": ("iga.cli.listing", "compare", "Set parties side by side: what differs, what is alike."),
            "sets": ("iga.cli.sets", "sets", "List the saved lists, show who is on one now, remove one."),
            "find": ("iga.cli.reading", "find", "Search by name, code or words."),
            "show": ("iga.cli.reading", "show", "Show one thing with all that is known of it."),
            "why": ("iga.cli.reading", "why", "Show who said what about a thing, side by side."),
            "watch": ("iga.cli.watch", "watch", "See what is new in a saved question since you last looked."),
        },
        "Write": {
            "memo": ("iga.cli.memo", "memo", "Write a briefing memo with its sources."),
            "export": ("iga.cli.export", "export", "Write answers, parties or the graph as files."),
        },
        "Enter": {
            "add": ("iga.cli.entries", "add", "Enter a contact or its check, a meeting, a promise, an introduction."),
            "correct": ("iga.cli.entries", "correct", "Correct one field, with the reason."),
            "verify": ("iga.cli.entries", "verify", "Note that a contact works, or that it bounced."),
            "log": ("iga.cli.own_entries", "log", "List what you entered, newest first."),
            "undo": ("iga.cli.own_entries", "undo", "Take back what you entered last."),
            "withdraw": ("iga.cli.entries", "withdraw", "Take back an entry by its key, or a load by its number."),
        },
        "Load": {
            "load": ("iga.cli.load", "load", "Load files of one source, or the bundled reference data."),
            "template": ("iga.cli.template", "template", "Write a workbook for officers to fill."),
            "mapping": ("iga.cli.mapping", "mapping", "Draft how a file of one's own is read."),
            "reconcile": ("iga.cli.reconcile", "reconcile", "Match the names in a column of a table."),
            "resolve": ("iga.cli.resolve", "resolve", "Find parties that may be one, and judge them."),
            "judge": ("iga.cli.entries", "judge", "Say that two ids are the same or different."),
            "sources": ("iga.cli.keeping", "sources", "List the sources, their age and their gaps."),
        },
        "People": {
            "restrict": ("iga.cli.people", "restrict", "Leave a person out of every use, for the few alone."),
            "hold": ("iga.cli.people", "hold", "Keep a person from being erased, or release the hold."),
            "holds": ("iga.cli.people", "holds", "List the holds and restrictions that stand."),
            "erase": ("iga.cli.people", "erase", "Destroy what is held of a person."),
            "audit": ("iga.cli.audit", "audit", "Read the log of who asked what, and who was shown."),
            "keys": ("iga.cli.keys", "keys", "Give out keys for the HTTP service, and take them back."),
        },
        "Keep": {
            "status": ("iga.cli.keeping", "status", "Say where the ledger and the graph stand."),
            "doctor": ("iga.cli.doctor", "doctor", "Check the installation and say what to do."),
            "hash": ("iga.cli.keeping", "hash_", "Compute the graph's hash from what the store holds."),
            "rebuild": ("iga.cli.keeping", "rebuild", "Make the graph anew from the ledger."),
            "dump": ("iga.cli.keeping", "dump", "Write the ledger as checksummed files."),
            "verify-ledger": ("iga.cli.keeping", "verify_ledger", "Read the whole ledger and name what is damaged."),
            "restore": ("iga.cli.keeping", "restore", "Read a dump into an empty ledger."),
            "serve": ("iga.cli.serve", "serve", "Answer over HTTP on this machine."),
            "mcp": ("iga.cli.assistants", "mcp", "Answer an assistant (Model Context Protocol)."),
            "completion": ("iga.cli.completion", "completion", "Let a shell complete commands, questions and names."),
            "help": ("iga.cli.codes", "help_", "Explain an error code."),
        },
    }
    listed: ClassVar[Mapping[str, tuple[str, str, str]]] = {
        name: entry for commands in sections.values() for name, entry in commands.items()
    }

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands, section by section, without importing any of them."""
        for title, commands in self.sections.items():
            with formatter.section(title):
                formatter.write_dl([(name, line) for name, (_, _, line) in commands.items()])


@click.command(
    cls=Iga,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Start with: iga load --bundled, then: iga ask contact --party OSCE --topic "child trafficking"',
)
@click.version_option(package_name="iga-graph", prog_name="iga")
@click.option(
    "--practice", is_flag=True, expose_value=False, help="Use the practice store: made-up people and meetings."
)
@click.pass_context
def iga(ctx: click.Context) -> None:
    """Partners, agreements, funding and engagements against human trafficking, every answer with its source."""
    if ctx.invoked_subcommand is None:
        last = "iga COMMAND --help says more of one; iga --help says a line of each."
        say_on_one_screen(ctx.obj.console, WAYS_IN, Iga.sections, last)


INTERRUPTED = 130
"""Exit code of what Ctrl-C ended, as shells have it: 128 and the number of the signal."""
STOPPED = "Stopped. What was finished stands; nothing half-done was kept."


def run(arguments: Sequence[str], call: Call) -> int:
    """Run one command line, note it in the audit log, and return its exit code; errors are printed as sentences."""
    code = _code_of(arguments, call)
    call.note_in_the_log(code)
    return code


def _code_of(arguments: Sequence[str], call: Call) -> int:
    try:
        with iga.make_context("iga", list(arguments), obj=call) as context:
            iga.invoke(context)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.Abort:
        call.console.note("Stopped.")
        return 1
    except KeyboardInterrupt:
        call.console.note(STOPPED)
        return INTERRUPTED
    except click.ClickException as error:
        return _usage(error, call.console)
    except IgaError as error:
        return refusal(error, call.console, as_json="--json" in arguments)
    except BrokenPipeError:
        return 0
    except (OSError, MemoryError) as error:
        return refusal(by_system(error), call.console, as_json="--json" in arguments)
    # The last boundary: a user gets a sentence, whoever mends it gets the traceback when it is asked for.
    except Exception as error:
        return _unexpected(error, call.console)
    return 0


def by_system(error: OSError | MemoryError) -> SystemRefused:
    """Return what a refusal of the system comes to that nothing else has named: without a file it is the output's."""
    if isinstance(error, MemoryError):
        return SystemRefused("there is not enough memory: end other programs, or allow this one more (ulimit -v)")
    if error.filename:
        return refused(str(error.filename), error)
    if isinstance(error, FileNotFoundError):
        return SystemRefused("the folder that you are in was removed: change to another one")
    return SystemRefused(f"the output cannot be written ({reason_of(error)})")


def _unexpected(error: Exception, console: Console) -> int:
    console.note(f"Error IGA-1000: the program met a case it does not know ({type(error).__name__}: {error}).")
    console.note("Nothing half-done was kept. Set IGA_DEBUG=1 and run it again for the details that a report needs.")
    if os.environ.get("IGA_DEBUG"):
        console.note("".join(traceback.format_exception(error)))
    return 1


def _usage(error: click.ClickException, console: Console) -> int:
    context = getattr(error, "ctx", None)
    if context is not None:
        console.note(context.get_usage())
    console.note(f"Error: {error.format_message()}{_meant(error)}")
    return 2


def _meant(error: click.ClickException) -> str:
    """Return the commands that were probably meant, for one that there is not."""
    if not isinstance(error, click.exceptions.NoSuchCommand) or error.ctx is None:
        return ""
    group = error.ctx.command
    assert isinstance(group, click.Group)
    near = nearest(error.command_name, group.list_commands(error.ctx))
    return f" Did you mean {' or '.join(near)}?" if near else ""


def refusal(error: IgaError, console: Console, *, as_json: bool) -> int:
    """Print an error, as a sentence and where asked for as JSON, and return its exit code."""
    if as_json:
        console.document({"error": problem_of(error)})
    console.note(f"Error {error.code}: {error.message}")
    return error.exit_code


def problem_of(error: IgaError) -> dict[str, Any]:
    """Return an error as the members that its JSON has on the command line."""
    return {
        "code": error.code,
        "title": (type(error).__doc__ or "").splitlines()[0],
        "detail": error.message,
        "suggestions": list(error.suggestions),
    }
