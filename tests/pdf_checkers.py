"""Two programs of others that say whether a file is PDF/UA-1: veraPDF from Maven's jars, and page of PyPI."""

import importlib.util
import os
import subprocess
from pathlib import Path

from tests.maven import BRIEFLY, jars, lacking

VERSION = "1.30.1"
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
    wanted = lacking(_home())
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
    jars(home, ("org.verapdf", "validation-model", VERSION))
    (home / "Check.java").write_text(_CHECK, encoding="utf-8", newline="\n")
    return home
