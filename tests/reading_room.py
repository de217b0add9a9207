"""A reading room for tests, asked header by header."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from reportedly.web.desk import Desk

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "archive"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Room:
    """A server with its archive. `ask` is a request of a program that knows the key, unless headers say otherwise."""

    path: Path
    port: int
    key: str
    cookie: str
    desk: Desk
    example: str
    log: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | list[tuple[str, str]] | None = None,
    ) -> Answer:
        """One request, header by header as given; without any the key is shown."""
        given = (
            [("Authorization", f"Bearer {self.key}")]
            if headers is None
            else list(headers.items() if isinstance(headers, dict) else headers)
        )
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(
                method, path, skip_host=any(n.lower() == "host" for n, _ in given), skip_accept_encoding=True
            )
            for name, value in given:
                connection.putheader(name, value)
            if body is not None and not any(n.lower() == "content-length" for n, _ in given):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, language: str = "de", **asked: object) -> Answer:
        found = {k: v for k, v in asked.items() if v is not None}
        address = quote(path, safe="/.-_") + (f"?{urlencode(found)}" if found else "")
        return self.ask("GET", address, headers={"Authorization": f"Bearer {self.key}", "Accept-Language": language})

    def send(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """A form, as a page of ours would send it."""
        given = {
            "Cookie": self.cookie, "Origin": self.address, "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded", **headers,
        }  # fmt: skip
        return self.ask("POST", path, urlencode(form).encode(), given)

    def send_json(self, method: str, path: str, data: Any) -> Answer:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return self.ask(method, path, json.dumps(data).encode(), headers)


Open = Callable[..., Room]
