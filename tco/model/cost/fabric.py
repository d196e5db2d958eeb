"""Fabric: the switches and links between a fleet's servers, counted as reference designs are.

Leaves join the servers, spines the leaves, and where a spine has too few ports for every leaf,
cores join groups of spines. Two rules are more than ceilings: a fabric is laid out for whole
scalable units, and each leaf reaches each spine of its group by as many links as any other.
"""

import functools
import math
import operator
from typing import Any

from tco.lines import *

SECTION, INPUTS = "bill", "buy"
# How many links may run between a leaf and a spine, up to half the ports of the largest switch: 1,
# 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 36, 48, 64 and 72, each by its factors.
TRUNKS = tuple(
    sorted(
        ((2,) * twos + (3,) * threes for twos in range(7) for threes in range(3)
         if 2**twos * 3**threes <= 72),
        key=math.prod,
    )
)  # fmt: skip

network_basis = Choice(
    "Network is taken from",
    "choice",
    options=(("share", "a share of server cost"), ("counts", "switches and links, counted")),
    note="Both stand beside each other; this one is bought.",
)
fabric_wiring = Choice(
    "Fabric is wired",
    "choice",
    options=(
        ("rails", "rail-optimised: each port of a server to leaves of its own"),
        ("plain", "plain: all ports of a server to the same leaves"),
    ),
    note="Rails keep what the same ports of two servers exchange below one leaf.",
)
links_per_gpu = Given(
    "Links per GPU", "link/GPU", above=0, note="Network ports of its servers, in all planes."
)
links_per_rail = Given(
    "Links of a server to a rail", "link/server", above=0, note="In each plane; where by rails."
)
fabric_planes = Given(
    "Planes of the fabric",
    "ratio",
    least=1,
    note="Networks of their own without a common switch.",
    off_by="nothing",
)
switch_links = Given(
    "Ports of a switch", "link/switch", above=0, note="At the speed of links between switches."
)
links_per_port = Given(
    "Server links on a port",
    "ratio",
    above=0,
    note="2 where a port of a leaf is split in two.",
    off_by="nothing",
)
leaf_reserve_links = Given(
    "Ports of a leaf kept free", "link/switch", least=0, note="In links of servers to come."
)
unit_servers = Given(
    "Servers of a scalable unit", "server", least=0,
    note="The fabric is laid out for whole units, which share leaves; 0: one for the fleet.",
)  # fmt: skip
block_servers = Given(
    "Servers that share leaves", "server", least=0,
    note="If not those of a unit: the 18 trays of an NVL72 rack, for one; 0: the unit's.",
)  # fmt: skip
oversubscription = Given(
    "Oversubscription of a leaf",
    "ratio",
    above=0,
    note="Its links to servers over those to spines.",
    off_by="nothing",
)
spine_oversubscription = Given(
    "Oversubscription of a spine",
    "ratio",
    above=0,
    note="Its links to leaves over those to cores.",
    off_by="nothing",
)
fabric_tiers = Given(
    "Tiers of switches asked for", "count", least=0, most=3, note="0: as many as the leaves need."
)
group_leaves = Given(
    "Leaves below a group of spines", "switch", least=0,
    note="In three tiers; 0: as many as a spine has ports for.",
)  # fmt: skip
links_per_step = Given(
    "Links between a leaf and a spine, at least", "link/switch/switch", above=0,
    note="They are cabled in steps of it.",
)  # fmt: skip
spines_least = Given("Fewest spines", "switch", least=0, note="In a plane, by policy.")
switch_price = Given("Price of a switch", "USD/switch", least=0, money=True, note="As delivered.")
link_price = Given(
    "Price of a link", "USD/link", least=0, money=True, note="Two optics and their fibre."
)
network_tolerance_share = Given(
    "Network finding beyond",
    "share",
    least=0,
    note="Counted and share may differ by this share of the counted cost.",
)

_leaves = Heading("Leaves of the fabric, in each plane")


@line("Links of a server", "link/server")
def server_links(gpus_per_server, links_per_gpu, fabric_planes):
    """In one plane: the ports of its GPUs, spread over the planes."""
    return gpus_per_server * links_per_gpu / fabric_planes


