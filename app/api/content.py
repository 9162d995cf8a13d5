"""What Keel asks and says, as data with sources: sections, ideas, needs, script, crisis lines."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.api.preconditions import Prepared
from app.api.problems import documented
from app.content.lines import Line, read_lines
from app.content.messages import FIRST_LANGUAGE, languages, read_messages
from app.content.needs import Need, read_needs
from app.content.prompts import Prompt, read_prompts
from app.content.script import ScriptLine, read_script
from app.content.sections import Section, read_sections
from app.content.suggestions import Suggestion, read_suggestions

WORDS = (
    *("section.", "field.", "choice.", "lines."),
    *("idea.", "need.", "prompt.", "script."),
)
"""The messages that belong to the data; the rest are the screens' own."""

EXAMPLE = {
    "language": "en",
    "sections": [
        {
            "id": "reasons",
            "source": "Stanley and Brown, 2012",
            "fields": [{"id": "text", "kind": "line", "main": True}],
        }
    ],
    "suggestions": [
        {
            "id": "coping_strategies.quiet_music",
            "section": "coping_strategies",
            "fields": {"works_at_night": True},
            "needs": ["rest"],
            "skill": "distress_tolerance",
            "source": "001:278",
        }
    ],
    "needs": [
        {"id": "rest", "source": "001:281", "suggestions": ["coping_strategies.quiet_music"]}
    ],
    "prompts": [{"id": "reasons.1", "section": "reasons", "source": "000:66"}],
    "script": [{"id": "yours", "section": "opening", "step": "say", "source": "004:96"}],
    "messages": {
        "section.reasons.title": "What matters to me",
        "idea.coping_strategies.quiet_music": "Listen to quiet music with my eyes closed",
    },
    "lines": [
        {
            "id": "us_988",
            "country": "US",
            "what": "crisis",
            "ways": [{"by": "call", "number": "988"}],
            "hours": "always",
            "source": "https://988lifeline.org",
            "checked_on": "2026-11-22",
        }
    ],
}


class Content(BaseModel):
    """Everything in one language; `messages` holds the words for the ids in the others."""

    language: str = Field(description="An ISO 639-1 code.")
    sections: tuple[Section, ...]
    suggestions: tuple[Suggestion, ...] = Field(description="Words: `idea.<id>`.")
    needs: tuple[Need, ...] = Field(description="Words: `need.<id>.title` and `.text`.")
    prompts: tuple[Prompt, ...] = Field(description="Words: `prompt.<id>`.")
    script: tuple[ScriptLine, ...] = Field(description="Words: `script.<section>.<id>`.")
    messages: dict[str, str]
    lines: tuple[Line, ...]


def read_content(language: str) -> Content:
    """Raises ValueError when the data breaks its own rules."""
    words = {key: text for key, text in read_messages(language).items() if key.startswith(WORDS)}
    return Content(
        language=language,
        sections=read_sections().sections,
        suggestions=read_suggestions().suggestions,
        needs=read_needs().needs,
        prompts=read_prompts().prompts,
        script=read_script().script,
        messages=words,
        lines=read_lines().lines,
    )


def content_router() -> APIRouter:
    """Every language's answer is made once, here; asking costs a look in a dictionary."""
    router = APIRouter(prefix="/api/v1", tags=["content"])
    prepared = {
        language: Prepared(
            read_content(language).model_dump_json(exclude_defaults=True).encode(),
            "application/json",
            {"Content-Language": language},
        )
        for language in languages()
    }

    @router.get(
        "/content",
        summary="Sections, ideas, script, words and crisis lines",
        response_model=Content,
        responses={
            200: {
                "description": "With a strong ETag; ask again with If-None-Match.",
                "content": {"application/json": {"example": EXAMPLE}},
            },
            304: {"description": "What If-None-Match names is still the newest."},
            **documented(405, 413, 422, 500),
        },
    )
    async def content(
        request: Request,
        language: Annotated[Literal[languages()], Query()] = FIRST_LANGUAGE,  # type: ignore[valid-type]
    ) -> Response:
        return prepared[language].answer(request)

    return router
