/* SPDX-License-Identifier: MIT */
/* What the command line comes to. Messages go to a file: each is one line that begins with the
 * program's name and says what is wrong. */
#include "options.h"

#include <stdlib.h>

#include "tests/unit/tap.h"
#include "util/log.h"

static Options o;
static char program[32] = "tqemu";

/* Parses a command line given as one string, cut at blanks. */
static OptionsResult parse(const char *line)
{
    static char copy[512];
    char *argv[32] = { program };
    int argc = 1;
    options_free(&o);
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    return options_parse(&o, argc, argv);
}

#define runs(line) ok(parse(line) == OPTIONS_RUN, "accepted: %s", line)

static void test_defaults(void)
{
    runs("");
    is_str(o.machine->name, "versatilepb", "the machine");
    is_str(o.cpu.model, "arm926", "its CPU");
    is_u64(o.ram_size, UINT64_C(128) << 20, "its RAM");
    ok(o.serial[0].kind == SERIAL_STDIO && o.serial[1].kind == SERIAL_NONE, "its console");
    ok(!o.icount && !o.cpu.exact && !o.cpu.semihosting && !o.cpu.singlestep && !o.no_reboot,
       "nothing special");
    ok(o.rtc == RTC_DEFAULT && o.digest_every == 0 && !o.kernel && !o.log_file, "nothing named");
}

