-- Audits with changes that are not sealed yet. They are few, and are found in as many steps as there are,
-- however many changes each has.
CREATE VIEW edited_audit AS
  WITH RECURSIVE subject(id) AS (
    SELECT min(subject) FROM pending
    UNION ALL
    SELECT (SELECT min(subject) FROM pending WHERE subject > id) FROM subject WHERE id IS NOT NULL)
  SELECT a.rowid AS audit_row,
    (SELECT max(stamp) FROM pending WHERE subject = s.id) AS last  -- stamp of its latest change
  FROM subject s CROSS JOIN audit a ON a.id = s.id;
