"""Fabrics that others published, counted by the model's own lines: every figure, or the reason."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.loaded import load

COUNTS = ("leaf_switches", "spine_switches", "core_switches", "network_switches",
          "leaf_spine_links", "spine_core_links")  # fmt: skip
INPUTS = ("gpus_per_server", "links_per_gpu", "fabric_planes", "switch_links", "links_per_port",
          "fabric_wiring", "unit_servers", "block_servers", "oversubscription",
          "spine_oversubscription", "fabric_tiers", "group_leaves", "spines_least",
          "leaf_reserve_links")  # fmt: skip
with Path(__file__).with_name("fabrics.csv").open(encoding="utf-8", newline="") as file:
    FABRICS = {row["id"]: row for row in csv.DictReader(file)}
# What a source prints and its own rule does not give, each with the reason.
OTHERWISE = {
    "h100-t3-4su": ({"spine_core_links"}, "cables to cores that the row does not have"),
    "h100-t3-8su": ({"spine_core_links"}, "cables to cores that the row does not have"),
    "rubin8-16su": ({"spine_switches"}, "another table of the document has the 72 counted"),
    "ff-dgx-10000": ({"core_switches", "network_switches"},
                     "an estimate of another's cluster, without a derivation; ports ask for 250"),
    "jvd-8192": ({"leaf_switches"}, "1,024 is the number of servers: 16 stripes of 8 leaves"),
}  # fmt: skip


def counted(row: dict[str, str]) -> dict[str, Any]:
    gpus = float(row["servers"]) * float(row["gpus_per_server"])
    sets = [f"{key}={row[key]}" for key in INPUTS] + [f"fleet_gpus={gpus:.0f}"]
    return load("own-1024-h100", sets).numbers


@pytest.mark.parametrize("name", FABRICS)
def test_a_published_fabric_is_counted(name: str) -> None:
    row = FABRICS[name]
    got = counted(row)
    unlike = {key for key in COUNTS if row[key] and got[key] != float(row[key])}
    assert unlike == OTHERWISE.get(name, (set(),))[0]


def test_most_are_exact_and_seen_in_the_source_itself() -> None:
    exact = {name for name in FABRICS if name not in OTHERWISE}
    documents = {FABRICS[name]["source"] for name in exact if FABRICS[name]["seen"] == "source"}
    assert len(exact) >= 40 and len(documents) >= 6
    assert OTHERWISE.keys() <= FABRICS.keys()


def test_no_switch_has_more_links_than_ports() -> None:
    for row in FABRICS.values():
        got = counted(row)
        ports = float(row["switch_links"])
        down = got["leaf_links"] / float(row["links_per_port"])
        assert down + got["leaf_uplinks"] <= ports or got["network_tiers"] == 1
        assert got["core_switches"] * ports >= got["spine_core_links"]
        if got["network_tiers"] > 1:
            above = got["leaf_spine_links"] + got["spine_core_links"]
            assert above <= got["spine_switches"] * ports


def test_a_fleet_beyond_a_unit_pays_for_the_next() -> None:
    """33 servers are two units of 32: twice the leaves."""
    one, two = (load("own-1024-h100", [f"fleet_gpus={8 * n}"]).numbers for n in (32, 33))
    assert (one["leaf_switches"], two["leaf_switches"]) == (8, 16)


def test_a_third_tier_is_a_step_in_the_bill() -> None:
    """The reference tables: 8 units are 64 and 32 switches, 16 are 128, 128 and 64."""
    two, three = (
        load("own-1024-h100", [f"fleet_gpus={gpus}", "network_basis=counts"]).numbers
        for gpus in (2_048, 4_096)
    )
    assert (two["network_switches"], three["network_switches"]) == (96, 320)
    assert two["network_cost"] == 96 * 36_000 + 4_096 * 1_280
    assert three["network_cost"] / 4_096 > 1.5 * two["network_cost"] / 2_048
