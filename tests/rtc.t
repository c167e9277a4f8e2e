#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux arm-linux-gnueabi-gcc
#
# -rtc: what the real-time clock shows, and what it and the guest's own time show once the process
# was stopped, as a closed lid or a debugger stops it.
import datetime

from lib import *

STOP = 6  # seconds
GAP = 1   # of which virtual time counts so many
COUNTER_HZ = 24000000

# Prints the RTC and the board's counter, which is virtual time, for each byte; always busy.
CLOCKS = compile_guest('''
static void hex(unsigned x)
{
    for (int i = 28; i >= 0; i -= 4) {
        put("0123456789abcdef"[x >> i & 15]);
    }
}
void setup(void) {}
void irq(void) {}
void program(void)
{
    put('>');
    for (;;) {
        while (FR & RXFE) {
        }
        (void)DR;
        unsigned rtc = REG(0x101e8000), counter = REG(0x1000005c);
        hex(rtc);
        put(' ');
        hex(counter);
        put(';');
    }
}
''', 'clocks')


class Look:
    """One look at the guest's clocks, and at the host's before and after."""

    def __init__(self, s):
        self.before, self.start = time.time(), time.monotonic()
        s.send(b'\n')
        found = s.expect(rb'(\w{8}) (\w{8});')
        self.after, self.end = time.time(), time.monotonic()
        self.rtc, self.counter = int(found[1], 16), int(found[2], 16)


class Stopped:
    """A guest whose process is stopped between two looks."""

    def __init__(self, variant, *argv):
        self.start = time.monotonic()
        self.s = Session([program(variant), '-kernel', CLOCKS, *argv], terminal=False)
        self.s.expect(b'>')
        self.first = Look(self.s)

    def look(self):
        self.second = Look(self.s)
        self.s.close()
        # The seconds of virtual time between the looks. Those from power-on, and how many there may
        # be at most: between the looks there may be more, if virtual time was behind at the first.
        self.virtual = (self.second.counter - self.first.counter) % 2**32 / COUNTER_HZ
        self.total = self.second.counter / COUNTER_HZ
        self.most = self.second.end - self.start - STOP + GAP
        self.rtc = self.second.rtc - self.first.rtc
        self.all = (self.first.__dict__, self.second.__dict__, self.total, self.most)


def follows(name, look):
    ok(int(look.before) <= look.rtc <= int(look.after), name, look.__dict__)


by_host = {name: Stopped(*name.split()) for name in (
    'tail', 'iso', 'tail -rtc clock=host', 'tail -rtc base=utc,clock=host,driftfix=slew')}
dated = Stopped('tail', '-rtc', 'base=2001-02-03T04:05:06')
rt = Stopped('tail', '-rtc', 'clock=rt')
vm = Stopped('tail', '-rtc', 'clock=vm')
guests = [*by_host.values(), dated, rt, vm]
system = Session([program('tail'), *linux()])
system.prompt()
for s in [*(g.s for g in guests), system]:
    os.kill(s.p.pid, signal.SIGSTOP)
time.sleep(STOP)
for s in [*(g.s for g in guests), system]:
    os.kill(s.p.pid, signal.SIGCONT)
for g in guests:
    g.look()

for name, g in by_host.items():
    follows(name + ': the RTC has the host\'s time', g.first)
    follows(name + ': also when the process was stopped', g.second)
for g in guests:
    ok(g.total <= g.most, 'virtual time does not run away', *g.all)

start = int(datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc).timestamp())
ok(start <= dated.first.rtc <= start + 60, 'a date: the RTC starts there', *dated.all)
ok(int(dated.second.before) - int(dated.first.after) <= dated.rtc <=
   int(dated.second.after) - int(dated.first.before), 'a given date goes on with the host\'s time', *dated.all)
ok(abs(rt.first.rtc - rt.first.before) < 60, 'clock=rt: the RTC starts with the host\'s time', *rt.all)
ok(int(rt.second.start - rt.first.end) <= rt.rtc <= rt.second.end - rt.first.start + 1,
   'clock=rt goes on with the host\'s monotonic clock', *rt.all)
ok(abs(vm.first.rtc - vm.first.before) < 60, 'clock=vm: the RTC starts with the host\'s time', *vm.all)
ok(abs(vm.rtc - vm.virtual) <= 1.1, 'clock=vm goes on with virtual time', *vm.all)

# Linux's date follows its timers. Its RTC has the right one.
with system as s:
    s.command('hwclock -s')
    before = time.time()
    date = int(s.command('date +%s')[0])
    ok(int(before) - 1 <= date <= time.time(), 'Linux: hwclock -s sets the date right', before, date)
    s.send(b'poweroff -f\n')
    is_(s.wait(), 0, 'Linux: poweroff gives status 0')

# -- Counted time --

Y2K = 946684800
seen = []
for argv in [], [], ['-rtc', 'clock=vm'], ['-rtc', 'clock=host']:
    with Session([program('tail'), '-kernel', CLOCKS, '-icount', 'shift=3', *argv],
                 terminal=False) as s:
        s.expect(b'>')
        seen.append(Look(s))
ok(all(Y2K <= look.rtc < Y2K + 3600 for look in seen[:3]), 'counted time: the RTC starts in 2000',
   [look.rtc for look in seen])
follows('counted time, clock=host: the RTC has the host\'s time', seen[3])
done()
