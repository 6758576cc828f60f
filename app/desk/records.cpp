#include "app/desk/records.h"

#include <algorithm>

#include "app/desk/filling.h"
#include "storage/notebook.h"
#include "storage/reviews.h"

namespace bordereau::app {
namespace {

audit::ReviewState state_of(storage::AuditState state) {
    switch (state) {
        case storage::AuditState::draft: return audit::ReviewState::draft;
        case storage::AuditState::finalized: return audit::ReviewState::received;
        case storage::AuditState::has_issues: return audit::ReviewState::has_issues;
        case storage::AuditState::edited: return audit::ReviewState::edited;
        case storage::AuditState::approved: return audit::ReviewState::approved;
        case storage::AuditState::rejected: return audit::ReviewState::rejected;
    }
    return audit::ReviewState::draft;
}

// The label of what was chosen in the first of these questions that has an answer.
std::string chosen_label(const form::Session& session,
                         std::initializer_list<std::string_view> names) {
    for (const form::Element& element : session.elements()) {
        if (element.kind != form::ElementKind::question) continue;
        const auto name = session.name(element.node);
        if (std::ranges::find(names, name) == names.end()) continue;
        const std::string& value = session.value(element.node);
        if (!value.empty()) return session.choice_label(element, value);
    }
    return {};
}

Status add_approval(const RecordSource& source, const AuditId& audit, audit::Header& header) {
    const auto events = storage::Audits{source.notebook}.events(audit);
    if (!events) return events.error();
    for (const auto& event : *events) {
        if (event.state != storage::AuditState::approved) continue;
        header.approved_at = event.at;
        const auto person = storage::People{source.notebook}.find(event.author);
        if (!person) return person.error();
        if (*person) header.reviewer = (*person)->login;
    }
    return done();
}

// Position among its siblings, from 0, of the repeat instance at a key path.
std::optional<std::size_t> row_of(const form::Session& session, std::string_view key_path) {
    const form::NodeId node = session.find_key_path(key_path);
    for (const form::Element& element : session.elements())
        if (element.kind == form::ElementKind::repeat_instance && element.node == node)
            return static_cast<std::size_t>(element.position - 1);
    return std::nullopt;
}

Result<audit::Review> review_of(const RecordSource& source, const AuditId& audit,
                                const form::Session& session) {
    const auto verdicts = storage::Reviews{source.notebook}.verdicts(audit);
    if (!verdicts) return verdicts.error();
    audit::Review review;
    for (const auto& verdict : *verdicts) {
        if (verdict.verdict != storage::Verdict::accepted) continue;
        if (verdict.evidence == kFiguresTraced)
            review.figures_traced = true;
        else if (const auto row = row_of(session, verdict.evidence))
            review.accepted_evidence.insert(*row);
    }
    return review;
}

// Remarks that the form asks for are answers already.
std::vector<std::pair<std::string, std::string>> notes_in(const Filling& filling) {
    std::vector<std::pair<std::string, std::string>> notes;
    const form::Session& session = filling.session();
    for (const form::Element& element : session.elements())
        if (element.kind == form::ElementKind::question &&
            session.remark(element.node) == form::NodeId{})
            if (const std::string& note = filling.note(element.node); !note.empty())
                notes.emplace_back(session.xpath(element.node) + "@note", note);
    return notes;
}

}  // namespace

Result<audit::Record> record_of(const RecordSource& source, const Filling& filling) {
    const storage::AuditSummary& audit = filling.summary();
    const form::Session& session = filling.session();
    audit::Header header;
    header.audit = audit.id;
    header.form = audit.form;
    header.version = audit.form_version;
    header.state = state_of(audit.state);
    header.officer = audit.created_by_login;
    header.country_name = chosen_label(session, {"a_country", "t_country"});
    header.agency_name = chosen_label(session, {"a_agency", "t_agency"});
    header.unit_name = chosen_label(session, {"a_unit", "w_unit"});
    if (Status added = add_approval(source, audit.id, header); !added)
        return std::move(added).error();

    const auto leaves = session.leaves();
    std::vector<audit::Leaf> plain;
    plain.reserve(leaves.size());
    for (const auto& leaf : leaves) plain.push_back({leaf.xpath, leaf.value, leaf.relevant});
    const auto notes = notes_in(filling);
    for (const auto& [path, text] : notes) plain.push_back({path, text, true});
    audit::Record record = audit::record_from(std::move(header), plain);
    auto review = review_of(source, audit.id, session);
    if (!review) return std::move(review).error();
    record.review = *std::move(review);
    return record;
}

Result<audit::Record> record_of(const RecordSource& source, const storage::AuditSummary& audit) {
    auto form = source.forms.get(audit.form, audit.form_version);
    if (!form) return std::move(form).error();
    const auto filling = Filling::open_to_read(source.notebook, *form, audit, source.services,
                                               Filling::Unconfirmed::left_out);
    if (!filling) return filling.error();
    return record_of(source, *filling);
}

Result<std::vector<audit::Record>> records_in(const RecordSource& source, storage::AuditState state,
                                              const FormId& form) {
    storage::AuditFilter filter;
    filter.form = form;
    filter.state = state;
    filter.limit = 1'000'000;
    auto found = storage::Audits{source.notebook}.list(filter);
    if (!found) return std::move(found).error();
    std::ranges::sort(*found, {}, &storage::AuditSummary::created_at);
    std::vector<audit::Record> records;
    for (const auto& audit : *found) {
        auto record = record_of(source, audit);
        if (!record && record.error().code != ErrorCode::invalid &&
            record.error().code != ErrorCode::not_found)
            return std::move(record).error();
        if (record) records.push_back(*std::move(record));
    }
    return records;
}

}  // namespace bordereau::app
