#include "app/desk/trail.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/desk/beside.h"
#include "app/desk/desk.h"
#include "app/form/definition/question_text.h"
#include "storage/notebook.h"
#include "storage/rights.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

using Kind = TrailStep::Kind;
using storage::AnswerVersion;
using storage::Version;

constexpr Millis kBreak = Millis{30} * 60 * 1000;
constexpr Millis kOneGo = Millis{30} * 1000;

/// Names for people of whoever appears in a trail.
struct Names {
    std::map<PersonId, std::string> logins;
    std::map<DeviceId, std::string> devices;

    std::string login(const PersonId& person) const {
        const auto known = logins.find(person);
        return known == logins.end() ? std::string{} : known->second;
    }
    std::string device(const DeviceId& device) const {
        const auto known = devices.find(device);
        return known == devices.end() ? device.text.substr(0, 8) : known->second;
    }
};

Result<Names> names_in(Desk& desk) {
    Names names;
    const auto people = storage::People{desk.notebook()}.list();
    if (!people) return people.error();
    for (const auto& person : *people) names.logins[person.id] = person.login;
    const auto devices = storage::Teams{desk.notebook()}.devices();
    if (!devices) return devices.error();
    for (const auto& device : *devices) names.devices[device.id] = device.name;
    return names;
}

bool is_answer(Kind kind) {
    return kind == Kind::answered || kind == Kind::settled || kind == Kind::removed ||
           kind == Kind::confirmed || kind == Kind::noted;
}

bool is_row(std::string_view path) {
    return path.ends_with(']');
}

const form::Element* element_at(const form::Session& session, std::string_view path) {
    const form::NodeId node = session.find_key_path(path);
    const auto kind =
        is_row(path) ? form::ElementKind::repeat_instance : form::ElementKind::question;
    for (const form::Element& element : session.elements())
        if (element.node == node && element.kind == kind) return &element;
    return nullptr;
}

// Typed here, and nothing that a person should see by itself.
bool may_fold(const TrailStep& step) {
    const bool typed = step.kind == Kind::answered || step.kind == Kind::noted;
    return typed && !is_row(step.path) && !step.unaware && step.copied_from.empty();
}

bool goes_on(const TrailStep& before, const TrailStep& step, bool next_to) {
    const Millis between = step.at - before.at;
    return before.kind == step.kind && before.path == step.path && before.to == step.from &&
           before.from != step.to && before.author == step.author && before.device == step.device &&
           before.other_hand == step.other_hand && between <= (next_to ? kBreak : kOneGo);
}

/// The versions of one path as they came, to tell what each of them replaced.
class PathVersions {
public:
    void add(const AnswerVersion& version) {
        std::set<Version>& known = known_[version.version];
        for (const Version& replaced : version.replaces) {
            known.insert(replaced);
            if (const auto before = known_.find(replaced); before != known_.end())
                known.insert(before->second.begin(), before->second.end());
        }
        values_[version.version] = version.value.value_or("");
    }

    std::string before(const AnswerVersion& version) const {
        std::string out;
        for (const Version& replaced : version.replaces)
            if (const auto value = values_.find(replaced); value != values_.end())
                out.append(out.empty() ? "" : " | ").append(value->second);
        return out;
    }

    // An earlier version, not taken back, that this one does not know of.
    bool unaware(const AnswerVersion& version) const {
        const std::set<Version>& known = known_.at(version.version);
        return std::ranges::any_of(values_, [&](const auto& other) {
            return other.first < version.version && !known.contains(other.first) &&
                   other.second != values_.at(version.version);
        });
    }

private:
    std::map<Version, std::set<Version>> known_;
    std::map<Version, std::string> values_;
};

Kind kind_of(const AnswerVersion& version) {
    if (!version.value) return Kind::removed;
    if (is_row(version.path)) return version.replaces.empty() ? Kind::added : Kind::answered;
    return version.replaces.size() > 1 ? Kind::settled : Kind::answered;
}

