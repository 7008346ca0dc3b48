#include "arena.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>

enum { ALIGNMENT = 16 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    // Keeps `bytes` aligned for any type.
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

static _Thread_local struct arena *current;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void free_arena(void *pointer) {
    struct arena *arena = pointer;
    while (arena->chunk != NULL) {
        struct arena_chunk *older = arena->chunk->older;
        free(arena->chunk);
        arena->chunk = older;
    }
    free(arena);
}

static void make_key(void) { pthread_key_create(&key, free_arena); }

static bool push_chunk(struct arena *arena, size_t size) {
    struct arena_chunk *chunk = malloc(sizeof *chunk + size);
    if (chunk == NULL) return false;
    chunk->older = arena->chunk;
    chunk->size = size;
    arena->chunk = chunk;
    arena->used = 0;
    return true;
}

void *arena_take(struct arena *arena, size_t size) {
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded < size || rounded > arena->cap - arena->total) {
        arena->exhausted = true;
        return NULL;
    }
    if (rounded > arena->chunk->size - arena->used) {
        size_t wanted = arena->chunk->size * 2 > rounded ? arena->chunk->size * 2 : rounded;
        if (!push_chunk(arena, wanted)) {
            arena->exhausted = true;
            return NULL;
        }
    }
    void *result = arena->chunk->bytes + arena->used;
    arena->used += rounded;
    arena->total += rounded;
    return result;
}

static void *allocate(void *data, size_t size) { return arena_take(data, size); }

static void release(void *data, void *pointer) {
    (void)data;
    (void)pointer;
}

static struct arena *thread_arena(void) {
    if (current != NULL) return current;
    pthread_once(&once, make_key);
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) return NULL;
    arena->allocator = (ProtobufCAllocator){.alloc = allocate, .free = release, .allocator_data = arena};
    if (!push_chunk(arena, ARENA_FIRST_CHUNK)) {
        free(arena);
        return NULL;
    }
    pthread_setspecific(key, arena);
    current = arena;
    return arena;
}

struct arena *arena_begin(size_t cap, struct arena_mark *mark) {
    struct arena *arena = thread_arena();
    if (arena == NULL) return NULL;
    *mark = (struct arena_mark){arena->chunk, arena->used, arena->total, arena->cap, arena->exhausted};
    arena->cap = arena->total + cap;
    arena->exhausted = false;
    return arena;
}

void arena_end(struct arena *arena, const struct arena_mark *mark) {
    while (arena->chunk != mark->chunk) {
        struct arena_chunk *older = arena->chunk->older;
        free(arena->chunk);
        arena->chunk = older;
    }
    arena->used = mark->used;
    arena->total = mark->total;
    arena->cap = mark->cap;
    arena->exhausted = mark->exhausted;
}

void arena_keep_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024 * 1024);
}
