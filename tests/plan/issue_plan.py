"""The first landing's own plan, from a published clinical template, as SafetyPlan's JSON."""

from typing import Any

ISSUE_PLAN: dict[str, Any] = {
    "format": "safety-plan",
    "version": 1,
    "exported_on": "2026-11-22",
    "language": "en",
    "sections": [
        {
            "id": "warning_signs",
            "items": [
                {"text": "Everyone would be better off without me.", "kind": "thought"},
                {"text": "staying in bed all day", "kind": "behaviour"},
                {"text": "feeling trapped and anxious in my chest", "kind": "feeling"},
            ],
        },
        {
            "id": "coping_strategies",
            "items": [
                {"text": "walk the dog"},
                {"text": "my calm playlist", "works_at_night": True},
            ],
        },
        {
            "id": "distractions",
            "items": [
                {"text": "the mall", "kind": "place"},
                {
                    "text": "Grandma",
                    "kind": "person",
                    "ways": [{"by": "both", "number": "555-0142"}],
                },
            ],
        },
        {
            "id": "support_contacts",
            "items": [
                {
                    "name": "Maya",
                    "relation": "my sister",
                    "ways": [{"by": "both", "number": "555-0117"}],
                    "message": "Can you talk?",
                },
                {
                    "name": "Sam",
                    "relation": "my partner",
                    "ways": [{"by": "other", "app": "Discord", "handle": "sam#4417"}],
                },
            ],
        },
        {
            "id": "professional_contacts",
            "items": [
                {
                    "name": "Dr. Okafor",
                    "role": "therapist",
                    "ways": [{"by": "both", "number": "555-0188"}],
                    "availability": "weekdays until six",
                },
                {"name": "the nearest emergency room"},
            ],
        },
        {
            "id": "environment_safety",
            "items": [{"text": "a key given to my neighbour", "by_when": "by Friday"}],
        },
        {
            "id": "reasons",
            "items": [
                {"text": "Biscuit, my dog", "show_first": True},
                {"text": "the lake in October"},
            ],
        },
    ],
}
