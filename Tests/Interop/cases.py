"""gRPC's interoperability list by name, each a function of a connected client."""

import asyncio
from collections.abc import Awaitable, Callable

from client import Call, CallFailed, Client
from test_service import (
    ECHO_INITIAL, ECHO_TRAILING, Empty, HealthCheckRequest, HealthCheckResponse, InputRequest, InputResponse,
    OutputRequest, OutputResponse, SimpleRequest, SimpleResponse)

SERVICE = "grpc.testing.TestService"
REQUEST_SIZE, RESPONSE_SIZE = 271_828, 314_159
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
INITIAL = (ECHO_INITIAL, b"test_initial_metadata_value")
TRAILING = (ECHO_TRAILING, b"\xab\xab\xab")
REQUEST_SIZES = [27_182, 8, 1_828, 45_904]
RESPONSE_SIZES = [31_415, 9, 2_653, 58_979]

CASES: dict[str, Callable[[Client], Awaitable[None]]] = {}


def case(function: Callable[[Client], Awaitable[None]]) -> Callable[[Client], Awaitable[None]]:
    """Puts a case on the list under its name."""
    CASES[function.__name__] = function
    return function


def expect(holds: bool, what: object) -> None:
    """What must hold; unlike `assert` it is never left out."""
    if not holds:
        raise AssertionError(what)


async def expect_status(code: int, text: str | None, call: Awaitable) -> CallFailed:
    """The call must fail with this status, and with this message unless it is None."""
    try:
        result = await call
    except CallFailed as failure:
        expect(failure.code == code, f"status {failure.code} ({failure.message}) instead of {code}")
        expect(text is None or failure.message == text, f"the message {failure.message!r} instead of {text!r}")
        return failure
    raise AssertionError(f"{result} instead of status {code}")


async def large(client: Client) -> None:
    """271 828 bytes there, 314 159 back."""
    request = SimpleRequest(response_size=RESPONSE_SIZE)
    request.payload.body = bytes(REQUEST_SIZE)
    reply, _ = await client.unary(f"{SERVICE}/UnaryCall", request, SimpleResponse)
    expect(reply.payload.body == bytes(RESPONSE_SIZE), f"{len(reply.payload.body)} bytes")


@case
async def empty_unary(client: Client) -> None:
    """Nothing for nothing."""
    reply, _ = await client.unary(f"{SERVICE}/EmptyCall", Empty(), Empty)
    expect(reply == Empty(), reply)


@case
async def method_by_path(client: Client) -> None:
    """A method named in full instead of by its number."""
    await client.unary(f"{SERVICE}/EmptyCall", Empty(), Empty, by_path=True)


@case
async def large_unary(client: Client) -> None:
    """A request and a reply of several frames."""
    await large(client)


@case
async def concurrent_large_unary(client: Client) -> None:
    """Fragments of many messages take turns on one connection."""
    await asyncio.gather(*(large(client) for _ in range(20)))


@case
async def small_beside_large(client: Client) -> None:
    """Small calls are not held up by large ones."""
    request = SimpleRequest(response_size=4_000_000)
    request.payload.body = bytes(4_000_000)
    big = [asyncio.create_task(client.unary(f"{SERVICE}/UnaryCall", request, SimpleResponse)) for _ in range(2)]
    for _ in range(50):
        await empty_unary(client)
    await asyncio.gather(*big)


@case
async def status_code_and_message(client: Client) -> None:
    """The status that was asked for comes back."""
    request = SimpleRequest()
    request.response_status.code = 2
    request.response_status.message = "test status message"
    await expect_status(2, "test status message", client.unary(f"{SERVICE}/UnaryCall", request, SimpleResponse))


@case
async def special_status_message(client: Client) -> None:
    """White space and characters outside the basic plane in a status."""
    request = SimpleRequest()
    request.response_status.code = 2
    request.response_status.message = SPECIAL
    await expect_status(2, SPECIAL, client.unary(f"{SERVICE}/UnaryCall", request, SimpleResponse))


