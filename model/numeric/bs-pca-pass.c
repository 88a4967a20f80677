/* SPDX-License-Identifier: MIT */
/* The product of a scatter matrix with a few vectors, X^T (X V), in one pass over the rows: four
 * rows at a time are multiplied by the vectors and, while they are in the cache, added up by
 * what came out. Sums are made in double, so that neither large means nor close eigenvalues
 * cost digits; the time is that of reading the rows from memory. */
#include "model/numeric/bs-pca-pass.h"

#include <string.h>

#include "data/base/bs-parallel.h"
#include "model/numeric/bs-simd.h"

#define N_CHUNKS 8 /* of the rows; the same on every machine, and so the order of the sums */
#define N_ROWS 4 /* at a time */
#define MAX_WIDTH \
  3 /* vectors at a time: more sums than four rows then have do not fit the registers */
#define LANES 4

/* Plain arithmetic on four numbers, in whatever registers there are. */
typedef double Lanes __attribute__ ((vector_size (LANES * sizeof (double))));

struct _BsPcaPass {
  const BsPcaProblem *problem;
  gsize max_width;
  float *nothing; /* a row of zeros, where the last rows of a chunk are fewer than four */
  double *shifts; /* max_width: the products of the mean with the vectors */
  double *sums; /* N_CHUNKS x max_width x d */
  double *score_sums; /* N_CHUNKS x max_width */
  /* of the pass that runs */
  const double *vectors;
  gsize width;
  double *scores;
};

typedef struct {
  const float *rows[N_ROWS];
  gsize d;
  const double *vectors; /* width x d */
  double *sums; /* width x d */
  double scores[MAX_WIDTH][N_ROWS];
} Group;

/* The products of four rows with the vectors. */
BS_SIMD_BODY
multiply_width (Group *self, const gsize width)
{
  gsize whole = self->d / LANES * LANES;
  Lanes sums[MAX_WIDTH][N_ROWS] = { 0 };
  for (gsize c = 0; c < whole; c += LANES) {
    Lanes x[N_ROWS];
    for (int r = 0; r < N_ROWS; r++) {
      const float *from = self->rows[r] + c;
      x[r] = (Lanes){ from[0], from[1], from[2], from[3] };
    }
    for (gsize j = 0; j < width; j++) {
      Lanes v;
      memcpy (&v, self->vectors + j * self->d + c, sizeof v);
      for (int r = 0; r < N_ROWS; r++)
        sums[j][r] += x[r] * v;
    }
  }
  for (gsize j = 0; j < width; j++)
    for (int r = 0; r < N_ROWS; r++) {
      double sum = sums[j][r][0] + sums[j][r][1] + sums[j][r][2] + sums[j][r][3];
      for (gsize c = whole; c < self->d; c++)
        sum += self->rows[r][c] * self->vectors[j * self->d + c];
      self->scores[j][r] = sum;
    }
}

/* Adds the four rows up, each by its scores. */
BS_SIMD_BODY
add_width (Group *self, const gsize width)
{
  gsize whole = self->d / (2 * LANES) * (2 * LANES);
  for (gsize c = 0; c < whole; c += 2 * LANES) {
    Lanes x[N_ROWS], x2[N_ROWS];
    for (int r = 0; r < N_ROWS; r++) {
      const float *from = self->rows[r] + c;
      x[r] = (Lanes){ from[0], from[1], from[2], from[3] };
      x2[r] = (Lanes){ from[4], from[5], from[6], from[7] };
    }
    for (gsize j = 0; j < width; j++) {
      double *to = self->sums + j * self->d + c;
      Lanes sum, sum2;
      memcpy (&sum, to, sizeof sum);
      memcpy (&sum2, to + LANES, sizeof sum2);
      for (int r = 0; r < N_ROWS; r++) {
        sum += x[r] * self->scores[j][r];
        sum2 += x2[r] * self->scores[j][r];
      }
      memcpy (to, &sum, sizeof sum);
      memcpy (to + LANES, &sum2, sizeof sum2);
    }
  }
  for (gsize j = 0; j < width; j++)
    for (gsize c = whole; c < self->d; c++)
      for (int r = 0; r < N_ROWS; r++)
        self->sums[j * self->d + c] += self->rows[r][c] * self->scores[j][r];
}

/* The widths are constants to the compiler, which keeps the sums in registers for each. */
BS_SIMD_BODY
multiply_body (Group *self, gsize width)
{
  if (width == 3)
    multiply_width (self, 3);
  else if (width == 2)
    multiply_width (self, 2);
  else
    multiply_width (self, 1);
}

BS_SIMD_CLONES (multiply, (Group * self, gsize width), (self, width))

BS_SIMD_BODY
add_body (Group *self, gsize width)
{
  if (width == 3)
    add_width (self, 3);
  else if (width == 2)
    add_width (self, 2);
  else
    add_width (self, 1);
}

