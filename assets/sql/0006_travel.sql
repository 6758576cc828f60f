-- Files on their way to an endpoint or another laptop.

-- Files that another side has acknowledged: it holds them whole and durable.
CREATE TABLE outbox_file(
  endpoint  TEXT NOT NULL,                  -- as in outbox
  hash      TEXT NOT NULL,                  -- as in attachment
  PRIMARY KEY (endpoint, hash)
) WITHOUT ROWID, STRICT;

-- Who may ask for a file is told by the audits that name it.
CREATE INDEX attachment_by_hash ON attachment(hash);

-- What happened to each audit on its way, for people. Not part of the log, and bounded: the earliest
-- rows go first.
CREATE TABLE travel_log(
  id          INTEGER PRIMARY KEY,          -- in the order of events
  at          INTEGER NOT NULL,             -- milliseconds
  audit       TEXT NOT NULL,                -- empty: people, forms and devices
  way         INTEGER NOT NULL,             -- 0 endpoint, 1 stick, 2 another laptop
  event       INTEGER NOT NULL,             -- 0 sent, 1 received, 2 acknowledged, 3 refused
  changesets  INTEGER NOT NULL,
  files       INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,             -- of the files
  reason      TEXT NOT NULL                 -- of a refusal: a word of the program's, else empty
) STRICT;
CREATE INDEX travel_log_by_audit ON travel_log(audit, id);
