"""Files that browsers send by themselves: written to disk as they come, and no larger than they may be."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

MAX_DIGITS = 15
"""Of a size that a browser tells."""


def announced_size(request: Request, otherwise: int) -> int:
    """The bytes that the browser says a file has, and something else where it does not say."""
    size = request.query_params.get("size", "")
    return int(size) if size.isdecimal() and len(size) <= MAX_DIGITS else otherwise


async def write_body(request: Request, target: Path, most: int) -> bool:
    """Write what comes to its place; whether it came whole, and was not larger than that."""
    count = 0
    try:
        with target.open("wb") as file:
            async for chunk in request.stream():
                count += len(chunk)
                if count > most:
                    return False
                await run_in_threadpool(file.write, chunk)
    except ClientDisconnect:
        return False
    return True
