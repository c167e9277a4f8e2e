#!/usr/bin/python3
# SPDX-License-Identifier: MIT
#
# Boots a Linux to its shell, and from a snapshot of that several guests with different input:
#
#   make lib guest && examples/boot.py build/libtqemu.so build/guest/zImage-xip build/guest/rootfs.cpio
import ctypes
import sys
from ctypes import POINTER, byref, c_bool, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

ENDED, INSTRUCTIONS, TIME, TEXT, POINT, WAITING, STOPPED = range(7)


class Until(ctypes.Structure):
    _fields_ = [('instructions', c_uint64), ('ns', c_int64), ('text', c_char_p)]


def load(path):
    """The library, with the types of its functions."""
    library = ctypes.CDLL(path)
    for name, result, *arguments in [
            ('new', c_void_p, POINTER(c_char_p), c_int, c_char_p, c_size_t),
            ('free', c_bool, c_void_p),
            ('run', c_int, c_void_p, POINTER(Until)),
            ('status', c_int, c_void_p),
            ('instructions', c_uint64, c_void_p),
            ('time', c_int64, c_void_p),
            ('send', c_bool, c_void_p, c_char_p, c_size_t),
            ('receive', c_size_t, c_void_p, c_char_p, c_size_t),
            ('get_register', c_bool, c_void_p, c_char_p, POINTER(c_uint64)),
            ('set_register', c_bool, c_void_p, c_char_p, c_uint64),
            ('read', c_bool, c_void_p, c_uint32, c_bool, c_char_p, c_size_t),
            ('write', c_bool, c_void_p, c_uint32, c_bool, c_char_p, c_size_t),
            ('breakpoint', c_bool, c_void_p, c_uint32, c_bool),
            ('save', c_void_p, c_void_p, POINTER(c_size_t)),
            ('restore', c_bool, c_void_p, c_char_p, c_size_t, c_char_p, c_size_t),
            ('fork', c_bool, c_void_p),
            ('rewind', c_bool, c_void_p)]:
        function = getattr(library, 'tqemu_' + name)
        function.restype, function.argtypes = result, arguments
    return library


class Machine:
    def __init__(self, library, *options):
        why = ctypes.create_string_buffer(300)
        words = (c_char_p * len(options))(*[option.encode() for option in options])
        self.library = library
        self.machine = library.tqemu_new(words, len(options), why, len(why))
        if not self.machine:
            raise ValueError(why.value.decode())

    def run(self, text=None, instructions=0, ns=0):
        return self.library.tqemu_run(self.machine, byref(Until(instructions, ns, text)))

    def output(self):
        buffer = ctypes.create_string_buffer(65536)
        text = b''
        while n := self.library.tqemu_receive(self.machine, buffer, len(buffer)):
            text += buffer.raw[:n]
        return text

    def command(self, line):
        """Gives the shell a command; returns what it prints."""
        self.output()
        self.library.tqemu_send(self.machine, line.encode() + b'\n', len(line) + 1)
        self.run(text=b'\n~ # ', ns=10 ** 12)
        return self.output().decode().replace('\r', '').split('\n')[1:-1]

    def register(self, name):
        value = c_uint64()
        if not self.library.tqemu_get_register(self.machine, name.encode(), byref(value)):
            raise ValueError('there is no register ' + name)
        return value.value

    def save(self):
        n = c_size_t()
        snapshot = self.library.tqemu_save(self.machine, byref(n))
        data = ctypes.string_at(snapshot, n.value)
        ctypes.CDLL(None).free(c_void_p(snapshot))
        return data

    def restore(self, snapshot):
        why = ctypes.create_string_buffer(300)
        if not self.library.tqemu_restore(self.machine, snapshot, len(snapshot), why, len(why)):
            raise ValueError(why.value.decode())

    def close(self):
        return self.library.tqemu_free(self.machine)


def main():
    library = load(sys.argv[1])
    options = ['-kernel', sys.argv[2], '-initrd', sys.argv[3], '-append', 'console=ttyAMA0 quiet', '-icount', 'shift=0']
    booted = Machine(library, *options)
    booted.run(text=b'\n~ # ')
    booted.output()
    print('booted after %d instructions, pc = %#x' % (
        library.tqemu_instructions(booted.machine), booted.register('pc')))
    snapshot = booted.save()
    print('a snapshot of %.1f MB' % (len(snapshot) / 1e6))
    for n in range(3):
        guest = Machine(library, *options)
        guest.restore(snapshot)
        print('\n'.join(guest.command('echo guest %d: $(uname -sm)' % n)))
        guest.close()
    booted.library.tqemu_send(booted.machine, b'poweroff -f\n', 12)
    print('off: %s, status %d' % (booted.run() == ENDED, library.tqemu_status(booted.machine)))
    booted.close()


if __name__ == '__main__':
    main()