// The audit that this version was copied from: its device said so just before. Empty: none.
AuditId origin_of(const AnswerVersion& version, std::map<std::string, AnswerVersion>& marks) {
    const auto mark = marks.find(version.path);
    if (mark == marks.end() || mark->second.version.device != version.version.device) return {};
    AuditId origin{mark->second.value.value_or("")};
    marks.erase(mark);
    return origin;
}

std::string title_of(Desk& desk, const AuditId& audit) {
    const auto found = desk.audit(audit);
    return found ? found->title : std::string{};
}

Status add_answers(Desk& desk, const AuditId& audit, const Names& names,
                   std::vector<TrailStep>& steps) {
    const auto history = storage::Answers{desk.notebook()}.history(audit);
    if (!history) return history.error();
    std::map<std::string, PathVersions, std::less<>> paths;
    std::map<std::string, AnswerVersion> marks;  // that the next answer of the same device is about
    for (const AnswerVersion& version : *history) {
        PathVersions& at_path = paths[version.path];
        at_path.add(version);
        TrailStep step;
        step.kind = kind_of(version);
        if (const auto question = question_of(version.path, kCopiedBeside)) {
            if (version.value && !version.value->empty())
                marks.insert_or_assign(std::string{*question}, version);
            else
                marks.erase(std::string{*question});
            if (!version.value || !version.value->empty()) continue;
            step.kind = Kind::confirmed;
        } else if (question_of(version.path, kNoteBeside)) {
            step.kind = Kind::noted;
        } else {
            step.copied_from = origin_of(version, marks);
            if (!step.copied_from.empty()) step.copied_title = title_of(desk, step.copied_from);
        }
        step.at = version.version.stamp.millis();
        step.author = version.author;
        step.device = names.device(version.version.device);
        step.path = version.path;
        for (const std::string_view attribute : {kNoteBeside, kCopiedBeside})
            if (const auto question = question_of(version.path, attribute))
                step.path = std::string{*question};
        step.from = is_row(version.path) ? std::string{} : at_path.before(version);
        step.to = is_row(version.path) ? std::string{} : version.value.value_or("");
        if (step.kind == Kind::confirmed) step.from.clear();
        step.unaware = step.kind != Kind::confirmed && at_path.unaware(version);
        step.sealed = version.sealed;
        steps.push_back(std::move(step));
    }
    return done();
}

Status add_states(Desk& desk, const AuditId& audit, const Names& names,
                  std::vector<TrailStep>& steps) {
    const auto events = storage::Audits{desk.notebook()}.events(audit);
    if (!events) return events.error();
    for (const auto& event : *events) {
        TrailStep step;
        step.kind = &event == &events->front() ? Kind::begun
                    : event.taken              ? Kind::taken
                                               : Kind::state;
        step.at = event.at;
        step.author = event.author;
        step.device = names.device(event.device);
        step.state = event.state;
        step.text = event.reason;
        steps.push_back(std::move(step));
    }
    return done();
}

Status add_remarks(Desk& desk, const AuditId& audit, const Names& names,
                   std::vector<TrailStep>& steps) {
    const storage::Reviews reviews{desk.notebook()};
    const auto remarks = reviews.remarks(audit);
    if (!remarks) return remarks.error();
    for (const auto& remark : *remarks) {
        TrailStep step;
        switch (remark.kind) {
            case storage::Remark::Kind::comment: step.kind = Kind::commented; break;
            case storage::Remark::Kind::resolution: step.kind = Kind::resolved; break;
            case storage::Remark::Kind::verdict: step.kind = Kind::judged; break;
        }
        step.at = remark.at;
        step.author = remark.author;
        step.device = names.device(remark.device);
        step.path = remark.path;
        step.text = remark.text;
        step.verdict = remark.verdict;
        steps.push_back(std::move(step));
    }
    return done();
}

}  // namespace

