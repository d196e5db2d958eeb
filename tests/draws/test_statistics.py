"""Rank correlation, quantiles and Sobol's indices, by SALib, numpy, scipy and pencil."""

from __future__ import annotations

import numpy as np
import pytest
from SALib.analyze import sobol
from SALib.sample import sobol as sampled
from scipy import stats

from tco.draws.ranks import ImpossibleError, correlated, matrix, possible, rank_correlation
from tco.draws.spreads import PERT, UNIFORM, Spread
from tco.draws.statistics import histogram, quantile, share_above
from tco.draws.strata import Strata
from tco.draws.trials import Plan, run

WISHED = {(0, 1): 0.8, (0, 2): 0.5, (1, 2): 0.5, (2, 3): -0.3}


def test_columns_have_the_rank_correlations_that_are_wished() -> None:
    columns = Spread(PERT, 0, 0.1, 1).quantile(Strata(11).columns(4000, 4).ravel()).reshape(4, -1)
    found = correlated(columns, matrix(4, WISHED))
    assert (np.sort(found) == np.sort(columns)).all(), "no value is lost or gained"
    by_scipy = stats.spearmanr(found.T).statistic
    for one in range(4):
        for other in range(one):
            wished = WISHED.get((other, one), 0)
            assert by_scipy[one, other] == pytest.approx(wished, abs=0.03)
            ours = rank_correlation(found[one], found[other])
            assert ours == pytest.approx(by_scipy[one, other], abs=1e-12)


def test_what_no_numbers_can_have_together_is_refused() -> None:
    both_and_not = matrix(3, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): -0.9})
    assert np.linalg.eigvalsh(np.array(both_and_not)).min() < 0
    assert not possible(both_and_not) and not possible(matrix(2, {(0, 1): 1.0}))
    assert possible(matrix(4, WISHED)) and possible(matrix(0, {}))
    with pytest.raises(ImpossibleError):
        correlated(Strata(1).columns(50, 3), both_and_not)


def test_quantiles_and_shares_are_those_of_numpy() -> None:
    results = np.random.default_rng(3).normal(size=777)
    for share in (0, 0.05, 0.5, 0.95, 1):
        assert quantile(results, share) == pytest.approx(np.quantile(results, share), rel=1e-14)
    assert share_above(np.array([-1.0, 0.0, 2.0, 3.0])) == 0.5
    assert share_above(np.array([-1.0, 0.0, 2.0, 3.0]), 2) == 0.25


def test_a_histogram_counts_every_result_once_between_round_edges() -> None:
    results = np.random.default_rng(4).normal(3e6, 2e6, size=5000)
    bars = histogram(results, 30)
    assert sum(bars.shares) == pytest.approx(1) and 15 <= len(bars.shares) <= 30
    widths = np.diff(bars.edges)
    assert np.allclose(widths, 5e5) and 0.0 in bars.edges
    inside = np.histogram(results, bars.edges)[0] / 5000
    assert bars.shares[5:-5] == pytest.approx(inside[5:-5])
    assert len(histogram(np.full(10, 2.5), 30).shares) >= 1


# ---- Sobol's indices: a function whose answers are known ----------------------------------------

IN = np.pi


def ishigami(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


# By hand, Ishigami and Homma (1990): V = 1/2 + 49/8 + pi^4/50 + pi^8/1800.
V = 0.5 + 49 / 8 + IN**4 / 50 + IN**8 / 1800
FIRST = {"x": 0.5 * (1 + IN**4 / 50) ** 2 / V, "y": 49 / 8 / V, "z": 0.0}
TOTAL = {"x": FIRST["x"] + 8 * IN**8 / 225 / 100 / V, "y": FIRST["y"],
         "z": 8 * IN**8 / 225 / 100 / V}  # fmt: skip


def test_sobol_indices_are_those_of_salib_and_of_pencil() -> None:
    spreads = {name: Spread(UNIFORM, -IN, 0, IN) for name in "xyz"}
    plan = Plan(10_000, 2, spreads, {}, "out")
    ours = run(plan, lambda at: {"out": ishigami(at["x"], at["y"], at["z"])})
    problem = {"num_vars": 3, "names": list("xyz"), "bounds": [[-IN, IN]] * 3}
    tried = sampled.sample(problem, 2048, calc_second_order=False, seed=1)
    theirs = sobol.analyze(problem, ishigami(*tried.T), calc_second_order=False, seed=1)
    for place, name in enumerate("xyz"):
        assert ours.first[name] == pytest.approx(FIRST[name], abs=0.02)
        assert ours.first[name] == pytest.approx(theirs["S1"][place], abs=0.04)
        error = 4 * ours.totals[name].error
        assert 0.002 < error < 0.25
        assert ours.totals[name].index == pytest.approx(TOTAL[name], abs=error)
        assert ours.totals[name].index == pytest.approx(theirs["ST"][place], abs=error + 0.02)


def test_correlation_moves_the_results_and_leaves_the_indices() -> None:
    """The variance of a sum of two: 1/6, with a correlation of 0.8 nearly twice as much."""
    spreads = {name: Spread(UNIFORM, 0, 0.5, 1) for name in "xy"}

    def outcome(wished: dict[tuple[str, str], float]) -> tuple[float, float]:
        found = run(Plan(4000, 5, spreads, wished, "sum"), lambda at: {"sum": at["x"] + at["y"]})
        return float(np.var(found.results["sum"])), found.first["x"]

    (apart, index), (together, index_too) = outcome({}), outcome({("x", "y"): 0.8})
    assert apart == pytest.approx(1 / 6, rel=0.02)
    assert together == pytest.approx(1.8 / 6, rel=0.02)
    assert index == pytest.approx(0.5, abs=0.02) and index_too == pytest.approx(index, abs=1e-9)
