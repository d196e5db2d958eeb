"""Wrong rules on purpose, and whether the tests see them.

    python -m tests.mutation [KIND...] [--jobs 2]          every line of these kinds, or of all
    python -m tests.mutation --sample 40 [--jobs 2]        what the tests beside the examples see

Each numeric line has its result made a hundredth larger and its sign turned, and then one part of
its formula changed at a time: a sign, a comparison, a number, a branch, an input held still or
taken for another. A change is seen where a worked example (tests/lines) gives something else.
Exit code 1: a change is unseen and has no reason in tests/mutation/survivors.csv.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ThreadPoolExecutor

from tco.model import KINDS
from tests.lines.covered import examples, numeric
from tests.lines.variants import VARIANTS, Variant
from tests.mutation import mutants, run, wider


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser("tests.mutation", description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--jobs", type=int, default=2, help="processes side by side (2)")
    parser.add_argument("--sample", type=int, default=0, metavar="N",
                        help="ask the other tests about N lines, a hundredth on each")  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, help="which lines the sample holds (0)")
    asked = parser.parse_args()
    unknown = set(asked.kinds) - set(KINDS)
    if unknown:
        parser.error(f"no kind of scenario: {', '.join(sorted(unknown))}")
    kinds = [at for at in VARIANTS if at.kind in (asked.kinds or KINDS)]
    if asked.sample:
        return sampled(kinds, asked.sample, asked.seed, asked.jobs)
    return every_line(kinds, asked.jobs)


def every_line(kinds: list[Variant], jobs: int) -> int:
    """The table by kind, and each change that is unseen with its reason."""
    found = run.findings(kinds, jobs)
    print(run.table(run.counts(kinds, found)))
    survivors = [one for finding in found.values() for one in finding.survivors]
    known = run.reasons()
    unexplained = [one for one in survivors if one not in known]
    print(f"\n{len(found):,} different lines; {len(survivors)} changes unseen:")
    for key, change in survivors:
        print(f"  {key}: {change}: {known.get((key, change)) or asked_wider(kinds, key, change)}")
    return 1 if unexplained else 0


def asked_wider(kinds: list[Variant], key: str, change: str) -> str:
    """What the tests beside the examples say of a change that has no reason."""
    kind, line = next(
        (at.kind, one)
        for at in kinds
        for one in numeric(at)
        if run.keyed(one, examples(at)[one.key]) == key
    )
    if change not in mutants.RESULTS or not wider.lines_of(line.rule):
        return "NO REASON"
    seen = wider.sees(kind, line.key, change)
    return f"NO REASON; {'a test' if seen else 'no test'} of the kind's figures sees it"


def sampled(kinds: list[Variant], size: int, seed: int, jobs: int) -> int:
    """Which of some lines the tests beside the examples see, a hundredth on the result of each."""
    lines: dict[tuple[str, str], list[str]] = {}
    for at in kinds:
        for one in numeric(at):
            if "owned" not in at.has and wider.lines_of(
                one.rule
            ):  # owned beside a run: as kind own
                lines.setdefault(run.identity(one), []).append(at.kind)
    chosen = random.Random(seed).sample(sorted(lines), min(size, len(lines)))

    def ask(which: tuple[str, str]) -> bool:
        return any(wider.sees(kind, which[0], mutants.RESULTS[0]) for kind in lines[which])

    answers = []
    with ThreadPoolExecutor(jobs) as pool:
        for which, seen in zip(chosen, pool.map(ask, chosen), strict=True):
            said = "seen" if seen else "NOT SEEN"
            print(f"  {which[0]} of {', '.join(lines[which])}: {said}", flush=True)
            answers.append(seen)
    print(f"{sum(answers)} of {len(answers)} seen by the tests beside the worked examples")
    return 0


if __name__ == "__main__":
    sys.exit(main())
