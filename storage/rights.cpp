#include "storage/rights.h"

namespace bordereau::storage {
namespace {

struct Rule {
    Act act;
    std::string_view name;
    bool officer, supervisor, administrator;
};

// The table. An agency may narrow it, never widen it.
constexpr std::array<Rule, kActs.size()> kRules{{
    {Act::record, "record", true, true, true},
    {Act::take_over, "take_over", true, true, true},
    {Act::read_others, "read_others", false, true, true},
    {Act::review, "review", false, true, true},
    {Act::export_inside, "export_inside", false, true, true},
    {Act::export_public, "export_public", false, false, true},
    {Act::manage_people, "manage_people", false, false, true},
    {Act::back_up, "back_up", true, true, true},
    {Act::restore, "restore", false, true, true},
    {Act::salvage, "salvage", false, true, true},
    {Act::join, "join", false, true, true},
    {Act::admit_devices, "admit_devices", false, true, true},
    {Act::synchronise, "synchronise", true, true, true},
    {Act::add_forms, "add_forms", false, false, true},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kActs.size(); ++i)
        if (kRules[i].act != kActs[i] || static_cast<std::size_t>(kActs[i]) != i) return false;
    return true;
}
static_assert(in_order());

const Rule& rule_of(Act act) {
    return kRules[static_cast<std::size_t>(act)];
}

}  // namespace

std::string_view name_of(Act act) {
    return rule_of(act).name;
}

bool may(Role role, Act act) {
    const Rule& rule = rule_of(act);
    switch (role) {
        case Role::officer: return rule.officer;
        case Role::supervisor: return rule.supervisor;
        case Role::administrator: return rule.administrator;
    }
    return false;
}

bool may_read(const Person& person, const AuditSummary& audit) {
    return audit.created_by == person.id || audit.held_by == person.id ||
           may(person, Act::read_others);
}

bool may_edit(const Person& person, const AuditSummary& audit) {
    return editable(audit.state) && audit.held_by == person.id && may(person, Act::record);
}

bool may_take_over(const Person& person, const AuditSummary& audit) {
    return editable(audit.state) && audit.held_by != person.id && may(person, Act::take_over);
}

bool may_judge(const Person& person, const AuditSummary& audit) {
    const bool waiting = audit.state == AuditState::finalized || audit.state == AuditState::edited;
    return waiting && audit.created_by != person.id && audit.held_by != person.id &&
           may(person, Act::review);
}

}  // namespace bordereau::storage
