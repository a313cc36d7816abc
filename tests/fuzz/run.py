"""Fuzz with atheris: `python tests/fuzz/run.py` runs more than a million inputs; `python tests/fuzz/run.py loader -runs=1000` one target, with options of libFuzzer.

Needs `pip install atheris` (Linux). Ends with 1 where an input made a traceback or took longer than a second, and keeps that input in the folder it names.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = {"dates": 600_000, "loader": 400_000, "grammar": 50_000}


def main() -> None:
    if len(sys.argv) > 1:
        fuzz(sys.argv[1], sys.argv[2:])
        return
    failed = [name for name, runs in RUNS.items() if child(name, runs)]
    print(f"{sum(RUNS.values()):,} inputs; failed: {', '.join(failed) or 'none'}")
    sys.exit(bool(failed))


def child(name: str, runs: int) -> int:
    """A target in a process of its own, as libFuzzer ends the one that it runs in."""
    command = [
        sys.executable,
        __file__,
        name,
        f"-runs={runs}",
        "-rss_limit_mb=1500",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    return subprocess.run(command, check=False).returncode


def fuzz(name: str, options: list[str]) -> None:
    import atheris

    sys.path.insert(0, str(Path(__file__).parent))
    with atheris.instrument_imports(include=["timeline"]):
        import targets
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(targets.seeds(name)):
        (corpus / str(number)).write_bytes(seed)
    lines = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in targets.words(name)]
    (folder / "words").write_text("".join(f'"{line}"\n' for line in lines if line), encoding="ascii")
    given = [
        f"-dict={folder / 'words'}",
        f"-artifact_prefix={folder}/",
        "-timeout=10",
        "-max_len=4096",
        *options,
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *given], lambda data: targets.timed(name, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
