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
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tests.selections import EVERY_BRANCH, LATER, QUICK, REST

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
DEMO = ROOT / "demo"
PRACTICE = DEMO / "practice"
ROOMS = ("graph", "ingest", "queries", "exports", "entering", "api", "cli")
PACKAGE = ROOT / "build" / "package"
"""Holds the package `iga` as it is installed, by links: for tools that look for it without importing it."""
NODE = ROOT / "requirements" / "node.txt"
"""Lock of Node, which builds what the pages are dressed in; only where a machine has no npm."""


def run(*command: str | Path, at: Path = ROOT, **environment: str) -> None:
    """Run a command in the checkout or a folder of it, showing what it prints; stop with its exit code if it fails."""
    # Compiled modules are kept as every user's Python keeps them: the tests start the program some hundred times.
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    done = subprocess.run([str(part) for part in command], cwd=at, env=kept, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def python(*arguments: str | Path, **environment: str) -> None:
    """Run Python of the virtual environment."""
    run(BIN / "python", *arguments, at=ROOT, **environment)


def prepare(*locks: str) -> None:
    """Make the virtual environment hold the pinned packages of the locks; does nothing when it does."""
    wanted = [ROOT / "requirements" / f"{lock}.txt" for lock in locks]
    pages = ROOT / "api" / "pages"
    dress = (pages / "plain.css", *sorted(path for path in (pages / "assets").iterdir() if path.is_file()))
    sealed = (*wanted, ROOT / "pyproject.toml", ROOT / "hatch_build.py", NODE, *dress)
    seal = hashlib.sha256(b"".join(path.read_bytes() for path in sealed)).hexdigest()
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
    if shutil.which("npm") is None:  # others need not load its 60 MB; where it cannot be had, the pages are plain
        command = (str(BIN / "python"), *pip, "--require-hashes", "-r", str(NODE))
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    python(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(seal, encoding="utf-8")


def quickstart() -> None:
    """Load the bundled data into a demo store, the sample into a practice store; answer two questions, write a memo."""
    prepare("run", "build")
    started = time.monotonic()
    demo = {"IGA_STORE": f"embedded:{DEMO / 'graph'}", "IGA_LEDGER": str(DEMO / "ledger.sqlite"), "PYTHONUTF8": "1"}
    demo |= {"IGA_STANDBY": "off"}
    iga = ("-m", "iga")
    python(*iga, "load", "--bundled", **demo)
    if not PRACTICE.exists():
        PRACTICE.mkdir(mode=0o700)
        shutil.copytree(DEMO / "graph", PRACTICE / "graph")
        shutil.copy(DEMO / "ledger.sqlite", PRACTICE)
    python(*iga, "--practice", "load", "--sample", **demo)
    for words in (("ask", "gaps", "palermo", "osce"), ("--practice", "ask", "contact", "osce", "child trafficking")):
        print(f"\n$ iga {' '.join(words)}\n", flush=True)
        python(*iga, *words, **demo)
    for ending in ("docx", "pdf"):
        python(*iga, "memo", "government", "Ghana", "-o", DEMO / f"ghana.{ending}", **demo)
    print(f"\nDone in {time.monotonic() - started:.0f} s. The demo store is {DEMO}; the memo is {DEMO / 'ghana.docx'}.")
    print(f"To go on: export IGA_STORE=embedded:{DEMO / 'graph'} and type {BIN / 'iga'} ask")
    print(f"The fictional people and meetings are apart, in {PRACTICE}: {BIN / 'iga'} --practice ask")
    print(f"The same in a browser, signed in as yourself: {BIN / 'iga'} open")


def test() -> None:
    """Run the tests that need no server and no browser and are not slow; some minutes. Arguments go to pytest."""
    prepare("dev", "build")
    run(*pytest(), *QUICK, *sys.argv[2:])


def test_rest() -> None:
    """Run what `test` leaves out: slow tests, servers, a browser, more examples of laws. Arguments go to pytest."""
    prepare("dev", "build")
    run(*pytest(), *REST, *sys.argv[2:], IGA_TEST_LAWS=os.environ.get("IGA_TEST_LAWS", "100"))


def test_all() -> None:
    """Run all the tests at once: unit, property, contract, acceptance. Arguments go to pytest."""
    prepare("dev", "build")
    run(*pytest(), *sys.argv[2:], IGA_TEST_LAWS=os.environ.get("IGA_TEST_LAWS", "100"))


def coverage() -> None:
    """Run the tests and list the branches of the product that none took; fails below 95 %. Arguments go to pytest."""
    prepare("dev", "build")
    interpreter, *tests = pytest()
    python("-m", "coverage", "erase")
    run(interpreter, "-m", "coverage", "run", *tests, *sys.argv[2:])
    python("-m", "coverage", "combine", "--quiet")
    python("-m", "coverage", "report")
    python("-m", "coverage", "report", "--fail-under=100", f"--include={EVERY_BRANCH}")


def test_later() -> None:
    """Run the tests of the doors with the clock on a leap day five to nine years ahead. Arguments go to pytest.

    One far round finds what several did. A fixture that counts from the real day, and code that looks at another clock
    than its own, fail on any other day; keys, consents and terms that nobody renews have ended by then; it is another
    season and fiscal year than that of the manual; and only on a leap day does a year more or less name no day at all.
    A day and a year ahead showed less of each.
    """
    prepare("dev", "build")
    year = datetime.now(UTC).year + 5
    later = datetime(year + 4 - year % 4, 2, 29, 23, 30, tzinfo=UTC).isoformat(timespec="seconds")
    print(f"The tests at {later} …", flush=True)
    run(*pytest(), "--quiet", *LATER, *sys.argv[2:], IGA_NOW=later)


def soak() -> None:
    """Try faults (damage, kills, lost logs): --minutes 60, --seed 1; then kills, every reader, every operation."""
    prepare("dev", "build")
    python("-m", "tests.soak", *sys.argv[2:])
    long = ("tests/acceptance/test_kill.py", "tests/acceptance/test_non_interference.py")
    python("-m", "pytest", "-n", "2", *long, IGA_TEST_KILLS="200")
    python("-m", "pytest", "-n", "2", "tests/api/test_every_operation.py", IGA_TEST_EXAMPLES="50")
    python("-m", "pytest", "-n", "2", "-m", "hypothesis", IGA_TEST_LAWS="500")


def pytest() -> tuple[str | Path, ...]:
    """Return the command that runs pytest, by as many workers as there are processors unless it is told how many."""
    workers = () if any(word.startswith("-n") for word in sys.argv[2:]) else ("-n", str(min(os.cpu_count() or 1, 4)))
    return (BIN / "python", "-m", "pytest", *workers)


def check() -> None:
    """Check layout, style, types, layers, that the generated pages are fresh, and known advisories."""
    prepare("dev", "build")
    with ThreadPoolExecutor() as beside:  # the pages take as long as the types
        pages = beside.submit(python, "-m", "docs.making.pages", "--check")
        python("-m", "ruff", "format", "--check", "--quiet", ".")
        python("-m", "ruff", "check", "--quiet", ".")
        link_package()
        beside_it = ("docs", "tests", "bench", "dev.py", "hatch_build.py")
        types = ("-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", ROOT / ".mypy_cache")
        run(BIN / "python", *types, at=PACKAGE)
        run(BIN / "python", *types, *(ROOT / name for name in beside_it), at=PACKAGE, MYPYPATH=str(ROOT))
        layers = ("--config", ROOT / "pyproject.toml", "--cache-dir", ROOT / ".import_linter_cache")
        run(BIN / "lint-imports", *layers, at=PACKAGE)
        python("-m", "docs.making.advisories")
        pages.result()
    print("All checks hold.")


def link_package() -> None:
    """Lay out the package `iga` as it is installed; where the system refuses links (Windows), by copies."""
    shutil.rmtree(PACKAGE, ignore_errors=True)
    shutil.copytree(ROOT / "iga", PACKAGE / "iga", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ROOMS:
        try:
            (PACKAGE / "iga" / room).symlink_to(ROOT / room, target_is_directory=True)
        except OSError:
            shutil.copytree(ROOT / room, PACKAGE / "iga" / room)


def assets() -> None:
    """Build what the pages are dressed in, or say why that cannot be; does nothing where nothing has changed."""
    prepare("build")
    python("hatch_build.py")


def docs() -> None:
    """Write the generated pages: docs/schema.md, docs/questions.md, docs/cli.md, api/openapi.json."""
    prepare("dev", "build")
    python("-m", "docs.making.pages")


def pictures() -> None:
    """Take the pictures of the pages anew; needs Chromium."""
    prepare("dev", "build")
    python("-m", "docs.making.page_pictures")


def site() -> None:
    """Build the manual as a site in site/, with search and navigation; it loads nothing from elsewhere."""
    prepare("docs")
    python("-m", "mkdocs", "build", "--quiet", "--clean")
    print(f"The manual is {ROOT / 'site' / 'questions' / 'index.html'}")


def new() -> None:
    """Write the skeleton of a question with its test: new question NAME ROOM."""
    prepare("dev", "build")
    if sys.argv[2:3] != ["question"]:
        sys.exit("usage: python dev.py new question NAME ROOM")
    python("-m", "docs.making.new_question", *sys.argv[3:])


def bench() -> None:
    """Measure speed and print a table with the machine and the versions. Arguments go to the benchmark."""
    prepare("dev", "build")
    python("-m", "bench", *sys.argv[2:])


def bench_match() -> None:
    """Measure how well and how fast names are compared. Arguments go to the benchmark."""
    prepare("dev", "build")
    python("-m", "bench.matching", *sys.argv[2:])


def bench_words() -> None:
    """Measure how questions in plain words are understood, on the labelled sample beside the checkout."""
    prepare("dev", "build")
    python("-m", "bench.words", *sys.argv[2:])


def learn_words() -> None:
    """Learn from phrasings and texts anew which words speak for which question."""
    prepare("dev", "build")
    python("-m", "bench.learning_words")


def lock() -> None:
    """Write requirements/*.txt anew with hashes, and the lock of the assets; needs uv and npm."""
    options = ("--quiet", "--universal", "--generate-hashes", "--python-version", "3.11")
    compiled = ("uv", "pip", "compile", *options, "--custom-compile-command", "python dev.py lock", "pyproject.toml")
    run(*compiled, "--extra", "mcp", "--group", "dev", "-o", "requirements/dev.txt")
    alike = ("--constraint", "requirements/dev.txt")  # two of them are installed together
    run(*compiled, *alike, "--extra", "mcp", "-o", "requirements/run.txt")
    run(*compiled[:-1], *alike, "--group", "build", "-o", "requirements/build.txt")
    run(*compiled[:-1], *alike, "--group", "build", "--group", "docs", "-o", "requirements/docs.txt")
    run(*compiled[:-1], *alike, "--group", "node", "-o", NODE.relative_to(ROOT))
    run("npm", "install", "--package-lock-only", "--prefix", "api/pages/assets")


def advisories() -> None:
    """Compare pinned packages with known advisories; with the folder of a clone of their database, read it anew."""
    prepare("dev", "build")
    python("-m", "docs.making.advisories", *sys.argv[2:])


def clean() -> None:
    """Remove the demo store; the virtual environment stays."""
    shutil.rmtree(DEMO, ignore_errors=True)


TARGETS: dict[str, Callable[[], None]] = {
    target.__name__.replace("_", "-"): target
    for target in (
        quickstart,
        test,
        test_rest,
        test_all,
        coverage,
        test_later,
        soak,
        check,
        assets,
        new,
        bench,
        bench_match,
        bench_words,
        learn_words,
        docs,
        pictures,
        site,
        lock,
        advisories,
        clean,
    )
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
