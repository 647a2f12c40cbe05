"""What each step of a projection touched, noted beside a view for what was made of it. It can always be thrown away."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from graph.private import opener

MOST_TOUCHED = 2_000
"""Things that a step may touch for it to be noted: what was made of the view is sooner made anew than carried on."""

_MOST_BYTES = 1_000_000


class NotedStep(msgspec.Struct, frozen=True, array_like=True):
    """The state before a step and the one after it, by their hashes, and the ids of all things that it touched."""

    before: str
    after: str
    touched: tuple[str, ...]


def note_step(path: Path, *, before: str, after: str, touched: Collection[str]) -> None:
    """Add a step to those that are noted in a file; too many are forgotten.

    One that is not noted, because it touches too much or nothing can be written, is missing from then on.
    """
    if before == after or len(touched) > MOST_TOUCHED:
        return
    line = msgspec.json.encode(NotedStep(before, after, tuple(sorted(touched)))) + b"\n"
    with suppress(OSError):
        if path.exists() and path.stat().st_size > _MOST_BYTES:
            path.unlink()
        with open(path, "ab", opener=opener) as file:
            file.write(line)


def touched_between(path: Path, *, before: str, after: str) -> set[str] | None:
    """Return all things that were touched between two states; None where a step between them is not known."""
    touched: set[str] = set()
    try:
        steps = [msgspec.json.decode(line, type=NotedStep) for line in path.read_bytes().splitlines()]
    except (OSError, msgspec.MsgspecError):
        return None
    for step in reversed(steps):
        if after == before:
            break
        if step.after == after:
            touched.update(step.touched)
            after = step.before
    return touched if after == before else None
