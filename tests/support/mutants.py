"""Change the code in thousands of ways, one at a time, and list each change that no test notices: `make mutants`.

mutmut makes the changes, all at once: the name of one, in the environment, says which is in force. It does not try
them, because it would collect all tests anew for each change, run one that never ends for many minutes, and not
begin where a test cannot find mutmut. Here the tests are collected once, those that fail or are slow are left out,
and each change is tried in a fork, first by the tests of its module.
"""

import argparse
import gc
import json
import os
import pickle
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from .forks import PROJECT, start_forking

TESTS = ("records", "evidence", "library", "components", "pages", "exports", "cli")
UNFIT = "made_to_hang"  # a test that counts how deep calls are nested
SLOW = 2  # seconds of the processor; with tests that take more, all changes would take a week
LONGEST = 60  # of them until a test that is measured is ended
MEMORY = 3 * 1024**3  # bytes that a change may make the code take
NOTHING = "macros.records.fields.x__text__mutmut_0"  # changes nothing, so every test must pass

# The folder of the changed code, which lies in that of the project.
MUTANTS = PROJECT if PROJECT.name == "mutants" else PROJECT / "mutants"
RESULTS, MEASURED = (MUTANTS.parent / ".cache" / name for name in ("mutants.json", "tests-of-mutants.json"))


def main() -> None:
    """Make the changes, try them, and tell what came of them."""
    parser = argparse.ArgumentParser(description="Try changes of the code: all, some at random, or those named.")
    parser.add_argument("names", nargs="*", help="of changes, as an earlier run lists them")
    parser.add_argument("--sample", type=int, help="how many to try, at random")
    parser.add_argument("--seed", type=int, default=0, help="of what is random; the order of all is, too")
    parser.add_argument("--seconds", type=float, default=1e9, help="of tests, at most, for each change")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--resume", action="store_true", help="go on with an earlier run")
    wanted = parser.parse_args()
    if not wanted.resume:
        shutil.rmtree(MUTANTS, ignore_errors=True)
        for path in (RESULTS, MEASURED):
            path.unlink(missing_ok=True)
    make_mutants()
    os.environ |= {"MUTANTS": json.dumps(vars(wanted)), "PYTHONPATH": f"{MUTANTS}:{os.environ['PYTHONPATH']}"}
    if not (pid := os.fork()):
        os.chdir(MUTANTS)
        options = ["-qs", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", "-p", __spec__.name]
        tests = [f"tests/{name}" for name in TESTS]
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *options, "-k", f"not {UNFIT}", *tests])
    os.waitpid(pid, 0)
    report(json.loads(RESULTS.read_text()))


def make_mutants() -> None:
    """Have mutmut copy the project into a folder, and write all changes into the code there."""
    from mutmut import __main__ as mutmut

    MUTANTS.mkdir(exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.create_mutants(1)


def report(results: dict[str, str]) -> None:
    """Print each change that was not noticed, and how many were, of each module."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    modules: dict[str, Counter[str]] = {}
    for name, result in sorted(results.items()):
        module = name.rpartition(".")[0]
        modules.setdefault(module, Counter())[result if "::" not in result else "noticed"] += 1
        if result == "survived":
            lines = get_diff_for_mutant(name, path=module.replace(".", "/") + ".py").splitlines()
            print(f"\n{name}", *(line for line in lines[3:] if line[:1] in "+-"), sep="\n")
    for module, counts in [*modules.items(), ("all", sum(modules.values(), Counter[str]()))]:
        share = 1 - counts["survived"] / counts.total()
        print(f"{share:7.1%} of {counts.total():5} in {module}: {dict(counts)}")


# What follows is a plugin of pytest, in the process that tries the changes.


def pytest_collection() -> None:
    """Have Hypothesis look for no smaller example once it has found one."""
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile("mutants", hypothesis.settings.get_profile("project"), phases=phases)
    hypothesis.settings.load_profile("mutants")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try the changes, in place of running the tests."""
    from mutmut.configuration import config

    config()  # reads its file in the folder that is the current one
    wanted = Namespace(**json.loads(os.environ.pop("MUTANTS")))
    limits = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (300, limits[1]))  # what it forks may never end, either
    start_forking()
    resource.setrlimit(resource.RLIMIT_CPU, limits)
    gc.collect()
    gc.freeze()
    items = {item.nodeid: item for item in session.items}
    measured = measure(items, wanted.processes)
    found = (json.loads(path.read_text())["exit_code_by_key"] for path in sorted(MUTANTS.glob("macros/**/*.meta")))
    names = [name for each in found for name in each]
    names = random.Random(wanted.seed).sample(names, wanted.sample or len(names))
    try_all(wanted.names or [NOTHING, *names], items, measured, wanted)
    return True


