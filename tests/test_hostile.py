"""Text that wants to be more than text, in every field, through every command and format; and input that wants to break the reader."""

import csv
import html.parser
import importlib
import io
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
import yaml
from markdown_it import MarkdownIt
from terminals import run_at_terminal

from timeline.cli import Program, main
from timeline.cli.asking import offered
from timeline.errors import Problem, StoreError
from timeline.formats import EXPORTS, FORMATS
from timeline.store import load, load_texts, making
from timeline.text import visible

HERE = Path(__file__).parent
TRAPS = {
    "rich": "[bold red]x[/] [/nothing] [link=https://evil.test]y[/link] :boom:",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e\u061c",
    "hidden": "a\u200bb\u200dc\ufeffd\u00ade\U000e0041",
    "separators": "a\u2028b\u2029c",
    "script": "</script><script>alert(1)</script>",
    "html": "<img src=x onerror=alert(1)> <a href='javascript:alert(1)'>x</a> &lt;b&gt; \" onclick=\"x",
    "comment": "--> <!-- ]]> <![CDATA[",
    "markdown": "# x\n- y\n**b** _i_ `c` [l](https://evil.test) ![i](x) | a | <b> ~~s~~ &amp; \\",
    "formula": '=HYPERLINK("https://evil.test","x")',
    "formulas": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-1-1",
    "tab": "\t=1+1",
    "full-width": "＝1＋1",
    "quotes": "a \"b\" 'c', d; e | f \\ g",
    "lines": "a\nb\n\nc",
    "workflow": "::error file=x::y\n::set-output name=a::b",
    "format": "%s %n {0} {x!r} ${HOME} $(id) `id`",
    "path": "../../etc/passwd",
    "calendar": "a\nEND:VEVENT\nBEGIN:VEVENT",
    "colour": "\x1b[31mred\x1b[0m",
    "clear": "\x1b[2J\x1b[H\x1bc",
    "title": "\x1b]0;owned\x07",
    "hyperlink": "\x1b]8;;https://evil.test\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "c1": "\x9b31m\x9d0;owned\x9c",
    "back": "safe\b\b\b\bevil\x7f",
    "separators-of-data": "\x1ca\x1db\x1ec\x1fd\x0b\x0c",
    "line-ends": "a\rb\x85c",
    "windows": "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "escaped": r"\x1b[31m \x5cx1b \u202e \e",
}  # fmt: skip


class Done(NamedTuple):
    code: int
    out: str
    err: str


MARKS = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
OURS = re.compile(r"\x1b\[[\d;]*m")  # the colours of the terminal's table


def loaded(text):
    return load_texts([("events.yaml", text)])


def quoted(value):
    """A text, or a list of them, in double quotes of YAML."""
    if isinstance(value, list):
        return f"[{', '.join(map(quoted, value))}]"
    return (
        '"'
        + "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
        + '"'
    )


def acts(character):
    """Whether a character would do something where it is shown: a control, a separator of lines, a mark of direction."""
    marks = (
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # Unicode's property Bidi_Control
    )
    return character not in "\n\t" and (unicodedata.category(character) in ("Cc", "Zl", "Zp") or character in marks)


def address(text):
    """An address with all of a text that one may hold."""
    return "https://evil.test/" + "".join(c for c in text if not acts(c))


def event(name, text, year=2001):
    t = quoted(text)
    return f"""\
- id: visit-{name}
  date: {year}-01-01
  visitor: china
  host: trapland
  people: [{{name: {t}, title: {t}, offices: [trap-office, premier]}}]
  kind: official
  places: [{t}, Pyongyang]
  met: [{t}]
  occasion: {t}
  tags: [{t}]
  note: {t}
  sources: [{{title: {t}, publisher: {t}, url: {quoted(address(text))}, date: 2001-01}}]
- id: treaty-{name}
  date: 2001-01-02
  type: treaty
  title: {t}
  actors: [china, trapland]
  people: [{{name: {t}, actor: trapland}}]
  note: {t}
"""


def record(traps=TRAPS):
    """A store of which every text is a trap."""
    every = quoted(list(traps.values()))
    one = quoted(" ".join(traps.values()))
    events = "".join(event(name, text) for name, text in traps.items()) + event("every", " ".join(traps.values()), 2005)
    claims = "".join(
        f"- {{id: claim-{name}, claim: {quoted(text)}, reading: first premier of China in Trapland in 16 years, about: visit-{name}, publisher: {quoted(text)}, "
        f"url: {quoted(address(text))}, why: {quoted(text)}, expected: fails}}\n"
        for name, text in traps.items()
    )
    return f"""\
timeline: 1
title: {one}
licence: {one}
about: {one}
actors:
- {{id: trapland, name: {one}, adjectives: {every}, capitals: {every}, aliases: [Trapland]}}
offices:
- {{id: trap-office, title: {one}, ladder: state, level: 50, aliases: {every}}}
coverage:
- {{id: all, visitor: china, host: trapland, from: 1990, to: 2010, how: complete, evidence: {one}}}
events:
{events}claims:
{claims}"""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.yaml"
    path.write_text(record(), encoding="utf-8")
    return path


COMMANDS = {
    "list": ["list", "--type", "any"],
    "show": ["show", "visit-{}"],
    "gap": ["gap", "--by", "all"],
    "gap-person": ["gap", "--by", "person"],
    "firsts": ["firsts", "visit-every"],
    "claim": ["claim", "first visit to Trapland by a Chinese premier in 16 years", "--about", "visit-every"],
    "claims": ["claim", "--file", "{store}"],
    "check": ["check", "--info"],
    "actors": ["actors", "trapland"],
    "people": ["people"],
    "offices": ["offices", "trap-office"],
    "export": ["export"],
    "cite": ["cite", "visit-every"],
    "stats": ["stats", "--by", "person,place"],
    "chart": ["chart", "--by", "person"],
    "on-this-day": ["on-this-day", "--on", "01-01", "--type", "any"],
    "explain": ["explain"],
    "records": ["records"],
    "compare": ["compare", "{store}", "@inter-korean", "--type", "any"],
}
OPTIONS = {
    **{name: ["-O", name] for name in FORMATS},
    "table in colour": ["-O", "table", "--color", "always"],
    "csv --excel": ["-O", "csv", "--excel"],
    "tsv --excel": ["-O", "tsv", "--excel"],
}
FOR_PROBLEMS = {"sarif": ["-O", "sarif"], "github": ["-O", "github"]}
FOR_EXPORTS = {name: ["-O", name] for name in EXPORTS if name not in FORMATS}
EVERY = OPTIONS | FOR_PROBLEMS | FOR_EXPORTS
# Each verdict, each check and each change takes its time, and what is shown of it goes through the writers of all other commands.
SHORT = {"table in colour", "md", "html", "json", "yaml"}
LONG = {("claims", kind) for kind in OPTIONS.keys() - (SHORT - {"yaml"})} | {
    ("check", kind) for kind in OPTIONS.keys() - SHORT
}
CASES = [
    pytest.param(command, kind, id=f"{command} as {kind}", marks=[pytest.mark.long] * ((command, kind) in LONG))
    for command in COMMANDS
    for kind in (*OPTIONS, *{"check": FOR_PROBLEMS, "export": FOR_EXPORTS, "cite": ("bib",)}.get(command, ()))
]


@pytest.mark.parametrize(("command", "kind"), CASES)
def test_no_text_takes_effect(ask, store, tmp_path, some, command, kind):
    arguments = COMMANDS[command]
    names = some(TRAPS, 4) if any("visit-{}" in word for word in arguments) else [""]
    for name in names:
        words = [word.replace("{store}", str(store)).replace("{}", name) for word in arguments]
        written = tmp_path / f"written.{kind}"
        target = ("-o", written) if kind in BINARY else ()
        named = () if command == "compare" else ("--store", store)
        done = ask(*words, *named, "--as-of", "2011-01-01", *EVERY[kind], *target)
        assert done.code in (0, 1, 3), (words, done.err)
        if kind in BINARY:
            BINARY[kind](written)
            continue
        assert done.out or kind == "jsonl"
        inert(done.out, kind)
        shown_as_text(done.err)


@pytest.mark.parametrize(
    "character", ["\x1b", "\x07", "\x7f", "\x9b", "\r", "\x85", "\u202e", "\u2066", "\u2028", "\0"], ids=ascii
)
def test_an_address_is_never_more_than_an_address(character):
    whole = record({"one": "T"})
    for place in re.finditer('"https://evil.test/T"', whole):
        with pytest.raises(StoreError) as refused:
            loaded(whole[: place.start()] + quoted(f"https://evil.test/{character}[31m") + whole[place.end() :])
        assert {problem.name for problem in refused.value.problems} == {"control-character"}


def test_a_nul_is_refused_in_every_text_of_a_record():
    whole = record({"one": "T"})
    for place in re.finditer('"T"', whole):
        with pytest.raises(StoreError) as refused:
            loaded(whole[: place.start()] + quoted("a\0b") + whole[place.end() :])
        assert {problem.name for problem in refused.value.problems} == {"control-character"}


@pytest.mark.parametrize("character", [*map(chr, range(9)), *map(chr, range(11, 13)), *map(chr, range(14, 32)), *map(chr, range(127, 133)), *map(chr, range(134, 160)), "\ufffe", "\uffff"], ids=ascii)  # fmt: skip
def test_a_control_that_is_not_escaped_is_refused(character):
    """YAML has no place for it, so nobody meant it: who does writes an escape."""
    with pytest.raises(StoreError) as refused:
        loaded(record({"one": "T"}).replace('"T"', f'"a{character}b"', 1))
    assert {problem.name for problem in refused.value.problems} == {"control-character"}


@pytest.mark.parametrize("keys", ["", "g", "o", "c", "enter"])
def test_no_text_takes_effect_in_the_browser(browse, store, keys):
    """Nothing is read as markup, and what would act on a terminal is an escape."""
    seen = browse(load([store]), "end", *filter(None, [keys]), asked="--type any", size=(160, 60))
    shown_as_text(seen.screen)
    shown_as_text(seen.pane)
    assert seen.app.chosen == "visit-every"
    assert keys in ("", "c") or "[bold red]x[/] [/nothing] [link=https://evil.test]y[/link]" in " ".join(
        seen.pane.split()
    )
    places = {"".join(cell.plain.removesuffix("…") for cell in seen.app.table.get_row(id_)[4:]) for id_ in seen.ids}
    assert all(
        any(visible(f"{text}, Pyongyang").startswith(place) for place in places if place) for text in TRAPS.values()
    )


# What is said of changes, and of what cannot be done


@pytest.fixture
def tell(tmp_path, monkeypatch, capsys):
    """The whole program in this process: status, output and errors, with what it says of problems."""
    import gc

    def tell(*args):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setattr(sys, "argv", ["timeline", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        gc.enable()
        return Done(ended.value.code, *capsys.readouterr())

    yield tell
    gc.enable()


@pytest.fixture
def traps(request):
    """All traps as one text; with --long also each by itself."""
    every = list(TRAPS.values())
    return [" ".join(every), *(every if request.config.getoption("--long") else ())]


def flat(text):
    return re.sub(r"([\\;|])", r"\\\1", text)


def everything(text):
    """Every text field of an event as an option of `add`, and as a field of `edit --set`."""
    part = text.replace("\\", "\\\\").replace("|", "\\|").replace(";", "\\;")
    options = {"--place": text, "--met": text, "--occasion": text, "--tag": text, "--note": text, "--person": f"{part} | {part}", "--source": f"{part} | {part} | https://evil.test/a"}  # fmt: skip
    fields = {"places": flat(text), "met": flat(text), "occasion": text, "tags": flat(text), "note": text, "people": f"{flat(text)} | {flat(text)}", "sources": f"{flat(text)} | {flat(text)}"}  # fmt: skip
    return (
        [word for pair in options.items() for word in pair],
        [word for key, value in fields.items() for word in ("--set", f"{key}={value}x")],
    )


CHANGES = {
    "add": ["add", "--date", "2006", "--visitor", "china", "--host", "trapland", "--id", "new", "{add}"],
    "add-treaty": ["add", "--date", "2006", "--type", "treaty", "--actor", "china", "--actor", "trapland", "--title", "{text}", "--source", "S"],
    "edit": ["edit", "visit-{name}", "{edit}"],
    "date": ["edit", "visit-{name}", "--set", "date=2012"],
    "accept": ["accept", "treaty-{name}"],
    "rename": ["rename", "treaty-{name}", "other"],
    "remove": ["remove", "visit-{name}"],
    "undo": ["undo"],
    "log": ["log"],
    "fmt": ["fmt"],
    "folder": ["fmt", "--into", "{name}/"],
}  # fmt: skip


def filled(words, name, text):
    add, edit = everything(text)
    for word in words:
        yield from {"{add}": add, "{edit}": edit}.get(word, [word.replace("{name}", name).replace("{text}", text)])


@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=[pytest.mark.long] * (k not in {"table", *SHORT})) for k in FORMATS]
)
def test_no_text_takes_effect_in_what_is_said_of_changes(tell, tmp_path, request, kind):
    """Each change of every trap at once, made; with --long also of each trap by itself, only shown."""
    traps = {"every": " ".join(TRAPS.values())} | (TRAPS if request.config.getoption("--long") else {})
    path = tmp_path / "events.yaml"
    for name, text in traps.items():
        path.write_text(record().replace("  type: treaty\n", "  type: treaty\n  status: candidate\n"), encoding="utf-8")
        for command, words in CHANGES.items():
            makes = name == "every" and command not in ("log", "fmt", "folder")
            more = ["--yes"] if makes else [] if command in ("log", "fmt", "folder") else ["--dry-run"]
            done = tell(*filled(words, name, text), *more, "--store", path, "-O", kind, "--color", "always")
            if command == "undo" and name != "every":
                assert done.code == 2, done.err
                assert "nothing to undo" in done.err or "was changed since by something else" in done.err
            else:
                assert done.code == 0, (command, name, done.err)
                inert(OURS.sub("", done.out) if kind == "table" else done.out, kind)
            shown_as_text(OURS.sub("", done.err))