static void test_values(void)
{
    static const struct {
        const char *line;
        uint64_t mib;
    } sizes[] = {
        { "-m 64", 64 },       { "-m 64M", 64 },  { "-m 65536K", 64 }, { "-m 67108864b", 64 },
        { "-m size=32m", 32 }, { "-m 256", 256 }, { "--m 1", 1 },      { "-m 16 -m 32", 32 },
    };
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        parse(sizes[i].line);
        is_u64(o.ram_size, sizes[i].mib << 20, sizes[i].line);
    }
    runs("-kernel k -initrd i -append console=ttyAMA0,a=b -dtb d -no-reboot");
    is_str(o.kernel, "k", "kernel");
    is_str(o.initrd, "i", "initrd");
    is_str(o.append, "console=ttyAMA0,a=b", "append is not taken apart");
    is_str(o.dtb, "d", "dtb");
    ok(o.no_reboot, "no-reboot");
    runs("-icount 3");
    ok(o.icount && o.cpu.exact && o.icount_shift == 3 && !o.icount_sleep, "a plain shift");
    runs("-icount shift=10,sleep=on,align=off");
    ok(o.icount_shift == 10 && o.icount_sleep, "icount in full");
    runs("-rtc base=2000-02-29T12:34:56,clock=vm");
    ok(o.rtc == RTC_DATE && o.rtc_date == 951827696 && o.rtc_clock == RTC_CLOCK_VM, "a date");
    runs("-rtc base=localtime");
    ok(o.rtc == RTC_LOCALTIME && o.rtc_clock == RTC_CLOCK_HOST, "local time, by the host's clock");
    runs("-rtc clock=rt,driftfix=slew");
    ok(o.rtc == RTC_DEFAULT && o.rtc_clock == RTC_CLOCK_RT, "by its monotonic clock");
    runs("-icount 3");
    ok(o.rtc_clock == RTC_CLOCK_VM && !o.icount_sleep, "by counted time");
    runs("-icount 3 -rtc clock=host");
    ok(o.rtc_clock == RTC_CLOCK_HOST && o.icount_sleep, "unless told otherwise: idle time passes");
    runs("-M versatilepb,dumpdtb=a,,b");
    is_str(o.dumpdtb, "a,b", "two commas are one");
    runs("-M dumpdtb=x=y");
    is_str(o.dumpdtb, "x=y", "only the first = counts");
    runs("-machine type=versatilepb -cpu arm926");
    runs("-semihosting-config enable=on,target=native");
    ok(o.cpu.semihosting && !o.cpu.semihosting_user && !o.semihosting_args.count &&
           o.semihosting_serial == OPTIONS_SERIAL,
       "semihosting");
    runs("-semihosting-config enable=off");
    ok(!o.cpu.semihosting, "and not");
    runs("-semihosting-config arg=a,arg=b,,c,userspace=on,target=auto -semihosting-config arg=");
    ok(o.cpu.semihosting && o.cpu.semihosting_user && o.semihosting_args.count == 3,
       "more of semihosting");
    ok(o.semihosting_target == SEMI_AUTO, "who executes the calls");
    runs("-semihosting-config target=gdb");
    ok(o.cpu.semihosting && o.semihosting_target == SEMI_GDB, "gdb does");
    runs("-semihosting-config arg=a,arg=b,,c,userspace=on,target=auto -semihosting-config arg=");
    ok(strcmp(o.semihosting_args.list[0], "a") == 0 &&
           strcmp(o.semihosting_args.list[1], "b,c") == 0 && !*o.semihosting_args.list[2],
       "its arguments");
    runs("-chardev file,id=f,path=x -semihosting-config chardev=f");
    ok(o.semihosting_serial == OPTIONS_SEMIHOSTING &&
           o.serial[OPTIONS_SEMIHOSTING].kind == SERIAL_FILE,
       "its character device");
    runs("-chardev file,id=f,path=x -semihosting-config chardev=f -serial null -serial chardev:f");
    ok(o.semihosting_serial == 1 && o.serial[OPTIONS_SEMIHOSTING].kind == SERIAL_NONE,
       "shared with a serial port");
    runs("-chardev stdio,mux=on,id=s -semihosting-config enable=on,chardev=s -serial none");
    ok(o.serial[o.semihosting_serial].kind == SERIAL_STDIO && o.keys, "shared with the monitor");
    runs("-accel tcg,optimise=off,fusion=off,fastfp=off,thread=single,one-insn-per-tb=on");
    ok(o.cpu.no_optimise && o.cpu.no_fusion && o.cpu.no_fast_fp && o.cpu.singlestep,
       "accelerator properties");
    runs("-cpu arm926,vfp=off");
    ok(o.cpu.no_vfp && strcmp(o.cpu.model, "arm926") == 0, "a CPU without VFP");
    runs("-cpu arm926,vfp=on");
    ok(!o.cpu.no_vfp, "and with it");
    runs("-coverage a,,b");
    ok(o.cpu.coverage && !o.cpu.counts && !o.counts, "coverage");
    is_str(o.coverage, "a,b", "and its file");
    runs("-coverage a,counts=on");
    ok(o.cpu.counts, "coverage with counts");
    is_str(o.counts, "a.counts", "and their file");
    runs("-d exec -dfilter 0x10+0x10,0x100..0x100,0x1fff-0x1000");
    ok(!log_on_at(LOG_EXEC, 0xf) && log_on_at(LOG_EXEC, 0x10) && log_on_at(LOG_EXEC, 0x1f) &&
           !log_on_at(LOG_EXEC, 0x20) && log_on_at(LOG_EXEC, 0x100) &&
           log_on_at(LOG_EXEC, 0x1000) && !log_on_at(LOG_EXEC, 0x2000) && !log_on_at(LOG_CPU, 0x10),
       "ranges of the log");
    log_filter(1, 0);
    log_mask = 0;
    runs("-d int,digest:1000000,stats -D log");
    ok(o.digest_every == 1000000 && log_mask == (LOG_INT | LOG_STATS), "log items");
    is_str(o.log_file, "log", "log file");
    runs("-nographic -display none -monitor none -audio none -audiodev none,id=a -nic none -net "
         "none");
    runs("-device loader,addr=0x1000,cpu-num=0 -device loader,file=f,addr=0x2000");
    ok(o.device_count == 2 && o.devices[0].set_pc && o.devices[1].addr == 0x2000, "devices");
}

static void device_is(const char *arg, const LoaderDevice *want)
{
    char line[256];
    snprintf(line, sizeof line, "-device %s", arg);
    const LoaderDevice *got = parse(line) == OPTIONS_RUN ? o.devices : NULL;
    ok(got && got->addr == want->addr && got->data == want->data &&
           got->data_len == want->data_len && got->data_be == want->data_be &&
           got->force_raw == want->force_raw && got->set_pc == want->set_pc &&
           (got->file && want->file ? strcmp(got->file, want->file) == 0 : got->file == want->file),
       "%s", line);
}

