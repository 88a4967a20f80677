/* SPDX-License-Identifier: MIT */
/* Memory for arrays that are gone through from end to end again and again. On pages of 4 KB the
 * weights and moments of a wide layer need more entries than the processor's table of pages
 * has; on pages of 2 MB they need a few dozen. */
#include "model/bs-huge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SMALL_ALIGNMENT 64
#define HUGE_ALIGNMENT ((gsize) 2 << 20)

/**
 * bs_huge_new0:
 * @n: how many
 * @size: bytes of each
 *
 * Memory full of zeros, 64-byte aligned at least. What is larger than a huge page lies on huge
 * pages where the system has them to give. Ends the program where there is no memory, as
 * g_malloc() does.
 *
 * Returns: (transfer full): free with bs_huge_free()
 */
gpointer
bs_huge_new0 (gsize n, gsize size)
{
  gsize n_bytes = 0;
  gpointer memory = NULL;
  if (!g_size_checked_mul (&n_bytes, MAX (n, 1), size))
    g_error ("%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " bytes are too many", n, size);
  gboolean is_huge = n_bytes >= HUGE_ALIGNMENT;
  if (posix_memalign (&memory, is_huge ? HUGE_ALIGNMENT : SMALL_ALIGNMENT, n_bytes) != 0)
    g_error ("could not get %" G_GSIZE_FORMAT " bytes of memory", n_bytes);
#ifdef MADV_HUGEPAGE
  /* A wish: a kernel without huge pages refuses, and ordinary ones serve as well. The last,
   * partly used one is left out, because it would be memory for nothing. */
  if (is_huge)
    madvise (memory, n_bytes - n_bytes % HUGE_ALIGNMENT, MADV_HUGEPAGE);
#endif
  memset (memory, 0, n_bytes);
  return memory;
}

/**
 * bs_huge_free:
 * @memory: (transfer full) (nullable): from bs_huge_new0()
 */
void
bs_huge_free (gpointer memory)
{
  free (memory);
}
