// One stopwatch for every peer: what is measured, and when, is the same code whatever language called it.
//
// A load generator calls measure_begin once and measure_record after each call; the warm-up is not counted. The server's CPU time is
// read from its own process clock at the ends of the measured span, its allocations from the file that malloc_count.c counts in.
#ifndef MEASURE_H
#define MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Nanoseconds of the monotonic clock.
uint64_t measure_now(void);

/// Starts the warm-up, which takes a quarter of `seconds`; the measured span follows it.
void measure_begin(int server_pid, double seconds);

/// A call that began at `begun` has ended. False once the span is over: begin no more calls.
bool measure_record(uint64_t begun);

/// Prints the figures as one line of JSON.
void measure_print(void);

/// A stream begins; its span ends with measure_stream_end, which prints the figures: a "call" is one message there.
void measure_stream_begin(int server_pid);
void measure_stream_end(uint64_t messages);

#ifdef __cplusplus
}
#endif
#endif
