"""IGA Graph as one package: `iga.graph`, `iga.ingest`, `iga.queries` and so on.

Installed, these folders are in this one. In a checkout they stand beside it, at the top of the repository.
"""

import os.path

_FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - every start would import pathlib for it
if not os.path.isdir(os.path.join(_FOLDER, "graph")):  # noqa: PTH112, PTH118
    __path__.append(os.path.dirname(_FOLDER))  # noqa: PTH120
