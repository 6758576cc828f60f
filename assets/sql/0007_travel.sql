-- Files on their way to an endpoint or another laptop.

-- Files that another side has acknowledged: it holds them whole and durable.
CREATE TABLE outbox_file(
  endpoint  TEXT NOT NULL,                  -- as in outbox
  hash      TEXT NOT NULL,                  -- as in attachment
  PRIMARY KEY (endpoint, hash)
) WITHOUT ROWID, STRICT;

-- Who may ask for a file is told by the audits that name it.
CREATE INDEX attachment_by_hash ON attachment(hash);
