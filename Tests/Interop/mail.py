"""Sends mail as well-meant and as hostile senders do. Tests/SystemTests/CaseMailTests.swift runs it.

mail.py burst PORT COUNT SENDERS   COUNT cases from coderN@example.org, over four connections; prints how many it sent
mail.py hostile PORT               what nobody well-meant sends, to the desk's own port; prints a line for each: its
                                   name and the last reply code, or "closed"
"""

import smtplib
import socket
import sys
import threading

TO = "case@desk.example.org"


def case(number, senders):
    sender = f"coder{number % senders}@example.org"
    text = (f"From: Coder <{sender}>\r\nTo: {TO}\r\nSubject: Case {number}\r\n"
            f"Message-ID: <burst-{number}@example.org>\r\n\r\nWhat is A{10 + number % 40}?\r\n")
    return sender, text


def burst(port, count, senders):
    taken = []

    def send(numbers):
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
            for number in numbers:
                sender, text = case(number, senders)
                server.sendmail(sender, [TO], text)
                taken.append(number)

    threads = [threading.Thread(target=send, args=(range(first, count, 4),)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(taken))


def message(body, headers=""):
    text = f"From: coder0@example.org\r\nTo: {TO}\r\nSubject: hostile\r\n{headers}\r\n{body}\r\n"
    return text.encode("utf-8", "surrogateescape")


def nested(depth):
    parts = (f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n' for level in range(depth))
    head = "".join(parts)
    start = f"From: coder0@example.org\r\nTo: {TO}\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    return f"{start}{head}\r\nend\r\n".encode()


def wide(parts):
    body = "--w\r\n\r\nx\r\n" * parts + "--w--\r\n"
    return message(body, 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="w"\r\n')


HOSTILE = {
    "fifty megabytes": b"From: coder0@example.org\r\n\r\n" + (b"x" * 998 + b"\r\n") * 50_000,
    "one line of ten megabytes": b"From: coder0@example.org\r\n\r\n" + b"x" * 10_000_000 + b"\r\n",
    "a thousand parts within each other": nested(1_000),
    "forty parts within each other": nested(40),
    "a hundred thousand parts": wide(100_000),
    "messages within messages": b"From: coder0@example.org\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "ten thousand header fields": message("x", "X-A: b\r\n" * 10_000),
    "a header field of four megabytes": message("x", "X-A: " + "b" * 4_000_000 + "\r\n"),
    "no such charset": message("caf\udce9 \udcff\udcfe", "Content-Type: text/plain; charset=klingon\r\n"),
    "base64 that is none": message("====%%%%", "Content-Transfer-Encoding: base64\r\n"),
    "a header in the subject":
        b"From: coder0@example.org\r\nSubject: =?utf-8?Q?x=0D=0ABcc:=20victim@example.org?=\r\n\r\nhello\r\n",
    "a header in the sender": b"From: =?utf-8?Q?a=0D=0ABcc:_victim?= <coder0@example.org>\r\n\r\nhello\r\n",
    "NUL": b"From: coder0@example.org\r\nSubject: a\x00b\r\n\r\nx\x00y\r\n",
    "two senders": b"From: coder0@example.org, coder1@example.org\r\n\r\nx\r\n",
    "no header": b"\x80\x81\x82\r\n",
    "spoofed verdict": message("What is A10?", "Authentication-Results: mx.example.org; dmarc=pass\r\n"),
}


def hostile(port):
    for name, data in HOSTILE.items():
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
                server.ehlo()
                server.docmd("MAIL FROM:<coder0@example.org>")
                server.docmd(f"RCPT TO:<{TO}>")
                server.docmd("DATA")
                server.send(data if data.endswith(b"\r\n") else data + b"\r\n")
                server.send(b".\r\n")
                print(f"{name}: {server.getreply()[0]}")
        except (smtplib.SMTPException, OSError) as error:
            print(f"{name}: closed ({type(error).__name__})")
    # Pipelined garbage, and a command line without end.
    for name, data in {"binary": bytes(range(256)) * 4_000, "no end of line": b"A" * 1_000_000}.items():
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            try:
                connection.sendall(data)
                connection.settimeout(20)
                while connection.recv(65_536):
                    pass
                print(f"{name}: closed")
            except OSError as error:
                print(f"{name}: closed ({type(error).__name__})")


if __name__ == "__main__":
    if sys.argv[1] == "burst":
        burst(*map(int, sys.argv[2:5]))
    else:
        hostile(int(sys.argv[2]))
