/* SPDX-License-Identifier: MIT */
/* Reads the directory of a ZIP archive (PKWARE's APPNOTE.TXT 6.3.10, sections in brackets). By
 * hand, because members are to be slices of a file of which rows are read when they are used, which
 * no library hands out, and because one reading of the directory leaves no room for two that
 * differ. What does not add up is refused: every member lies inside the file, before the directory,
 * and apart from the others. */
#include "data/format/bs-zip.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zlib.h>

#include "data/base/bs-error.h"
#include "data/format/bs-zip-format.h"

/* Deflate's best: a byte of input stands for at most 1032 bytes (zlib's technical notes). */
#define BS_ZIP_MAX_RATIO 1032
#define BS_ZIP_CHUNK 65536

typedef struct {
  char *name;
  guint16 flags;
  guint16 method;
  guint32 crc;
  guint64 stored_size;
  guint64 size;
  guint64 header; /* where the local header begins */
  guint64 data; /* where the bytes begin */
} Member;

struct _BsZip {
  BsByteSource *source;
  GArray *members;
};

typedef struct {
  guint64 offset;
  guint64 size;
  guint64 n_members;
  guint64 end; /* where what follows the directory begins */
} Directory;

static gboolean
refuse (const BsZip *self, GError **error, int code, const char *what)
{
  g_set_error (error, BS_ERROR, code, "%s: %s", bs_zip_name (self), what);
  return FALSE;
}

static gboolean
refuse_member (const BsZip *self, const Member *member, GError **error, int code, const char *what)
{
  g_autofree char *excerpt = bs_error_excerpt (member->name);
  g_set_error (error, BS_ERROR, code, _ ("%s: member '%s': %s"), bs_zip_name (self), excerpt, what);
  return FALSE;
}

static gboolean
holds (const BsZip *self, guint64 offset, guint64 length)
{
  guint64 n = bs_byte_source_size (self->source);
  return offset <= n && length <= n - offset;
}

static gboolean
is_saturated (const guint8 *end)
{
  return bs_zip_get_16 (end + 10) == G_MAXUINT16 || bs_zip_get_32 (end + 12) == G_MAXUINT32 ||
         bs_zip_get_32 (end + 16) == G_MAXUINT32;
}

/* [4.3.14, 4.3.15] */
static gboolean
read_zip64_end (const BsZip *self, guint64 end, Directory *directory, GError **error)
{
  guint8 locator[BS_ZIP_LOCATOR_64_SIZE], record[BS_ZIP_END_64_SIZE];
  gboolean fits = end >= sizeof locator;
  if (fits &&
      !bs_byte_source_read (self->source, end - sizeof locator, locator, sizeof locator, error))
    return FALSE;
  if (!fits || bs_zip_get_32 (locator) != BS_ZIP_LOCATOR_64)
    return refuse (self, error, BS_ERROR_SYNTAX, _ ("expected a zip64 locator before the end"));
  directory->end = bs_zip_get_64 (locator + 8);
  fits = holds (self, directory->end, sizeof record) &&
         directory->end + sizeof record <= end - sizeof locator;
  if (fits && !bs_byte_source_read (self->source, directory->end, record, sizeof record, error))
    return FALSE;
  if (!fits || bs_zip_get_32 (record) != BS_ZIP_END_64)
    return refuse (self, error, BS_ERROR_SYNTAX, _ ("the zip64 locator points to no end record"));
  if (bs_zip_get_32 (locator + 4) != 0 || bs_zip_get_32 (locator + 16) > 1 ||
      bs_zip_get_32 (record + 16) != 0 || bs_zip_get_32 (record + 20) != 0)
    return refuse (self, error, BS_ERROR_UNSUPPORTED,
                   _ ("expected one file, not a part of several"));
  directory->n_members = bs_zip_get_64 (record + 32);
  directory->size = bs_zip_get_64 (record + 40);
  directory->offset = bs_zip_get_64 (record + 48);
  return TRUE;
}