BS_SIMD_CLONES (add, (Group * self, gsize width), (self, width))

/**
 * bs_pca_pass_new:
 * @problem: kept by the caller
 * @max_width: vectors of one pass at most
 *
 * Returns: (transfer full): the work arrays of passes over @problem's rows
 */
BsPcaPass *
bs_pca_pass_new (const BsPcaProblem *problem, gsize max_width)
{
  BsPcaPass *self = g_new0 (BsPcaPass, 1);
  self->problem = problem;
  self->max_width = max_width;
  self->nothing = g_new0 (float, problem->d);
  self->shifts = g_new (double, max_width);
  self->sums = g_new (double, N_CHUNKS *max_width * problem->d);
  self->score_sums = g_new (double, N_CHUNKS *max_width);
  return self;
}

/**
 * bs_pca_pass_free:
 * @self: (transfer full): work arrays
 */
void
bs_pca_pass_free (BsPcaPass *self)
{
  g_free (self->nothing);
  g_free (self->shifts);
  g_free (self->sums);
  g_free (self->score_sums);
  g_free (self);
}

/* Scores of up to MAX_WIDTH vectors from the @first-th on with four rows, or fewer at the end of
 * a chunk. */
static void
take_scores (const BsPcaPass *self, Group *group, gsize first, gsize width, gsize row, gsize n,
             double *score_sums)
{
  for (gsize j = 0; j < width; j++)
    for (gsize r = 0; r < n; r++) {
      double score = group->scores[j][r] -= self->shifts[first + j];
      self->scores[(first + j) * self->problem->n + row + r] = score;
      score_sums[first + j] += score;
    }
}

static void
run_chunk (guint chunk, guint thread, gpointer user_data)
{
  const BsPcaPass *self = user_data;
  gsize n = self->problem->n, d = self->problem->d, end = n * (chunk + 1) / N_CHUNKS;
  double *sums = self->sums + chunk * self->width * d;
  double *score_sums = self->score_sums + chunk * self->width;
  memset (sums, 0, self->width * d * sizeof *sums);
  memset (score_sums, 0, self->width * sizeof *score_sums);
  for (gsize row = n * chunk / N_CHUNKS; row < end; row += N_ROWS) {
    gsize n_rows = MIN (N_ROWS, end - row);
    Group group = { .d = d };
    for (gsize r = 0; r < N_ROWS; r++)
      group.rows[r] = r < n_rows ? bs_matrix_row (self->problem->rows, row + r) : self->nothing;
    for (gsize first = 0; first < self->width; first += MAX_WIDTH) {
      gsize width = MIN (MAX_WIDTH, self->width - first);
      group.vectors = self->vectors + first * d;
      group.sums = sums + first * d;
      multiply (&group, width);
      take_scores (self, &group, first, width, row, n_rows, score_sums);
      add (&group, width);
    }
  }
}

/* Puts the chunks together, in their order, less what the means of the columns put in. */
static void
join_chunks (const BsPcaPass *self, double *products)
{
  gsize d = self->problem->d;
  for (gsize j = 0; j < self->width; j++) {
    double *out = products + j * d, score_sum = 0;
    memcpy (out, self->sums + j * d, d * sizeof *out);
    for (gsize chunk = 1; chunk < N_CHUNKS; chunk++)
      for (gsize c = 0; c < d; c++)
        out[c] += self->sums[(chunk * self->width + j) * d + c];
    for (gsize chunk = 0; chunk < N_CHUNKS; chunk++)
      score_sum += self->score_sums[chunk * self->width + j];
    for (gsize c = 0; c < d; c++)
      out[c] -= self->problem->mean[c] * score_sum;
  }
}

/**
 * bs_pca_pass_run:
 * @self: work arrays
 * @vectors: @width x d
 * @width: number of vectors
 * @scores: (out caller-allocates): @width x n, the products X V of the centred rows with each
 * @products: (out caller-allocates): @width x d, the products X^T (X V)
 *
 * One pass over the rows. The sums are made in the same order whatever the number of threads.
 */
void
bs_pca_pass_run (BsPcaPass *self, const double *vectors, gsize width, double *scores,
                 double *products)
{
  g_return_if_fail (width <= self->max_width);
  gsize d = self->problem->d;
  self->vectors = vectors;
  self->width = width;
  self->scores = scores;
  for (gsize j = 0; j < width; j++) {
    self->shifts[j] = 0;
    for (gsize c = 0; c < d; c++)
      self->shifts[j] += self->problem->mean[c] * vectors[j * d + c];
  }
  bs_parallel ((guint) self->problem->n_threads, N_CHUNKS, run_chunk, self);
  join_chunks (self, products);
}
