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
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
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


def sha256(body: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()


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
        row = {"path": path, "file": name, "type": media_type, "cache": cache}
        rows.append({**row, "sha256": sha256(body), "offline": True})
    worker = b"// nothing to do\n"
    listed = {"id": "0123456789abcdef", "headers": HEADERS, "worker": sha256(worker), "files": rows}
    text = json.dumps(listed).encode()
    (folder / "release.json").write_bytes(text)
    binding = f'const RELEASE={{"hash":"{sha256(text)}"}};\n'.encode()
    (folder / "service-worker.js").write_bytes(binding + worker)
    return folder
