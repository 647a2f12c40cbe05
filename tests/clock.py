"""The clock of the tests of commands and of the service: on the day of the manual, unless the run names another."""

import os

from docs.making.reference_workspace import DAY
from iga.graph.settings import read_settings

NOW = os.environ.get("IGA_NOW", DAY)
clock = read_settings({"IGA_NOW": NOW}).clock
TODAY = clock().date().isoformat()
