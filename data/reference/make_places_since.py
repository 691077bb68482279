# ruff: noqa: INP001 – a script beside the table that it makes

"""Makes `places-since-2014.csv`: the places that the national codes of 2023 have and the edition of 2014 has not.

The input is the CSV folder of the statistical division codes (provinces, cities, areas), with columns code and name.
Development zones (codes ending in 71 to 79) are statistical units, not administrative areas, and are left out.

Usage: python data/reference/make_places_since.py FOLDER > data/reference/places-since-2014.csv
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
UNNAMED = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def known() -> dict[str, str]:
    """Return the names of the edition of 2014 by code."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def given(folder: Path) -> dict[str, str]:
    """Return the names of the newer edition by code, padded to six digits."""
    names = {}
    for name in ("provinces", "cities", "areas"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row["code"].ljust(6, "0"): row["name"] for row in csv.DictReader(file)}
    return {code: name for code, name in names.items() if name not in UNNAMED and not 71 <= int(code[4:]) <= 79}


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """Return code, name and the code of the place around it, of what is new."""
    old, new = known(), given(folder)
    every = old | new
    added = sorted(code for code in new if code not in old)
    return [(code, new[code], _around(code, every)) for code in added]


def _around(code: str, every: dict[str, str]) -> str:
    prefecture = code[:4] + "00"
    return prefecture if code != prefecture and prefecture in every else code[:2] + "0000"


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "name", "in"))
    writer.writerows(rows(Path(sys.argv[1])))
