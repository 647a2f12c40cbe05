"""`iga restrict`, `iga hold`, `iga erase`: what the office does when a person asks, or the law keeps it from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from iga.cli.changing import brought_up, signed_by
from iga.cli.command import Call, IgaCommand, pass_call
from iga.cli.opening import session
from iga.graph.domain.parties import is_person
from iga.graph.errors import Denied, FileRefused, NotFound, UsageError
from iga.graph.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from iga.entering.person_orders import Carried, Order
    from iga.graph.ledger.erasure import Erasure
    from iga.graph.ledger.ledger import Ledger
    from iga.queries.core.names.people_on_record import PersonOnRecord

_OUTSIDE = (
    "Earlier dumps and backups hold the person: make a new dump with iga dump, and destroy the old ones.",
    "The audit log keeps that the person was shown: ids and names of fields, no values.",
)


@click.command("restrict", cls=IgaCommand)
@click.argument("person")
@click.option("--because", required=True, metavar="TEXT", help="Why, without the person's name.")
@click.option("--release", is_flag=True, help="Lift the restriction: what loads say counts again as they mark it.")
@pass_call
def restrict(call: Call, /, *, person: str, because: str, release: bool) -> None:
    """Leave a person out of every use, and show the person only to those who may see what is sensitive; or lift that.

    What later loads say of the person is marked so as well. A consent opens the uses that it is for.

    Example: iga restrict "Ada Example" --because "asked for it by letter of May 4"
    """
    subject, done = _ordered(call, person, "restriction", because, is_lifted=release)
    if call.as_json:
        counts = {"rows_marked_anew": done.rows, "rows_kept": done.kept}
        call.console.document({"person": subject.id, "stands": done.stands, **counts})
        return
    if release:
        call.console.say(f"{subject.id} is released. Rows that have their own marking again: {done.rows}.")
    else:
        call.console.say(f"{subject.id} is restricted: {counted(done.rows, 'row')} marked sensitive.")
    if done.kept:
        call.console.say(f"  Rows that stay sensitive: {done.kept}. Load their files again to mark them as these say.")


@click.command("hold", cls=IgaCommand)
@click.argument("person")
@click.option("--authority", required=True, metavar="TEXT", help="Who ordered it, by which reference.")
@click.option(
    "--kind",
    type=click.Choice(["legal", "access-request"]),
    default="legal",
    show_default=True,
    help="A legal hold, or a request to see what is held that is not answered yet.",
)
@click.option("--release", is_flag=True, help="Lift the hold.")
@pass_call
def hold(call: Call, /, *, person: str, authority: str, kind: Order, release: bool) -> None:
    """Keep a person from being erased, or lift that.

    Example: iga hold "Ada Example" --authority "Legal Adviser, hold 2026-14"
    """
    subject, done = _ordered(call, person, kind, authority, is_lifted=release)
    call.tell({"person": subject.id, "kind": kind, "stands": done.stands}, f"{subject.id} is {done.stands} ({kind}).")


@click.command("holds", cls=IgaCommand)
@pass_call
def holds(call: Call, /) -> None:
    """List the holds, open access requests and restrictions that stand, each with its authority; no names are kept.

    Example: iga holds
    """
    from iga.entering.person_orders import standing_orders

    found = standing_orders(call.workspace.everything())
    if call.as_json:
        call.console.document({"holds": [{"kind": it.kind, "authority": it.authority} for it in found]})
        return
    for it in found:
        call.console.say(f"{it.kind}: {it.authority}")
    if not found:
        call.console.say("Nobody is held or restricted.")


@click.command("erase", cls=IgaCommand)
@click.argument("person")
@click.option("--authority", required=True, metavar="TEXT", help="Who decided it, by which reference; no name.")
@click.option("--beside", multiple=True, metavar="FOLDER", help="Folder where loaded files are; repeatable.")
@click.option("--admit", is_flag=True, help="Let a namesake of somebody erased in; PERSON is the rejected id.")
@click.option("--release", is_flag=True, help="With --admit: take that back for later loads.")
@pass_call
def erase(call: Call, /, *, person: str, authority: str, beside: tuple[str, ...], admit: bool, release: bool) -> None:
    """Destroy all that is held of a person, for good; later loads do not bring the person back.

    The person's rows go from what loads left beside files (FILE.rejected.csv, FILE.could-not.csv), too: where the
    ledger notes that they left it, in this folder and in those of --beside. Files that were sent to a service go whole.
    Refused under a hold or an open access request. It prints what it cannot reach. Stopped on the way, it is finished
    by running it again.

    Example: iga erase "Ada Example" --authority "Privacy Office, decision 2026-31"
    """
    from iga.entering.person_orders import keep_back
    from iga.graph.ledger.erasure import erase as erased
    from iga.graph.ledger.erasure import texts_left

    if release and not admit:
        raise UsageError("what is erased cannot be released; --release goes with --admit")
    if admit:
        _admit(call, person, authority, is_lifted=release)
        return
    try:
        subject = _subject(call, person, authority)
    except NotFound:
        _finish(call, person, beside)
        return
    exports = [act for act in call.workspace.audit_log.who_saw(subject.ids) if act.is_disclosure]
    with call.workspace.changing("iga erase") as ledger:
        kept_back = keep_back(ledger, subject, signed_by(call, authority))
        done = erased(ledger, subject.ids, by=call.who, authority=authority)
        left = texts_left(ledger, done)
        count, refused = _taken_out(call, ledger, beside, done.is_in_row)
        is_wiped = call.workspace.forget()
    outside = [
        *(_restricted(it) for it in kept_back),
        *refused,
        *(f"Made on {act.at[:10]}, {act.act}{f' for {act.recipient}' if act.recipient else ''}." for act in exports),
        *(f"{file}, where it is still there." for file in sorted(done.files)),
        *(
            f"It mentions the person in what it says of others, or in its name: {source}, row {row_key}."
            for source, row_key in left
        ),
        *_beyond(call, ledger, is_wiped=is_wiped),
    ]
    _tell(call, done, count, outside)


def _restricted(id_: str) -> str:
    """Return what is to be done about something that was kept back beside an erasure."""
    if is_person(id_):
        return (
            f"{id_} may be the same person, and is restricted now. If it is: iga erase {id_}."
            f" If it is another: iga restrict {id_} --release."
        )
    return (
        f"{id_} names the person, or is an address of theirs, and is restricted now. If it is about another:"
        f" iga restrict {id_} --release. If not: iga correct or iga withdraw, or the file that says it, changes it."
    )


def _subject(call: Call, person: str, reason: str) -> PersonOnRecord:
    """Return who is meant; raises as `person_meant` does."""
    from iga.entering.person_orders import person_meant

    _refuse_below_sensitive(call)
    with session(call) as context:
        return person_meant(context.on_duty(), person, reason=reason)


def _ordered(call: Call, person: str, order: Order, reason: str, *, is_lifted: bool) -> tuple[PersonOnRecord, Carried]:
    """Give or lift an order, and return whom it is about and what became of it."""
    from iga.entering.person_orders import give, lift
    from iga.ingest.subjects import is_id
    from iga.queries.core.names.people_on_record import PersonOnRecord

    act = "iga restrict" if order == "restriction" else "iga hold"
    is_thing = is_lifted and is_id(person) and not is_person(person)  # what names somebody who was erased
    subject = PersonOnRecord(person, person, (person,)) if is_thing else _subject(call, person, reason)
    with call.workspace.changing(act) as ledger:
        done = (lift if is_lifted else give)(ledger, subject, order, signed_by(call, reason))
        brought_up(call)
    return subject, done


def _refuse_below_sensitive(call: Call) -> None:
    if not call.workspace.reader.sees_all:
        raise Denied("this is for those who may see what is sensitive")


def _admit(call: Call, person: str, authority: str, *, is_lifted: bool) -> None:
    """Let a namesake of somebody who was erased in, by id, or take that back; the audit log notes the id."""
    from iga.graph.ledger.people_register import admit, release
    from iga.queries.core.answer import Subject

    _refuse_below_sensitive(call)
    with session(call) as context:
        context.resolved[person, "person", ()] = Subject(id=person, cls="Person", name="", iso3=None)
    call.acting.act = "erase --admit"
    with call.workspace.changing("iga erase --admit") as ledger:
        if not is_lifted:
            admit(ledger, person, authority=authority, by=call.who)
        elif not release(ledger, [person], kind="admitted", authority=authority, by=call.who):
            raise NotFound(f"{person} was not let in: there is nothing to take back")
        brought_up(call)
    if call.as_json:
        call.console.document({"person": person, "stands": "released" if is_lifted else "admitted"})
    elif is_lifted:
        call.console.say(f"{person} is kept out of later loads again.")
    else:
        call.console.say(f"{person} is let in, whatever its name: load the file again.")


def _taken_out(
    call: Call, ledger: Ledger, beside: Sequence[str], is_theirs: Callable[[Sequence[str]], bool]
) -> tuple[int, list[str]]:
    """Take the person's rows out of what loads left beside files; return how many, and what was not reached."""
    from iga.graph.ledger.left_files import forget_left, left_files
    from iga.ingest.corrections import left_in, take_rows_out

    noted, since = left_files(ledger)
    headers = ledger.headers()
    names = {name for header in headers for name, _ in header.files}
    folders = {call.path(folder).resolve() for folder in (".", *beside)}
    there = [path for path in noted if path.is_symlink() or path.exists()]
    count, refused = 0, list[str]()
    found = {*there, *(path for folder in folders for path in left_in(folder, names))}
    for path in sorted(found):
        try:
            count += take_rows_out(path, is_theirs)
        except FileRefused as error:
            refused.append(error.message)
    looked_at = {path.name for path in found}
    uploads = str(call.workspace.settings.uploads.absolute())
    missing = [path for path in noted if path not in there and not str(path).startswith(uploads)]
    forget_left(ledger, [path for path in noted if (path in there and not path.exists()) or is_theirs([str(path)])])
    if moved := [str(path) for path in missing if path.name not in looked_at]:
        refused.append(f"Not where a load left it: {', '.join(moved)}. If it was moved, name its folder with --beside.")
    earlier = {name for header in headers if since is None or header.no < since for name, _ in header.files}
    if unknown := sorted(name for name in earlier - {"erased"} - _bundled() if not _lies_in(folders, name)):
        refused.append(
            f"Nothing says from which folders these were loaded: {', '.join(unknown)}."
            " Name the folders with --beside, so that rejected rows are destroyed there, too."
        )
    return count, refused


