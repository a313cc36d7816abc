"""Fuzz with atheris: `python tests/fuzz/run.py` runs more than a million inputs; `python tests/fuzz/run.py loader -runs=1000` one target, with options of libFuzzer.

Needs `pip install atheris` (Linux). Ends with 1 where an input made a traceback or took longer than a second, and keeps that input in the folder it names.
Counting branches makes the program several times slower: an input that takes a second so is timed again without.
With --keep as the first word, what reached most with least is kept in tests/fuzz/corpus: the seeds of the next run, and a test.
"""

import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
RUNS = {"dates": 600_000, "loader": 400_000, "grammar": 50_000}
OPTIONS = ("-rss_limit_mb=256", "-verbosity=0", "-print_final_stats=1")


def main() -> None:
    if sys.argv[1:2] == ["--time"]:
        targets_here().timed(sys.argv[2], sys.stdin.buffer.read())
        return
    keep = sys.argv[1:2] == ["--keep"]
    asked = sys.argv[1 + keep :]
    if asked and not keep:
        fuzz(asked[0], asked[1:])
        return
    chosen = {asked[0]: asked[1:]} if asked else {name: [f"-runs={runs}", *OPTIONS] for name, runs in RUNS.items()}
    failed = [name for name, options in chosen.items() if (keep_corpus if keep else child)(name, options)]
    inputs = f"{sum(RUNS.values()):,} inputs; " if not asked else ""
    print(f"{inputs}failed: {', '.join(failed) or 'none'}")
    sys.exit(bool(failed))


def child(name: str, options: list[str]) -> int:
    """A target in a process of its own, as libFuzzer ends the one that it runs in."""
    return subprocess.run([sys.executable, __file__, name, *options], check=False).returncode


def keep_corpus(name: str, options: list[str]) -> int:
    """Fuzz a target, and keep the fewest of the inputs tried that reach what all of them do."""
    with tempfile.TemporaryDirectory(prefix=f"corpus-{name}-") as folder:
        tried, few = Path(folder) / "tried", Path(folder) / "few"
        tried.mkdir()
        few.mkdir()
        failed = child(name, [*options, str(tried)])
        if child(name, ["-merge=1", "-verbosity=0", str(few), str(tried)]) == 0:
            targets_here().keep(name, [path.read_bytes() for path in few.iterdir()])
    return failed


def targets_here() -> ModuleType:
    """What is fuzzed, which stands beside this file."""
    sys.path.insert(0, str(HERE))
    import targets

    return targets


def watched(targets: ModuleType, name: str, data: bytes) -> None:
    """Run a target; what takes long while branches are counted must not without."""
    began = time.process_time()
    targets.TARGETS[name](data)
    if time.process_time() - began >= targets.LIMIT:
        subprocess.run([sys.executable, __file__, "--time", name], input=data, check=True)


def fuzz(name: str, options: list[str]) -> None:
    """Folders among the options are where inputs are kept, otherwise a temporary one."""
    import atheris

    with atheris.instrument_imports(include=["timeline"]):
        targets = targets_here()
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    corpus = next((Path(option) for option in options if not option.startswith("-")), folder / "corpus")
    corpus.mkdir(exist_ok=True)
    if not any(option.startswith("-merge") for option in options):
        for number, seed in enumerate((*targets.seeds(name), *targets.kept(name))):
            (corpus / str(number)).write_bytes(seed)
    lines = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in targets.words(name)]
    (folder / "words").write_text("".join(f'"{line}"\n' for line in lines if line), encoding="ascii")
    given = [f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", "-timeout=60", "-max_len=4096", *options]
    if corpus.parent == folder:
        given.append(str(corpus))
    again = shlex.join([sys.executable, __file__, name])  # as libFuzzer starts itself to merge
    atheris.Setup([again, *given], lambda data: watched(targets, name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
