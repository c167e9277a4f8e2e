/* SPDX-License-Identifier: MIT */
/* Numerical mathematics for the profiles that superinstructions are chosen by: springs, planes of
 * complex numbers, surfaces met by rays, symmetric matrices, curves, statistics. Compiled for VFP
 * and, as calls of the compiler's library, without; ROUNDS is given to the compiler. No benchmark,
 * and not to become one. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>

static uint32_t seed = 11;
static double noise(void)
{
    seed = seed * 1103515245 + 12345;
    return (double)(seed >> 8 & 0xffff) / 65536;
}

/* -- A cloth: points that springs hold together -- */

typedef struct Point {
    double x, y, z, old_x, old_y, old_z, weight;
} Point;

static double cloth(void)
{
    enum { SIDE = 9 };
    static Point points[SIDE][SIDE];
    for (int i = 0; i < SIDE; i++) {
        for (int k = 0; k < SIDE; k++) {
            Point *p = &points[i][k];
            p->x = p->old_x = i + 0.1 * noise();
            p->y = p->old_y = k;
            p->z = p->old_z = 0.05 * noise();
            p->weight = i == 0 ? 0 : 1;
        }
    }
    for (unsigned step = 0; step < 20; step++) {
        for (int i = 0; i < SIDE * SIDE; i++) {
            Point *p = &points[0][0] + i;
            double x = p->x, y = p->y, z = p->z;
            p->x += (x - p->old_x) * 0.98;
            p->y += (y - p->old_y) * 0.98;
            p->z += (z - p->old_z) * 0.98 - 0.01 * p->weight;
            p->old_x = x;
            p->old_y = y;
            p->old_z = z;
        }
        for (int i = 0; i + 1 < SIDE; i++) {
            for (int k = 0; k + 1 < SIDE; k++) {
                for (int way = 0; way < 2; way++) {
                    Point *a = &points[i][k], *b = way ? &points[i + 1][k] : &points[i][k + 1];
                    double x = b->x - a->x, y = b->y - a->y, z = b->z - a->z;
                    double length = sqrt(x * x + y * y + z * z);
                    double pull = (length - 1) / (length * (a->weight + b->weight + 0.001));
                    a->x += x * pull * a->weight;
                    a->y += y * pull * a->weight;
                    a->z += z * pull * a->weight;
                    b->x -= x * pull * b->weight;
                    b->y -= y * pull * b->weight;
                    b->z -= z * pull * b->weight;
                }
            }
        }
    }
    return points[SIDE - 1][SIDE / 2].z;
}

/* -- Which root of z^3 = 1 Newton's method finds from each point of a plane -- */

static unsigned basins(void)
{
    unsigned sum = 0;
    for (int row = -8; row < 8; row++) {
        for (int column = -8; column < 8; column++) {
            double x = column / 5.0 + 0.05, y = row / 5.0 + 0.03, gap = 1;
            unsigned n = 0;
            for (; n < 40 && gap > 1e-6; n++) {
                double xx = x * x - y * y, xy = 2 * x * y;
                double fx = xx * x - xy * y - 1, fy = xx * y + xy * x;
                double size = 3 * (xx * xx + xy * xy);
                double dx = (fx * xx + fy * xy) / size, dy = (fy * xx - fx * xy) / size;
                x -= dx;
                y -= dy;
                gap = dx * dx + dy * dy;
            }
            sum += n * (x > 0 ? 1 : y > 0 ? 2 : 3);
        }
    }
    return sum;
}

/* -- Rays that walk up to a torus and a plane, in steps as long as the distance -- */

typedef struct Vec {
    float x, y, z;
} Vec;

static float distance(Vec p)
{
    float ring = sqrtf(p.x * p.x + p.z * p.z) - 1.2f;
    float torus = sqrtf(ring * ring + p.y * p.y) - 0.45f, floor = p.y + 1.1f;
    return torus < floor ? torus : floor;
}

static float march(void)
{
    float sum = 0;
    for (int row = 0; row < 10; row++) {
        for (int column = 0; column < 14; column++) {
            Vec d = { ((float)column - 6.5f) / 8, (4.5f - (float)row) / 8, 1 };
            float size = 1 / sqrtf(d.x * d.x + d.y * d.y + d.z * d.z), t = 0;
            d.x *= size;
            d.y *= size;
            d.z *= size;
            for (int i = 0; i < 40 && t < 20; i++) {
                Vec p = { d.x * t, d.y * t + 0.5f, d.z * t - 4 };
                float step = distance(p);
                if (step < 0.001f) {
                    break;
                }
                t += step;
            }
            sum += t < 20 ? 1 / (1 + t * t) : 0;
        }
    }
    return sum;
}

