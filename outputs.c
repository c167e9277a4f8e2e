/* SPDX-License-Identifier: MIT */
/* The files that a run writes. */
#include "outputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coverage.h"
#include "host/host.h"
#include "snapshot.h"
#include "util/log.h"

/* A file to be written. */
typedef struct OutputFile {
    const char *option; /* its option and the text between that and the path, for messages */
    const char *path;
    FileChardev *chardev; /* or: */
    Output *output;       /* both NULL: the log, or the device tree */
} OutputFile;

enum { MAX_FILES = OPTIONS_SERIAL + 4 };

void outputs_init(Outputs *out, const Options *options, Console *console)
{
    *out = (Outputs){ .options = options, .console = console };
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        const SerialOption *s = &options->serial[i];
        file_chardev_init(&out->serial[i], s->kind == SERIAL_FILE ? s->path : NULL, s->append);
    }
}

static size_t list_files(Outputs *out, OutputFile *files)
{
    size_t n = 0;
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        if (out->serial[i].path) {
            files[n++] =
                (OutputFile){ "-serial: file:", out->serial[i].path, &out->serial[i], NULL };
        }
    }
    if (out->options->log_file) {
        files[n++] = (OutputFile){ "-D: ", out->options->log_file, NULL, NULL };
    }
    if (out->options->coverage) {
        files[n++] = (OutputFile){ "-coverage: ", out->options->coverage, NULL, &out->coverage };
    }
    if (out->options->counts) {
        files[n++] = (OutputFile){ "-coverage: ", out->options->counts, NULL, &out->counts };
    }
    if (out->options->rr == REPLAY_RECORD) {
        files[n++] =
            (OutputFile){ "-icount: rrfile: ", out->options->rrfile, NULL, &out->recording };
    }
    return n;
}

static bool report_shared(const OutputFile *file, const char *other, const char *path)
{
    error_report("%s%s: is the same file as %s%s: name another one", file->option, file->path,
                 other, path);
    return false;
}

/* The same for the file of -loadvm, whose name is a part of it. */
static bool check_snapshot(const OutputFile *file, const Options *o)
{
    char *path = o->loadvm ? snapshot_path(o->loadvm) : NULL;
    bool good = !path || !host_same_file(file->path, path) || report_shared(file, "-loadvm ", path);
    free(path);
    return good;
}

static bool check_inputs(const OutputFile *file, const Options *o)
{
    const struct {
        const char *option, *path;
    } inputs[] = { { "-kernel ", o->kernel },
                   { "-initrd ", o->initrd },
                   { "-dtb ", o->dtb },
                   { "-bios ", o->bios },
                   { "-incoming file:", o->incoming },
                   { "-icount rrfile=", o->rr == REPLAY_PLAY ? o->rrfile : NULL } };
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        if (inputs[i].path && host_same_file(file->path, inputs[i].path)) {
            return report_shared(file, inputs[i].option, inputs[i].path);
        }
    }
    for (size_t i = 0; i < o->drive_count; i++) {
        const BlockConfig *image = &o->drives[i].image;
        if (image->path && host_same_file(file->path, image->path)) {
            error_report("%s%s: is the same file as %s %s: name another one", file->option,
                         file->path, image->option, image->path);
            return false;
        }
    }
    for (size_t i = 0; i < o->device_count; i++) {
        const char *path = o->devices[i].file;
        if (path && host_same_file(file->path, path)) {
            return report_shared(file, "-device loader,file=", path);
        }
    }
    return check_snapshot(file, o);
}

/* Whether the last of `n` files is neither an input nor one of the files before it. */
static bool check_last(const Outputs *out, const OutputFile *files, size_t n)
{
    const OutputFile *file = &files[n - 1];
    if (!check_inputs(file, out->options)) {
        return false;
    }
    if (out->console && host_same_stream(file->path, stdin)) {
        return report_shared(file, "standard input", "");
    }
    if (out->console && host_same_stream(file->path, stdout)) {
        return report_shared(file, "standard output", "");
    }
    for (size_t i = 0; i < n - 1; i++) {
        if (host_same_file(file->path, files[i].path)) {
            return report_shared(file, files[i].option, files[i].path);
        }
    }
    return true;
}

