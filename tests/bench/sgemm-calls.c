/* SPDX-License-Identifier: MIT */
/* The linker sends every cblas_sgemm() of a program that has this here (meson.build: --wrap), so
 * that the products of a step are those it made and nobody has to write them down again. */
#include "tests/bench/sgemm-calls.h"

#include <cblas.h>

#define N_LANES 2 /* the thread that was recorded, and its helper */

typedef struct {
  CBLAS_TRANSPOSE trans_a;
  CBLAS_TRANSPOSE trans_b;
  int m;
  int n;
  int k;
  float alpha;
  const float *a;
  int lda;
  const float *b;
  int ldb;
  float beta;
  float *c;
  int ldc;
} Call;

struct _BenchSgemmCalls {
  GThread *thread;
  GArray *lanes[N_LANES]; /* of Call */
};

static BenchSgemmCalls *recorded; /* changes only while nothing is at work */
static GMutex mutex;

void __real_cblas_sgemm (CBLAS_ORDER order, CBLAS_TRANSPOSE trans_a, CBLAS_TRANSPOSE trans_b, int m,
                         int n, int k, float alpha, const float *a, int lda, const float *b,
                         int ldb, float beta, float *c, int ldc);
void __wrap_cblas_sgemm (CBLAS_ORDER order, CBLAS_TRANSPOSE trans_a, CBLAS_TRANSPOSE trans_b, int m,
                         int n, int k, float alpha, const float *a, int lda, const float *b,
                         int ldb, float beta, float *c, int ldc);

void
__wrap_cblas_sgemm (CBLAS_ORDER order, CBLAS_TRANSPOSE trans_a, CBLAS_TRANSPOSE trans_b, int m,
                    int n, int k, float alpha, const float *a, int lda, const float *b, int ldb,
                    float beta, float *c, int ldc)
{
  if (recorded != NULL) {
    const Call call = { trans_a, trans_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc };
    g_assert (order == CblasRowMajor);
    g_mutex_lock (&mutex);
    g_array_append_val (recorded->lanes[g_thread_self () == recorded->thread ? 0 : 1], call);
    g_mutex_unlock (&mutex);
  }
  __real_cblas_sgemm (order, trans_a, trans_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

/**
 * bench_sgemm_calls_new:
 * @work: (scope call): on one thread, or on two of which one is the caller's
 * @data: for @work
 *
 * Does the work once. Its matrices must stay where they are as long as the calls are run.
 *
 * Returns: (transfer full): the calls it made, each thread's in its order
 */
BenchSgemmCalls *
bench_sgemm_calls_new (BenchFunc work, gpointer data)
{
  BenchSgemmCalls *self = g_new0 (BenchSgemmCalls, 1);
  self->thread = g_thread_self ();
  for (int i = 0; i < N_LANES; i++)
    self->lanes[i] = g_array_new (FALSE, FALSE, sizeof (Call));
  recorded = self;
  work (data);
  recorded = NULL;
  return self;
}

typedef struct {
  const GArray *calls;
  double seconds;
} Lane;

static gpointer
run_lane (gpointer user_data)
{
  Lane *lane = user_data;
  double start = bench_now_us ();
  for (guint i = 0; i < lane->calls->len; i++) {
    const Call *call = &g_array_index (lane->calls, Call, i);
    cblas_sgemm (CblasRowMajor, call->trans_a, call->trans_b, call->m, call->n, call->k,
                 call->alpha, call->a, call->lda, call->b, call->ldb, call->beta, call->c,
                 call->ldc);
  }
  lane->seconds = (bench_now_us () - start) / 1e6;
  return NULL;
}

/**
 * bench_sgemm_calls_run:
 * @self: the calls of some work
 *
 * Makes them again, the threads' side by side. What the matrices hold is lost.
 *
 * Returns: seconds, as if the threads had shared the work evenly
 */
double
bench_sgemm_calls_run (const BenchSgemmCalls *self)
{
  Lane lanes[N_LANES] = { { self->lanes[0], 0 }, { self->lanes[1], 0 } };
  if (lanes[1].calls->len == 0) {
    run_lane (&lanes[0]);
    return lanes[0].seconds;
  }
  GThread *thread = g_thread_new ("bench-lane", run_lane, &lanes[1]);
  run_lane (&lanes[0]);
  g_thread_join (thread);
  return (lanes[0].seconds + lanes[1].seconds) / N_LANES;
}

/**
 * bench_sgemm_calls_free:
 * @self: (transfer full): the calls of some work
 */
void
bench_sgemm_calls_free (BenchSgemmCalls *self)
{
  for (int i = 0; i < N_LANES; i++)
    g_array_unref (self->lanes[i]);
  g_free (self);
}
