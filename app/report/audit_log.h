// app/report/audit_log.h - ODK's audit.csv: the events of one filling, as servers and analysts know
// them. Pure. ODK XForms, "Client audit logs".
#pragma once

#include <span>
#include <string>

#include "storage/base/time.h"

namespace bordereau::report {

/// A row. Times are those of the record in the log: when a screen came and went is not recorded, so
/// `start` and `end` of a question are both the moment of its answer.
struct AuditLogRow {
    std::string event;  ///< "question", "add repeat" and so on
    std::string node;   ///< XPath with positions on repeats only; empty for events of the form
    Millis start = 0;
    Millis end = 0;  ///< 0: the event has none
    std::string old_value, new_value;
    std::string user;
    std::string change_reason;
};

/// What a form asks for by the attributes of its audit element, beyond events and times.
struct AuditLogColumns {
    bool location = false;        ///< three columns, empty: no position is recorded
    bool changes = false;         ///< odk:track-changes
    bool user = false;            ///< odk:identify-user
    bool change_reasons = false;  ///< odk:track-changes-reasons
};

/// UTF-8, lines end in a line feed, header row first. Quotation marks only where a value has a
/// comma or a line end, and only then are those inside doubled, as ODK Collect does.
std::string audit_csv(std::span<const AuditLogRow> rows, const AuditLogColumns& columns);

}  // namespace bordereau::report