@case
async def status_of_a_stream(client: Client) -> None:
    """status_code_and_message on a stream, whose requests then have nobody to take them."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    request = OutputRequest()
    request.response_status.code = 2
    request.response_status.message = "test status message"
    await call.send(request)
    await call.finish()
    await expect_status(2, "test status message", call.next(OutputResponse))


@case
async def custom_metadata(client: Client) -> None:
    """Metadata comes back before and behind the replies of a unary call and of a stream."""
    request = SimpleRequest(response_size=RESPONSE_SIZE)
    request.payload.body = bytes(REQUEST_SIZE)
    _, unary = await client.unary(f"{SERVICE}/UnaryCall", request, SimpleResponse, meta=[INITIAL, TRAILING])
    check_metadata(unary)
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True, meta=[INITIAL, TRAILING])
    await call.send(output(RESPONSE_SIZE, size=REQUEST_SIZE))
    await expect_sizes(call, [RESPONSE_SIZE], ends=False)
    await call.finish()
    expect(await call.next(OutputResponse) is None, "a reply too many")
    check_metadata(call)


def check_metadata(call: Call) -> None:
    """What was sent to be echoed."""
    expect(call.initial == [INITIAL], f"initial metadata {call.initial}")
    trailing = [(meta.key, meta.value) for meta in call.header.meta]
    expect(trailing == [TRAILING], f"trailing metadata {trailing}")


def output(*sizes: int, size: int = 0, interval_us: int = 0) -> object:
    """A request for responses of these sizes."""
    request = OutputRequest()
    for each in sizes:
        request.response_parameters.add(size=each, interval_us=interval_us)
    if size:
        request.payload.body = bytes(size)
    return request


async def expect_sizes(call: Call, sizes: list[int], ends: bool = True) -> None:
    """Replies with payloads of zeros of these sizes, and no more."""
    for size in sizes:
        reply = await call.next(OutputResponse)
        expect(reply is not None and reply.payload.body == bytes(size), f"{reply} instead of {size} bytes")
    if ends:
        expect(await call.next(OutputResponse) is None, "a reply too many")


@case
async def client_streaming(client: Client) -> None:
    """Four requests, their total."""
    call = client.stream(f"{SERVICE}/StreamingInputCall")
    for size in REQUEST_SIZES:
        request = InputRequest()
        request.payload.body = bytes(size)
        await call.send(request)
    await call.finish()
    reply = await call.only(InputResponse)
    expect(reply.aggregated_payload_size == sum(REQUEST_SIZES), reply)


@case
async def server_streaming(client: Client) -> None:
    """One request, four responses."""
    call = await client.request(f"{SERVICE}/StreamingOutputCall", output(*RESPONSE_SIZES), streams_replies=True)
    await expect_sizes(call, RESPONSE_SIZES)


@case
async def ping_pong(client: Client) -> None:
    """Each response is awaited before the next request."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    for request_size, response_size in zip(REQUEST_SIZES, RESPONSE_SIZES):
        await call.send(output(response_size, size=request_size))
        await expect_sizes(call, [response_size], ends=False)
    await call.finish()
    await expect_sizes(call, [])


@case
async def half_duplex(client: Client) -> None:
    """All responses after all requests."""
    call = client.stream(f"{SERVICE}/HalfDuplexCall", streams_replies=True)
    for size in RESPONSE_SIZES:
        await call.send(output(size))
    await call.finish()
    await expect_sizes(call, RESPONSE_SIZES)