static void test_devices(void)
{
    device_is("loader,file=a.elf", &(LoaderDevice){ .file = "a.elf" });
    device_is("loader,file=a.elf,cpu-num=0", &(LoaderDevice){ .file = "a.elf", .set_pc = true });
    device_is("loader,file=a,,b=c,addr=0x1000,force-raw=on,id=x",
              &(LoaderDevice){ .file = "a,b=c", .addr = 0x1000, .force_raw = true });
    device_is("loader,addr=0,cpu-num=0", &(LoaderDevice){ .set_pc = true });
    device_is("loader,addr=010,data=0xffffffffffffffff,data-len=8",
              &(LoaderDevice){ .addr = 8, .data = UINT64_MAX, .data_len = 8 });
    device_is("loader,data=1,data-len=1,addr=4,data-be=true,cpu-num=0",
              &(LoaderDevice){ .addr = 4, .data = 1, .data_len = 1, .data_be = true });
    device_is("loader,file=b,force-raw=on,file=a.elf,force-raw=off",
              &(LoaderDevice){ .file = "a.elf" });
}

static void test_serial(void)
{
    runs("-monitor null -parallel none");
    runs("-monitor /dev/null -parallel null -serial /dev/null");
    ok(o.serial[0].kind == SERIAL_NULL, "another name for null");
    runs("-serial null -serial none -serial file:f -serial mon:stdio");
    ok(o.serial[0].kind == SERIAL_NULL && o.serial[1].kind == SERIAL_NONE &&
           o.serial[2].kind == SERIAL_FILE && o.serial[3].kind == SERIAL_STDIO,
       "four kinds");
    is_str(o.serial[2].path, "f", "the file's name");
    runs("-serial mon:stdio -serial pty -serial file:a,b -serial tcp:localhost:1235,server");
    ok(o.serial[0].mux && o.serial[1].socket.pty, "a console with a monitor, a pseudo-terminal");
    is_str(o.serial[2].path, "a,b", "a file's name may have commas");
    const HostSocket *s = &o.serial[3].socket;
    ok(s->server && s->wait && !s->telnet && s->nodelay && !s->path, "a server waits");
    is_str(s->host, "localhost", "its host");
    is_str(s->port, "1235", "its port");
    is_str(s->label, "serial3", "its label");
    runs("-serial telnet::7,server,nowait -serial tcp:[::1]:8,delay -serial unix:/a,,b,server=on");
    s = &o.serial[0].socket;
    ok(s->server && !s->wait && s->telnet && !*s->host, "it does not wait, and speaks Telnet");
    s = &o.serial[1].socket;
    ok(!s->server && !s->wait && !s->nodelay && strcmp(s->host, "::1") == 0, "a client");
    s = &o.serial[2].socket;
    ok(s->server && s->wait, "a socket of this host");
    is_str(s->path, "/a,b", "its name");
    runs("-serial chardev:b -chardev stdio,mux=on,id=a,signal=off -chardev file,id=b,path=f,"
         "append=on -serial chardev:a -serial chardev:c -chardev socket,id=c,port=1,host=h,"
         "server=on,wait=off,telnet=on");
    ok(o.serial[0].kind == SERIAL_FILE && o.serial[0].append, "a file by its id");
    ok(o.serial[1].kind == SERIAL_STDIO && o.serial[1].mux, "the console by its id");
    s = &o.serial[2].socket;
    ok(s->server && !s->wait && s->telnet && strcmp(s->label, "c") == 0, "a server by its id");
    runs("-serial vc -serial vc:80Cx24C");
    ok(o.serial[0].kind == SERIAL_STDIO && o.serial[1].kind == SERIAL_NULL,
       "the first console in a window is standard input and output");
    runs("-serial vc -serial stdio");
    ok(o.serial[0].kind == SERIAL_NULL, "unless that is another port's");
    runs("-serial none");
    ok(o.serial[0].kind == SERIAL_NONE, "no console at all");
}

/* A command line that is refused, and what the message must say. */
typedef struct Refused {
    const char *line, *says;
} Refused;

