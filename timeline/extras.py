"""Libraries that not everybody needs, imported where they are used."""

from importlib import import_module
from typing import Any

from timeline.errors import UsageError


def library(name: str, extra: str) -> Any:
    """A module of a library that not everybody needs. Raises UsageError with the command that installs it."""
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(
            f"{extra} needs {error.name or name}, which is not installed: pip install 'timeline-visits[{extra}]'"
        ) from error