@line("Links of a server to the same leaves", "link/server")
def rail_links(fabric_wiring, links_per_rail, server_links):
    """Those of one rail where rails have leaves of their own, else all."""
    return chosen(fabric_wiring, rails=links_per_rail, plain=server_links)


@line("Servers that the fabric is laid out for", "server")
def fabric_servers(servers, unit_servers):
    """Whole scalable units: what the last one lacks leaves ports unused."""
    whole = ceil(servers / unit_servers) * unit_servers
    return where(beyond(unit_servers, 0), whole, servers)


@line("Servers of a unit, or of the fleet", "server")
def unit_or_fleet(servers, unit_servers):
    """The fleet where no unit is given."""
    return where(beyond(unit_servers, 0), unit_servers, servers)


@line("Servers below the same leaves", "server")
def leaf_block(block_servers, unit_or_fleet):
    """A unit, or a part of it that is given."""
    return where(beyond(block_servers, 0), block_servers, unit_or_fleet)


@line("Most ports of a leaf towards servers", "link/switch")
def leaf_ports_most(switch_links, oversubscription):
    """The rest are for spines: as many, or by the oversubscription fewer."""
    return switch_links - ceil(switch_links / (1 + oversubscription))


@line("Leaves of a rail and block", "switch")
def leaves_of_rail(leaf_block, rail_links, links_per_port, leaf_ports_most):
    """Enough ports for one link, or all links, of each of its servers."""
    return ceil(leaf_block * rail_links / (links_per_port * leaf_ports_most))


@line("Leaves in a plane", "switch")
def plane_leaves(server_links, rail_links, fabric_servers, leaf_block, leaves_of_rail):
    """Of every rail and every block."""
    return server_links / rail_links * ceil(fabric_servers / leaf_block) * leaves_of_rail


@line("Server links of a full leaf", "link/switch")
def leaf_links(leaf_block, rail_links, leaves_of_rail):
    """Shared evenly by the leaves of a rail and block."""
    return ceil(leaf_block * rail_links / leaves_of_rail)


@line("Links of a leaf to spines", "link/switch")
def leaf_uplinks(
    plane_leaves, switch_links, leaf_links, leaf_reserve_links, links_per_port, oversubscription
):
    """By the oversubscription, as far as it has ports; a single leaf has none."""
    left = switch_links - ceil((leaf_links + leaf_reserve_links) / links_per_port)
    wanted = ceil(ceil(leaf_links / links_per_port) / oversubscription)
    return where(beyond(plane_leaves, 1), minimum(left, wanted), 0)


_spines = Heading("Spines of the fabric, in each plane")


@line("Tiers that the leaves need", "count")
def tiers_needed(plane_leaves, switch_links):
    """One for a single leaf, two while a spine has a port for every leaf, else three."""
    return (
        1 + where(beyond(plane_leaves, 1), 1, 0) + where(beyond(plane_leaves, switch_links), 1, 0)
    )


@line("Tiers of switches", "count")
def network_tiers(fabric_tiers, tiers_needed):
    """Those asked for, else those needed."""
    return where(beyond(fabric_tiers, 0), fabric_tiers, tiers_needed)


@line("Ports of a spine towards leaves", "link/switch")
def spine_ports(network_tiers, switch_links, spine_oversubscription):
    """All of them in two tiers; in three the rest are for cores."""
    down = switch_links - ceil(switch_links / (1 + spine_oversubscription))
    return where(same(network_tiers, 3), down, switch_links)


@line("Leaves of a group, by its ports", "switch")
def group_by_ports(spine_ports, links_per_step):
    """The least that a leaf takes of a spine's ports, for each."""
    return spine_ports / links_per_step


@line("Leaves of a group, in three tiers", "switch")
def group_in_three(group_leaves, group_by_ports):
    """As given, else by ports."""
    return where(beyond(group_leaves, 0), group_leaves, group_by_ports)


@line("Leaves below the same spines", "switch")
def spine_group(network_tiers, plane_leaves, group_in_three):
    """All of them in two tiers."""
    return where(same(network_tiers, 3), minimum(plane_leaves, group_in_three), plane_leaves)


