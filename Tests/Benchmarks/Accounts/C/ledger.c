#include "ledger.h"
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int enter(sqlite3_stmt *insert, const char *subject, const char *item, int64_t amount, int64_t left, int64_t at,
                 const unsigned char *key) {
    sqlite3_reset(insert);
    sqlite3_bind_text(insert, 1, subject, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 2, at);
    sqlite3_bind_text(insert, 3, item, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, amount);
    sqlite3_bind_int64(insert, 5, left);
    sqlite3_bind_int64(insert, 6, at + 2592000);
    if (key) sqlite3_bind_blob(insert, 7, key, 16, SQLITE_STATIC);
    else sqlite3_bind_null(insert, 7);
    return sqlite3_step(insert) == SQLITE_DONE;
}

double ledger_in_c(const char *path, int batch, double seconds) {
    sqlite3 *database;
    sqlite3_stmt *insert;
    if (sqlite3_open(path, &database) != SQLITE_OK) return -1;
    sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4096",
                 0, 0, 0);
    if (sqlite3_prepare_v2(database,
                           "INSERT INTO entries (subject, feature, period, item, step, amount, remaining, ends_at, at, "
                           "\"key\", kind, bucket) VALUES (?1, 1, ?2, ?3, 0, ?4, ?5, ?6, ?2, ?7, 0, 0)",
                           -1, &insert, 0) != SQLITE_OK)
        return -1;
    int64_t grants = 0;
    double start = now();
    while (now() - start < seconds) {
        sqlite3_exec(database, "BEGIN IMMEDIATE", 0, 0, 0);
        for (int number = 0; number < batch; number++, grants++) {
            char subject[64], item[64];
            unsigned char key[16];
            snprintf(subject, sizeof subject, "g:%lld-%d-guest", (long long)(1000000 + grants / batch), 1000 + number);
            snprintf(item, sizeof item, "icd10cm/T%d.%lld", number, (long long)(grants / batch));
            for (int byte = 0; byte < 16; byte++) key[byte] = (unsigned char)rand();
            if (!enter(insert, subject, "", 1, 1, 1780000000, 0)) return -1;
            if (!enter(insert, subject, item, -1, 0, 1780000000, key)) return -1;
        }
        if (sqlite3_exec(database, "COMMIT", 0, 0, 0) != SQLITE_OK) return -1;
    }
    double rate = (double)grants / (now() - start);
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return rate;
}
