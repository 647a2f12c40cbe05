"""Makes IATI 2.03 files of any size: activities of agencies that do not exist, each as long as real ones are."""

from collections.abc import Callable, Iterator
from pathlib import Path

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Made up for a benchmark: no agency, activity, amount or result in it exists. -->
<iati-activities version="2.03" generated-datetime="2026-01-01T00:00:00Z">
"""
_TAIL = "</iati-activities>\n"
_COUNTRIES = ("KE", "GH", "PE", "PH", "JM", "MN", "CO", "RO")
_PARTNERS = 500
_AGENCY = "<narrative>Example Agency of the benchmark</narrative>"


def activities(folder: Path, megabytes: int) -> Path:
    """Write a file of about so many megabytes and return it. Equal sizes, equal files."""
    path = folder / f"iati-{megabytes}.xml"
    left = megabytes * 1_000_000
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        for text in _texts():
            if left <= 0:
                break
            left -= len(text)
            file.write(text)
        file.write(_TAIL)
    return path


def _texts() -> Iterator[str]:
    number = 0
    while True:
        yield _activity(number)
        number += 1


def _activity(n: int) -> str:
    partner = n * 7 % _PARTNERS
    year = 2012 + n % 12
    return f""" <iati-activity xml:lang="en" default-currency="USD" hierarchy="1">
  <iati-identifier>XX-BENCH-1-{n:07d}</iati-identifier>
  <reporting-org ref="XX-BENCH-1" type="10">{_AGENCY}</reporting-org>
  <title>
   <narrative>Made-up activity {n} against trafficking in persons</narrative>
   <narrative xml:lang="fr">Activité inventée {n} contre la traite des personnes</narrative>
  </title>
  <description type="1"><narrative>{"Shelter, training and legal aid that nobody gave. " * 20}</narrative></description>
  <description type="2"><narrative>{"An objective that nobody set. " * 10}</narrative></description>
  <participating-org ref="XX-BENCH-1" role="1" type="10">{_AGENCY}</participating-org>
  <participating-org ref="XX-BENCH-1" role="3" type="10">{_AGENCY}</participating-org>
  <participating-org ref="XX-NGO-{partner}" role="4" type="22">{_house(partner)}</participating-org>
  <other-identifier ref="BENCH{n:07d}" type="A1"><owner-org ref="XX-BENCH-1"/></other-identifier>
  <activity-status code="{2 + n % 3}"/>
  <activity-date type="1" iso-date="{year}-01-01"/>
  <activity-date type="2" iso-date="{year}-02-01"/>
  <activity-date type="3" iso-date="{year + 3}-12-31"/>
  <recipient-country code="{_COUNTRIES[n % 8]}" percentage="60"/>
  <recipient-country code="{_COUNTRIES[(n + 3) % 8]}" percentage="40"/>
  <sector vocabulary="1" code="15160" percentage="100"/>
  <default-finance-type code="110"/>
{_several(3, lambda at: _budget(n, year + at))}\
{_several(16, lambda at: _transaction(n, year, at))}\
{_several(2, lambda at: _result(n, year, at))}\
 </iati-activity>
"""


def _several(count: int, text: Callable[[int], str]) -> str:
    return "".join(map(text, range(count)))


def _house(partner: int) -> str:
    return f"<narrative>Example House {partner}</narrative>"


def _budget(n: int, year: int) -> str:
    return f"""  <budget type="1" status="2">
   <period-start iso-date="{year}-01-01"/>
   <period-end iso-date="{year}-12-31"/>
   <value value-date="{year}-01-01">{100_000 + n % 9_000}</value>
  </budget>
"""


def _transaction(n: int, year: int, at: int) -> str:
    partner, kind = n * 7 % _PARTNERS, 2 if at < 2 else 3
    day = f"{year + at // 5}-{1 + at % 12:02d}-{1 + n % 28:02d}"
    return f"""  <transaction ref="{n:07d}-{at}">
   <transaction-type code="{kind}"/>
   <transaction-date iso-date="{day}"/>
   <value value-date="{day}">{1_000 + (n * 31 + at * 977) % 90_000}.50</value>
   <description><narrative>Payment {at} of a made-up activity</narrative></description>
   <provider-org ref="XX-BENCH-1" type="10">{_AGENCY}</provider-org>
   <receiver-org ref="XX-NGO-{partner}" type="22">{_house(partner)}</receiver-org>
  </transaction>
"""


def _result(n: int, year: int, at: int) -> str:
    periods = "".join(
        f"""    <period>
     <period-start iso-date="{year + later}-01-01"/>
     <period-end iso-date="{year + later}-12-31"/>
     <target value="{100 + n % 50}"/>
     <actual value="{90 + n % 60}"/>
    </period>
"""
        for later in range(3)
    )
    return f"""  <result type="1">
   <title><narrative>Made-up result {at}</narrative></title>
   <indicator measure="1">
    <title><narrative>People trained in made-up course {at}</narrative></title>
    <baseline year="{year}" value="{n % 40}"/>
{periods}   </indicator>
  </result>
"""
