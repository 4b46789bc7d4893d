// The machine's limit: C, vectorised by the compiler over blocks of neighbouring points, two
// threads. parameters.h is written for each piece of work by peers/c.mjs.
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parameters.h"

#define BLOCK 64
#define MOST_BLOCKS 64
#define BYTES (sizeof(float) * SIDE * SIDE)
#define INLINE static inline __attribute__((always_inline))

typedef float Lanes[BLOCK];

static float *results[3];

INLINE void affine(int inputs, int outputs, const float *weight, const float *bias,
                   const Lanes *input, Lanes *output) {
  for (int i = 0; i < outputs; i++) {
    Lanes sum;
    for (int p = 0; p < BLOCK; p++) sum[p] = bias[i];
    for (int j = 0; j < inputs; j++)
      for (int p = 0; p < BLOCK; p++) sum[p] += weight[i * inputs + j] * input[j][p];
    memcpy(output[i], sum, sizeof sum);
  }
}

INLINE void relu(int width, const Lanes *z, Lanes *h) {
  for (int i = 0; i < width; i++)
    for (int p = 0; p < BLOCK; p++) h[i][p] = z[i][p] > 0 ? z[i][p] : 0;
}

INLINE void indexOfLargest(int count, const Lanes *z, Lanes *index) {
  Lanes top;
  memcpy(top, z[0], sizeof top);
  for (int p = 0; p < BLOCK; p++) index[0][p] = 0;
  for (int k = 1; k < count; k++)
    for (int p = 0; p < BLOCK; p++) {
      index[0][p] = z[k][p] > top[p] ? k : index[0][p];
      top[p] = z[k][p] > top[p] ? z[k][p] : top[p];
    }
}

// From the derivatives by a layer's outputs to those by its inputs, with ReLU's derivative on top.
INLINE void affineBack(int inputs, int outputs, const float *weight, const Lanes *z,
                       const Lanes *above, Lanes *below) {
  for (int j = 0; j < inputs; j++)
    for (int p = 0; p < BLOCK; p++) below[j][p] = 0;
  for (int i = 0; i < outputs; i++) {
    Lanes through;
    for (int p = 0; p < BLOCK; p++) through[p] = z[i][p] > 0 ? above[i][p] : 0;
    for (int j = 0; j < inputs; j++)
      for (int p = 0; p < BLOCK; p++) below[j][p] += weight[i * inputs + j] * through[p];
  }
}

#ifdef LOGITS
INLINE void evaluateBlock(const Lanes *x, Lanes *out) {
  static const float inverse = 1.0f / LAMBDA;
  Lanes l[LOGITS], top, sum, sumX, sumY;
  for (int k = 0; k < LOGITS; k++)
    for (int p = 0; p < BLOCK; p++)
      l[k][p] = LAMBDA * (weight0[2 * k] * x[0][p] + weight0[2 * k + 1] * x[1][p] + bias0[k]);
  memcpy(top, l[0], sizeof top);
  for (int k = 1; k < LOGITS; k++)
    for (int p = 0; p < BLOCK; p++) top[p] = l[k][p] > top[p] ? l[k][p] : top[p];
  for (int p = 0; p < BLOCK; p++) sum[p] = sumX[p] = sumY[p] = 0;
  for (int k = 0; k < LOGITS; k++)
    for (int p = 0; p < BLOCK; p++) {
      float e = expf(l[k][p] - top[p]);
      sum[p] += e;
      sumX[p] += weight0[2 * k] * e;
      sumY[p] += weight0[2 * k + 1] * e;
    }
  for (int p = 0; p < BLOCK; p++) {
    out[0][p] = (top[p] + logf(sum[p])) * inverse;
    if (GRADIENT) {
      out[1][p] = sumX[p] / sum[p];
      out[2][p] = sumY[p] / sum[p];
    }
  }
}
#else
EVALUATE_BLOCK
#endif

static void evaluateRow(long row) {
  Lanes x[2], out[3];
  for (int p = 0; p < BLOCK; p++) x[1][p] = ((2 * row + 1) / (double)SIDE - 1) * HALF_WIDTH;
  for (long column = 0; column < SIDE; column += BLOCK) {
    for (int p = 0; p < BLOCK; p++)
      x[0][p] = (2 * (column + p) + 1) * (float)(HALF_WIDTH / SIDE) - (float)HALF_WIDTH;
    evaluateBlock((const Lanes *)x, out);
    long count = SIDE - column < BLOCK ? SIDE - column : BLOCK;
    for (int plane = 0; plane < (GRADIENT ? 3 : 1); plane++)
      memcpy(results[plane] + row * SIDE + column, out[plane], count * sizeof(float));
  }
}

// The rows of the last run: firsts and counts.
static long blocks[2 * MOST_BLOCKS];
static int blockCount;

// One thread has the first half of every block, the other the second.
static void *evaluateHalf(void *half) {
  for (int b = 0; b < blockCount; b++) {
    long middle = blocks[2 * b] + blocks[2 * b + 1] / 2, end = blocks[2 * b] + blocks[2 * b + 1];
    for (long row = half ? middle : blocks[2 * b]; row < (half ? end : middle); row++)
      evaluateRow(row);
  }
  return NULL;
}

static void readBlocks(const char *text) {
  int used;
  for (blockCount = 0; blockCount < MOST_BLOCKS; blockCount++, text += used) {
    long *block = blocks + 2 * blockCount;
    if (sscanf(text, "%ld %ld%n", block, block + 1, &used) != 2) break;
  }
}

static int isEvaluated(long row) {
  for (int b = 0; b < blockCount; b++)
    if (row >= blocks[2 * b] && row < blocks[2 * b] + blocks[2 * b + 1]) return 1;
  return 0;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

// Makes NaN of all, so that an evaluation that was never run shows.
static void wipe(void) {
  for (int plane = 0; plane < (GRADIENT ? 3 : 1); plane++) memset(results[plane], 0xff, BYTES);
}

int main(void) {
  for (int plane = 0; plane < 3; plane++) results[plane] = malloc(BYTES);
  wipe();
  char line[1024];
  while (fgets(line, sizeof line, stdin)) {
    if (line[0] == 'r') {
      readBlocks(line + 3);
      double start = now();
      pthread_t other;
      pthread_create(&other, NULL, evaluateHalf, (void *)1);
      evaluateHalf((void *)0);
      pthread_join(other, NULL);
      printf("{\"ms\":%.6f}\n", now() - start);
    } else {
      printf("{\"results\":[");
      for (int i = 0; i < PROBES; i++)
        for (int plane = 0; plane < (GRADIENT ? 3 : 1); plane++) {
          if (i + plane) printf(",");
          if (isEvaluated(probes[i] / SIDE)) printf("%.9g", results[plane][probes[i]]);
          else printf("null");
        }
      printf("]}\n");
      wipe();
    }
    fflush(stdout);
  }
  return 0;
}
