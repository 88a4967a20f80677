/* SPDX-License-Identifier: MIT */
/* A race on purpose, beside accesses that a GMutex orders: under ThreadSanitizer this program
 * must end with a report. It shows that the silence of the other tests means something. */
#include <glib.h>

static int unguarded;
static int guarded;
static GMutex mutex;

static gpointer
count (gpointer data)
{
  for (int i = 0; i < 1000; i++) {
    g_mutex_lock (&mutex);
    guarded++;
    g_mutex_unlock (&mutex);
    unguarded++;
  }
  return NULL;
}

int
main (void)
{
  GThread *a = g_thread_new ("a", count, NULL);
  GThread *b = g_thread_new ("b", count, NULL);
  g_thread_join (a);
  g_thread_join (b);
  return guarded == 2000 ? 0 : 1;
}
