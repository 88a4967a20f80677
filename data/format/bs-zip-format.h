/* SPDX-License-Identifier: MIT */
/* The records of a ZIP archive, for its reader (APPNOTE.TXT 6.3.10, 4.3 to 4.5). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BS_ZIP_LOCAL 0x04034b50
#define BS_ZIP_ENTRY 0x02014b50
#define BS_ZIP_END 0x06054b50
#define BS_ZIP_END_64 0x06064b50
#define BS_ZIP_LOCATOR_64 0x07064b50
#define BS_ZIP_EXTRA_64 0x0001

#define BS_ZIP_LOCAL_SIZE 30
#define BS_ZIP_ENTRY_SIZE 46
#define BS_ZIP_END_SIZE 22
#define BS_ZIP_END_64_SIZE 56
#define BS_ZIP_LOCATOR_64_SIZE 20

#define BS_ZIP_STORED 0
#define BS_ZIP_DEFLATED 8

#define BS_ZIP_FLAG_SIZES_FOLLOW (1 << 3)
#define BS_ZIP_FLAGS_ENCRYPTED (1 << 0 | 1 << 6 | 1 << 13)
#define BS_ZIP_FLAG_UTF_8 (1 << 11)

static inline guint16
bs_zip_get_16 (const guint8 *from)
{
  return (guint16) (from[0] | from[1] << 8);
}

static inline guint32
bs_zip_get_32 (const guint8 *from)
{
  return bs_zip_get_16 (from) | (guint32) bs_zip_get_16 (from + 2) << 16;
}

static inline guint64
bs_zip_get_64 (const guint8 *from)
{
  return bs_zip_get_32 (from) | (guint64) bs_zip_get_32 (from + 4) << 32;
}

G_END_DECLS
