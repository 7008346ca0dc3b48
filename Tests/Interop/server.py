"""A server: handlers of all four shapes by method name, one task a call."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from google.protobuf.message import DecodeError

import frames
from connection import STREAMS, Connection
from frames import Code, ConnectionFailed, Frame, Kind
from messages import CallHeader, InitHeader, ReplyHeader, StatusDetails
from stream import Inbox, Outlet

DEFAULT_TIMEOUT = 10
LONGEST_TIMEOUT = 600


class StatusError(Exception):
    """What a handler raises to end its call with a status other than OK."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass
class Method:
    """A handler: `run(request, context)` gives the reply. Where requests are a stream it is `run(context)` and takes them by
    `context.next()`; where replies are, it sends them by `context.write()` and gives None."""

    request: type
    run: Callable[..., Awaitable[object]]
    streams_requests: bool = False
    streams_replies: bool = False


class Context:
    """One call as its handler sees it."""

    def __init__(self, connection: "ServerConnection", stream: int, header: CallHeader, method: Method) -> None:
        self.connection = connection
        self.stream = stream
        self.header = header
        self.method = method
        self.is_fragmented = False
        self.inbox = Inbox(connection, stream, False)
        self.outlet = Outlet(connection, stream)
        self.trailing: list[tuple[str, bytes]] = []
        self.task: asyncio.Task | None = None
        self.has_answered = False

    async def next(self):
        """The next request; None when the caller has sent its last."""
        payload = await self.inbox.take()
        try:
            return None if payload is None else self.method.request.FromString(payload)
        except DecodeError as error:
            raise StatusError(3, "a request cannot be read") from error

    async def write(self, reply) -> None:
        """A reply of a stream; waits for credit."""
        await self.outlet.send(reply.SerializeToString())

    def initial(self, pairs) -> None:
        """Initial metadata: before the first reply."""
        header = InitHeader()
        for key, value in pairs:
            header.meta.add(key=key, value=value)
        self.connection.send(Frame(Kind.INIT, stream=self.stream, header=header.SerializeToString()))

    async def run(self) -> None:
        """Runs the handler within its deadline and answers."""
        timeout = self.header.timeout_ms / 1000 or DEFAULT_TIMEOUT
        try:
            async with asyncio.timeout(min(timeout, LONGEST_TIMEOUT)):
                await self.answer(await self.reply())
        except StatusError as error:
            self.refuse(error)
        except TimeoutError:
            self.refuse(StatusError(4, "the deadline passed while the call ran"))
        except Exception:  # pylint: disable=broad-exception-caught
            traceback.print_exc()
            self.refuse(StatusError(13, "the handler failed"))

    async def reply(self):
        """What the handler gives."""
        if self.method.streams_requests:
            return await self.method.run(self)
        request = await self.next()
        if request is None:
            raise StatusError(3, "this method takes one request")
        return await self.method.run(request, self)

    async def answer(self, reply) -> None:
        """REPLY with OK."""
        header = ReplyHeader()
        for key, value in self.trailing:
            header.meta.add(key=key, value=value)
        packed = header.SerializeToString()
        self.has_answered = True
        if self.method.streams_replies:
            self.connection.send(Frame(Kind.REPLY, frames.LAST, self.stream, packed))
        else:
            await self.connection.send_message(
                Kind.DATA, Kind.REPLY, frames.LAST, self.stream, packed, reply.SerializeToString())
        self.connection.end(self)

    def refuse(self, error: StatusError, ran: bool = True) -> None:
        """REPLY with another status; a stream of requests is left unread."""
        if self.has_answered:
            return
        self.has_answered = True
        header = ReplyHeader(
            code=error.code, message=error.message, details=StatusDetails(may_have_run=ran).SerializeToString())
        for key, value in self.trailing:
            header.meta.add(key=key, value=value)
        self.connection.send(Frame(Kind.REPLY, frames.LAST, self.stream, header.SerializeToString()))
        self.connection.end(self)


