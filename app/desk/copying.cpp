#include "app/desk/copying.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "app/desk/desk.h"
#include "app/form/definition/question_text.h"

namespace bordereau::app {
namespace {

using form::Widget;

// What the built-in forms ask about this audit and not about the unit: authority, consent, the kind
// of audit, who works where, the shift that was seen.
constexpr std::array<std::string_view, 7> kOfThisAudit{
    "a_authority_ok", "a_consent", "a_type", "a_prev", "a_conflict", "w_shift", "a_methods"};
constexpr std::array kKinds{Widget::text,     Widget::integer,    Widget::decimal,
                            Widget::range,    Widget::select_one, Widget::select_multiple,
                            Widget::rank,     Widget::geopoint,   Widget::geotrace,
                            Widget::geoshape, Widget::barcode};

std::string unit_in(const form::Session& session) {
    for (const form::Element& element : session.elements())
        if (element.kind == form::ElementKind::question && names_unit(session.name(element.node)))
            return session.value(element.node);
    return {};
}

}  // namespace

bool CopyScope::holds(std::string_view question) const {
    const std::string plain = form::path_without_keys(question);
    return paths.empty() || std::ranges::any_of(paths, [&plain](const std::string& path) {
               const std::string above = form::path_without_keys(path);
               return plain == above || plain.starts_with(above + "/");
           });
}

bool may_be_copied(const form::Session& session, const form::Element& element) {
    const std::string_view name = session.name(element.node);
    return std::ranges::find(kKinds, element.widget) != kKinds.end() &&
           element.remark_on == form::NodeId{} &&
           std::ranges::find(kOfThisAudit, name) == kOfThisAudit.end() &&
           !session.readonly(element.node) &&
           !form::is_calculated(session.form(), session.key_path(element.node));
}

// Entries of repeats are matched by position: keys are made by chance.
std::optional<EarlierAnswer> earlier_answer(const Filling& earlier, const form::Session& session,
                                            const form::Element& element) {
    const form::Session& then = earlier.session();
    const form::NodeId node = then.find(session.xpath(element.node));
    if (then.xpath(node).empty() || then.value(node).empty() || !then.relevant(node)) return {};
    if (!earlier.copied_from(node).empty()) return {};
    const auto& elements = then.elements();
    const auto found = std::ranges::find(elements, node, &form::Element::node);
    if (found == elements.end()) return {};
    return EarlierAnswer{&*found, then.value(node)};
}

Result<std::vector<storage::AuditSummary>> earlier_audits(Desk& desk, const Filling& filling) {
    std::vector<storage::AuditSummary> earlier;
    storage::AuditFilter filter;
    filter.form = filling.summary().form;
    filter.unit = label_of(filling.session()).unit;
    if (filter.unit.empty()) return earlier;
    auto found = storage::Audits{desk.notebook()}.list(filter);
    if (!found) return found;
    for (storage::AuditSummary& audit : *found)
        if (audit.id != filling.audit() && audit.created_at < filling.summary().created_at &&
            storage::may_read(desk.notebook().person(), audit))
            earlier.push_back(std::move(audit));
    std::ranges::sort(earlier, std::ranges::greater{}, &storage::AuditSummary::created_at);
    return earlier;
}

// Two units may have the same name: what the form calls the unit must be the same too.
Result<std::optional<Filling>> open_earlier(Desk& desk, const Filling& filling) {
    constexpr std::size_t kMost = 5;
    const auto audits = earlier_audits(desk, filling);
    if (!audits) return audits.error();
    const std::string unit = unit_in(filling.session());
    for (const storage::AuditSummary& audit : *audits | std::views::take(kMost)) {
        auto earlier = desk.read_audit(audit.id);
        if (!earlier) {
            if (earlier.error().code == ErrorCode::not_found) continue;  // its form is not here
            return std::move(earlier).error();
        }
        if (unit_in(earlier->session()) != unit) continue;
        (void)earlier->set_language(filling.session().language());
        return std::optional<Filling>{*std::move(earlier)};
    }
    return std::optional<Filling>{};
}

}  // namespace bordereau::app
