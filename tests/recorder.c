/* Records what a process writes to SQLite's files, and when it syncs them, in the order it does. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#undef pwrite
#undef ftruncate

struct entry {
    char what, name[31];
    uint64_t offset, size;
};

static int record_file = -1;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void record(char what, int file, const void *bytes, uint64_t offset, uint64_t size) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    const char *name = strrchr(path, '/');
    if (!name || (strncmp(name + 1, "keel.sqlite3", 12) && strcmp(name + 1, "marks"))) return;
    if (record_file < 0)
        record_file = open(getenv("RECORD"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct entry entry = {.what = what, .offset = offset, .size = size};
    strncpy(entry.name, name + 1, sizeof entry.name - 1);
    struct iovec parts[2] = {{&entry, sizeof entry}, {(void *)bytes, bytes ? size : 0}};
    if (writev(record_file, parts, 2) < 0) abort();
}

ssize_t write(int file, const void *bytes, size_t size) {
    ssize_t done = REAL(write)(file, bytes, size);
    if (done > 0) record('w', file, bytes, lseek(file, 0, SEEK_CUR) - done, done);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
    ssize_t done = REAL(pwrite)(file, bytes, size, offset);
    if (done > 0) record('w', file, bytes, offset, done);
    return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) {
    ssize_t done = REAL(pwrite64)(file, bytes, size, offset);
    if (done > 0) record('w', file, bytes, offset, done);
    return done;
}

int ftruncate(int file, off_t size) {
    int failed = REAL(ftruncate)(file, size);
    if (!failed) record('t', file, 0, 0, size);
    return failed;
}

int ftruncate64(int file, off64_t size) {
    int failed = REAL(ftruncate64)(file, size);
    if (!failed) record('t', file, 0, 0, size);
    return failed;
}

int fsync(int file) {
    int failed = REAL(fsync)(file);
    if (!failed) record('s', file, 0, 0, 0);
    return failed;
}

int fdatasync(int file) {
    int failed = REAL(fdatasync)(file);
    if (!failed) record('s', file, 0, 0, 0);
    return failed;
}