MISTAKES = [
    ["list", "--actor", "{}"], ["list", "--person", "{}"], ["list", "--office", "{}"], ["list", "--kind", "{}"], ["list", "--at-least", "{}"],
    ["list", "--since", "{}"], ["list", "--between", "china", "{}"], ["list", "-O", "{}"], ["list", "-o", "{}"], ["list", "--store", "{}"], ["list", "--store", "@{}"],
    ["list", "--as-of", "{}"], ["show", "{}"], ["firsts", "{}"], ["gap", "--by", "{}"], ["gap", "--basis", "{}"], ["gap", "--min", "{}"], ["gap", "--sort", "{}"],
    ["claim", "{}"], ["claim", "first visit to {}", "--about", "visit-every"], ["claim", "x", "--about", "{}"], ["claim", "--file", "{}"], ["claim", "x", "--published", "{}"],
    ["check", "--only", "{}"], ["check", "--skip", "{}"], ["check", "{}"], ["explain", "{}"], ["actors", "{}"], ["people", "{}"], ["offices", "{}"],
    ["edit", "{}", "--set", "kind=state", "-n"], ["edit", "visit-every", "--set", "{}", "-n"], ["edit", "visit-every", "--set", "kind={}", "-n"],
    ["edit", "visit-every", "--unset", "{}", "-n"], ["edit", "visit-every", "--set", "people=x | | {}", "-n"], ["remove", "{}", "-n"], ["accept", "{}", "-n"], ["rename", "visit-every", "{}", "-n"],
    ["rename", "{}", "x", "-n"], ["add", "--date", "{}", "-n"], ["add", "--date", "2001", "--visitor", "{}", "-n"], ["add", "--date", "2001", "--person", "x | y | {}", "-n"],
    ["add", "--id", "{}", "-n"], ["add", "--kind", "{}", "-n"], ["add", "--from", "{}", "-n"], ["add", "--date", "2001", "--file", "{}", "-n"], ["fmt", "{}"], ["fmt", "--into", "{}"],
    ["merge", "{}", "a", "b"], ["compare", "{}", "@{}"], ["compare", "events.yaml", "events.yaml", "--only", "{}"], ["{}"], ["list", "--{}"], ["add", "--yes", "--{}"], ["--{}"],
]  # fmt: skip


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_no_text_takes_effect_in_what_is_said_of_mistakes(tell, tmp_path, words, traps):
    (tmp_path / "events.yaml").write_text(record(), encoding="utf-8")
    for text in traps:
        done = tell(*(word.replace("{}", text) for word in words))
        assert "Traceback" not in done.err
        shown_as_text(done.out)
        shown_as_text(done.err)


