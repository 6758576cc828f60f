-- Who belongs to a team: what its key said of each device. A fold of the log.

DROP TABLE member;  -- what an endpoint alone said of devices

CREATE TABLE membership(
  team         TEXT NOT NULL,
  device       TEXT NOT NULL,
  serial       INTEGER NOT NULL,            -- 1, 2, ... per device
  certificate  BLOB NOT NULL,               -- verified: storage/journal/membership.h
  PRIMARY KEY (team, device, serial, certificate)
) WITHOUT ROWID, STRICT;

-- An officer's laptop may say who its people are, but not change what an administrator's said.
ALTER TABLE person ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;  -- role of the device that said so

-- The key of a team founded here, with which its members are certified. Not part of the log.
CREATE TABLE team_key(
  team  TEXT PRIMARY KEY,
  seed  BLOB NOT NULL                       -- Ed25519 seed, 32 bytes
) WITHOUT ROWID, STRICT;
