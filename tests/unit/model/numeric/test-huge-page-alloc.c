/* SPDX-License-Identifier: MIT */
/* Memory for large arrays, on either side of the size from which it is the system's. */
#include "model/numeric/bs-huge-page-alloc.h"

#include <string.h>
#include <unistd.h>

#define ALIGNMENT 64
#define HUGE ((gsize) 2 << 20)

static const gsize sizes[] = { 0,        1,    63,       64,       65,          4097,
                               HUGE - 1, HUGE, HUGE + 1, 3 * HUGE, 3 * HUGE + 5 };

static gboolean
is_filled_with (const guint8 *memory, gsize n, guint8 value)
{
  return n == 0 || (memory[0] == value && memcmp (memory, memory + 1, n - 1) == 0);
}

static void
test_each_is_zeros_of_its_own (void)
{
  guint8 *memory[G_N_ELEMENTS (sizes)];
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    memory[i] = bs_huge_page_page_new0 (sizes[i], 1);
    gsize alignment = sizes[i] >= HUGE ? HUGE : ALIGNMENT;
    g_assert_cmpuint (GPOINTER_TO_SIZE (memory[i]) % alignment, ==, 0);
    g_assert_true (is_filled_with (memory[i], sizes[i], 0));
    memset (memory[i], (int) i + 1, sizes[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_assert_true (is_filled_with (memory[i], sizes[i], (guint8) (i + 1)));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    bs_huge_page_page_free (memory[i]);
}

static void
test_what_was_used_before_is_zeros_again (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int turn = 0; turn < 3; turn++) {
      guint8 *memory = bs_huge_page_page_new0 (sizes[i], 1);
      g_assert_true (is_filled_with (memory, sizes[i], 0));
      memset (memory, 0xff, sizes[i]);
      bs_huge_page_page_free (memory);
    }
}

static void
test_nothing_can_be_freed (void)
{
  bs_huge_page_page_free (NULL);
}

static gsize
resident_bytes (void)
{
  g_autofree char *text = NULL;
  guint64 n_pages = 0;
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_auto (GStrv) fields = g_strsplit (text, " ", -1);
  g_assert_true (g_ascii_string_to_unsigned (fields[1], 10, 0, G_MAXUINT64, &n_pages, NULL));
  return n_pages * (gsize) sysconf (_SC_PAGESIZE);
}

static void
test_the_system_gets_it_back (void)
{
  gsize before = resident_bytes ();
  /* malloc() would keep what is smaller than what it gave back before. */
  for (gsize turn = 0; turn < 3; turn++) {
    gsize n_bytes = (8 - turn) * HUGE;
    guint8 *memory = bs_huge_page_page_new0 (n_bytes, 1);
    memset (memory, 1, n_bytes);
    g_assert_cmpuint (resident_bytes (), >=, before + n_bytes / 2);
    bs_huge_page_page_free (memory);
    g_assert_cmpuint (resident_bytes (), <, before + n_bytes / 2);
  }
}

static void
test_too_much_ends_the_program (void)
{
  if (g_test_subprocess ()) {
    bs_huge_page_page_new0 (G_MAXSIZE / 2, 3);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*bytes are too many*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/huge/zeros", test_each_is_zeros_of_its_own);
  g_test_add_func ("/huge/zeros-again", test_what_was_used_before_is_zeros_again);
  g_test_add_func ("/huge/nothing", test_nothing_can_be_freed);
  g_test_add_func ("/huge/given-back", test_the_system_gets_it_back);
  g_test_add_func ("/huge/too-much", test_too_much_ends_the_program);
  return g_test_run ();
}
