"""Makes the shipped example of observations: the baselines that the plans print, one row each.

`python -m plandata.assess.baselines > examples/observations.csv` writes it anew after a change of the targets.
"""

import csv
import io
import sys

from plandata.assess.codes import observation_table
from plandata.assess.reasons import figure
from plandata.assess.targets import load_targets
from plandata.package import Package, open_package


def baseline_observations(package: Package) -> str:
    """The printed baselines as an observations file; a value of two targets stands once, with the first as source."""
    rows: dict[tuple[str, str, str, int], list[str]] = {}
    for target in load_targets(package):
        if target.baseline is None or target.baseline_year is None:
            continue
        key = (target.place_id, target.indicator_id, target.scope_zh or "", target.baseline_year)
        value = figure(target.baseline).replace(",", "")
        rows.setdefault(key, [*map(str, key), value, target.unit, target.item_id])
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(observation_table().columns)
    writer.writerows(rows[key] for key in sorted(rows))
    return text.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(baseline_observations(open_package()).encode("utf-8"))