/* [4.3.16] The record ends in a comment of unknown length, so it is looked for from behind. */
static gboolean
find_end (const BsZip *self, guint64 *offset, guint8 end[BS_ZIP_END_SIZE], GError **error)
{
  guint64 n = bs_byte_source_size (self->source);
  guint64 length = MIN (n, G_MAXUINT16 + BS_ZIP_END_SIZE);
  g_autoptr (GBytes) tail = bs_byte_source_read_bytes (self->source, n - length, length, error);
  if (tail == NULL)
    return FALSE;
  const guint8 *bytes = g_bytes_get_data (tail, NULL);
  for (guint64 comment = 0; comment + BS_ZIP_END_SIZE <= length; comment++) {
    const guint8 *found = bytes + (length - BS_ZIP_END_SIZE - comment);
    if (bs_zip_get_32 (found) != BS_ZIP_END || bs_zip_get_16 (found + 20) != comment)
      continue;
    *offset = n - BS_ZIP_END_SIZE - comment;
    memcpy (end, found, BS_ZIP_END_SIZE);
    return TRUE;
  }
  return refuse (self, error, BS_ERROR_SYNTAX, _ ("expected a ZIP archive, found no end of one"));
}

static gboolean
read_end (const BsZip *self, Directory *directory, GError **error)
{
  guint8 end[BS_ZIP_END_SIZE];
  if (!find_end (self, &directory->end, end, error))
    return FALSE;
  directory->n_members = bs_zip_get_16 (end + 10);
  directory->size = bs_zip_get_32 (end + 12);
  directory->offset = bs_zip_get_32 (end + 16);
  if (is_saturated (end)) {
    if (!read_zip64_end (self, directory->end, directory, error))
      return FALSE;
  } else if (bs_zip_get_16 (end + 4) != 0 || bs_zip_get_16 (end + 6) != 0 ||
             bs_zip_get_16 (end + 8) != directory->n_members) {
    return refuse (self, error, BS_ERROR_UNSUPPORTED,
                   _ ("expected one file, not a part of several"));
  }
  if (directory->offset > directory->end || directory->size > directory->end - directory->offset)
    return refuse (self, error, BS_ERROR_SYNTAX, _ ("the directory does not lie within the file"));
  return TRUE;
}

/* [4.5.3] Holds, in this order, those of the three that do not fit 32 bits. */
static gboolean
read_zip64_extra (Member *member, const guint8 *extra, gsize length)
{
  guint64 *fields[] = { &member->size, &member->stored_size, &member->header };
  while (length >= 4) {
    gsize n = bs_zip_get_16 (extra + 2);
    gboolean is_zip64 = bs_zip_get_16 (extra) == BS_ZIP_EXTRA_64;
    extra += 4;
    length -= 4;
    if (n > length)
      return FALSE;
    for (gsize i = 0, at = 0; is_zip64 && i < G_N_ELEMENTS (fields); i++)
      if (*fields[i] == G_MAXUINT32) {
        if (n - at < 8)
          return FALSE;
        *fields[i] = bs_zip_get_64 (extra + at);
        at += 8;
      }
    if (is_zip64)
      return TRUE;
    extra += n;
    length -= n;
  }
  return TRUE;
}

