"""What USAspending.gov gives for download: prime awards and their transactions, and sub-awards."""

from ingest.formats.varied_format import Layout, varied_format

AWARDS = varied_format(
    "usaspending-awards",
    "prime awards of USAspending.gov",
    layouts=(
        Layout(
            "usaspending-assistance-transactions", ("assistance_transaction_unique_key", "federal_action_obligation")
        ),
        Layout("usaspending-contract-transactions", ("contract_transaction_unique_key", "federal_action_obligation")),
        Layout("usaspending-assistance-awards", ("assistance_award_unique_key", "total_obligated_amount")),
        Layout("usaspending-contract-awards", ("contract_award_unique_key", "total_obligated_amount")),
    ),
    key="the unique key",
    page="usaspending",
)

SUBAWARDS = varied_format(
    "usaspending-subawards",
    "sub-awards of USAspending.gov",
    layouts=(
        Layout("usaspending-subgrants", ("prime_award_unique_key", "prime_award_fain", "subaward_amount")),
        Layout("usaspending-subcontracts", ("prime_award_unique_key", "prime_award_piid", "subaward_amount")),
    ),
    key="prime award, report, number, sub-recipient, day and amount",
    page="usaspending",
)
