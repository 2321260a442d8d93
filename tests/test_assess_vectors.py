"""The method against what others have published, and against constructed cases; see data/vectors.yaml."""

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_assess_method import asked, codes, seen, target

from plandata.assess.chance import poisson_interval
from plandata.assess.count import rate
from plandata.assess.judge import judge, yearly_size
from plandata.assess.method import compound
from plandata.assess.model import MET, Band, Judgement
from plandata.settings import Settings
from plandata.words import rounded

Vector = Mapping[str, Any]
VECTORS: dict[str, list[Vector]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "vectors.yaml").read_text(encoding="utf-8")
)
# What is said of a target that has no value to judge by.
SILENT = ("no_data", "not_reported")


def cases(kind: str) -> Any:
    return pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["id"]) for vector in VECTORS[kind]])


def test_there_are_enough_vectors_and_each_has_its_address_and_its_figures_in_the_quotation() -> None:
    vectors = [vector for kind in VECTORS.values() for vector in kind]
    assert len(vectors) >= 60
    assert len({vector["id"] for vector in vectors}) == len(vectors)
    published = [vector for vector in vectors if not vector.get("constructed")]
    assert len(published) >= 60
    for vector in published:
        assert vector["address"].startswith(("https://", "http://", "github.com/")), vector["id"]
        told = [*vector.get("observed", {}).values(), *(vector.get(name) for name in ("rate", "printed", "high"))]
        quoted = vector["quote"].replace("·", ".")
        assert any(figure in quoted for figure in told if figure), vector["id"]


def judged(vector: Vector) -> Judgement:
    """A target of a vector judged in its year: its own, else that of its newest value."""
    baseline = dict(vector.get("baseline", {}))
    year, level = baseline.popitem() if baseline else (None, None)
    first = min(year or 9999, min(vector["observed"]) - 1, vector.get("reference_year", 9999))
    about = target(
        vector["comparator"],
        vector["target"],
        vector["unit"],
        vector.get("basis", "level"),
        vector["better"],
        level,
        baseline_year=year,
        reference_year=vector.get("reference_year", first if vector.get("basis", "").startswith("relative") else None),
        target_year=vector["target_year"],
        first_year=first,
    )
    settings = Settings(basic_tolerance=Fraction(vector.get("tolerance", "0")))
    return judge(about, seen(vector["observed"]), vector.get("year", max(vector["observed"])), settings)


@cases("targets")
def test_a_target_is_judged_as_published(vector: Vector) -> None:
    """Published verdicts say whether a target is met, ours also how far it is from that where it is not."""
    found = judged(vector)
    if vector.get("constructed"):
        assert found.status == vector["verdict"]
        assert codes(found.warnings) == vector.get("warnings", codes(found.warnings))
        assert codes(found.remarks) == vector.get("remarks", codes(found.remarks))
    else:
        assert found.status not in SILENT
        assert found.met == (vector["verdict"] in MET)
        assert found.status != "met_early" or max(vector["observed"]) < vector["target_year"]


@cases("counts")
def test_a_rate_is_counted_as_published(vector: Vector) -> None:
    places = len(vector["rate"].partition(".")[2])
    computed = rate(vector["met"], vector["measurable"], places)
    cut = math.floor(Fraction(100 * vector["met"] * 10**places, vector["measurable"])) / 10**places
    assert Decimal(str(cut)) == Decimal(vector["rate"]) if vector.get("cut") else computed == Decimal(vector["rate"])
    assert (computed != Decimal(vector["rate"])) == bool(vector.get("cut"))


def printed_as(value: Fraction | float, printed: str) -> bool:
    """Whether a number is printed so, to as many places."""
    return rounded(Fraction(value), len(printed.partition(".")[2])) == Decimal(printed)


@cases("changes")
def test_a_change_in_percent_is_that_published(vector: Vector) -> None:
    about = target("ge", "1", "percent", "relative_decrease", "lower")
    before = Fraction(vector["before"])
    if "wanted" in vector:
        change = Fraction(vector["wanted"])
        basis, better = ("relative_decrease", "lower") if change < 0 else ("relative_increase", "higher")
        plan = target("ge", str(abs(change)), "percent", basis, better, vector["before"])
        band = judge(plan, seen({2021: before}), 2021, Settings()).band
        assert band is not None
        assert printed_as(band.ends[0], vector["printed"])
    else:
        size = yearly_size(about, before, Fraction(vector["after"]), 1, falls=True)
        assert size is not None
        assert printed_as(size, vector["printed"])


@cases("rates")
def test_a_yearly_rate_of_the_compound_method_is_that_published(vector: Vector) -> None:
    """The published annual rates of reduction are those of the logarithms, ln(before / after) a year."""
    years = {2000: vector["before"], 2000 + vector["years"]: vector["after"]}
    observed = compound(asked(years, max(years), Band(high=Fraction(1))), Settings()).observed
    assert observed is not None
    yearly = -100 * math.log1p(observed)
    if "within" in vector:
        assert yearly == pytest.approx(float(vector["printed"]), abs=float(vector["within"]))
    else:
        assert printed_as(yearly, vector["printed"])


@cases("intervals")
def test_an_interval_of_rare_events_is_that_published(vector: Vector) -> None:
    low, high = poisson_interval(vector["events"], float(vector["confidence"]))
    scale = 1.0
    if "exposure" in vector:
        scale = 1 / float(vector["exposure"])
    if "rate" in vector:
        scale = float(vector["rate"]) / vector["events"]
    for computed, printed in ((low * scale, vector["low"]), (high * scale, vector["high"])):
        half = 0.5 * 10.0 ** -len(printed.partition(".")[2])
        assert computed == pytest.approx(float(printed), abs=float(vector.get("within", half * 1.01)))
