"""Flows: the cash flow, the present value and the NPV of every way to rent."""

from typing import Any

from tco.lines import *
from tco.model.own.rival import Rival

SECTION = "contracts"


@of_each(Rival)
def flows(rival):
    """Cash flow, present value and NPV before and after tax of one way to rent."""
    name, label = rival.key, rival.label
    due, ahead, offered = f"{name}_due", f"{name}_ahead", f"{name}_available"

    def flow(offered: Any, due: Any, ahead: Any) -> Any:
        return where(beyond(offered, 0), -1 * (due + ahead), undefined("–"))

    def present(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any) -> Any:
        worth = -1 * (due * factor + ahead * at_end)
        return where(beyond(offered, 0), worth, undefined("–"))

    def npv(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any) -> Any:
        worth = -1 * (dot(due, factor) + dot(ahead, at_end))
        return where(beyond(offered, 0), worth, undefined("not offered"))

    def taxed(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any, tax: Any) -> Any:
        worth = -1 * (dot(due, factor) + dot(ahead, at_end)) * (1 - tax)
        return where(beyond(offered, 0), worth, undefined("not offered"))

    def deciding(offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any, kept: Any) -> Any:
        worth = -1 * (dot(due, factor) + dot(ahead, at_end)) * kept
        return where(beyond(offered, 0), worth, undefined("–"))

    def so_far(
        before: Any, offered: Any, due: Any, factor: Any, ahead: Any, at_end: Any, kept: Any
    ) -> Any:
        paid = (due * factor + ahead * at_end) * kept
        return where(beyond(offered, 0), previous(before) - paid, undefined("–"))

    before = (due, "discount_factor", ahead, "factor_at_end")
    after = (due, "discount_factor_after_tax", ahead, "factor_at_end_after_tax")
    decided = (due, "deciding_factor", ahead, "deciding_factor_at_end")
    yield Heading(f"{label}: cash flow and NPV")
    yield Line(
        f"{name}_flow", f"{label}: cash flow", "USD", flow,
        "What is due and what is paid ahead; nothing comes back.",
        (offered, due, ahead), YEARS,
    )  # fmt: skip
    yield Line(
        f"{name}_present_value", f"{label}: present value", "USD", present,
        "Dues at their own moment, what is paid ahead at the year's end.",
        (offered, *before), YEARS,
    )  # fmt: skip
    yield Line(f"npv_{name}", f"NPV: {label.lower()}", "USD", npv,
               "Before tax, at the discount factors.", (offered, *before))  # fmt: skip
    yield Line(f"npv_{name}_after_tax", f"NPV after tax: {label.lower()}", "USD", taxed,
               "Rent saves tax in the year it is paid.",
               (offered, *after, "tax_rate"))  # fmt: skip
    yield Line(f"{name}_deciding_npv", f"NPV that decides: {label.lower()}", "USD", deciding,
               "After tax where there is a tax.", (offered, *decided, "kept_share"))  # fmt: skip
    yield Line(f"{name}_so_far", f"{label}: come to so far", "USD", so_far,
               "Worth today, on the basis that decides; it ends at the NPV that decides.",
               (f"{name}_so_far", offered, *decided, "kept_share"), YEARS,
               stock=True)  # fmt: skip
