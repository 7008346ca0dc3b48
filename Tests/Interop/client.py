"""A client: calls of all four shapes, multiplexed on one connection."""

import asyncio

import frames
from connection import Connection
from frames import Code, ConnectionFailed, Frame, Kind
from messages import CallHeader, InitHeader, ReplyHeader, StatusDetails
from stream import Inbox, Outlet


class CallFailed(Exception):
    """A call ended with a status other than OK."""

    def __init__(self, code: int, message: str, header: ReplyHeader | None = None, may_have_run: bool = True) -> None:
        super().__init__(f"status {code}: {message}")
        self.code = code
        self.message = message
        self.header = header
        self.may_have_run = may_have_run


class Call:
    """One call under way."""

    def __init__(self, client: "Client", stream: int, streams_replies: bool) -> None:
        self.client = client
        self.stream = stream
        self.streams_replies = streams_replies
        self.inbox = Inbox(client, stream, streams_replies)
        self.outlet = Outlet(client, stream)
        #: Initial metadata; None until INIT came.
        self.initial: list[tuple[str, bytes]] | None = None
        #: What the REPLY said.
        self.header: ReplyHeader | None = None
        self.deadline: asyncio.TimerHandle | None = None
        self.has_finished = False

    async def send(self, message) -> None:
        """A request of a stream; waits for credit."""
        await self.outlet.send(message.SerializeToString())

    async def finish(self) -> None:
        """No request comes any more."""
        async with self.outlet.lock:
            if not self.outlet.is_closed and not self.has_finished:
                self.has_finished = True
                self.client.send(Frame(Kind.DATA, frames.LAST | frames.NONE, self.stream))

    async def next(self, reply_type):
        """The next reply; None at an end with OK. When the caller is cancelled the call is."""
        try:
            payload = await self.inbox.take()
        except asyncio.CancelledError:
            self.cancel()
            raise
        return None if payload is None else reply_type.FromString(payload)

    async def only(self, reply_type):
        """The one reply of a call that has one."""
        reply = await self.next(reply_type)
        if reply is None or await self.next(reply_type) is not None:
            raise CallFailed(13, "a call with one reply had none, or two")
        return reply

    def cancel(self, code: int = 1, message: str = "the caller cancelled") -> None:
        """Forgets the call and tells the server."""
        if self.client.calls.get(self.stream) is self:
            self.client.send(Frame(Kind.CANCEL, stream=self.stream, payload=code.to_bytes(2, "little")))
            self.end(CallFailed(code, message))

    def end(self, failure: CallFailed | None) -> None:
        """The stream is over for this side."""
        self.client.calls.pop(self.stream, None)
        if self.deadline:
            self.deadline.cancel()
        self.inbox.forget()
        self.outlet.close()
        self.inbox.end(failure)

    def receive(self, frame: Frame) -> None:
        """A frame of this call."""
        match frame.kind:
            case Kind.INIT:
                if self.initial is not None or self.inbox.has_begun:
                    raise ConnectionFailed(Code.PROTOCOL, "INIT comes once, before everything else")
                self.initial = [(meta.key, meta.value) for meta in InitHeader.FromString(frame.header).meta]
            case Kind.DATA:
                if frame.flags & (frames.LAST | frames.NONE):
                    raise ConnectionFailed(Code.PROTOCOL, "LAST and NONE are not for DATA of a server")
                self.inbox.data(frame)
                if len(self.inbox.fragments) > self.client.message_limit:
                    self.cancel(8, "a reply over the limit")
            case Kind.REPLY:
                self.receive_reply(frame)
            case Kind.REFUSE:
                code = int.from_bytes(frame.payload[:2], "little")
                self.end(CallFailed(code, "refused", may_have_run=False))
            case Kind.CANCEL:
                self.end(CallFailed(int.from_bytes(frame.payload[:2], "little"), "the server cancelled"))
            case _:
                raise ConnectionFailed(Code.PROTOCOL, f"a server does not send {frame.kind.name}")

    def receive_reply(self, frame: Frame) -> None:
        """The end of the call, with the one reply where the method has one."""
        self.header = ReplyHeader.FromString(frame.header)
        if self.header.code != 0:
            details = StatusDetails.FromString(self.header.details)
            return self.end(CallFailed(self.header.code, self.header.message, self.header, details.may_have_run))
        if not self.streams_replies:
            self.inbox.message(frame.payload, 0, False)
        elif frame.payload:
            raise ConnectionFailed(Code.PROTOCOL, "the REPLY of a stream carries no message")
        return self.end(None)


