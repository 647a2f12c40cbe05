"""Faults of the machine: too little memory, descriptors or disk, nothing that may be written, a clock that is wrong.

A command under them does all of what was asked, or says in a sentence what it lacks. Without the fault the home is then
as before or as after, and the same command brings it on.
"""

import random
import subprocess
from functools import cache
from pathlib import Path

from tests.soak.home import REFUSED, World, alone, answers, done, iga, load, plain

_DUMP = ("dump", "copy")
_SHOW = ("show", "ngo:n7")
_COMMANDS = (load(2), ("rebuild",), _DUMP, _SHOW)


def little_memory(world: World, place: Path, chance: random.Random) -> str:
    """Allow a command 100 MB to 6 GB of addresses; the embedded engine reserves more than 3 GB."""
    return _starved(world, place, chance, f"ulimit -v {int(100_000 * 60 ** chance.random())}")


def few_descriptors(world: World, place: Path, chance: random.Random) -> str:
    """Allow a command 10 to 800 files at once."""
    return _starved(world, place, chance, f"ulimit -n {int(10 * 80 ** chance.random())}")


def small_files(world: World, place: Path, chance: random.Random) -> str:
    """Allow a command no file above some kB or MB, as a quota does."""
    return _starved(world, place, chance, f"ulimit -f {int(2 * 10_000 ** chance.random())}")


def full_disk(world: World, place: Path, chance: random.Random) -> str:
    """Give a command a disk with little room left."""
    kept = f"{place}.kept"
    size_kb = _size_kb(world.homes[1]) + int(200 * 100 ** chance.random())
    under = (
        f'cp -a "{place}" "{kept}" && mount -t tmpfs -o size={size_kb}k tmpfs "{place}" && cd "{place}"'
        f' && cp -a "{kept}/." . && rm -r "{kept}"'
    )
    return _starved(world, place, chance, under, after=f'cp -a . "{kept}"', mounts=True)


def read_only(world: World, place: Path, chance: random.Random) -> str:
    """Give a command a disk that may only be read: what reads is answered, the rest refused."""
    under = f'mount --bind "{place}" "{place}" && mount -o remount,bind,ro "{place}" && cd "{place}"'
    return _starved(world, place, chance, under, mounts=True)


@cache
def can_mount() -> bool:
    """True if this account may mount disks for itself."""
    try:
        return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"], check=False).returncode == 0
    except OSError:
        return False


def _starved(
    world: World, place: Path, chance: random.Random, under: str, *, after: str = "", mounts: bool = False
) -> str:
    home = world.copy(1, place)
    words = chance.choice(_COMMANDS)
    script = f'{under}\n"$@"\ncode=$?\n{after}\nexit $code'
    ran = alone(home, *words, script=script, mounts=mounts)
    assert ran.code in (0, *REFUSED), (under, ran)
    if ran.code:
        plain(ran)
    home = Path(f"{place}.kept") if after else home
    held = done(iga(home, "hash")).out.strip()
    assert held in world.hashes[1:], (under, ran)
    assert ran.code or words != load(2) or held == world.hashes[2], (under, ran)
    if words == _DUMP and ran.code == 0:
        done(iga(home, "restore", "copy", "--store", str(home / "new/graph"), "--ledger", str(home / "new.sqlite")))
    done(iga(home, *load(2)))
    assert done(iga(home, "hash")).out.strip() == world.hashes[2], (under, ran)
    assert answers(home) == world.answers[2], (under, ran)
    done(iga(home, "verify-ledger"))
    return "told" if ran.code else "held"


def _size_kb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
