"""What stands on the command line but belongs nowhere: said with what it may have meant, where Typer would only say that it is unexpected."""

from collections.abc import Mapping
from inspect import getdoc
from typing import TYPE_CHECKING, Any

import typer
from typer._click.exceptions import ClickException  # what Typer's parser raises; 0.26 has no public name for it
from typer.core import TyperCommand, TyperGroup

from timeline.cli.values import no_two_actors
from timeline.errors import UsageError, nearest, or_else

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


BETWEEN = "--between"
ONCE = (BETWEEN, "--at-least", "--since", "--until")  # of these the last would count, of others any is enough
ELSEWHERE = {
    said: option
    for option, words in {
        "--store": "--events --file --record -f",
        "--actor": "--country --state",
        "--visitor": "--guest",
        "--host": "--destination",
        "--person": "--name --who",
        "--office": "--title --post --as",
        "--at-least": "--level --rank",
        "--since": "--from --start --begin --after --date --year",
        "--until": "--to --end --before",
        "--place": "--city",
        "--as-of": "--today --now",
        "--by": "--group-by --group",
        "--longest": "--limit --top -n",
        "--format csv": "--csv",
        "--format json": "--json",
        "--format md": "--markdown --md",
        "--color never": "--no-color --no-colour",
    }.items()
    for said in words.split()
}  # what other programs have, or a reader would say, and what says it here


