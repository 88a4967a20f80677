/* SPDX-License-Identifier: MIT */
#include "model/decision/bs-error-kind.h"
#include "model/decision/bs-rule.h"
#include "tests/support/bs-rule-fixture.h"

static void
assert_label (BsLabel got, BsLabel expected)
{
  g_assert_cmpstr (bs_salience_class_name (bs_label_salience_class (got)), ==,
                   bs_salience_class_name (bs_label_salience_class (expected)));
}

static void
test_every_decision_equals_the_independent_rule (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  g_assert_cmpuint (fixture->n, ==, 200);
  for (gsize i = 0; i < fixture->n; i++)
    for (gsize k = 0; k < fixture->n_pairs; k++) {
      BsDecision decision = bs_rule_decide (fixture->p[i], fixture->pairs[k]);
      assert_label (decision.label, fixture->decisions[i * fixture->n_pairs + k]);
    }
}

static void
test_the_step_says_what_decided (void)
{
  const double blend[] = { 0.5, 0.25, 0.125, 0.125, 0, 0 };
  const double neutral[] = { 0.5, 0, 0, 0, 0, 0.5 };
  const double alone[] = { 0, 0, 1, 0, 0, 0 };
  g_assert_cmpint (bs_rule_decide (blend, (BsThresholdPair){ 0.6, 0 }).step, ==,
                   BS_RULE_TOP_BELOW_ALPHA);
  g_assert_cmpint (bs_rule_decide (blend, (BsThresholdPair){ 0.3, 0 }).step, ==,
                   BS_RULE_ONE_PRESENT);
  g_assert_cmpint (bs_rule_decide (blend, (BsThresholdPair){ 0.25, 0.25 }).step, ==, BS_RULE_EQUAL);
  g_assert_cmpint (bs_rule_decide (blend, (BsThresholdPair){ 0.25, 0.24 }).step, ==,
                   BS_RULE_UNEQUAL);
  g_assert_cmpint (bs_rule_decide (alone, (BsThresholdPair){ 0, 1 }).step, ==, BS_RULE_ONE_PRESENT);
  BsDecision decision = bs_rule_decide (neutral, (BsThresholdPair){ 0.5, 1 });
  g_assert_cmpint (decision.step, ==, BS_RULE_NEUTRAL);
  g_assert_true (bs_decision_erased_by_neutral (&decision));
  g_assert_cmpint (decision.top, ==, BS_EMOTION_ANG);
  g_assert_cmpint (decision.second, ==, BS_EMOTION_NEU);
  decision = bs_rule_decide (neutral, (BsThresholdPair){ 0.51, 1 });
  g_assert_false (bs_decision_erased_by_neutral (&decision));
}

/* Moves one threshold to where the reach says and just beyond, and looks. */
static void
check_move (const double p[BS_N_EMOTIONS], BsThresholdPair pair, gboolean move_alpha,
            BsRuleMove move)
{
  BsDecision now = bs_rule_decide (p, pair);
  double from = move_alpha ? pair.alpha : pair.beta;
  BsThresholdPair at = pair, past = pair, before = pair;
  double step = move.threshold >= from ? 1e-9 : -1e-9;
  if (!move.attained && move.threshold == from)
    step = move_alpha ? 1e-9 : -1e-9;
  *(move_alpha ? &at.alpha : &at.beta) = move.threshold;
  *(move_alpha ? &past.alpha : &past.beta) = move.threshold + step;
  *(move_alpha ? &before.alpha : &before.beta) = move.threshold - step;
  assert_label (bs_rule_decide (p, at).label, move.attained ? move.answer : now.label);
  assert_label (bs_rule_decide (p, past).label, move.answer);
  if (ABS (move.threshold - from) > 1e-9)
    assert_label (bs_rule_decide (p, before).label, now.label);
  g_assert_false (bs_label_equal (now.label, move.answer));
}

static void
check_no_move (const double p[BS_N_EMOTIONS], BsThresholdPair pair, gboolean move_alpha)
{
  BsDecision now = bs_rule_decide (p, pair);
  for (int i = 0; i <= 1000; i++) {
    BsThresholdPair other = pair;
    *(move_alpha ? &other.alpha : &other.beta) = i / 1000.0;
    assert_label (bs_rule_decide (p, other).label, now.label);
  }
}