Result<std::vector<TrailStep>> trail_of(Desk& desk, const storage::AuditSummary& audit) {
    if (!storage::may_read(desk.notebook().person(), audit))
        return Error{ErrorCode::refused, "others' answers are for those who review"};
    const auto names = names_in(desk);
    if (!names) return names.error();
    std::vector<TrailStep> steps;
    if (Status added = add_states(desk, audit.id, *names, steps); !added)
        return std::move(added).error();
    if (Status added = add_answers(desk, audit.id, *names, steps); !added)
        return std::move(added).error();
    if (Status added = add_remarks(desk, audit.id, *names, steps); !added)
        return std::move(added).error();
    std::ranges::stable_sort(steps, {}, &TrailStep::at);
    PersonId holder = audit.created_by;
    for (TrailStep& step : steps) {
        step.login = names->login(step.author);
        if (step.kind == Kind::taken) holder = step.author;
        step.other_hand = is_answer(step.kind) && step.author != holder;
    }
    return steps;
}

std::vector<Sitting> sittings_of(const std::vector<TrailStep>& steps) {
    std::vector<Sitting> sittings;
    const TrailStep* before = nullptr;
    for (const TrailStep& step : steps) {
        if (before == nullptr || before->author != step.author || before->device != step.device ||
            step.at - before->at > kBreak)
            sittings.push_back({step.login, step.device, step.at, step.at, {}});
        sittings.back().end = step.at;
        sittings.back().steps.push_back(step);
        before = &step;
    }
    return sittings;
}

std::vector<TrailStep> folded_steps(const std::vector<TrailStep>& steps) {
    std::vector<TrailStep> folded;
    std::size_t begin = 0;  // what may still be gone on with: nothing but typing came after it
    for (const TrailStep& step : steps) {
        folded.push_back(step);
        if (!may_fold(step)) {
            begin = folded.size();
            continue;
        }
        for (std::size_t at = folded.size() - 1; at-- > begin;) {
            const bool next_to = at + 2 == folded.size();
            if (!next_to && step.at - folded[at].at > kOneGo) break;
            if (folded[at].path != step.path) continue;
            if (!goes_on(folded[at], step, next_to)) break;
            TrailStep& last = folded.back();
            last.from = folded[at].from;
            last.folded += folded[at].folded;
            last.sealed = last.sealed && folded[at].sealed;
            folded.erase(folded.begin() + static_cast<std::ptrdiff_t>(at));
            break;
        }
    }
    return folded;
}

std::vector<TrailStep> asked_steps(std::vector<TrailStep> steps, const form::Form& form) {
    std::erase_if(steps, [&](const TrailStep& step) {
        return is_answer(step.kind) && !is_row(step.path) &&
               form::question_label(form, step.path, "").empty();
    });
    return steps;
}

std::string asked_at(const form::Session& session, std::string_view path) {
    std::string plain = form::path_without_keys(path);
    const std::string written = form::question_label(session.form(), plain, session.language());
    const form::Element* element = element_at(session, path);
    if (element == nullptr) return written.empty() ? plain.substr(plain.rfind('/') + 1) : written;
    const std::string label = session.label(*element);
    if (element->kind == form::ElementKind::repeat_instance)
        return label + (label.empty() ? "" : " ") + std::to_string(element->position);
    const std::size_t row = path.rfind(']');
    if (row == path.npos || label != written) return label.empty() ? written : label;
    return asked_at(session, path.substr(0, row + 1)) + " \xC2\xB7 " + label;
}

std::vector<TrailStep> about_question(std::vector<TrailStep> steps, std::string_view question) {
    const std::string wanted = form::path_without_keys(question);
    std::erase_if(steps, [&](const TrailStep& step) {
        const std::string path = form::path_without_keys(step.path);
        const bool here = path == wanted || path.ends_with("/" + wanted);
        return path.empty() || !(here || (is_row(step.path) && wanted.starts_with(path + "/")));
    });
    return steps;
}

}  // namespace bordereau::app
