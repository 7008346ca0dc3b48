#define _GNU_SOURCE
#include "measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

// 16 million calls a span; pages that are not used are never touched.
enum { SAMPLE_LIMIT = 16 * 1000 * 1000 };
static uint32_t samples[SAMPLE_LIMIT];
static size_t count;

typedef struct {
    uint64_t time, cpu, allocations;
} Reading;

static int server;
static clockid_t server_clock;
static const volatile uint64_t *allocations;
static uint64_t warm_up_end, span;
static Reading first, last;
static enum { WARMING, MEASURING, DONE } phase;

static uint64_t read_clock(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) {
        perror("clock_gettime");
        exit(1);
    }
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t measure_now(void) { return read_clock(CLOCK_MONOTONIC); }

static Reading reading(uint64_t now) {
    return (Reading){now, read_clock(server_clock), allocations ? *allocations : 0};
}

static void attach(int server_pid) {
    server = server_pid;
    if (clock_getcpuclockid(server, &server_clock) != 0) {
        fprintf(stderr, "there is no process %d\n", server);
        exit(1);
    }
    const char *counter = getenv("SERVER_MALLOC_COUNT");
    if (counter) {
        int file = open(counter, O_RDONLY);
        void *page = file < 0 ? MAP_FAILED : mmap(NULL, sizeof(uint64_t), PROT_READ, MAP_SHARED, file, 0);
        if (page == MAP_FAILED) {
            perror(counter);
            exit(1);
        }
        allocations = page;
    }
}

void measure_begin(int server_pid, double seconds) {
    attach(server_pid);
    span = (uint64_t)(seconds * 1e9);
    warm_up_end = measure_now() + span / 4;
}

bool measure_record(uint64_t begun) {
    uint64_t now = measure_now();
    if (phase == MEASURING) {
        if (count < SAMPLE_LIMIT) samples[count++] = now - begun > UINT32_MAX ? UINT32_MAX : (uint32_t)(now - begun);
        if (now - first.time >= span) {
            last = reading(now);
            phase = DONE;
        }
    } else if (phase == WARMING && now >= warm_up_end) {
        first = reading(now);
        phase = MEASURING;
    }
    return phase != DONE;
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static double quantile(double part) { return count == 0 ? 0 : samples[(size_t)(part * (double)(count - 1))] / 1000.0; }

/// A line of /proc/PID/status, kilobytes.
static long server_kilobytes(const char *key) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", server);
    FILE *file = fopen(path, "r");
    long value = -1;
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, key, strlen(key)) == 0) value = atol(line + strlen(key));
    }
    if (file) fclose(file);
    return value;
}

static void print(double calls) {
    double seconds = (double)(last.time - first.time) / 1e9;
    printf(
        "{\"calls\":%.0f,\"seconds\":%.4f,\"rate\":%.1f,\"p50\":%.2f,\"p99\":%.2f,\"p999\":%.2f,\"cpu\":%.3f,"
        "\"allocations\":%.2f,\"resident\":%ld,\"peak\":%ld}\n",
        calls, seconds, calls / seconds, quantile(0.5), quantile(0.99), quantile(0.999),
        (double)(last.cpu - first.cpu) / 1000.0 / calls, (double)(last.allocations - first.allocations) / calls,
        server_kilobytes("VmRSS:"), server_kilobytes("VmHWM:"));
    fflush(stdout);
}

void measure_print(void) {
    if (phase != DONE || count == 0) {
        fprintf(stderr, "the span was not measured to its end\n");
        exit(1);
    }
    qsort(samples, count, sizeof *samples, ascending);
    print((double)count);
}

void measure_stream_begin(int server_pid) {
    attach(server_pid);
    first = reading(measure_now());
}

void measure_stream_end(uint64_t messages) {
    last = reading(measure_now());
    print((double)messages);
}
