"""A service that is told to end finishes what it is answering."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

_SERVICE = """
import signal
import sys
from fastapi import FastAPI
from iga.api.connections import Listening, answer
from iga.cli.entrances import listen
from iga.cli.serve import _interrupted

app = FastAPI()

@app.get("/slow")
def slow() -> str:
    print("asked", flush=True)
    return sys.stdin.readline()

signal.signal(signal.SIGTERM, _interrupted)
with listen("127.0.0.1", 0) as port:
    print(port.getsockname()[1], flush=True)
    try:
        answer(Listening(app, port))
    except KeyboardInterrupt:
        print("ended", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no SIGTERM")
def test_what_is_being_answered_is_finished() -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", _SERVICE]
    piped = subprocess.PIPE
    with (
        subprocess.Popen(command, env=environ, stdin=piped, stdout=piped, text=True) as service,
        ThreadPoolExecutor(1) as asking,
    ):
        assert service.stdin
        assert service.stdout
        port = service.stdout.readline().strip()
        reply = asking.submit(lambda: urlopen(f"http://127.0.0.1:{port}/slow").read())
        assert service.stdout.readline() == "asked\n"
        service.send_signal(signal.SIGTERM)
        print("all of it", file=service.stdin, flush=True)
        assert reply.result() == b'"all of it\\n"'
        assert service.stdout.readline() == "ended\n"
        assert service.wait() == 0
