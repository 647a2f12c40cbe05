"""`iga resolve`: who may be the same as whom, reviewed, judged, taken back, exported and imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from iga.cli.changing import again, brought_up, changed, enter_verdict, withdraw_verdict
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.progress import bar
from iga.graph.errors import Denied, InputError, NotFound, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from iga.graph.ledger.ledger import Ledger
    from iga.graph.names.comparison import Tier
    from iga.graph.statements import Word
    from iga.ingest.resolution.book import Book, PairCandidate
    from iga.ingest.resolution.party import Party
from typing import TYPE_CHECKING

from iga.graph.text import counted

if TYPE_CHECKING:
    from iga.graph.ledger.ledger import Ledger


@click.command("export", cls=IgaCommand)
@click.argument("file")
@pass_call
def export(call: Call, /, *, file: str) -> None:
    """Write all judgements to a text file for version control: one a line, in a stable order.

    Example: iga resolve export judgements.tsv
    """
    from iga.exports.writing import write_file
    from iga.graph.ledger.judgements import judgements
    from iga.ingest.resolution.judging import exported

    with call.workspace.reading() as reading:
        judged = judgements(reading.ledger)
    write_file(call.path(file), exported(judged).encode())
    call.tell(
        {"file": file, "judgements": len(judged)},
        f"{len(judged)} {'judgement' if len(judged) == 1 else 'judgements'} in {file}",
    )


@click.command("import", cls=IgaCommand)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Check the file and enter nothing.")
@again
@pass_call
def import_(call: Call, /, *, file: str, dry_run: bool, again: bool) -> None:
    """Enter the judgements of a text file, all or none; contradictions and second judgements are told by line.

    Example: iga resolve import judgements.tsv --dry-run
    """
    from iga.ingest.resolution.judging import ImportCounts, import_text, text_of

    text = text_of(call.path(file))
    done = ImportCounts(0, 0)

    def work(ledger: Ledger) -> None:
        nonlocal done
        because = f"import of {file}"
        done = import_text(ledger, text, by=call.who, because=because, is_dry_run=dry_run, is_again=again)

    version = changed(call, work, f"iga resolve import {file}")
    call.tell(
        {**done._asdict(), "dry_run": dry_run, "data_version": version},
        f"{counted(done.read, 'judgement')} read, {done.new} new{' (dry run)' if dry_run else ''}",
    )


def _two_ids(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command two ids and the reason of a judgement on them."""
    because = click.option("--because", required=True, metavar="TEXT", help="Why; it stays with the judgement.")
    return click.argument("first")(click.argument("second")(because(function)))


class ResolveGroup(click.Group):
    """A group that reviews in the terminal when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `review` where no command is named."""
        if not {"-h", "--help"} & set(args) and not any(word in self.commands for word in args[:1]):
            if args and not args[0].startswith("-"):
                raise UsageError(f"iga resolve has no command {args[0]!r}; it has {', '.join(self.commands)}")
            args = ["review", *args]
        return super().parse_args(ctx, args)


@click.group("resolve", cls=ResolveGroup)
def resolve() -> None:
    """Find parties that may be one and the same, and judge them; without a command, review them key by key.

    Example: iga resolve candidates
    """


@resolve.command("review", cls=IgaCommand)
@click.option("--tier", type=click.Choice(["certain", "likely", "possible"]), help="Only these.")
@pass_call
def review(call: Call, /, *, tier: str | None) -> None:
    """Review candidates in the terminal, key by key, with the evidence side by side.

    Example: iga resolve
    """
    from iga.cli.resolve_review import Terminal, reviewed

    if not call.console.is_terminal or call.console.ask is None:
        raise UsageError(
            "this review needs a terminal with a keyboard; here use iga resolve candidates, and then"
            " iga resolve same, different or unsure with two ids"
        )
    reviewed(call, Terminal(), tier=tier or "")


