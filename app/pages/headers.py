"""The security headers that stand on every answer, the Content-Security-Policy among them."""

import base64
import hashlib
from collections.abc import Iterable


def integrity(body: bytes) -> str:
    """What a browser compares a script with, byte for byte, before it runs it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(body).digest()).decode()}"


def inline_hash(text: str) -> str:
    """A CSP source for one inline style or script."""
    return f"'{integrity(text.encode())}'"


def policy(styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """Everything is refused but our own files, pictures and answers, and exactly these styles and
    scripts inside a page."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *_hashes(scripts)]),
            " ".join(["style-src", *_hashes(styles)]),
            "img-src 'self' blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types keel",
        ]
    )


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted({inline_hash(text) for text in texts})


def last_resort_policy(style: str) -> str:
    """For the page inside the service worker: one style, and nothing else at all."""
    return (
        f"default-src 'none'; style-src {inline_hash(style)}; base-uri 'none'; form-action 'none'"
    )


def argon2_policy() -> str:
    """For the worker that stretches a passphrase: WebAssembly, which no page may run, and
    nothing else; it can ask for nothing and load nothing."""
    return (
        "default-src 'none'; script-src 'wasm-unsafe-eval'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


REFUSED_FEATURES = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *("encrypted-media", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi"),
    *("payment", "serial", "usb", "xr-spatial-tracking"),
)


def security_headers(styles: Iterable[str], scripts: Iterable[str] = ()) -> dict[str, str]:
    """The same for a page, a file, an answer of the API and an error."""
    return {
        "Content-Security-Policy": policy(styles, scripts),
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES),
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "X-Frame-Options": "DENY",
    }
