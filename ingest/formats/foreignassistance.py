"""What ForeignAssistance.gov gives for download: transactions, requests and appropriations, sums by country."""

from ingest.formats.varied_format import Layout, varied_format

FOREIGN_ASSISTANCE = varied_format(
    "foreignassistance",
    "ForeignAssistance.gov",
    layouts=(
        Layout(
            "foreignassistance-transactions",
            ("Country Code", "Managing Agency Name", "Implementing Partner Name", "Current Dollar Amount"),
        ),
        Layout(
            "foreignassistance-budget",
            ("Country Code", "Transaction Type ID", "Funding Account Name", "current_amount"),
        ),
        Layout("foreignassistance-country", ("Country Code", "Transaction Type Name", "Fiscal Year", "current_amount")),
    ),
    key="the columns that tell its rows apart",
)
