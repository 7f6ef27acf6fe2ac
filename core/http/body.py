"""Requests to bytes, and bytes back."""

import json as jsonlib
import zlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from urllib3.filepost import encode_multipart_formdata

from core.http.errors import Lost, TooLarge

Pairs = Mapping[str, Any] | Iterable[tuple[str, Any]]
Upload = tuple[str, bytes, str]
# Everything an address may hold, the percent sign included: what is encoded already is not encoded twice.
ADDRESS_SAFE = "%/:=&?~+!$,;'@()*[]|-._"


def encode(json: Any, data: Pairs | bytes | str | None, files: Mapping[str, Upload] | None) -> tuple[bytes | None, str]:
    """The body and its content type."""
    if files:
        fields: list[tuple[str, Any]] = [(name, str(value)) for name, value in pairs_of(data)]
        return encode_multipart_formdata(fields + list(files.items()))
    if json is not None:
        return jsonlib.dumps(json, ensure_ascii=False, separators=(",", ":")).encode(), "application/json"
    if data is None:
        return None, ""
    if isinstance(data, bytes):
        return data, "application/octet-stream"
    if isinstance(data, str):
        return data.encode(), "text/plain; charset=utf-8"
    return urlencode(pairs_of(data), doseq=True).encode(), "application/x-www-form-urlencoded"


def pairs_of(data: Pairs | bytes | str | None) -> list[tuple[str, Any]]:
    if data is None or isinstance(data, (bytes, str)):
        return []
    return list(data.items() if isinstance(data, Mapping) else data)


def with_params(path: str, params: Pairs | None) -> str:
    path = quote(path, safe=ADDRESS_SAFE)
    if not params:
        return path
    return path + ("&" if "?" in path else "?") + urlencode(pairs_of(params), doseq=True)


def unpack(body: bytes, encoding: str, max_bytes: int) -> bytes:
    """Undo gzip, never past the limit: a small answer may unpack to a very large one."""
    if encoding.lower() not in ("gzip", "x-gzip") or not body:
        return body
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise Lost("The answer arrived damaged.") from error
    if len(plain) > max_bytes:
        raise TooLarge("The answer is larger than we read.")
    return plain
