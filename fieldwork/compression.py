"""Answers that are text go out compressed to whoever takes that: a phone's line is the slowest part of the house."""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

SMALLEST_BYTES = 600
LEVEL = 5
TEXTS = ("text/", "application/json", "application/problem+json", "application/manifest+json", "image/svg+xml")


def install(app: Flask) -> None:
    """Compress after everything else has been said."""
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """The answer, gzipped when it is a text worth it and the caller takes that."""
    if not (response.mimetype or "").startswith(TEXTS) or response.headers.get("Content-Encoding"):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or request.method == "HEAD" or not request.accept_encodings["gzip"]:
        return response
    if response.is_streamed and not response.direct_passthrough:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= SMALLEST_BYTES:
        response.set_data(_kept(body) if "immutable" in response.headers.get("Cache-Control", "") else _packed(body))
        response.headers["Content-Encoding"] = "gzip"
        tag, is_weak = response.get_etag()
        if tag and not is_weak:
            response.set_etag(tag, weak=True)  # other bytes, the same content
    return response


@lru_cache(maxsize=64)
def _kept(body: bytes) -> bytes:
    """What never changes is packed once, and well."""
    return gzip.compress(body, 9, mtime=0)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
