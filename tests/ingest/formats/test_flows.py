"""Flows of OECD CRS and OCHA FTS: amounts in full, measures apart, and no dollar counted twice."""

import json

import pytest

from iga.graph.errors import UsageError
from tests.ingest.formats.conftest import Loaded, Loads

CRS = (
    "Year|DonorCode|DEDonorcode|DonorName|AgencyCode|AgencyName|CrsID|ProjectNumber|InitialReport|RecipientCode|"
    "DERecipientcode|RecipientName|FlowCode|FlowName|Bi_Multi|USD_Commitment|USD_Disbursement|USD_Received|"
    "USD_Commitment_Defl|USD_Disbursement_Defl|ShortDescription|ProjectTitle|PurposeCode|PurposeName|SectorCode|"
    "ChannelCode|ChannelName|LongDescription"
)
CRS_ROWS = (
    "2031|302|USA|United States|11|Department of State|2031000001|SSJTIP31X1|1|241|GHA|Ghana|11|ODA Grants|1|"
    "1.5|.25||1.4|.24|Shelters|Shelters in Ghana|15160|Human rights|151|47000|"
    "International Organization for Migration|",
    "2031|742|KOR|Korea|1|KOICA|2031000002||1|9998|DPGC_X|Developing countries, unspecified|11|ODA Grants|1|"
    "|0.033333||||Training|Training|15160|Human rights|151|12000|Central Government|",
)
FTS = (
    "date,budgetYear,description,amountUSD,srcOrganization,srcOrganizationTypes,srcLocations,srcUsageYearStart,"
    "srcUsageYearEnd,destPlan,destPlanCode,destPlanId,destOrganization,destOrganizationTypes,destGlobalClusters,"
    "destLocations,destProject,destProjectCode,destUsageYearStart,destUsageYearEnd,contributionType,flowType,method,"
    "boundary,onBoundary,status,firstReportedDate,decisionDate,keywords,originalAmount,originalCurrency,exchangeRate,"
    "id,refCode,createdAt,updatedAt"
)


def fts_row(**cells: str) -> str:
    usual = {
        "date": "2031-03-01", "budgetYear": "2031", "amountUSD": "5000", "destLocations": "GHA",
        "srcOrganization": '"United States of America, Government of"', "destOrganization": "Example Relief",
        "contributionType": "financial", "flowType": "Standard", "boundary": "incoming", "onBoundary": "single",
        "status": "paid", "id": "1", "destUsageYearStart": "2031",
    }  # fmt: skip  # a row is read as pairs of a column and its cell
    return ",".join((usual | cells).get(name, "") for name in FTS.split(","))


def amounts(loaded: Loaded) -> dict[str, tuple[object, ...]]:
    """Return amount, measure, place and why it is left out of each transaction, by its name."""
    found: dict[str, tuple[object, ...]] = {}
    for node in loaded.nodes:
        if node.cls == "Transaction":
            money = node.values["money"]
            assert isinstance(money, dict)
            told = node.values.get("place"), node.values.get("left_out")
            found[str(node.values["name"])] = (money["amount"], money["measure"], *told)
    return found


@pytest.mark.parametrize(("encoding", "lower"), [("utf-8", False), ("utf-16", True)])
def test_a_row_of_crs_is_a_commitment_and_a_disbursement_in_full(loads: Loads, encoding: str, lower: bool) -> None:
    header = CRS.replace("USD_Commitment|USD_Disbursement|", "usd_commitment|usd_disbursement|") if lower else CRS
    loaded = loads("\n".join((header, *CRS_ROWS)).encode(encoding), name="CRS 2031 data.txt")
    assert loaded.report.source == "oecd:crs"
    assert loaded.counts == {"read": 2, "new": 2}
    assert amounts(loaded) == {
        "Commitment of United States, 2031": ("1500000", "commitment", "gov:gha", None),
        "Disbursement of United States, 2031": ("250000", "disbursement", "gov:gha", None),
        "Disbursement of Korea, 2031": ("33333", "disbursement", None, None),
    }
    ends = {(one.type, one.source, one.target) for one in loaded.edges}
    assert ("IMPLEMENTED_IN", "project:crs-302-2031000001", "gov:gha") in ends
    assert ("FUNDED", "gov:kor", "project:crs-742-2031000002") in ends
    movement = next(node for node in loaded.nodes if node.cls == "Transaction")
    assert (movement.values["provider"], movement.values["receiver"]) == ("gov:usa", "org:iom")
    assert movement.values["description"] == "Extended by: Department of State"