/* [4.3.12] Of the @left bytes of the directory from @at on; moves @at behind the entry. */
static gboolean
read_entry (BsZip *self, const guint8 **at, guint64 *left, GError **error)
{
  const guint8 *entry = *at;
  if (*left < BS_ZIP_ENTRY_SIZE || bs_zip_get_32 (entry) != BS_ZIP_ENTRY)
    return refuse (self, error, BS_ERROR_SYNTAX,
                   _ ("the directory names fewer members than it says"));
  guint16 name = bs_zip_get_16 (entry + 28), extra = bs_zip_get_16 (entry + 30);
  guint64 rest = (guint64) name + extra + bs_zip_get_16 (entry + 32);
  const char *text = (const char *) entry + BS_ZIP_ENTRY_SIZE;
  if (*left - BS_ZIP_ENTRY_SIZE < rest)
    return refuse (self, error, BS_ERROR_SYNTAX, _ ("the directory ends within a member's entry"));
  if (name == 0 || !g_utf8_validate_len (text, name, NULL))
    return refuse (self, error, BS_ERROR_SYNTAX, _ ("expected members' names in UTF-8"));
  Member member = {
    .name = g_strndup (text, name),
    .flags = bs_zip_get_16 (entry + 8),
    .method = bs_zip_get_16 (entry + 10),
    .crc = bs_zip_get_32 (entry + 16),
    .stored_size = bs_zip_get_32 (entry + 20),
    .size = bs_zip_get_32 (entry + 24),
    .header = bs_zip_get_32 (entry + 42),
  };
  g_array_append_val (self->members, member);
  guint16 disk = bs_zip_get_16 (entry + 34);
  if (disk != 0 && disk != G_MAXUINT16)
    return refuse_member (self, &member, error, BS_ERROR_UNSUPPORTED, _ ("lies in another file"));
  if (!read_zip64_extra (&g_array_index (self->members, Member, self->members->len - 1),
                         entry + BS_ZIP_ENTRY_SIZE + name, extra))
    return refuse_member (self, &member, error, BS_ERROR_SYNTAX,
                          _ ("its extra fields are cut short"));
  *at += BS_ZIP_ENTRY_SIZE + rest;
  *left -= BS_ZIP_ENTRY_SIZE + rest;
  return TRUE;
}

/* [4.3.7] What stands before the bytes has to agree with the directory, else one reader of the
 * archive would find other members in it than the next. */
static gboolean
read_local_header (const BsZip *self, Member *member, guint64 directory, GError **error)
{
  guint8 header[BS_ZIP_LOCAL_SIZE + G_MAXUINT16];
  gsize n = strlen (member->name), length = BS_ZIP_LOCAL_SIZE + n;
  gboolean fits = holds (self, member->header, length);
  if (fits && !bs_byte_source_read (self->source, member->header, header, length, error))
    return FALSE;
  if (!fits || bs_zip_get_32 (header) != BS_ZIP_LOCAL)
    return refuse_member (self, member, error, BS_ERROR_SYNTAX,
                          _ ("the directory points beside it"));
  if (bs_zip_get_16 (header + 26) != n || memcmp (header + BS_ZIP_LOCAL_SIZE, member->name, n) != 0)
    return refuse_member (self, member, error, BS_ERROR_SYNTAX,
                          _ ("has another name at its bytes"));
  guint32 stored_size = bs_zip_get_32 (header + 18), size = bs_zip_get_32 (header + 22);
  gboolean is_late = (member->flags & BS_ZIP_FLAG_SIZES_FOLLOW) != 0;
  if (bs_zip_get_16 (header + 8) != member->method ||
      (member->method == BS_ZIP_STORED && member->size != member->stored_size) ||
      (!is_late && stored_size != G_MAXUINT32 && stored_size != member->stored_size) ||
      (!is_late && size != G_MAXUINT32 && size != member->size))
    return refuse_member (self, member, error, BS_ERROR_SYNTAX,
                          _ ("its sizes contradict each other"));
  member->data = member->header + BS_ZIP_LOCAL_SIZE + n + bs_zip_get_16 (header + 28);
  if (member->data > directory || member->stored_size > directory - member->data)
    return refuse_member (self, member, error, BS_ERROR_SYNTAX, _ ("does not lie within the file"));
  return TRUE;
}

static int
compare_headers (gconstpointer a, gconstpointer b)
{
  const Member *x = *(const Member *const *) a, *y = *(const Member *const *) b;
  return x->header < y->header ? -1 : x->header > y->header;
}

static gboolean
check_apart (const BsZip *self, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->members->len; i++) {
    Member *member = &g_array_index (self->members, Member, i);
    if (!g_hash_table_add (names, member->name))
      return refuse_member (self, member, error, BS_ERROR_SYNTAX, _ ("is there twice"));
    g_ptr_array_add (sorted, member);
  }
  g_ptr_array_sort (sorted, compare_headers);
  for (guint i = 1; i < sorted->len; i++) {
    const Member *before = g_ptr_array_index (sorted, i - 1),
                 *member = g_ptr_array_index (sorted, i);
    if (before->data + before->stored_size > member->header)
      return refuse_member (self, member, error, BS_ERROR_SYNTAX, _ ("overlaps another member"));
  }
  return TRUE;
}

