"""Reads pushes straight from the bytes that came: half a mebibyte of JSON is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import ValidationError

from sync.wire.v1.push import PushRequest


class PushRoute(APIRoute):
    """A route whose body is a `PushRequest`; FastAPI would make objects of it and check those."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handle = super().get_route_handler()

        async def read_once(request: Request) -> Response:
            return await handle(_PushAsSent(request.scope, request.receive))

        return read_once


class _PushAsSent(Request):
    async def json(self) -> Any:
        """Return the push; what is none comes back as it is, for FastAPI to say what is wrong."""
        try:
            return PushRequest.model_validate_json(await self.body())
        except ValidationError:
            return await super().json()
