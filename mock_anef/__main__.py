"""`python -m mock_anef`: serve on ANEF_MOCK_HOST:ANEF_MOCK_PORT (127.0.0.1:8010)."""

import uvicorn

from mock_anef.app import create_app
from mock_anef.settings import Settings


def main() -> None:
    settings = Settings()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
