"""What an installed Keel is called and looks like on a home screen: neutral, whoever looks."""

import json

from app.content.messages import FIRST_LANGUAGE, message

ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("maskable-512.png", 512, "maskable"),
)


def manifest(colour: str, language: str = FIRST_LANGUAGE) -> bytes:
    """The web app manifest, as JSON; `colour` is that of the ground it opens on."""
    found = {
        "id": "/",
        "name": message(language, "manifest.name"),
        "short_name": message(language, "manifest.name"),
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": colour,
        "theme_color": colour,
        "icons": [
            {
                "src": f"/icons/{name}",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, size, purpose in ICONS
        ],
        "shortcuts": [
            {"name": message(language, "manifest.now"), "url": "/now"},
            {"name": message(language, "manifest.lines"), "url": "/lines"},
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


ROBOTS = b"User-agent: *\nDisallow: /api/\n"
