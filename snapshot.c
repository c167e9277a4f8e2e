/* SPDX-License-Identifier: MIT */
/* The state of a run as bytes: time, drives, the machine, random numbers. */
#include "snapshot.h"

#include <stdlib.h>

#include "cpu/cpu.h"

/* -- Time -- */

static void save_time(Run *r, VMWriter *w)
{
    size_t begin = vmstate_begin(w, "time", NULL);
    vmstate_put(w, r->options.rtc_clock, 1);
    vmstate_put(w, (uint64_t)control_now(r), 8);
    vmstate_end(w, begin);
}

/* The date follows the host's clock, or stands still while the machine does; the real-time clock
 * keeps the difference from one of the two. */
static bool load_time(Run *r, VMReader *reader, int64_t *now)
{
    size_t outside;
    if (!vmstate_enter(reader, "time", NULL, &outside)) {
        return false;
    }
    bool same_clock = vmstate_get(reader, 1) == (uint64_t)r->options.rtc_clock;
    *now = (int64_t)vmstate_get(reader, 8);
    if (!reader->failed && (!same_clock || r->options.rtc_clock == RTC_CLOCK_RT)) {
        return vmstate_fail(reader, "-rtc clock= must be the same, host or vm");
    }
    if (*now < 0 || *now > CLOCK_END) {
        return vmstate_fail(reader, "is damaged");
    }
    return vmstate_leave(reader, "time", outside);
}

/* -- Drives -- */

static void save_drives(const MachineDrives *drives, VMWriter *w)
{
    size_t begin = vmstate_begin(w, "drives", NULL);
    for (size_t i = 0; i < drives->count; i++) {
        const MachineDrive *d = &drives->list[i];
        size_t drive = vmstate_begin(w, d->id, NULL);
        vmstate_put(w, d->block != NULL, 1);
        if (d->block) {
            block_save(d->block, w);
        }
        vmstate_end(w, drive);
    }
    vmstate_end(w, begin);
}

static bool load_drives(const MachineDrives *drives, VMReader *r)
{
    size_t outside, outside_drive;
    bool good = vmstate_enter(r, "drives", NULL, &outside);
    for (size_t i = 0; good && i < drives->count; i++) {
        const MachineDrive *d = &drives->list[i];
        if (r->left == 0) {
            return vmstate_fail(r, "drive %s is not there", d->id);
        }
        good = vmstate_enter(r, d->id, NULL, &outside_drive);
        bool medium = good && vmstate_get(r, 1) != 0;
        if (good && medium != (d->block != NULL)) {
            return vmstate_fail(r, "drive %s has %s medium there", d->id, medium ? "a" : "no");
        }
        good =
            good && (!medium || block_load(d->block, r)) && vmstate_leave(r, d->id, outside_drive);
    }
    if (good && r->left) {
        return vmstate_fail(r, "more drives are there than here");
    }
    return good && vmstate_leave(r, "drives", outside);
}

/* -- The run -- */

void snapshot_save_state(Run *r, VMWriter *w)
{
    save_time(r, w);
    save_drives(&r->drives, w);
    entropy_save(&r->entropy, w);
    machine_save(r->machine, w); /* last: with it memory changes */
}

static bool load(Run *r, VMReader *reader)
{
    int64_t now;
    if (!load_time(r, reader, &now) || !load_drives(&r->drives, reader) ||
        !entropy_load(&r->entropy, reader) || !machine_load(r->machine, reader)) {
        return false;
    }
    run_resume_at(r, now);
    return true;
}

bool snapshot_load_state(Run *r, VMReader *reader)
{
    VMWriter before = { 0 };
    if (reader->fresh) {
        return load(r, reader);
    }
    snapshot_save_state(r, &before);
    if (before.failed) {
        free(before.bytes);
        return vmstate_fail(reader, "needs more memory than the host has");
    }
    bool good = load(r, reader);
    if (!good) {
        VMReader back = { .bytes = before.bytes, .left = before.len };
        (void)load(r, &back);
    }
    free(before.bytes);
    return good;
}
