/* SPDX-License-Identifier: MIT */
/* The state that a device or the CPU declares, one table each: the base of digests and of
 * snapshots.
 *
 * A field is an integer of 1, 2, 4 or 8 bytes or an array of them; what can be recomputed (an
 * output line, a host pointer, a timer's place in its list) is not listed. The walk is the same on
 * hosts of either endianness. */
#ifndef UTIL_VMSTATE_H
#define UTIL_VMSTATE_H

#include <stddef.h>
#include <stdint.h>

typedef struct VMField {
    const char *name;
    size_t offset;   /* in the state struct */
    uint8_t size;    /* of one element, in bytes: 1, 2, 4 or 8 */
    uint8_t version; /* of the table that first had this field, from 1 */
    uint32_t count;  /* elements; 0 ends a table */
} VMField;

#define VM_ARRAY_LEN(type, field) (sizeof(((type *)0)->field) / sizeof(((type *)0)->field[0]))
/* One integer field; an array of integers; the end of the table. */
#define VM_FIELD(type, field)                                                                      \
    {                                                                                              \
#field, offsetof(type, field), (uint8_t)sizeof(((type *)0)->field), 1, 1                   \
    }
#define VM_ARRAY(type, field)                                                                      \
    {                                                                                              \
#field, offsetof(type, field), (uint8_t)sizeof(((type *)0)->field[0]), 1,                  \
            (uint32_t)VM_ARRAY_LEN(type, field)                                                    \
    }
#define VM_END                                                                                     \
    {                                                                                              \
        NULL, 0, 0, 0, 0                                                                           \
    }

/* Folds a state into a running 64-bit FNV-1a digest, element values in little-endian order.
 * Start with VM_DIGEST_START. */
#define VM_DIGEST_START UINT64_C(0xcbf29ce484222325)
uint64_t vmstate_digest(uint64_t digest, const VMField *fields, const void *state);

/* The same for plain bytes (memory). */
uint64_t vmstate_digest_bytes(uint64_t digest, const uint8_t *bytes, size_t n);

#endif
