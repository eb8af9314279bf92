"""`python -m gateway`: the public and the private listener in one process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio

import uvicorn

from console.app import Front, create_console
from console.settings import ConsoleSettings
from gateway import logs
from gateway.app import create_app
from gateway.private import create_private_app
from gateway.services import build
from gateway.settings import Settings

GRACE_SECONDS = 15


async def serve(settings: Settings) -> None:
    services, console = build(settings), ConsoleSettings()
    app: object = create_app(services)
    if console.issuer:
        app = Front(app, create_console(services, console))
    public = uvicorn.Server(_config(app, settings.host, settings.port))
    private = uvicorn.Server(_config(create_private_app(services), "127.0.0.1", settings.private_port))
    private.capture_signals = public.capture_signals  # type: ignore[method-assign]
    both = [asyncio.create_task(public.serve()), asyncio.create_task(private.serve())]
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    public.should_exit = private.should_exit = True
    await asyncio.gather(*both)


def _config(app: object, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


if __name__ == "__main__":
    logs.configure()
    asyncio.run(serve(Settings()))