def test_no_file_name_takes_effect_in_a_question(typed, tmp_path, some):
    for number, text in enumerate(some(TRAPS.values(), 3)):
        name = "".join(c for c in text if c not in "/\0")[:40]
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"x{name}.yaml").write_text(record(), encoding="utf-8")  # no dotfile
        code, said = typed("remove", "visit-every", "--store", str(folder), lines=["n"])
        assert (code, said.count("? [y/N] ")) == (1, 1), said
        shown_as_text(said)


def test_what_acts_on_a_terminal_is_not_offered_by_the_tab_key(store):
    words = {word for key in ("people", "places", "met", "tags") for word in offered(key, load([store]))}
    assert words
    assert not {c for word in words for c in word if acts(c)}


BAD = "id date type visitor host kind status support places.0 people.0.offices.0 people.0.role people.0.party-rank people.0.actor sources.0.url sources.0.date {} people.0.{} sources.0.{}".split()


def mistaken(place, text):
    """An event with a trap where it cannot be, as YAML."""
    event = {"id": "a", "date": "2001", "visitor": "china", "host": "japan", "people": [{"name": "A"}], "sources": [{"title": "T"}]}  # fmt: skip
    *way, last = place.split(".")
    at = event
    for key in way:
        at = at[int(key)] if key.isdigit() else at.setdefault(key, [{}])
    at = event.setdefault(way[0], [""]) if last == "0" and len(way) == 1 else at
    at[int(last) if last == "0" else last.replace("{}", text)] = text
    return json.dumps(event, ensure_ascii=True)


