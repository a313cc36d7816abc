"""What a shell completes: any case, any word of a name, from the record that is meant; and nothing that would act."""

import os
import shutil
import subprocess
import sys

import pytest

from timeline.cli.places import shipped_record

STORE = """\
timeline: 1
events:
- {id: a-2001, date: 2001, visitor: china, host: japan, people: [{name: Kim Jong Un}, {name: "习近平"}], places: [Hall of the People, $(touch x)], tags: [parade]}
- {id: b-2002, date: 2002, visitor: china, host: japan, people: [{name: "\\u202eKim"}, {name: Choe Son Hui}], places: ["People's Hall"], met: [Abe Shinzo]}
"""


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(STORE, encoding="utf-8")
    return path


@pytest.fixture
def offered(run, store):
    """The words that a line may go on with."""

    def offered(line, **env):
        asked = {"_TIMELINE_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
        done = run(env={"TIMELINE_STORE": str(store)} | asked | {"_TYPER_COMPLETE_ARGS": line} | env)
        assert done.err == ""
        return [word.partition("\t")[0] for word in done.out.splitlines() if word]

    return offered


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("timeline li", ["list"]),
        ('timeline list --person "kim j', ["Kim Jong Un"]),
        ("timeline list --person kim\\ j", ["Kim Jong Un"]),
        ("timeline list --person KIM", ["Kim Jong Un"]),
        ("timeline list --not-person son", ["Choe Son Hui"]),
        ("timeline list --person 习", ["习近平"]),
        ("timeline list --place hall", ["Hall of the People"]),
        ("timeline list --place PEOPLES", ["People's Hall"]),
        ("timeline list --tag p", ["parade"]),
        ("timeline list --met a", ["Abe Shinzo"]),
        ("timeline list --actor CHIN", ["china"]),
        ("timeline list --actor=chin", ["china"]),
        ("timeline list --between china japa", ["japan"]),
        ("timeline list --office vice-prem", ["vice-premier"]),
        ("timeline list --at-least head", ["head-of-state", "head-of-government"]),
        ("timeline list --kind of", ["official"]),
        ("timeline list --type m", ["meeting"]),
        ("timeline list --status a", ["announced", "any"]),
        ("timeline list --support re", ["recalled"]),
        ("timeline list -O js", ["json", "jsonl"]),
        ("timeline list --store @inter", ["@inter-korean"]),
        ("timeline list --store @inter-korean --person moon", ["Moon Jae-in"]),
        ("timeline list --store - --person kim", []),
        ("timeline list --store missing.yaml --person kim", []),
        ("timeline gap --by pe", ["person"]),
        ("timeline show a", ["a-2001"]),
        ("timeline completion z", ["zsh"]),
    ],
)
def test_words_are_offered(offered, line, words):
    assert offered(line) == words


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("words", "reply"),
    [
        (["timeline", "list", "--person", "kim\\ j"], ["Kim\\ Jong\\ Un"]),
        (["timeline", "list", "--person", '"kim j'], ["Kim Jong Un"]),
        (["timeline", "list", "--store", "@", "inter"], ["inter-korean"]),
        (["timeline", "list", "--actor", "=", "chin"], ["china"]),
        (["timeline", "list", "--place", "\\$"], ["\\$\\(touch\\ x\\)"]),
        (["timeline", "list", "--place", '"$'], []),
        (["timeline", "list", "--place", '"peoples'], ["People's Hall"]),
        (["timeline", "list", "--place", "'peoples"], []),
    ],
    ids=" ".join,
)
def test_bash_gets_words_as_it_reads_them(run, store, words, reply):
    line = " ".join(words).replace("@ ", "@").replace(" = ", "=")
    call = 'source /dev/stdin; program() { "$PYTHON" -m timeline; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_POINT=${#COMP_LINE}; _timeline program; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        [shutil.which("bash"), "--norc", "-c", call, "bash", *words],
        input=run("completion", "bash").out,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ
        | {"PYTHON": sys.executable, "TIMELINE_STORE": str(store), "COMP_LINE": line, "LC_ALL": "C.UTF-8"},
    )
    assert done.stdout.split("\n")[:-1] == (reply or [""])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_a_shell_reads_is_sound(run, shell):
    script = run("completion", shell)
    assert script.code == 0
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script.out, text=True, check=True)


def test_another_shell_is_refused(run):
    done = run("completion", "tcsh")
    assert (done.code, done.err) == (2, "timeline: there is no completion for 'tcsh' (one of: bash, zsh, fish)\n")


def test_the_record_that_ships_is_used_where_there_is_no_other(offered):
    assert "xi-jinping-pyongyang-2019-06" in offered("timeline show xi-jin", TIMELINE_STORE=str(shipped_record()))
