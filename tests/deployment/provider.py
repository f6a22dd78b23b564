"""Somebody who vouches for people by OpenID Connect, and knows one person, whom it asks nothing."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwk, jwt

CLIENT, SUBJECT = "headwaters", "4711"


class Provider:
    """A server on a port of this machine, until it is ended."""

    def __init__(self) -> None:
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
        self.nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                at = urlsplit(self.path)
                match at.path:
                    case "/authorize":
                        self.send_response(302)
                        self.send_header("location", provider.way_back(parse_qs(at.query)))
                        self.end_headers()
                    case "/keys":
                        self.tell({"keys": [provider.key.as_dict(private=False)]})
                    case _:
                        self.tell(provider.metadata())

            def do_POST(self) -> None:
                sent = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                self.tell(provider.tokens(sent["code"][0]))

            def tell(self, said: object) -> None:
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def secrets(self, site: str) -> str:
        """What a site has to say of it in Streamlit's secrets."""
        return (
            f'[auth]\nredirect_uri = "{site}/oauth2callback"\ncookie_secret = "{"c" * 32}"\nclient_id = "{CLIENT}"\n'
            f'client_secret = "hidden"\nserver_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
        )

    def metadata(self) -> dict[str, object]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def way_back(self, query: dict[str, list[str]]) -> str:
        code = f"code{len(self.nonces)}"
        self.nonces[code] = query["nonce"][0]
        return f"{query['redirect_uri'][0]}?{urlencode({'code': code, 'state': query['state'][0]})}"

    def tokens(self, code: str) -> dict[str, object]:
        now_s = int(time.time())
        claims = {"iss": self.url, "sub": SUBJECT, "aud": CLIENT, "iat": now_s, "exp": now_s + 600}
        signed = jwt.encode({"alg": "RS256", "kid": "first"}, {**claims, "nonce": self.nonces[code]}, self.key)
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed}

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()
