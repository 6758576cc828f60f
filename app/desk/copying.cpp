#include "app/desk/copying.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <set>

#include "app/desk/desk.h"
#include "app/form/definition/question_text.h"

namespace bordereau::app {
namespace {

using form::Widget;

// What the built-in forms ask about this audit and not about the unit: authority, consent, the kind
// of audit, who works where, the shift that was seen.
constexpr std::array<std::string_view, 7> kOfThisAudit{
    "a_authority_ok", "a_consent", "a_type", "a_prev", "a_conflict", "w_shift", "a_methods"};
constexpr std::string_view kCodeOfEarlier = "a_prev";
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

// What a version of the form calls the unit, in each of its languages.
void add_names(const Services& services, const Filling& filling,
               const std::shared_ptr<const form::Form>& form, std::set<std::string>& names) {
    auto session = form::Session::resume(form, filling.session().all_entries(),
                                         environment_for(services, {}), form::ResumeMode::frozen);
    std::vector<std::string> languages = form->languages();
    if (languages.empty()) languages.push_back(session.language());
    for (const std::string& language : languages) {
        (void)session.set_language(language);
        if (std::string unit = label_of(session).unit; !unit.empty()) names.insert(std::move(unit));
    }
}

// Lists keep the unit by the name that it had where the audit was recorded: in the language of then
// and in the version of then.
Result<std::set<std::string>> names_of_unit(Desk& desk, const Filling& filling) {
    std::set<std::string> names;
    if (std::string unit = label_of(filling.session()).unit; !unit.empty())
        names.insert(std::move(unit));
    if (names.empty()) return names;
    const auto forms = desk.forms().list();
    if (!forms) return forms.error();
    for (const storage::FormSummary& version : *forms) {
        if (version.id != filling.summary().form) continue;
        if (const auto form = desk.forms().get(version.id, version.version))
            add_names(desk.services(), filling, *form, names);
    }
    return names;
}

// Two units may have the same name: what the form calls the unit must be the same too.
Result<std::optional<Filling>> open_first(Desk& desk, const Filling& filling,
                                          const std::vector<storage::AuditSummary>& audits) {
    constexpr std::size_t kMost = 5;
    const std::string unit = unit_in(filling.session());
    for (const storage::AuditSummary& audit : audits | std::views::take(kMost)) {
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

}  // namespace

bool CopyScope::holds(std::string_view question, std::string_view place) const {
    const std::string plain = form::path_without_keys(question);
    const auto lies_at = [](std::string_view path, const std::string& above) {
        return path == above || path.starts_with(above + "/");
    };
    return paths.empty() || std::ranges::any_of(paths, [&](const std::string& path) {
               if (path.find('[') == path.npos) return lies_at(plain, path);
               return lies_at(question, path) || lies_at(place, path);
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

Result<std::vector<storage::AuditSummary>> earlier_audits(Desk& desk, const Filling& filling) {
    std::vector<storage::AuditSummary> earlier;
    const auto names = names_of_unit(desk, filling);
    if (!names) return names.error();
    storage::AuditFilter filter;
    filter.form = filling.summary().form;
    for (const std::string& name : *names) {
        filter.unit = name;
        auto found = storage::Audits{desk.notebook()}.list(filter);
        if (!found) return found;
        for (storage::AuditSummary& audit : *found)
            if (audit.id != filling.audit() && audit.created_at < filling.summary().created_at &&
                storage::may_read(desk.notebook().person(), audit))
                earlier.push_back(std::move(audit));
    }
    std::ranges::sort(earlier, std::ranges::greater{}, &storage::AuditSummary::created_at);
    return earlier;
}

Result<std::optional<Filling>> open_earlier(Desk& desk, const Filling& filling) {
    const auto audits = earlier_audits(desk, filling);
    if (!audits) return audits.error();
    return open_first(desk, filling, *audits);
}

Result<std::optional<Filling>> open_followed(Desk& desk, const Filling& filling) {
    auto audits = earlier_audits(desk, filling);
    if (!audits) return std::move(audits).error();
    std::erase_if(*audits, [](const storage::AuditSummary& audit) {
        return audit.state == storage::AuditState::draft ||
               audit.state == storage::AuditState::rejected;
    });
    const form::Session& session = filling.session();
    const form::NodeId code = find_question(session, kCodeOfEarlier);
    if (code != form::NodeId{})
        std::ranges::stable_partition(*audits, [&](const storage::AuditSummary& audit) {
            return audit.title == session.value(code);
        });
    return open_first(desk, filling, *audits);
}

}  // namespace bordereau::app
