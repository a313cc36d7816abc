"""What a shell completes: any case, any word of a name, from the record that is meant; and nothing that would act."""

import os
import shutil
import subprocess
import sys

import pytest

from timeline.cli import COMMANDS
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
        ("timeline compare @inter", ["@inter-korean"]),
        ("timeline compare events.yaml @inter", ["@inter-korean"]),
        ("timeline compare @inter-korean @kim-jong-un-abroad --person moon", ["Moon Jae-in"]),
        ("timeline compare a.yaml b.yaml --only amb", ["ambiguous"]),
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


def asked_of(words):
    """Everything that may be typed of some words: each of their beginnings, and those that begin so."""
    begun = dict.fromkeys(word[:end] for word in words for end in range(1, len(word) + 1))
    return {start: [word for word in words if word.startswith(start)] for start in begun if start != "-"}


@pytest.fixture
def answers(monkeypatch, store):
    """What the program answers to a line, without starting it: a line is asked for every beginning of every option."""
    import typer
    from typer._click.shell_completion import get_completion_class

    from timeline.cli import app
    from timeline.cli.complete import answer_shells

    answer_shells()
    monkeypatch.setenv("TIMELINE_STORE", str(store))
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    asked = get_completion_class("fish")(typer.main.get_command(app), {}, "timeline", "_TIMELINE_COMPLETE")

    def answers(line):
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        return asked.complete()

    return answers


def options_of(command):
    import typer

    from timeline.cli import app

    group = typer.main.get_command(app)
    with typer.Context(group) as ctx:
        params = group.get_command(ctx, command).get_params(ctx) if command else group.get_params(ctx)
        options = [
            name for one in params if one.param_type_name == "option" for name in (*one.opts, *one.secondary_opts)
        ]
        return [name for name in options if name.startswith("--")]


ALL_BEGINNINGS = """
source /dev/stdin
program() { printf "%s\n" "$(<"$ANSWERS/${_TYPER_COMPLETE_ARGS// /:}")"; }
for COMP_LINE in "$@"; do
    read -ra COMP_WORDS <<< "$COMP_LINE"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE}
    _timeline program
    printf "%s" "$COMP_LINE"; printf "\t%s" "${COMPREPLY[@]}"; printf "\n"
done
"""


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_beginning_of_an_option_is_completed_by_those_that_begin_so(run, answers, tmp_path, command):
    """However long the help of an option is: a shell takes each line of an answer for a word."""
    asked = asked_of(options_of(command)) | ({} if command else asked_of(list(COMMANDS)))
    lines = {" ".join(filter(None, ("timeline", command, start))): words for start, words in asked.items()}
    for line in lines:
        (tmp_path / line.replace(" ", ":")).write_text(answers(line), encoding="utf-8")
    done = subprocess.run(
        [shutil.which("bash"), "--norc", "-c", ALL_BEGINNINGS, "bash", *lines],
        input=run("completion", "bash").out,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"ANSWERS": str(tmp_path), "LC_ALL": "C.UTF-8"},
    )
    found = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    assert {line: sorted(words.split("\t")) for line, words in found.items()} == {
        line: sorted(words) for line, words in lines.items()
    }
    assert done.stderr == ""


@pytest.mark.skipif(not shutil.which("zsh"), reason="needs zsh")
@pytest.mark.parametrize(
    ("line", "words"),
    [("timeline list --sto", "--store"), ("timeline list --si", "--since"), ("timeline list --at", "--at-least")],
)
def test_zsh_gets_one_word_of_an_option_with_long_help(run, line, words):
    call = 'compdef() { }; source /dev/stdin; compadd() { print -rl -- ${(P)@[-1]}; }; timeline() { "$PYTHON" -m timeline; }; words=(${=LINE}) CURRENT=$#words; _timeline'
    done = subprocess.run(
        [shutil.which("zsh"), "-f", "-c", call],
        input=run("completion", "zsh").out,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHON": sys.executable, "LINE": line},
    )
    assert done.stdout.split() == [words]


def test_what_an_option_means_stands_on_its_line(run):
    asked = {"_TIMELINE_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args", "COLUMNS": "20"}
    done = run(env=asked | {"_TYPER_COMPLETE_ARGS": "timeline list --sto"})
    assert done.out.startswith("--store\tThe record: a file")
    assert done.out.endswith("- is standard input.\n")
    assert done.out.count("\n") == 1


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
