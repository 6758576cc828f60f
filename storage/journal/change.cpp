#include "storage/journal/change.h"

#include <algorithm>
#include <array>

namespace bordereau::storage {
namespace {

constexpr std::array<std::string_view, 6> kStates{"draft",  "finalized", "hasIssues",
                                                  "edited", "approved",  "rejected"};
constexpr std::array<std::string_view, 3> kRoles{"officer", "supervisor", "administrator"};

template <class Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(AuditState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

std::optional<AuditState> audit_state(std::string_view name) {
    return find<AuditState>(kStates, name);
}

bool editable(AuditState state) {
    return state == AuditState::draft || state == AuditState::has_issues;
}

std::string_view name_of(Role role) {
    return kRoles.at(static_cast<std::size_t>(role));
}

std::optional<Role> role(std::string_view name) {
    return find<Role>(kRoles, name);
}

}  // namespace bordereau::storage