@case
async def empty_stream(client: Client) -> None:
    """No request, no response."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    await call.finish()
    await expect_sizes(call, [])


@case
async def one_request_for_a_stream(client: Client) -> None:
    """CALL+LAST is a stream of one message."""
    call = await client.request(f"{SERVICE}/StreamingInputCall", InputRequest())
    reply = await call.only(InputResponse)
    expect(reply.aggregated_payload_size == 0, reply)


@case
async def empty_messages(client: Client) -> None:
    """A message of no bytes is a message."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    for _ in range(10):
        await call.send(output())
    await call.send(output(0, 0, 0))
    await call.finish()
    await expect_sizes(call, [0, 0, 0])


@case
async def cancel_after_begin(client: Client) -> None:
    """A call that is cancelled before anything was sent on it; the connection lives."""
    call = client.stream(f"{SERVICE}/StreamingInputCall")
    call.cancel()
    await expect_status(1, None, call.only(InputResponse))
    await empty_unary(client)


@case
async def cancel_after_first_response(client: Client) -> None:
    """A call that is cancelled in the middle; the connection lives."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    await call.send(output(RESPONSE_SIZES[0], size=REQUEST_SIZES[0]))
    await expect_sizes(call, RESPONSE_SIZES[:1], ends=False)
    call.cancel()
    await expect_status(1, None, call.next(OutputResponse))
    await empty_unary(client)


@case
async def timeout_on_sleeping_server(client: Client) -> None:
    """The deadline ends a call whose server waits for requests."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True, timeout=0.05)
    await call.send(output(size=27_182))
    await expect_status(4, None, call.next(OutputResponse))
    await empty_unary(client)


@case
async def slow_reader(client: Client) -> None:
    """8 MiB for a reader who is behind: the server waits, and other calls do not."""
    sizes = [64 * 1024] * 128
    call = await client.request(f"{SERVICE}/StreamingOutputCall", output(*sizes), streams_replies=True)
    await asyncio.sleep(0.2)
    waiting = sum(cost for _, cost in call.inbox.whole) + call.inbox.fragments_cost
    # A message whose fragments were given back, and a window behind it.
    expect(waiting <= 2 * call.inbox.size + 1024, f"{waiting} bytes wait, the credit is {call.inbox.size}")
    await empty_unary(client)
    await expect_sizes(call, sizes)


@case
async def messages_over_the_credit(client: Client) -> None:
    """Messages of 1 MiB both ways through windows of 64 KiB."""
    call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True)
    for _ in range(3):
        await call.send(output(2**20, size=2**20))
        await expect_sizes(call, [2**20], ends=False)
    await call.finish()
    await expect_sizes(call, [])


@case
async def many_streams(client: Client) -> None:
    """A hundred duplex streams at once, more than the connection's credit in all."""
    async def one() -> None:
        call = client.stream(f"{SERVICE}/FullDuplexCall", streams_replies=True, timeout=30)
        for _ in range(4):
            await call.send(output(60_000, size=60_000))
            await expect_sizes(call, [60_000], ends=False)
        await call.finish()
        await expect_sizes(call, [])

    await asyncio.gather(*(one() for _ in range(100)))


@case
async def unimplemented_method(client: Client) -> None:
    """A method that the service does not have."""
    await expect_status(12, None, client.unary(f"{SERVICE}/UnimplementedCall", Empty(), Empty))


@case
async def unimplemented_service(client: Client) -> None:
    """A service that the server does not have, by number and by name."""
    for by_path in (False, True):
        method = "grpc.testing.UnimplementedService/UnimplementedCall"
        failure = await expect_status(12, None, client.unary(method, Empty(), Empty, by_path=by_path))
        expect(not failure.may_have_run, "what is not implemented has not run")


@case
async def health(client: Client) -> None:
    """The whole program serves; a service that nobody knows is NOT_FOUND."""
    reply, _ = await client.unary("grpc.health.v1.Health/Check", HealthCheckRequest(), HealthCheckResponse)
    expect(reply.status == HealthCheckResponse.SERVING, reply)
    unknown = HealthCheckRequest(service="nobody")
    await expect_status(5, None, client.unary("grpc.health.v1.Health/Check", unknown, HealthCheckResponse))
