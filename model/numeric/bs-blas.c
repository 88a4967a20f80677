/* SPDX-License-Identifier: MIT */
/* OpenBLAS' number of threads is one setting for the whole process. Work that keeps the cores
 * busy itself holds it at one for as long as it takes. */
#include "model/numeric/bs-blas.h"

#include <cblas.h>

#include "model/numeric/bs-blas-start.h"

static GMutex mutex;
static int n_holders;
static int n_threads;

/**
 * bs_blas_hold:
 *
 * Makes every BLAS call use one thread until the matching bs_blas_release(). May be nested and
 * called from any thread.
 *
 * Returns: the number of threads that BLAS had before the first holder came
 */
int
bs_blas_hold (void)
{
  bs_blas_start ();
  g_mutex_lock (&mutex);
  if (n_holders++ == 0) {
    n_threads = openblas_get_num_threads ();
    openblas_set_num_threads (1);
  }
  int before = n_threads;
  g_mutex_unlock (&mutex);
  return before;
}

/**
 * bs_blas_release:
 *
 * Ends a bs_blas_hold(); the last one gives BLAS its threads back.
 */
void
bs_blas_release (void)
{
  g_mutex_lock (&mutex);
  g_assert (n_holders > 0);
  if (--n_holders == 0)
    openblas_set_num_threads (n_threads);
  g_mutex_unlock (&mutex);
}

/**
 * bs_blas_n_threads:
 *
 * What is meant for this process' own loops too: the cores, or what OPENBLAS_NUM_THREADS says. Does
 * not start BLAS.
 *
 * Returns: the number of threads that BLAS has while nobody holds it
 */
int
bs_blas_n_threads (void)
{
  g_mutex_lock (&mutex);
  int n = n_holders > 0 ? n_threads : MAX (openblas_get_num_threads (), bs_blas_n_wanted ());
  g_mutex_unlock (&mutex);
  return n;
}
