/* SPDX-License-Identifier: MIT */
/* Floating point for the profiles that superinstructions are chosen by. Compiled for VFP and, as
 * calls of the compiler's library, without; ROUNDS is given to the compiler. No benchmark, and not
 * to become one. */
#include <stdint.h>
#include <stdio.h>

static uint32_t seed = 7;
static double noise(void)
{
    seed = seed * 1664525 + 1013904223;
    return (double)(seed >> 8) / 16777216;
}

static double series(double x, int odd) /* cosine, or sine */
{
    double term = odd ? x : 1, sum = term;
    for (int k = odd ? 2 : 1; term > 1e-12 || term < -1e-12; k += 2) {
        term *= -x * x / (k * (k + 1));
        sum += term;
    }
    return sum;
}

static double root(double x)
{
    double r = x > 1 ? x : 1;
    for (int i = 0; i < 12; i++) {
        r = (r + x / r) * 0.5;
    }
    return r;
}

/* A fast Fourier transform of 256 points. */
static double spectrum(void)
{
    enum { N = 256 };
    static double re[N], im[N];
    for (unsigned i = 0; i < N; i++) {
        re[i] = noise();
        im[i] = 0;
    }
    for (unsigned i = 1, j = 0; i < N; i++) {
        unsigned bit = N / 2;
        for (; j & bit; bit >>= 1) {
            j ^= bit;
        }
        j ^= bit;
        if (i < j) {
            double t = re[i];
            re[i] = re[j];
            re[j] = t;
        }
    }
    for (unsigned length = 2; length <= N; length *= 2) {
        double c = series(6.283185307 / length, 0), s = series(6.283185307 / length, 1);
        for (unsigned i = 0; i < N; i += length) {
            double wr = 1, wi = 0;
            for (unsigned k = i; k < i + length / 2; k++) {
                unsigned m = k + length / 2;
                double xr = re[m] * wr - im[m] * wi, xi = re[m] * wi + im[m] * wr, t = wr;
                re[m] = re[k] - xr;
                im[m] = im[k] - xi;
                re[k] += xr;
                im[k] += xi;
                wr = wr * c - wi * s;
                wi = t * s + wi * c;
            }
        }
    }
    return re[3] + im[5];
}

/* A pendulum by Runge and Kutta's method. */
static double swing(void)
{
    double a = 1, v = 0, h = 0.01;
    for (int i = 0; i < 200; i++) {
        double k1 = -series(a, 1), k2 = -series(a + h / 2 * v, 1),
               k3 = -series(a + h / 2 * (v + h / 2 * k1), 1),
               k4 = -series(a + h * (v + h / 2 * k2), 1);
        a += h * v + h * h / 6 * (k1 + k2 + k3);
        v += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }
    return a;
}

/* Single precision: an image is blurred, clipped, and its histogram made. */
static float image(void)
{
    enum { W = 64, H = 48 };
    static float in[H][W], out[H][W];
    static unsigned histogram[16] = { 0 };
    float low = 1e9f, high = -1e9f;
    for (unsigned y = 0; y < H; y++) {
        for (unsigned x = 0; x < W; x++) {
            in[y][x] = (float)noise() * 255.0f;
        }
    }
    for (unsigned y = 1; y < H - 1; y++) {
        for (unsigned x = 1; x < W - 1; x++) {
            float v = in[y][x] * 0.5f + (in[y - 1][x] + in[y + 1][x]) * 0.125f +
                      (in[y][x - 1] + in[y][x + 1]) * 0.125f;
            v = v < 16 ? 16 : v > 240 ? 240 : v;
            low = v < low ? v : low;
            high = v > high ? v : high;
            out[y][x] = v;
            histogram[(unsigned)v / 16]++;
        }
    }
    return (high - low) + (float)histogram[7] + out[5][5];
}

typedef struct Vector {
    double x, y, z;
} Vector;

static Vector scaled(Vector a, double s)
{
    return (Vector){ a.x * s, a.y * s, a.z * s };
}
static Vector minus(Vector a, Vector b)
{
    return (Vector){ a.x - b.x, a.y - b.y, a.z - b.z };
}
static double dot(Vector a, Vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

/* How many of many rays hit one of some spheres. */
static unsigned rays(void)
{
    Vector centre[6];
    unsigned hits = 0;
    for (unsigned i = 0; i < 6; i++) {
        centre[i] = (Vector){ noise() * 4 - 2, noise() * 4 - 2, 4 + noise() * 3 };
    }
    for (unsigned i = 0; i < 400; i++) {
        Vector d = { noise() - 0.5, noise() - 0.5, 1 };
        double nearest = 1e30;
        d = scaled(d, 1 / root(dot(d, d)));
        for (unsigned k = 0; k < 6; k++) {
            double along = dot(d, centre[k]);
            Vector off = minus(centre[k], scaled(d, along));
            double left = 0.5 - dot(off, off);
            if (left > 0 && along - root(left) < nearest) {
                nearest = along - root(left);
            }
        }
        hits += nearest < 1e29;
    }
    return hits;
}

int main(void)
{
    double sum = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        sum += spectrum() + swing() + image() + rays();
    }
    printf("%.6f\n", sum);
    return 0;
}