def test_only_what_comes_in_alone_is_counted(loads: Loads) -> None:
    tags = ",".join("#value+funding+total+usd" if name == "amountUSD" else "#tag" for name in FTS.split(","))
    rows = (
        fts_row(id="1", status="commitment"),
        fts_row(id="2", boundary="internal"),
        fts_row(id="3", boundary="outgoing"),
        fts_row(id="4", onBoundary="shared", destLocations='"GHA,KEN"'),
        fts_row(id="5", flowType="Carryover"),
        fts_row(id="6", status="pledge", amountUSD="-20", srcOrganization="Multiple"),
    )
    loaded = loads("\n".join((FTS, tags, *rows)), name="fts_incoming_funding_gha.csv")
    assert loaded.counts == {"read": 7, "new": 6, "skipped": 1}
    found = {name.split()[2].rstrip(","): told for name, told in amounts(loaded).items()}
    assert found["1"] == ("5000", "commitment", "gov:gha", None)
    assert found["6"] == ("-20", "pledge", "gov:gha", None)
    left_out = {number: str(told[3]).split(":")[0] for number, told in found.items() if told[3]}
    assert left_out == {
        "2": "moves inside the boundary",
        "3": "leaves the boundary of its file",
        "4": "shared with other countries or years, and nothing tells how it is divided",
        "5": "carried over from an earlier year, which counts it",
    }
    assert {node.values.get("provider") for node in loaded.nodes if node.cls == "Transaction"} == {"gov:usa", None}


def test_a_word_that_fts_is_not_known_to_use_is_no_reason_to_count(loads: Loads) -> None:
    loaded = loads("\n".join((FTS, fts_row(flowType="Loan"), fts_row(id="2", status="rumoured"))), name="fts.csv")
    assert loaded.counts == {"read": 2, "new": 1, "rejected": 1}
    assert loaded.node("Transaction").values["left_out"] == "Loan"


def test_the_flows_of_the_api_are_read_by_what_their_objects_are(loads: Loads) -> None:
    flow = {
        "id": "7", "amountUSD": 1250000.5, "budgetYear": 2031, "date": "2031-03-01T00:00:00Z", "flowType": "Standard",
        "status": "paid", "boundary": "incoming", "onBoundary": "single", "contributionType": "financial",
        "description": "Shelters", "childFlowIds": None, "parentFlowId": None,
        "sourceObjects": [
            {"type": "Location", "id": "237", "name": "United States"},
            {"type": "Organization", "id": "2933", "name": "United States of America, Government of"},
        ],
        "destinationObjects": [
            {"type": "Plan", "id": "1", "name": "Ghana 2031"},
            {"type": "Organization", "id": "5", "name": "United Nations Children's Fund"},
            {"type": "Location", "id": "84", "name": "Ghana"},
        ],
    }  # fmt: skip  # as the service writes it
    parent = {**flow, "id": "8", "childFlowIds": ["7"]}
    text = json.dumps({"status": "ok", "data": {"flows": [flow, parent]}, "meta": {"count": 2}})
    loaded = loads(text, name="flows.json")
    assert loaded.counts == {"read": 2, "new": 2}
    assert amounts(loaded) == {
        "FTS flow 7, for Ghana 2031": ("1250000.5", "disbursement", "gov:gha", None),
        "FTS flow 8, for Ghana 2031": ("1250000.5", "disbursement", "gov:gha", "its parts are counted: flows 7"),
    }
    one = loaded.nodes[0]
    assert (one.values["provider"], one.values["receiver"]) == ("gov:usa", "org:unicef")


def test_flows_as_csv_and_as_json_are_loaded_apart(loads: Loads) -> None:
    with pytest.raises(UsageError, match="the files are CSV and JSON; load them apart"):
        loads("\n".join((FTS, fts_row())), '{"data": {"flows": []}}', name="fts.txt", format_="ocha-fts")