@resolve.command("candidates", cls=IgaCommand)
@click.option("--tier", type=click.Choice(["certain", "likely", "possible"]), help="Only these.")
@click.option("--of", "of", default="", metavar="TEXT", help="Only those of one party: an id or a name.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Most candidates shown.")
@pass_call
def candidates(call: Call, /, *, tier: Tier | None, of: str, limit: int) -> None:
    """List parties that may be one, those of the last load first, then surest first; those judged are left out.

    Example: iga resolve candidates --tier likely
    """
    from iga.cli.resolve_review import candidate_document, print_candidates
    from iga.entering.pairs import open_pairs
    from iga.graph.ledger.judgements import judgements, rings_of
    from iga.ingest.resolution.last_load import ids_of_last_load

    wanted = _party(call, of).id if of else ""
    with call.workspace.reading() as reading, bar(call.console, "Comparing") as progress:
        judged = judgements(reading.ledger)
        latest = ids_of_last_load(reading.ledger)
        pairs = open_pairs(_book(reading), judged, tier, latest=latest, progress=progress)
    of_one = [pair for pair in pairs if not wanted or wanted in (pair.first.id, pair.second.id)]
    known = _judgeable(call, of_one, most=limit)
    rings = rings_of(judged)
    if call.as_json:
        shown = [candidate_document(pair) for pair in known[:limit]]
        contradictions = [{"members": list(ring.members), "different": [list(p) for p in ring.pairs]} for ring in rings]
        total = {"value": len(known), "relation": "eq"}
        call.console.document({"candidates": shown, "total": total, "contradictions": contradictions})
    else:
        print_candidates(call.console, known, rings, limit=limit, latest=latest)


@resolve.command("show", cls=IgaCommand)
@click.argument("first")
@click.argument("second")
@pass_call
def show(call: Call, /, *, first: str, second: str) -> None:
    """Show two parties side by side, with all that speaks for and against their being one.

    Example: iga resolve show named:ngo:acme ngo:acme
    """
    from iga.cli.resolve_review import candidate_document, print_pair
    from iga.graph.ledger.judgements import judgements
    from iga.ingest.resolution.book import PairCandidate
    from iga.ingest.resolution.candidates import judged_pairs, word_on
    from iga.ingest.resolution.weighing import weighed

    one, other = _party(call, first), _party(call, second)
    if one.id == other.id:
        raise InputError(f"{first} and {second} are one already: {one.name} ({one.id})")
    with call.workspace.reading() as reading:
        word = word_on(one, other, judged_pairs(judgements(reading.ledger)))
    pair = PairCandidate(one, other, weighed(one, other))
    if not _judgeable(call, [pair], most=1):
        raise Denied(
            "one of them did not agree to be shown; who may see what is sensitive judges whether it is another"
        )
    if call.as_json:
        call.console.document({**candidate_document(pair), "judged": word})
    else:
        print_pair(call.console, pair, word=word)


_VERDICTS: dict[Word, str] = {
    "same": """Judge that two ids are one; all that was said of either then stands together.

    Example: iga resolve same named:ngo:acme ngo:acme --because "same website"
    """,
    "different": """Judge that two ids are two; they are not offered again, and nothing joins them.

    Example: iga resolve different ngo:acme ngo:acme-kenya --because "two registrations"
    """,
    "unsure": """Note that two ids were looked at and cannot be told; they are not offered again.

    Example: iga resolve unsure ngo:acme ngo:acme-relief --because "asked the workspace"
    """,
}


def _add_verdict(word: Word, help_: str) -> None:
    @resolve.command(word, cls=IgaCommand, help=help_)
    @_two_ids
    @again
    @pass_call
    def verdict(call: Call, /, *, first: str, second: str, because: str, again: bool) -> None:
        enter_verdict(call, first, second, word, because=because, is_again=again)


for _word, _help in _VERDICTS.items():
    _add_verdict(_word, _help)


@resolve.command("withdraw", cls=IgaCommand)
@_two_ids
@pass_call
def withdraw(call: Call, /, *, first: str, second: str, because: str) -> None:
    """Take back the judgement on two ids; the graph is then as it was without it.

    Example: iga resolve withdraw named:ngo:acme ngo:acme --because "another Acme"
    """
    withdraw_verdict(call, first, second, because=because)


