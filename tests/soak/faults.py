"""The faults: each breaks a copy of the world by chance, and returns whether that was told, or made no difference.

Whatever is answered is what the clean run answers. What is refused is refused with a sentence that names a command, and
the commands that are named bring the world back to the hash of the clean run.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from tests.acceptance.test_upgrade import HASH, LEDGERS
from tests.soak.home import QUESTIONS, Ran, World, answers, done, iga, killed, load, plain

Fault: TypeAlias = Callable[[World, Path, random.Random], str]
"""Takes the world, a free folder and chance; returns the outcome in a word, raises `AssertionError` if it is broken."""

BLOCK = 512
_MOST_LOSSES = 2


def damaged_ledger(world: World, place: Path, chance: random.Random) -> str:
    """Change the ledger's file."""
    home = world.copy(2, place)
    changed(home / "ledger.sqlite", chance)
    return _told_and_mended(world, home)


def damaged_graph(world: World, place: Path, chance: random.Random) -> str:
    """Change a file of the graph, its seal, an index, or what stands beside the ledger."""
    home = world.copy(2, place)
    beside = [home / "graph.seal", home / "ledger.sqlite.head", *(home / "graph.views").glob("*.sqlite")]
    files = beside if chance.random() < 0.3 else sorted((home / "graph").iterdir())
    changed(chance.choice([path for path in files if path.is_file() and path.stat().st_size]), chance)
    return _told_and_mended(world, home)


