"""Laws 8 and 10: colours by role, words from app/content, and fields that keep to themselves."""

import re

from tests.law.tree import Fault, Tree, matches, without_comments

NAMED = (
    "aqua|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gray|grey|green|indigo|ivory|khaki|"
    "lavender|lime|magenta|maroon|navy|olive|orange|orchid|pink|plum|purple|red|salmon|silver|"
    "tan|teal|tomato|turquoise|violet|wheat|white|yellow|(?:dark|light|medium|deep|pale)[a-z]+"
)
COLOUR = rf"#[0-9a-fA-F]{{3,8}}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|\b(?:{NAMED})\b"
HEX = r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b(?![\w-])"


def colours(tree: Tree) -> list[Fault]:
    """Nothing but tokens.css holds a colour: not a style sheet, a script or a page."""
    faults = []
    for path in tree.files("frontend/styles", ".css"):
        if path.name != "tokens.css":
            text = re.sub(
                r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), path.read_text(), flags=re.S
            )
            for line, match in matches(text, r":[^;{}]*(?=[;}])"):
                found = re.search(COLOUR, match.group())
                if found:
                    faults.append(Fault(tree.name(path), line, f"holds the colour {found[0]}"))
    pages = [*tree.files("app/pages", ".py", ".html", ".j2"), *tree.typescript()]
    for path in pages:
        source = path.read_text("utf-8")
        text = without_comments(source) if path.suffix in (".ts", ".tsx") else source
        for line, match in matches(text, HEX):
            is_link = re.search(r"(href|url|id)\W*$", text[: match.start()][-8:])
            is_number = match.group()[1:].isdigit() and path.suffix == ".html"
            if not is_link and not is_number:
                faults.append(Fault(tree.name(path), line, f"holds the colour {match.group()}"))
    return sorted(faults)


LETTERS = r"[^\W\d_]{2,}"
TAG = (
    r"(?<![\w)\]])<(?:[A-Za-z][\w.]*)?(?:\s+[\w:-]+(?:=(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{(?:[^{}]|\{"
    r"[^{}]*\})*\})*\}))?|\s+\{\.\.\.[^}]*\})*\s*>([^<{}]*)(?=[<{])"
)
AFTER_TAG = r"</[\w.]*>([^<{}]*)(?=[<{])"
AFTER_BRACE = r"\}([^<>{}]*)(?=</)"
SPOKEN = r"\b(?:aria-label|title|placeholder|alt|label|aria-description|aria-roledescription)"
# A sentence in a string: begins with a capital, and goes on in words.
SENTENCE = r"""(["'`])([A-Z][a-z]+(?: [A-Za-z'’]+)+[^"'`\n]*)\1"""


def script_words(tree: Tree) -> list[Fault]:
    """No word for a person in TypeScript: not between tags, in a spoken attribute, or a string."""
    faults = []
    for path in tree.typescript():
        source = without_comments(path.read_text("utf-8"))
        name = tree.name(path)
        if path.suffix == ".tsx":
            faults += [Fault(name, line, f"shows {text!r}") for line, text in _between(source)]
        for line, match in matches(source, SENTENCE):
            before = source[: match.start()][-24:]
            if not re.search(r"(Error\(|Refused\(|console\.\w+\()\s*$", before):
                faults.append(Fault(name, line, f"holds the words {match.group(2)!r}"))
    return sorted(set(faults))


def _between(source: str) -> list[tuple[int, str]]:
    found = []
    for pattern in (TAG, AFTER_TAG, AFTER_BRACE):
        for line, match in matches(source, pattern):
            text = match.group(1).strip()
            if re.search(LETTERS, text) and not re.search(r"[;=()]|=>|&&|\|\|", text):
                found.append((line, text))
    for line, match in matches(source, rf"{SPOKEN}=[\"']([^\"']*{LETTERS}[^\"']*)[\"']"):
        found.append((line, match.group(1)))
    return found


# What Jinja says, and what a browser does not show.
UNSHOWN = (
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<style.*?</style>|<script.*?</script>|<!--.*?-->"
    r"|<!doctype[^>]*>"
)


def template_words(tree: Tree) -> list[Fault]:
    """No word for a person in a template: all of them come from app/content."""
    faults = []
    for path in tree.files("app/pages", ".html", ".j2", ".xml"):
        blank = lambda match: re.sub(r"[^\n]", " ", match[0])  # noqa: E731
        text = re.sub(UNSHOWN, blank, path.read_text("utf-8"), flags=re.S | re.I)
        shown = re.sub(r"<[^>]*>", blank, text)
        found = [*matches(shown, rf"{LETTERS}[^\n<]*")]
        found += matches(text, rf"{SPOKEN}=[\"']([^\"']*{LETTERS}[^\"']*)[\"']")
        for line, match in found:
            faults.append(Fault(tree.name(path), line, f"holds the words {match.group()!r}"))
    return sorted(faults)


FIELD = r"<(input|textarea)\b((?:[^<>{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)/?>"
WITHOUT_WORDS = r"type=[\"'](checkbox|radio|file|button|date|hidden|range)[\"']"
QUIET = {
    "autocomplete": r"\bauto[cC]omplete\b\W{1,4}off",
    "spellcheck": r"\bspell[cC]heck\b\W{1,5}(?:false|\w*[sS]pell)",
    "translate": r"\btranslate\b\W{1,4}(?:no\b|false)",
}


def quiet_fields(tree: Tree) -> list[Fault]:
    """Every field for words, and all that may be edited, carries the three attributes."""
    faults = []
    sources = {path: without_comments(path.read_text("utf-8")) for path in tree.typescript()}
    everything = "\n".join(sources.values())
    for path, source in sources.items():
        if re.search(r"\bcontenteditable\b", source, re.I):
            faults.append(Fault(tree.name(path), 1, "makes a field of contenteditable"))
        for line, match in matches(source, FIELD):
            attributes = match.group(2)
            if not re.search(WITHOUT_WORDS, attributes):
                shared = _spread(attributes, everything)
                for name, pattern in QUIET.items():
                    if not re.search(pattern, attributes + shared):
                        faults.append(Fault(tree.name(path), line, f"{match[1]} lacks {name}"))
    return sorted(faults)


def _spread(attributes: str, everything: str) -> str:
    """What a spread brings in: the constants of that name, wherever they are declared."""
    names = re.findall(r"\{\s*\.\.\.(\w+)", attributes)
    return "".join(
        match.group()
        for name in names
        for match in re.finditer(rf"const {name}\b[^=]*=\s*\{{[^}}]*\}}", everything)
    )
