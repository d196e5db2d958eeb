"""Bytes per parameter: 2 of weights, 3 of gradients, 11 of optimizer state."""

from tco.model.run import memory
from tests.lines.worked import worked

case = worked(memory)
state = {"weight_bytes": 2, "gradient_bytes": 3, "optimizer_bytes": 11}

case("resident_bytes", zero_stage=0, **state, gives=16)
case("resident_bytes", zero_stage=1, **state, gives=5)
case("resident_bytes", zero_stage=2, **state, gives=2)
case("resident_bytes", zero_stage=3, **state, gives=0)
case("sharded_bytes", **state, resident_bytes=5, gives=11)
case("sharded_bytes", **state, resident_bytes=2, gives=14)

# 21 bn parameters in seven parts are 3 GB a byte: 48 GB, 15 GB or 6 GB on each GPU.
model = {"chip": "a100", "parameters": 21e9, "model_parallel_gpus": 7, **state}
for stage, held in ((0, 48), (1, 15), (2, 6)):
    case("model_fits", zero_stage=stage, memory_gb=held, **model, gives=1)
    case("model_fits", zero_stage=stage, memory_gb=held + 1, **model, gives=0)
case("model_fits", zero_stage=3, memory_gb=1, **model, gives=0)
