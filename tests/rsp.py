# SPDX-License-Identifier: MIT
#
# gdb, and a client of its remote serial protocol for what gdb itself does not send.
import contextlib

from lib import *

GDB = ['gdb-multiarch', '-q', '-nx', '-batch', '-ex', 'set confirm off', '-ex', 'set pagination off', '-ex',
       'set style enabled off', '-ex', 'set width 0', '-ex', 'set architecture armv5te']


class Rsp:
    """A connection to the server on a socket of this host."""

    def __init__(self, path):
        self.s = connect(path)
        self.buffer = b''
        self.acks = True

    def close(self):
        self.s.close()

    def raw(self, data):
        with contextlib.suppress(OSError):  # the server may have gone after its last packet
            self.s.sendall(data)

    @staticmethod
    def packet(data):
        return b'$' + data + b'#%02x' % (sum(data) & 0xff)

    def send(self, data):
        self.raw(self.packet(data.encode('latin-1') if isinstance(data, str) else data))

    def byte(self):
        if not self.buffer:
            with contextlib.suppress(ConnectionResetError):
                self.buffer = self.s.recv(65536)
        byte, self.buffer = self.buffer[:1], self.buffer[1:]
        return byte

    def take(self):
        """The next packet's data, with its escapes undone; b'' for an empty one, None at the end."""
        byte = self.byte()
        while byte != b'$':
            if not byte:
                return None
            byte = self.byte()
        data = b''
        total = 0
        while (byte := self.byte()) != b'#':
            total += byte[0]
            if byte == b'}':
                byte = self.byte()
                total += byte[0]
                byte = bytes([byte[0] ^ 0x20])
            data += byte
        assert int(self.byte() + self.byte(), 16) == total & 0xff, data
        if self.acks:
            self.raw(b'+')
        return data

    def ask(self, data):
        self.send(data)
        answer = self.take()
        return None if answer is None else answer.decode('latin-1')

    def description(self):
        """target.xml, in pieces."""
        text = ''
        while True:
            part = self.ask('qXfer:features:read:target.xml:%x,200' % len(text))
            text += part[1:]
            if part[0] == 'l':
                return text

    def word(self, number):
        """A register."""
        return int.from_bytes(bytes.fromhex(self.ask('p%x' % number)), 'little')
