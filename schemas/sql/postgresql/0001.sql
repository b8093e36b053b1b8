-- Version 1. Rows and log of gcp2/store.h; what is sealed stays sealed.
CREATE SCHEMA gcp2;

-- One row. Whoever writes locks it first: all changes come one after the other.
CREATE TABLE gcp2.store (id bytea NOT NULL CHECK (length(id) = 16), version integer NOT NULL);

-- `kind` is the number of gcp2::RowKind.
CREATE TABLE gcp2.rows (
  kind smallint NOT NULL,
  id bytea NOT NULL,
  owner bytea NOT NULL,
  key bytea NOT NULL,
  revision bigint NOT NULL,
  standing smallint NOT NULL,
  at bigint NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX rows_by_owner ON gcp2.rows (kind, owner);
-- What is sealed cannot be made smaller.
ALTER TABLE gcp2.rows ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE gcp2.entries (
  number bigint PRIMARY KEY,
  at bigint NOT NULL,
  actor bytea NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL,
  reason text NOT NULL,
  subject bytea NOT NULL,
  kind smallint NOT NULL,
  row_id bytea NOT NULL,
  revision bigint NOT NULL,
  digest bytea NOT NULL,
  note_key bytea NOT NULL,
  note bytea NOT NULL,
  hash bytea NOT NULL
);
