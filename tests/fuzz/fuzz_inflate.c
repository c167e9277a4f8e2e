/* SPDX-License-Identifier: MIT */
/* Fuzzing of gzip (libFuzzer): the input is a DEFLATE stream, and is tried as a gzip file as well.
 * What unpacks does so in just its size and in no less, does not without its last byte, and comes
 * out of a gzip file made of it. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "util/crc32.h"
#include "util/inflate.h"

#define LIMIT ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef const char *Unpack(const uint8_t *in, size_t n, size_t limit, Inflated *out);

/* From memory of its own size, so that a byte too far is seen. */
static const char *unpack(Unpack *how, const uint8_t *in, size_t n, size_t limit, Inflated *out)
{
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact) {
        abort();
    }
    if (n) {
        memcpy(exact, in, n);
    }
    const char *error = how(exact, n, limit, out);
    free(exact);
    if (error ? out->bytes || out->size || out->used : out->size > limit || out->used > n) {
        abort();
    }
    return error;
}

static bool same(const Inflated *a, const Inflated *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

static void check_envelope(const uint8_t *data, const Inflated *want)
{
    static const uint8_t header[10] = { 0x1f, 0x8b, 8 };
    const uint32_t trailer[2] = { crc32(0, want->bytes, want->size), (uint32_t)want->size };
    size_t n = sizeof header + want->used + 8;
    uint8_t *file = malloc(n);
    if (!file) {
        abort();
    }
    memcpy(file, header, sizeof header);
    memcpy(file + sizeof header, data, want->used);
    for (unsigned i = 0; i < 8; i++) {
        file[n - 8 + i] = (uint8_t)(trailer[i / 4] >> 8 * (i % 4));
    }
    Inflated out;
    if (unpack(gunzip, file, n, LIMIT, &out) || !same(&out, want) || out.used != n) {
        abort();
    }
    free(out.bytes);
    file[n - 8] ^= 1;
    if (!unpack(gunzip, file, n, LIMIT, &out)) {
        abort();
    }
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Inflated out, again;
    if (!unpack(gunzip, data, size, LIMIT, &out)) {
        free(out.bytes);
    }
    if (unpack(inflate, data, size, LIMIT, &out)) {
        return 0;
    }
    if (unpack(inflate, data, out.used, out.size, &again) || !same(&out, &again)) {
        abort();
    }
    free(again.bytes);
    if ((out.size && unpack(inflate, data, size, out.size - 1, &again) != inflate_too_large) ||
        !unpack(inflate, data, out.used - 1, LIMIT, &again)) {
        abort();
    }
    check_envelope(data, &out);
    free(out.bytes);
    return 0;
}
