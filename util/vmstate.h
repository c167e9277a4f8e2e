/* SPDX-License-Identifier: MIT */
/* Saved state: a device and the CPU each have a table of fields, which are digested, saved and
 * loaded.
 *
 * A field is an integer of 1, 2, 4 or 8 bytes, an array of these, or a timer, whose state is its
 * deadline. The table leaves out what can be recomputed (an output line, a host pointer). The bytes
 * are the same on hosts of either endianness. */
#ifndef UTIL_VMSTATE_H
#define UTIL_VMSTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct VMField {
    uint32_t offset; /* in the state struct */
    uint32_t count;  /* elements; 0 ends a table */
    uint8_t size;    /* of one element, in bytes: 1, 2, 4 or 8; 0: a Timer */
} VMField;

#define VM_ARRAY_LEN(type, field) (sizeof(((type *)0)->field) / sizeof(((type *)0)->field[0]))
/* One integer field; an array of integers; the end of the table. */
#define VM_FIELD(type, field)                                                                      \
    {                                                                                              \
        offsetof(type, field), 1, (uint8_t)sizeof(((type *)0)->field)                              \
    }
#define VM_ARRAY(type, field)                                                                      \
    {                                                                                              \
        offsetof(type, field), VM_ARRAY_LEN(type, field), (uint8_t)sizeof(((type *)0)->field[0])   \
    }
/* A timer (util/timer.h); loading arms it again. */
#define VM_TIMER(type, field)                                                                      \
    {                                                                                              \
        offsetof(type, field), 1, 0                                                                \
    }
#define VM_END                                                                                     \
    {                                                                                              \
        0, 0, 0                                                                                    \
    }

/* Folds a state into a 64-bit FNV-1a digest, values in little-endian order; the first digest is
 * VM_DIGEST_START. */
#define VM_DIGEST_START UINT64_C(0xcbf29ce484222325)
uint64_t vmstate_digest(uint64_t digest, const VMField *fields, const void *state);

/* The same for bytes. */
uint64_t vmstate_digest_bytes(uint64_t digest, const uint8_t *bytes, size_t n);

/* A checksum of bytes that continues another one: FNV-1a over every fourth little-endian word of 8
 * bytes, over these four, and over the bytes that are left. */
uint64_t vmstate_checksum(uint64_t sum, const uint8_t *bytes, size_t n);

/* Saved state that is being written: a growing list of bytes. */
typedef struct VMWriter {
    uint8_t *bytes; /* the caller frees them */
    size_t len, cap;
    struct VMWriter *memory; /* of the machine's state: memory's bytes; NULL: it has no memory */
    bool failed;             /* out of memory; nothing more is written */
} VMWriter;

/* Saved state that is being read. */
typedef struct VMReader {
    const uint8_t *bytes;
    size_t left;
    const uint8_t *memory; /* as VMWriter's */
    size_t memory_left;
    bool failed;   /* it ended too early or is invalid; the rest reads as 0 */
    char why[120]; /* then: the reason, for a message */
    bool fresh;    /* memory has only zeros yet */
} VMReader;

/* The reading fails, for a reason that is formatted as printf() does; the first one stays. Returns
 * false. */
bool vmstate_fail(VMReader *r, const char *why, ...);

/* Writes the fields of a state, in little-endian order. */
void vmstate_save(VMWriter *w, const VMField *fields, const void *state);
/* Reads them back and arms timers. False, with r->failed set, if there are too few bytes. */
bool vmstate_load(VMReader *r, const VMField *fields, void *state);

/* Write and read an integer of `size` bytes, or n bytes. */
void vmstate_put(VMWriter *w, uint64_t value, unsigned size);
uint64_t vmstate_get(VMReader *r, unsigned size);
void vmstate_put_bytes(VMWriter *w, const uint8_t *bytes, size_t n);
bool vmstate_get_bytes(VMReader *r, uint8_t *bytes, size_t n);

/* A section: a name and the layout of its fields (NULL: none) go before what is written until its
 * end. vmstate_begin() returns what vmstate_end() wants. */
size_t vmstate_begin(VMWriter *w, const char *name, const VMField *fields);
void vmstate_end(VMWriter *w, size_t begin);
/* Reads a section's beginning: until vmstate_leave() there is no more than the section. False: the
 * next section has another name or layout. *outside keeps how much follows. */
bool vmstate_enter(VMReader *r, const char *name, const VMField *fields, size_t *outside);
/* False: an error in the section, or not all of it was read. */
bool vmstate_leave(VMReader *r, const char *name, size_t outside);

/* Write a string, and read one that must be the same: else the reading fails, saying that `what` is
 * another one. */
void vmstate_put_string(VMWriter *w, const char *string);
bool vmstate_expect_string(VMReader *r, const char *what, const char *string);

#endif
