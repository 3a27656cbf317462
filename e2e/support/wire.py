#!/usr/bin/env python3
"""One end of a wire in a test network: sends the frames it is told to and says which marked packets arrive.

wire.py wire INTERFACE   frames as they stand on the interface; reads one hexadecimal frame a line
wire.py host             what the machine itself accepted: raw sockets stand behind INPUT; what it is told to send goes
                         out as the machine's own, without a frame around it (IPv4 only)

A packet carries MARK and four bytes that name it; `seen NUMBER` is printed for each that arrives.
"""
import os
import selectors
import socket
import sys

MARK = b"TKT\x01"
PROTOCOLS = [1, 2, 6, 17, 33, 47, 50, 132, 136]
PROTOCOLS_V6 = [2, 6, 17, 33, 47, 50, 58, 132, 136]


def open_wire(name):
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    wire.bind((name, 0))
    return wire


def open_host():
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_RAW, number) for number in PROTOCOLS]
    return sockets + [socket.socket(socket.AF_INET6, socket.SOCK_RAW, number) for number in PROTOCOLS_V6]


def send_as_host(packet):
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW) as out:
        out.sendto(packet, (socket.inet_ntoa(packet[16:20]), 0))


def report(data):
    at = data.find(MARK)
    if at >= 0:
        print("seen", int.from_bytes(data[at + 4 : at + 8], "big"), flush=True)


def is_quotation(frame):
    """True for an error or a redirect, which carries a copy of the packet it is about."""
    if frame[12:14] == b"\x08\x00":
        return frame[23] == 1 and frame[34] in (3, 5, 11, 12)
    return frame[12:14] == b"\x86\xdd" and frame[20] == 58 and frame[54] in (1, 2, 3, 4, 137)


def main():
    selector = selectors.DefaultSelector()
    wire = open_wire(sys.argv[2]) if sys.argv[1] == "wire" else None
    for one in [wire] if wire else open_host():
        selector.register(one, selectors.EVENT_READ)
    selector.register(0, selectors.EVENT_READ)
    print("ready", flush=True)
    rest = b""
    while True:
        for key, _ in selector.select():
            if key.fileobj == 0:
                # Unbuffered: lines kept in a buffer would not wake the selector.
                chunk = os.read(0, 65536)
                if not chunk:
                    return
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    (wire.send if wire else send_as_host)(bytes.fromhex(line.decode()))
                continue
            data, source = key.fileobj.recvfrom(65535)
            # What we sent ourselves comes by too, and routers quote it.
            if wire and (source[2] == socket.PACKET_OUTGOING or is_quotation(data)):
                continue
            report(data)


main()