@pytest.mark.parametrize("kind", ["table", "json", "sarif", "github"])
@pytest.mark.parametrize("place", BAD)
def test_no_text_takes_effect_in_what_is_said_of_problems(tell, tmp_path, place, kind, traps):
    """Messages and excerpts of bad stores, one trap at a time, escaped in the store and as it is."""
    path = tmp_path / "events.yaml"
    for text in traps:
        for raw in (False, True):
            line = mistaken(place, text)
            path.write_text(
                f"timeline: 1\nevents:\n- {json.dumps(json.loads(line), ensure_ascii=False) if raw else line}\n",
                encoding="utf-8",
            )
            done = tell("check", path, "-O", kind)
            inert(done.out, kind)
            shown_as_text(done.err)


def inert(text, kind):
    """Whether a text is only what it should be, in its format."""
    if kind == "table in colour":
        shown_as_text(OURS.sub("", text))
    elif kind in ("table", "plain", "github"):
        shown_as_text(text)
        assert kind != "github" or all(re.match("::(error|warning|notice) file=", line) for line in text.splitlines())
    elif kind == "html" and 'id="p_record"' in text:
        nothing_runs_or_loads(text)
        shown_as_text(text)
    elif kind == "html":
        only_our_tags(text)
        shown_as_text(text)
    elif kind == "md":
        only_our_markup(text)
        shown_as_text(text)
    elif "--excel" in kind:
        no_formulas(text, "," if kind.startswith("csv") else "\t")
        acts_on_nothing(text.replace("\r\n", "\n"))
    elif kind in ("csv", "tsv"):
        as_many_cells_as_columns(text, "," if kind == "csv" else "\t")
        acts_on_nothing(text.replace("\r\n", "\n"))
    elif kind in TEXTS:
        TEXTS[kind](text)
        shown_as_text(text.replace("\r\n", "\n"))
    elif kind in ("json", "sarif", "csl"):
        json.loads(text)
        shown_as_text(text)
    elif kind == "jsonl":
        assert all(map(json.loads, text.splitlines()))
        shown_as_text(text)
    else:
        yaml.safe_load(text)
        acts_on_nothing(text)


def acts_on_nothing(text):
    """Also where data for programs is let onto a terminal."""
    assert not {f"U+{ord(c):04X}" for c in text if acts(c)}


def shown_as_text(text):
    """No control, no mark of direction, nothing invisible: all is written as escapes."""
    found = {f"U+{ord(c):04X}" for c in text if c != "\n" and unicodedata.category(c) in MARKS}
    assert not found


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, *attrs))

    def handle_comment(self, data):
        self.seen.add(("comment", data))

    unknown_decl = handle_decl = handle_pi = handle_comment


