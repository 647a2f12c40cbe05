"""What the tests of IATI share: small activities, made up, and what the reader makes of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from iga.graph.ledger.ledger import Ledger
from iga.graph.statements import Content, EdgeStatement, NodeStatement, Values
from iga.ingest.formats.format_registry import CardWords
from iga.ingest.formats.iati.iati_files import IATI, opened_iati
from iga.ingest.loading import Surroundings, load
from iga.ingest.rejections import Refusal
from iga.ingest.reports import LoadReport
from tests.ingest.conftest import clock

Loads = Callable[..., LoadReport]
REPORTER = '<reporting-org ref="XX-EX-1" type="10"><narrative>Example Agency</narrative></reporting-org>'


def activity(
    identifier: str = "XX-EX-1-A",
    *,
    before: str = "",
    orgs: str = '<participating-org role="1" ref="XX-EX-1"/>',
    dates: str = '<activity-date type="1" iso-date="2020-01-01"/>',
    middle: str = "",
    after: str = "",
    attributes: str = 'default-currency="USD" xml:lang="en"',
    title: str = "<narrative>Example shelters</narrative>",
) -> str:
    """Return an activity that the schema allows; `middle` stands before the sectors, `after` behind the budgets."""
    return f"""<iati-activity {attributes}>
<iati-identifier>{identifier}</iati-identifier>
{REPORTER}
<title>{title}</title>
<description><narrative>Shelters of an example.</narrative></description>
{orgs}
{before}
<activity-status code="2"/>
{dates}
{middle}
{after}
</iati-activity>"""


def activities(*records: str, version: str = "2.03", attributes: str = "") -> str:
    """Return a file of activities."""
    return "\n".join([f'<iati-activities version="{version}" {attributes}>', *records, "</iati-activities>", ""])


def organisations(*records: str) -> str:
    """Return a file of organisations."""
    return "\n".join(['<iati-organisations version="2.03">', *records, "</iati-organisations>", ""])


class Told:
    """What one record says, by the ids of its nodes and the ends of its edges."""

    def __init__(self, key: str, content: Content) -> None:
        self.key, self.note = key, content.note
        self.nodes = {one.id: one.values for one in content.statements if isinstance(one, NodeStatement)}
        self.classes = {one.id: one.cls for one in content.statements if isinstance(one, NodeStatement)}
        self.edges = {
            (one.type, one.source, one.target): one.values
            for one in content.statements
            if isinstance(one, EdgeStatement)
        }

    def of(self, kind: str) -> list[Values]:
        """Return what is said of the nodes whose ids begin so."""
        return [values for subject, values in self.nodes.items() if subject.startswith(f"{kind}:")]


@pytest.fixture
def tells(tmp_path: Path) -> Callable[[str], Told]:
    """Give a function that returns what the one record of a text says; raises its Refusal."""

    def told(text: str) -> Told:
        path = tmp_path / "one.xml"
        path.write_text(text, encoding="utf-8")
        with opened_iati(path, None) as file:
            [said] = [record.stated() for record in file.records]
        assert said is not None
        return Told(*said)

    return told


@pytest.fixture
def refusal(tells: Callable[[str], Told]) -> Callable[[str], Refusal]:
    """Give a function that returns why the one record of a text is not taken."""

    def refused(text: str) -> Refusal:
        with pytest.raises(Refusal) as caught:
            tells(text)
        return caught.value

    return refused


@pytest.fixture
def loads_iati(ledger: Ledger, tmp_path: Path) -> Loads:
    """Give a function that writes texts, or bytes, to files and loads them as one load."""

    def loaded(*texts: str | bytes, words: CardWords | None = None, name: str = "file") -> LoadReport:
        paths = []
        for place, text in enumerate(texts):
            path = tmp_path / f"{name}{place or ''}.xml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            paths.append(path)
        return load(ledger, IATI.feed(paths, words or CardWords()), paths, surroundings=Surroundings(clock))

    return loaded
