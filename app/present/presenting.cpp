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

std::string form_language_for(const form::Form& form, text::Language wanted) {
    for (const std::string& language : form.languages())
        if (text::language_of(language) == wanted) return language;
    return {};
}

namespace {

// A title that an audit has from its form, alone or before its date, in a language of the form.
std::string title_in(std::string_view language, const storage::AuditSummary& audit,
                     const form::Form& form) {
    if (!audit.title.starts_with(form.title())) return audit.title;
    const std::string rest = audit.title.substr(form.title().size());
    return rest.empty() || rest.front() == ' ' ? form.title(language) + rest : audit.title;
}

std::string after_unit(const storage::AuditSummary& audit, const std::string& title) {
    return audit.unit.empty() ? title : audit.unit + " · " + title;
}

}  // namespace

std::string listed_title(const Presenting& present, Desk& desk,
                         const storage::AuditSummary& audit) {
    const auto form = desk.forms().get(audit.form, audit.form_version);
    if (!form) return audit.title;
    return title_in(form_language_for(**form, present.words.language()), audit, **form);
}

std::string listed_name(const Presenting& present, Desk& desk, const storage::AuditSummary& audit) {
    return after_unit(audit, listed_title(present, desk, audit));
}

AuditHeader header_of(const storage::AuditSummary& audit, const form::Session& session) {
    const form::Form& form = session.form();
    const bool unit_only = audit.title == form.title() && !audit.unit.empty();
    AuditHeader header;
    header.audit = audit.id;
    header.title =
        unit_only ? audit.unit : after_unit(audit, title_in(session.language(), audit, form));
    header.form = form.title(session.language()) + " " + audit.form_version;
    header.state = shown_state(audit.state);
    return header;
}

}  // namespace bordereau::app
