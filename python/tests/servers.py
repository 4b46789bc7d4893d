"""Servers on this machine."""

from __future__ import annotations

import socket
import subprocess
import urllib.request

from waiting import until


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def wait_until_served(url: str, process: subprocess.Popen[bytes]) -> None:
    """:raises RuntimeError: if the server ends before it answers"""

    def is_served() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url):
                return True
        except OSError:
            return False

    until(is_served)
