"""Spreads and strata, by something else: scipy, sums of normals, products of lognormals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tco.draws.quantiles import beta, normal
from tco.draws.spreads import LOGNORMAL, NORMAL, PERT, TRIANGULAR, UNIFORM, Spread
from tco.draws.statistics import mean, quantile, variance
from tco.draws.strata import Strata

COUNT = 4000
BELOW = np.concatenate([(np.arange(2000) + 0.5) / 2000, [1e-12, 1e-7, 1 - 1e-7, 1 - 1e-12]])


def test_a_column_has_one_draw_in_each_stratum_and_is_the_same_again() -> None:
    columns = Strata(7).columns(COUNT, 3)
    assert (np.sort(np.floor(columns * COUNT)) == np.arange(COUNT)).all()
    assert (columns == Strata(7).columns(COUNT, 3)).all()
    assert (columns != Strata(8).columns(COUNT, 3)).all()
    apart = np.corrcoef(columns) - np.eye(3)
    assert np.abs(apart).max() < 0.05, "columns go their own ways"
    assert float(Strata(1).column(4)[0]) == 0.5779578630026214  # the bits of PCG64, not a method's


@pytest.mark.parametrize("a", [1, 1.0001, 1.2, 2, 2.7, 3, 4.9, 5])
def test_the_beta_distribution_is_that_of_scipy(a: float) -> None:
    assert np.abs(beta(BELOW, a, 6 - a) - stats.beta.ppf(BELOW, a, 6 - a)).max() < 1e-11


def test_the_normal_distribution_is_that_of_scipy() -> None:
    assert np.abs(normal(BELOW) - stats.norm.ppf(BELOW)).max() < 1e-13


# What another library calls a spread from 2 over 3 to 8.
OTHERS = {
    PERT: stats.beta(1 + 4 / 6, 1 + 20 / 6, 2, 6),
    TRIANGULAR: stats.triang(1 / 6, 2, 6),
    UNIFORM: stats.uniform(2, 6),
    NORMAL: stats.norm(5, 3 / stats.norm.ppf(0.95)),
    LOGNORMAL: stats.lognorm(np.log(2) / stats.norm.ppf(0.95), 0, 4),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_spread_is_what_another_library_has(kind: str) -> None:
    found = Spread(kind, 2, 3, 8).quantile(BELOW)
    np.testing.assert_allclose(found, OTHERS[kind].ppf(BELOW), rtol=1e-10)
    if kind in (NORMAL, LOGNORMAL):
        drawn = Spread(kind, 2, 3, 8).quantile(Strata(1).column(COUNT))
        assert quantile(drawn, 0.05) == pytest.approx(2, abs=0.02)
        assert quantile(drawn, 0.95) == pytest.approx(8, abs=0.02)


def test_the_mean_of_pert_is_that_of_its_definition() -> None:
    drawn = Spread(PERT, 2, 3, 8).quantile(Strata(3).column(COUNT))
    assert mean(drawn) == pytest.approx((2 + 4 * 3 + 8) / 6, rel=1e-4)
    assert variance(drawn) == pytest.approx((22 / 6 - 2) * (8 - 22 / 6) / 7, rel=1e-3)


def test_draws_are_held_at_the_bounds_of_their_input() -> None:
    drawn = Spread(NORMAL, 0.1, 0.5, 0.9, 0, 1).quantile(BELOW)
    assert drawn.min() == 0 and drawn.max() == 1
    assert Spread(NORMAL, 0.1, 0.5, 0.9).quantile(BELOW).min() < 0


def test_sums_of_normals_and_products_of_lognormals_are_what_they_must_be() -> None:
    below = Strata(5).columns(COUNT, 2)
    summed = sum(Spread(NORMAL, -one, 0, one).quantile(column)
                 for one, column in zip((3, 4), below, strict=True))  # fmt: skip
    assert quantile(summed, 0.95) == pytest.approx(5, abs=0.25)  # 3 and 4 across
    product = np.prod(
        [Spread(LOGNORMAL, 1 / one, 1, one).quantile(column)
         for one, column in zip((2.0**3, 2.0**4), below, strict=True)], axis=0,
    )  # fmt: skip
    assert np.log2(quantile(product, 0.95)) == pytest.approx(5, abs=0.25)  # 3 and 4 across
    assert quantile(product, 0.5) == pytest.approx(1, rel=0.05)


def test_a_hypercube_errs_less_than_draws_at_random() -> None:
    """The mean of a sum of ten: by plain draws it is off by a hundred times as much."""
    spread = Spread(UNIFORM, 0, 0.5, 1)
    layered = [spread.quantile(Strata(seed).columns(200, 10)).sum(axis=0).mean() - 5
               for seed in range(30)]  # fmt: skip
    plain = [np.random.default_rng(seed).random((10, 200)).sum(axis=0).mean() - 5
             for seed in range(30)]  # fmt: skip
    assert np.std(layered) < np.std(plain) / 10
