# ruff: noqa: INP001 – a script beside the table that it makes

"""Makes `places.csv` from the table of the gb2260 package: run once an edition, not part of a build.

Usage: python data/reference/make_places.py > data/reference/places.csv
"""

import csv
import sys

import gb2260

UNNAMED = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位", "省直辖县级行政单位"}


def rows() -> list[tuple[str, str, str]]:
    """Return code, name and the code of the place around it, in order of codes; bare grouping rows are left out."""
    names = {str(code): name for code, name in gb2260.data.data[None].items() if name not in UNNAMED}
    return [(code, name, _around(code, names)) for code, name in sorted(names.items())]


def _around(code: str, names: dict[str, str]) -> str:
    if code.endswith("0000"):
        return ""
    prefecture = code[:4] + "00"
    return prefecture if code != prefecture and prefecture in names else code[:2] + "0000"


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "name", "in"))
    writer.writerows(rows())
