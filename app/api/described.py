"""How routes that read their bodies themselves are described in the OpenAPI."""

from typing import Any

from pydantic import BaseModel

from app.api.preconditions import SEALED

Description = dict[str, Any]
BYTES: Description = {"type": "string", "format": "binary"}
COOKIE_NEEDED: Description = {"security": [{"session": []}]}


def takes(model: type[BaseModel], example: Description) -> Description:
    """A JSON body of this model."""
    schema = _inlined(model.model_json_schema())
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema, "example": example}},
        }
    }


def _inlined(schema: Description) -> Description:
    """Without $defs: what a reference names is put in its place."""
    named = schema.pop("$defs", {})

    def put_in(value: Any) -> Any:
        if isinstance(value, list):
            return [put_in(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            return put_in(named[value["$ref"].rpartition("/")[2]])
        return {key: put_in(one) for key, one in value.items()}

    found: Description = put_in(schema)
    return found


def takes_envelope(*headers: Description) -> Description:
    """A body of sealed bytes."""
    body = {"required": True, "content": {SEALED: {"schema": BYTES}}}
    return {"requestBody": body, "parameters": list(headers)}


def header(name: str, words: str, example: str, *, is_required: bool = False) -> Description:
    """A header that the route looks at."""
    return {
        "name": name,
        "in": "header",
        "required": is_required,
        "description": words,
        "schema": {"type": "string"},
        "example": example,
    }


ETAG: Description = {
    "ETag": {
        "description": "Revision and the first 16 hex digits of the envelope's SHA-256.",
        "schema": {"type": "string", "example": '"7-0123456789abcdef"'},
    }
}
KEEL = header("Keel", "Every change carries it.", "1", is_required=True)
IF_MATCH = header("If-Match", "One strong tag: what it was made from.", '"7-0123456789abcdef"')
IF_NONE_MATCH = header("If-None-Match", "What is known already.", '"7-0123456789abcdef"')
PROOF = header(
    "Authorization",
    "Fresh proof: Keel-Passphrase or Keel-Recovery, and the key in base64url.",
    "Keel-Passphrase " + "A" * 43,
    is_required=True,
)


def sealed(words: str) -> Description:
    """200 with sealed bytes under their ETag."""
    return {"description": words, "headers": ETAG, "content": {SEALED: {"schema": BYTES}}}


def stale() -> dict[int | str, Description]:
    """412: the envelope that stands there now; the one error that is no problem+json."""
    return {412: sealed("Another revision was saved in the meantime: it is this one.")}


def nothing(words: str) -> dict[int | str, Description]:
    """204."""
    return {204: {"description": words}}
