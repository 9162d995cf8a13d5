"""Which messages the code asks for, and which phrases no message may hold."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from tests.law.tree import Tree, without_comments

# Families whose keys the code may put together from parts.
BUILT = (
    *("section", "field", "choice", "problem", "lines", "page", "nudge"),
    *("idea", "need", "prompt", "script"),
)
KEY = r"[a-z][a-z_]*(?:\.[A-Za-z0-9_-]+)+"
FILE_ENDING = re.compile(r"\.(css|m?js|tsx?|html|json|png|ico|svg|txt|py|br|gz|xml|webmanifest)$")
# `section.${id}.title`, f"section.{id}.title"; then "section." + id and "section." ~ id.
HOLE = r"[`\"']([a-z_]+\.[^`\"'\s]*?\$?\{[^`\"'\s]*)[`\"']"
PREFIX = r"[`\"']([a-z_]+\.(?:[A-Za-z0-9_.-]*\.)?)[`\"']\s*[+~]"


def sources(tree: Tree) -> Iterable[str]:
    """Every text that may ask for a message, without its comments."""
    for path in tree.typescript():
        yield without_comments(path.read_text("utf-8"))
    for path in tree.files("app", ".py", ".html", ".j2"):
        yield path.read_text("utf-8")


def used(tree: Tree, families: set[str]) -> tuple[set[str], set[str]]:
    """Keys named whole, and patterns of the keys that are put together."""
    keys: set[str] = set()
    patterns: set[str] = set()
    for source in sources(tree):
        keys |= set(re.findall(rf"[`\"']({KEY})[`\"']", source))
        for built in re.findall(HOLE, source):
            parts = re.split(r"\$?\{[^}]*\}", built)
            patterns.add(".+".join(re.escape(part) for part in parts))
        patterns |= {re.escape(prefix) + ".+" for prefix in re.findall(PREFIX, source)}
    keys = {key for key in keys if key.split(".")[0] in families and not FILE_ENDING.search(key)}
    return keys, {pattern for pattern in patterns if pattern.split("\\.")[0] in BUILT}


def missing(tree: Tree, messages: set[str]) -> set[str]:
    return used(tree, {key.split(".")[0] for key in messages})[0] - messages


def unused(tree: Tree, messages: set[str]) -> set[str]:
    keys, patterns = used(tree, {key.split(".")[0] for key in messages})
    is_built = re.compile("|".join(patterns) or r"(?!)")
    return {key for key in messages - keys if not is_built.fullmatch(key)}


PHRASES = (
    r"commit(s|ted|ting)? suicide",
    r"(failed|successful|unsuccessful) attempt",
    r"attention[- ]seek",
    r"clean for",
    r"days clean",
    r"relaps",
    r"promise me",
    r"contract for safety",
    r"press 3",
    r"zero[- ]knowledge|military[- ]grade|unhackable",
    r"streak|badge|\bscore\b",
    r"!",
)
# Methods, implements and substitutes, as hashes: the words themselves stand nowhere.
BANNED = set(json.loads(Path(__file__).with_name("banned_words.json").read_text("utf-8")))


def banned(texts: dict[str, str], allowed: dict[str, str]) -> list[str]:
    """Which texts hold what none may; `allowed` gives a reason by a text's key."""
    return [
        f"{key}: {found}"
        for key, text in texts.items()
        if key not in allowed and (found := _phrase(text) or _hidden_word(text))
    ]


TELLING = r"suicid|self.?harm|injur|crisis|\burge|\bhurt|safety|therap|depress|\bharm"
"""What an address, a title or a file's name would give away to whoever looks over a shoulder."""


def telling(names: dict[str, str]) -> list[str]:
    """Names that hold what none may, or that say what this is about."""
    plain = {key: re.sub(r"[-_./]+", " ", name) for key, name in names.items()}
    given = [
        f"{key}: {m.group()}"
        for key, name in plain.items()
        if (m := re.search(TELLING, name, re.I))
    ]
    return banned(plain, {}) + given


def _phrase(text: str) -> str:
    found = re.search("|".join(PHRASES), text, re.I)
    return found.group() if found else ""


def _hidden_word(text: str) -> str:
    words = re.findall(r"[\w’']+", text.lower())
    for length in (1, 2, 3):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if hashlib.sha256(f"keel:{phrase}".encode()).hexdigest()[:16] in BANNED:
                return phrase
    return ""