static void
test_the_reach_is_where_the_answer_changes (void)
{
  g_autoptr (RuleFixture) fixture = rule_fixture_load ();
  guint n_moves = 0;
  for (gsize i = 0; i < fixture->n; i++)
    for (gsize k = 0; k < fixture->n_pairs; k++) {
      BsThresholdPair pair = fixture->pairs[k];
      BsDecision decision = bs_rule_decide (fixture->p[i], pair);
      BsRuleReach reach = bs_decision_reach (&decision, pair);
      if (reach.alpha.possible)
        check_move (fixture->p[i], pair, TRUE, reach.alpha);
      else
        check_no_move (fixture->p[i], pair, TRUE);
      if (reach.beta.possible)
        check_move (fixture->p[i], pair, FALSE, reach.beta);
      else
        check_no_move (fixture->p[i], pair, FALSE);
      n_moves += reach.alpha.possible + reach.beta.possible;
    }
  g_assert_cmpuint (n_moves, >, 1000);
}

static BsLabel
label (const char *text)
{
  return fixture_label (text);
}

static void
test_every_kind_of_error_has_its_example (void)
{
  const struct {
    const char *truth, *decision, *kind;
  } examples[] = {
    { "ang", "ang", "single-exact" },
    { "neu", "neu", "single-exact" },
    { "ang", "sad", "other-single" },
    { "ang", "neu", "neutral-for-emotion" },
    { "neu", "ang", "emotion-for-neutral" },
    { "sad", "hap-sad 30/70", "false-blend-containing" },
    { "sad", "ang-hap 50/50", "false-blend-without" },
    { "neu", "ang-hap 50/50", "false-blend-without" },
    { "hap-sad 30/70", "hap-sad 30/70", "blend-exact" },
    { "hap-sad 30/70", "hap-sad 50/50", "wrong-ratio" },
    { "hap-sad 50/50", "hap-sad 70/30", "wrong-ratio" },
    { "hap-sad 30/70", "hap-sad 70/30", "order-swapped" },
    { "hap-sad 30/70", "ang-sad 30/70", "blend-one-right" },
    { "ang-hap 30/70", "hap-sad 30/70", "blend-one-right" },
    { "hap-sad 30/70", "ang-disg 30/70", "blend-none-right" },
    { "hap-sad 30/70", "sad", "stronger-alone" },
    { "hap-sad 70/30", "hap", "stronger-alone" },
    { "hap-sad 30/70", "hap", "weaker-alone" },
    { "hap-sad 50/50", "hap", "either-alone" },
    { "hap-sad 50/50", "sad", "either-alone" },
    { "hap-sad 50/50", "ang", "blend-other-single" },
    { "hap-sad 50/50", "neu", "blend-neutral" },
  };
  guint seen = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    BsErrorKind kind = bs_error_kind (label (examples[i].truth), label (examples[i].decision));
    g_assert_cmpstr (bs_error_kind_name (kind), ==, examples[i].kind);
    g_assert_cmpint (bs_error_kind_is_of_blend (kind), ==,
                     bs_label_is_blend (label (examples[i].truth)));
    seen |= 1u << kind;
  }
  g_assert_cmphex (seen, ==, (1u << BS_N_ERROR_KINDS) - 1);
}

static void
test_exact_kinds_are_exactly_the_right_answers (void)
{
  for (int t = 0; t < BS_N_SALIENCE_CLASSES; t++)
    for (int d = 0; d < BS_N_SALIENCE_CLASSES; d++) {
      BsErrorKind kind =
        bs_error_kind (bs_label_from_salience_class (t), bs_label_from_salience_class (d));
      gboolean exact = kind == BS_ERROR_KIND_SINGLE_EXACT || kind == BS_ERROR_KIND_BLEND_EXACT;
      g_assert_cmpint (exact, ==, t == d);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/independent", test_every_decision_equals_the_independent_rule);
  g_test_add_func ("/rule/step", test_the_step_says_what_decided);
  g_test_add_func ("/rule/reach", test_the_reach_is_where_the_answer_changes);
  g_test_add_func ("/rule/kinds/examples", test_every_kind_of_error_has_its_example);
  g_test_add_func ("/rule/kinds/exact", test_exact_kinds_are_exactly_the_right_answers);
  return g_test_run ();
}
