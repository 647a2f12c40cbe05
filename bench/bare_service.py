"""A service of one route that answers the same few words: what the framework and its server take by themselves.

``python -m bench.bare_service PORT`` runs until it is stopped.
"""

import sys

import uvicorn
from fastapi import FastAPI, Response

ROUTE = "/bare"
_BODY = b'{"answer":"the framework alone"}'


def bare() -> FastAPI:
    """Return the application of the one route."""
    app = FastAPI(telemetry={"tracing": False, "metrics": False, "logs": False})

    @app.get(ROUTE)
    async def answer() -> Response:
        return Response(_BODY, media_type="application/json")

    return app


if __name__ == "__main__":
    uvicorn.run(bare(), port=int(sys.argv[1]), log_level="critical")
