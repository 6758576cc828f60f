-- Lists and full-text search over very many audits.

-- 1. The list of audits, in the orders that people ask for.

-- The same columns as before, now with a rowid: indexes name a row by a small number, not by a
-- UUID, and are a third as large.
DROP INDEX audit_by_change;
ALTER TABLE audit RENAME TO audit_before;
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
) STRICT;
INSERT INTO audit SELECT * FROM audit_before;
DROP TABLE audit_before;

-- One index per order of the list, and one that finds the audits of any combination of filters.
CREATE INDEX audit_by_change ON audit(changed_at, team, form, state, unit);
CREATE INDEX audit_by_unit   ON audit(unit, changed_at DESC, form, state);
CREATE INDEX audit_by_state  ON audit(state, changed_at);
CREATE INDEX audit_by_facets ON audit(team, state, form, created_by, unit, changed_at);

-- How many audits there are of each combination that a list filters by. Kept by the triggers below:
-- a count reads some thousand rows here instead of every audit. A fold like the others.
CREATE TABLE audit_tally(
  team        TEXT NOT NULL,
  state       INTEGER NOT NULL,
  form        TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  unit        TEXT NOT NULL,
  audits      INTEGER NOT NULL,             -- more than none
  PRIMARY KEY (team, state, form, created_by, unit)
) WITHOUT ROWID, STRICT;

INSERT INTO audit_tally(team, state, form, created_by, unit, audits)
  SELECT team, state, form, created_by, unit, count(*) FROM audit WHERE form <> ''
  GROUP BY team, state, form, created_by, unit;

CREATE TRIGGER audit_counted AFTER INSERT ON audit WHEN new.form <> '' BEGIN
  INSERT INTO audit_tally(team, state, form, created_by, unit, audits)
    VALUES (new.team, new.state, new.form, new.created_by, new.unit, 1)
    ON CONFLICT DO UPDATE SET audits = audits + 1;
END;

CREATE TRIGGER audit_recounted AFTER UPDATE OF team, state, form, created_by, unit ON audit
  WHEN (old.team, old.state, old.form, old.created_by, old.unit)
    <> (new.team, new.state, new.form, new.created_by, new.unit) BEGIN
  UPDATE audit_tally SET audits = audits - 1
    WHERE old.form <> '' AND team = old.team AND state = old.state AND form = old.form
      AND created_by = old.created_by AND unit = old.unit;
  DELETE FROM audit_tally
    WHERE audits = 0 AND team = old.team AND state = old.state AND form = old.form
      AND created_by = old.created_by AND unit = old.unit;
  INSERT INTO audit_tally(team, state, form, created_by, unit, audits)
    SELECT new.team, new.state, new.form, new.created_by, new.unit, 1 WHERE new.form <> ''
    ON CONFLICT DO UPDATE SET audits = audits + 1;
END;

-- 2. Full-text search. An index over the folds, brought up to date after them: it holds no text, only
-- which words are where. It is no fold and not in their digest, since words are indexed in the
-- order in which changes came, and indexing every change at once would cost more than keeping it.
-- Search::check() compares it with the folds instead.

-- One row per indexed audit.
CREATE TABLE search_doc(
  doc        INTEGER PRIMARY KEY,           -- hours since 1970 of its latest change, times 256, plus
                                            -- the first free number: so the latest come last
  audit_row  INTEGER NOT NULL UNIQUE,       -- rowid in audit
  spill      INTEGER NOT NULL,              -- hours that doc lies after that change: 0 but where 256
                                            -- audits changed in one hour
  digest     INTEGER NOT NULL               -- of its words, to find out whether they are still right
) STRICT;
CREATE INDEX search_spill ON search_doc(spill) WHERE spill > 0;

-- The words of titles and units, and of everything; by doc. Both hold marks of state, form, unit and
-- person besides, so that a filter narrows down in the index.
CREATE VIRTUAL TABLE search_title USING fts5(words, content='', contentless_delete=1, detail=none,
                                             tokenize='ascii');
CREATE VIRTUAL TABLE search_body USING fts5(words, content='', contentless_delete=1, detail=none,
                                            prefix='2 3', tokenize='ascii');
-- Below what one encrypted page takes: by default each piece would need a second page.
INSERT INTO search_title(search_title, rank) VALUES ('pgsz', 7950);
INSERT INTO search_body(search_body, rank) VALUES ('pgsz', 7950);

-- Audits that changed since they were indexed; rowids in audit.
CREATE TABLE search_due(
  audit_row  INTEGER PRIMARY KEY
) STRICT;
INSERT INTO search_due SELECT rowid FROM audit WHERE (SELECT team FROM identity) <> '';

-- An endpoint, whose team is empty, has nobody who searches.
CREATE TRIGGER audit_to_index AFTER INSERT ON audit WHEN (SELECT team FROM identity) <> '' BEGIN
  INSERT INTO search_due(audit_row) VALUES (new.rowid) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER audit_to_index_again AFTER UPDATE ON audit
  WHEN (SELECT team FROM identity) <> '' BEGIN
  INSERT INTO search_due(audit_row) VALUES (new.rowid) ON CONFLICT DO NOTHING;
END;

-- Rows of registers, likewise.
CREATE TABLE search_register(
  doc   INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  UNIQUE (kind, key)
) STRICT;
CREATE VIRTUAL TABLE search_register_words USING fts5(words, content='', contentless_delete=1,
                                                      detail=none, prefix='2 3', tokenize='ascii');
CREATE TABLE search_register_due(
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID, STRICT;
INSERT INTO search_register_due
  SELECT kind, key FROM register_row WHERE (SELECT team FROM identity) <> '';
CREATE TRIGGER register_to_index AFTER INSERT ON register_row
  WHEN (SELECT team FROM identity) <> '' BEGIN
  INSERT INTO search_register_due(kind, key) VALUES (new.kind, new.key) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER register_to_index_again AFTER UPDATE ON register_row
  WHEN (SELECT team FROM identity) <> '' BEGIN
  INSERT INTO search_register_due(kind, key) VALUES (new.kind, new.key) ON CONFLICT DO NOTHING;
END;
