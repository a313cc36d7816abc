"""A pseudo-terminal on which a program is run, and what it shows there."""

import os
import subprocess
from contextlib import suppress
from threading import Thread

import pytest

ALL = ("stdin", "stdout", "stderr")
END = b"\x04the program has ended\x04"  # no program prints this


def run_at_terminal(command, *, streams=ALL[1:], size=(24, 80), when=None, seconds=60, **options):
    """The exit status of a program and all that it wrote on a terminal of some lines and columns, as bytes.

    `when` says which keys are pressed once a text is on the terminal; `options` are those of `subprocess.Popen`. A program that takes too many seconds
    is killed. This side holds the terminal open until the program has ended: where nobody does, Linux may end the reading before its last words.
    """
    pty = pytest.importorskip("pty", reason="needs the pseudo-terminals of Unix")
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, size)
    process = subprocess.Popen(command, **dict.fromkeys(streams, theirs), **options)

    def end():
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
        os.write(theirs, END)

    waiting = Thread(target=end)
    waiting.start()
    shown, keys = b"", dict(when or {})
    while END not in shown:
        shown += os.read(ours, 65536)
        for text in [text for text in keys if text in shown]:
            os.write(ours, keys.pop(text))
    waiting.join()
    os.close(theirs)
    os.close(ours)
    return process.wait(), shown.removesuffix(END)
