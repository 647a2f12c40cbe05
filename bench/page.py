"""Writes the page of figures: docs/performance.md."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.figures import Figure
from bench.questions import BYTES_PER_TIE, PER_TIE

_HEAD = """<!-- Written by `python dev.py bench --write`: do not edit. -->
# How fast it is

Measured, not promised. Each figure is from a process of its own, in an environment as users have it
(`requirements/run.txt`); where two ways are compared, they took turns. *Processors* is what all of a measure took of
processors, of the measured process alone; *clock* what it took by the clock; *load* the load average of the machine at
its end: above the number of processors, the clock says more of the machine than of the program; *pace* what ten
million additions in Python took then, in seconds of a processor. They take 0.6 s on this machine while nobody else uses
it; at a pace of 1.2 a figure is about twice what it is then. `p50` is the middle of many. `python dev.py bench --write`
measures and writes this page anew; `--growth 10000 100000 1000000` adds graphs of so many entities.
"""


def written(path: Path, machine: str, figures: Sequence[Figure]) -> None:
    """Write the page of a run on a machine."""
    lines = [_HEAD, *(f"- {line}" for line in machine.splitlines()), "", *_table(figures)]
    if missed := [figure for figure in figures if figure.verdict.startswith("missed")]:
        lines += ["", "## What holds what is missed", "", *_reasons(missed)]
    lines += _on_paper(figures)
    path.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def _table(figures: Iterable[Figure]) -> Iterable[str]:
    yield "| What | Figure | Target | | Processors | Clock | Load | Pace |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in figures:
        spent = f"{one.cpu_s:,.1f} s | {one.wall_s:,.1f} s | {one.load:.1f} | {one.pace_s:.2f}"
        yield f"| {one.what} | {_number(one.value)} {one.unit} | {one.target} | {one.verdict} | {spent} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _reasons(missed: Iterable[Figure]) -> Iterable[str]:
    """Give each reason once, with what it holds."""
    held: dict[str, list[str]] = {}
    for figure in missed:
        held.setdefault(figure.held_by or "Not looked into yet.", []).append(f"{figure.what} ({figure.verdict})")
    for reason, whats in held.items():
        yield f"- {reason} It holds: {'; '.join(whats)}."


_PAPER = 100_000_000


def _on_paper(figures: Sequence[Figure]) -> Iterable[str]:
    """Say what the largest graph that was made comes to at a hundred million relationships."""
    per_tie = [figure for figure in figures if figure.what.startswith(PER_TIE)]
    held = [figure for figure in figures if figure.what.startswith(BYTES_PER_TIE)]
    if per_tie and held:
        hours, size = per_tie[-1].value * _PAPER / 1e6 / 3600, held[-1].value * _PAPER / 1e9
        yield from ("", f"## On paper: {_PAPER:,} relationships", "")
        yield (
            f"At what each costs in the largest graph above, {hours:,.0f} hours of one processor and {size:,.0f} GB on"
            " disks. Reading rows and writing them to the ledger is one writer's; the projection into Neo4j goes on a"
            " cluster as fast as its leader writes, and reads spread over its members. Nobody has run it."
        )
