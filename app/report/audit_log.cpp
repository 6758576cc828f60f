#include "app/report/audit_log.h"

namespace bordereau::report {
namespace {

std::string field(std::string_view value) {
    if (value.find_first_of(",\n\r") == value.npos) return std::string{value};
    std::string out = "\"";
    for (const char c : value) out.append(c == '"' ? "\"\"" : std::string(1, c));
    return out + "\"";
}

void add(std::string& line, std::string_view value) {
    line.append(",").append(field(value));
}

std::string header(const AuditLogColumns& columns) {
    std::string line = "event,node,start,end";
    if (columns.location) line += ",latitude,longitude,accuracy";
    if (columns.changes) line += ",old-value,new-value";
    if (columns.user) line += ",user";
    if (columns.change_reasons) line += ",change-reason";
    return line + "\n";
}

std::string line_of(const AuditLogRow& row, const AuditLogColumns& columns) {
    // Values that did not change are left empty, both of them.
    const bool changed = row.old_value != row.new_value;
    std::string line = field(row.event);
    add(line, row.node);
    add(line, std::to_string(row.start));
    add(line, row.end == 0 ? std::string{} : std::to_string(row.end));
    if (columns.location) line += ",,,";
    if (columns.changes) {
        add(line, changed ? row.old_value : std::string{});
        add(line, changed ? row.new_value : std::string{});
    }
    if (columns.user) add(line, row.user);
    if (columns.change_reasons) add(line, row.change_reason);
    return line + "\n";
}

}  // namespace

std::string audit_csv(std::span<const AuditLogRow> rows, const AuditLogColumns& columns) {
    std::string out = header(columns);
    for (const AuditLogRow& row : rows) out += line_of(row, columns);
    return out;
}

}  // namespace bordereau::report
