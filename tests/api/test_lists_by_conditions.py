"""Lists by conditions over HTTP: the text of filters, pages of rows, errors that name the filter."""

import pytest

from tests.app_client import AppClient


def test_governments_are_listed_by_a_filter_with_the_columns_asked_for(client: AppClient) -> None:
    reply = client.get("/v1/governments", params={"filter": "member_of:exo", "select": "member_since.exo,region"})
    assert reply.status_code == 200
    body = reply.json()
    assert body["parameters"]["filter"] == 'member_of:"org:example"'
    assert body["headline"] == "One Example Organization member is on file: Ghana."
    [row] = body["rows"]
    assert (row["name"], row["fit"], row["member_since_example"], row["region"]) == (
        "Ghana",
        "sure",
        "1990",
        "not known",
    )
    assert row["cells"]["member_since_example"]["evidence"] == [1]
    assert body["evidence"]["1"]["title"] == "Members of an example"


def test_they_come_in_pages_in_groups_and_as_a_table(client: AppClient) -> None:
    first = client.get("/v1/governments", params={"page_size": 1})
    assert len(first.json()["rows"]) == 1
    groups = client.get("/v1/governments", params={"group_by": "region"}).json()["rows"]
    assert [(row["group"], row["sure"]) for row in groups] == [("not known", 1)]
    table = client.get("/v1/governments", headers={"accept": "text/csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert "cells" not in table.text.splitlines()[0]


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/v1/governments?filter=teir:tier-1", 422, "filter 'teir': no such filter of governments; did you mean tier"),
        ("/v1/governments?filter=member_of:nobody-at-all", 404, "member_of: nothing here is called 'nobody-at-all'"),
        ("/v1/governments?filtre=x", 422, "there is no parameter 'filtre' here; it takes as_of, filter"),
        ("/v1/partners?filter=tier:tier-1", 422, "filter 'tier': no such filter of partners"),
    ],
)
def test_what_is_not_understood_is_a_problem_that_names_it(
    client: AppClient, address: str, status: int, detail: str
) -> None:
    reply = client.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert detail in reply.json()["detail"]
