"""The API's documentation: the OpenAPI as JSON, and a page made of it, without a script."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from jinja2 import Environment, FileSystemLoader
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


def docs_router(app: FastAPI) -> APIRouter:
    """Both documents are made once, from the routes that `app` has now."""
    router = APIRouter(prefix="/api/v1", include_in_schema=False)
    api = app.openapi()
    cookie = {"type": "apiKey", "in": "cookie", "name": COOKIE}
    api.setdefault("components", {})["securitySchemes"] = {"session": cookie}
    style = (HERE / "docs.css").read_text("utf-8")
    described = Prepared(json.dumps(api, ensure_ascii=False).encode(), "application/json")
    page = Prepared(
        _page(api, style).encode(), "text/html", {"Content-Security-Policy": _policy(style)}
    )

    @router.get("/openapi.json")
    async def openapi(request: Request) -> Response:
        return described.answer(request)

    @router.get("/docs")
    async def docs(request: Request) -> Response:
        return page.answer(request)

    return router


def _page(api: dict[str, Any], style: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
    )
    return environment.get_template("docs.html").render(
        api=api, style=style, words=read_messages(FIRST_LANGUAGE), errors=_errors()
    )


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