class ServerConnection(Connection):
    """One client's connection."""

    def __init__(self, reader, writer, methods: dict[str, Method]) -> None:
        super().__init__(reader, writer, "Python interop server")
        self.methods = {frames.method_id(name): (name, method) for name, method in methods.items()}
        self.last_stream = 0
        self.calls: dict[int, Context] = {}

    async def serve(self) -> None:
        """From the preface to the end."""
        try:
            async with asyncio.timeout(3):
                if await self.reader.readexactly(len(frames.PREFACE)) != frames.PREFACE:
                    return self.writer.close()
                await self.receive_hello()
        except (ConnectionFailed, TimeoutError, asyncio.IncompleteReadError):
            return self.writer.close()
        self.send_hello()
        try:
            await self.run()
        except ConnectionFailed as failure:
            print(f"a client's connection failed: {failure}", flush=True)
        except ConnectionError:
            pass
        return None

    def receive(self, frame: Frame) -> None:
        """Frames of calls."""
        if frame.kind == Kind.CALL:
            return self.receive_call(frame)
        if frame.kind in (Kind.PONG, Kind.DRAIN):
            return None
        if frame.kind not in (Kind.DATA, Kind.CREDIT, Kind.CANCEL):
            raise ConnectionFailed(Code.PROTOCOL, f"a client does not send {frame.kind.name}")
        is_connections = frame.kind == Kind.CREDIT and frame.stream == 0
        if not is_connections and (frame.stream % 2 == 0 or frame.stream > self.last_stream):
            raise ConnectionFailed(Code.PROTOCOL, f"{frame.kind.name} before CALL on stream {frame.stream}")
        if frame.kind == Kind.CREDIT:
            return self.receive_credit(frame, {stream: call.outlet for stream, call in self.calls.items()})
        # Late frames of a stream that has ended are dropped.
        if call := self.calls.get(frame.stream):
            if frame.kind == Kind.CANCEL:
                self.end(call)
                call.has_answered = True
                call.task.cancel()
            else:
                self.receive_data(call, frame)
        return None

    def receive_call(self, frame: Frame) -> None:
        """The first frame of a call; its message costs nothing."""
        if frame.stream % 2 == 0 or frame.stream <= self.last_stream or frame.stream > frames.LAST_STREAM:
            raise ConnectionFailed(Code.PROTOCOL, f"stream {frame.stream} is even, reused or descending")
        self.last_stream = frame.stream
        if len(self.calls) >= STREAMS:
            refusal = (8).to_bytes(2, "little") + (100).to_bytes(4, "little", signed=True)
            return self.send(Frame(Kind.REFUSE, stream=frame.stream, payload=refusal))
        call = Context(self, frame.stream, CallHeader(), Method(CallHeader, None))
        self.calls[frame.stream] = call
        try:
            call.header = CallHeader.FromString(frame.header)
        except DecodeError:
            return call.refuse(StatusError(3, "the call's header cannot be read"), ran=False)
        wanted = call.header.method or frames.method_id(call.header.path)
        name, method = self.methods.get(wanted, (None, None))
        if method is None or (call.header.path and call.header.path != name):
            return call.refuse(StatusError(12, "this server has no such method"), ran=False)
        call.method = method
        is_stream = not frame.flags & (frames.LAST | frames.MORE)
        if is_stream and not method.streams_requests:
            return call.refuse(StatusError(12, "this method takes one request"), ran=False)
        call.inbox.is_stream = is_stream
        call.is_fragmented = bool(frame.flags & frames.MORE)
        if not frame.flags & frames.NONE:
            call.inbox.message(frame.payload, 0, call.is_fragmented)
        if frame.flags & frames.LAST:
            call.inbox.end()
        call.task = asyncio.create_task(call.run())
        return None

    def receive_data(self, call: Context, frame: Frame) -> None:
        """More of the requests."""
        call.inbox.data(frame)
        if len(call.inbox.fragments) > self.message_limit:
            return self.abort(call, StatusError(8, "a request over the limit"))
        if call.is_fragmented and not frame.flags & (frames.MORE | frames.LAST):
            return self.abort(call, StatusError(3, "the last fragment has no LAST"))
        return None

    def abort(self, call: Context, error: StatusError) -> None:
        """Answers for a handler that waits for a request."""
        call.refuse(error)
        call.task.cancel()

    def end(self, call: Context) -> None:
        """The stream is over for this side."""
        if self.calls.pop(call.stream, None):
            call.inbox.forget()
            call.outlet.close()
            call.inbox.end()

    def ended(self) -> None:
        """The client is gone: nobody waits for its calls."""
        for call in list(self.calls.values()):
            self.end(call)
            call.has_answered = True
            if call.task:
                call.task.cancel()


async def start(methods: dict[str, Method], port: int = 0) -> tuple[asyncio.Server, int]:
    """Serves on 127.0.0.1; returns the port, too."""
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ServerConnection(reader, writer, methods).serve()

    server = await asyncio.start_server(connected, "127.0.0.1", port)
    return server, server.sockets[0].getsockname()[1]
