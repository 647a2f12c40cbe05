"""Exchange rates as a table, for the view in which amounts are shown in another currency."""

from ingest.formats.mapped_format import mapped_format

EXCHANGE_RATES = mapped_format(
    "exchange-rates",
    "exchange rates",
    columns=("currency", "base", "rate", "rate_on"),
    suffixes=(".csv", ".tsv", ".txt"),
)