def only_our_tags(text):
    """Nothing but our elements, with our classes; the only addresses are those of sources, on the web."""
    tags = Tags()
    tags.feed(text)
    tags.close()
    ours = set(
        "html head meta title style body main footer div table thead tbody tr th td dl dt dd p h1 h2 h3 h4 a".split()
    )
    assert {tag for tag, *_ in tags.seen} - {"comment"} <= ours
    assert {tag for tag in tags.seen if tag[0] == "comment"} == {("comment", "doctype html")}
    for tag, *attributes in tags.seen - {("comment", "doctype html")}:
        for name, value in attributes:
            known = {
                "class": r"[a-z ]+",
                "scope": "col",
                "lang": "en",
                "charset": "utf-8",
                "name": "viewport",
                "content": "width=device-width.*",
            }
            assert re.fullmatch(known[name] if tag != "a" else r"https?://[^\s<>\"]+", value), (tag, name, value)


def nothing_runs_or_loads(text):
    """The page of an export: two scripts of data and our own, no handler, and no address but places in it and sources on the web."""
    tags = Tags()
    tags.feed(text)
    tags.close()
    assert sum(tag[0] == "script" for tag in tags.seen) == 3
    assert {tag[0] for tag in tags.seen}.isdisjoint({"img", "iframe", "object", "embed", "link", "base", "svg"})
    for tag, *attributes in tags.seen - {("comment", "doctype html")}:
        for name, value in attributes:
            assert not name.startswith("on")
            assert name not in ("src", "style", "action", "formaction", "srcdoc")
            assert name != "href" or re.fullmatch(r"#[\w-]+|https?://[^\s<>]+", value), (tag, value)


MARKUP = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def only_our_markup(text):
    tokens = MARKUP.parse(text)
    blocks = {token.type for token in tokens}
    inline = {child.type for token in tokens for child in token.children or ()}
    assert not blocks & {"html_block", "fence", "code_block", "hr", "blockquote_open", "ordered_list_open"}
    assert inline <= {"text", "strong_open", "strong_close", "softbreak", "text_special"}, inline


def no_formulas(text, delimiter):
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter):
        for cell in row:
            assert not re.match(r"[=+\-@＝＋－＠\t\r\n]|[^\S ]", cell), cell


def as_many_cells_as_columns(text, delimiter):
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert all(len(line) == len(head) for line in lines)


def one_entry_an_event(text):
    """As many entries as events that the calendar can hold, each with our properties and no other."""
    calendar = importlib.import_module("icalendar").Calendar.from_ical(text)
    assert {part.name for part in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert len(calendar.walk("VEVENT")) == 2 * (len(TRAPS) + 1)
    ours = "SUMMARY DTSTART DTSTAMP UID DESCRIPTION LOCATION STATUS TRANSP CATEGORIES".split()
    assert {key for entry in calendar.walk("VEVENT") for key in entry} == set(ours)


def slides_of_our_tags(text):
    for slide in json.loads(text)["events"]:
        only_our_tags(f"<!doctype html>{slide['text']['headline']}{slide['text']['text']}{slide['group']}")


def feed_of_our_elements(text):
    feed = ET.fromstring(text)  # noqa: S314 - our own
    ours = "feed id title subtitle updated author name generator entry category link content".split()
    assert {element.tag for element in feed.iter()} == {f"{{http://www.w3.org/2005/Atom}}{name}" for name in ours}
    assert len(feed.findall("{*}entry")) == 2 * (len(TRAPS) + 1)
    assert all(link.get("href").startswith("https://evil.test/") for link in feed.findall("{*}entry/{*}link"))
    assert {content.get("type") for content in feed.findall("{*}entry/{*}content")} == {"text"}


def entries_without_commands(text):
    """Each entry with our fields; of the commands of TeX only those that stand for a character."""
    entries = importlib.import_module("pybtex.database").parse_string(text, "bibtex").entries
    ours = set("title howpublished date year month url note".split())
    characters = r"\\text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|\\[&%$#_]"
    for entry in entries.values():
        assert set(entry.fields) <= ours
        for name, value in entry.fields.items():
            bare = re.sub(characters, "", value)
            assert value.count("{") == value.count("}")
            assert not re.search(r"[\\{}]" if name == "url" else r"[\\&%$#_~^]", bare), (name, value)
            assert name != "title" or set(bare[1:-1]).isdisjoint("{}")


def linked_data_of_ours(text):
    found = json.loads(text)["@graph"]
    assert {one["@type"] for one in found} == {"Dataset", "Event"}
    assert {key for one in found for key in one if key.startswith("@")} == {"@type", "@id"}
    urls = [source["url"] for one in found for source in one.get("subjectOf", ()) if "url" in source]
    assert all(url.startswith("https://evil.test/") for url in urls)


def book_of_texts(path):
    """No formula, no link, no macro: every cell is text, or one of our dates."""
    book = importlib.import_module("openpyxl").load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    with zipfile.ZipFile(path) as parts:
        assert {name.rpartition("/")[0] for name in parts.namelist()} == {"", "_rels", "docProps", "xl", "xl/_rels", "xl/theme", "xl/worksheets"}  # fmt: skip
        assert not any("<f>" in parts.read(name).decode() for name in parts.namelist())


def table_of_texts(path):
    duckdb = importlib.import_module("duckdb")
    notes = dict(duckdb.sql(f"SELECT id, note FROM read_parquet('{path}')").fetchall())
    assert {notes[f"visit-{name}"] for name in TRAPS} == set(TRAPS.values())


TEXTS = {
    "ics": one_entry_an_event,
    "timelinejs": slides_of_our_tags,
    "atom": feed_of_our_elements,
    "bib": entries_without_commands,
    "jsonld": linked_data_of_ours,
}
BINARY = {"xlsx": book_of_texts, "parquet": table_of_texts}


def test_data_comes_back_as_it_was(ask, store):
    """What is escaped for a terminal is whole in the formats for programs."""
    events = load([store]).by_id
    for kind, rows in {
        "json": json.loads(ask("export", "--store", store, "-O", "json").out)["rows"],
        "jsonl": [json.loads(line) for line in ask("export", "--store", store, "-O", "jsonl").out.split("\n") if line],
    }.items():
        assert {row["id"]: row["note"] for row in rows} == {id_: e.note for id_, e in events.items()}, kind


def test_an_export_is_read_back_as_it_was(ask, store, tmp_path):
    before = {id_: (e.people, e.places, e.note, e.sources, e.title) for id_, e in load([store]).by_id.items()}
    words = record().partition("events:\n")[0]
    for name, more in (("out.yaml", ()), ("out.csv", [("words.yaml", words)])):
        assert ask("export", "--store", store, "-o", name).code == 0
        text = (tmp_path / name).read_bytes().decode("utf-8")
        after = load_texts([*more, (name, text)]).by_id
        assert {id_: (e.people, e.places, e.note, e.sources, e.title) for id_, e in after.items()} == before


def test_a_change_writes_escapes_and_keeps_every_text(tell, tmp_path):
    """Spliced into a field, added as an event and laid out anew."""
    path = tmp_path / "events.yaml"
    for name, text in TRAPS.items():
        path.write_text(record({"one": text}), encoding="utf-8")
        added = (
            "add",
            "--id",
            "new",
            "--date",
            "2002",
            "--visitor",
            "china",
            "--host",
            "trapland",
            "--person",
            "A",
            "--source",
            "S",
        )
        for words in (
            ("edit", "visit-one", "--set", f"note={text}x"),
            (*added, f"--note={text}", f"--place={text}", "-y"),
            ("fmt", path),
        ):
            done = tell(*words, *(["--yes"] if words[0] == "edit" else []))
            assert done.code == 0, (name, done.err)
        written, events = path.read_bytes().decode(), load([path]).by_id
        assert not {c for c in written if acts(c)}, name
        assert (events["visit-one"].note, events["visit-one"].occasion) == (f"{text}x", text)
        assert (events["new"].note, events["new"].places) == (text, (text,))


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "yaml", "plain", "table"])
def test_on_a_terminal_data_is_made_visible_too(store, kind):
    command = [sys.executable, "-m", "timeline", "export", "--store", store, "-O", kind, "--color", "never"]
    env = os.environ | {"TERM": "xterm"}
    _, text = run_at_terminal(command, streams=["stdout"], stderr=subprocess.DEVNULL, env=env)
    shown_as_text(text.decode().replace("\r\n", "\n").replace("\t", " "))