/* clang-format off */
static const Refused refused[] = {
    { "-x", "unknown option" },
    { "x", "" },
    { "-", "" },
    { "--", "" },
    { "-smp 2", "cpus=2: no machine has more than one CPU" },
    { "-smp 1,cores=4", "cores=4" },
    { "-smp 0", "use 1" },
    { "-smp many", "use 1" },
    { "-smp 1,books=1", "unknown property 'books'" },
    { "-gdb tcp:1", "use tcp:HOST:PORT" },
    { "-gdb file:x", "-gdb: it needs input" },
    { "-gdb chardev:x", "there is none of that name" },
    { "-gdb stdio -serial stdio", "-serial: stdio is gdb's" },
    { "-gdb stdio -monitor stdio", "-monitor: stdio is gdb's" },
    { "-chardev pty,id=p -gdb chardev:p -serial chardev:p", "chardev 'p' is gdb's" },
    { "-daemonize", "let the shell start it" },
    { "--enable-kvm", "--enable-kvm: tqemu does not have this option of QEMU's" },
    { "-qmp stdio", "option of QEMU's" },
    { "-m", "" },
    { "-m 0", "" },
    { "-m -1", "invalid value '-1' for 'size'" },
    { "-m 1.5", "" },
    { "-m 64Q", "" },
    { "-m 64MM", "" },
    { "-m 257", "at most 256 MiB" },
    { "-m 100K", "" },
    { "-m 99999999999999999999", "" },
    { "-m 18446744073709551615G", "" },
    { "-m slots=2", "use size=N[KMG]" },
    { "-M virt", "unknown machine 'virt'" },
    { "-M versatilepb,foo=bar", "" },
    { "-M dumpdtb=", "" },
    { "-M versatilepb,usb=on", "use usb=off" },
    { "-M versatilepb,accel=kvm", "-accel: unsupported value 'kvm': use tcg" },
    { "-cpu cortex-a8", "tqemu does not have QEMU's CPU 'cortex-a8'" },
    { "-cpu cortex", "unknown CPU 'cortex'" },
    { "-cpu ,", "unknown CPU ''" },
    { "-global foo", "use CPU-arm-cpu.vfp=off" },
    { "-global foo=a.b", "invalid value" },
    { "-global e1000.mac=1", "the name 'e1000'" },
    { "-global arm926-arm-cpu.neon=off", "unknown property 'neon'" },
    { "-seed x", "use a number" },
    { "-seed -1", "use a number" },
    { "-uuid 1", "use the form" },
    { "-uuid 12345678-1234-1234-1234-12345678901g", "use the form" },
    { "-uuid 12345678-1234-1234-1234-1234567890123", "use the form" },
    { "-sandbox perhaps", "use on or off" },
    { "-display monitor", "unknown display 'monitor'" },
    { "-vga 3dfx", "unknown type '3dfx'" },
    { "-action reboot=never", "use reboot=reset|shutdown" },
    { "-action fire=burn", "unknown property 'fire'" },
    { "-pidfile", "no argument" },
    { "-cpu arm926,neon=off", "unknown property 'neon': use vfp=on|off" },
    { "-cpu arm926,vfp=maybe", "use vfp=on|off" },
    { "-accel tcg,fastfp=fast", "use fastfp=on|off" },
    { "-serial stdio -serial stdio", "" },

    { "-serial udp::1", "does not have QEMU's 'udp::1'" },
    { "-serial nonsense", "unsupported value 'nonsense'" },
    { "-serial tcp:1234", "invalid address '1234': use tcp:HOST:PORT" },
    { "-serial tcp::", "invalid address" },
    { "-serial tcp::1,sever", "unknown property 'sever'" },
    { "-serial telnet::1,wait=maybe", "use wait=on|off" },
    { "-serial unix:", "use unix:PATH" },
    { "-serial chardev:a", "-serial: chardev:a: there is none" },
    { "-serial stdio -serial mon:stdio", "two ports on stdio" },
    { "-chardev stdio,id=a -serial chardev:a -serial stdio", "two ports on stdio" },
    { "-chardev null,id=a -serial chardev:a -serial chardev:a", "two ports on chardev 'a'" },
    { "-chardev null", "give id=NAME" },
    { "-chardev nonsense,id=a", "unknown kind 'nonsense'" },
    { "-chardev ringbuf,id=a", "does not have QEMU's 'ringbuf'" },
    { "-chardev null,id=a -chardev null,id=a", "given twice" },
    { "-chardev file,id=a", "give path=FILE" },
    { "-chardev file,id=a,path=f,server=on", "unknown property 'server'" },
    { "-chardev socket,id=a", "no address" },
    { "-chardev socket,id=a,path=b,port=1", "no address" },
    { "-chardev null,id=a,logfile=f", "unknown property 'logfile'" },
    { "-serial file:", "" },
    { "-serial null -serial null -serial null -serial null -serial null", "" },
    { "-icount sleep=on", "" },
    { "-icount auto,sleep=off", "contradict" },
    { "-icount automatic", "use auto or a number up to 10" },
    { "-icount 11", "up to 10" },
    { "-icount 3x", "" },
    { "-icount 3,align=on", "use align=off" },
    { "-icount 3,rr=record", "" },
    { "-icount 3,sleep=maybe", "" },
    { "-rtc base=now", "invalid value 'now'" },
    { "-rtc utc", "" },
    { "-rtc clock=guest", "" },
    { "-rtc clock", "'clock' has no value" },
    { "-rtc driftfix=fast", "" },
    { "-d nonsense", "" },
    { "-d int,", "" },
    { "-d digest", "" },
    { "-d digest:0", "" },
    { "-d digest:x", "" },
    { "-semihosting-config chardev=x", "chardev:x: there is none" },
    { "-semihosting-config enable=on,arg", "'arg' has no value" },
    { "-accel kvm", "" },
    { "-accel kvm,kernel-irqchip=on", "use tcg" },
    { "-accel tcg,tb-size=x", "" },
    { "-monitor /dev/tty", "does not have QEMU's" },
    { "-monitor file:f", "it needs input" },
    { "-monitor chardev:a", "-monitor: chardev:a: there is none" },
    { "-mon mode=readline", "give chardev=ID" },
    { "-mon chardev=a,mode=control", "use mode=readline" },
    { "-serial mon:tcp::1", "a monitor shares stdio alone" },
    { "-chardev pty,id=a -serial chardev:a -monitor chardev:a", "a monitor shares stdio alone" },
    { "-echr 0", "use the key's code" },
    { "-echr 0x80", "use the key's code" },
    { "-parallel /dev/parport0", "" },
    { "-device e1000", "unknown device 'e1000'" },
    { "-device virtio-serial,max_ports=0", "invalid value '0'" },
    { "-device virtio-serial,max_ports=512", "up to 511" },
    { "-device virtconsole,nr=511", "up to 510" },
    { "-device virtconsole,chardev=c", "-device: chardev:c: there is none" },
    { "-device virtserialport,bus=", "for 'bus'" },
    { "-chardev stdio,id=c -nographic -device virtconsole,chardev=c", "two ports on stdio" },
    { "-chardev null,id=c -device virtconsole,chardev=c -device virtconsole,chardev=c",
      "two ports on chardev 'c'" },
    { "-device loaderx,file=a", "unknown device" },
    { "-device loader", "nothing to load" },
    { "-device loader,", "unknown property ''" },
    { "-device loader,file", "'file' has no value" },
    { "-device loader,file=", "invalid value '' for 'file'" },
    { "-device loader,,file=a", "unknown device" },
    { "-device loader,file=a,addr=", "invalid value '' for 'addr'" },
    { "-device loader,file=a,addr=-1", "invalid value '-1'" },
    { "-device loader,file=a,addr=0x", "invalid value" },
    { "-device loader,file=a,addr=12k", "invalid value" },
    { "-device loader,file=a,addr=08", "invalid value" },
    { "-device loader,file=a,addr=0x10000000000000000", "invalid value" },
    { "-device loader,file=a,cpu-num=1", "up to 0" },
    { "-device loader,file=a,force-raw=maybe", "use force-raw=on|off" },
    { "-device loader,file=a,colour=red", "unknown property 'colour'" },
    { "-device loader,file=a,data=1,data-len=1", "both file and data" },
    { "-device loader,data=1,data-len=1,addr=0,force-raw=on", "force-raw" },
    { "-device loader,data=1,addr=0", "data needs a length" },
    { "-device loader,data=1,data-len=0,addr=0", "data needs a length" },
    { "-device loader,data=1,data-len=9,addr=0", "up to 8" },
    { "-device loader,data-len=1,addr=0", "data needs a length" },
    { "-device loader,data=1,data-len=1", "needs an address" },
    { "-device loader,addr=0x100", "nothing to load" },
    { "-coverage counts=on", "no file" },
    { "-coverage a,counts=maybe", "use counts=on|off" },
    { "-dfilter 1", "invalid range '1'" },
    { "-dfilter 8..7", "invalid range '8..7'" },
    { "-device loader,cpu-num=0", "nothing to load" },
    { "-device loader,force-raw=on,addr=1", "force-raw" },
};
/* clang-format on */

