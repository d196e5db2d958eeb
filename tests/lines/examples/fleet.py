"""How many GPUs: by the compute, by the memory, and as published."""

from tco.model.run import fleet
from tests.lines.worked import worked

case = worked(fleet)
pace = {"achieved_tflops": 7, "deadline_days": 11, "seconds_per_day": 13}  # 1,001 TFLOP a GPU

case("gpus_exact", flop=3_003e12, availability=0.5, **pace, gives=6)
case("gpus_for_compute", gpus_exact=6.2, gives=7)
case("gpus_for_compute", gpus_exact=6.0000004, gives=6)  # noise buys nothing
case("gpus_ideal", flop=3_003e12, **pace, gives=3)
case("gpus_ideal", flop=3_004e12, **pace, gives=4)

case("resident_gb", parameters=21e9, resident_bytes=5, model_parallel_gpus=3, gives=35)
case("sharded_gb", parameters=3e9, sharded_bytes=7, gives=21)

# 7 GB are free on each GPU: 50 GB take 7.14 of them, and a replica takes 3, or 11.
room = {"resident_gb": 13, "memory_gb": 20, "sharded_gb": 50}
case("gpus_for_memory", **room, model_parallel_gpus=3, gives=8)
case("gpus_for_memory", **room, model_parallel_gpus=11, gives=11)
case("gpus_for_memory", resident_gb=20, memory_gb=20, sharded_gb=50, model_parallel_gpus=3,
     undefined="does not fit any fleet")  # fmt: skip

case("gpus_needed", gpus_for_compute=3, gpus_for_memory=7, gives=7)
case("gpus_needed", gpus_for_compute=5, gpus_for_memory=2, gives=5)

case("published_gpus_excess", published_gpus=115, gpus_ideal=100, gives=0.15)
case("published_gpus_excess", published_gpus=None, gpus_ideal=100, undefined="no published count")

# 75 at an availability of 0.8 are 60 without lost time: of 80 published, 75 %.
exact = {"gpus_exact": 75, "availability": 0.8}
case("implied_availability", published_gpus=80, **exact, gives=0.75)
case("implied_availability", published_gpus=60, **exact, undefined="not comparable")
case("implied_availability", published_gpus=None, **exact, undefined="not comparable")

case("memory_met", gpus_working=19, gpus_for_memory=20, gives=1)
case("memory_met", gpus_working=20, gpus_for_memory=20, gives=0)
case("gpus_as_published", published_gpus=101, gpus_ideal=100, gives=1)
case("gpus_as_published", published_gpus=100, gpus_ideal=100, gives=0)
case("gpus_as_published", published_gpus=None, gpus_ideal=100, gives=0)
