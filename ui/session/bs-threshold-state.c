/* SPDX-License-Identifier: MIT */
/* Figures take microseconds, so they are computed in the setter, and every view shows the same ones
 * in the same frame; what takes longer is the worker's and arrives as "tuning". */
#include "config.h"

#include <math.h>
#include <string.h>

#include "ui/session/bs-threshold-state-private.h"

G_DEFINE_FINAL_TYPE (BsThresholdState, bs_threshold_state, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_JOBS,
  PROP_RUN,
  PROP_METRICS,
  PROP_TUNING,
  PROP_ALPHA,
  PROP_BETA,
  PROP_EDITED_FOLD,
  PROP_PROTOCOL,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* What may be another after a change, and is told only then. */
typedef struct {
  BsThresholdPair pair;
  int edited_fold;
  int protocol;
  gboolean can_undo, can_redo;
} Told;

static Told
look (BsThresholdState *self)
{
  return (Told){
    .pair = bs_threshold_state_get_pair (self),
    .edited_fold = self->edited_fold,
    .protocol = self->setting.protocol,
    .can_undo = bs_threshold_state_can_undo (self),
    .can_redo = bs_threshold_state_can_redo (self),
  };
}

static void
tell (BsThresholdState *self, const Told *before)
{
  GObject *object = G_OBJECT (self);
  Told now = look (self);
  if (now.pair.alpha != before->pair.alpha)
    g_object_notify_by_pspec (object, properties[PROP_ALPHA]);
  if (now.pair.beta != before->pair.beta)
    g_object_notify_by_pspec (object, properties[PROP_BETA]);
  if (now.edited_fold != before->edited_fold)
    g_object_notify_by_pspec (object, properties[PROP_EDITED_FOLD]);
  if (now.protocol != before->protocol)
    g_object_notify_by_pspec (object, properties[PROP_PROTOCOL]);
  if (now.can_undo != before->can_undo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_UNDO]);
  if (now.can_redo != before->can_redo)
    g_object_notify_by_pspec (object, properties[PROP_CAN_REDO]);
}

static void
refresh_metrics (BsThresholdState *self)
{
  if (self->cases != NULL)
    bs_metrics_compute (self->metrics, self->cases, &self->setting.thresholds);
  self->serial++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_METRICS]);
}

/* Puts @setting in place; everything that follows is told at once, when all of it is there. */
static void
take_setting (BsThresholdState *self, const BsThresholdSetting *setting, const Told *before)
{
  g_object_freeze_notify (G_OBJECT (self));
  gboolean same =
    memcmp (&setting->thresholds, &self->setting.thresholds, sizeof setting->thresholds) == 0;
  self->setting = *setting;
  if (!same)
    refresh_metrics (self);
  tell (self, before);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
tuning_done_cb (BsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  BsThresholdState *self = user_data;
  if (result == NULL)
    return;
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  self->tuning = bs_job_steal_result (job);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TUNING]);
}

static gpointer
tune_job (BsJob *job, gpointer input, GCancellable *cancellable, GError **error)
{
  return bs_tuning_new (input, cancellable, error);
}

static void
start_tuning (BsThresholdState *self)
{
  if (self->cases == NULL || self->cases->fixed != NULL)
    return;
  bs_job_queue_start (self->jobs, self,
                      &(BsJobSpec){
                        .lane = BS_LANE_SHORT,
                        .key = "tuning",
                        .title = "",
                        .func = tune_job,
                        .input = bs_evaluation_set_ref (self->cases),
                        .input_free = (GDestroyNotify) bs_evaluation_set_unref,
                        .result_free = (GDestroyNotify) bs_tuning_unref,
                        .done = tuning_done_cb,
                        .user_data = self,
                      },
                      FALSE);
}

static void
drop_run (BsThresholdState *self)
{
  g_clear_pointer (&self->metadata, bs_metadata_unref);
  g_clear_pointer (&self->run, bs_run_unref);
  g_clear_pointer (&self->cases, bs_evaluation_set_unref);
  g_clear_pointer (&self->case_of_clip, g_free);
  g_clear_pointer (&self->metrics, bs_metrics_free);
  g_clear_pointer (&self->tuning, bs_tuning_unref);
  bs_threshold_history_forget (&self->history);
}

