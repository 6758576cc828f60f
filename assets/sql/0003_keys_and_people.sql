-- Keys of attachments, audits that changed hands, and devices that came out of a backup.

-- Random keys from which those of attachments derive; the greatest epoch's is used for new files.
-- Their own, so that a new key of the notebook leaves files readable until they are sealed anew.
CREATE TABLE file_key(
  epoch  INTEGER PRIMARY KEY,               -- 1, 2, ...: one more with each new key of the notebook
  key    BLOB NOT NULL                      -- 32 random bytes
) STRICT;

-- Folds of the log, as in part 3 of the first file.

-- Who took an audit over from whoever recorded it; the latest row holds it.
CREATE TABLE audit_taken(
  audit   TEXT NOT NULL,
  stamp   INTEGER NOT NULL,
  device  TEXT NOT NULL,
  author  TEXT NOT NULL,                    -- who records it from then on
  reason  TEXT NOT NULL,
  PRIMARY KEY (audit, stamp, device)
) WITHOUT ROWID, STRICT;

-- Audits with who records them now.
CREATE VIEW held_audit AS
  SELECT a.*, coalesce((SELECT t.author FROM audit_taken t WHERE t.audit = a.id
    ORDER BY t.stamp DESC, t.device DESC LIMIT 1), a.created_by) AS held_by FROM audit a;

-- Devices that began as a restored backup of another one.
CREATE TABLE device_origin(
  team      TEXT NOT NULL,
  id        TEXT NOT NULL,                  -- the new device
  previous  TEXT NOT NULL,                  -- the device whose backup it was
  made_at   INTEGER NOT NULL,               -- when the backup was made, milliseconds
  kept      INTEGER NOT NULL,               -- unsealed changes of the old device that it took over
  author    TEXT NOT NULL,                  -- who restored it
  stamp     INTEGER NOT NULL,
  device    TEXT NOT NULL,
  PRIMARY KEY (team, id)
) WITHOUT ROWID, STRICT;
