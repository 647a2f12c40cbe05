import pytest

from iga.ingest.dates import day_reader
from iga.ingest.mapping_cells import DateOrder
from iga.ingest.rejections import Refusal


@pytest.mark.parametrize("order", [None, "dmy", "mdy", "ymd"])
@pytest.mark.parametrize("day", ["2021", "2021-03", "2021-03-25"])
def test_iso_dates_are_read_whatever_the_order_and_never_padded(day: str, order: DateOrder | None) -> None:
    assert day_reader(order)(day) == day


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("dmy", "3/4/2021", "2021-04-03"), ("mdy", "3/4/2021", "2021-03-04"), ("ymd", "2021/3/4", "2021-03-04"),
        ("dmy", "03.04.2021", "2021-04-03"), ("dmy", "12 March 2021", "2021-03-12"),
        ("mdy", "Sept. 1, 2021", "2021-09-01"), ("dmy", "Mar 2021", "2021-03"), ("mdy", "03/2021", "2021-03"),
        ("mdy", "2021/03", "2021-03"), (None, "25/12/2021", "2021-12-25"), (None, "12/25/2021", "2021-12-25"),
        (None, "2021-3-4", "2021-03-04"), (None, "05.05.2021", "2021-05-05"), (None, "12 March 2021", "2021-03-12"),
        (None, "1er mars 2024", "2024-03-01"), (None, "12 de marzo de 2024", "2024-03-12"),
        (None, "12 марта 2024 г.", "2024-03-12"), (None, "2024年3月12日", "2024-03-12"), (None, "2024年3月", "2024-03"),
        (None, "12 مارس 2024", "2024-03-12"), (None, "Août 2024", "2024-08"),
        ("dmy", "2014-10-01T00:00:00+00:00", "2014-10-01"), (None, "2017-11-21T00:00:00.000Z", "2017-11-21"),
        (None, "2017-11-21 08:30", "2017-11-21"),
    ],
)  # fmt: skip  # read across, like the rows of a table
def test_what_has_one_reading_is_read_and_the_rest_in_the_order_stated(
    order: DateOrder | None, text: str, day: str
) -> None:
    assert day_reader(order)(text) == day


@pytest.mark.parametrize(
    ("order", "text", "reason"),
    [
        (None, "3/4/2021", "could be Apr 3 or Mar 4"),
        (None, "2021-02-30", "there is no date"),
        (None, "13/13/2021", "states no other order"),
        (None, "0000-01-01", "there is no date"),
        ("dmy", "31/02/2021", "there is no date"),
        ("dmy", "12/25/2021", "is no date in the order dmy, which the mapping states; it is one in mdy"),
        ("mdy", "3/4/21", "two digits"),
        ("dmy", "mid-August", "not a date in the order dmy"),
        ("dmy", "as of Jan", "not a date in the order dmy"),
        (None, "٢٠٢١", "states no other order"),
        (None, "2021\n", "states no other order"),
    ],
)
def test_a_date_that_is_ambiguous_or_impossible_is_refused_with_a_fix(
    order: DateOrder | None, text: str, reason: str
) -> None:
    with pytest.raises(Refusal) as caught:
        day_reader(order)(text)
    assert reason in caught.value.reason
    assert "2021-03-25" in caught.value.fix