@resolve.command("undo", cls=IgaCommand)
@pass_call
def undo(call: Call, /) -> None:
    """Take back what you judged last; again goes one step further back.

    Example: iga resolve undo
    """
    from iga.cli.resolve_review import changes_of
    from iga.graph.ledger.judgement_log import undo_last

    with call.workspace.changing("iga resolve undo") as ledger:
        header, last = undo_last(ledger, by=call.who)
        version = brought_up(call)
    if call.as_json:
        document = {"undone": last.load, "load": header.no, "data_version": version}
        call.console.document({**document, "pairs": [[change.first, change.second] for change in last.changes]})
    else:
        call.console.say(f"Load {last.load} is undone (load {header.no}): {'; '.join(changes_of(last))}")


@resolve.command("log", cls=IgaCommand)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Most loads shown.")
@pass_call
def log(call: Call, /, *, limit: int) -> None:
    """List what was judged, newest first: when, by whom, what and why.

    Example: iga resolve log
    """
    from iga.cli.resolve_review import logged_document, print_log
    from iga.graph.ledger.judgement_log import judgement_log

    with call.workspace.reading() as reading:
        entries = judgement_log(reading.ledger)
    if call.as_json:
        total = {"value": len(entries), "relation": "eq"}
        call.console.document({"log": [logged_document(entry) for entry in entries[:limit]], "total": total})
    else:
        print_log(call.console, entries, limit=limit)


@resolve.command("rule", cls=IgaCommand)
@click.option("--dry-run", is_flag=True, help="Say what would be judged and write nothing.")
@pass_call
def rule(call: Call, /, *, dry_run: bool) -> None:
    """Judge the certain candidates by rule: a shared number in a public register, and nothing that contradicts it.

    People are never judged by rule. A person's judgement stands before a rule's, and each can be taken back.

    Example: iga resolve rule --dry-run
    """
    from iga.ingest.resolution.candidates import compare_waiting
    from iga.ingest.resolution.judging import certain, evidence_of, judge_by_rule

    with call.workspace.reading() as reading:
        book = _book(reading)
        compare_waiting(book)
        pairs = certain(book, reading.ledger)
    refused: list[str] = []
    loads = range(0)
    if pairs and not dry_run:

        def work(ledger: Ledger) -> None:
            nonlocal pairs, refused, loads
            before = ledger.through()
            pairs, refused = judge_by_rule(ledger, pairs)
            loads = range(before + 1, ledger.through() + 1)

        changed(call, work, "iga resolve rule")
    judged = [{"first": it.first.id, "second": it.second.id, "because": evidence_of(it.finding)} for it in pairs]
    if call.as_json:
        call.console.document({"judged": judged, "refused": refused, "dry_run": dry_run, "loads": list(loads)})
        return
    would = "would be judged" if dry_run else "judged"
    for pair in judged:
        call.console.say(f"{pair['first']} and {pair['second']}: same ({pair['because']})")
    for sentence in refused:
        call.console.note(f"Not judged: {sentence}")
    call.console.say(f"{len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} {would} the same by rule")
    if loads:
        named = f"load:{loads[0]}" + (f"..{loads[-1]}" if len(loads) > 1 else "")
        call.console.say(f'All of it is taken back by iga withdraw {named} --because "…"')


resolve.add_command(export)
resolve.add_command(import_)


def _book(reading: Any) -> Book:
    from iga.ingest.resolution.candidates import book_of

    return book_of(reading)


def _judgeable(call: Call, pairs: Sequence[PairCandidate], *, most: int) -> list[PairCandidate]:
    """Return the pairs that may be judged; the audit log notes who is in the first: they come past every session."""
    from iga.cli.opening import session
    from iga.entering.pairs import judgeable
    from iga.queries.core.printed_names import printed_names

    with session(call) as context:
        seen = judgeable(context, pairs)
        printed_names(context.on_duty(), [party.id for pair in seen[:most] for party in (pair.first, pair.second)])
    return seen


def _party(call: Call, text: str) -> Party:
    """Return the party that a text stands for, a former or merged id too."""
    from iga.cli.opening import session
    from iga.queries.core.names.resolve import is_id, subject_of

    id_ = text
    if not is_id(text):
        with session(call) as context:
            id_ = subject_of(context.on_duty(), text, parameter="party", labels=("Party",)).id
    with call.workspace.reading() as reading:
        party = _book(reading).party_with(id_)
    if party is None:
        raise NotFound(f"no party has the id {text}; iga find shows ids")
    return party
