"""Switches and links of a fabric, of 64 ports, 8 rails and units of 32 servers if not said."""

from tco.model.cost import fabric
from tests.lines.worked import worked

case = worked(fabric)

# ---- leaves --------------------------------------------------------------------------------------

case("server_links", gpus_per_server=8, links_per_gpu=3, fabric_planes=2, gives=12)
case("rail_links", fabric_wiring="rails", links_per_rail=2, server_links=8, gives=2)
case("rail_links", fabric_wiring="plain", links_per_rail=2, server_links=8, gives=8)
for servers, unit, slots, block in ((33, 32, 64, 32), (32, 32, 32, 32), (33, 0, 33, 33),
                                    (7.2, 0.5, 7.5, 0.5)):  # fmt: skip
    case("fabric_servers", servers=servers, unit_servers=unit, gives=slots)
    case("unit_or_fleet", servers=servers, unit_servers=unit, gives=block)
case("leaf_block", block_servers=18, unit_or_fleet=144, gives=18)
case("leaf_block", block_servers=0.5, unit_or_fleet=144, gives=0.5)
case("leaf_block", block_servers=0, unit_or_fleet=144, gives=144)
# Of 64 ports half face servers; at 3 to 1 they are 48, at 2 to 1 a port is left over: 42.
for over, most in ((1, 32), (3, 48), (2, 42)):
    case("leaf_ports_most", switch_links=64, oversubscription=over, gives=most)
case("leaves_of_rail", leaf_block=33, rail_links=1, links_per_port=1, leaf_ports_most=32, gives=2)
case("leaves_of_rail", leaf_block=33, rail_links=8, links_per_port=2, leaf_ports_most=32, gives=5)
# 8 rails of 5 blocks of 2 leaves; 2 rails of 4 links each.
case("plane_leaves", server_links=8, rail_links=1, fabric_servers=160, leaf_block=32,
     leaves_of_rail=2, gives=80)  # fmt: skip
case("plane_leaves", server_links=8, rail_links=4, fabric_servers=161, leaf_block=32,
     leaves_of_rail=1, gives=12)  # fmt: skip
case("leaf_links", leaf_block=33, rail_links=8, leaves_of_rail=5, gives=53)
up = {"switch_links": 64, "leaf_reserve_links": 0, "links_per_port": 1, "oversubscription": 1}
case("leaf_uplinks", plane_leaves=8, leaf_links=32, **up, gives=32)
case("leaf_uplinks", plane_leaves=8, leaf_links=32, **{**up, "oversubscription": 3}, gives=11)
case("leaf_uplinks", plane_leaves=8, leaf_links=33, **up, gives=31)
case("leaf_uplinks", plane_leaves=8, leaf_links=33, **{**up, "leaf_reserve_links": 2}, gives=29)
case("leaf_uplinks", plane_leaves=8, leaf_links=33, **{**up, "links_per_port": 2}, gives=17)
# 53 links and 2 spare on 28 split ports leave 4 of 32.
case("leaf_uplinks", plane_leaves=8, leaf_links=53, leaf_reserve_links=2, switch_links=32,
     links_per_port=2, oversubscription=1, gives=4)  # fmt: skip
case("leaf_uplinks", plane_leaves=1, leaf_links=32, **up, gives=0)
case("leaf_uplinks", plane_leaves=1.5, leaf_links=32, **up, gives=32)

# ---- spines --------------------------------------------------------------------------------------

for leaves, tiers in ((1, 1), (2, 2), (64, 2), (65, 3)):
    case("tiers_needed", plane_leaves=leaves, switch_links=64, gives=tiers)
case("tiers_needed", plane_leaves=1.5, switch_links=0.5, gives=3)
case("network_tiers", fabric_tiers=0, tiers_needed=2, gives=2)
case("network_tiers", fabric_tiers=0.5, tiers_needed=2, gives=0.5)
case("network_tiers", fabric_tiers=3, tiers_needed=2, gives=3)
spine = {"switch_links": 64, "spine_oversubscription": 1}
for tiers, ports in ((2, 64), (3, 32)):
    case("spine_ports", network_tiers=tiers, **spine, gives=ports)