# Ids, paths and configuration


@pytest.mark.parametrize(
    "id_",
    ["../x", "/etc/passwd", "a/b", "a\\b", "..", ".", "~", "C:", "a\0b", "-x", "A", "é", "a--b", "con.", "$x", "x\n"],
)
@pytest.mark.parametrize(
    "text",
    [
        "events:\n- {{id: {0}, date: 2001, visitor: china, host: japan, people: [{{name: A}}]}}\n",
        "coverage:\n- {{id: {0}, visitor: china, host: japan, from: 2001, to: 2002, how: complete}}\n",
        "claims:\n- {{id: {0}, claim: x}}\n",
        "actors:\n- {{id: {0}, name: X}}\n",
        "offices:\n- {{id: {0}, title: X, ladder: state, level: 1}}\n",
    ],
    ids=["event", "coverage", "claim", "actor", "office"],
)  # fmt: skip
def test_an_id_is_never_a_path(text, id_):
    with pytest.raises(StoreError) as refused:
        loaded(f"timeline: 1\n{text.format(quoted(id_))}")
    assert {problem.name for problem in refused.value.problems} <= {"bad-id", "control-character"}


def test_a_folder_gives_its_own_files_and_nothing_else(tmp_path, run):
    good = "timeline: 1\nevents:\n- {id: a, date: 2001, visitor: china, host: japan, people: [{name: A}]}\n"
    folder, outside = tmp_path / "folder", tmp_path / "outside.yaml"
    (folder / "deeper").mkdir(parents=True)
    (folder / "real.yaml").write_text(good)
    (folder / "deeper" / "b.yaml").write_text("not: read")
    outside.write_text("secret: text\n")
    assert run("list", "--store", "folder").code == 0
    (folder / "within.yaml").symlink_to("deeper/b.yaml")
    assert "within.yaml:1:1: error[unknown-field]" in run("list", "--store", "folder").err
    (folder / "within.yaml").unlink()
    for name, target in {
        "out": outside,
        "up": "../outside.yaml",
        "device": "/dev/zero",
        "loop": "loop.yaml",
        "round": ".",
    }.items():
        link = folder / f"{name}.yaml"
        link.symlink_to(target)
        began = time.monotonic()
        done = run("list", "--store", "folder")
        assert (done.code, done.out, "secret" in done.err) == (4, "", False), name
        assert time.monotonic() - began < 5
        link.unlink()
    os.mkfifo(folder / "pipe.yaml")
    assert "error[not-a-file]" in run("list", "--store", "folder").err


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".hid.yaml", id="hidden"),
        pytest.param(".#a.yaml", id="a lock of Emacs, which is a link to nowhere"),
        pytest.param("._a.yaml", id="what macOS leaves beside a file"),
    ],
)
def test_a_folder_is_read_without_names_that_begin_with_a_dot(tmp_path, run, name):
    folder = tmp_path / "folder"
    folder.mkdir()
    if "#" in name:
        (folder / name).symlink_to("user@host.1:1")
    else:
        (folder / name).write_bytes(b"\xff not a record")
    assert "error[empty-folder]" in run("list", "--store", "folder").err
    (folder / "a.yaml").write_text("timeline: 1\n")
    assert run("list", "--store", "folder").code == 0
    assert run("list", "--store", f"folder/{name}").code == 4