static gboolean
read_directory (BsZip *self, GError **error)
{
  Directory directory;
  if (!read_end (self, &directory, error))
    return FALSE;
  g_autoptr (GBytes) entries =
    bs_byte_source_read_bytes (self->source, directory.offset, directory.size, error);
  if (entries == NULL)
    return FALSE;
  const guint8 *at = g_bytes_get_data (entries, NULL);
  guint64 left = directory.size;
  for (guint64 i = 0; i < directory.n_members; i++)
    if (!read_entry (self, &at, &left, error))
      return FALSE;
  if (left > 0)
    return refuse (self, error, BS_ERROR_SYNTAX,
                   _ ("the directory names more members than it says"));
  for (guint i = 0; i < self->members->len; i++)
    if (!read_local_header (self, &g_array_index (self->members, Member, i), directory.offset,
                            error))
      return FALSE;
  return check_apart (self, error);
}

static void
member_clear (gpointer data)
{
  g_free (((Member *) data)->name);
}

/**
 * bs_zip_open:
 * @source: an archive, kept
 * @error: place for a #GError
 *
 * Reads and checks the directory, zip64 included, and the members' headers; their own bytes are not
 * touched. Any thread.
 *
 * Returns: (transfer full) (nullable): the archive, or %NULL with @error naming archive and member
 */
BsZip *
bs_zip_open (BsByteSource *source, GError **error)
{
  g_autoptr (BsZip) self = g_atomic_rc_box_new0 (BsZip);
  self->source = bs_byte_source_ref (source);
  self->members = g_array_new (FALSE, FALSE, sizeof (Member));
  g_array_set_clear_func (self->members, member_clear);
  return read_directory (self, error) ? g_steal_pointer (&self) : NULL;
}

static void
zip_clear (gpointer data)
{
  BsZip *self = data;
  g_array_unref (self->members);
  bs_byte_source_unref (self->source);
}

/**
 * bs_zip_ref:
 * @self: an archive
 *
 * Returns: (transfer full): @self
 */