def measure(items: dict[str, pytest.Item], processes: int) -> dict[str, Any]:
    """Return what each test takes, and which functions that can be changed it runs, when it runs alone.

    Those that are slow, or that fail while nothing is changed, are named and left out.
    """
    known = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}

    def run(nodeid: str) -> dict[str, Any]:
        from mutmut.mutation.trampoline import set_mutant_under_test
        from mutmut.state import state

        set_mutant_under_test("stats")
        del os.environ["MUTANT_UNDER_TEST"]  # other processes do not count
        set_limits(LONGEST)
        passed = passes(items[nodeid], None)
        return {"passed": passed, "seconds": time.process_time(), "functions": sorted(state()._stats)}

    new = [name for name in items if name not in known]
    print(f"{len(items)} tests; {len(new)} are run alone, to measure them", flush=True)
    for name, found in in_forks(new, run, processes):
        known[name] = found or {"passed": False, "seconds": LONGEST, "functions": []}
    MEASURED.write_text(json.dumps(known))
    for name in items:
        if not known[name]["passed"] or known[name]["seconds"] > SLOW:
            print(f"  left out: {name}: {'passed' if known[name]['passed'] else 'failed'}")
    return {name: known[name] for name in items if known[name]["passed"] and known[name]["seconds"] <= SLOW}


def try_all(names: list[str], items: dict[str, pytest.Item], measured: dict[str, Any], wanted: Namespace) -> None:
    """Try each change until a test fails, and write down which did: quick tests that run little else go first."""
    running: dict[str, list[str]] = {}
    for nodeid, each in sorted(measured.items(), key=lambda test: test[1]["seconds"] * len(test[1]["functions"])):
        for function in each["functions"]:
            running.setdefault(function, []).append(nodeid)

    def run(name: str) -> str:
        *folders, module = name.rpartition(".")[0].split(".")[1:]
        homes = f"tests/{'/'.join(folders)}/test_{module}.py", f"tests/{folders[0]}/"
        chosen = running.get(name.rpartition("__mutmut_")[0]) or [each for each in measured if homes[0] in each]
        chosen = sorted(chosen, key=lambda nodeid: -sum(map(nodeid.startswith, homes)))
        os.environ["MUTANT_UNDER_TEST"] = name
        spent = 0.0
        for nodeid, following in zip(chosen, [*chosen[1:], None], strict=True):
            set_limits(5 + 10 * measured[nodeid]["seconds"])
            if spent > wanted.seconds:
                break
            if not passes(items[nodeid], following and items[following]):
                return nodeid
            spent += measured[nodeid]["seconds"]
        return "survived"

    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    left = [name for name in names if wanted.names or name not in results]
    started = time.monotonic()
    for done, (name, result) in enumerate(in_forks(left, run, wanted.processes), 1):
        results[name] = result or "did not end"
        print(f"{done} of {len(left)} in {time.monotonic() - started:.0f} s: {name}: {results[name]}", flush=True)
        if done % 20 == 0 or done == len(left):
            RESULTS.write_text(json.dumps({name: results[name] for name in results if name != NOTHING}, indent=0))
    assert results.get(NOTHING, "survived") == "survived", f"{results[NOTHING]} fails though nothing is changed"


def passes(item: pytest.Item, following: str | pytest.Item | None) -> bool:
    """Run a test; keep of its fixtures what the following one uses."""
    return not any(each.failed for each in runtestprotocol(item, log=False, nextitem=following))  # type: ignore[arg-type]


def set_limits(seconds: float) -> None:
    """End this process when it has worked so long, or has waited twelve times as long."""
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    signal.setitimer(signal.ITIMER_REAL, 12 * seconds)


def in_forks(names: list[str], run: Callable[[str], Any], processes: int) -> Iterator[tuple[str, Any]]:
    """Run a function on each name in a fork of its own; yield what it returns, or None where it came to no end."""
    running: dict[int, tuple[str, Path]] = {}
    waiting = names[::-1]
    while waiting or running:
        while waiting and len(running) < processes:
            name, folder = waiting.pop(), Path(tempfile.mkdtemp(prefix="mutant-"))
            if not (pid := os.fork()):
                _run_in(folder, run, name)
            running[pid] = name, folder
        pid, _ = os.wait()
        if pid in running:
            name, folder = running.pop(pid)
            said = folder / "said"
            yield name, pickle.loads(said.read_bytes()) if said.exists() else None
            shutil.rmtree(folder, ignore_errors=True)


def _run_in(folder: Path, run: Callable[[str], Any], name: str) -> None:
    """Write what a function returns into a folder, where its files go, too. This process ends with it."""
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    try:
        (folder / "new").write_bytes(pickle.dumps(run(name)))
        (folder / "new").rename(folder / "said")
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
