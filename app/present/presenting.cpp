#include "app/present/presenting.h"

#include "app/text/format.h"

namespace bordereau::app {

std::string worded_moment(const Presenting& present, Millis at) {
    return text::format_instant(at, present.clock, present.words.language());
}

std::string worded_time(const Presenting& present, Millis at) {
    const Date day = local_date(present.clock, at);
    if (day != local_date(present.clock, present.clock.now())) return worded_moment(present, at);
    const Millis local = at + present.clock.utc_offset_minutes(at) * Millis{60'000};
    const Millis in_day = local - days_of(day) * Millis{86'400'000};
    return text::format_time(static_cast<int>(in_day / 3'600'000),
                             static_cast<int>(in_day / 60'000 % 60));
}

AuditState shown_state(storage::AuditState state) {
    switch (state) {
        case storage::AuditState::draft: return AuditState::draft;
        case storage::AuditState::finalized:
        case storage::AuditState::edited: return AuditState::finalized;
        case storage::AuditState::has_issues: return AuditState::returned;
        case storage::AuditState::approved: return AuditState::approved;
        case storage::AuditState::rejected: return AuditState::rejected;
    }
    return AuditState::draft;
}

std::string_view state_name(AuditState state) {
    switch (state) {
        case AuditState::draft: return "draft";
        case AuditState::finalized: return "finalized";
        case AuditState::returned: return "returned";
        case AuditState::approved: return "approved";
        case AuditState::rejected: return "rejected";
    }
    return "";
}

AuditHeader header_of(const storage::AuditSummary& audit, const std::string& form_title) {
    AuditHeader header;
    header.audit = audit.id;
    header.title = audit.unit.empty() ? audit.title : audit.unit + " · " + audit.title;
    if (audit.title == form_title && !audit.unit.empty()) header.title = audit.unit;
    header.form = form_title + " " + audit.form_version;
    header.state = shown_state(audit.state);
    return header;
}

}  // namespace bordereau::app