BsZip *
bs_zip_ref (BsZip *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * bs_zip_unref:
 * @self: (transfer full): an archive
 */
void
bs_zip_unref (BsZip *self)
{
  g_atomic_rc_box_release_full (self, zip_clear);
}

/**
 * bs_zip_name:
 * @self: an archive
 *
 * Returns: what messages call it
 */
const char *
bs_zip_name (const BsZip *self)
{
  return bs_byte_source_name (self->source);
}

/**
 * bs_zip_source:
 * @self: an archive
 *
 * Returns: (transfer none): the archive's own bytes
 */
BsByteSource *
bs_zip_source (const BsZip *self)
{
  return self->source;
}

/**
 * bs_zip_n_members:
 * @self: an archive
 *
 * Returns: number of members, folders among them
 */
gsize
bs_zip_n_members (const BsZip *self)
{
  return self->members->len;
}

/**
 * bs_zip_member:
 * @self: an archive
 * @index: a member, in the directory's order
 *
 * Returns: the member's name; a folder's ends in a slash
 */
const char *
bs_zip_member (const BsZip *self, gsize index)
{
  g_return_val_if_fail (index < self->members->len, NULL);
  return g_array_index (self->members, Member, index).name;
}

/* zlib counts in 32 bits, members may be longer. Without a stream's end within the very bytes
 * the directory promised, sizes lie. */
static gboolean
inflate_member (const BsZip *self, const Member *member, guint8 *to, GError **error)
{
  guint8 chunk[BS_ZIP_CHUNK];
  z_stream stream = { .next_out = to };
  guint64 done = 0;
  gboolean is_read = TRUE;
  int status = inflateInit2 (&stream, -MAX_WBITS);
  if (status != Z_OK)
    return refuse_member (self, member, error, BS_ERROR_LIMIT, _ ("no memory to inflate it"));
  while (status == Z_OK && is_read) {
    guint64 left = member->size - (guint64) (stream.next_out - to);
    if (stream.avail_in == 0 && done < member->stored_size) {
      gsize n = (gsize) MIN (member->stored_size - done, sizeof chunk);
      is_read = bs_byte_source_read (self->source, member->data + done, chunk, n, error);
      stream.next_in = chunk;
      stream.avail_in = (uInt) n;
      done += n;
    }
    stream.avail_out = (uInt) MIN (left, G_MAXUINT32);
    if (is_read)
      status = inflate (&stream, Z_NO_FLUSH);
  }
  gboolean good = status == Z_STREAM_END && stream.avail_in == 0 && done == member->stored_size &&
                  stream.next_out == to + member->size;
  inflateEnd (&stream);
  if (is_read && !good)
    refuse_member (self, member, error, BS_ERROR_SYNTAX,
                   _ ("cannot be inflated to the size it claims"));
  return is_read && good;
}

static GBytes *
read_deflated (const BsZip *self, const Member *member, GError **error)
{
  guint8 *data = NULL;
  /* One byte more, so that an empty member is inflated into something. */
  if (member->size / BS_ZIP_MAX_RATIO <= member->stored_size && member->size < G_MAXSIZE)
    data = g_try_malloc (member->size + 1);
  if (data == NULL) {
    refuse_member (self, member, error, BS_ERROR_LIMIT, _ ("its size is not to be believed"));
    return NULL;
  }
  if (!inflate_member (self, member, data, error)) {
    g_free (data);
    return NULL;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, member->size);
  if (crc32_z (0, data, member->size) != member->crc) {
    refuse_member (self, member, error, BS_ERROR_SYNTAX, _ ("its checksum is wrong"));
    return NULL;
  }
  return g_steal_pointer (&bytes);
}

/**
 * bs_zip_open_member:
 * @self: an archive
 * @index: a member
 * @name: what messages call it
 * @error: place for a #GError
 *
 * A stored member is a slice of the archive; nothing of it is read. Its checksum is checked by
 * those who read it whole (bs_byte_source_check()), and not where a few rows are wanted, for which
 * all of the member would have to be read. A deflated member is inflated and checked. Any thread.
 *
 * Returns: (transfer full) (nullable): the member's bytes, or %NULL with @error set
 */
BsByteSource *
bs_zip_open_member (const BsZip *self, gsize index, const char *name, GError **error)
{
  g_return_val_if_fail (index < self->members->len, NULL);
  const Member *member = &g_array_index (self->members, Member, index);
  if ((member->flags & BS_ZIP_FLAGS_ENCRYPTED) != 0) {
    refuse_member (self, member, error, BS_ERROR_UNSUPPORTED, _ ("is encrypted"));
    return NULL;
  }
  if (member->method == BS_ZIP_STORED) {
    BsByteSource *slice = bs_byte_source_slice (self->source, member->data, member->size, name);
    bs_byte_source_set_crc (slice, member->crc);
    return slice;
  }
  if (member->method != BS_ZIP_DEFLATED) {
    refuse_member (self, member, error, BS_ERROR_UNSUPPORTED,
                   _ ("expected it to be stored or deflated"));
    return NULL;
  }
  g_autoptr (GBytes) bytes = read_deflated (self, member, error);
  return bytes != NULL ? bs_byte_source_new (bytes, name) : NULL;
}

/**
 * bs_zip_read:
 * @self: an archive
 * @index: a member
 * @error: place for a #GError
 *
 * Reads a member whole, and checks it. Any thread.
 *
 * Returns: (transfer full) (nullable): the member's bytes, or %NULL with @error set
 */
GBytes *
bs_zip_read (const BsZip *self, gsize index, GError **error)
{
  g_autoptr (BsByteSource) member = bs_zip_open_member (self, index, bs_zip_name (self), error);
  if (member == NULL)
    return NULL;
  g_autoptr (GBytes) bytes =
    bs_byte_source_read_bytes (member, 0, bs_byte_source_size (member), error);
  if (bytes == NULL)
    return NULL;
  const Member *entry = &g_array_index (self->members, Member, index);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (bs_byte_source_has_crc (member) && crc32_z (crc32_z (0, NULL, 0), data, size) != entry->crc) {
    refuse_member (self, entry, error, BS_ERROR_SYNTAX, _ ("its checksum is wrong"));
    return NULL;
  }
  return g_steal_pointer (&bytes);
}
