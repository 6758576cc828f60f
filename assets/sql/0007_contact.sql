-- When devices were last heard of at an endpoint. Not part of the log: written now and then, in
-- batches, so that asking costs no write; a crash forgets the last minutes.
CREATE TABLE contact(
  team    TEXT NOT NULL,
  device  TEXT NOT NULL,
  at      INTEGER NOT NULL,                 -- milliseconds
  PRIMARY KEY (team, device)
) WITHOUT ROWID, STRICT;
