"""How the package hangs together: what may import what, who reads the clock, and what `timeline --help` must not load."""

import ast
import os
import subprocess
import sys
import tempfile
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import timeline

PACKAGE = Path(timeline.__file__).parent
TREES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text("utf-8")
    )
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.parent != PACKAGE or path.stem not in ("__init__", "__main__")
}
# From the ground up. A module imports from lower layers, or from its own package; only for types also from its own layer.
LAYERS = (
    {"errors", "progress", "spreadsheet"},
    {"dates", "names", "extras"},
    {"vocabulary", "stretches"},
    {"tenures"},
    {"model"},
    {"facets"},
    {"query", "text", "coverage", "gaps", "doubles", "spellings", "store"},
    {
        "citations",
        "scope",
        "lengths",
        "neighbours",
        "officeholders",
        "people",
        "quantities",
        "counts",
        "anniversaries",
        "changes",
        "promises",
        "ids",
        "diff",
        "merging",
    },
    {"series", "comparison"},
    {"answer", "chart", "bars", "claims"},
    {"checks", "importing", "engines"},
    {"answers", "formats"},
    {"browser"},
    {"cli"},
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
HEAVY = {
    "yaml",
    "rich",
    "dateutil",
    "csv",
    "json",
    "html",
    "statistics",
    "tomllib",
    "zoneinfo",
    "matplotlib",
    "jinja2",
    "numpy",
    "icalendar",
    "xlsxwriter",
    "openpyxl",
    "defusedxml",
    "duckdb",
    "textual",
    "ibis",
    "pyspark",
    "grpc",
}  # difflib is Typer's own burden


def imported(module):
    """The modules of the package that one imports, anywhere in it: (name, whether for types only)."""
    tree = TREES[module]
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "timeline":
            base = node.module.removeprefix("timeline").removeprefix(".")
            names = [".".join(filter(None, (base, alias.name))) for alias in node.names]
            names = [name if name in TREES else base for name in names]
        elif isinstance(node, ast.Import):
            names = [alias.name.removeprefix("timeline.") for alias in node.names if alias.name.startswith("timeline.")]
        for name in filter(None, names):
            yield name, id(node) in for_types


def package(module):
    return module.split(".")[0]


@pytest.mark.parametrize("module", TREES)
def test_a_module_imports_from_below(module):
    layer = LAYER[package(module)]
    for name, for_types in imported(module):
        if package(name) != package(module):
            assert LAYER[package(name)] < layer + for_types, f"{module} imports {name}"


def test_no_import_leads_back():
    graph = {
        module: {name for name, for_types in imported(module) if not for_types and name != module} for module in TREES
    }

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" → ".join(cycle.args[1]))


def test_only_the_command_line_reads_the_clock():
    readers = {
        module
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("today", "now", "utcnow", "time")
        and ast.unparse(node.func.value) in ("date", "datetime", "time", "datetime.date", "datetime.datetime")
    }  # fmt: skip
    assert {package(module) for module in readers} <= {"cli"}


def test_only_the_command_line_prints_or_ends_the_process():
    for module, tree in TREES.items():
        if package(module) == "cli":
            continue
        calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not calls & {"print", "input", "sys.exit", "exit", "typer.Exit", "typer.echo"}, module


def loaded(*args):
    """The modules in memory when a command ends that nothing was kept for in the cache folder."""
    code = "import sys; from timeline.cli import app\ntry: app(sys.argv[1:], standalone_mode=False)\nfinally: print(*sys.modules, file=sys.stderr)"
    with tempfile.TemporaryDirectory() as cache:
        env = os.environ | {"XDG_CACHE_HOME": cache}
        done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True, env=env)
    return set(done.stderr.split())


@pytest.mark.parametrize("args", [("--help",), ("gap", "--help"), ("list", "--help")])
def test_help_loads_nothing_heavy(args):
    found = loaded(*args)
    assert "timeline.cli.commands" in found
    assert not found & HEAVY
    assert {package(name.removeprefix("timeline.")) for name in found if name.startswith("timeline.")} == {
        "cli",
        "errors",
    }


ASKED = {
    "gap": ("gap", "--visitor", "china", "--host", "dprk", "--office", "premier"),
    "help": ("--help",),
    "completion": (),
    "error": ("gap", "--visitor", "nowhere"),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_a_start_loads_is_as_it_was_looked_at(name, golden, tmp_path):
    """Beside the standard library, of a record that is kept: a module more than in tests/golden/loads must be worth its time."""
    code = "import sys, timeline.cli\ntry: timeline.cli.main()\nfinally: print('', *sys.modules, sep='\\nmodule ', file=sys.stderr)"
    asked = {"_TIMELINE_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    if name == "completion":
        env |= asked | {"_TYPER_COMPLETE_ARGS": "timeline gap --visitor chi"}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *ASKED[name]],
            capture_output=True,
            text=True,
            check=False,
            env=env,
            cwd=tmp_path,
        )
    found = {line.removeprefix("module ") for line in done.stderr.splitlines() if line.startswith("module ")}
    usual = {"yaml", "_yaml", "dateutil", "six", "rich", "typer", "timeline"}
    ours = {one if package(one) == "timeline" else package(one) for one in found if package(one) in usual}
    assert {"gap": "", "help": "Usage", "completion": "china", "error": ""}[name] in done.stdout
    assert ("nowhere" in done.stderr) == (name == "error")
    golden(f"loads/{name}.txt", "\n".join(sorted(ours)) + "\n")


def test_plain_answers_do_not_load_rich():
    found = loaded("list", "-O", "plain", "--no-index")
    assert "yaml" in found
    assert "rich" not in found


def test_an_export_without_claims_does_not_load_what_reads_them():
    assert not {name for name in loaded("export", "-O", "csv") if name.startswith("timeline.claims")}


def test_a_chart_in_the_terminal_does_not_load_what_draws_pictures():
    assert not loaded("chart", "--since", "2018") & {"matplotlib", "numpy", "rich"}


def test_public_names_are_loaded_when_used():
    from timeline import Query, find_gaps, load, select

    assert all(map(callable, (Query, find_gaps, load, select)))
    with pytest.raises(AttributeError):
        timeline.nonsense  # noqa: B018 - the look-up is what fails
