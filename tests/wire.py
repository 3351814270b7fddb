"""The make-believe Telegram behind a real address, for tests that start a process of their own."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from demo.telegram import Telegram


@contextmanager
def served(telegram: Telegram) -> Iterator[str]:
    """Its address, for TELEGRAM_API_URL."""
    loop = asyncio.new_event_loop()

    class Wire(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            token, _, method = self.path.removeprefix("/bot").partition("/")
            params = dict(parse_qsl(body, keep_blank_values=True))
            call = telegram.call(token, method, params)
            code, answer = asyncio.run_coroutine_threadsafe(call, loop).result()
            content = json.dumps(answer).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """A test has nothing to say on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    server.daemon_threads = True
    threads = [
        threading.Thread(target=run, daemon=True)
        for run in (loop.run_forever, server.serve_forever)
    ]
    for thread in threads:
        thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        loop.call_soon_threadsafe(loop.stop)
        for thread in threads:
            thread.join()
        loop.close()