def _bundled() -> set[str]:
    """Return the names of the files that come with the program: their loads leave nothing beside them."""
    from iga.ingest.reference_files import REFERENCE

    return {path.name for path in REFERENCE.rglob("*.*")}


def _lies_in(folders: Collection[Path], name: str) -> bool:
    from iga.ingest.corrections import left_in

    return any((folder / name).exists() or left_in(folder, [name]) for folder in folders)


def _finish(call: Call, person: str, beside: Sequence[str]) -> None:
    """Make sure that nothing is left of somebody who was erased before; raises NotFound where nobody was."""
    from iga.graph.ledger.erasure import ErasedBefore

    with call.workspace.changing("iga erase") as ledger:
        erased = ErasedBefore.of(ledger, person.strip())
        if erased is None:
            raise NotFound(f"name: nothing was ever called {person!r}")
        count, refused = _taken_out(call, ledger, beside, erased.is_in_row)
        is_wiped = call.workspace.forget()
    outside = [*refused, *_beyond(call, ledger, is_wiped=is_wiped)]
    call.tell(
        {"erased_before": True, "rejected_rows": count, "outside": outside},
        f"This person was erased before. The graph was made anew. Rejected rows destroyed now: {count}. Not reached:",
        *(f"  {sentence}" for sentence in outside),
    )


