"""The application, put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from mock_anef import openapi, problems
from mock_anef.access import AccessRequests
from mock_anef.clock import Clock, SystemClock
from mock_anef.headers import FixedHeaders
from mock_anef.idempotency import Idempotency
from mock_anef.limits import Limits
from mock_anef.outbox import OutboxStore
from mock_anef.personas import load_personas, seed
from mock_anef.routes import access_requests, demonstration, health, oauth, person
from mock_anef.security import Tokens
from mock_anef.settings import Settings
from mock_anef.storage import Database

PURGE_EVERY_SECONDS = 60
MAX_BODY_BYTES = 16 * 1024


async def purge_forever(database: Database, clock: Clock) -> None:
    while True:
        database.purge(clock.now().timestamp())
        # Housekeeping keeps real time: a test's clock would let it spin.
        await asyncio.sleep(PURGE_EVERY_SECONDS)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    purging = asyncio.create_task(purge_forever(app.state.database, app.state.clock))
    yield
    purging.cancel()
    with suppress(asyncio.CancelledError):
        await purging


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> FastAPI:
    """An application with its own database, seeded with the personas. Both arguments have working defaults."""
    settings = settings or Settings()
    clock = clock or SystemClock()
    # No interactive documentation: it would fetch its assets from a third party.
    app = FastAPI(
        title=openapi.TITLE,
        description=openapi.DESCRIPTION,
        version="1.0.0",
        docs_url=None,
        redoc_url=None,
        max_body_size=MAX_BODY_BYTES,
        lifespan=lifespan,
    )
    state = app.state
    state.settings, state.clock = settings, clock
    state.database = Database(settings.database)
    state.personas = load_personas()
    seed(state.database, state.personas, clock.now())
    state.tokens = Tokens(state.database, clock, settings.pepper)
    state.limits = Limits(state.database, clock, settings.pepper, lifted=settings.lift_limits)
    state.access = AccessRequests(state.database, clock, settings.pepper)
    state.idempotency = Idempotency(state.database, clock, settings.pepper)
    state.outbox = OutboxStore(state.database, clock)

    problems.install(app)
    openapi.install(app)
    app.add_middleware(FixedHeaders)
    for routes in (oauth, access_requests, person, health, demonstration):
        app.include_router(routes.router)
    return app
