"""A release of a few small files, written the way `python -m app pages` writes the real one."""

import base64
import gzip
import hashlib
import json
from pathlib import Path

import brotli

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'sha256-x'; img-src 'self' blob:; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types keel"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTML = "text/html; charset=utf-8"
FILES = [
    ("/", "index.html", HTML, "page"),
    ("/now", "now.html", HTML, "page"),
    ("/not-found", "not-found.html", HTML, "page"),
    ("/broken", "broken.html", HTML, "page"),
    ("/assets/main-abc123.js", "assets/main-abc123.js", "text/javascript", "immutable"),
    ("/favicon.ico", "favicon.ico", "image/x-icon", "immutable"),
]


def body_of(path: str) -> bytes:
    """Long enough that packing it pays."""
    return f"<p>this is {path}, a small file for tests. </p>".encode() * 40


def write_small_release(folder: Path) -> Path:
    """Writes files, packed forms of all but the icon, and release.json."""
    rows = []
    for path, name, media_type, cache in FILES:
        body = body_of(path)
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        if name != "favicon.ico":
            Path(f"{file}.br").write_bytes(brotli.compress(body))
            Path(f"{file}.gz").write_bytes(gzip.compress(body))
        digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
        rows.append({"path": path, "file": name, "type": media_type, "sha256": digest})
        rows[-1] |= {"cache": cache, "offline": True}
    listed = {"id": "0123456789abcdef", "headers": HEADERS, "files": rows}
    (folder / "release.json").write_text(json.dumps(listed), "utf-8")
    return folder