/* -- A symmetric matrix is the product of a triangle and its mirror image -- */

static double triangle(void)
{
    enum { N = 16 };
    static double m[N][N], x[N];
    for (int i = 0; i < N; i++) {
        for (int k = 0; k <= i; k++) {
            m[i][k] = m[k][i] = noise() + (i == k ? N : 0);
        }
        x[i] = noise();
    }
    for (int k = 0; k < N; k++) {
        double pivot = sqrt(m[k][k]);
        m[k][k] = pivot;
        for (int i = k + 1; i < N; i++) {
            m[i][k] /= pivot;
        }
        for (int j = k + 1; j < N; j++) {
            for (int i = j; i < N; i++) {
                m[i][j] -= m[i][k] * m[j][k];
            }
        }
    }
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < i; k++) {
            x[i] -= m[i][k] * x[k];
        }
        x[i] /= m[i][i];
    }
    return x[N - 1];
}

/* -- A curve through points, its length, and the area below it -- */

static double curve(void)
{
    double px[6], py[6], length = 0, area = 0;
    for (int i = 0; i < 6; i++) {
        px[i] = i + 0.3 * noise();
        py[i] = noise() * 2;
    }
    for (int i = 1; i < 4; i++) {
        double x = px[i], y = py[i];
        for (double t = 0.0625; t <= 1; t += 0.0625) {
            double t2 = t * t, t3 = t2 * t;
            double a = -0.5 * t3 + t2 - 0.5 * t, b = 1.5 * t3 - 2.5 * t2 + 1,
                   c = -1.5 * t3 + 2 * t2 + 0.5 * t, d = 0.5 * t3 - 0.5 * t2;
            double nx = a * px[i - 1] + b * px[i] + c * px[i + 1] + d * px[i + 2];
            double ny = a * py[i - 1] + b * py[i] + c * py[i + 1] + d * py[i + 2];
            length += sqrt((nx - x) * (nx - x) + (ny - y) * (ny - y));
            area += (nx - x) * (ny + y) / 2;
            x = nx;
            y = ny;
        }
    }
    return length + area;
}

/* -- Samples: mean, deviation, a line through them, a weighted mean of neighbours, groups -- */

static double samples(void)
{
    enum { N = 120, GROUPS = 4 };
    static float values[N], smooth[N];
    static const float window[5] = { 0.08f, 0.24f, 0.36f, 0.24f, 0.08f };
    double sum = 0, squares = 0, xy = 0, centre[GROUPS] = { 0.1, 0.3, 0.6, 0.9 };
    for (int i = 0; i < N; i++) {
        values[i] = (float)(noise() + i * 0.001);
        sum += values[i];
        squares += (double)values[i] * values[i];
        xy += i * values[i];
    }
    for (int i = 2; i < N - 2; i++) {
        float s = 0;
        for (int k = 0; k < 5; k++) {
            s += values[i + k - 2] * window[k];
        }
        smooth[i] = s;
    }
    for (int round = 0; round < 4; round++) {
        double total[GROUPS] = { 0 };
        int count[GROUPS] = { 0 };
        for (int i = 0; i < N; i++) {
            int best = 0;
            for (int g = 1; g < GROUPS; g++) {
                if (fabs(values[i] - centre[g]) < fabs(values[i] - centre[best])) {
                    best = g;
                }
            }
            total[best] += values[i];
            count[best]++;
        }
        for (int g = 0; g < GROUPS; g++) {
            centre[g] = count[g] ? total[g] / count[g] : centre[g];
        }
    }
    double mean = sum / N, slope = (xy - sum * (N - 1) / 2) / (N * (N * N - 1.0) / 12);
    return sqrt(squares / N - mean * mean) + slope + smooth[50] + centre[2];
}

int main(void)
{
    double sum = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        sum += cloth() + basins() + march() + triangle() + curve() + samples();
    }
    printf("%.6f\n", sum);
    return 0;
}