case("spine_ports", network_tiers=3, switch_links=64, spine_oversubscription=2, gives=42)
case("group_by_ports", spine_ports=64, links_per_step=2, gives=32)
case("group_in_three", group_leaves=8, group_by_ports=32, gives=8)
case("group_in_three", group_leaves=0.5, group_by_ports=32, gives=0.5)
case("group_in_three", group_leaves=0, group_by_ports=32, gives=32)
for tiers, leaves, group in ((2, 80, 80), (3, 80, 32), (3, 20, 20)):
    case("spine_group", network_tiers=tiers, plane_leaves=leaves, group_in_three=32, gives=group)
# 24 leaves of 32 links are 768: 12 spines of 64 ports, or 13 where one leaf more has a link.
for leaves, least, spines in ((24, 0, 12), (25, 0, 13), (24, 14, 14)):
    case("spines_needed", spines_least=least, spine_group=leaves, leaf_uplinks=32, spine_ports=64,
         gives=spines)  # fmt: skip
# Three units of the reference design: 32 uplinks and 12 spines, so 2 links each to 16 spines: 3 do
# not divide 32, and 4 would reach 8.
for trunk, gives in {1: 1, 2: 2, 3: 0, 4: 0, 6: 0, 8: 0, 16: 0}.items():
    case(f"trunk_{trunk}", leaf_uplinks=32, spines_needed=12, links_per_step=1, gives=gives)
# Five spines at that many links, in steps of 3 and of a quarter; a sixth, or a link left over.
for trunk in (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 36, 48, 64, 72):
    for step in (3, 0.25):
        each, key = trunk * step, f"trunk_{trunk}"
        for uplinks, needed, gives in ((5 * each, 5, each), (5 * each, 6, 0), (5 * each, 0.5, each),
                                       (5 * each + step / 2, 0.5, 0)):  # fmt: skip
            case(key, leaf_uplinks=uplinks, spines_needed=needed, links_per_step=step,
                 gives=gives)  # fmt: skip
tried = {f"trunk_{n}": 0 for n in (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 36, 48, 64, 72)}
for one in tried:
    case("leaf_trunk", **{**tried, one: 0.5}, links_per_step=0.25, gives=0.5)
case("leaf_trunk", **tried, links_per_step=0.5, gives=0.5)
# 80 leaves in groups of 32 are three groups of 16 spines.
case("plane_spines", network_tiers=3, plane_leaves=80, spine_group=32, leaf_uplinks=32,
     leaf_trunk=2, gives=48)  # fmt: skip
case("plane_spines", network_tiers=2, plane_leaves=32, spine_group=32, leaf_uplinks=30,
     leaf_trunk=3, gives=10)  # fmt: skip
case("plane_spines", network_tiers=1, plane_leaves=1, spine_group=1, leaf_uplinks=7,
     leaf_trunk=1, gives=0)  # fmt: skip
case("plane_spines", network_tiers=1.5, plane_leaves=7, spine_group=7, leaf_uplinks=7,
     leaf_trunk=1, gives=7)  # fmt: skip

# ---- all planes ----------------------------------------------------------------------------------

case("leaf_switches", fabric_planes=2, plane_leaves=7, gives=14)
case("spine_switches", fabric_planes=2, plane_spines=7, gives=14)
case("host_links", servers=7, server_links=1.5, fabric_planes=3, gives=32)
case("leaf_spine_links", leaf_switches=7, leaf_uplinks=11, gives=77)
core = {"fabric_planes": 2, "plane_leaves": 7, "leaf_uplinks": 11}
case("spine_core_links", network_tiers=3, **core, spine_oversubscription=3, gives=52)
case("spine_core_links", network_tiers=2, **core, spine_oversubscription=3, gives=0)
case("core_switches", fabric_planes=2, spine_core_links=130, switch_links=64, gives=4)
case("core_switches", fabric_planes=2, spine_core_links=128, switch_links=64, gives=2)
case("core_switches", fabric_planes=3, spine_core_links=0, switch_links=64, gives=0)
case("network_switches", leaf_switches=2, spine_switches=3, core_switches=5, gives=10)
case("network_links", host_links=2, leaf_spine_links=3, spine_core_links=5, gives=10)
case("network_counted_cost", network_switches=3, switch_price=7, network_links=5, link_price=11,
     gives=76)  # fmt: skip
for tiers, needed, links, flag in ((2, 33, 32, 1), (2, 32, 32, 0), (1, 33, 32, 0), (1.5, 33, 32, 1),
                                   (3, 0.5, 0, 1)):  # fmt: skip
    case("spines_reach_leaves", network_tiers=tiers, spines_needed=needed, leaf_uplinks=links,
         gives=flag)  # fmt: skip
