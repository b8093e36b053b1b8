-- Version 1. Rows and log of gcp2/store.h; what is sealed stays sealed.
CREATE TABLE store (id BLOB NOT NULL CHECK (length(id) = 16)) STRICT;

-- `kind` is the number of gcp2::RowKind.
CREATE TABLE rows (
  kind INTEGER NOT NULL,
  id BLOB NOT NULL,
  owner BLOB NOT NULL,
  key BLOB NOT NULL,
  revision INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX rows_by_id ON rows (kind, id);
CREATE INDEX rows_by_owner ON rows (kind, owner);

CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor BLOB NOT NULL,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  subject BLOB NOT NULL,
  kind INTEGER NOT NULL,
  row_id BLOB NOT NULL,
  revision INTEGER NOT NULL,
  digest BLOB NOT NULL,
  note_key BLOB NOT NULL,
  note BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
