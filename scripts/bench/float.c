/* SPDX-License-Identifier: MIT */
/* Floating point for the benchmark and the tests: `float NAME [ROUNDS]` runs a workload in double
 * precision and prints a digest of the bits that come out, which IEEE 754 leaves no choice in. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t digest = UINT64_C(0xcbf29ce484222325);

static void fold(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    digest = (digest ^ bits) * UINT64_C(0x100000001b3);
    digest ^= digest >> 29;
}

static void mandelbrot(unsigned rounds)
{
    enum { WIDTH = 120, HEIGHT = 80, LIMIT = 200 };
    for (unsigned round = 0; round < rounds; round++) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double cr = -2.2 + 3.2 * x / WIDTH, ci = -1.2 + 2.4 * y / HEIGHT + round * 1e-6;
                double zr = 0, zi = 0, rr = 0, ii = 0;
                int n = 0;
                while (n < LIMIT && rr + ii < 4) {
                    zi = 2 * zr * zi + ci;
                    zr = rr - ii + cr;
                    rr = zr * zr;
                    ii = zi * zi;
                    n++;
                }
                fold(zr + n);
            }
        }
    }
}

struct body {
    double x[3], v[3], mass;
};

/* An invented sun with four planets. */
static void nbody(unsigned rounds)
{
    struct body bodies[5] = {
        { { 0, 0, 0 }, { 0.0001, -0.0002, 0 }, 40 },
        { { 5, -1.1, 0.2 }, { 0.5, 2.7, -0.02 }, 0.04 },
        { { 8.4, 4.2, -0.5 }, { -1.1, 1.8, 0.01 }, 0.011 },
        { { -12.5, 15.1, 0.3 }, { -1.2, -0.9, 0.02 }, 0.002 },
        { { 15.3, -25.9, 0.2 }, { 1.1, 0.6, -0.03 }, 0.0021 },
    };
    const double dt = 0.01;
    for (unsigned round = 0; round < rounds * 1000; round++) {
        for (int i = 0; i < 5; i++) {
            for (int j = i + 1; j < 5; j++) {
                struct body *p = &bodies[i], *q = &bodies[j];
                double dx = p->x[0] - q->x[0], dy = p->x[1] - q->x[1], dz = p->x[2] - q->x[2];
                double square = dx * dx + dy * dy + dz * dz;
                double f = dt / (square * sqrt(square)), fa = q->mass * f, fb = p->mass * f;
                p->v[0] -= dx * fa;
                p->v[1] -= dy * fa;
                p->v[2] -= dz * fa;
                q->v[0] += dx * fb;
                q->v[1] += dy * fb;
                q->v[2] += dz * fb;
            }
        }
        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 3; k++) {
                bodies[i].x[k] += dt * bodies[i].v[k];
            }
        }
    }
    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < 3; k++) {
            fold(bodies[i].x[k]);
        }
    }
}

#define N 48
static double a[N][N + 1], b[N][N], c[N][N];

static uint32_t seed = 1;

static double next_value(void)
{
    seed = seed * 1664525u + 1013904223u;
    return (double)(int32_t)seed / 1e6;
}

static void matrix(unsigned rounds)
{
    for (unsigned round = 0; round < rounds; round++) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                a[i][j] = next_value();
                b[i][j] = next_value();
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0;
                for (int k = 0; k < N; k++) {
                    sum += a[i][k] * b[k][j];
                }
                c[i][j] = sum;
                fold(sum);
            }
        }
    }
}

/* Gauss's elimination with the largest pivot. */
static void solver(unsigned rounds)
{
    for (unsigned round = 0; round < rounds; round++) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= N; j++) {
                a[i][j] = next_value();
            }
        }
        for (int i = 0; i < N; i++) {
            int pivot = i;
            for (int r = i + 1; r < N; r++) {
                pivot = fabs(a[r][i]) > fabs(a[pivot][i]) ? r : pivot;
            }
            for (int j = i; j <= N; j++) {
                double t = a[i][j];
                a[i][j] = a[pivot][j];
                a[pivot][j] = t;
            }
            for (int r = 0; r < N; r++) {
                double f = a[r][i] / a[i][i];
                for (int j = N; r != i && j >= i; j--) {
                    a[r][j] -= f * a[i][j];
                }
            }
        }
        for (int i = 0; i < N; i++) {
            fold(a[i][N] / a[i][i]);
        }
    }
}

/* The same in single precision: a filter over a signal. */
static void filter(unsigned rounds)
{
    static float signal[1024];
    float y1 = 0, y2 = 0, x1 = 0, x2 = 0;
    for (int i = 0; i < 1024; i++) {
        signal[i] = (float)(next_value() / 2200);
    }
    for (unsigned round = 0; round < rounds * 40; round++) {
        for (int i = 0; i < 1024; i++) {
            float x = signal[i];
            float y = 0.0675f * x + 0.135f * x1 + 0.0675f * x2 + 1.143f * y1 - 0.413f * y2;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
        }
        fold((double)y1);
    }
}

static const struct {
    const char *name;
    void (*run)(unsigned rounds);
    unsigned rounds;
} workloads[] = {
    { "mandelbrot", mandelbrot, 48 }, { "nbody", nbody, 480 },   { "matrix", matrix, 320 },
    { "solver", solver, 480 },        { "filter", filter, 600 },
};

int main(int argc, char **argv)
{
    for (unsigned i = 0; argc > 1 && i < sizeof workloads / sizeof workloads[0]; i++) {
        if (strcmp(argv[1], workloads[i].name) == 0) {
            workloads[i].run(argc > 2 ? (unsigned)atoi(argv[2]) : workloads[i].rounds);
            printf("%s %08x%08x\n", argv[1], (unsigned)(digest >> 32), (unsigned)digest);
            return 0;
        }
    }
    fprintf(stderr, "usage: float NAME [ROUNDS]\n");
    return 2;
}
