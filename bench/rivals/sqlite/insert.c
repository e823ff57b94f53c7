// What a careful C program needs for the same table: prepared inserts in one transaction, texts bound in place.
// usage: insert ROWS OUT MODE [FROM TO]
//   MODE default   SQLite's pragmas as they come, a row a statement
//        fast      page_size 8192, journal and synchronous off, exclusive lock, cache of 64 MB
//        fast10    the same, 10 rows a statement
// ROWS is what `bench sqlite` dumps: values of 12 columns row by row, each a tag (N, I, R, T), then 8 bytes or a length and bytes.
// The rows are in memory before the clock starts; at its end the file is on the disk (fsync). FROM and TO choose rows.
// Prints {"rows":...,"wall":...,"cpu":...}.
#include <fcntl.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { COLUMNS = 12 };

typedef struct { char tag; int32_t length; union { int64_t whole; double real; const char *text; }; } Value;

static void die(const char *what) { fprintf(stderr, "insert: %s\n", what); exit(1); }

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static Value *load(const char *path, int64_t *rows) {
    int file = open(path, O_RDONLY);
    struct stat stat;
    if (file < 0 || fstat(file, &stat) != 0) die("the rows cannot be opened");
    const char *at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (at == MAP_FAILED) die("mmap");
    const char *end = at + stat.st_size;
    size_t room = 1 << 20, count = 0;
    Value *values = malloc(room * sizeof(Value));
    while (at < end) {
        if (count == room) values = realloc(values, (room *= 2) * sizeof(Value));
        Value *v = &values[count++];
        v->tag = *at++;
        if (v->tag == 'I' || v->tag == 'R') { memcpy(&v->whole, at, 8); at += 8; }
        if (v->tag == 'T') { memcpy(&v->length, at, 4); v->text = at + 4; at += 4 + v->length; }
    }
    *rows = (int64_t)(count / COLUMNS);
    return values;
}

static void bind(sqlite3_stmt *statement, const Value *row, int rows) {
    for (int i = 0; i < rows * COLUMNS; i++) {
        const Value *v = &row[i];
        switch (v->tag) {
            case 'I': sqlite3_bind_int64(statement, i + 1, v->whole); break;
            case 'R': sqlite3_bind_double(statement, i + 1, v->real); break;
            case 'T': sqlite3_bind_text(statement, i + 1, v->text, v->length, SQLITE_STATIC); break;
            default: sqlite3_bind_null(statement, i + 1);
        }
    }
}

static sqlite3_stmt *prepare(sqlite3 *database, int rows) {
    char sql[1024] = "insert into t values ";
    for (int i = 0; i < rows; i++) strcat(sql, i ? ",(?,?,?,?,?,?,?,?,?,?,?,?)" : "(?,?,?,?,?,?,?,?,?,?,?,?)");
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) die(sqlite3_errmsg(database));
    return statement;
}

static void run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) die(sqlite3_errmsg(database));
}

int main(int argc, char **argv) {
    if (argc < 4) die("usage: insert ROWS OUT default|fast|fast10 [FROM TO]");
    int64_t rows;
    Value *values = load(argv[1], &rows);
    int64_t from = argc > 4 ? atoll(argv[4]) : 0, to = argc > 5 ? atoll(argv[5]) : rows;
    int at_once = strcmp(argv[3], "fast10") == 0 ? 10 : 1;
    unlink(argv[2]);
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    sqlite3 *database;
    if (sqlite3_open(argv[2], &database) != SQLITE_OK) die("the database cannot be made");
    if (strncmp(argv[3], "fast", 4) == 0)
        run(database, "pragma page_size=8192; pragma journal_mode=off; pragma synchronous=off; "
                      "pragma locking_mode=exclusive; pragma cache_size=-65536");
    run(database, "begin; create table t (id integer, kind integer, dataset text, name text, value real, amount text, "
                  "entry_ts text, start_date text, active integer, attrs text, point text, geometry text)");
    sqlite3_stmt *many = prepare(database, at_once), *one = prepare(database, 1);
    int64_t row = from;
    for (; row + at_once <= to; row += at_once) {
        bind(many, values + row * COLUMNS, at_once);
        if (sqlite3_step(many) != SQLITE_DONE) die(sqlite3_errmsg(database));
        sqlite3_reset(many);
    }
    for (; row < to; row++) {
        bind(one, values + row * COLUMNS, 1);
        if (sqlite3_step(one) != SQLITE_DONE) die(sqlite3_errmsg(database));
        sqlite3_reset(one);
    }
    run(database, "commit");
    sqlite3_finalize(many);
    sqlite3_finalize(one);
    sqlite3_close(database);
    double written = seconds(CLOCK_MONOTONIC) - wall;
    int file = open(argv[2], O_RDONLY);
    if (file < 0 || fsync(file) != 0) die("fsync");
    printf("{\"rows\":%lld,\"written\":%.4f,\"wall\":%.4f,\"cpu\":%.4f}\n", (long long)(to - from), written,
           seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    return 0;
}
