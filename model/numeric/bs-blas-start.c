/* SPDX-License-Identifier: MIT */
/* OpenBLAS begins in a way of our own, because where the address space is limited (ulimit -v) it
 * asks for memory again and again, for ever. As it is loaded it starts a thread for every processor
 * that it may use, each of which takes a buffer. So while the libraries are loaded it is shown one
 * processor, and starts none: a command without BLAS needs nothing of it. At first use the threads
 * that are wanted are started, after a look whether their buffers can be had, and those of the
 * threads that call it are taken at once, so that it never asks again. */
#define _GNU_SOURCE /* program_invocation_short_name */
#include "model/numeric/bs-blas-start.h"

#include <cblas.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define THREAD_MIB 136 /* a buffer of 128 MiB and the stack of the thread */
#define MAX_THREADS 128

/* Of OpenBLAS; in no header. Without them a buffer is taken when it is first needed. */
extern void *blas_memory_alloc (int unused) __attribute__ ((weak));
extern void blas_memory_free (void *buffer) __attribute__ ((weak));

/* Sanitizers take address space themselves, and are not yet awake when the libraries are loaded. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED
#endif
#endif
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(IS_SANITIZED)
static gulong processors[128]; /* a bit for each that the program may use */
static glong n_bytes; /* of them, as the kernel counts */

static void
show_one_processor (void)
{
  gulong one[G_N_ELEMENTS (processors)] = { 0 };
  n_bytes = syscall (SYS_sched_getaffinity, 0, sizeof processors, processors);
  for (gsize i = 0; n_bytes > 0 && i < G_N_ELEMENTS (processors); i++) {
    if (processors[i] == 0)
      continue;
    one[i] = processors[i] & -processors[i];
    syscall (SYS_sched_setaffinity, 0, (gsize) n_bytes, one);
    return;
  }
}

/* A program's own constructors come after those of its libraries. */
__attribute__ ((constructor)) static void
show_all_processors (void)
{
  if (n_bytes > 0)
    syscall (SYS_sched_setaffinity, 0, (gsize) n_bytes, processors);
}

/* Called before any constructor, those of libraries among them. */
__attribute__ ((section (".preinit_array"),
                used)) static void (*const before_libraries) (void) = show_one_processor;
#endif

static int
read_number (const char *variable)
{
  const char *text = g_getenv (variable);
  guint64 n = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  return (int) MIN (n, MAX_THREADS);
}

/**
 * bs_blas_n_wanted:
 *
 * Returns: the threads that BLAS is to have: the processors, or fewer where one of OpenBLAS' own
 *   variables says so
 */
int
bs_blas_n_wanted (void)
{
  const char *const variables[] = { "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS" };
  int n = (int) MIN (g_get_num_processors (), MAX_THREADS);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++) {
    int said = read_number (variables[i]);
    if (said > 0)
      return MIN (said, n);
  }
  return n;
}

/* Whether so many buffers can be had, all at the same time. */
static gboolean
probe (int n)
{
  const gsize size = (gsize) THREAD_MIB << 20;
  void *found[2 * MAX_THREADS + 1];
  int n_found = 0;
  while (n_found < n && (found[n_found] = mmap (NULL, size, PROT_READ | PROT_WRITE,
                                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED)
    n_found++;
  for (int i = 0; i < n_found; i++)
    munmap (found[i], size);
  return n_found == n;
}

static void
take (int n)
{
  void *taken[MAX_THREADS + 1];
  if (blas_memory_alloc == NULL || blas_memory_free == NULL)
    return;
  for (int i = 0; i < n; i++)
    taken[i] = blas_memory_alloc (0);
  for (int i = 0; i < n; i++)
    blas_memory_free (taken[i]);
}

static gpointer
start (gpointer unused)
{
  int n = bs_blas_n_wanted ();
  int n_callers = n + 1; /* a piece of work on every core, and one that a person waits for */
  if (!probe (n - 1 + n_callers)) {
    g_printerr (
      _ ("%s: too little memory: linear algebra takes %d MiB of address space for each of "
         "%d threads (OPENBLAS_NUM_THREADS and ulimit -v set both limits)\n"),
      program_invocation_short_name, THREAD_MIB, n - 1 + n_callers);
    _exit (1);
  }
  if (openblas_get_num_threads () < n)
    openblas_set_num_threads (n);
  take (n_callers);
  return NULL;
}

/**
 * bs_blas_start:
 *
 * To be called before the first product; later calls do nothing. Where the memory cannot be had one
 * sentence is written and the program ends with status 1, because OpenBLAS has no way to fail. Any
 * thread.
 */
void
bs_blas_start (void)
{
  static GOnce once = G_ONCE_INIT;
  g_once (&once, start, NULL);
}
