"""A process that has imported `timeline`, and forks for each command: a process of its own for a fifth of what a new interpreter takes.

Started by the tests, with one end of a socket as its argument. A fork has the arguments, the environment, the folder and the three standard streams
that are asked for.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import socket
import struct
import subprocess
import sys
import traceback
from functools import cache
from tempfile import TemporaryFile
from threading import Lock

NUMBER = struct.Struct("!q")
ANEW = ("PYTHON", "LC_", "LD_")  # what is read before any module is begins so
APART = ("timeline.__main__", "timeline.browser")  # the program itself, and what needs an extra
BESIDE = "csv dateutil.relativedelta difflib filelock html rich.console rich.table shutil statistics textwrap yaml"  # imported where they are used


def started(args, env, cwd, stdin=b""):
    """What `python -m timeline` leaves: of a fork, or, where there are none or something is asked of the interpreter itself, of a new one."""
    if hasattr(os, "fork") and not any(name.startswith(ANEW) and os.environ.get(name) != env[name] for name in env):
        return _forks().run(args, env, cwd, stdin)
    command = [sys.executable, "-m", "timeline", *args]
    return subprocess.run(command, input=stdin, capture_output=True, env=env, cwd=cwd, timeout=60, check=False)


@cache
def _forks():
    forks = Forks()
    atexit.register(forks.close)
    return forks


class Forks:
    """The end that asks for commands, one at a time."""

    def __init__(self):
        self.lock = Lock()
        self.socket, theirs = socket.socketpair()
        self.socket.settimeout(60)
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"LANG": "C.UTF-8", "TZ": "UTC"},
        )
        theirs.close()

    def run(self, args, env, cwd, stdin):
        with TemporaryFile() as typed, TemporaryFile() as out, TemporaryFile() as err:
            typed.write(stdin)
            typed.seek(0)
            asked = json.dumps([args, env, str(cwd)]).encode()
            with self.lock:
                socket.send_fds(self.socket, [NUMBER.pack(len(asked))], [file.fileno() for file in (typed, out, err)])
                self.socket.sendall(asked)
                (code,) = NUMBER.unpack(self.socket.recv(NUMBER.size, socket.MSG_WAITALL))
            for written in (out, err):
                written.seek(0)
            return subprocess.CompletedProcess(args, code, out.read(), err.read())

    def close(self):
        self.socket.close()
        self.process.wait(10)


def serve(asking):
    """Fork for each command; return in the fork."""
    while True:
        head, streams, *_ = socket.recv_fds(asking, NUMBER.size, 3)
        if not head:
            os._exit(0)
        asked = json.loads(asking.recv(*NUMBER.unpack(head), socket.MSG_WAITALL))
        child = os.fork()
        if not child:
            asking.close()
            return become(*asked, streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        asking.sendall(NUMBER.pack(os.waitstatus_to_exitcode(status)))


def become(args, env, cwd, streams):
    """Be a process that was started so."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["timeline", *args]
    sys.path[0] = cwd


def status():
    """Run what this process has become, to its exit status."""
    try:
        runpy.run_module("timeline", run_name="__main__", alter_sys=True)
    except SystemExit as error:
        return error.code or 0
    except BaseException:  # noqa: BLE001 - as the interpreter does with what nobody catches
        traceback.print_exc()
        return 1
    return 0


def end(code):
    """End without taking apart all modules, which takes longer than most commands."""
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = 120
    os._exit(code)


if __name__ == "__main__":
    import timeline

    for module in pkgutil.walk_packages(timeline.__path__, "timeline."):
        if not module.name.startswith(APART):
            importlib.import_module(module.name)
    for name in BESIDE.split():
        importlib.import_module(name)
    gc.freeze()  # what is there is shared by all forks; none need look through it
    serve(socket.socket(fileno=int(sys.argv[1])))
    end(status())