static bool report_open(const OutputFile *file)
{
    error_report("%s%s: %s: name a file that can be written", file->option, file->path,
                 strerror(errno));
    return false;
}

bool outputs_write_file(const char *path, const void *bytes, size_t len, bool sync)
{
    errno = 0;
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes, 1, len, f) == len;
    ok = f && fflush(f) == 0 && ok;
    ok = ok && (!sync || host_sync(f));
    int error = errno; /* of the first failure: fclose() may change it */
    ok = f && fclose(f) == 0 && ok;
    errno = error ? error : errno;
    return ok;
}

static bool open_file(const OutputFile *file)
{
    return file->output    ? output_open(file->output, file->path, "wb")
           : file->chardev ? file_chardev_open(file->chardev)
                           : log_open(file->path);
}

bool outputs_open(Outputs *out)
{
    OutputFile files[MAX_FILES];
    size_t n = list_files(out, files);
    for (size_t i = 0; i < n; i++) {
        if (!check_last(out, files, i + 1)) {
            return false;
        }
    }
    for (size_t i = 0; i < n; i++) {
        /* Again: two names of one file can be recognised only once the file exists. */
        if (!check_last(out, files, i + 1)) {
            return false;
        }
        if (!open_file(&files[i])) {
            return report_open(&files[i]);
        }
        FileChardev *f = files[i].chardev;
        Output *o = files[i].output ? files[i].output : f ? &f->out : log_output();
        host_rescue(o->file, &o->buffer);
    }
    if (out->console) {
        host_rescue(stdout, &out->console->out);
    }
    return true;
}

/* Reports the first failure. */
static bool check_recording(Outputs *out, bool written)
{
    if (!written && !out->recording_reported) {
        out->recording_reported = true;
        error_report("-icount: rrfile: %s: %s: the run ends here", out->options->rrfile,
                     output_error(out->recording.error));
    }
    return written;
}

bool outputs_flush(Outputs *out)
{
    bool ok = check_recording(out, output_flush(&out->recording)) && log_flush();
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        const Chardev *c = &out->serial[i].chr;
        ok = (!c->flush || c->flush(c->opaque)) && ok;
    }
    return (!out->console || out->console->chr.flush(out->console)) && ok;
}

bool outputs_write_pid(Outputs *out)
{
    const OutputFile file = { "-pidfile ", out->options->pidfile, NULL, NULL };
    unsigned long pid = host_pid();
    if (!file.path) {
        return true;
    }
    if (pid == 0) {
        error_report("-pidfile: this host has no numbers of processes: leave it out");
        return false;
    }
    if (!check_inputs(&file, out->options)) {
        return false;
    }
    char text[32];
    size_t len = (size_t)snprintf(text, sizeof text, "%lu\n", pid);
    out->has_pidfile = outputs_write_file(file.path, text, len, false);
    return out->has_pidfile || report_open(&file);
}

void outputs_write_coverage(Outputs *out, const LoaderPlan *plan, Machine *machine)
{
    if (out->options->coverage) {
        coverage_write(&out->coverage, out->options->counts ? &out->counts : NULL, out->options,
                       plan, machine);
    }
}

/* Closes a file of -coverage. */
static bool close_output(Output *o, const char *path)
{
    bool ok = output_close(o);
    if (!ok) {
        error_report("-coverage: %s: %s: it is not complete", path, output_error(o->error));
    }
    return ok;
}

bool outputs_close(Outputs *out)
{
    bool ok = log_close();
    if (out->options) {
        ok = close_output(&out->coverage, out->options->coverage) && ok;
        ok = close_output(&out->counts, out->options->counts) && ok;
        ok = check_recording(out, output_close(&out->recording)) && ok;
    }
    if (out->has_pidfile) {
        remove(out->options->pidfile);
    }
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        ok = file_chardev_close(&out->serial[i]) && ok;
    }
    return ok;
}

bool outputs_dump_dtb(const Outputs *out, const uint8_t *dtb, size_t len)
{
    const OutputFile file = { "dumpdtb=", out->options->dumpdtb, NULL, NULL };
    if (!check_inputs(&file, out->options)) {
        return false;
    }
    return outputs_write_file(file.path, dtb, len, false) || report_open(&file);
}
