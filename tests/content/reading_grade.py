"""The Flesch-Kincaid grade of English text: the school year that reads it with ease."""

import re

SILENT_E = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^aeiouyl]e)$")
VOWELS = re.compile(r"[aeiouy]{1,2}")


def syllables(word: str) -> int:
    """An estimate by vowels, never less than one; a number counts as it is long."""
    word = word.lower().strip("'’")
    if word.isdigit():
        return len(word)
    return max(1, len(VOWELS.findall(SILENT_E.sub("", word))))


def grade(text: str) -> float:
    """Of whole sentences; a text without words has grade 0."""
    sentences = [part for part in re.split(r"[.?!:\n]+", text) if re.search(r"\w", part)]
    words = re.findall(r"[\w’'-]+", text)
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59