class Command(TyperCommand):
    """A command that explains words left over."""

    allow_extra_args = True

    def get_help_option(self, ctx: Any) -> Any:
        return _sent(super().get_help_option(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except ClickException as error:
            explain(error, words)
            raise
        if twice := next((one for one in ONCE if sum(word.partition("=")[0] == one for word in words) > 1), None):
            raise UsageError(f"{twice} is given twice, and would say two things; write it once, or ask twice")
        if (pair := ctx.params.get("between")) and pair[1].startswith("-"):
            raise UsageError(no_two_actors(pair[:1]))
        if ctx.args and not ctx.resilient_parsing:
            raise UsageError(_left_over(ctx.info_name, self.params, ctx.params, ctx.args))
        return rest


def _sent(option: Any) -> Any:
    """The option for help, which is then written as an answer is: Typer by itself writes UTF-8 where the encoding is ASCII, and fails on a full device."""
    option.callback = _show_help
    return option


def _show_help(ctx: Any, _: Any, wanted: bool) -> None:  # noqa: FBT001 - a callback of Typer's
    if wanted and not ctx.resilient_parsing:
        from timeline.cli.streams import send_text

        send_text(f"{ctx.get_help()}\n")
        ctx.exit()


def explain(error: Any, words: "Sequence[str]") -> None:
    """Let an error of Typer's parser say what would be right: the option that is called so elsewhere, or the nearest ones, best first; for a period after --between, the option for it.

    Typer shows the marks of direction in what was typed as they are.
    """
    from timeline.text import visible

    if near := _called(error) or getattr(error, "possibilities", None):
        error.message += or_else(near)
        error.possibilities = None
    elif getattr(error, "option_name", "") == BETWEEN:
        error.message = no_two_actors(_after(BETWEEN, words))
    error.message = visible(error.message)


def _called(error: Any) -> list[str]:
    """The option of the command that is called otherwise elsewhere, by an error about an option that there is not."""
    meant = ELSEWHERE.get(getattr(error, "option_name", ""), "")
    known = {name for param in error.ctx.command.params for name in param.opts} if error.ctx else set()
    return [meant] if meant.partition(" ")[0] in known else []


def _after(option: str, words: "Sequence[str]") -> list[str]:
    """The word after an option, or after its equals sign."""
    at, word = next((at, word) for at, word in enumerate(words) if word.partition("=")[0] == option)
    return [word.partition("=")[2]] if "=" in word else list(words[at + 1 : at + 2])


class Commands(Mapping[str, Any]):
    """Commands by name, each built from its function when it is asked for: the options of all would take a tenth of an answer's time."""

    def __init__(self, functions: "Mapping[str, Callable[..., None]]") -> None:
        self.functions = functions
        self.built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self.built:
            alone = typer.Typer(add_completion=False, rich_markup_mode=None)
            alone.command(name, cls=Command)(self.functions[name])
            self.built[name] = typer.main.get_command(alone)
        return self.built[name]

    def __iter__(self) -> "Iterator[str]":
        return iter(self.functions)

    def __len__(self) -> int:
        return len(self.functions)


class Group(TyperGroup):
    """The commands of `functions`; an option that stands before one of them is explained."""

    functions: "Mapping[str, Callable[..., None]]" = {}  # noqa: RUF012 - a subclass gives its own

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands = Commands(self.functions)  # type: ignore[assignment] # nothing adds to them

    def get_help_option(self, ctx: Any) -> Any:
        return _sent(super().get_help_option(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """What the commands say of themselves: their options, which take most of the time that building them takes, are not told here."""
        told: dict[str, Any] = {
            name: TyperCommand(name, help=getdoc(function)) for name, function in self.functions.items()
        }
        TyperGroup(commands=told).format_commands(ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first, _, value = args[0].partition("=") if args else ("", "", "")
        known = {*ctx.help_option_names, *(name for param in self.get_params(ctx) for name in param.opts)}
        if first.startswith("-") and first not in known and not ctx.resilient_parsing:
            word = first.lstrip("-")
            if word in self.commands:
                raise UsageError(f"{first} is a command, not an option: timeline {word}")
            if (best := self._meant(first)) in known:
                raise UsageError(f"there is no option {first}; did you mean {best}?")
            from shlex import join

            command = next((word for word in args if word in self.commands), "list")
            following = [value] if value else [word for word in args[1:2] if word != command]
            asked = join([*ELSEWHERE.get(first, first).split(), *following])
            raise UsageError(f"{first} stands before a command; options follow it: timeline {command} {asked}")
        return super().parse_args(ctx, args)

    def _meant(self, option: str) -> str:
        """The option nearest to one, of those that stand before a command or after `list`."""
        own = [name for param in self.params for name in param.opts]
        return next(
            iter(nearest(option, [*own, "--help", *(n for p in self.commands["list"].params for n in p.opts)], 1)), ""
        )


def _left_over(command: str, params: "Sequence[Any]", given: dict[str, Any], words: list[str]) -> str:
    told = " ".join(map(repr, words[:3])) + (f" and {len(words) - 3} more" if len(words) > 3 else "")
    own = [param.name for param in params if param.param_type_name == "argument"]
    if "id" in own:
        return f"{command}: too many words: {told}; it takes {'one event' if len(own) == 1 else 'ID NEW'} (timeline {command} -h)"
    if own:
        from shlex import quote

        whole = [value for name in own if isinstance(value := given.get(name), str)] + words
        return f"{command}: too many words: {told}; put what belongs together in quotes: timeline {command} {quote(' '.join(whole))}"
    if any(param.name == "actor" for param in params):
        return f"{command}: {told} without an option; did you mean: timeline {command} {' '.join(_as_options(words))}"
    return f"{command} takes options only, not {told} (timeline {command} -h lists them)"


def _as_options(words: "Sequence[str]") -> "Iterator[str]":
    """The options that some words would be: a date, an actor, an office; otherwise a text."""
    from shlex import join, quote

    from timeline.dates import DateError, parse_period
    from timeline.vocabulary import shipped

    known = shipped()
    if len(words) == 2 and all(map(known.actor, words)):
        yield f"--between {join(words)}"
        return
    for word in words:
        if known.actor(word):
            yield f"--actor {quote(word)}"
        elif known.office(word):
            yield f"--office {quote(word)}"
        else:
            try:
                parse_period(word)
                yield f"--since {quote(word)}"
            except DateError:
                yield f"--text {quote(word)}"
