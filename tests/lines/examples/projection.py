"""The next model from the last: ten times the parameters, a hundred times the compute."""

import math

from tco.model.demand import projection
from tests.lines.worked import worked

case = worked(projection)
PASSED_ON = "not given"  # why a None among the inputs is undefined

# ---- size and compute ----------------------------------------------------------------------------

case("last_step", from_parameters=21, earlier_parameters=3, gives=7)
case("stated_step", to_parameters=77, from_parameters=7, gives=11)
size = {"to_parameters": 77, "from_parameters": 7, "last_step": 3}
case("projected_parameters", parameters_basis="stated", **size, gives=77)
case("projected_parameters", parameters_basis="scale", **size, gives=21)
case("parameters", projected_parameters=77, gives=77)

points = {"from_parameters": 3, "from_flop": 5}
case("law_exponent", **points, to_parameters=30, to_flop=500, gives=0.5)
case("law_exponent", **points, to_parameters=24, to_flop=20, gives=1.5)  # 2 x 2 x 2, 2 x 2
case("law_exponent", **points, to_parameters=3, to_flop=500, undefined="–")
case("law_exponent", **points, to_parameters=30, to_flop=5, undefined="–")
# GPT-2 to GPT-4 as the thread has it: through 175e9 at 18,300 and 20e12 at 3.43e7 PFLOP/s-days.
case("law_exponent", from_parameters=175e9, to_parameters=20e12, from_flop=18_300,
     to_flop=3.43e7, gives=(math.log(20e12) - math.log(175e9))
     / (math.log(3.43e7) - math.log(18_300)))  # fmt: skip
# 7 times the parameters at an exponent of 0.5 are 49 times the compute.
case("law_flop", law_exponent=0.5, from_flop=5, projected_parameters=21, from_parameters=3,
     gives=245)  # fmt: skip
case("law_flop", law_exponent=None, from_flop=5, projected_parameters=21, from_parameters=3,
     undefined=PASSED_ON)  # fmt: skip
case("projected_law_flop", stated_tokens=11, flop_per_parameter_token=6, projected_parameters=7,
     gives=462)  # fmt: skip
case("projected_law_flop", stated_tokens=None, flop_per_parameter_token=6, projected_parameters=7,
     undefined="–")  # fmt: skip
case("from_law_flop", flop_per_parameter_token=6, from_parameters=7, from_tokens=11, gives=462)
ways = {"to_flop": 2, "projected_law_flop": 3, "law_flop": 5}
base = {"from_flop": 7, "from_law_flop": 11}
for basis, chosen, beside in (("stated", 2, 7), ("tokens", 3, 11), ("law", 5, 7)):
    case("projected_flop", projection_basis=basis, **ways, gives=chosen)
    case("base_flop", projection_basis=basis, **base, gives=beside)
case("compute_step", projected_flop=21, base_flop=3, gives=7)
case("flop", projected_flop=77, gives=77)
case("from_flop_over_paper", from_flop=21, paper_flop=3, gives=7)
case("projected_over_law", projected_flop=21, projected_law_flop=3, gives=7)
case("projected_over_law", projected_flop=21, projected_law_flop=None, undefined=PASSED_ON)

# ---- tokens --------------------------------------------------------------------------------------

case("implied_tokens", flop=462, flop_per_parameter_token=6, projected_parameters=7, gives=11)
case("projected_tokens", stated_tokens=7, implied_tokens=11, gives=7)
case("projected_tokens", stated_tokens=None, implied_tokens=11, gives=11)
case("sample_bytes_per_token", sample_bytes=570e9, sample_tokens=400e9, gives=1.425)
case("projected_bytes", projected_tokens=7, sample_bytes_per_token=3, gives=21)
case("stated_bytes_per_token", data_bytes=23e12, projected_tokens=16e12, gives=1.4375)
case("stated_bytes_per_token", data_bytes=None, projected_tokens=16e12,
     undefined="no data volume given")  # fmt: skip
