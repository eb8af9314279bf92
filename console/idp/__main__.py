"""`python -m console.idp`: serve on ANEF_IDP_HOST:ANEF_IDP_PORT (127.0.0.1:8020)."""

import uvicorn

from console.idp.app import create_app
from console.idp.settings import IdpSettings

if __name__ == "__main__":
    settings = IdpSettings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False, server_header=False)