def damaged_log(world: World, place: Path, chance: random.Random) -> str:
    """Lose, cut or change the log of the ledger, with the last load in it."""
    home = world.copy(1, place)
    kept = place.with_name(f"{place.name}.log")
    with closing(sqlite3.connect(home / "ledger.sqlite")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM load").fetchone()  # who reads keeps the log from being written back
        done(iga(home, *load(2)))
        shutil.copytree(home, kept)
    log = kept / "ledger.sqlite-wal"
    (kept / "ledger.sqlite-shm").unlink(missing_ok=True)
    assert log.stat().st_size
    log.unlink() if chance.random() < 0.3 else changed(log, chance)
    return _told_and_mended(world, kept)


def killed_load(world: World, place: Path, chance: random.Random) -> str:
    """Kill a load."""
    home = world.copy(1, place)
    ran = _cut_off(home, *load(2), chance=chance)
    _is_one_of(world, home, 2 if ran.code == 0 else 1, 2)
    done(iga(home, *load(2)))
    return _whole(world, home, ran)


def killed_rebuild(world: World, place: Path, chance: random.Random) -> str:
    """Kill a rebuild."""
    home = world.copy(2, place)
    ran = _cut_off(home, "rebuild", chance=chance)
    return _whole(world, home, ran)


def killed_dump(world: World, place: Path, chance: random.Random) -> str:
    """Kill a dump: it is whole, or refused."""
    home = world.copy(2, place)
    ran = _cut_off(home, "dump", "copy", chance=chance)
    (home / "new").mkdir()
    restored = iga(home, "restore", "copy", "--store", f"embedded:{home / 'new' / 'graph'}", *_ledger(home / "new"))
    assert restored.code == 0 if ran.code == 0 else restored.code in (0, 3), restored
    return _whole(world, home, ran)


def killed_restore(world: World, place: Path, chance: random.Random) -> str:
    """Kill a restore, ask, and restore again: into a ledger that has its loads already it is refused."""
    home = world.copy(0, place)
    shutil.copytree(world.dump, home / "dump")
    ran = _cut_off(home, "restore", "dump", chance=chance)
    iga(home, "find", "Partner")
    again = iga(home, "restore", "dump")
    assert again.code == 0 or "holds loads already" in again.err, again
    _is_one_of(world, home, 1, 1)
    done(iga(home, *load(2)))
    return _whole(world, home, ran)


def killed_mending(world: World, place: Path, chance: random.Random) -> str:
    """Kill the mending of a damaged ledger, and mend it again."""
    home = world.copy(2, place)
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger:
        ledger.execute("UPDATE row_version SET locator = 'elsewhere' WHERE load_no = 1 AND row_id % 7 = 0")
        ledger.commit()
    ran = _cut_off(home, "restore", "dump", "--mend", chance=chance)
    done(iga(home, "restore", "dump", "--mend"))
    return _whole(world, home, ran)


def killed_upgrade(world: World, place: Path, chance: random.Random) -> str:
    """Kill the first command on a ledger of an older form."""
    home = world.copy(0, place)
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger:
        ledger.executescript(LEDGERS[0].read_text(encoding="utf-8"))
    ran = _cut_off(home, "status", chance=chance)
    assert done(iga(home, "hash")).out.strip() == HASH
    done(iga(home, "verify-ledger"))
    return "killed" if ran.code < 0 else "held"


def clock_back(world: World, place: Path, chance: random.Random) -> str:
    """Load and rebuild by a clock that stands years before or after the one of the load before."""
    home = world.copy(1, place)
    now = f"{chance.choice((1987, 2001, 2025, 2038, 2106))}-0{chance.randrange(1, 10)}-11T08:00:00Z"
    for words in (load(2), ("rebuild",)):
        done(iga(home, *words, environ={"IGA_NOW": now}))
    assert done(iga(home, "hash")).out.strip() == world.hashes[2]
    assert answers(home) == world.answers[2]
    done(iga(home, "verify-ledger"))
    return "held"


FAULTS: tuple[Fault, ...] = (
    damaged_ledger, damaged_graph, damaged_log, killed_load, killed_rebuild, killed_dump, killed_restore,
    killed_mending, killed_upgrade, clock_back,
)  # fmt: skip  # read across, like the rows of a table


def changed(path: Path, chance: random.Random) -> None:
    """Flip a bit of a file, write over a byte, blank a block, or cut the file short."""
    held = bytearray(path.read_bytes())
    at = chance.randrange(len(held))
    match chance.randrange(4):
        case 0:
            held[at] ^= 1 << chance.randrange(8)
        case 1:
            held[at] = (held[at] + chance.randrange(1, 256)) % 256
        case 2:
            held[at : at + BLOCK] = bytes(len(held[at : at + BLOCK]))
        case _:
            del held[at:]
    path.write_bytes(held)


def _cut_off(home: Path, *words: str, chance: random.Random) -> Ran:
    """Run a command and kill it within the time that such a command takes, or soon after."""
    return killed(home, *words, after_s=chance.uniform(0.3, 4))


def _ledger(folder: Path) -> tuple[str, str]:
    return "--ledger", str(folder / "ledger.sqlite")


def _is_one_of(world: World, home: Path, *numbers: int) -> None:
    """See to it that a home is as after one of some loads: the graph, what it answers, and the ledger."""
    held = done(iga(home, "hash")).out.strip()
    number = next((number for number in numbers if world.hashes[number] == held), None)
    assert number is not None, f"{home} is as after none of the loads {numbers}: {held}"
    assert answers(home) == world.answers[number], home
    done(iga(home, "verify-ledger"))


def _whole(world: World, home: Path, ran: Ran) -> str:
    _is_one_of(world, home, 2)
    return "killed" if ran.code < 0 else "held"


def _told_and_mended(world: World, home: Path) -> str:
    """Ask a damaged home, do what it says until it is whole, and return whether anything was told."""
    was_told = sum(_is_told(world, home, question) for question in QUESTIONS)
    looked = iga(home, "doctor")
    if looked.code:
        plain(looked)
    for _ in range(_MOST_LOSSES):
        if iga(home, "verify-ledger").code == 0 and "loads are missing" not in iga(home, "status").err:
            break
        mended = iga(home, "restore", "dump", "--mend")
        if mended.code not in (0, 3):  # what came after the dump is lost: its file is loaded again
            plain(mended)
            alone = ("--dump-alone",) if "--dump-alone" in mended.err else ("--without", "2")
            mended = iga(home, "restore", "dump", "--mend", *alone)
            assert mended.code in (0, 3), mended
    done(iga(home, "rebuild"))
    if done(iga(home, "hash")).out.strip() == world.hashes[1]:
        done(iga(home, *load(2)))
    _is_one_of(world, home, 2)
    return "told" if was_told or looked.code else "held"


def _is_told(world: World, home: Path, question: tuple[str, ...]) -> bool:
    ran = iga(home, *question)
    if ran.code == 0:
        assert ran.out in world.answers[2], f"{home}: {question} is answered otherwise than when whole:\n{ran.out}"
        return False
    plain(ran)
    return True
