/* SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BsError:
 * @BS_ERROR_SYNTAX: the bytes are not what the format asks for
 * @BS_ERROR_VALUE: well formed, but a value is impossible here
 * @BS_ERROR_MISSING: something that is needed is not there
 * @BS_ERROR_UNSUPPORTED: a variant of the format that is not read
 * @BS_ERROR_LIMIT: larger than can be held
 * @BS_ERROR_MEDIA: a clip cannot be decoded or encoded
 * @BS_ERROR_NUMERIC: a computation left the numbers
 * @BS_ERROR_FILE: the system refused to read or write a file
 * @BS_ERROR_CHANGED: another program wrote a file while it was read, or after it was opened
 * @BS_ERROR_UNCLEAR: the file can be read in more than one way, and somebody has to say which
 * @BS_ERROR_BUSY: another program is writing there
 *
 * What input can cause. Messages name the file, the place in it and what was expected; they are
 * one sentence in the reader's language.
 */
typedef enum {
  BS_ERROR_SYNTAX,
  BS_ERROR_VALUE,
  BS_ERROR_MISSING,
  BS_ERROR_UNSUPPORTED,
  BS_ERROR_LIMIT,
  BS_ERROR_MEDIA,
  BS_ERROR_NUMERIC,
  BS_ERROR_FILE,
  BS_ERROR_CHANGED,
  BS_ERROR_UNCLEAR,
  BS_ERROR_BUSY,
} BsError;

#define BS_ERROR (bs_error_quark ())

GQuark bs_error_quark (void);
char *bs_error_excerpt (const char *text);

/**
 * BsProgressFunc:
 * @fraction: how much is done, 0 to 1
 * @message: (nullable): what is being done now
 * @user_data: what the caller gave
 *
 * Told by long functions how far they are, on the thread that runs them.
 */
typedef void (*BsProgressFunc) (double fraction, const char *message, gpointer user_data);

G_END_DECLS
