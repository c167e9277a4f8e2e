/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target over the files that are named, without libFuzzer: tests/fuzz.t builds it with
 * each target. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* What libFuzzer lends to a target's own mutation, which is not called here. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size)
{
    (void)data;
    return size < max_size ? size : max_size;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f || fseek(f, 0, SEEK_END) != 0) {
            perror(argv[i]);
            return 1;
        }
        long size = ftell(f);
        rewind(f);
        /* Of its own size, so that a byte too far is seen. */
        uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
        if (!data || size < 0 || fread(data, 1, (size_t)size, f) != (size_t)size) {
            perror(argv[i]);
            return 1;
        }
        fclose(f);
        printf("%s\n", argv[i]);
        fflush(stdout);
        LLVMFuzzerTestOneInput(data, (size_t)size);
        free(data);
    }
    return 0;
}
