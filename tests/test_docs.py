"""Every ```console block of README.md and docs/ is run, and prints what the page says.

A line that begins with `$ ` is a command; what follows it, up to the next one, is what a terminal of 100 columns without colours shows, to the end of each line's
last character. The commands of one page run one after another in one folder that has the record, the records and the claims. `--update-golden` writes the pages anew.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminals import run_at_terminal

import timeline

ROOT = Path(__file__).parents[1]
WIDTH = 100
KILLED = 128  # the least exit status that a shell gives to what a signal ended
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [
    path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if path.name != "changes.md"  # tests/test_changes.py runs it, in a store of its own
    if path.is_file() and BLOCK.search(path.read_text("utf-8"))
]
TIMELINE = Path(sys.executable).with_name("timeline")


@pytest.fixture
def folder(tmp_path):
    """A folder with what a checkout has beside the program."""
    shutil.copy(ROOT / "events.yaml", tmp_path)
    for name in ("records", "claims"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    return tmp_path


@pytest.mark.skipif(not TIMELINE.exists(), reason="the program is not installed beside Python")
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_example_prints_what_the_page_says(page, folder, request):
    text = page.read_text("utf-8")
    real = BLOCK.sub(lambda match: f"```console\n{played(match[1], folder)}```", text)
    if request.config.getoption("--update-golden"):
        page.write_text(real, encoding="utf-8", newline="\n")
    assert page.read_text("utf-8") == real


def test_the_first_screen_of_the_readme_has_two_commands():
    """What it does in one sentence, then one command to ask and one to test."""
    readme = (ROOT / "README.md").read_text("utf-8")
    first, _, _ = readme.partition("\n## ")
    assert len(re.findall(r"^```sh\n\S.*\n```$", first, re.MULTILINE)) == 2


def test_the_readme_has_ten_examples():
    _, _, examples = (ROOT / "README.md").read_text("utf-8").partition("\n## Ten worked examples\n")
    examples, _, _ = examples.partition("\n## ")
    assert re.findall(r"^### (\d+)\. ", examples, re.MULTILINE) == [str(number) for number in range(1, 11)]
    assert all(BLOCK.search(example) for example in examples.split("\n### ")[1:])


def test_links_of_the_readme_lead_somewhere():
    readme = (ROOT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", readme) if "://" not in link]
    package = Path(timeline.__file__).parents[1]  # beside the pages in a checkout, elsewhere when the wheel is tested
    assert [link for link in links if not ((ROOT / link).exists() or (package / link).exists())] == []


def played(block, folder):
    """A block with each command answered anew."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{shown(command[2:], folder)}" for command in commands)


def shown(command, folder):
    """What a command leaves on a terminal, both outputs together as one sees them."""
    env = {
        "PATH": os.pathsep.join([str(TIMELINE.parent), os.environ["PATH"]]),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "dumb",  # no bars, which come and go with the speed of the machine
        "NO_COLOR": "1",
    }
    whole = ["bash", "-o", "pipefail", "-c", command]
    status, text = run_at_terminal(whole, size=(50, WIDTH), stdin=subprocess.DEVNULL, cwd=folder, env=env)
    assert status < KILLED, f"a part of {command} was killed"
    lines = [line.rstrip() for line in text.decode().replace("\r\n", "\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)