@line("Spines that their ports ask for", "switch")
def spines_needed(spines_least, spine_group, leaf_uplinks, spine_ports):
    """In a group: a port for every link of its leaves."""
    return maximum(spines_least, ceil(spine_group * leaf_uplinks / spine_ports))


def _trunk(factors: tuple[int, ...]) -> Line:
    """So many links between each leaf and each spine, where that is even and reaches enough."""
    links = math.prod(factors)

    def rule(uplinks: Any, needed: Any, step: Any) -> Any:
        tried = functools.reduce(operator.mul, factors, step)
        even = same(ceil(uplinks / tried) * tried, uplinks)
        return where(both(even, at_most(tried * needed, uplinks)), tried, 0)

    note = f"0 where {links} times the least do not divide a leaf's, or reach too few spines."
    needs = ("leaf_uplinks", "spines_needed", "links_per_step")
    return Line(f"trunk_{links}", f"Links between a leaf and a spine: {links}, if even",
                "link/switch/switch", rule, note, needs)  # fmt: skip


trunks = tuple(_trunk(factors) for factors in TRUNKS)


@gathered
def leaf_trunk(members):
    """The most that are even."""

    def rule(*tried: Any) -> Any:
        return maximum(*tried)

    note = "The most that are even: every leaf reaches every spine of its group alike."
    yield Line("leaf_trunk", "Links between a leaf and a spine", "link/switch/switch", rule, note,
               (*(one.key for one in trunks), "links_per_step"))  # fmt: skip


@line("Spines in a plane", "switch")
def plane_spines(network_tiers, plane_leaves, spine_group, leaf_uplinks, leaf_trunk):
    """Of every group of leaves; none above a single leaf."""
    spines = ceil(plane_leaves / spine_group) * leaf_uplinks / leaf_trunk
    return where(beyond(network_tiers, 1), spines, 0)


_counts = Heading("Network, two ways")


@line("Leaf switches", "switch")
def leaf_switches(fabric_planes, plane_leaves):
    """In all planes."""
    return fabric_planes * plane_leaves


@line("Spine switches", "switch")
def spine_switches(fabric_planes, plane_spines):
    """In all planes."""
    return fabric_planes * plane_spines


@line("Links to servers", "link")
def host_links(servers, server_links, fabric_planes):
    """Of the servers there are."""
    return ceil(servers * server_links * fabric_planes)


@line("Links between leaves and spines", "link")
def leaf_spine_links(leaf_switches, leaf_uplinks):
    """Of every leaf."""
    return leaf_switches * leaf_uplinks


@line("Links between spines and cores", "link")
def spine_core_links(network_tiers, fabric_planes, plane_leaves, leaf_uplinks,
                     spine_oversubscription):  # fmt: skip
    """As many as reach the spines, or by the oversubscription fewer; none below three tiers."""
    links = fabric_planes * ceil(plane_leaves * leaf_uplinks / spine_oversubscription)
    return where(same(network_tiers, 3), links, 0)


@line("Core switches", "switch")
def core_switches(fabric_planes, spine_core_links, switch_links):
    """A port for every link from a spine."""
    return fabric_planes * ceil(spine_core_links / fabric_planes / switch_links)


@line("Switches, counted", "switch")
def network_switches(leaf_switches, spine_switches, core_switches):
    """Of every tier; not those of storage and management, which are networks of their own."""
    return leaf_switches + spine_switches + core_switches


@line("Links, counted", "link")
def network_links(host_links, leaf_spine_links, spine_core_links):
    """Of every tier."""
    return host_links + leaf_spine_links + spine_core_links


@line("Network, counted", "USD")
def network_counted_cost(network_switches, switch_price, network_links, link_price):
    """Switches and links at their prices."""
    return network_switches * switch_price + network_links * link_price


@check("Spines reach every leaf")
def spines_reach_leaves(network_tiers, spines_needed, leaf_uplinks):
    """A leaf has a link for every spine that the ports of its group ask for."""
    short = both(beyond(network_tiers, 1), beyond(spines_needed, leaf_uplinks))
    return short, text(
        "{} spines above each leaf, which has {} links to spines: more tiers, or smaller groups",
        shown(spines_needed, "#,##0"),
        shown(leaf_uplinks, "#,##0"),
    )
