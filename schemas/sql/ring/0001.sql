-- Version 1. The key ring of gcp2/ring.h: every key is wrapped under another one.
-- `number` is the order in which rows came. No foreign keys: DELETE without WHERE then clears whole
-- pages, which `forget` in ring_write.cpp needs.

-- One row. `store` is the id of the records' store; `head_...` its log's end as last seen; `untold`
-- what the log is yet to be told of the last change.
CREATE TABLE ring (
  store BLOB NOT NULL CHECK (length(store) = 16),
  serial INTEGER NOT NULL,
  head_count INTEGER NOT NULL,
  head_hash BLOB NOT NULL,
  head_at INTEGER NOT NULL,
  untold BLOB NOT NULL
) STRICT;

-- `role` is the number of gcp2::Role.
CREATE TABLE accounts (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role INTEGER NOT NULL,
  active INTEGER NOT NULL,
  made INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  open BLOB NOT NULL CHECK (length(open) = 32),
  wrapped_secret BLOB NOT NULL,
  salt BLOB NOT NULL,
  passes INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  setting_key BLOB NOT NULL,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX accounts_by_name ON accounts (name) WHERE active = 1;

CREATE TABLE keys (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  of BLOB NOT NULL,
  wrapped BLOB NOT NULL
) STRICT;
CREATE INDEX keys_by_subject ON keys (of);

CREATE TABLE reader_keys (
  number INTEGER PRIMARY KEY,
  account BLOB NOT NULL,
  key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  until INTEGER NOT NULL,
  UNIQUE (account, key)
) STRICT;
CREATE INDEX reader_keys_by_key ON reader_keys (key);

CREATE TABLE look_ups (
  number INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  subject BLOB NOT NULL,
  UNIQUE (hash, subject)
) STRICT;
CREATE INDEX look_ups_by_subject ON look_ups (subject);

-- `step` is the number of gcp2::ErasureStep.
CREATE TABLE erasures (
  number INTEGER PRIMARY KEY,
  subject BLOB NOT NULL UNIQUE,
  step INTEGER NOT NULL,
  asked_by BLOB NOT NULL,
  confirmed_by BLOB NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE backups (
  number INTEGER PRIMARY KEY,
  serial INTEGER NOT NULL,
  at INTEGER NOT NULL,
  digest BLOB NOT NULL,
  file TEXT NOT NULL
) STRICT;

CREATE TABLE named (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  wrapped BLOB NOT NULL
) STRICT;
