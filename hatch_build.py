"""Builds what the pages are dressed in when the program is installed or packed; `python hatch_build.py` does so too.

Node is needed, and the packages that the lock names. Where they cannot be had, the installation goes on, and the pages
have `api/pages/plain.css`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "api" / "pages" / "assets"
BUILT = ROOT / "api" / "pages" / "built"
WORK = ROOT / "build" / "assets"
PACKAGES = WORK / "node_modules"

TAKEN = {"htmx.js": "htmx.org/dist/htmx.min.js"}
"""Files of packages beside those that the stylesheet shows, by the names that pages ask for them under."""

_DESIGN_SYSTEM = Path("@uswds", "uswds")
_LONGEST_S = 600
_ADDRESS = re.compile(r'url\("?(?!data:)([^")]+)"?\)')


class NotBuilt(Exception):
    """Why there is no build."""


class AssetsHook(BuildHookInterface[Any]):
    """Builds before the program is packed, or installed to be edited."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, or leave what is there."""
        del version, build_data
        try:
            build()
        except (NotBuilt, OSError) as why:
            self.app.display_info(f"The pages keep the dress that they have: {why}")


def build() -> None:
    """Write the files of `built/` anew where something they are made of has changed.

    Raises:
        NotBuilt: Node or a package cannot be had, or there is a mistake in what is built; what was there stays.
    """
    sources = sorted(path for path in SOURCES.iterdir() if path.is_file())
    sources += [SOURCES.parent / "plain.css", Path(__file__)]
    seal = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in sources)).hexdigest()
    if _is_built(seal):
        return
    _install_packages()
    files = {name: (PACKAGES / path).read_bytes() for name, path in TAKEN.items()}
    files["licences.txt"] = "\n\n".join(_licences()).encode()
    _write(files | _stylesheet(), seal)


def named_by_content(name: str, content: bytes) -> str:
    """Return the name of a file with the beginning of its digest in it, such as `styles.3f2a9c1d.css`."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending}"


def _is_built(seal: str) -> bool:
    """True if what is there was made of just this."""
    try:
        manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return manifest["made_of"] == seal and all((BUILT / file).exists() for file in manifest["files"].values())


def _install_packages() -> None:
    """Put the packages of the lock into the working folder, unless they are there."""
    lock = (SOURCES / "package-lock.json").read_bytes()
    installed = WORK / "installed.json"
    if installed.exists() and installed.read_bytes() == lock:
        return
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(SOURCES / name, WORK / name)
    _run("npm", "ci", "--omit=optional")
    installed.write_bytes(lock)


def _stylesheet() -> dict[str, bytes]:
    """Return the stylesheet, and the files that it shows, which stand at the addresses that it names them by."""
    where, sass = PACKAGES / _DESIGN_SYSTEM, PACKAGES / "sass" / "sass.js"
    options = ("--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={where / 'packages'}")
    text = _run("node", str(sass), *options, str(SOURCES / "styles.scss"))
    shown = {path: (where / "dist" / path).read_bytes() for path in _ADDRESS.findall(text)}
    names = {path: named_by_content(Path(path).name, content) for path, content in shown.items()}
    text = _ADDRESS.sub(lambda found: f"url({names[found[1]]})", text)
    return {"styles.css": text.encode(), **{Path(path).name: content for path, content in shown.items()}}


def _licences() -> Iterator[str]:
    """Give the terms of each package that is passed on, and of the typeface."""
    for name, version in _passed_on().items():
        for path in sorted((PACKAGES / name).glob("LICENSE*")):
            yield f"{name} {version}\n\n{path.read_text(encoding='utf-8').strip()}"
    yield f"Public Sans\n\n{(SOURCES / 'OFL.txt').read_text(encoding='utf-8').strip()}\n"


def _passed_on() -> Mapping[str, str]:
    """Return the versions of the packages whose files are passed on."""
    needed: Mapping[str, str] = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return needed


def _write(files: Mapping[str, bytes], seal: str) -> None:
    """Write the files under names of their content, then the manifest, then take away what was there before."""
    BUILT.mkdir(exist_ok=True)
    names = {name: named_by_content(name, content) for name, content in sorted(files.items())}
    for name, content in files.items():
        (BUILT / names[name]).write_bytes(content)
    manifest = BUILT / "manifest.json"
    writing = manifest.with_suffix(".writing")
    writing.write_text(json.dumps({"made_of": seal, "files": names}, indent=1) + "\n", encoding="utf-8")
    writing.replace(manifest)
    for path in BUILT.iterdir():
        if path.name not in (manifest.name, *names.values()):
            path.unlink(missing_ok=True)


def _run(tool: str, *arguments: str) -> str:
    """Run npm or node in the working folder, and return what it prints.

    Raises:
        NotBuilt: It is not there, fails, or takes too long.
    """
    # That of the pinned package stands beside the interpreter, which need not be on the path.
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)))
    program = shutil.which(tool, path=places)
    if program is None:
        raise NotBuilt(f"there is no {tool}; install Node.js, or requirements/node.txt")
    command = (program, *arguments)
    try:
        done = subprocess.run(
            command,
            cwd=WORK,
            env={**os.environ, "PATH": places},
            capture_output=True,
            encoding="utf-8",
            timeout=_LONGEST_S,
            check=True,
        )  # fmt: skip - how it is run stands together
    except subprocess.CalledProcessError as failed:
        raise NotBuilt(f"{tool} {arguments[0]} failed: {failed.stderr.strip()[-2000:]}") from failed
    except (OSError, subprocess.TimeoutExpired) as failed:
        raise NotBuilt(f"{tool} cannot be used: {failed}") from failed
    return done.stdout


if __name__ == "__main__":
    try:
        _install_packages()  # the tests have some that no page has
        build()
    except (NotBuilt, OSError) as why:
        sys.exit(f"The pages keep the dress that they have: {why}")
