/* SPDX-License-Identifier: MIT */
/* blendscope-cli settings: every setting of a training, what it is here and in the papers. */
#include <glib/gi18n.h>
#include <string.h>

#include "app/cli/common/bs-cli.h"
#include "data/format/bs-csv.h"
#include "data/format/bs-json.h"
#include "model/config/bs-train-config.h"

/* A setting over the models asked about. */
typedef struct {
  char *key;
  char *models; /* that have it: "all", or their names */
  char *here;
  char *paper;
  char *summary;
} Line;

typedef struct {
  char *value;
  GPtrArray *models; /* of char, borrowed */
} Group;

static void
line_free (gpointer data)
{
  Line *line = data;
  g_free (line->key);
  g_free (line->models);
  g_free (line->here);
  g_free (line->paper);
  g_free (line->summary);
  g_free (line);
}

static void
group_clear (gpointer data)
{
  Group *group = data;
  g_free (group->value);
  g_ptr_array_unref (group->models);
}

static void
add_to_group (GArray *groups, const char *value, const char *model)
{
  guint g = 0;
  while (g < groups->len && strcmp (g_array_index (groups, Group, g).value, value) != 0)
    g++;
  if (g == groups->len) {
    Group group = { g_strdup (value), g_ptr_array_new () };
    g_array_append_val (groups, group);
  }
  g_ptr_array_add (g_array_index (groups, Group, g).models, (char *) model);
}

static char *
join_names (const GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (names, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The value of most models stands alone; the others name theirs. */
static char *
say_values (const GArray *groups)
{
  guint most = 0;
  for (guint g = 1; g < groups->len; g++)
    if (g_array_index (groups, Group, g).models->len >
        g_array_index (groups, Group, most).models->len)
      most = g;
  g_autoptr (GString) text = g_string_new (g_array_index (groups, Group, most).value);
  for (guint g = 0; g < groups->len; g++) {
    const Group *group = &g_array_index (groups, Group, g);
    g_autofree char *names = join_names (group->models);
    if (g != most)
      g_string_append_printf (text, "; %s for %s", group->value, names);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
say_models (const GPtrArray *with, const GPtrArray *without)
{
  g_autofree char *names = join_names (with->len <= without->len + 1 ? with : without);
  if (without->len == 0)
    return g_strdup ("all");
  return with->len <= without->len + 1 ? g_steal_pointer (&names)
                                       : g_strdup_printf ("all but %s", names);
}

static const BsTrainOption *
find_option (const GArray *options, const char *key)
{
  for (guint i = 0; i < options->len; i++)
    if (strcmp (g_array_index (options, BsTrainOption, i).key, key) == 0)
      return &g_array_index (options, BsTrainOption, i);
  return NULL;
}

/* %NULL where none of the models has the setting. */
static Line *
make_line (const char *key, const char *const *models)
{
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr (GPtrArray) with = g_ptr_array_new (), without = g_ptr_array_new ();
  Line *line = g_new0 (Line, 1);
  g_array_set_clear_func (groups, group_clear);
  for (; *models != NULL; models++) {
    g_autoptr (GArray) options = bs_train_options (*models);
    const BsTrainOption *option = find_option (options, key);
    g_ptr_array_add (option != NULL ? with : without, (char *) *models);
    if (option == NULL)
      continue;
    add_to_group (groups, option->value, *models);
    if (line->paper == NULL) {
      line->paper = g_strdup (option->paper);
      line->summary = g_strdup (option->summary);
    }
  }
  if (groups->len == 0) {
    line_free (line);
    return NULL;
  }
  line->key = g_strdup (key);
  line->models = say_models (with, without);
  line->here = say_values (groups);
  return line;
}

static GPtrArray *
make_lines (const char *model)
{
  const char *const one[] = { model, NULL };
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);
  for (const char *const *key = bs_train_config_keys (); *key != NULL; key++) {
    Line *line = make_line (*key, model != NULL ? one : bs_model_names ());
    if (line != NULL)
      g_ptr_array_add (lines, line);
  }
  return lines;
}

static void
write_text (GString *out, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    g_string_append_printf (out, "%s: %s\n  here: %s\n  paper: %s\n  models: %s\n", line->key,
                            line->summary, line->here, line->paper, line->models);
  }
}

static void
write_markdown (GString *out, const GPtrArray *lines)
{
  g_string_append (out, "| setting | what it is | here | paper or official code | models |\n"
                        "|---|---|---|---|---|\n");
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    g_string_append_printf (out, "| `%s` | %s | %s | %s | %s |\n", line->key, line->summary,
                            line->here, line->paper, line->models);
  }
}

static void
write_csv (GString *out, const GPtrArray *lines)
{
  g_string_append (out, "setting,summary,here,paper,models\n");
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    const char *const fields[] = { line->key, line->summary, line->here, line->paper,
                                   line->models };
    for (gsize f = 0; f < G_N_ELEMENTS (fields); f++) {
      bs_csv_append_field (out, fields[f]);
      g_string_append_c (out, f + 1 < G_N_ELEMENTS (fields) ? ',' : '\n');
    }
  }
}

static void
write_json (GString *out, const GPtrArray *lines)
{
  g_autoptr (cJSON) root = cJSON_CreateArray ();
  for (guint i = 0; i < lines->len; i++) {
    const Line *line = g_ptr_array_index (lines, i);
    cJSON *object = cJSON_CreateObject ();
    cJSON_AddItemToArray (root, object);
    cJSON_AddStringToObject (object, "setting", line->key);
    cJSON_AddStringToObject (object, "summary", line->summary);
    cJSON_AddStringToObject (object, "here", line->here);
    cJSON_AddStringToObject (object, "paper", line->paper);
    cJSON_AddStringToObject (object, "models", line->models);
  }
  g_autofree char *text = bs_json_to_text (root);
  g_string_append (out, text);
}

typedef void (*WriteFunc) (GString *out, const GPtrArray *lines);

static WriteFunc
writer_of_format (const char *format)
{
  static const struct {
    const char *name;
    WriteFunc write;
  } formats[] = {
    { "text", write_text },
    { "markdown", write_markdown },
    { "csv", write_csv },
    { "json", write_json },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (format == NULL || strcmp (format, formats[i].name) == 0)
      return formats[i].write;
  return NULL;
}

/**
 * bs_cli_settings:
 * @argc: number of words
 * @argv: the words, from "settings" on
 *
 * The guide's table of settings comes from here.
 *
 * Returns: how it ended
 */
BsCliStatus
bs_cli_settings (int argc, char **argv)
{
  g_autofree char *model = NULL, *format = NULL;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &model, N_ ("only the settings of this model"), "NAME" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("text (default), markdown, csv or json"),
      "FORMAT" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = bs_cli_option_context ("settings", NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  BsCliStatus status = bs_cli_parse (context, &argc, &argv, 0);
  if (status != BS_CLI_DONE)
    return status;
  WriteFunc write = writer_of_format (format);
  if (write == NULL)
    return bs_cli_usage_error (_ ("--format %s: expected text, markdown, csv or json"), format);
  if (model != NULL && !g_strv_contains (bs_model_names (), model)) {
    g_autofree char *models = g_strjoinv (", ", (char **) bs_model_names ());
    return bs_cli_usage_error (_ ("--model %s: expected one of %s"), model, models);
  }
  g_autoptr (GPtrArray) lines = make_lines (model);
  g_autoptr (GString) out = g_string_new (NULL);
  write (out, lines);
  return bs_cli_print (out);
}
