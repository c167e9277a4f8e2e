/* SPDX-License-Identifier: MIT */
/* Fuzzing of the devices (libFuzzer): the input is the kind of the board and a list of steps. */
#include "tests/fuzz/steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 1) {
        run_steps(board_of(data[0]), data + 1, data + size, SIZE_MAX);
    }
    return 0;
}
