"""Jars that Maven fetches for tests, into a folder of their own, on first use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java that runs for minutes is compiled fast, not well."""
_POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>tests</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>{}</dependencies></project>"""
_DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>"


def lacking(home: Path) -> list[str]:
    """Return the programs that this machine lacks to fill a folder and run what is in it."""
    is_filled = (home / "complete").exists()
    return [program for program in ("java", *([] if is_filled else ["mvn"])) if not shutil.which(program)]


def jars(home: Path, *wanted: tuple[str, str, str]) -> None:
    """Fill a folder ``lib`` with jars, by group, artifact and version, and what they need; nothing if it is filled."""
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "filling.lock"):  # several workers of one run may come here at once
        if (home / "complete").exists():
            return
        pom = _POM.format("".join(_DEPENDENCY.format(*one) for one in wanted))
        (home / "pom.xml").write_text(pom, encoding="utf-8", newline="\n")
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={home / 'lib'}"]
        mvn = shutil.which("mvn") or "mvn"  # mvn.cmd on Windows
        command = [mvn, "-q", "-B", "-f", str(home / "pom.xml"), *goal]
        environ = {**os.environ, "MAVEN_OPTS": " ".join([*BRIEFLY, os.environ.get("MAVEN_OPTS", "")])}
        # a hundred jars: one that does not arrive is asked for again, the others are there by then
        for left in (2, 1, 0):
            if subprocess.run(command, check=not left, stdout=sys.stderr, env=environ).returncode == 0:
                break
        (home / "complete").touch()
