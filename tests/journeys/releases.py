"""A server that hands out a release with one planted fault, and the making of a second release."""

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from app.pages.release import write_release


@dataclass
class Answer:
    """What is about to be sent; a fault changes it, or says that nothing is sent at all."""

    status: int
    type: str
    body: bytes
    length: int | None = None


Fault = Callable[[str, Answer], Answer | None]


def no_fault(_path: str, answer: Answer) -> Answer:
    return answer


class FaultyServer:
    """Serves a release folder as the real server does, but for its fault; at a port given."""

    def __init__(self, release: Path, port: int) -> None:
        self.release = release
        self.fault: Fault = no_fault
        listed = json.loads((release / "release.json").read_bytes())
        self.headers: dict[str, str] = listed["headers"]
        self.files = {file["path"]: file for file in listed["files"]}
        for name, kind in (
            ("release.json", "application/json"),
            ("service-worker.js", "text/javascript; charset=utf-8"),
        ):
            self.files[f"/{name}"] = {"file": name, "type": kind}
        self._http = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    def __enter__(self) -> "FaultyServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, path: str) -> Answer | None:
        file = self.files.get(path)
        if file is None:
            return self.fault(path, Answer(404, "text/plain", b"not here"))
        body = (self.release / file["file"]).read_bytes()
        return self.fault(path, Answer(200, file["type"], body))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = server.answer(self.path.split("?")[0])
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in server.headers.items():
                    self.send_header(name, value)
                self.send_header("content-type", answer.type)
                self.send_header("cache-control", "no-cache")
                self.send_header("content-length", str(answer.length or len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
                self.close_connection = True

            def log_message(self, *_: object) -> None:
                """A journey reads what the browser says, not this server's log."""

        return Handler


def next_release(assets: Path, folder: Path) -> Path:
    """The same app with its scripts changed by one line, written by the product's own hand."""
    copied = folder / "assets"
    shutil.copytree(assets, copied)
    names = json.loads((copied / "assets.json").read_bytes())
    changed = {name: f"{entry}-{'0' * 10}.js" for entry, name in names["scripts"].items()}
    for name, after in changed.items():
        script = (copied / name).read_text("utf-8") + "\nglobalThis.isNextRelease=true;\n"
        for imported, renamed in changed.items():  # one script may take from another, by its name
            script = script.replace(imported, renamed)
        (copied / after).write_text(script, "utf-8")
        (copied / name).unlink()
    names["scripts"] = {entry: changed[name] for entry, name in names["scripts"].items()}
    (copied / "assets.json").write_text(json.dumps(names))
    write_release(copied, folder / "release")
    return folder / "release"
