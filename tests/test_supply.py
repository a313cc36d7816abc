"""The locks of what develops and tests the program, and its engines: one version of each package, whole, and within the ranges of pyproject.toml."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
DEV, ENGINES = "requirements-dev.lock", "requirements-engines.lock"
pytestmark = pytest.mark.skipif(not (ROOT / DEV).exists(), reason="the locks are not beside the tests")


@pytest.fixture(scope="module", params=[DEV, ENGINES])
def lock(request):
    return request.param


@pytest.fixture(scope="module")
def pinned(lock):
    lines = [line for line in (ROOT / lock).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+]+", line) for line in lines)
    found = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    assert len(found) == len(lines)
    return found


def test_what_the_project_asks_for_is_pinned_within_its_range(lock, pinned):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups, extras = project["dependency-groups"], project["project"]["optional-dependencies"]
    engines = [*groups.pop("engines"), *extras["spark"], *extras["scale"]]
    asked_here = engines if lock == ENGINES else [text for group in groups.values() for text in group]
    asked_for = [Requirement(text) for text in asked_here if isinstance(text, str)]
    for asked in (*map(Requirement, project["project"]["dependencies"]), *asked_for):
        if asked.name == project["project"]["name"]:
            continue
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), str(asked)


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
