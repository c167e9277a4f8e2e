/* SPDX-License-Identifier: MIT */
/* tqemu: an ARM computer. Parses the command line, makes the machine and lets the host call its
 * main loop (run.c). */
#include <errno.h>
#include <stdio.h>

#include "host/host.h"
#include "run.h"
#include "util/log.h"

/* The main loop, until the run ends or the host must run. Returns whether it has ended. */
static bool run(void *opaque)
{
    Run *r = opaque;
    while (!r->ended && !host_interrupted()) {
        if (host_yield()) {
            return false;
        }
        run_turn(r);
        if (!r->ended && r->has_console && r->input.console.quit) {
            run_end(r, 0);
        }
    }
    run_stopped(r);
    return true;
}

/* Ends the program. Returns its status. */
static int finish(void *opaque)
{
    Run *r = opaque;
    host_close();
    if (!run_power_off(r) && r->status == 0) {
        r->status = 1;
    }
    return host_finish(r->status);
}

/* The status after -help and the like: whether their text was written. */
static int status_of_text(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return 0;
    }
    error_report("stdout: %s: redirect the text to where it can be written", output_error(errno));
    return 1;
}

int main(int argc, char **argv)
{
    static Run r;
    host_init();
    switch (options_parse(&r.options, argc, argv)) {
    case OPTIONS_DONE: options_free(&r.options); return status_of_text();
    case OPTIONS_BAD: options_free(&r.options); return 1;
    case OPTIONS_RUN: break;
    }
    if (!run_power_on(&r)) {
        r.status = 1;
        r.ended = true;
    }
    if (r.ended) {
        return finish(&r);
    }
    run_start(&r);
    return host_run(&(HostProgram){ run, finish, run_insns, control_save, &r });
}