static void
index_cases (BsThresholdState *self)
{
  gsize n = bs_metadata_n_clips (self->metadata);
  self->case_of_clip = g_new (int, n);
  for (gsize i = 0; i < n; i++)
    self->case_of_clip[i] = -1;
  for (gsize i = 0; i < self->cases->n; i++)
    self->case_of_clip[self->cases->clip[i]] = (int) i;
}

static void
take_run_thresholds (BsThresholdState *self)
{
  gboolean is_official =
    self->run->protocol == NULL || g_str_equal (self->run->protocol, "official");
  self->setting.protocol = is_official ? BS_PROTOCOL_OFFICIAL : -1;
  if (is_official)
    bs_tune (self->cases, BS_PROTOCOL_OFFICIAL, BS_SEARCH_GRID, &self->setting.thresholds);
  else
    bs_thresholds_take_run (&self->setting.thresholds, self->run, self->cases);
}

static void
take_run (BsThresholdState *self, BsMetadata *metadata, BsRun *run, BsEvaluationSet *cases)
{
  self->metadata = bs_metadata_ref (metadata);
  self->run = bs_run_ref (run);
  self->cases = bs_evaluation_set_ref (cases);
  index_cases (self);
  self->metrics = bs_metrics_new (cases);
  take_run_thresholds (self);
  if (self->edited_fold >= (int) cases->n_folds)
    self->edited_fold = -1;
}

/**
 * bs_threshold_state_judge:
 * @self: the state
 * @metadata: (nullable) (transfer none): the clips; not %NULL where @run is not
 * @run: (nullable) (transfer none): what is to be judged, or %NULL for nothing
 * @error: return location; nothing is judged then
 *
 * Judges the clips by @run. Thresholds start where the run's own protocol put them, and there is
 * nothing to undo. Its tuning is worked out in the worker.
 *
 * Returns: %FALSE where @run cannot be judged
 */
gboolean
bs_threshold_state_judge (BsThresholdState *self, BsMetadata *metadata, BsRun *run, GError **error)
{
  g_return_val_if_fail (run == NULL || metadata != NULL, FALSE);
  g_autoptr (BsEvaluationSet) cases = NULL;
  if (run != NULL)
    cases = bs_evaluation_set_new (metadata, run->predictions, error);
  if (cases == NULL && self->run == NULL)
    return run == NULL;
  Told before = look (self);
  gboolean had_tuning = self->tuning != NULL;
  g_object_freeze_notify (G_OBJECT (self));
  drop_run (self);
  bs_job_queue_cancel_key (self->jobs, "tuning");
  if (cases != NULL)
    take_run (self, metadata, run, cases);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
  if (had_tuning)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TUNING]);
  refresh_metrics (self);
  tell (self, &before);
  g_object_thaw_notify (G_OBJECT (self));
  start_tuning (self);
  return run == NULL || cases != NULL;
}

/* A change that can be taken back. */
static void
change (BsThresholdState *self, const BsThresholdSetting *next)
{
  Told before = look (self);
  bs_threshold_history_remember (&self->history, &self->setting, g_get_monotonic_time ());
  take_setting (self, next, &before);
}

/**
 * bs_threshold_state_set_pair:
 * @self: the state
 * @pair: thresholds; kept within 0 to 1
 *
 * Sets the edited fold's pair, or every fold's; all figures follow at once.
 */
void
bs_threshold_state_set_pair (BsThresholdState *self, BsThresholdPair pair)
{
  g_return_if_fail (!isnan (pair.alpha) && !isnan (pair.beta));
  pair.alpha = CLAMP (pair.alpha, 0, 1);
  pair.beta = CLAMP (pair.beta, 0, 1);
  BsThresholdSetting next = { .thresholds = self->setting.thresholds, .protocol = -1 };
  if (self->edited_fold >= 0)
    next.thresholds.fold[self->edited_fold] = pair;
  else
    bs_thresholds_set_all (&next.thresholds, pair);
  if (memcmp (&next.thresholds, &self->setting.thresholds, sizeof next.thresholds) != 0)
    change (self, &next);
}

