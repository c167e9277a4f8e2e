/* SPDX-License-Identifier: MIT */
/* -drive and its short forms: what each drive comes to, its place and name, and what is refused. */
#include "options.h"
#include "tests/unit/tap.h"

static Options o;
static FILE *errors; /* what is written to stderr */
static char message[1024];
static unsigned reports;

/* Takes what was written to stderr since the last time. */
static void take_messages(void)
{
    fflush(stderr);
    clearerr(errors);
    size_t n = fread(message, 1, sizeof message - 1, errors);
    message[n] = '\0';
    reports = 0;
    for (const char *c = message; *c; c++) {
        reports += *c == '\n';
    }
}

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
    OptionsResult result = options_parse(&o, argc, argv);
    take_messages();
    return result;
}

/* Each drive as "name:interface,index", then r, s, w, f, c or ! for what it is, and its file. */
static const char *summary(void)
{
    static char text[512];
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < o.drive_count; i++) {
        const DriveOption *d = &o.drives[i];
        const BlockConfig *b = &d->image;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s:%s,%u,%s%s%s%s%s%s%s%s",
                              n ? " " : "", drive_option_id(d), drive_interface_name(d->interface),
                              d->index, b->read_only ? "r" : "", b->snapshot ? "s" : "",
                              b->write_through ? "w" : "", b->no_flush ? "f" : "",
                              d->cdrom ? "c" : "", b->raw ? "!" : "", b->path ? "=" : "",
                              b->path ? b->path : "");
    }
    return text;
}

static void is(const char *line, const char *want)
{
    OptionsResult result = parse(line);
    ok(result == OPTIONS_RUN && reports == 0, "accepted: %s", line);
    is_str(summary(), want, "and it comes to that");
}

static void test_short_forms(void)
{
    is("", "");
    is("-hda a", "scsi0-hd0:scsi,0,=a");
    is("-hdd d -hda a -hdb b", "scsi0-hd3:scsi,3,=d scsi0-hd0:scsi,0,=a scsi0-hd1:scsi,1,=b");
    is("-hda a,b=c,,d", "scsi0-hd0:scsi,0,=a,b=c,,d");
    is("-hda file:a", "scsi0-hd0:scsi,0,=a");
    is("-cdrom a", "scsi0-cd2:scsi,2,rc=a");
    is("-sd a -sd b", "sd0:sd,0,=a sd1:sd,1,=b");
    is("-pflash a", "pflash0:pflash,0,=a");
    is("-mtdblock a", "mtd0:mtd,0,=a");
    is("-snapshot -hda a -sd b", "scsi0-hd0:scsi,0,s=a sd0:sd,0,s=b");
    is("-drive file=a,snapshot=off -drive file=b -snapshot",
       "scsi0-hd0:scsi,0,=a scsi0-hd1:scsi,1,s=b");
    is_str(o.drives[0].image.option, "-drive", "the option is known for messages");
}

static void test_properties(void)
{
    is("-drive file=a,format=raw", "scsi0-hd0:scsi,0,!=a");
    is("-drive file=a,driver=raw,read-only=on", "scsi0-hd0:scsi,0,r!=a");
    is("-drive file=a,,b", "scsi0-hd0:scsi,0,=a,b");
    is("-drive file=a,if=sd,readonly=on,snapshot=on", "sd0:sd,0,rs=a");
    is("-drive file=a,media=cdrom", "scsi0-cd0:scsi,0,rc=a");
    is("-drive media=cdrom,if=scsi,index=2", "scsi0-cd2:scsi,2,rc");
    is("-drive if=none,id=my.disk-1_,file=a", "my.disk-1_:none,0,=a");
    is("-drive if=none,file=a -drive if=none,file=b", "none0:none,0,=a none1:none,1,=b");
    is("-drive if=virtio,file=a -drive if=virtio,file=b,id=b", "virtio0:virtio,0,=a b:virtio,1,=b");
    is("-drive file=a,cache=writethrough", "scsi0-hd0:scsi,0,w=a");
    is("-drive file=a,cache=directsync", "scsi0-hd0:scsi,0,w=a");
    is("-drive file=a,cache=unsafe", "scsi0-hd0:scsi,0,f=a");
    is("-drive file=a,cache=none", "scsi0-hd0:scsi,0,=a");
    is("-drive file=a,cache=writeback,cache.no-flush=on", "scsi0-hd0:scsi,0,f=a");
    is("-drive file=a,aio=io_uring,discard=unmap,detect-zeroes=unmap,werror=report,rerror=report,"
       "copy-on-read=off,auto-read-only=on,cache.direct=on",
       "scsi0-hd0:scsi,0,=a");
}

