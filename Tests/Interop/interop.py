"""The independent implementation as a program.

interop.py serve            serves TestService and Health on 127.0.0.1, prints the port, until its standard input ends
interop.py client PORT [CASE …]   runs gRPC's interop list against the server on that port; a line for each case
"""

import asyncio
import sys
import traceback

import server
from cases import CASES
from client import Client
from test_service import METHODS


async def serve() -> None:
    """Until standard input ends."""
    _, port = await server.start(METHODS)
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def run_cases(port: int, names: list[str]) -> int:
    """Each case on a connection of its own; the number of those that failed."""
    failed = 0
    for name in names:
        try:
            async with asyncio.timeout(60):
                client = await Client.connect("127.0.0.1", port)
                await CASES[name](client)
                await client.close()
            print(f"passed {name}", flush=True)
        except Exception:  # pylint: disable=broad-exception-caught
            failed += 1
            print(f"FAILED {name}", flush=True)
            traceback.print_exc()
    return failed


def main() -> int:
    """The exit code: 0 when every case passed."""
    match sys.argv[1:]:
        case ["serve"]:
            asyncio.run(serve())
            return 0
        case ["client", port, *names]:
            unknown = [name for name in names if name not in CASES]
            if unknown:
                print(f"there is no case {unknown[0]}; there are: {', '.join(CASES)}")
                return 64
            return 1 if asyncio.run(run_cases(int(port), names or list(CASES))) else 0
        case _:
            print(__doc__)
            return 64


if __name__ == "__main__":
    sys.exit(main())