/**
 * bs_threshold_state_step:
 * @self: the state
 * @axis: which threshold
 * @up: whether to larger values
 *
 * Moves a threshold to where the next decision changes (bs_breakpoint_next()), of the edited fold's
 * clips or of all.
 *
 * Returns: %FALSE where nothing changes in that direction; the thresholds stay then
 */
gboolean
bs_threshold_state_step (BsThresholdState *self, BsThresholdAxis axis, gboolean up)
{
  BsThresholdPair pair = bs_threshold_state_get_pair (self);
  double *moved = axis == BS_THRESHOLD_ALPHA ? &pair.alpha : &pair.beta;
  if (self->cases == NULL ||
      !bs_breakpoint_next (self->cases, self->edited_fold, pair, axis, up, moved))
    return FALSE;
  bs_threshold_state_set_pair (self, pair);
  return TRUE;
}

/**
 * bs_threshold_state_get_edited_fold:
 * @self: the state
 *
 * Returns: the fold whose pair the sliders set, or -1 where they set all
 */
int
bs_threshold_state_get_edited_fold (BsThresholdState *self)
{
  return self->edited_fold;
}

/**
 * bs_threshold_state_set_edited_fold:
 * @self: the state
 * @fold: a fold, or -1 for all
 *
 * Chooses whose pair the sliders show and set; no figure changes.
 */
