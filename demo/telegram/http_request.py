"""What a request to the Bot API says, in any of the forms that api.telegram.org reads."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

Files = dict[str, tuple[str, bytes]]


async def said(request: Request) -> tuple[dict[str, Any], Files]:
    """Parameters from the address and the body, url-encoded, JSON or multipart; and files."""
    params: dict[str, Any] = dict(request.query_params)
    files: Files = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        return params | _object(await request.body()), files
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[name] = (value.filename or "", await value.read())
            else:
                params[name] = value
    return params, files


def _object(body: bytes) -> dict[str, str]:
    """tdlib/td HttpReader.cpp parse_json_parameters: what is no string stays as it is written."""
    with suppress(ValueError):
        given = json.loads(body or b"{}")
        if isinstance(given, dict):
            return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
    raise HTTPException(400, "Bad Request: JSON object expected")
