-- A store whose truth is a ledger elsewhere is a working copy: it says how far it has followed.

-- The last entry of each team's sequence in the ledger that is applied here. Empty where this file
-- is the truth itself. The sequence of the empty team says what endpoint this is.
CREATE TABLE arrival(
  team    TEXT PRIMARY KEY,
  number  INTEGER NOT NULL,                 -- 0: known, and nothing of it applied yet
  mark    BLOB NOT NULL                     -- digest over the sequence up to that entry
) WITHOUT ROWID, STRICT;

-- The same bytes may be evidence in two teams. So what a team's table says follows from what this
-- team was offered alone.
CREATE TABLE quarantine_by_team(
  team         TEXT NOT NULL,               -- it was offered to
  digest       BLOB NOT NULL,               -- of all the bytes
  device       TEXT NOT NULL,               -- empty where it could not be read
  lane         TEXT NOT NULL,
  number       INTEGER NOT NULL,            -- 0 where it could not be read
  fault        INTEGER NOT NULL,            -- index into Fault of storage/journal/log.h
  received_at  INTEGER NOT NULL,            -- milliseconds
  bytes        BLOB NOT NULL,
  PRIMARY KEY (team, digest)
) STRICT;
INSERT INTO quarantine_by_team(team, digest, device, lane, number, fault, received_at, bytes)
  SELECT team, digest, device, lane, number, fault, received_at, bytes FROM quarantine;
DROP TABLE quarantine;
ALTER TABLE quarantine_by_team RENAME TO quarantine;