static void test_places(void)
{
    is("-drive file=a -drive file=b", "scsi0-hd0:scsi,0,=a scsi0-hd1:scsi,1,=b");
    is("-drive file=a,index=7", "scsi1-hd0:scsi,7,=a");
    is("-drive file=a,bus=2,unit=1", "scsi2-hd1:scsi,15,=a");
    is("-drive file=a,unit=6 -drive file=b,bus=1 -drive file=c,bus=1",
       "scsi0-hd6:scsi,6,=a scsi1-hd0:scsi,7,=b scsi1-hd1:scsi,8,=c");
    is("-hda a -drive file=b -cdrom c -drive file=d",
       "scsi0-hd0:scsi,0,=a scsi0-hd1:scsi,1,=b scsi0-cd2:scsi,2,rc=c scsi0-hd3:scsi,3,=d");
    is("-drive if=sd,index=1,file=a -sd b -sd c", "sd1:sd,1,=a sd0:sd,0,=b sd2:sd,2,=c");
}

static void test_refused(void)
{
    static const struct {
        const char *line, *says;
    } lines[] = {
        { "-hda", "no argument" },
        { "-hda a -hda b", "-hda: if=scsi,index=0 is the drive of -hda a" },
        { "-cdrom a -hdc b", "-hdc: if=scsi,index=2 is the drive of -cdrom a" },
        { "-drive file=a,unit=7", "the units 0 to 6" },
        { "-drive file=a,if=sd,bus=1", "if=sd has one bus" },
        { "-drive file=a,index=0,bus=0", "both index and bus" },
        { "-drive file=a,index=99999", "up to 4095" },
        { "-drive file=a,index=", "'index'" },
        { "-drive file=a,format=qcow2", "qemu-img convert" },
        { "-drive file=a,driver=vvfat", "unsupported format 'vvfat'" },
        { "-drive file=a,if=foo", "use if=none|ide|scsi" },
        { "-drive file=a,media=tape", "use media=disk|cdrom" },
        { "-drive file=a,id=1a", "for 'id'" },
        { "-drive file=a,id=a+b", "for 'id'" },
        { "-drive file=a,if=none,id=x -drive file=b,if=none,id=x", "id=x is another drive's" },
        { "-drive file=a,if=none,id=sd0 -sd b", "id=sd0 is another drive's" },
        { "-drive file=a,cache=some", "use cache=" },
        { "-drive file=a,werror=stop", "use werror=report" },
        { "-drive file=a,copy-on-read=on", "use copy-on-read=off" },
        { "-drive file=a,snapshot=maybe", "use snapshot=on|off" },
        { "-drive file=", "'file'" },
        { "-drive disk.img", "unknown property 'disk.img'" },
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        OptionsResult result = parse(lines[i].line);
        ok(result == OPTIONS_BAD && reports == 1, "refused: %s", lines[i].line);
        if (!ok(strstr(message, lines[i].says) != NULL, "which says: %s", lines[i].says)) {
            printf("#   %s\n", message);
        }
    }
}

int main(int argc, char **argv)
{
    char path[1024];
    (void)argc;
    snprintf(path, sizeof path, "%s.errors", argv[0]);
    if (!freopen(path, "w", stderr) || !(errors = fopen(path, "r"))) {
        printf("Bail out! %s: cannot be written\n", path);
        return 1;
    }
    test_short_forms();
    test_properties();
    test_places();
    test_refused();
    options_free(&o);
    fclose(errors);
    remove(path);
    return done_testing();
}
