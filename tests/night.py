"""What is tried by night alone: of a test that takes long, as many cases by day as have time.

`night.csv` says how many seconds each such test takes with all its cases, on one core. It is
written anew by `TCO_BY_NIGHT=1 .venv/bin/pytest --durations=0 -vv > LOG`, and then
`python -m tests.night LOG`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("night.csv")
BY_DAY = 0.25  # seconds that a test has by day, over all its cases
# What nothing quicker shows, and so has more: how many of its cases are tried by day.
KEPT = {
    "fuzz/test_found.py::test_bytes_changed_at_random_are_read_or_refused": 4,
    "fuzz/test_found.py::test_what_was_found_is_mended": 99,
    "audit/test_rules.py::test_it_fires_where_something_is_wrong": 99,
    "audit/test_rules.py::test_it_is_silent_where_all_is_right": 99,
    "golden/test_texts.py::test_a_person_sees_what_was_last_read": 6,
    "kinds/test_live.py::test_an_edit_in_the_file_is_the_scenario_built_anew": 1,
    "mutation/test_mutation.py::test_a_hundredth_or_a_turned_sign_is_seen_in_every_line": 5,
    "reconciling/test_file.py::test_these_keys_and_no_others_change": 6,
    "reconciling/test_returned.py::test_a_build_over_an_edited_book_says_what_was_changed_and_"
    "three_ways": 1,
    "reconciling/test_returned.py::test_cells_of_rows_go_into_their_rows": 1,
    "reconciling/test_returned.py::test_damage_is_named_and_refused": 4,
    "reconciling/test_returned.py::test_of_an_untouched_book_nothing_is_pulled": 1,
    "reconciling/test_returned.py::test_what_is_none_of_it_is_refused_by_its_cell": 4,
    "reconciling/test_round_trip.py::test_what_is_typed_is_built_anew_from_the_file": 1,
    "test_board.py::test_an_error_takes_the_place_of_the_answer": 1,
    "test_board.py::test_each_value_of_the_page_is_in_its_cell": 4,
    "test_bytes.py::test_same_scenario_same_bytes": 1,
    "test_diff.py::test_a_version_is_a_row_of_its_own": 1,
    "test_diff.py::test_each_row_is_a_scenario_loaded_anew_and_they_add_up": 6,
    "test_diff.py::test_overrides_are_changes_of_their_book": 1,
    "test_fitting.py::test_nothing_is_cut": 3,
    "test_guides.py::test_the_commands_of_a_page_run_one_after_another": 99,
    "test_hostile.py::test_no_text_of_a_scenario_becomes_a_formula": 1,
    "test_hostile.py::test_what_is_added_is_read_again": 2,
    "test_house.py::test_every_formula_yields_its_declared_unit": 99,
    "test_house.py::test_imports_point_one_way": 1,
    "test_case.py::test_a_case_may_change_what_no_driver_moves": 1,
    "test_printing.py::test_what_is_read_on_paper_is_printed": 1,
    "test_proof.py::test_it_counts_the_formulas_and_has_the_amount": 1,
    "test_protect.py::test_only_what_is_typed_in_is_unlocked": 1,
    "test_starters.py::test_it_loads_and_builds_as_it_is": 99,
    "test_writing.py::test_a_kill_at_any_moment_leaves_the_old_or_the_new": 1,
    "verify/test_carried.py::test_a_book_reads_no_file_that_lies_on_the_disk": 1,
    "verify/test_compared.py::test_it_is_as_built_and_a_changed_cell_is_named": 1,
    "verify/test_tampering.py::test_a_book_saved_by_another_program_is_as_built": 1,
    "verify/test_verdicts.py::test_the_engines_behind_verify_agree": 3,
}
# What takes long by what it shares, or is done by another step of `.ci/run`.
BY_NIGHT_ALONE = (
    "fuzz/test_agreement.py",
    "fuzz/test_traps.py",
    "kinds/test_own_behaviour.py",
    "kinds/test_quotes_live.py",
    "lines/test_examples.py::test_no_exemption_is_idle",
    "mutation/test_mutation.py::test_no_reason_is_idle",
    "test_schema.py",  # .ci/run asks ajv
)


def name_of(node: str) -> str:
    """A test without its case and its group: kinds/test_own.py::test_something."""
    return re.split(r"[\[@]", node.removeprefix("tests/"), maxsplit=1)[0]


def seconds() -> dict[str, float]:
    """What each long test takes."""
    with LISTED.open(encoding="utf-8", newline="") as file:
        return {row["test"]: float(row["seconds"]) for row in csv.DictReader(file)}


def left_for_the_night(items: Iterable[pytest.Item]) -> dict[str, pytest.Item]:
    """What is not tried by day, by its whole name."""
    long, cases = seconds(), defaultdict(list)
    left: dict[str, pytest.Item] = {}
    for item in items:
        if (name := name_of(item.nodeid)) in long:
            cases[name].append(item)
        elif name.startswith(BY_NIGHT_ALONE):
            left[item.nodeid] = item
    for name, found in cases.items():
        count = _kept(name, len(found), long[name])
        kept = {at * len(found) // count for at in range(count)}  # evenly among its cases
        left |= {item.nodeid: item for at, item in enumerate(found) if at not in kept}
    return left


def _kept(name: str, count: int, takes: float) -> int:
    if name.startswith(BY_NIGHT_ALONE):
        return 0
    return min(count, KEPT.get(name, int(BY_DAY * count / takes)))


def measured(lines: Iterable[str]) -> Counter[str]:
    """The seconds of each test in what pytest printed."""
    found: Counter[str] = Counter()
    for line in lines:
        if told := re.match(r"([\d.]+)s (?:call|setup|teardown)\s+(\S+::\S+)", line):
            found[name_of(told[2])] += float(told[1])
    return found


def main(words: Sequence[str]) -> None:
    """Write the list from a log."""
    found = measured(Path(words[0]).read_text(encoding="utf-8").splitlines())
    with LISTED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("test", "seconds"))
        writer.writerows((name, f"{takes:.0f}") for name, takes in sorted(found.items())
                         if takes > BY_DAY)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
