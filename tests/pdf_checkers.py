"""Two programs of others that say whether a file is PDF/UA-1: veraPDF from Maven's jars, and page of PyPI."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from tests.neo4j_server import BRIEFLY

VERSION = "1.30.1"
_POM = f"""<project><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>verapdf</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.verapdf</groupId><artifactId>validation-model</artifactId>
<version>{VERSION}</version></dependency></dependencies></project>"""
_CHECK = """
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
class Check {
  public static void main(String[] names) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String name : names) {
      var file = new java.io.FileInputStream(name);
      try (var parser = Foundries.defaultInstance().createParser(file, PDFAFlavour.PDFUA_1);
           var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
        var result = validator.validate(parser);
        System.out.println((result.isCompliant() ? "passed " : "failed ") + name);
        for (TestAssertion one : result.getTestAssertions())
          if (one.getStatus() == TestAssertion.Status.FAILED)
            System.out.println(one.getRuleId().getClause() + " " + one.getMessage() + " " + one.getLocation());
      }
    }
  }
}
"""


def missing() -> str:
    """Return what this machine lacks to check a PDF, as a sentence; blank when it lacks nothing."""
    wanted = [program for program in ("java", "mvn") if not shutil.which(program)]
    if "mvn" in wanted and (_home() / "complete").exists():
        wanted.remove("mvn")
    if importlib.util.find_spec("page") is None:
        wanted.append("the Python package page-validation")
    return f"no checkers of PDF/UA: install {' and '.join(wanted)}" if wanted else ""


def told_by_verapdf(*files: Path) -> str:
    """Return what veraPDF says of files: a line that begins with passed or failed for each, then what failed."""
    home = _jars()
    command = ["java", *BRIEFLY, "-cp", str(home / "lib" / "*"), str(home / "Check.java"), *map(str, files)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def told_by_page(file: Path) -> list[str]:
    """Return what the second checker finds wrong with a file; empty if nothing."""
    import page

    report = page.validate_pdf(str(file), profile="ua1")
    found = [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    assert report.is_compliant is not bool(found)
    return found


def _home() -> Path:
    return Path(os.environ.get("VERAPDF_JARS") or Path.home() / ".cache" / f"verapdf-{VERSION}")


def _jars() -> Path:
    """Return the folder of the jars, filled on first use."""
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    (home / "Check.java").write_text(_CHECK, encoding="utf-8", newline="\n")
    with FileLock(home / "filling.lock"):  # several workers of one run may come here at once
        if not (home / "complete").exists():
            (home / "pom.xml").write_text(_POM, encoding="utf-8", newline="\n")
            goal = ["dependency:copy-dependencies", f"-DoutputDirectory={home / 'lib'}"]
            command = [shutil.which("mvn") or "mvn", "-q", "-B", "-f", str(home / "pom.xml"), *goal]
            for left in (2, 1, 0):  # a jar that does not arrive is asked for again
                if subprocess.run(command, check=not left, stdout=sys.stderr).returncode == 0:
                    break
            (home / "complete").touch()
    return home
