/* SPDX-License-Identifier: MIT */
/* Memory for arrays that are gone through from end to end again and again. On pages of 4 KB the
 * weights and moments of a wide layer need more entries than the processor's table of pages
 * has; on pages of 2 MB they need a few dozen. What a training has done with is the system's
 * again at once. */
#include "model/numeric/bs-huge-page-alloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SMALL_ALIGNMENT 64
#define HUGE_ALIGNMENT ((gsize) 2 << 20)

/* Lies right before the memory. */
typedef struct {
  gpointer base;
  gsize n_mapped; /* bytes; 0 where it is from the heap */
} Header;

G_STATIC_ASSERT (sizeof (Header) <= SMALL_ALIGNMENT);

static Header *
header_of (gpointer memory)
{
  return (Header *) ((char *) memory - SMALL_ALIGNMENT);
}

/* Past the heap, which would keep what is given back for those who come later: a training's
 * batches are of ever other sizes, and half of its memory would be such leavings. */
static gpointer
map (gsize n_bytes)
{
  gsize n_mapped = 0;
  if (!g_size_checked_add (&n_mapped, n_bytes, 2 * HUGE_ALIGNMENT))
    return NULL;
  char *base = mmap (NULL, n_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED)
    return NULL;
  gsize past = (gsize) GPOINTER_TO_SIZE (base) % HUGE_ALIGNMENT;
  char *memory = base + 2 * HUGE_ALIGNMENT - past;
#ifdef MADV_HUGEPAGE
  /* A wish: a kernel without huge pages refuses, and ordinary ones serve as well. The last,
   * partly used one is left out, because it would be memory for nothing. */
  madvise (memory, n_bytes - n_bytes % HUGE_ALIGNMENT, MADV_HUGEPAGE);
#endif
  *header_of (memory) = (Header){ base, n_mapped };
  return memory;
}

static gpointer
take_from_heap (gsize n_bytes)
{
  gpointer base = NULL;
  if (posix_memalign (&base, SMALL_ALIGNMENT, SMALL_ALIGNMENT + n_bytes) != 0)
    return NULL;
  char *memory = (char *) base + SMALL_ALIGNMENT;
  *header_of (memory) = (Header){ base, 0 };
  return memset (memory, 0, n_bytes);
}

/**
 * bs_huge_page_page_new0:
 * @n: how many
 * @size: bytes of each
 *
 * Memory full of zeros, 64-byte aligned at least. What is larger than a huge page lies on huge
 * pages where the system has them to give, and goes back to the system when it is freed. Ends the
 * program where there is no memory, as g_malloc() does.
 *
 * Returns: (transfer full): free with bs_huge_page_page_free()
 */
gpointer
bs_huge_page_page_new0 (gsize n, gsize size)
{
  gsize n_bytes = 0;
  if (!g_size_checked_mul (&n_bytes, MAX (n, 1), size))
    g_error ("%" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " bytes are too many", n, size);
  gpointer memory = n_bytes >= HUGE_ALIGNMENT ? map (n_bytes) : take_from_heap (n_bytes);
  if (memory == NULL)
    g_error ("could not get %" G_GSIZE_FORMAT " bytes of memory", n_bytes);
  return memory;
}

/**
 * bs_huge_page_page_free:
 * @memory: (transfer full) (nullable): from bs_huge_page_page_new0()
 */
void
bs_huge_page_page_free (gpointer memory)
{
  if (memory == NULL)
    return;
  Header header = *header_of (memory);
  if (header.n_mapped > 0)
    munmap (header.base, header.n_mapped);
  else
    free (header.base);
}
