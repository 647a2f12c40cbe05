"""Set up, try, test, check, measure IGA Graph: python dev.py TARGET; without a target it lists them.

Only the standard library is needed to start it; it makes the virtual environment that the rest runs in.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
DEMO = ROOT / "demo"
QUICK = (
    "tests/acceptance/test_readme.py",
    "tests/api",
    "tests/cli",
    "tests/queries/test_examples.py",
    "tests/queries/test_golden.py",
    "-m",
    "not neo4j",
)
"""The quick half of the tests: all doors and every question, on the embedded engine."""
PACKAGES = ("graph", "ingest", "queries", "exports", "api", "cli")


def run(*command: str | Path, **environment: str) -> None:
    """Run a command in the checkout, showing what it prints; stop with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def python(*arguments: str | Path, **environment: str) -> None:
    """Run Python of the virtual environment."""
    run(BIN / "python", *arguments, **environment)


def prepare(*locks: str) -> None:
    """Make the virtual environment hold the pinned packages of the locks; does nothing when it does."""
    wanted = [ROOT / "requirements" / f"{lock}.txt" for lock in locks]
    seal = hashlib.sha256(b"".join(path.read_bytes() for path in [*wanted, ROOT / "pyproject.toml"])).hexdigest()
    stamp = VENV / f"iga-{'-'.join(locks)}.stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == seal:
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is what an older Python meets first
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if not BIN.exists():
        print("Making the virtual environment .venv …", flush=True)
        venv.create(VENV, with_pip=True)
    print(f"Installing the pinned packages ({', '.join(locks)}) …", flush=True)
    pip = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
    python(*pip, "--require-hashes", *(part for path in wanted for part in ("-r", path)))
    python(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(seal, encoding="utf-8")


def quickstart() -> None:
    """Load the bundled and sample data into a demo store, answer one question, write one memo."""
    prepare("run", "build")
    started = time.monotonic()
    demo = {"IGA_STORE": f"embedded:{DEMO / 'graph'}", "IGA_LEDGER": str(DEMO / "ledger.sqlite"), "PYTHONUTF8": "1"}
    iga = ("-m", "cli.main")
    python(*iga, "load", "--bundled", **demo)
    python(*iga, "load", "--sample", **demo)
    print('\n$ iga ask contact --party OSCE --topic "child trafficking"\n', flush=True)
    python(*iga, "ask", "contact", "--party", "OSCE", "--topic", "child trafficking", **demo)
    for ending in ("docx", "pdf"):
        python(*iga, "memo", "government", "Ghana", "-o", DEMO / f"ghana.{ending}", **demo)
    print(f"\nDone in {time.monotonic() - started:.0f} s. The demo store is {DEMO}; the memo is {DEMO / 'ghana.docx'}.")
    print(f"To go on: export IGA_STORE=embedded:{DEMO / 'graph'} and type {BIN / 'iga'} ask")


def test() -> None:
    """Run the tests: unit, property, contract, acceptance. Arguments go to pytest."""
    prepare("dev", "build")
    run(*pytest(), *sys.argv[2:])


def test_later() -> None:
    """Run the quick half of the tests a day, a year and five years ahead; needs faketime. Arguments go to pytest."""
    prepare("dev", "build")
    if not shutil.which("faketime"):
        sys.exit("faketime, which moves the clock of the tests, is not installed: apt-get install faketime")
    # Waits and the days of files go by the true clock: Python would compile each module anew, and with the waits that
    # libfaketime 0.9.10 mends the embedded engine spins, which takes five times as long.
    move, true = ("faketime", "--exclude-monotonic", "-f"), {"NO_FAKE_STAT": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}
    for ahead in ("+1d", "+1y", "+5y"):
        print(f"The tests at {ahead} …", flush=True)
        run(*move, ahead, *pytest(), "--quiet", *QUICK, *sys.argv[2:], **true)


def pytest() -> tuple[str | Path, ...]:
    """Return the command that runs pytest, by as many workers as there are processors unless it is told how many."""
    workers = () if any(a.startswith("-n") for a in sys.argv[2:]) else ("-n", str(min(os.cpu_count() or 1, 4)))
    return (BIN / "python", "-m", "pytest", "--dist", "loadgroup", *workers)


def check() -> None:
    """Check layout, style, types, layers, and that the generated pages are fresh."""
    prepare("dev", "build")
    python("-m", "ruff", "format", "--check", "--quiet", ".")
    python("-m", "ruff", "check", "--quiet", ".")
    python("-m", "mypy")
    python("-m", "mypy", "tests", "bench", "dev.py")
    run(BIN / "lint-imports")
    python("-m", "cli.pages", "--check")


def docs() -> None:
    """Write the generated pages: docs/schema.md, docs/questions.md, docs/cli.md, docs/openapi.json."""
    prepare("dev", "build")
    python("-m", "cli.pages")


def bench() -> None:
    """Measure speed and print a table with the machine and the versions. Arguments go to the benchmark."""
    prepare("dev", "build")
    python("-m", "bench", *sys.argv[2:])


def bench_match() -> None:
    """Measure how well and how fast names are compared. Arguments go to the benchmark."""
    prepare("dev", "build")
    python("-m", "bench.matching", *sys.argv[2:])


def lock() -> None:
    """Write requirements/*.txt anew with hashes; needs uv."""
    compiled = (
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--python-version",
        "3.11",
        "--custom-compile-command",
        "python dev.py lock",
        "pyproject.toml",
    )
    run(*compiled, "-o", "requirements/run.txt")
    run(*compiled, "--group", "dev", "-o", "requirements/dev.txt")
    run(*compiled[:-1], "--group", "build", "-o", "requirements/build.txt")


def clean() -> None:
    """Remove the demo store; the virtual environment stays."""
    shutil.rmtree(DEMO, ignore_errors=True)


TARGETS: dict[str, Callable[[], None]] = {
    target.__name__.replace("_", "-"): target
    for target in (quickstart, test, test_later, check, bench, bench_match, docs, lock, clean)
}


def main() -> None:
    """Run the target named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        lines = [f"  {target:<11} {(call.__doc__ or '').splitlines()[0]}" for target, call in TARGETS.items()]
        sys.exit("\n".join(["usage: python dev.py TARGET", *lines]))
    TARGETS[name]()


if __name__ == "__main__":
    main()
