"""The application: every operation at its address, behind the guard. A request runs in one of a few threads, never in the loop."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from reportedly.errors import ReportedlyError
from reportedly.web import showing
from reportedly.web.calls import Call, Download, Go, RoomError, inside
from reportedly.web.guarding import Guard, TooLargeError
from reportedly.web.keys import read as own_keys
from reportedly.web.operations import Operation
from reportedly.web.plan import OPERATIONS
from reportedly.web.words import said

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from reportedly.web.desk import Desk
    from reportedly.web.guarding import Asgi, Scope

LOG = logging.getLogger("reportedly.room")
THEMES = ("light", "dark")
_COOKIE_AGE = 31_536_000
_MOST_FIELDS = 50


def application(desk: Desk, closing: Callable[[], None] | None = None) -> Asgi:
    """The room of a desk as an ASGI application; it closes the desk when the server ends."""

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        if closing:
            closing()
        await asyncio.to_thread(desk.close)

    routes: list[Route] = [Route("/static/{name}", _static, methods=["GET"])]
    for operation in sorted(OPERATIONS, key=lambda o: o.path.count("{")):
        if operation.twin:
            path = "/index.json" if operation.path == "/" else f"{operation.path}.json"
            routes.append(Route(path, _endpoint(desk, operation, as_json=True), methods=[operation.method]))
        if operation.page:
            routes.append(Route(operation.path, _endpoint(desk, operation, as_json=False), methods=[operation.method]))
    routes.sort(key=_specific)
    app = Starlette(
        routes=routes,
        lifespan=life,
        exception_handlers={HTTPException: _http_error(desk), Exception: _fault(desk)},
    )
    app.router.redirect_slashes = False
    return Guard(app, desk.rules, _refused)


def _specific(route: Route) -> tuple[int, int]:
    """Addresses without a gap come first, and `{id}.json` before `{id}`."""
    return (route.path.count("{"), -len(route.path))


def _endpoint(desk: Desk, operation: Operation, *, as_json: bool) -> Any:
    async def answer(request: Request) -> Response:
        tongue = _tongue(request)
        try:
            asked = {p.name: p.checked(request.query_params.get(p.name)) for p in operation.params}
            form, body = await _sent(request, operation)
            call = Call(
                desk,
                None,  # type: ignore[arg-type]  # each thread has its own; see `run`
                request.url.path.removesuffix(".json") if as_json else request.url.path,
                {k: str(v) for k, v in request.path_params.items()},
                asked,
                form,
                body,
                tongue,
                theme if (theme := request.cookies.get("theme", "")) in THEMES else "",
                _plain(request.cookies.get("by", "")) or desk.by,
                as_json,
                request.cookies.get("keys") != "off",
                own_keys(unquote(request.cookies.get("keymap", ""))),
            )
            return await asyncio.get_running_loop().run_in_executor(desk.pool, _run, call, operation)
        except RoomError as error:
            return _error(desk, error.status, said(tongue, error.sentence, **error.about), tongue, as_json, request)
        except ReportedlyError as error:
            return _error(desk, 400, str(error), tongue, as_json, request)
        except TooLargeError:
            return _error(desk, 413, said(tongue, "error.size"), tongue, as_json, request)
        except ClientDisconnect:
            return Response(status_code=400)

    return answer


def _run(call: Call, operation: Operation) -> Response:
    call = replace(call, archive=call.desk.archive())
    given = operation.handler(call)
    if isinstance(given, Go):
        response: Response
        if call.as_json:
            response = JSONResponse(given.data or {"to": given.to}, given.status)
        else:
            response = RedirectResponse(given.to, 303)
        for name, value in given.cookies.items():
            response.set_cookie(name, quote(value), max_age=_COOKIE_AGE, httponly=True, samesite="lax")
        return response
    if isinstance(given, Download):
        kind = "inline" if given.inline else "attachment"
        headers = {
            "content-disposition": f"{kind}; filename=\"{_ascii(given.name)}\"; filename*=UTF-8''{quote(given.name)}"
        }
        return StreamingResponse(given.parts, media_type=given.media_type, headers=headers)
    if call.as_json:
        return _json(given.data, given.status)
    page = showing.page(given.template, call, given.data, given.more)
    return HTMLResponse(page.encode("utf-8", "replace"), given.status, {"cache-control": "no-store"})


def _json(data: Any, status: int) -> Response:
    """Half a surrogate pair, which an article may hold, is spelled in ASCII."""
    return Response(
        json.dumps(data, ensure_ascii=True, allow_nan=False), status, {"cache-control": "no-store"}, "application/json"
    )


async def _sent(request: Request, operation: Operation) -> tuple[dict[str, str], bytes]:
    """The body of a request: a form, JSON of the fields that the operation names, or bytes."""
    if operation.body == "none":
        return {}, b""
    body = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if operation.body == "raw":
        return {}, body
    if kind == "application/json":
        return _checked(body, operation), body
    if kind != "application/x-www-form-urlencoded" or not operation.page:
        raise RoomError(415, "error.media")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (ValueError, UnicodeDecodeError):
        raise RoomError(400, "error.form") from None
    form = {name: value.replace("\r\n", "\n") for name, value in pairs}
    for name in operation.needs:
        if not form.get(name):
            raise RoomError(400, "error.missing", name=name)
    return form, body


def _checked(body: bytes, operation: Operation) -> dict[str, str]:
    """The fields of a JSON body; what is no string is kept as JSON."""
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise RoomError(400, "error.json") from None
    if not isinstance(data, dict):
        raise RoomError(400, "error.json")
    fields, found = operation.fields or {}, {}
    for name, value in data.items():
        if name not in fields:
            raise RoomError(400, "error.unknown", name=str(name)[:40])
        wanted = fields[name]
        if wanted["type"] == "string":
            if not isinstance(value, str) or ("enum" in wanted and value not in wanted["enum"]):
                raise RoomError(400, "error.value", name=name)
            if len(value) < wanted.get("minLength", 0) or len(value) > wanted.get("maxLength", len(value)):
                raise RoomError(400, "error.value", name=name)
            found[name] = value
        elif isinstance(value, list):
            found[name] = json.dumps(value)
        else:
            raise RoomError(400, "error.value", name=name)
    for name in operation.needs:
        if name not in found:
            raise RoomError(400, "error.missing", name=name)
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in showing.STATIC:
        raise HTTPException(404)
    age = "public, max-age=31536000, immutable" if request.query_params.get("v") == showing.digest(name) else "no-cache"
    return Response(showing.static(name), 200, {"cache-control": age}, showing.STATIC[name])


def _error(desk: Desk, status: int, sentence: str, tongue: str, as_json: bool, request: Request) -> Response:
    if as_json:
        return _json({"status": status, "error": sentence}, status)
    theme = request.cookies.get("theme", "")
    call = Call(desk, None, request.url.path, {}, {}, tongue=tongue, theme=theme if theme in THEMES else "")  # type: ignore[arg-type]
    back = inside(request.headers.get("referer", "").partition(request.headers.get("host", "\0"))[2])
    page = showing.page("error.html", call, {"status": status, "sentence": sentence, "back": back}, {})
    return HTMLResponse(page.encode("utf-8", "replace"), status)


def _http_error(desk: Desk) -> Any:
    async def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        tongue = _tongue(request)
        found = _error(
            desk, status, said(tongue, f"error.{status}"), tongue, request.url.path.endswith(".json"), request
        )
        if isinstance(error, HTTPException) and error.headers:
            found.headers.update(error.headers)
        return found

    return answer


def _fault(desk: Desk) -> Any:
    """A mistake of ours: a sentence, a number that stands in the log too, a way on; nothing of the inside."""

    async def answer(request: Request, error: Exception) -> Response:
        number, tongue = secrets.token_hex(4), _tongue(request)
        LOG.error("fault %s at %s %s", number, request.method, request.url.path, exc_info=error)
        sentence = said(tongue, "error.fault", number=number)
        return _error(desk, 500, sentence, tongue, request.url.path.endswith(".json"), request)

    return answer


def _refused(status: int, reason: str, scope: Scope) -> bytes:
    languages = [v.decode("latin-1") for n, v in scope["headers"] if n.lower() == b"accept-language"]
    tongue = _accepted(languages[0] if languages else "")
    sentence = said(tongue, f"refused.{reason}")
    if scope["path"].endswith(".json"):
        return json.dumps({"status": status, "error": sentence}).encode()
    return showing.refusal(status, sentence, tongue).encode("utf-8")


def _tongue(request: Request) -> str:
    chosen = request.cookies.get("lang", "")
    return chosen if chosen in ("de", "en") else _accepted(request.headers.get("accept-language", ""))


def _accepted(languages: str) -> str:
    """German where it stands before English in the list of the browser, else English."""
    for part in languages.lower().split(",")[:20]:
        code = part.split(";")[0].strip()[:2]
        if code in ("de", "en"):
            return code
    return "en"


def _plain(text: str) -> str:
    return "".join(c for c in unquote(text) if c.isprintable())[:80].strip()


def _ascii(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)[:80] or "reportedly"