def _beyond(call: Call, ledger: Ledger, *, is_wiped: bool) -> tuple[str, ...]:
    """Return what an erasure never reaches, a sentence each."""
    from iga.graph.ledger.erasure import copies_beside

    is_on_neo4j = call.workspace.settings.embedded_path is None
    servers = (
        (not is_wiped, "Somebody reads the ledger now, and its log stays till then: run this once more."),
        ("://" in ledger.name, "PostgreSQL keeps its write-ahead log and its backups for as long as it is set to."),
        (is_on_neo4j, "Neo4j keeps its transaction logs and backups."),
        (
            is_on_neo4j,
            "Services that run let go of the person before their next answer, other machines when they start.",
        ),
    )
    copies = (f"{path} is a copy of the ledger as it was: destroy it." for path in copies_beside(ledger))
    return (*copies, *_OUTSIDE, *(sentence for is_so, sentence in servers if is_so))


def _tell(call: Call, done: Erasure, rejected: int, outside: list[str]) -> None:
    counts = {
        **{"rows": done.rows, "destroyed": done.destroyed, "shortened": done.shortened, "watches": done.watches},
        "rejected_rows": rejected,
    }
    call.tell(
        {"person": done.ids[0], **counts, "outside": outside},
        f"{done.ids[0]} is erased: {done.destroyed} versions of rows destroyed, {done.shortened} shortened,"
        f" {done.watches} watches changed, {rejected} rejected rows destroyed. Not reached:",
        *(f"  {sentence}" for sentence in outside),
    )
