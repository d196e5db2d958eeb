"""Four ways to the compute of one training run."""

from tco.model.demand import train
from tests.lines.worked import worked

case = worked(train)

case("working_parameters", active_parameters=3, parameters=7, gives=3)
case("working_parameters", active_parameters=None, parameters=7, gives=7)

law = {"working_parameters": 7, "flop_per_parameter_token": 6}
case("flop_from_tokens", tokens=11, **law, gives=462)
case("flop_from_tokens", tokens=None, **law, undefined="no tokens given")
case("flop_scaled", reference_flop=35, working_parameters=3, reference_parameters=5, gives=21)
case("tokens_in_data", data_bytes=91, bytes_per_token=13, epochs=3, gives=21)
case("tokens_in_data", data_bytes=None, bytes_per_token=13, epochs=3,
     undefined="no data volume given")  # fmt: skip
case("flop_from_data", tokens_in_data=11, **law, gives=462)
case("flop_from_data", tokens_in_data=None, **law, undefined="not given")  # passed on

ways = {"stated_flop": 2, "flop_from_tokens": 3, "flop_scaled": 5, "flop_from_data": 7}
for basis, chosen in (("stated", 2), ("tokens", 3), ("scaled", 5), ("data", 7)):
    case("flop", compute_basis=basis, **ways, gives=chosen)
    case("compute_basis_given", compute_basis=basis, **ways, gives=0)
for basis, source in zip(("stated", "tokens", "scaled", "data"), ways, strict=True):
    case("compute_basis_given", compute_basis=basis, **{**ways, source: None}, gives=1)

case("implied_tokens", flop=462, **law, gives=11)
case("implied_bytes", implied_tokens=21, bytes_per_token=5, epochs=3, gives=35)
case("data_ratio", data_bytes=35, implied_bytes=5, gives=7)
case("data_ratio", data_bytes=None, implied_bytes=5, undefined="no data volume given")

case("data_agrees", data_ratio=10.1, data_mismatch_factor=10, gives=1)
case("data_agrees", data_ratio=10, data_mismatch_factor=10, gives=0)
case("data_agrees", data_ratio=0.09, data_mismatch_factor=10, gives=1)
case("data_agrees", data_ratio=0.1, data_mismatch_factor=10, gives=0)
case("data_agrees", data_ratio=None, data_mismatch_factor=10, gives=0)
