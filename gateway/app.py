"""The public application: the only thing of ours that anyone outside may reach."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from gateway import problems
from gateway.api import conversations, faq, health, notices
from gateway.guard import Guard
from gateway.pages import Options, pages
from gateway.services import Services


def create_app(services: Services) -> FastAPI:
    """The public API and pages over `services`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(services.erasure.watch(services.data_dir))
        yield
        watching.cancel()
        await services.close()

    app = FastAPI(title="Assistant ANEF", version="1.0", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.services = services
    problems.install(app, services.texts)
    for router in (conversations.router, faq.router, health.router, notices.router):
        app.include_router(router)
    settings = services.settings
    public_url = settings.public_url or f"http://{settings.host}:{settings.port}"
    options = Options(
        public_url,
        settings.idle_minutes,
        settings.life_minutes,
        off=lambda: services.switch.off,
        notices=services.notices.current,
    )
    app.include_router(pages(services.texts.faq, services.sites, services.search, options))
    app.add_middleware(
        CORSMiddleware,
        allow_origins=sorted(services.sites.origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
    )
    app.add_middleware(Guard, settings=settings, origins=services.sites.origins, texts=services.texts)
    return app
