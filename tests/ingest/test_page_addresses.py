"""An address of a page is of a page: what may run something is refused wherever it is loaded or typed."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iga.graph.domain.catalog import NODE
from iga.graph.domain.values import page_address
from iga.graph.errors import UsageError
from iga.ingest.fields import Misfit, fitting
from iga.ingest.record_builder import RecordBuilder
from iga.ingest.reference_files import reference_file
from iga.ingest.rejections import Refusal
from iga.ingest.reports import LoadReport
from iga.ingest.typed_values import typed_values
from tests.ingest.conftest import a_mapping

_SCHEMES = (
    "javascript:alert(1)", "JavaScript:alert(1)", " java\tscript:alert(1)", "\x01javascript:alert(1)", "javascript:1",
    "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:https://example.org/1", "ftp://example.org",
    "mailto:a@example.org", "about:blank", "intent://x", "view-source:https://example.org",
)  # fmt: skip
_PAGES = (
    "https://example.org/a:b",
    "HTTP://example.org",
    "example.org",
    "www.example.org:8080/x",
    "example.org/a?b=c:d",
)
PARTNERS = a_mapping(
    """
row_key: [id]
row: {url: link}
nodes:
  partner: {class: Ngo, id: {template: "ngo:{id}"}, fields: {name: name, website: page}}
"""
)


@pytest.mark.parametrize("address", _SCHEMES)
def test_what_is_of_another_scheme_is_refused_at_every_door(address: str) -> None:
    for cls in NODE.values():
        with pytest.raises(Misfit, match="begins with https:// or http://"):
            fitting(cls, {"website": address})
    for kind in ("website", "form"):
        with pytest.raises(Misfit):
            fitting(NODE["ContactPoint"], {"channel": {"kind": kind, "value": address}})
    with pytest.raises(Refusal):
        RecordBuilder().content(url=address)
    with pytest.raises(UsageError):
        typed_values(NODE["Ngo"], {"website": address})


@pytest.mark.parametrize("address", _PAGES)
def test_pages_are_taken_as_they_stand(address: str) -> None:
    assert fitting(NODE["Ngo"], {"website": address}) == {"website": address}
    assert RecordBuilder().content(url=address).url == address


@given(st.text(max_size=40))
def test_whatever_is_taken_runs_nothing(text: str) -> None:
    try:
        page_address(text)
    except ValueError:
        return
    seen = "".join(letter for letter in text if letter > " " and letter != "\x7f").lower()
    assert not seen.startswith(("javascript:", "data:", "vbscript:", "file:"))


def test_a_row_with_such_an_address_is_rejected_with_its_place(loads: Callable[..., LoadReport]) -> None:
    text = "id,name,page,link\na,A,javascript:alert(1),https://example.org\nb,B,https://example.org,data:text/html\nc,C,,\n"
    report = loads(text, mapping=PARTNERS)
    assert (report.new, report.rejected) == (1, 2)
    assert [row.value for row in report.rejections] == ["javascript:alert(1)", "data:text/html"]


def test_every_bundled_address_is_one_of_a_page() -> None:
    files = {
        Path(name).name for name in ("partners.csv", "us_missions.csv", "foreign_embassies.csv", "resolutions.csv")
    }
    addresses = [
        value
        for name in sorted(files)
        for row in csv.DictReader(StringIO(reference_file(name).read_text(encoding="utf-8")))
        for column in ("website", "source_url")
        if (value := row.get(column) or "")
    ]
    assert len(addresses) > 1_000
    assert [it for it in addresses if page_address(it) != it] == []
