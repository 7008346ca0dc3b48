// The floor that the ledger is compared with: a C program that writes the same rows in the same batches.
#ifndef CODINGAHEAD_BENCHMARK_LEDGER_H
#define CODINGAHEAD_BENCHMARK_LEDGER_H
// Grants a second into the store at `path` (made and migrated before, opened by nobody else), `batch` grants a commit, for
// `seconds`: what a new guest's first page enters, an allowance and a charge with an idempotency key. Below 0: a failure.
double ledger_in_c(const char *path, int batch, double seconds);
#endif
