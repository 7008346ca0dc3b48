"""What both sides of a connection do alike: HELLO, pings, messages cut into fragments that take turns."""

import asyncio

import frames
from frames import Code, ConnectionFailed, Frame, Kind
from messages import Hello

MESSAGE_LIMIT = 4 * 1024 * 1024 + 64 * 1024
STREAMS = 1024
#: What 0, or nothing, means in HELLO.
STREAM_CREDIT = 64 * 1024
CONNECTION_CREDIT = 16 * 1024 * 1024


class Connection:
    """One connection: subclasses say what to do with the frames of calls."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, name: str) -> None:
        self.reader = reader
        self.writer = writer
        self.name = name
        self.frame_limit = frames.FRAME_LIMIT
        self.message_limit = MESSAGE_LIMIT
        #: What this side takes on a stream, and what the other may still send on all of them; then the other way round.
        self.own_stream_credit = STREAM_CREDIT
        self.own_left = CONNECTION_CREDIT
        self.other_stream_credit = STREAM_CREDIT
        self.other_left = CONNECTION_CREDIT
        self.credit_waiters: set[asyncio.Future] = set()
        #: The calls that are open; each has an inbox.
        self.calls = {}

    def send(self, frame: Frame) -> None:
        """Appends a small frame to what is written."""
        self.writer.write(frame.encode())

    def send_hello(self) -> None:
        """Says version 1 and this side's limits."""
        hello = Hello(
            min_version=1, max_version=1, max_frame=frames.FRAME_LIMIT, max_message=MESSAGE_LIMIT, max_streams=STREAMS,
            stream_credit=self.own_stream_credit, connection_credit=self.own_left, service=self.name)
        self.send(Frame(Kind.HELLO, payload=hello.SerializeToString()))

    async def receive_hello(self) -> None:
        """Takes the other side's HELLO, which comes before anything else."""
        frame = await frames.read_frame(self.reader)
        if frame is None:
            raise ConnectionFailed(Code.PROTOCOL, "closed before HELLO")
        if frame.kind == Kind.ERROR:
            raise error_of(frame)
        if frame.kind != Kind.HELLO or frame.stream != 0:
            raise ConnectionFailed(Code.PROTOCOL, "HELLO comes first")
        hello = Hello.FromString(frame.payload)
        if not hello.min_version <= 1 <= hello.max_version:
            raise ConnectionFailed(Code.VERSION, "only version 1 is spoken here")
        if hello.max_frame:
            self.frame_limit = min(self.frame_limit, max(hello.max_frame, frames.LEAST_FRAME))
        if hello.max_message:
            self.message_limit = min(self.message_limit, hello.max_message)
        self.other_stream_credit = hello.stream_credit or STREAM_CREDIT
        self.other_left = hello.connection_credit or CONNECTION_CREDIT

    def more_credit(self, amount: int) -> None:
        """The other side takes more on this connection."""
        self.other_left += amount
        if self.other_left > 2**31 - 1:
            raise ConnectionFailed(Code.FLOW_CONTROL, "CREDIT above 2³¹ − 1")
        for waiter in self.credit_waiters:
            if not waiter.done():
                waiter.set_result(None)

    def give_back(self) -> None:
        """Gives back what many streams keep a little of each, once half of the connection's credit is outstanding."""
        if self.own_left * 2 > CONNECTION_CREDIT:
            return
        inboxes = [call.inbox for call in self.calls.values() if call.inbox.returnable() > 0]
        if sum(inbox.returnable() for inbox in inboxes) * 4 >= CONNECTION_CREDIT:
            for inbox in inboxes:
                inbox.give(inbox.returnable())

    async def credit_changed(self) -> None:
        """Until some credit came, or a stream ended."""
        waiter = asyncio.get_running_loop().create_future()
        self.credit_waiters.add(waiter)
        try:
            await waiter
        finally:
            self.credit_waiters.discard(waiter)

    def receive_credit(self, frame: Frame, outlets) -> None:
        """CREDIT: on 0 it widens the connection alone; that of a stream that has ended is dropped."""
        amount = int.from_bytes(frame.payload, "little")
        if len(frame.payload) != 4 or amount == 0:
            raise ConnectionFailed(Code.PROTOCOL, "CREDIT has 4 bytes, not 0")
        if frame.stream == 0:
            self.more_credit(amount)
        elif outlet := outlets.get(frame.stream):
            outlet.credit(amount)

    async def send_message(self, first: Kind, last: Kind, flags: int, stream: int, header: bytes, payload: bytes) -> None:
        """Writes a message, in fragments when it does not fit one frame.

        The header of a CALL goes with the first fragment, that of a REPLY with the last. Others write between two fragments.
        """
        if len(header) + len(payload) <= self.frame_limit:
            self.send(Frame(last if first == Kind.DATA else first, flags, stream, header, payload))
            return await self.writer.drain()
        with_first = header if first == Kind.CALL else b""
        with_last = header if last == Kind.REPLY else b""
        room = self.frame_limit - len(with_first)
        self.send(Frame(first, frames.MORE, stream, with_first, payload[:room]))
        at = room
        while len(payload) - at > self.frame_limit - len(with_last):
            await self.writer.drain()
            await asyncio.sleep(0)
            self.send(Frame(Kind.DATA, frames.MORE, stream, b"", payload[at:at + self.frame_limit]))
            at += self.frame_limit
        await self.writer.drain()
        self.send(Frame(last, flags, stream, with_last, payload[at:]))
        await self.writer.drain()

    async def run(self) -> None:
        """Reads until the connection ends; a breach is answered by ERROR."""
        try:
            while (frame := await frames.read_frame(self.reader)) is not None:
                match frame.kind:
                    case Kind.PING:
                        if frame.stream != 0 or len(frame.payload) != 8:
                            raise ConnectionFailed(Code.PROTOCOL, "PING has 8 bytes on stream 0")
                        self.send(Frame(Kind.PONG, payload=frame.payload))
                    case Kind.ERROR:
                        raise error_of(frame)
                    case Kind.HELLO:
                        raise ConnectionFailed(Code.PROTOCOL, "a second HELLO")
                    case _:
                        self.receive(frame)
                await self.writer.drain()
        except ConnectionFailed as failure:
            self.send(Frame(Kind.ERROR, payload=int(failure.code).to_bytes(2, "little") + failure.reason.encode()[:256]))
            raise
        finally:
            self.ended()
            self.writer.close()

    def receive(self, frame: Frame) -> None:
        """A frame that is neither PING nor about the connection's life."""
        raise NotImplementedError

    def ended(self) -> None:
        """The connection is gone."""
        raise NotImplementedError


def error_of(frame: Frame) -> ConnectionFailed:
    """What an ERROR frame says."""
    code = int.from_bytes(frame.payload[:2], "little")
    known = Code(code) if code in {each.value for each in Code} else Code.INTERNAL
    return ConnectionFailed(known, frame.payload[2:].decode(errors="replace"))
