"""Routes whose endpoints take the request and give the answer: described, and nothing to solve."""

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from starlette.types import Receive, Scope, Send


class DirectRoute(APIRoute):
    """FastAPI describes it like any other. To look for parameters and dependencies that it has not
    would cost half of what fetching a plan does; one with a parameter in its path is left as it is.
    """

    def __init__(self, *arguments: Any, **described: Any) -> None:
        super().__init__(*arguments, **described)
        if not self.param_convertors:
            self.app = self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self.endpoint(Request(scope, receive, send))
        await answer(scope, receive, send)


def take_in(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Their routes as the app's own: a router inside a router is looked through twice."""
    for router in routers:
        app.router.routes.extend(router.routes)
