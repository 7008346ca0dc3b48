"""Frames: twelve bytes little-endian, a header and a payload (Shared/RPC/README.md, "Frames")."""

import asyncio
import enum
import struct
from dataclasses import dataclass

PREFACE = bytes.fromhex("8952 5043 0D0A 1A01")
PREFIX = struct.Struct("<IBBHI")
FRAME_LIMIT = 64 * 1024
HEADER_LIMIT = 8 * 1024
#: Frames are never limited below this, so that the largest header fits.
LEAST_FRAME = 9 * 1024
LAST_STREAM = 2**31 - 1


class Kind(enum.IntEnum):
    """Frame types."""

    HELLO = 0x01
    PING = 0x02
    PONG = 0x03
    DRAIN = 0x04
    ERROR = 0x05
    CREDIT = 0x06
    CALL = 0x10
    DATA = 0x11
    REPLY = 0x12
    CANCEL = 0x13
    REFUSE = 0x14
    INIT = 0x15


KINDS = frozenset(kind.value for kind in Kind)

LAST = 0x01
MORE = 0x02
NONE = 0x20
IGNORABLE = 0x80
KNOWN_FLAGS = LAST | MORE | NONE | IGNORABLE


class Code(enum.IntEnum):
    """Why a connection ends."""

    PROTOCOL = 1
    FRAME_SIZE = 2
    FLOW_CONTROL = 3
    VERSION = 4
    CALM = 5
    AUTH = 6
    SHUTDOWN = 7
    INTERNAL = 8
    IDLE = 9


class ConnectionFailed(Exception):
    """A breach of the rules, by either side, that ends the connection."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(f"{code.name}: {reason}")
        self.code = code
        self.reason = reason


@dataclass
class Frame:
    """One frame; `stream` is 0 for what belongs to the connection."""

    kind: Kind
    flags: int = 0
    stream: int = 0
    header: bytes = b""
    payload: bytes = b""

    def encode(self) -> bytes:
        """The frame's bytes."""
        length = len(self.header) + len(self.payload)
        return PREFIX.pack(length, self.kind, self.flags, len(self.header), self.stream) + self.header + self.payload


async def read_frame(reader: asyncio.StreamReader) -> Frame | None:
    """The next frame; None when the connection ended between two. Unknown frames that may be ignored are skipped."""
    while True:
        try:
            prefix = await reader.readexactly(PREFIX.size)
        except asyncio.IncompleteReadError as cut:
            if not cut.partial:
                return None
            raise ConnectionFailed(Code.PROTOCOL, "the connection ended within a frame") from cut
        length, kind, flags, header_length, stream = PREFIX.unpack(prefix)
        if length > FRAME_LIMIT or header_length > HEADER_LIMIT:
            raise ConnectionFailed(Code.FRAME_SIZE, f"a frame of {length} bytes with a header of {header_length}")
        if header_length > length:
            raise ConnectionFailed(Code.PROTOCOL, "a header longer than its frame")
        try:
            body = await reader.readexactly(length)
        except asyncio.IncompleteReadError as cut:
            raise ConnectionFailed(Code.PROTOCOL, "the connection ended within a frame") from cut
        if kind not in KINDS:
            if flags & IGNORABLE:
                continue
            raise ConnectionFailed(Code.PROTOCOL, f"unknown frame type {kind}")
        if flags & ~KNOWN_FLAGS:
            raise ConnectionFailed(Code.PROTOCOL, f"unknown flags {flags:02x}")
        frame = Frame(Kind(kind), flags, stream, body[:header_length], body[header_length:])
        if flags & NONE and (frame.payload or flags & MORE):
            raise ConnectionFailed(Code.PROTOCOL, "NONE with a message or with MORE")
        return frame


def method_id(name: str) -> int:
    """FNV-1a 32 of "package.Service/Method"."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
