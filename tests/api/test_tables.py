"""Answers over HTTP in the form that a client asks for."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.tables import form_of
from tests.clock import TODAY

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDRESS = "/v1/questions/members?party=Example%20Organization"


def test_the_same_rows_come_in_each_form(client: TestClient) -> None:
    answer = client.get(ADDRESS).json()
    text = client.get(ADDRESS, headers={"Accept": "text/csv"})
    table = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"), newline="")))
    lines = client.get(ADDRESS, headers={"Accept": "application/x-ndjson"}).text.splitlines()
    sheet = load_workbook(io.BytesIO(client.get(ADDRESS, headers={"Accept": XLSX}).content))["Rows"]
    names = [row["name"] for row in answer["rows"]]
    assert names == ["Ghana"]
    assert [row["name"] for row in table] == names
    assert [json.loads(line)["name"] for line in lines] == names
    at = [cell.value for cell in sheet[1]].index("name")
    assert [row[at] for row in sheet.iter_rows(min_row=2, values_only=True)] == names


def test_a_table_says_in_its_headers_how_far_it_may_travel(client: TestClient) -> None:
    got = client.get(ADDRESS, headers={"Accept": "text/csv"})
    assert got.headers["content-type"] == "text/csv; charset=utf-8"
    assert got.headers["content-disposition"] == f'attachment; filename="members-{TODAY}.csv"'
    assert (got.headers["x-iga-marking"], got.headers["x-iga-as-of"]) == ("public", TODAY)
    assert got.headers["x-iga-data-version"] == client.get(ADDRESS).json()["data_version"]
    assert got.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/x-ndjson;q=0.9, text/csv;q=0.1", "application/x-ndjson"),
        ("*/*, application/json;q=0", "text/csv"),
    ],
)
def test_what_a_client_prefers_is_what_it_gets(accept: str, form: str) -> None:
    assert form_of(accept) == form


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/csv;q=x"])
def test_a_form_that_there_is_not_is_refused(client: TestClient, accept: str) -> None:
    got = client.get(ADDRESS, headers={"Accept": accept})
    assert (got.status_code, got.headers["content-type"]) == (406, "application/problem+json")
    assert "text/csv" in got.json()["detail"]


def test_errors_stay_problem_documents_whatever_is_asked_for(client: TestClient) -> None:
    got = client.get("/v1/questions/members?party=Nowhere", headers={"Accept": "text/csv"})
    assert (got.status_code, got.headers["content-type"]) == (404, "application/problem+json")
