/* SPDX-License-Identifier: MIT */
/* What tests look into. */
#pragma once

#include "data/format/bs-zip.h"

G_BEGIN_DECLS

void bs_zip_writer_set_zip64_from (BsZipWriter *self, guint32 size);

G_END_DECLS