void
bs_threshold_state_set_edited_fold (BsThresholdState *self, int fold)
{
  g_return_if_fail (fold >= -1 && fold < BS_MAX_FOLDS);
  Told before = look (self);
  g_object_freeze_notify (G_OBJECT (self));
  self->edited_fold = fold;
  tell (self, &before);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bs_threshold_state_get_protocol:
 * @self: the state
 *
 * Returns: the #BsProtocol that gave the thresholds, or -1 where they were set by hand
 */
int
bs_threshold_state_get_protocol (BsThresholdState *self)
{
  return self->setting.protocol;
}

/**
 * bs_threshold_state_apply_protocol:
 * @self: the state
 * @protocol: how to choose
 *
 * Sets every fold's pair as @protocol does on the run. A step of undo of its own.
 */
void
bs_threshold_state_apply_protocol (BsThresholdState *self, BsProtocol protocol)
{
  if (self->cases == NULL || self->cases->fixed != NULL)
    return;
  BsThresholdSetting next = { .thresholds = self->setting.thresholds, .protocol = (int) protocol };
  if (self->tuning != NULL)
    next.thresholds = self->tuning->protocols[protocol].thresholds;
  else
    bs_tune (self->cases, protocol, BS_SEARCH_GRID, &next.thresholds);
  if (next.protocol == self->setting.protocol &&
      memcmp (&next.thresholds, &self->setting.thresholds, sizeof next.thresholds) == 0)
    return;
  bs_threshold_history_end_gesture (&self->history);
  change (self, &next);
  bs_threshold_history_end_gesture (&self->history);
}

/**
 * bs_threshold_state_can_undo:
 * @self: the state
 *
 * Returns: whether there is an earlier set of thresholds
 */
gboolean
bs_threshold_state_can_undo (BsThresholdState *self)
{
  return self->history.undo->len > 0;
}

/**
 * bs_threshold_state_undo:
 * @self: the state
 *
 * Goes back to the thresholds before the last gesture, and to the protocol that gave them.
 */
void
bs_threshold_state_undo (BsThresholdState *self)
{
  Told before = look (self);
  BsThresholdSetting setting = self->setting;
  if (bs_threshold_history_undo (&self->history, &setting))
    take_setting (self, &setting, &before);
}

/**
 * bs_threshold_state_can_redo:
 * @self: the state
 *
 * Returns: whether there are thresholds that were taken back
 */
gboolean
bs_threshold_state_can_redo (BsThresholdState *self)
{
  return self->history.redo->len > 0;
}

/**
 * bs_threshold_state_redo:
 * @self: the state
 *
 * Sets the thresholds again that the last undo took back.
 */
void
bs_threshold_state_redo (BsThresholdState *self)
{
  Told before = look (self);
  BsThresholdSetting setting = self->setting;
  if (bs_threshold_history_redo (&self->history, &setting))
    take_setting (self, &setting, &before);
}

static void
bs_threshold_state_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BsThresholdState *self = BS_THRESHOLD_STATE (object);
  switch (id) {
  case PROP_RUN:
    g_value_set_pointer (value, self->run);
    break;
  case PROP_METRICS:
    g_value_set_pointer (value, self->metrics);
    break;
  case PROP_TUNING:
    g_value_set_pointer (value, self->tuning);
    break;
  case PROP_ALPHA:
    g_value_set_double (value, bs_threshold_state_get_pair (self).alpha);
    break;
  case PROP_BETA:
    g_value_set_double (value, bs_threshold_state_get_pair (self).beta);
    break;
  case PROP_EDITED_FOLD:
    g_value_set_int (value, self->edited_fold);
    break;
  case PROP_PROTOCOL:
    g_value_set_int (value, self->setting.protocol);
    break;
  case PROP_CAN_UNDO:
    g_value_set_boolean (value, bs_threshold_state_can_undo (self));
    break;
  case PROP_CAN_REDO:
    g_value_set_boolean (value, bs_threshold_state_can_redo (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_threshold_state_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BsThresholdState *self = BS_THRESHOLD_STATE (object);
  BsThresholdPair pair = bs_threshold_state_get_pair (self);
  switch (id) {
  case PROP_JOBS:
    self->jobs = g_value_dup_object (value);
    break;
  case PROP_ALPHA:
    pair.alpha = g_value_get_double (value);
    bs_threshold_state_set_pair (self, pair);
    break;
  case PROP_BETA:
    pair.beta = g_value_get_double (value);
    bs_threshold_state_set_pair (self, pair);
    break;
  case PROP_EDITED_FOLD:
    bs_threshold_state_set_edited_fold (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bs_threshold_state_finalize (GObject *object)
{
  BsThresholdState *self = BS_THRESHOLD_STATE (object);
  drop_run (self);
  bs_threshold_history_clear (&self->history);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (bs_threshold_state_parent_class)->finalize (object);
}

static void
bs_threshold_state_class_init (BsThresholdStateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags told = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  object_class->get_property = bs_threshold_state_get_property;
  object_class->set_property = bs_threshold_state_set_property;
  object_class->finalize = bs_threshold_state_finalize;
  properties[PROP_JOBS] =
    g_param_spec_object ("jobs", NULL, NULL, BS_TYPE_JOB_QUEUE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_RUN] = g_param_spec_pointer ("run", NULL, NULL, readable);
  properties[PROP_METRICS] = g_param_spec_pointer ("metrics", NULL, NULL, readable);
  properties[PROP_TUNING] = g_param_spec_pointer ("tuning", NULL, NULL, readable);
  properties[PROP_ALPHA] = g_param_spec_double ("alpha", NULL, NULL, 0, 1, 0, told);
  properties[PROP_BETA] = g_param_spec_double ("beta", NULL, NULL, 0, 1, 0, told);
  properties[PROP_EDITED_FOLD] =
    g_param_spec_int ("edited-fold", NULL, NULL, -1, BS_MAX_FOLDS - 1, -1, told);
  properties[PROP_PROTOCOL] =
    g_param_spec_int ("protocol", NULL, NULL, -1, BS_N_PROTOCOLS - 1, -1, readable);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bs_threshold_state_init (BsThresholdState *self)
{
  bs_threshold_history_init (&self->history);
  bs_thresholds_set_all (&self->setting.thresholds, (BsThresholdPair){ 0.15, 0.15 });
  self->setting.protocol = -1;
  self->edited_fold = -1;
}

/**
 * bs_threshold_state_new:
 * @jobs: where a run's tuning is worked out
 *
 * Returns: (transfer full): a state in which nothing is judged
 */
BsThresholdState *
bs_threshold_state_new (BsJobQueue *jobs)
{
  return g_object_new (BS_TYPE_THRESHOLD_STATE, "jobs", jobs, NULL);
}