def test_a_link_that_is_named_is_followed(tmp_path, run):
    (tmp_path / "real.yaml").write_text("timeline: 1\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert run("list", "--store", "link.yaml").code == 0


@pytest.fixture
def outside(tmp_path):
    """A file of the user, beside the folder of somebody else that is worked in; in it a link to that file and one to its folder."""
    (tmp_path / "secret.yaml").write_text("token: abc\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.yaml").symlink_to("../secret.yaml")
    (folder / "up").symlink_to("..")
    return tmp_path / "secret.yaml"


@pytest.mark.parametrize("to", ["../secret.yaml", "{}", "link.yaml", "up/secret.yaml", "up", "..", "/proc/version", "/dev/zero"])  # fmt: skip
@pytest.mark.parametrize("key", ["store", "claims"])
def test_settings_of_a_folder_have_nothing_read_that_lies_outside(tmp_path, run, outside, key, to):
    folder, to = tmp_path / "folder", to.format(outside)
    (folder / "timeline.toml").write_text(f'{key} = "{to}"\n')
    (folder / "events.yaml").write_text("timeline: 1\n")
    (folder / "below").mkdir()
    done = run("check", cwd=folder if key == "claims" else folder / "below")
    assert (done.code, done.out, "abc" in done.err) == (2, "", False)
    assert f"timeline.toml: {key} leads out of the folder of these settings, to {os.path.realpath(folder / to)}; " in done.err  # fmt: skip
    assert "if that is meant, name it with --store" in done.err
    assert run("list", "--store", "events.yaml", cwd=folder).code == 0


def test_settings_of_the_user_name_any_file(tmp_path, run, outside):
    (tmp_path / "config" / "timeline").mkdir(parents=True)
    (tmp_path / "config" / "timeline" / "timeline.toml").write_text(f'store = "{outside}"\n')
    done = run("check", env={"XDG_CONFIG_HOME": str(tmp_path / "config")}, cwd=tmp_path / "folder")
    assert (done.code, "secret.yaml:1:1: error[unknown-field]" in done.err) == (4, True)


@pytest.mark.parametrize("args", [("check",), ("remove", "a", "--yes"), ("export",)], ids=lambda args: args[0])
def test_a_link_that_nobody_named_is_not_followed_out_of_its_folder(tmp_path, run, outside, args):
    (tmp_path / "folder" / "events.yaml").symlink_to("../secret.yaml")
    done = run(*args, cwd=tmp_path / "folder")
    assert (done.code, done.out, "abc" in done.err) == (2, "", False)
    assert f"events.yaml: a link that leads out of its folder, to {outside}; if that is meant, name it: --store events.yaml\n" in done.err  # fmt: skip
    outside.write_text("timeline: 1\n")
    assert run("list", "--store", "events.yaml", cwd=tmp_path / "folder").code == 0


def test_a_link_that_nobody_named_is_followed_within_its_folder(tmp_path, run):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "real.yaml").write_text("timeline: 1\n")
    (tmp_path / "events.yaml").symlink_to("deep/real.yaml")
    assert run("list").code == 0


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        pytest.param("pipe", "not a regular file", id="a pipe"),
        pytest.param("folder", "not a regular file", id="a folder"),
        pytest.param("/dev/zero", "a link that leads out of its folder, to /dev/zero; copy that file here", id="a device"),
        pytest.param("nowhere", "not a regular file, or a link to none", id="a link to nothing"),
        pytest.param("../secret.yaml", "a link that leads out of its folder", id="a file elsewhere"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_settings_is_told(run, outside, kind, message):
    path = outside.parent / "folder" / "timeline.toml"
    if kind in ("pipe", "folder"):
        {"pipe": os.mkfifo, "folder": os.mkdir}[kind](path)
    else:
        path.symlink_to(kind)
    done = run("list", cwd=path.parent)
    assert (done.code, done.out, message in done.err, "token" in done.err) == (2, "", True, False), done.err


@pytest.mark.parametrize("setting", ["editor = 'touch ran'", "pager = 'touch ran'", "[hooks]\npre = 'touch ran'", "plugins = ['os']", "store = '$(touch ran)'", "store = '`touch ran`'", "store = '|touch ran'", "format = 'touch ran'", "engine = 'sc://localhost'"])  # fmt: skip
def test_the_configuration_of_a_project_runs_nothing(tmp_path, run, setting):
    (tmp_path / "timeline.toml").write_text(setting)
    done = run("list")
    assert done.code in (2, 4)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["timeline.toml"]
    assert "Traceback" not in done.err


def test_a_huge_configuration_is_not_read(tmp_path, run):
    with (tmp_path / "timeline.toml").open("wb") as file:
        file.truncate(4_000_000_000)
    done = run("list")
    assert (done.code, "more than 64 kB" in done.err) == (2, True)


def test_the_program_starts_nothing_but_the_editor():
    """Only the editor of whoever runs it is started, and what it is called stands in that person's environment; and the program itself, to help reading. Nothing is called but the engine that a command names."""
    import timeline

    package = Path(timeline.__file__).parent
    words = re.compile(
        r"\b(?:subprocess|os\.system|os\.popen|os\.exec\w*|os\.spawn\w*|pty\.spawn|eval\(|exec\(|__import__\(|pickle|marshal\.\w+|importlib\.import_module|socket|urllib\.request|http\.client)\b"
    )
    found = {
        path.relative_to(package).as_posix() for path in package.rglob("*.py") if words.search(path.read_text("utf-8"))
    }
    values_only = {
        "store/index.py",
        "store/segments.py",
    }  # marshal reads values, each after its checksum; it runs nothing
    assert found <= {"cli/editor.py", "engines/__init__.py", "store/making.py"} | values_only
    assert making.COMMAND[:3] == (sys.executable, "-P", "-c")


# Input that is not what it seems


SUITE = json.loads((HERE / "samples" / "yaml-test-suite" / "cases.json").read_text("utf-8"))


def refusal(text):
    """The problems of a text, or nothing where it is read; anything else that happens is a bug."""
    try:
        load_texts([("case.yaml", text)])
    except StoreError as error:
        problems = error.problems
    else:
        return ()
    assert problems
    assert all(isinstance(problem, Problem) and problem.name and problem.message for problem in problems)
    return problems


@pytest.mark.parametrize("case", SUITE, ids=lambda case: case["id"])
def test_every_case_of_the_yaml_test_suite_is_read_or_refused(case):
    """None is a store, so each is refused as a whole; as the events of a store, in a note and in a text some may be read."""
    began = time.process_time()
    indented = "".join(f"    {line}" for line in case["yaml"].splitlines(keepends=True))
    assert refusal(case["yaml"])
    refusal(f"timeline: 1\nevents:\n{case['yaml']}")
    refusal(
        f"timeline: 1\nevents:\n- id: a\n  date: 2001\n  visitor: china\n  host: japan\n  people: [{{name: A}}]\n  note:\n{indented}"
    )
    refusal(f"timeline: 1\nabout: |\n{indented}\n")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="open lists"),
        pytest.param("{a: " * 100_000, id="open maps"),
        pytest.param("- " * 50_000, id="lists in lists"),
        pytest.param("a:\n" + "".join(f"{' ' * n}b:\n" for n in range(1, 3000)), id="maps in maps"),
        pytest.param("timeline: 1\nabout: " + "x" * 5_000_000, id="a text of five million characters"),
        pytest.param("timeline: 1\n" + "x" * 5_000_000 + ": 1", id="a key of five million characters"),
        pytest.param('timeline: 1\nabout: "' + "\\n" * 1_000_000, id="a quote that is not closed"),
        pytest.param("timeline: 1\n" + "a: 1\n" * 50_000, id="one key fifty thousand times"),
        pytest.param("%YAML 9.9\n%TAG ! tag:x:\n--- !!str\ntimeline: 1", id="directives"),
        pytest.param("timeline: 1\n? [a]\n: b", id="a list as a key"),
        pytest.param("timeline: &a [*a]", id="a list in itself"),
        pytest.param("timeline: 1\n<<: {events: []}", id="a merge key"),
        pytest.param("timeline: 1\nabout: !!python/object/apply:os.system [id]", id="an object"),
        pytest.param("timeline: 1\nabout: !!binary aGk=", id="bytes"),
        pytest.param("timeline: 1\x00", id="NUL"),
        pytest.param("\ufefftimeline: 1\ufeff", id="marks of byte order"),
        pytest.param("timeline: 1\nevents:\n- id: a\n  date: " + "[" * 20, id="lists in a date"),
        pytest.param("timeline: 1\nevents:\n" + "- {}\n" * 1_000_000, id="a million empty events"),
        pytest.param("timeline: 1\nevents:\n- {id: a, tags: [" + "a, " * 1_000_000 + "a]}", id="a million tags"),
        pytest.param("timeline: 1\nevents:\n- [" + "[a, a], " * 500_000 + "a]", id="half a million lists in one"),
        pytest.param("timeline: 1\nevents:\n- {" + "".join(f"k{n}: 1, " for n in range(300_000)) + "}", id="a map of many keys"),
        pytest.param("timeline: 1\n" + "\n" * 2_000_000 + "x: 1", id="two million empty lines"),
        pytest.param("timeline: 1\nactors:\n" + "".join(f"- {{id: x{n}, name: X{n}}}\n" for n in range(20_000)) + "x: 1", id="twenty thousand actors"),
    ],
)  # fmt: skip
def test_broken_input_is_refused_in_bounded_time(text):
    began = time.process_time()
    assert refusal(text)
    assert time.process_time() - began < 2


def test_the_command_line_is_what_was_tested():
    """A new command that shows a record belongs in COMMANDS or CHANGES above."""
    known = set(Program.functions)
    silent = {"redo", "merge", "completion", "index"}  # as undo; no text of a record
    silent |= {"browse", "import"}  # held by tests of their own
    assert known == {words[0] for words in (*COMMANDS.values(), *CHANGES.values())} | silent