class Client(Connection):
    """Make it with `connect`, give it back with `close`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer, "Python interop client")
        self.calls: dict[int, Call] = {}
        self.next_stream = 1
        self.is_draining = False
        self.reading: asyncio.Task | None = None

    @classmethod
    async def connect(cls, host: str, port: int) -> "Client":
        """Preface, both HELLOs, then calls may be made."""
        client = cls(*await asyncio.open_connection(host, port))
        client.writer.write(frames.PREFACE)
        client.send_hello()
        await asyncio.wait_for(client.receive_hello(), 3)
        client.reading = asyncio.create_task(client.run())
        return client

    async def close(self) -> None:
        """Ends the connection and says whether the server broke a rule on it."""
        self.writer.close()
        try:
            await self.reading
        except (ConnectionResetError, BrokenPipeError):
            pass

    def begin(
        self, method: str, *, timeout: float = 10, meta=(), by_path: bool = False, streams_replies: bool = False
    ) -> tuple[Call, bytes]:
        """Takes the next stream; returns the call and its packed CallHeader."""
        if self.is_draining or self.next_stream > frames.LAST_STREAM:
            raise CallFailed(14, "this connection takes no more calls", may_have_run=False)
        call = Call(self, self.next_stream, streams_replies)
        self.next_stream += 2
        self.calls[call.stream] = call
        header = CallHeader(timeout_ms=max(1, round(timeout * 1000)))
        if by_path:
            header.path = method
        else:
            header.method = frames.method_id(method)
        for key, value in meta:
            header.meta.add(key=key, value=value)
        loop = asyncio.get_running_loop()
        call.deadline = loop.call_later(timeout, call.cancel, 4, "no reply within the deadline")
        return call, header.SerializeToString()

    async def unary(self, method: str, request, reply_type, **options):
        """One request, one reply; returns it and the call."""
        call = await self.request(method, request, **options)
        return await call.only(reply_type), call

    async def request(self, method: str, request, **options) -> Call:
        """A call of one request, whose replies are taken from it."""
        call, header = self.begin(method, **options)
        try:
            await self.send_message(
                Kind.CALL, Kind.DATA, frames.LAST, call.stream, header, request.SerializeToString())
        except asyncio.CancelledError:
            call.cancel()
            raise
        return call

    def stream(self, method: str, **options) -> Call:
        """A call of many requests, opened without one."""
        call, header = self.begin(method, **options)
        self.send(Frame(Kind.CALL, frames.NONE, call.stream, header))
        return call

    def receive(self, frame: Frame) -> None:
        """Frames of calls, DRAIN, CREDIT and PONG."""
        if frame.kind == Kind.DRAIN:
            return self.drained(int.from_bytes(frame.payload[:4], "little"))
        if frame.kind == Kind.PONG:
            return None
        if frame.stream != 0 and (frame.stream % 2 == 0 or frame.stream >= self.next_stream):
            raise ConnectionFailed(Code.PROTOCOL, f"{frame.kind.name} on stream {frame.stream}, which was never opened")
        if frame.kind == Kind.CREDIT:
            return self.receive_credit(frame, {stream: call.outlet for stream, call in self.calls.items()})
        # Late frames of a stream that has ended are dropped.
        if call := self.calls.get(frame.stream):
            call.receive(frame)
        return None

    def drained(self, last: int) -> None:
        """No new calls; those above the last accepted stream were not run."""
        self.is_draining = True
        for call in [call for stream, call in self.calls.items() if stream > last]:
            call.end(CallFailed(14, "the server stops", may_have_run=False))

    def ended(self) -> None:
        """What is open fails."""
        for call in list(self.calls.values()):
            call.end(CallFailed(14, "the connection was lost"))
