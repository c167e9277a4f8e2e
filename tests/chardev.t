#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-linux-gnueabi-as
#
# Serial ports on sockets and pseudo-terminals: who connects to whom, Telnet, a peer that goes and
# one that does not read, and what hosts without sockets say.
import socket

from lib import *

# Echoes on the second port; the first says when that is under way.
echo = assemble(ECHO.replace("        mov     r1, #'>'\n        strb    r1, [r0]\n",
                             "        mov     r1, #'>'\n        strb    r1, [r0]\n"
                             "        add     r0, r0, #0x1000\n"
                             "        ldr     r1, =0x301\n        str     r1, [r0, #0x30]\n"))
# Counts without an end on the second port.
flood = assemble('''
        ldr     r0, =0x101f2000
        ldr     r1, =0x301
        str     r1, [r0, #0x30]
        mov     r1, #0
1:      strb    r1, [r0]
        add     r1, r1, #1
        b       1b
''', 'flood')

def start(spec, *more, kernel=echo, terminal=False):
    return Session([program('tail'), '-kernel', kernel, *more, '-serial', 'stdio', '-serial', spec],
                 terminal=terminal)


def receive(s, n):
    data = b''
    while len(data) < n:
        some = s.recv(n - len(data))
        if not some:
            break
        data += some
    return data


TEXT = bytes(range(256)) * 20


def echoes(s, name, text=TEXT):
    s.sendall(text)
    is_(receive(s, len(text)), text, name)


# A server.
n = port()
with start('tcp:localhost:%d,server,nowait' % n) as g:
    g.expect(b'>')
    ok(True, 'server,nowait: the guest starts without a peer')
    for peer in 'first', 'second':
        with connect(('127.0.0.1', n)) as s:
            echoes(s, 'the %s peer gets what it sends back' % peer)
    g.p.terminate()
    g.wait()
with start('tcp:127.0.0.1:%d,server' % n) as g:
    ok(g.until(lambda: b'waiting for connection on: disconnected:tcp:127.0.0.1:%d,server=on' % n
               in g.err), 'server: it says where it waits', g.err)
    g._read(0.3)
    is_(g.out, b'', 'and the guest has not started')
    with connect(('127.0.0.1', n)) as s:
        g.expect(b'>')
        echoes(s, 'then it has, and gets what the peer sends')

# A client.
with socket.create_server(('127.0.0.1', 0)) as listener:
    with start('tcp:127.0.0.1:%d' % listener.getsockname()[1]) as g:
        s, _ = listener.accept()
        s.settimeout(TIMEOUT)
        g.expect(b'>')
        echoes(s, 'a client')
        s.close()
        time.sleep(0.1)
        ok(g.p.poll() is None, 'the guest outlives its peer')

# A socket of this host, by -chardev.
path = temp('socket')
open(path + '.txt', 'w').close()
with start('chardev:c', '-chardev', 'socket,id=c,path=%s,server=on,wait=off' % path) as g:
    g.expect(b'>')
    with connect(path) as s:
        echoes(s, 'a socket of this host')
    g.p.terminate()
    g.wait()
    ok(not os.path.exists(path), 'its name goes at the end of the run')
with socket.socket(socket.AF_UNIX) as old:
    old.bind(path)
with start('unix:%s,server,nowait' % path) as g:
    g.expect(b'>')
    with connect(path) as s:
        echoes(s, 'the name that another run has left is taken')

# Telnet.
n = port()
with start('telnet:127.0.0.1:%d,server,nowait' % n) as g:
    g.expect(b'>')
    with connect(('127.0.0.1', n)) as s:
        is_(receive(s, 12), b'\xff\xfb\x01\xff\xfb\x03\xff\xfb\x00\xff\xfd\x00', 'Telnet: options')
        s.sendall(b'\xff\xfd\x01a\xff\xff\xff\xfa\x18\0x\xff\xf0\xff\xfc\x03b')
        is_(receive(s, 4), b'a\xff\xffb', 'Telnet: commands are not for the guest, IAC is doubled')

# A pseudo-terminal.
with start('pty') as g:
    name = g.expect(rb'char device redirected to (/dev/\S+) \(label serial1\)\n')[1]
    g.expect(b'>')
    for peer in 'first', 'second':
        fd = os.open(name, os.O_RDWR | os.O_NOCTTY)
        os.write(fd, b'\x01\x03hello\n\x7f')
        got = b''
        while len(got) < 9 and select.select([fd], [], [], TIMEOUT)[0]:
            got += os.read(fd, 100)
        is_(got, b'\x01\x03hello\n\x7f', 'a pseudo-terminal, the %s that opens it' % peer)
        os.close(fd)

# Nobody there, and somebody who does not read.
n = port()
with start('tcp:127.0.0.1:%d,server,nowait' % n, kernel=flood) as g:
    s = connect(('127.0.0.1', n))
    got = receive(s, 256 * 400)
    ok(got == bytes((got[0] + i) % 256 for i in range(len(got))), 'a guest that always sends')
    time.sleep(1)
    late = receive(s, 256 * 40000)
    ok(late == bytes((got[0] + i) % 256 for i in range(len(late))),
       'loses nothing to a peer that reads later')
    g.p.terminate()
    is_(g.wait(), -signal.SIGTERM, 'and a signal ends it')
    s.close()

# An idle guest wakes up for its peer, and takes no time of the host's until then.
idle = compile_guest(r"""
void setup(void) { REG(0x101f2030) = 0x301; REG(0x101f2038) = RX | RT; VICINTENABLE = 1 << 13; }
void irq(void) { while (!(REG(0x101f2018) & RXFE)) REG(0x101f2000) = REG(0x101f2000); }
void program(void) { put('>'); for (;;) WFI; }
""", 'idle')
n = port()
for spec in 'tcp:127.0.0.1:%d,server,nowait' % n, 'pty':
    with start(spec, kernel=idle) as g:
        g.expect(b'>')
        before = sum(os.times()[2:4])
        time.sleep(1)
        with open('/proc/%d/stat' % g.p.pid) as f:
            used = sum(map(int, f.read().rpartition(')')[2].split()[11:13])) / os.sysconf('SC_CLK_TCK')
        ok(used < 0.3, '%s: an idle guest waits' % spec.split(':')[0], used)
        if spec != 'pty':
            with connect(('127.0.0.1', n)) as s:
                echoes(s, 'an idle guest wakes up', b'hello')

for spec in 'tcp::1,server', 'unix:x', 'pty':
    r = run([program('iso'), '-kernel', echo, '-serial', spec], timeout=20)
    ok(r.status == 1 and b'-serial: this host has no sockets' in r.err, 'HOST=iso: no ' + spec, r.err)
done()
