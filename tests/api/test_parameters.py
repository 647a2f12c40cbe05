from tests.app_client import AppClient


def test_a_parameter_that_is_a_number_is_understood(client: AppClient) -> None:
    for address in (
        "/v1/questions/funding?party=Ghana&fiscal_year=2032",
        "/v1/questions/tier-history?party=Ghana&year=2024",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, answer.text


def test_a_currency_that_is_none_is_refused(client: AppClient) -> None:
    assert client.get("/v1/questions/funding?party=Ghana&convert_to=dollars").status_code == 422
