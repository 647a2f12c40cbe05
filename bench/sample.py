"""Makes files of any length: each row one organization and its membership of a network."""

from pathlib import Path

NETWORKS = 200

_NETWORKS_MAPPING = """
card: {source: "bench:networks", title: Networks of the benchmark, rank: 50, complete: true, fictional: true}
row_key: [id]
nodes:
  network: {class: Forum, id: {template: "forum:bench-{id}"}, fields: {name: name}}
"""

_ROWS_MAPPING = """
card: {source: "bench:organizations", title: Organizations of the benchmark, rank: 50, complete: true, fictional: true}
row_key: [id]
row: {url: page}
nodes:
  organization:
    class: Ngo
    id: {template: "ngo:bench-{id}"}
    fields: {name: name, country: {template: "gov:{country}"}, roles: roles}
edges:
  - type: MEMBER_OF
    source: {block: organization}
    target: {template: "forum:bench-{network}"}
    fields: {category: {const: member}, period: {start: {column: joined, read: day}}}
"""

_COUNTRIES = ("ken", "gha", "per", "phl", "jam", "mng", "col", "rou")
_WORDS = ("Shelter", "Relief", "Justice", "Freedom", "Dignity", "Harbor", "Bridge", "Lantern", "Compass", "Garden")


def networks(folder: Path) -> tuple[Path, Path]:
    """Write the networks and their mapping; return the file and the mapping."""
    lines = ["id,name", *(f"{n},Network {n} of the benchmark" for n in range(NETWORKS))]
    return _written(folder, "networks", lines, _NETWORKS_MAPPING)


def organizations(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write so many organizations and their mapping; return the file and the mapping. Equal rows, equal files."""
    lines = ["id,name,country,roles,network,joined,page"]
    for n in range(rows):
        first, second = _WORDS[n % 10], _WORDS[n // 10 % 10]
        lines.append(
            f"{n:07d},{first} and {second} House {n},{_COUNTRIES[n % 8]},legal aid and shelter,{n * 7 % NETWORKS},"
            f"{1990 + n % 35}-{1 + n % 12:02d},https://example.org/{n}"
        )
    return _written(folder, f"organizations-{rows}", lines, _ROWS_MAPPING)


def _written(folder: Path, name: str, lines: list[str], mapping: str) -> tuple[Path, Path]:
    file, how = folder / f"{name}.csv", folder / f"{name}.yaml"
    file.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")
    how.write_text(mapping, encoding="utf-8", newline="\n")
    return file, how
