"""The API's documentation: the OpenAPI as JSON, and a page made of it, without a script."""

import asyncio
import base64
import hashlib
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.api.deps import COOKIE
from app.api.preconditions import Prepared
from app.api.problems import ALL_CODES, MEDIA_TYPE, problem
from app.content.messages import FIRST_LANGUAGE, read_messages

HERE = Path(__file__).parent
ABOUT_ERRORS = (
    f"Every error is {MEDIA_TYPE}, in one shape. It never repeats what was sent; the request_id "
    "stands in the server's log and in the header X-Request-Id."
)


class Documents(NamedTuple):
    """The OpenAPI itself, and the page."""

    described: Prepared
    page: Prepared


def docs_router(app: FastAPI) -> APIRouter:
    """Both documents are made once, from the routes of `app`, when the first is asked for: a start
    waits for neither, and no other answer waits while they are made."""
    router = APIRouter(prefix="/api/v1", include_in_schema=False)
    made, one_at_a_time = cache(lambda: _made(app)), asyncio.Lock()

    async def asked_for() -> Documents:
        async with one_at_a_time:
            return await run_in_threadpool(made)

    @router.get("/openapi.json")
    async def openapi(request: Request) -> Response:
        return (await asked_for()).described.answer(request)

    @router.get("/docs")
    async def docs(request: Request) -> Response:
        return (await asked_for()).page.answer(request)

    return router


def _made(app: FastAPI) -> Documents:
    api = app.openapi()
    cookie = {"type": "apiKey", "in": "cookie", "name": COOKIE}
    api.setdefault("components", {})["securitySchemes"] = {"session": cookie}
    style = (HERE / "docs.css").read_text("utf-8")
    policy = {"Content-Security-Policy": _policy(style)}
    return Documents(
        Prepared(json.dumps(api, ensure_ascii=False).encode(), "application/json"),
        Prepared(_page(api, style).encode(), "text/html", policy),
    )


def _page(api: dict[str, Any], style: str) -> str:
    jinja2: Any = import_module("jinja2")  # only whoever reads the page waits for it
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
    )
    words = read_messages(FIRST_LANGUAGE)
    template = environment.get_template("docs.html")
    return str(template.render(api=api, style=style, words=words, errors=_errors()))


def _errors() -> dict[str, Any]:
    example = problem(404, "0123456789abcdef")
    rows = [(status, code, problem(status, "", code)["title"]) for status, code in ALL_CODES]
    return {"words": ABOUT_ERRORS, "example": example, "rows": rows}


def _policy(style: str) -> str:
    """Stricter than the pages' own: nothing but this one style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
    )