static void test_errors(const char *errors)
{
    FILE *f = fopen(errors, "r");
    for (unsigned i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char text[512] = "";
        bool bad = parse(refused[i].line) == OPTIONS_BAD;
        fflush(stderr);
        size_t n = 0;
        if (f) {
            clearerr(f);
            n = fread(text, 1, sizeof text - 1, f);
        }
        bool one_line =
            n > 8 && memcmp(text, "tqemu: ", 7) == 0 && strchr(text, '\n') == text + n - 1;
        ok(bad && one_line, "refused in one line: %s", refused[i].line);
        ok(strstr(text, refused[i].says) != NULL, "which says: %s", refused[i].says);
    }
    if (f) {
        fclose(f);
    }
}

/* Clears the file of messages; returns how many lines were in it. */
static unsigned count_messages(FILE *f)
{
    unsigned lines = 0;
    fflush(stderr);
    if (f) {
        clearerr(f);
        for (int c; (c = getc(f)) != EOF;) {
            lines += c == '\n';
        }
    }
    return lines;
}

/* Called by QEMU's name, it wants a machine, as QEMU does. */
static void test_name(void)
{
    strcpy(program, "/usr/bin/qemu-system-arm");
    ok(parse("-m 64") == OPTIONS_BAD, "qemu-system-arm: no machine, no run");
    ok(parse("-M dumpdtb=f") == OPTIONS_BAD, "a property is no machine");
    runs("-M versatilepb");
    runs("-machine type=versatileab,usb=off");
    strcpy(program, "qemu-system-armeb");
    runs("-m 64");
    strcpy(program, "tqemu");
}

