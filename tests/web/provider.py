"""A small sign-in provider on loopback, with real keys and signed tokens; each answer can be spoiled."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from crm.core import clock

CLIENT = "vliegwiel"
SECRET = "only-for-tests"
EMAIL = "noor@example.nl"


@dataclass
class Provider:
    """What it answers: `claims` go over those of a good token, and None leaves one out."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    user_info: dict[str, Any] = field(default_factory=dict)
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one"}))
    published: ECKey | None = None
    unsigned: bool = False
    issuer_told: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    tokens: list[dict[str, str]] = field(default_factory=list)

    def authorize(self, address: str) -> str:
        """Let the visitor sign in: take the question as their browser brings it, and return the state."""
        query = parse_qs(urlsplit(address).query)
        self.asked = {name: values[0] for name, values in query.items()}
        return self.asked["state"]

    def answer(self, path: str) -> Any:
        """Return what stands at an address."""
        places = ("authorize", "token", "jwks", "userinfo")
        if path == "/.well-known/openid-configuration":
            a, t, j, u = (f"{self.issuer}/{place}" for place in places)
            told = {"authorization_endpoint": a, "token_endpoint": t, "jwks_uri": j, "userinfo_endpoint": u}
            return {"issuer": self.issuer_told or self.issuer, **told}
        if path == "/jwks":
            return {"keys": [(self.published or self.key).as_dict(private=False)]}
        return self.user_info

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Exchange a code for a token, for who has the secret and the verifier of the question."""
        self.tokens.append(form)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_ours = authorization == f"Basic {basic}" and form["redirect_uri"] == self.asked["redirect_uri"]
        if not is_ours or proof.decode().rstrip("=") != self.asked["code_challenge"]:
            return None
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token()}

    def _id_token(self) -> str:
        now = int(clock.now().timestamp())
        good = {"iss": self.issuer, "sub": "7", "aud": CLIENT, "iat": now, "exp": now + 300}
        good |= {"nonce": self.asked["nonce"], "email": EMAIL, "email_verified": True}
        claims = {name: value for name, value in {**good, **self.claims}.items() if value is not None}
        if self.unsigned:
            parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
            return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), ""])
        return jwt.encode({"alg": "ES256", "kid": "one"}, claims, self.key)


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, provider.answer(self.path))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            found = provider.token(form, self.headers.get("authorization", ""))
            self._say(200 if found else 400, found or {"error": "invalid_grant"})

        def _say(self, status: int, body: Any) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
