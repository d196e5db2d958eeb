"""From GPUs needed to GPUs bought, in parts of servers or in whole ones."""

from tco.model.run import servers
from tests.lines.worked import worked

case = worked(servers)

case("gpus_working", whole_servers=1, gpus_needed=13, gpus_per_server=8, gives=16)
case("gpus_working", whole_servers=0, gpus_needed=13, gpus_per_server=8, gives=13)

# 3.3 % of 100 are 3.3 spares, so 4; in full servers of 3 those are 6.
case("spare_gpus", whole_servers=0, gpus_working=100, spares_share=0.033, gpus_per_server=3,
     gives=4)  # fmt: skip
case("spare_gpus", whole_servers=1, gpus_working=100, spares_share=0.033, gpus_per_server=3,
     gives=6)  # fmt: skip
case("spare_gpus", whole_servers=1, gpus_working=100, spares_share=0, gpus_per_server=3, gives=0)

case("gpus", gpus_working=7, spare_gpus=3, gives=10)
case("servers_working", gpus_working=21, gpus_per_server=8, gives=2.625)

case("servers_whole", whole_servers=1, gpus_per_server=8, gpus=23, gives=1)
case("servers_whole", whole_servers=1, gpus_per_server=8, gpus=24, gives=0)
case("servers_whole", whole_servers=0, gpus_per_server=8, gpus=20, gives=0)
