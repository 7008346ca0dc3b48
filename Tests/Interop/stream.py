"""The two directions of one call (Shared/RPC/README.md, "Streams" and "Credit")."""

import asyncio
from collections import deque

import frames
from frames import Code, ConnectionFailed, Frame, Kind

#: What a DATA of a stream of messages costs beside its bytes.
FRAME_COST = 12


class Inbox:
    """Messages that come for a call. Those of a stream cost credit, which goes back as they are taken."""

    def __init__(self, connection, stream: int, is_stream: bool) -> None:
        self.connection = connection
        self.stream = stream
        self.is_stream = is_stream
        self.size = connection.own_stream_credit
        #: What the sender may still send.
        self.left = self.size
        #: What whole messages that wait here cost.
        self.unread = 0
        self.whole: deque[tuple[bytes, int]] = deque()
        self.fragments = bytearray()
        self.fragments_cost = 0
        self.has_fragments = False
        #: Whether anything of a message has come.
        self.has_begun = False
        self.has_ended = False
        self.failure: Exception | None = None
        self.changed = asyncio.Event()

    def data(self, frame: Frame) -> None:
        """A DATA frame: a message, a fragment, or the end of the stream."""
        if self.has_ended:
            raise ConnectionFailed(Code.PROTOCOL, "DATA after LAST")
        if frame.flags & frames.NONE:
            if not frame.flags & frames.LAST or self.has_fragments:
                raise ConnectionFailed(Code.PROTOCOL, "NONE in DATA without LAST, or while fragments are missing")
            return self.end()
        cost = 0
        if self.is_stream:
            cost = len(frame.payload) + FRAME_COST
            self.left -= cost
            self.connection.own_left -= cost
            if self.left < 0 or self.connection.own_left < 0:
                raise ConnectionFailed(Code.FLOW_CONTROL, "DATA beyond the credit")
        self.message(frame.payload, cost, bool(frame.flags & frames.MORE))
        if frame.flags & frames.LAST:
            self.end()
        return None

    def message(self, payload: bytes, cost: int, is_more: bool) -> None:
        """A message or a fragment of one."""
        self.has_begun = True
        self.fragments += payload
        self.fragments_cost += cost
        self.has_fragments = is_more
        if not is_more:
            self.whole.append((bytes(self.fragments), self.fragments_cost))
            self.unread += self.fragments_cost
            self.fragments = bytearray()
            self.fragments_cost = 0
            self.changed.set()
        self.give_back()

    def give_back(self) -> None:
        """Sends CREDIT once half the window can go back."""
        if not self.is_stream:
            return
        if not self.has_ended and self.returnable() >= self.size // 2:
            self.give(self.returnable())
        self.connection.give_back()

    def returnable(self) -> int:
        """What could be given back now."""
        return self.size - min(self.size, self.unread) - self.left if self.is_stream else 0

    def give(self, credit: int) -> None:
        self.left += credit
        self.connection.own_left += credit
        self.connection.send(Frame(Kind.CREDIT, stream=self.stream, payload=credit.to_bytes(4, "little")))

    def end(self, failure: Exception | None = None) -> None:
        """Nothing more comes; a message of which fragments are missing is dropped."""
        if not self.has_ended:
            self.has_ended = True
            self.failure = failure
        self.changed.set()

    def forget(self) -> None:
        """The stream ended: what was outstanding is the connection's again."""
        self.connection.own_left += self.size - self.left
        self.left = self.size

    async def take(self) -> bytes | None:
        """The next message; None at the end, or the failure that came instead of it."""
        while not self.whole and not self.has_ended:
            self.changed.clear()
            await self.changed.wait()
        if not self.whole:
            if self.failure:
                raise self.failure
            return None
        payload, cost = self.whole.popleft()
        self.unread -= cost
        self.give_back()
        return payload


class Outlet:
    """Messages of a stream that go out, within the credit of the stream and of the connection."""

    def __init__(self, connection, stream: int) -> None:
        self.connection = connection
        self.stream = stream
        self.size = connection.other_stream_credit
        self.left = self.size
        self.is_closed = False
        self.lock = asyncio.Lock()

    async def send(self, payload: bytes) -> None:
        """Sends one message, cut where a frame or the credit ends. Does nothing once the stream has ended."""
        async with self.lock:
            at = 0
            while not self.is_closed:
                room = min(self.left, self.connection.other_left) - FRAME_COST
                if room < min(1, len(payload) - at):
                    await self.connection.credit_changed()
                    continue
                part = payload[at:at + min(room, self.connection.frame_limit)]
                at += len(part)
                self.left -= len(part) + FRAME_COST
                self.connection.other_left -= len(part) + FRAME_COST
                flags = frames.MORE if at < len(payload) else 0
                self.connection.send(Frame(Kind.DATA, flags, self.stream, b"", part))
                await self.connection.writer.drain()
                if at == len(payload):
                    return

    def credit(self, amount: int) -> None:
        """The other side gives bytes back to the stream and to the connection."""
        self.left += amount
        if self.left > 2**31 - 1:
            raise ConnectionFailed(Code.FLOW_CONTROL, "CREDIT above 2³¹ − 1")
        self.connection.more_credit(amount)

    def close(self) -> None:
        """The stream ended: what was outstanding is the connection's again."""
        if not self.is_closed:
            self.is_closed = True
            self.connection.more_credit(self.size - self.left)
