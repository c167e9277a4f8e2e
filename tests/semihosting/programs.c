/* SPDX-License-Identifier: MIT */
/* Programs for a C library on semihosting, newlib or picolibc: the first argument says which one.
 * They print nothing that differs from run to run. */
#include <assert.h>
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int hello(int argc, char **argv)
{
    printf("hello, %d arguments\n", argc);
    for (int i = 1; i < argc; i++) {
        printf("%d: <%s>\n", i, argv[i]);
    }
    return 0;
}

static int status(int argc, char **argv)
{
    return argc > 2 ? atoi(argv[2]) : 0;
}

static void at_exit(void)
{
    puts("at exit");
}

static int exits(int argc, char **argv)
{
    atexit(at_exit);
    printf("no end of line");
    exit(status(argc, argv));
}

static int aborts(int argc, char **argv)
{
    (void)argc, (void)argv;
    puts("before");
    fflush(stdout);
    abort();
}

static int asserts(int argc, char **argv)
{
    (void)argv;
    fputs("before\n", stderr);
    assert(argc == 77);
    return 0;
}

/* Reads lines to the end, one byte at a time and by fgets(). */
static int input(int argc, char **argv)
{
    char line[40];
    unsigned sum = 0, count = 0;
    (void)argc, (void)argv;
    for (int c; count < 10 && (c = getchar()) != EOF; count++) {
        putchar(c);
    }
    while (fgets(line, sizeof line, stdin)) {
        count += strlen(line);
        for (const char *p = line; *p; p++) {
            sum = sum * 31 + (unsigned char)*p;
        }
    }
    printf("\n%u bytes, %08x, end %d, error %d, again %d\n", count, sum, !!feof(stdin),
           !!ferror(stdin), getchar());
    return 0;
}

static int numbers(int argc, char **argv)
{
    int n = 0;
    double x = 0, total = 0;
    (void)argc, (void)argv;
    for (; scanf("%lf", &x) == 1; n++) {
        total += sqrt(x);
    }
    printf("%d numbers, %.6f, %g\n", n, total, pow(2, 0.5));
    return 0;
}

static int output(int argc, char **argv)
{
    (void)argc, (void)argv;
    setvbuf(stdout, NULL, _IOFBF, 100);
    for (int i = 0; i < 100; i++) {
        fprintf(i % 10 ? stdout : stderr, "line %d\n", i);
    }
    printf("%d %d\n", isatty(0), isatty(1));
    return 0;
}

static void show(const char *name)
{
    char bytes[64];
    FILE *f = fopen(name, "rb");
    size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    printf("%s: %s %u <%.*s>\n", name, f ? "has" : "is not there", (unsigned)n, (int)n, bytes);
    if (f) {
        fclose(f);
    }
}

static int files(int argc, char **argv)
{
    (void)argc, (void)argv;
    FILE *f = fopen("one", "w+");
    fprintf(f, "hello %d\n", 42);
    fseek(f, 2, SEEK_SET);
    printf("%c at %ld\n", fgetc(f), ftell(f));
    fseek(f, 0, SEEK_END);
    printf("end %ld\n", ftell(f));
    fputs("more", f);
    rewind(f);
    printf("%c\n", getc(f));
    fclose(f);
    show("one");
    f = fopen("one", "a");
    fputs(", and more", f);
    fclose(f);
    show("one");
    f = fopen("one", "r+");
    fseek(f, -4, SEEK_END);
    fputs("LESS", f);
    fclose(f);
#ifndef __PICOLIBC__ /* it has none */
    printf("rename %d\n", rename("one", "two"));
#endif
    show("one");
    show("two");
    printf("remove %d, %d\n", remove("two"), remove("two"));
    show("two");
    return 0;
}

static int large(int argc, char **argv)
{
    static unsigned char bytes[20000];
    unsigned sum = 0;
    (void)argc, (void)argv;
    FILE *f = fopen("large", "wb");
    for (unsigned n = 0; n < 50; n++) {
        for (unsigned i = 0; i < sizeof bytes; i++) {
            bytes[i] = (unsigned char)(i * 7 + n);
        }
        printf("%u", (unsigned)fwrite(bytes, 1, sizeof bytes - n, f) == sizeof bytes - n);
    }
    fclose(f);
    f = fopen("large", "rb");
    size_t total = 0;
    for (size_t n; (n = fread(bytes, 1, 12345, f)) > 0; total += n) {
        for (size_t i = 0; i < n; i++) {
            sum = sum * 31 + bytes[i];
        }
    }
    printf("\n%lu bytes, %08x\n", (unsigned long)total, sum);
    fclose(f);
    return 0;
}

static int errors(int argc, char **argv)
{
    (void)argc, (void)argv;
    static const char *const names[] = { "none", "no/where", "", "/" };
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        errno = 0;
        FILE *f = fopen(names[i], i == 3 ? "w" : "r");
        printf("%d %s\n", f != NULL, errno ? strerror(errno) : "no error");
    }
    errno = 0;
    int result = remove("none");
    printf("%d %s\n", result, errno ? strerror(errno) : "no error");
    return 0;
}

static int times(int argc, char **argv)
{
    (void)argc, (void)argv;
    time_t start = time(NULL);
    clock_t before = clock();
    for (volatile int i = 0; i < 1000; i++) {
    }
    struct tm *tm = gmtime(&start);
    printf("%d %d\n", tm->tm_year >= 120, time(NULL) - start < 10);
    printf("%d\n", clock() >= before);
    return 0;
}

static int memory(int argc, char **argv)
{
    unsigned blocks = 0, sum = 0;
    char *list[200];
    (void)argc, (void)argv;
    for (; blocks < 200 && (list[blocks] = malloc(5000 + blocks)); blocks++) {
        memset(list[blocks], (int)blocks, 5000 + blocks);
    }
    for (unsigned i = 0; i < blocks; i++) {
        sum = sum * 31 + (unsigned char)list[i][4999];
        free(list[i]);
    }
    char *most = malloc(0x70000000);
    printf("%u blocks, %08x, %d\n", blocks, sum, most == NULL);
    free(most);
    return 0;
}

static int shell(int argc, char **argv)
{
    (void)argv;
    fflush(stdout);
    int good = system("echo from the shell > shell"), bad = system("exit 3");
    printf("%d %d %d\n", argc, good, bad != 0);
    show("shell");
    return 0;
}

static jmp_buf back;

static void on_signal(int sig)
{
    printf("signal %d\n", sig == SIGUSR1);
    longjmp(back, 5);
}

static int signals(int argc, char **argv)
{
    (void)argc, (void)argv;
    signal(SIGUSR1, on_signal);
    int again = setjmp(back);
    if (!again) {
        raise(SIGUSR1);
    }
    printf("%d\n", again);
    return again;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(int argc, char **argv);
    } programs[] = {
        { "hello", hello },     { "status", status }, { "exits", exits },     { "aborts", aborts },
        { "asserts", asserts }, { "input", input },   { "numbers", numbers }, { "output", output },
        { "files", files },     { "large", large },   { "errors", errors },   { "times", times },
        { "memory", memory },   { "shell", shell },   { "signals", signals },
    };
    for (unsigned i = 0; i < sizeof programs / sizeof programs[0]; i++) {
        if (argc > 1 && strcmp(argv[1], programs[i].name) == 0) {
            return programs[i].run(argc, argv);
        }
    }
    /* The start-up code has not asked for the command line. */
    hello(argc, argv);
    exit(42);
}
