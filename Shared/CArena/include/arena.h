// A capped arena for protobuf-c.
//
// protobuf-c allocates every sub-message, string and scan table through a ProtobufCAllocator. Hostile input takes 52 times
// its size with malloc, so messages are unpacked (and C trees for packing are built) only in this arena: zeroed memory from a bump
// pointer, free is a no-op, and an allocation past the cap fails, which protobuf-c reports as a failed unpack.
//
// There is one arena per thread. A use is a scope: begin returns a mark, end gives back everything allocated since. Scopes nest
// and never outlive a function call, so no two users of a thread can meet in it.
#ifndef CODINGAHEAD_ARENA_H
#define CODINGAHEAD_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_chunk;

struct arena {
    ProtobufCAllocator allocator;  // allocator_data points at this arena
    struct arena_chunk *chunk;     // newest chunk, the one that is filled
    size_t used;                   // bytes of the newest chunk that are taken
    size_t total;                  // bytes taken in this scope and the ones around it
    size_t cap;                    // what total may not pass
    bool exhausted;                // an allocation of this scope was refused
};

struct arena_mark {
    struct arena_chunk *chunk;
    size_t used, total, cap;
    bool exhausted;
};

/// Bytes that the first chunk of a thread holds; it is kept between scopes.
enum { ARENA_FIRST_CHUNK = 64 * 1024 };

/// Opens a scope in this thread's arena in which at most `cap` bytes may be taken; NULL when there is no memory at all.
struct arena *arena_begin(size_t cap, struct arena_mark *mark);

/// Closes the scope: frees what it took.
void arena_end(struct arena *arena, const struct arena_mark *mark);

/// Memory aligned for any type, with whatever it held before; NULL past the cap.
void *arena_take(struct arena *arena, size_t size);

/// Tells the process's allocator to keep memory that is given back, up to 64 MiB of a heap, instead of returning it to the system: a message
/// of some MiB goes through several buffers of its size, and to get the pages of each anew costs more than copying it.
void arena_keep_memory(void);

#endif
