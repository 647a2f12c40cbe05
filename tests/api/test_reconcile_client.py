"""The service driven over a socket by a client that others wrote, the package `reconciler`."""

import socket
import threading
from collections.abc import Iterator

import numpy
import pandas
import pytest
import reconciler
import reconciler.webutils
import uvicorn
from fastapi import FastAPI

# The client is older than the pandas and the numpy of today.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")


@pytest.fixture(scope="module")
def endpoint(matching: FastAPI) -> Iterator[str]:
    """Serve on a free port of this machine; who calls before the server is up waits in the socket's queue."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(matching, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1/reconcile"
        finally:
            reconciler.webutils.http.close()
            server.should_exit = True
            thread.join()


@pytest.fixture(autouse=True)
def _old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    # The client says numpy.NaN where nothing is found; numpy 2 has only numpy.nan.
    monkeypatch.setattr(numpy, "NaN", numpy.nan, raising=False)


def test_a_column_is_reconciled(endpoint: str) -> None:
    column = pandas.Series(
        [*("Ghana", "Congo", "ESO", "Zzyzx Holdings", "Gold Coast"), *(f"Nobody {n}" for n in range(9))]
    )
    found = reconciler.reconcile(column, reconciliation_endpoint=endpoint).set_index("input_value")
    assert list(found.loc[["Ghana", "ESO", "Gold Coast"], "id"]) == ["gov:gha", "org:eso", "gov:gha"]
    assert list(found.loc[["Ghana", "ESO", "Gold Coast"], "match"]) == [True, True, True]
    assert found.loc["ESO", "type"] == "International organization"
    assert not found.loc["Congo", "match"]
    assert pandas.isna(found.loc["Zzyzx Holdings", "id"])
    assert len(found) == len(column)


def test_a_type_and_a_column_beside_it_narrow_the_candidates(endpoint: str) -> None:
    table = pandas.DataFrame({"name": ["Ministry of Justice"], "country": ["Kenya"]})
    found = reconciler.reconcile(
        table["name"],
        type_id="PublicBody",
        property_mapping={"country": table["country"]},
        top_res="all",
        reconciliation_endpoint=endpoint,
    )
    assert list(found["id"]) == ["body:ken-justice", "body:gha-justice"]
    assert list(found["match"]) == [True, False]