case("corpora_tokens", corpus_counted=[3, 0, 11], gives=14)
case("corpora_share", corpora_tokens=3, projected_tokens=20, gives=0.15)
case("corpora_unsized", corpus_counted=[3, 0, 11], corpus_size=[3, None, 11], gives=1)

# All books: 1.5e8 of 200 pages of 300 tokens. The last two lack a figure or have a count.
books = {"corpus_books": [1.5e8, None, 7, 7], "corpus_pages": [200, 3, None, 3],
         "corpus_tokens_per_page": [300, 5, 5, None]}  # fmt: skip
case("corpus_from_books", **books, gives=[9e12, None, None, None])
case("corpus_size", corpus_tokens=[3, None, None], corpus_from_books=[5, 7, None],
     gives=[3, 7, None])  # fmt: skip
case("corpus_counted", corpus_size=[3, None], gives=[3, 0])
case("corpus_share", corpus_size=[3, None], projected_tokens=20, gives=[0.15, None])

# ---- cost ----------------------------------------------------------------------------------------

case("projected_cost", from_cost=7, compute_step=11, gives=77)
case("projected_cost_next_chip", projected_cost=77, next_chip_speedup=7, gives=11)
case("projected_quarters", projected_cost_next_chip=21, supplier_quarter_revenue=6, gives=3.5)
case("projected_cost_by_law", projected_law_flop=33, from_cost=7, from_law_flop=3, gives=77)
case(
    "projected_cost_by_law",
    projected_law_flop=None,
    from_cost=7,
    from_law_flop=3,
    undefined=PASSED_ON,
)
case("case_speedup", source_chip_speedup=2, next_chip_speedup=3, next_chip_speedup_low=5,
     next_chip_speedup_high=7, gives=[2, 3, 5, 7])  # fmt: skip
case("case_cost", projected_cost=42, case_speedup=[2, 3, 7], gives=[21, 14, 6])
case("case_quarters", case_cost=[21, 14], supplier_quarter_revenue=7, gives=[3, 2])

counts = {"from_flop": 2, "paper_flop": 3, "from_law_flop": 5, "to_flop": 7,
          "projected_law_flop": 11, "law_flop": 13}  # fmt: skip
case("count_flop", **counts, gives=[2, 3, 5, 7, 11, 13])
case("count_pflops_days", count_flop=[21e15, None], seconds_per_day=7, gives=[3, None])
case("count_law_flop", from_law_flop=5, projected_law_flop=11, gives=[5, 5, 5, 11, 11, 11])
case("count_over_law", count_flop=[21, None, 21], count_law_flop=[7, 7, None],
     gives=[3, None, None])  # fmt: skip

# ---- memory: 2 bytes of weights, 3 of gradients, 11 of optimizer state ---------------------------

case("zero_gpus", data_parallel_gpus=7, gpus_working=11, gives=7)
case("zero_gpus", data_parallel_gpus=None, gpus_working=11, gives=11)
case("zero_gb_per_gpu", resident_gb=3, sharded_gb=77, zero_gpus=7, gives=14)
rows = {"zero_number": [0, 1, 2, 3]}
case("zero_number", gives=[0, 1, 2, 3])
for stage, gigabytes in enumerate((16, 7, 5, 3)):
    case("zero_stage_gb", zero_stage=stage, **rows, zero_projected_gb=[16, 7, 5, 3],
         gives=gigabytes)  # fmt: skip
