/* SPDX-License-Identifier: MIT */
/* Late-fusion weights of twelve members in five folds, with what each member is worth, on invented
 * members of the real data's size. */
#define MEMBERS_N_CLIPS 2456
#define MEMBERS_SIGNAL 1

#include "tests/bench/bench.h"
#include "tests/support/bs-made-members.h"

#define N_MEMBERS 12
#define NOISE 1
#define LIMIT_US 10e6

static void
bench_protocol (BsMetadata *metadata, const BsFusionMember *members, BsFusionProtocol protocol,
                const char *what)
{
  g_autoptr (GError) error = NULL;
  const BsFusionConfig config = { .protocol = protocol, .seed = 1 };
  double start = bench_now_us ();
  g_autoptr (BsLateFusion) fusion =
    bs_late_fusion_new (metadata, members, N_MEMBERS, &config, NULL, NULL, NULL, &error);
  if (fusion == NULL)
    g_error ("%s", error->message);
  bench_report (what, bench_now_us () - start, LIMIT_US);
}

int
main (void)
{
  g_autoptr (BsMetadata) metadata = members_metadata (-1);
  BsFusionMember members[N_MEMBERS];
  for (int m = 0; m < N_MEMBERS; m++)
    members[m] =
      (BsFusionMember){ "member", member_predictions ((guint64) m + 1, NOISE, 0), FALSE };
  printf ("late fusion, %d clips, %u cores\n", MEMBERS_N_CLIPS, g_get_num_processors ());
  bench_protocol (metadata, members, BS_FUSION_OFFICIAL, "12 members optimised, and worth");
  bench_protocol (metadata, members, BS_FUSION_HONEST, "the same, with honest weights");
  for (int m = 0; m < N_MEMBERS; m++)
    bs_predictions_unref (members[m].predictions);
  return 0;
}
