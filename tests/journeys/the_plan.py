"""The plan of the journey, from a published clinical template: typed in, and what is expected."""

from urllib.parse import unquote

from playwright.sync_api import Page

from tests.journeys.editor import Editor

BY_DAY = [
    "Biscuit, my dog",
    "walk the dog",
    "my calm playlist",
    "the mall",
    "Grandma",
    "Maya",
    "Sam",
    "Dr. Okafor",
    "the nearest emergency room",
    "the lake in October",
]
BY_NIGHT = [one for one in BY_DAY if one != "walk the dog"]
# Every word of it that would tell something, for searching where it must not be.
CANARIES = [
    "better off without me",
    "staying in bed",
    "calm playlist",
    "Grandma",
    "5550142",
    "555-0117",
    "Can you talk",
    "sam#4417",
    "Okafor",
    "my neighbour",
    "Biscuit",
    "lake in October",
]


def type_the_plan(editor: Editor) -> None:
    """Exactly the plan of the issue, by its screens alone."""
    what_i_notice(editor)
    what_i_can_do(editor)
    people_and_places(editor)
    people_i_can_tell(editor)
    professionals(editor)
    environment_and_reasons(editor)


def what_i_notice(editor: Editor) -> None:
    editor.open("warning_signs")
    for text, kind in (
        ('thinking "Everyone would be better off without me."', "thought"),
        ("staying in bed all day", "behaviour"),
        ("feeling trapped and anxious in my chest", "body"),
    ):
        editor.choose(editor.add(text), "kind", kind)


def what_i_can_do(editor: Editor) -> None:
    editor.open("coping_strategies")
    editor.add("walk the dog")
    editor.mark(editor.add("my calm playlist"), "coping_strategies", "works_at_night")


def people_and_places(editor: Editor) -> None:
    editor.open("distractions")
    editor.choose(editor.add("the mall"), "kind", "place")
    grandma = editor.add("Grandma")
    editor.choose(grandma, "kind", "person")
    editor.reach(grandma, "both", number="555-0142")


def people_i_can_tell(editor: Editor) -> None:
    editor.open("support_contacts")
    maya = editor.add("Maya")
    editor.fill(maya, "support_contacts", relation="my sister")
    editor.reach(maya, "both", number="555-0117")
    editor.fill(maya, "support_contacts", message="Can you talk?")
    sam = editor.add("Sam")
    editor.fill(sam, "support_contacts", relation="my partner")
    editor.reach(sam, "other", app="Discord", handle="sam#4417")


def professionals(editor: Editor) -> None:
    editor.open("professional_contacts")
    doctor = editor.add("Dr. Okafor")
    editor.fill(doctor, "professional_contacts", role="therapist")
    editor.reach(doctor, "both", number="555-0188")
    editor.fill(doctor, "professional_contacts", availability="weekdays until six")
    editor.add("the nearest emergency room")


def environment_and_reasons(editor: Editor) -> None:
    editor.open("environment_safety")
    key = editor.add("a key given to my neighbour")
    editor.fill(key, "environment_safety", by_when="by Friday")
    editor.open("reasons")
    editor.mark(editor.add("Biscuit, my dog"), "reasons", "show_first")
    editor.add("the lake in October")


# The same plan as data, for journeys that are about something else.
ITEMS: list[tuple[str, dict[str, object]]] = [
    ("warning_signs", {"text": "staying in bed all day", "kind": "behaviour"}),
    ("coping_strategies", {"text": "walk the dog"}),
    ("coping_strategies", {"text": "my calm playlist", "works_at_night": True}),
    ("distractions", {"text": "the mall", "kind": "place"}),
    ("distractions", {"text": "Grandma", "ways": [{"by": "both", "number": "555-0142"}]}),
    (
        "support_contacts",
        {
            "name": "Maya",
            "relation": "my sister",
            "ways": [{"by": "both", "number": "555-0117"}],
            "message": "Can you talk?",
        },
    ),
    (
        "support_contacts",
        {"name": "Sam", "ways": [{"by": "other", "app": "Discord", "handle": "sam#4417"}]},
    ),
    ("professional_contacts", {"name": "Dr. Okafor", "availability": "weekdays until six"}),
    ("environment_safety", {"text": "a key given to my neighbour", "by_when": "by Friday"}),
    ("reasons", {"text": "Biscuit, my dog", "show_first": True}),
    ("reasons", {"text": "the lake in October"}),
]


def links(page: Page) -> list[str]:
    """What can be called or texted in the step, beside the crisis bar, bodies in plain letters."""
    found: list[str] = page.locator("main a[href^='tel:'], main a[href^='sms:']").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('href'))"
    )
    return [unquote(one) for one in found]