state = {"weight_bytes": 2, "gradient_bytes": 3, "optimizer_bytes": 11}
case("largest_alone", zero_device_gb=32, **state, gives=2e9)
# 14 bytes over 7 devices are 2, and 2 on each.
case("largest_spread", zero_device_gb=32, **state, zero_replicas=7, gives=8e9)
case("zero_examples_off", zero_example_off=[1, 0, 1, 1], gives=3)
case("zero_resident", **rows, **state, gives=[16, 5, 2, 0])
case("zero_spread", **state, zero_resident=[16, 5, 2, 0], gives=[0, 11, 14, 16])
# ZeRO's Figure 1: 7.5B over 64 devices, 16 bytes a parameter: 120, 31.4, 16.6 and 1.9 GB.
case("zero_example_gb", zero_example_parameters=7.5e9, zero_resident=[16, 4, 2, 0],
     zero_spread=[0, 12, 14, 16], zero_example_replicas=64,
     gives=[120, 31.40625, 16.640625, 1.875])  # fmt: skip
case("zero_paper_gb", zero_paper_0_gb=2, zero_paper_1_gb=3, zero_paper_2_gb=5, zero_paper_3_gb=7,
     gives=[2, 3, 5, 7])  # fmt: skip
case("zero_example_gap", zero_example_gb=[103, 95], zero_paper_gb=[100, 100], gives=[0.03, -0.05])
# A last digit of 0.1 may hide half of it, up or down.
case("zero_example_off", zero_example_gb=[5.05, 4.95, 5.06, 4.94], zero_paper_gb=[5, 5, 5, 5],
     zero_print_step_gb=0.1, gives=[0, 0, 1, 1])  # fmt: skip
# 6 bytes in 3 parts, and 35 over 7 GPUs: 7 bytes of 11 bn parameters.
case("zero_projected_gb", projected_parameters=11e9, zero_resident=[6, 0], model_parallel_gpus=3,
     zero_spread=[35, 14], zero_gpus=7, gives=[77, 22])  # fmt: skip
case("zero_projected_fits", zero_projected_gb=[79, 80, 81], memory_gb=80, gives=[1, 1, 0])

# ---- checks --------------------------------------------------------------------------------------

there = {"projected_law_flop": 3, "law_flop": 5}
for basis in ("stated", "tokens", "law"):
    case("projection_basis_given", projection_basis=basis, **there, gives=0)
case("projection_basis_given", projection_basis="tokens", projected_law_flop=None, law_flop=5,
     gives=1)  # fmt: skip
case("projection_basis_given", projection_basis="law", projected_law_flop=3, law_flop=None,
     gives=1)  # fmt: skip
case("projection_basis_given", projection_basis="stated", projected_law_flop=None, law_flop=None,
     gives=0)  # fmt: skip
for check, ratio in (("from_flop_as_in_paper", "from_flop_over_paper"),
                     ("projection_agrees", "projected_over_law")):  # fmt: skip
    for value, flag in ((10.1, 1), (10, 0), (0.1, 0), (0.09, 1)):
        case(check, **{ratio: value}, compute_mismatch_factor=10, gives=flag)
case("projection_agrees", projected_over_law=None, compute_mismatch_factor=10, gives=0)
for given, computed, flag in ((7, 71, 1), (7, 70, 0), (70, 7, 0), (71, 7, 1)):
    case("class_of_its_size", class_parameters=given, projected_parameters=computed, gives=flag)
case("corpora_suffice", corpora_tokens=7, projected_tokens=8, gives=1)
case("corpora_suffice", corpora_tokens=7, projected_tokens=7, gives=0)
case("corpora_sized", corpora_unsized=1, gives=1)
case("corpora_sized", corpora_unsized=0, gives=0)
for speedup, flag in ((2.9, 1), (3, 0), (7, 0), (7.1, 1)):
    case("speedup_as_stated", next_chip_speedup=speedup, next_chip_speedup_low=3,
         next_chip_speedup_high=7, gives=flag)  # fmt: skip
case("zero_as_published", zero_examples_off=1, gives=1)
case("zero_as_published", zero_examples_off=0, gives=0)
case("zero_stages_agree", zero_stage_gb=7, zero_gb_per_gpu=7, gives=0)
case("zero_stages_agree", zero_stage_gb=7.1, zero_gb_per_gpu=7, gives=1)