/* What QEMU has and this machine has not: accepted, with one message for each kind. */
static void test_warnings(const char *errors)
{
    static const struct {
        const char *line;
        unsigned messages;
    } lines[] = {
        { "-net none -nic none -display none -audio none -audiodev none,id=a -sandbox off", 0 },
        { "-audio driver=none -audiodev driver=none,id=a -display type=none -vnc none", 0 },
        { "-nic user,hostfwd=tcp::5022-:22 -net nic,model=smc91c111 -netdev user,id=a", 1 },
        { "-net nic -net user -redir tcp:5022::22", 1 },
        { "-usb -usbdevice tablet -device usb-kbd -device usb-mouse,bus=b", 1 },
        { "-display gtk,gl=on -display sdl -display vnc=:1 -vnc :2 -full-screen", 1 },
        { "-display curses", 1 },
        { "-audio pa -audiodev alsa,id=a", 1 },
        { "-sandbox on,obsolete=deny", 1 },
        { "-net user -usb -display cocoa", 3 },
        { "-nographic -vga std -vga none -boot order=c,menu=on -name a,process=b -k fr -L /usr",
          0 },
        { "-uuid 12345678-1234-1234-1234-1234567890ab -msg timestamp=on -no-user-config", 0 },
        { "-only-migratable -no-acpi -mem-prealloc -watchdog-action none -compat a=b", 0 },
    };
    FILE *f = fopen(errors, "r");
    count_messages(f);
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        runs(lines[i].line);
        is_u64(count_messages(f), lines[i].messages, "its messages");
    }
    if (f) {
        fclose(f);
    }
}

