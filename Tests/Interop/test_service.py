"""gRPC's TestService, and Health, by this implementation."""

import asyncio

from messages import message
from server import Context, Method, StatusError

ECHO_INITIAL = "x-grpc-test-echo-initial"
ECHO_TRAILING = "x-grpc-test-echo-trailing-bin"

Empty = message("grpc.testing.Empty")
SimpleRequest = message("grpc.testing.SimpleRequest")
SimpleResponse = message("grpc.testing.SimpleResponse")
InputRequest = message("grpc.testing.StreamingInputCallRequest")
InputResponse = message("grpc.testing.StreamingInputCallResponse")
OutputRequest = message("grpc.testing.StreamingOutputCallRequest")
OutputResponse = message("grpc.testing.StreamingOutputCallResponse")
HealthCheckRequest = message("grpc.health.v1.HealthCheckRequest")
HealthCheckResponse = message("grpc.health.v1.HealthCheckResponse")


def echo_metadata(context: Context) -> None:
    """Metadata that comes back before and behind the replies."""
    pairs = [(meta.key, meta.value) for meta in context.header.meta]
    if initial := [pair for pair in pairs if pair[0] == ECHO_INITIAL]:
        context.initial(initial)
    context.trailing = [pair for pair in pairs if pair[0] == ECHO_TRAILING]


def check_status(request) -> None:
    """The request may say which status it wants."""
    if request.response_status.code:
        raise StatusError(request.response_status.code, request.response_status.message)


def of_size(kind, size: int):
    """A response with a payload of zeros."""
    response = kind()
    if size:
        response.payload.body = bytes(size)
    return response


async def empty_call(_request, context: Context):
    """Nothing for nothing."""
    echo_metadata(context)
    return Empty()


async def unary_call(request, context: Context):
    """A payload of the size that was asked for."""
    echo_metadata(context)
    check_status(request)
    return of_size(SimpleResponse, request.response_size)


async def respond(request, context: Context) -> None:
    """A response for each of a request's parameters."""
    check_status(request)
    for parameters in request.response_parameters:
        await asyncio.sleep(parameters.interval_us / 1e6)
        await context.write(of_size(OutputResponse, parameters.size))


async def streaming_output_call(request, context: Context) -> None:
    """One request, its responses."""
    echo_metadata(context)
    await respond(request, context)


async def streaming_input_call(context: Context):
    """How many bytes came in all."""
    total = 0
    while (request := await context.next()) is not None:
        total += len(request.payload.body)
    return InputResponse(aggregated_payload_size=total)


async def full_duplex_call(context: Context) -> None:
    """Each request is answered as it comes."""
    echo_metadata(context)
    while (request := await context.next()) is not None:
        await respond(request, context)


async def half_duplex_call(context: Context) -> None:
    """The requests are answered once all of them have come."""
    requests = []
    while (request := await context.next()) is not None:
        requests.append(request)
    for request in requests:
        await respond(request, context)


async def check(request, _context: Context):
    """The whole program, and TestService, serve."""
    if request.service not in ("", "grpc.testing.TestService"):
        raise StatusError(5, "unknown service")
    return HealthCheckResponse(status=HealthCheckResponse.SERVING)


METHODS = {
    "grpc.testing.TestService/EmptyCall": Method(Empty, empty_call),
    "grpc.testing.TestService/UnaryCall": Method(SimpleRequest, unary_call),
    "grpc.testing.TestService/StreamingOutputCall": Method(OutputRequest, streaming_output_call, streams_replies=True),
    "grpc.testing.TestService/StreamingInputCall": Method(InputRequest, streaming_input_call, streams_requests=True),
    "grpc.testing.TestService/FullDuplexCall": Method(OutputRequest, full_duplex_call, True, True),
    "grpc.testing.TestService/HalfDuplexCall": Method(OutputRequest, half_duplex_call, True, True),
    "grpc.health.v1.Health/Check": Method(HealthCheckRequest, check),
}
