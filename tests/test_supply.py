"""The lock of what develops and tests the program: one version of each package, whole, and within the ranges of pyproject.toml."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements-dev.lock"
pytestmark = pytest.mark.skipif(not LOCK.exists(), reason="the lock is not beside the tests")


@pytest.fixture(scope="module")
def pinned():
    lines = [line for line in LOCK.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+]+", line) for line in lines)
    found = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    assert len(found) == len(lines)
    return found


def test_what_the_project_asks_for_is_pinned_within_its_range(pinned):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [text for group in project["dependency-groups"].values() for text in group if isinstance(text, str)]
    for text in (*project["project"]["dependencies"], *groups):
        asked = Requirement(text)
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), text


def test_what_the_pinned_ask_for_is_pinned_too(pinned):
    """Nothing comes in without a version: an audit of the lock is one of all that is installed."""
    for name in pinned:
        try:
            needed = map(Requirement, requires(name) or ())
        except PackageNotFoundError:
            continue
        for asked in needed:
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                assert canonicalize_name(asked.name) in pinned, (name, str(asked))
                assert asked.specifier.contains(pinned[canonicalize_name(asked.name)], prereleases=True), (name, str(asked))  # fmt: skip
