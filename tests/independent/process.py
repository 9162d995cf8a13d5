"""The real server as its own process, told only what an operator tells it."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until it must answer


class Server:
    """`python -m app serve` with a data directory and a port of its own, behind a local proxy."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.log = folder / "server.log"
        self.data = folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = str(probe.getsockname()[1])
        self.origin = f"http://localhost:{port}"
        self.settings = {
            "KEEL_PORT": port,
            "KEEL_DATA_DIR": str(self.data),
            "KEEL_PUBLIC_ORIGIN": self.origin,
            "KEEL_TRUSTED_PROXIES": "127.0.0.1",
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers. Raises RuntimeError with its log when it does not."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KEEL_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve"],
                cwd=ROOT,
                env=clean | self.settings,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise RuntimeError(self.log.read_text("utf-8", "replace"))
            time.sleep(0.05)

    def is_ready(self) -> bool:
        try:
            answer = httpx.get(f"{self.origin}/readyz", timeout=2, verify=False)
        except httpx.TransportError:
            return False
        return answer.status_code == 200

    def kill(self) -> None:
        """As a power cut ends it: nothing is told to it beforehand."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(15)
            self.process = None