static void test_of_qemu(void)
{
    runs("-smp 1 -smp cpus=1,maxcpus=1,sockets=1,cores=1,threads=1");
    runs("-machine versatilepb,accel=tcg,usb=off,graphics=off,dump-guest-core=off,mem-merge=on");
    runs("-machine versatilepb,accel=kvm:tcg");
    runs("-accel kvm -accel tcg,thread=multi,tb-size=256,split-wx=off");
    runs("-M kernel=k,initrd=i,dtb=d,append=a,,b");
    is_str(o.kernel, "k", "the kernel, a property of the machine");
    is_str(o.append, "a,b", "its command line");
    runs("-M firmware=f");
    is_str(o.bios, "f", "the firmware");
    runs("-append a -append b");
    is_str(o.append, "b", "the last -append counts");
    runs("-cpu arm926ej-s");
    is_str(o.cpu.model, "arm926", "a core by its full name");
    runs("-cpu arm1136-r2");
    is_str(o.cpu.model, "arm1136-r2", "a model by its own");
    runs("-cpu arm1176,has_el3=off,cfgend=off,reset-hivecs=off,start-powered-off=off,vfp=off");
    ok(o.cpu.no_vfp, "features");
    runs("-global arm926-arm-cpu.vfp=off");
    ok(o.cpu.no_vfp, "a feature by -global");
    runs("-icount auto");
    ok(o.icount && o.icount_shift == 3 && o.icount_sleep, "icount's own choice");
    runs("-icount shift=auto,sleep=on");
    ok(o.icount_shift == 3 && o.icount_sleep, "the same as a property");
    ok(!o.seed_given && o.seed == 0, "no seed");
    runs("-seed 0x10");
    ok(o.seed_given && o.seed == 16, "a seed");
    runs("-no-shutdown -pidfile p");
    ok(o.no_shutdown && !o.no_reboot, "no shutdown");
    is_str(o.pidfile, "p", "the file for the process's number");
    runs("-action reboot=shutdown,shutdown=pause,panic=none,watchdog=none");
    ok(o.no_reboot && o.no_shutdown, "the same as actions");
    runs("-no-reboot -action reboot=reset");
    ok(!o.no_reboot, "the last word counts");
    runs("-M versatileab");
    is_str(o.machine->name, "versatileab", "the other board");
    runs("");
    ok(o.monitor.kind == SERIAL_VC && !o.keys && !o.echr && !o.stopped, "the monitor's keys");
    runs("-nographic -echr 0x1 -S");
    ok(o.keys && o.echr == 1 && o.stopped, "they are special without a terminal, too");
    runs("-serial mon:stdio");
    ok(o.keys, "and so");
    runs("-chardev stdio,mux=on,id=a -serial chardev:a -mon chardev=a,mode=readline");
    ok(o.keys && o.monitor.kind == SERIAL_STDIO, "and so");
    runs("-nographic -serial null -monitor stdio");
    ok(!o.keys && o.monitor.kind == SERIAL_STDIO, "a monitor alone");
    runs("-monitor none");
    ok(o.monitor.kind == SERIAL_NONE, "no monitor");
    runs("-monitor telnet::5,server,nowait");
    ok(o.monitor.kind == SERIAL_SOCKET && o.monitor.socket.telnet, "a monitor on a socket");
    is_str(o.monitor.socket.label, "compat_monitor0", "its label");
    runs("");
    ok(o.gdb.kind == SERIAL_NONE, "no gdb");
    runs("-s -nographic");
    ok(o.gdb.kind == SERIAL_SOCKET && o.gdb.socket.server && !o.gdb.socket.wait && o.keys,
       "gdb on a socket");
    is_str(o.gdb.socket.port, "1234", "its port");
    runs("-gdb tcp::99,server=on");
    ok(o.gdb.socket.server && !o.gdb.socket.wait, "another, which nobody waits for");
    is_str(o.gdb.socket.port, "99", "its port");
    runs("-gdb stdio -nographic");
    ok(o.gdb.kind == SERIAL_STDIO && o.serial[0].kind == SERIAL_NULL && !o.keys,
       "gdb on stdio: the serial port is elsewhere");
    runs("-chardev socket,id=g,path=x,server=on,wait=off -gdb chardev:g");
    is_str(o.gdb.socket.path, "x", "gdb on a -chardev");
    runs("-s -gdb none");
    ok(o.gdb.kind == SERIAL_NONE, "the last word counts");
    runs("-nodefaults");
    ok(o.serial[0].kind == SERIAL_NONE, "no serial port by default");
    runs("-nodefaults -serial stdio");
    ok(o.serial[0].kind == SERIAL_STDIO, "one by name");
}

int main(int argc, char **argv)
{
    char errors[512];
    snprintf(errors, sizeof errors, "%s.errors", argc ? argv[0] : "test_options");
    if (!freopen(errors, "w", stderr)) {
        return 1;
    }
    test_defaults();
    test_values();
    test_devices();
    test_serial();
    test_of_qemu();
    test_errors(errors);
    test_warnings(errors);
    test_name();
    options_free(&o);
    remove(errors);
    return done_testing();
}
