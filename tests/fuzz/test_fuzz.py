"""The targets of tests/fuzz in short: inputs put together from words and pieces of seeds by Hypothesis, and every input that once was a bug."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import targets  # noqa: E402 - it stands beside this file, also where the tests run against an installed package

FOUND = sorted((HERE / "found").glob("*/*"))


def inputs(name):
    """Words, pieces of seeds and any characters, one after another."""
    pieces = [
        piece for seed in targets.seeds(name) for piece in seed.decode("utf-8", "replace").splitlines(keepends=True)
    ]
    between = st.sampled_from(["", " ", "\n", "\n  ", "/"])
    part = st.one_of(st.sampled_from(targets.words(name)), st.sampled_from(pieces), st.text(max_size=8))
    return st.lists(st.tuples(part, between), max_size=12).map(lambda parts: "".join(a + b for a, b in parts).encode())


@pytest.mark.parametrize("name", targets.TARGETS)
@given(data=st.data())
def test_nothing_escapes_but_refusals(name, data):
    targets.timed(name, data.draw(inputs(name)))


@pytest.mark.parametrize("name", targets.TARGETS)
@given(data=st.binary(max_size=200))
def test_bytes_of_any_kind(name, data):
    targets.timed(name, data)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_seeds_and_what_runs_kept(name):
    assert targets.kept(name)
    for seed in (*targets.seeds(name), *targets.kept(name)):
        targets.TARGETS[name](seed)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once_stays_mended(path):
    targets.timed(path.parent.name, path.read_bytes())


@pytest.mark.long
@pytest.mark.parametrize("name", targets.TARGETS)
def test_ten_thousand_inputs_with_atheris(name):
    pytest.importorskip("atheris", reason="needs atheris: pip install atheris")
    command = [sys.executable, HERE / "run.py", name, "-runs=10000", "-verbosity=0"]
    assert subprocess.run(command, check=False, timeout=600).returncode == 0
