-- The schema of a notebook and of an endpoint's store. Stamps are hybrid logical time: milliseconds
-- since 1970 shifted left by 16 bits, plus a counter. Identifiers are text: UUIDs of audits, people,
-- teams and comments; 32 hexadecimal digits of devices.

-- 1. Who we are, and what we were told. Not part of the log.

-- The one row that says who writes here.
CREATE TABLE identity(
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  team   TEXT NOT NULL,                     -- whose changes are written here; empty at an endpoint
  seed   BLOB NOT NULL                      -- Ed25519 seed of this device or endpoint, 32 bytes
) STRICT;

-- Teams by name: the one of a notebook, all those of an endpoint.
CREATE TABLE team(
  id     TEXT PRIMARY KEY,
  name   TEXT NOT NULL                      -- for people
) WITHOUT ROWID, STRICT;

-- Choices of this machine; they do not travel.
CREATE TABLE setting(
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- Devices that may exchange changesets of a team here.
CREATE TABLE member(
  team         TEXT NOT NULL REFERENCES team(id),
  device       TEXT NOT NULL,
  public_key   BLOB NOT NULL,               -- Ed25519, 32 bytes; its digest is the device's name
  name         TEXT NOT NULL,               -- for people
  role         INTEGER NOT NULL,            -- 0 officer, 1 supervisor, 2 administrator
  admitted_at  INTEGER NOT NULL,            -- milliseconds
  revoked      INTEGER NOT NULL DEFAULT 0,  -- 1: may not exchange any more
  PRIMARY KEY (team, device)
) WITHOUT ROWID, STRICT;

-- One-time permissions to become a member.
CREATE TABLE invitation(
  secret_digest  BLOB PRIMARY KEY,          -- BLAKE2b-256; the secret itself is not kept
  team           TEXT NOT NULL REFERENCES team(id),
  role           INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL,          -- milliseconds
  used_by        TEXT                       -- device that redeemed it
) WITHOUT ROWID, STRICT;

-- 2. The log: the truth, from which every table of part 3 can be made again.

-- Changes of this device that are durable but not sealed into a changeset yet.
CREATE TABLE pending(
  subject  TEXT NOT NULL,                   -- what it is about: an audit, a person, a form ...
  stamp    INTEGER NOT NULL,
  author   TEXT NOT NULL,                   -- person
  kind     INTEGER NOT NULL,                -- index into Action of storage/journal/change.h
  body     BLOB NOT NULL,                   -- the action, CBOR
  PRIMARY KEY (subject, stamp)              -- an audit's changes lie together
) WITHOUT ROWID, STRICT;

-- Sealed batches of changes, as they travel. Inserted, never changed.
CREATE TABLE changeset(
  id      INTEGER PRIMARY KEY,              -- order of arrival here
  team    TEXT NOT NULL,
  device  TEXT NOT NULL,                    -- who sealed it
  lane    TEXT NOT NULL,                    -- which devices may hold it: storage/journal/chain.h
  number  INTEGER NOT NULL,                 -- 1, 2, ... per team, device and lane
  bytes   BLOB NOT NULL,                    -- signature and body
  UNIQUE (team, device, lane, number)
) STRICT;

-- The end of each chain: of what a device sealed in one lane.
CREATE TABLE chain(
  team        TEXT NOT NULL,
  device      TEXT NOT NULL,
  lane        TEXT NOT NULL,
  number      INTEGER NOT NULL,             -- of its last changeset held without a gap
  digest      BLOB NOT NULL,                -- of that changeset
  last_stamp  INTEGER NOT NULL,             -- greatest stamp in the whole chain
  PRIMARY KEY (team, device, lane)
) WITHOUT ROWID, STRICT;

-- Verified changesets whose predecessor has not arrived.
CREATE TABLE waiting(
  team    TEXT NOT NULL,
  device  TEXT NOT NULL,
  lane    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  digest  BLOB NOT NULL,
  bytes   BLOB NOT NULL,
  PRIMARY KEY (team, device, lane, number, digest)
) STRICT;

-- Refused bytes, kept as evidence and shown to a person.
CREATE TABLE quarantine(
  digest       BLOB PRIMARY KEY,            -- of all the bytes
  team         TEXT NOT NULL,               -- it was offered to
  device       TEXT NOT NULL,               -- empty where it could not be read
  lane         TEXT NOT NULL,
  number       INTEGER NOT NULL,            -- 0 where it could not be read
  fault        INTEGER NOT NULL,            -- index into Fault of storage/journal/log.h
  received_at  INTEGER NOT NULL,            -- milliseconds
  bytes        BLOB NOT NULL
) STRICT;

-- What another side has acknowledged, per chain.
CREATE TABLE outbox(
  endpoint  TEXT NOT NULL,                  -- address or name of the other side
  device    TEXT NOT NULL,
  lane      TEXT NOT NULL,
  number    INTEGER NOT NULL,               -- it holds this chain's changesets up to here
  mark      INTEGER NOT NULL,               -- of the content of that one; 0: not told
  PRIMARY KEY (endpoint, device, lane)
) WITHOUT ROWID, STRICT;

-- 3. Folds of the log: dropped and made again at will. No foreign keys here, since changesets may
-- arrive in any order. Where the latest change counts, (stamp, device) says which that was.

-- One row per audit: what lists show.
CREATE TABLE audit(
  id            TEXT PRIMARY KEY,
  team          TEXT NOT NULL,
  form          TEXT NOT NULL DEFAULT '',   -- empty until its creation has arrived
  form_version  TEXT NOT NULL DEFAULT '',
  created_by    TEXT NOT NULL DEFAULT '',   -- person
  created_at    INTEGER NOT NULL DEFAULT 0, -- stamp
  home          TEXT NOT NULL DEFAULT '',   -- device on which it was begun: names its lane
  title         TEXT NOT NULL DEFAULT '',
  unit          TEXT NOT NULL DEFAULT '',
  label_stamp   INTEGER NOT NULL DEFAULT 0, -- of title and unit
  label_device  TEXT NOT NULL DEFAULT '',
  state         INTEGER NOT NULL DEFAULT 0, -- index into AuditState
  reason        TEXT NOT NULL DEFAULT '',   -- given with the state
  state_stamp   INTEGER NOT NULL DEFAULT 0,
  state_device  TEXT NOT NULL DEFAULT '',
  changed_at    INTEGER NOT NULL DEFAULT 0, -- greatest stamp of any change
  answers       INTEGER NOT NULL DEFAULT 0, -- paths that hold a value
  conflicts     INTEGER NOT NULL DEFAULT 0  -- paths with differing versions side by side
) WITHOUT ROWID, STRICT;
-- In the order of lists, with every column that a list filters by: a filter reads nothing else.
CREATE INDEX audit_by_change ON audit(team, changed_at, state, form, created_by, unit, title);

-- All sealed versions of an audit's answers, as one compressed change table.
CREATE TABLE audit_record(
  audit    TEXT PRIMARY KEY,
  changes  BLOB NOT NULL                    -- zstd of storage/journal/change_table.h
) STRICT;

-- Which changesets speak of an audit: how far it has travelled.
CREATE TABLE audit_source(
  audit   TEXT NOT NULL,
  device  TEXT NOT NULL,
  lane    TEXT NOT NULL,
  number  INTEGER NOT NULL,
  PRIMARY KEY (audit, device, lane, number)
) WITHOUT ROWID, STRICT;

-- Steps in the life of an audit.
CREATE TABLE audit_event(
  audit   TEXT NOT NULL,
  stamp   INTEGER NOT NULL,
  device  TEXT NOT NULL,
  author  TEXT NOT NULL,
  state   INTEGER NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (audit, stamp, device)
) WITHOUT ROWID, STRICT;

-- Remarks on an answer or on the audit as a whole.
CREATE TABLE comment(
  audit   TEXT NOT NULL,
  id      TEXT NOT NULL,
  path    TEXT NOT NULL,                    -- empty: the audit as a whole
  text    TEXT NOT NULL,
  author  TEXT NOT NULL,
  stamp   INTEGER NOT NULL,
  device  TEXT NOT NULL,
  PRIMARY KEY (audit, id)
) WITHOUT ROWID, STRICT;

-- Remarks that were dealt with; the first time counts.
CREATE TABLE comment_resolved(
  audit    TEXT NOT NULL,
  comment  TEXT NOT NULL,
  author   TEXT NOT NULL,
  stamp    INTEGER NOT NULL,
  device   TEXT NOT NULL,
  PRIMARY KEY (audit, comment)
) WITHOUT ROWID, STRICT;

-- Files that answers name; their bytes lie encrypted in attachments/.
CREATE TABLE attachment(
  audit       TEXT NOT NULL,
  name        TEXT NOT NULL,                -- as in the answer
  hash        TEXT NOT NULL,                -- BLAKE2b-256 of the plain bytes, hexadecimal
  size        INTEGER NOT NULL,             -- bytes
  media_type  TEXT NOT NULL,
  author      TEXT NOT NULL,
  stamp       INTEGER NOT NULL,
  device      TEXT NOT NULL,
  PRIMARY KEY (audit, name)
) WITHOUT ROWID, STRICT;

-- A reviewer's word on each piece of evidence.
CREATE TABLE verdict(
  audit     TEXT NOT NULL,
  evidence  TEXT NOT NULL,                  -- path of the repeat instance
  verdict   INTEGER NOT NULL,               -- 0 open, 1 accepted, 2 rejected
  reason    TEXT NOT NULL,
  author    TEXT NOT NULL,
  stamp     INTEGER NOT NULL,
  device    TEXT NOT NULL,
  PRIMARY KEY (audit, evidence)
) WITHOUT ROWID, STRICT;

-- People of a team.
CREATE TABLE person(
  team    TEXT NOT NULL,
  id      TEXT NOT NULL,
  login   TEXT NOT NULL,
  role    INTEGER NOT NULL,                 -- 0 officer, 1 supervisor, 2 administrator
  active  INTEGER NOT NULL,                 -- 0: may not log in any more
  stamp   INTEGER NOT NULL,
  device  TEXT NOT NULL,
  PRIMARY KEY (team, id)
) WITHOUT ROWID, STRICT;

-- Devices of a team, as they named themselves.
CREATE TABLE device(
  team        TEXT NOT NULL,
  id          TEXT NOT NULL,
  name        TEXT NOT NULL,
  public_key  BLOB NOT NULL,
  stamp       INTEGER NOT NULL,
  device      TEXT NOT NULL,                -- that said so
  PRIMARY KEY (team, id)
) WITHOUT ROWID, STRICT;

-- Forms with the files they read. Two contents under one version are both kept.
CREATE TABLE form(
  team     TEXT NOT NULL,
  id       TEXT NOT NULL,
  version  TEXT NOT NULL,
  digest   BLOB NOT NULL,                   -- of title, definition and files
  title    TEXT NOT NULL,
  content  BLOB NOT NULL,                   -- zstd of the encoded change
  stamp    INTEGER NOT NULL,
  device   TEXT NOT NULL,
  PRIMARY KEY (team, id, version, digest)
) STRICT;

-- Rows that outlive single audits.
CREATE TABLE register_row(
  team    TEXT NOT NULL,
  kind    TEXT NOT NULL,                    -- which register
  key     TEXT NOT NULL,
  json    TEXT,                             -- NULL: removed
  author  TEXT NOT NULL,
  stamp   INTEGER NOT NULL,
  device  TEXT NOT NULL,
  PRIMARY KEY (team, kind, key)
) WITHOUT ROWID, STRICT;
