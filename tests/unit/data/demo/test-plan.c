/* SPDX-License-Identifier: MIT */
/* The demo corpus has the clips it promises; the release's counts are typed in here a second
 * time, from the data set's description and not from the program. */
#include "data/demo/bs-demo-plan.h"

#include <string.h>

typedef struct {
  int n_clips, n_actors, n_ratio[3]; /* 30, 50, 70 */
  int n_class[BS_N_CLASSES];
} Counts;

/* The counts of the training part, fold by fold. */
static const Counts release[5] = {
  { 522, 10, { 94, 92, 94 }, { 40, 40, 40, 41, 41, 40, 30, 33, 34, 32, 31, 24, 24, 24, 24, 24 } },
  { 486, 9, { 90, 90, 90 }, { 36, 36, 36, 36, 36, 36, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27 } },
  { 468, 9, { 81, 80, 79 }, { 36, 36, 41, 37, 39, 39, 24, 26, 25, 24, 24, 24, 24, 24, 21, 24 } },
  { 472, 9, { 80, 80, 80 }, { 38, 39, 39, 42, 37, 37, 24, 24, 24, 24, 24, 24, 24, 24, 24, 24 } },
  { 508, 10, { 98, 99, 99 }, { 32, 36, 36, 36, 36, 36, 30, 30, 30, 29, 30, 27, 30, 29, 30, 31 } },
};

static void
count (const BsDemoPlan *plan, int fold, Counts *counts, int *per_actor)
{
  memset (counts, 0, sizeof (*counts));
  for (gsize i = 0; i < plan->n_clips; i++) {
    const BsClip *c = &plan->clips[i];
    if (c->fold != fold)
      continue;
    counts->n_clips++;
    counts->n_class[bs_label_class (c->label)]++;
    if (bs_label_is_blend (c->label))
      counts->n_ratio[(c->label.first_percent - 30) / 20]++;
    counts->n_actors += per_actor[c->actor]++ == 0;
  }
}

static void
test_small (void)
{
  g_autoptr (BsDemoPlan) plan = bs_demo_plan_new (BS_DEMO_SMALL, 3);
  g_assert_cmpuint (plan->n_clips, ==, 540);
  g_assert_cmpuint (plan->n_train, ==, 540);
  g_assert_cmpuint (plan->n_actors, ==, 10);
  int per_actor[10] = { 0 };
  for (int fold = 0; fold < 5; fold++) {
    Counts c;
    count (plan, fold, &c, per_actor);
    g_assert_cmpint (c.n_clips, ==, 108);
    g_assert_cmpint (c.n_actors, ==, 2);
    for (int k = 0; k < BS_N_CLASSES; k++)
      g_assert_cmpint (c.n_class[k], ==, k < BS_N_EMOTIONS ? 8 : 6);
    for (int r = 0; r < 3; r++)
      g_assert_cmpint (c.n_ratio[r], ==, 20);
  }
  for (int a = 0; a < 10; a++)
    g_assert_cmpint (per_actor[a], ==, 54);
}

static void
test_full (void)
{
  g_autoptr (BsDemoPlan) plan = bs_demo_plan_new (BS_DEMO_FULL, 3);
  g_assert_cmpuint (plan->n_train, ==, 2456);
  g_assert_cmpuint (plan->n_clips, ==, 2456 + 594);
  g_assert_cmpuint (plan->n_actors, ==, 47 + 15);
  int per_actor[62] = { 0 };
  for (int fold = 0; fold < 5; fold++) {
    Counts c;
    count (plan, fold, &c, per_actor);
    g_assert_cmpint (c.n_clips, ==, release[fold].n_clips);
    g_assert_cmpint (c.n_actors, ==, release[fold].n_actors);
    g_assert_cmpmem (c.n_class, sizeof (c.n_class), release[fold].n_class, sizeof (c.n_class));
    g_assert_cmpmem (c.n_ratio, sizeof (c.n_ratio), release[fold].n_ratio, sizeof (c.n_ratio));
  }
  Counts test;
  count (plan, -1, &test, per_actor);
  g_assert_cmpint (test.n_clips, ==, 594);
  g_assert_cmpint (test.n_actors, ==, 15);
  g_assert_cmpint (test.n_ratio[1], ==, 112);
  g_assert_cmpint (test.n_ratio[0] + test.n_ratio[2], ==, 222);
}

/* What a reader of the release makes of a name is what the clip shows. */
static void
test_names (void)
{
  g_autoptr (BsDemoPlan) plan = bs_demo_plan_new (BS_DEMO_FULL, 3);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < plan->n_clips; i++) {
    const BsClip *c = &plan->clips[i];
    g_assert_true (g_hash_table_add (seen, (gpointer) c->filename));
    if (i >= plan->n_train) {
      g_autofree char *name = g_strdup_printf ("test_%04" G_GSIZE_FORMAT, i - plan->n_train + 1);
      g_assert_cmpstr (c->filename, ==, name);
      continue;
    }
    BsClip parsed;
    g_autofree char *actor = NULL;
    g_assert_true (bs_clip_name_parse (c->filename, &parsed, &actor));
    g_assert_cmpstr (actor, ==, plan->actors[c->actor]);
    g_assert_true (bs_label_equal (parsed.label, c->label));
    g_assert_cmpint (parsed.intensity, ==, c->intensity);
    g_assert_cmpint (parsed.situation, ==, c->situation);
    g_assert_cmpint (parsed.version, ==, c->version);
  }
}

/* A test clip's number must not tell what it shows. */
static void
test_order (void)
{
  g_autoptr (BsDemoPlan) a = bs_demo_plan_new (BS_DEMO_FULL, 1),
                         b = bs_demo_plan_new (BS_DEMO_FULL, 1);
  g_autoptr (BsDemoPlan) other = bs_demo_plan_new (BS_DEMO_FULL, 2);
  int n_moved = 0, n_runs = 0;
  for (gsize i = a->n_train; i < a->n_clips; i++) {
    g_assert_true (bs_label_equal (a->clips[i].label, b->clips[i].label));
    n_moved += !bs_label_equal (a->clips[i].label, other->clips[i].label);
    n_runs += bs_label_equal (a->clips[i].label, a->clips[i - 1].label);
  }
  g_assert_cmpint (n_moved, >, 500);
  g_assert_cmpint (n_runs, <, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/plan/small has ten actors with every clip once", test_small);
  g_test_add_func ("/demo/plan/full has the release's counts in every fold", test_full);
  g_test_add_func ("/demo/plan/names say what the clips show", test_names);
  g_test_add_func ("/demo/plan/test clips come in an order of the seed", test_order);
  return g_test_run ();
}
