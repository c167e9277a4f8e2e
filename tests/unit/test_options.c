/* SPDX-License-Identifier: MIT */
/* What the command line comes to. The wording of errors is not looked at here (and goes to a file):
 * what matters is that each is one line that begins with the program's name. */
#include "options.h"

#include <stdlib.h>

#include "tests/unit/tap.h"
#include "util/log.h"

static Options o;

/* Parses a command line given as one string, cut at blanks. */
static OptionsResult parse(const char *line)
{
    static char copy[512];
    static char name[] = "tqemu";
    char *argv[32] = { name };
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
    ok(o.cpu.semihosting, "semihosting");
    runs("-semihosting-config enable=off");
    ok(!o.cpu.semihosting, "and not");
    runs("-accel tcg,optimise=off,fusion=off,fastfp=off,thread=single,one-insn-per-tb=on");
    ok(o.cpu.no_optimise && o.cpu.no_fusion && o.cpu.no_fast_fp && o.cpu.singlestep,
       "accelerator properties");
    runs("-cpu arm926,vfp=off");
    ok(o.cpu.no_vfp && strcmp(o.cpu.model, "arm926") == 0, "a CPU without VFP");
    runs("-cpu arm926,vfp=on");
    ok(!o.cpu.no_vfp, "and with it");
    runs("-d int,digest:1000000,stats -D log");
    ok(o.digest_every == 1000000 && log_mask == (LOG_INT | LOG_STATS), "log items");
    is_str(o.log_file, "log", "log file");
    runs("-nographic -display none -monitor none -audio none -audiodev none,id=a -nic none -net "
         "none");
    runs("-device loader,addr=0x1000,cpu-num=0 -device loader,file=f,addr=0x2000");
    ok(o.device_count == 2 && o.devices[0].set_pc && o.devices[1].addr == 0x2000, "devices");
}

static void test_serial(void)
{
    runs("-monitor null -parallel none");
    runs("-monitor /dev/null -parallel null -serial /dev/null");
    ok(o.serial[0].kind == SERIAL_NULL, "nobody, by another name");
    runs("-serial null -serial none -serial file:f -serial mon:stdio");
    ok(o.serial[0].kind == SERIAL_NULL && o.serial[1].kind == SERIAL_NONE &&
           o.serial[2].kind == SERIAL_FILE && o.serial[3].kind == SERIAL_STDIO,
       "four kinds");
    is_str(o.serial[2].path, "f", "the file's name");
    runs("-serial none");
    ok(o.serial[0].kind == SERIAL_NONE, "no console at all");
}

static void test_errors(const char *errors)
{
    static const char *const lines[] = {
        "-x",
        "x",
        "-",
        "--",
        "-smp 2",
        "-gdb tcp::1",
        "-m",
        "-m 0",
        "-m -1",
        "-m 1.5",
        "-m 64Q",
        "-m 64MM",
        "-m 257",
        "-m 100K",
        "-m 99999999999999999999",
        "-m 18446744073709551615G",
        "-m slots=2",
        "-M virt",
        "-M versatilepb,foo=bar",
        "-M dumpdtb=",
        "-cpu cortex-a8",
        "-cpu arm926,neon=off",
        "-cpu arm926,vfp=maybe",
        "-accel tcg,fastfp=fast",
        "-serial stdio -serial stdio",
        "-serial stdio -serial mon:stdio",
        "-serial pty",
        "-serial file:",
        "-serial null -serial null -serial null -serial null -serial null",
        "-icount sleep=on",
        "-icount auto",
        "-icount 11",
        "-icount 3x",
        "-icount 3,align=on",
        "-icount 3,rr=record",
        "-icount 3,sleep=maybe",
        "-rtc base=now",
        "-rtc utc",
        "-rtc clock=guest",
        "-rtc clock",
        "-rtc driftfix=fast",
        "-d nonsense",
        "-d int,",
        "-d digest",
        "-d digest:0",
        "-d digest:x",
        "-device virtio-net",
        "-device loaderx,addr=1",
        "-device loader,file",
        "-semihosting-config target=gdb",
        "-semihosting-config chardev=x",
        "-accel kvm",
        "-accel tcg,tb-size=3",
        "-display gtk",
        "-monitor stdio",
        "-monitor /dev/tty",
        "-parallel /dev/parport0",
        "-audiodev pa,id=a",
        "-nic user",
        "-no-shutdown",
    };
    FILE *f = fopen(errors, "r");
    for (unsigned i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char text[512] = "";
        bool bad = parse(lines[i]) == OPTIONS_BAD;
        fflush(stderr);
        size_t n = 0;
        if (f) {
            clearerr(f);
            n = fread(text, 1, sizeof text - 1, f);
        }
        bool one_line =
            n > 8 && memcmp(text, "tqemu: ", 7) == 0 && strchr(text, '\n') == text + n - 1;
        ok(bad && one_line, "refused in one line: %s", lines[i]);
    }
    if (f) {
        fclose(f);
    }
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
    test_serial();
    test_errors(errors);
    options_free(&o);
    remove(errors);
    return done_testing();
}
