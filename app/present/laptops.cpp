#include "app/present/laptops.h"

#include <algorithm>
#include <filesystem>

#include "app/media/qr.h"
#include "storage/rights.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

constexpr int kPixelsPerModule = 4;

// Letters, digits and dashes of a name; what else there is becomes a dash: any disk takes that.
std::string file_name_of(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out += plain ? c : '-';
    }
    return out;
}

HandOnView code_view(std::string text, std::string name, const std::string& folder,
                     std::string_view ending, HandOnView& before) {
    HandOnView view;
    view.file =
        (std::filesystem::path{folder} / (file_name_of(name) + std::string{ending})).string();
    if (!before.picture.empty() && before.text == text)
        view.picture = std::move(before.picture);
    else if (const auto symbol = media::qr_symbol(text))
        view.picture = media::qr_picture(*symbol, kPixelsPerModule);
    view.text = std::move(text);
    view.name = std::move(name);
    return view;
}

LaptopRow row_of(const Presenting& present, const storage::Membership& member, const DeviceId& own,
                 bool can_admit) {
    LaptopRow row;
    row.device = member.device().text;
    row.name = member.name;
    row.role = "role." + std::string{storage::name_of(member.role)};
    row.since = worded_moment(present, member.issued_at);
    row.self = member.device() == own;
    row.revoked = member.revoked;
    row.reason = member.reason;
    row.can_revoke = can_admit && !row.self && !member.revoked;
    return row;
}

// Roles of laptops that this person may let in: none above their own.
std::vector<std::string> roles_to_give(storage::Role highest) {
    std::vector<std::string> roles;
    for (const storage::Role role :
         {storage::Role::officer, storage::Role::supervisor, storage::Role::administrator})
        if (role <= highest) roles.emplace_back(storage::name_of(role));
    return roles;
}

}  // namespace

Result<LaptopsView> present_laptops(const Presenting& present, Desk& desk,
                                    const std::optional<LaptopAdmitted>& admitted,
                                    const std::string& folder, LaptopsView before) {
    storage::Notebook& notebook = desk.notebook();
    const storage::Teams teams{notebook};
    const auto team = teams.current();
    if (!team) return team.error();
    const auto founded = teams.founded_here();
    if (!founded) return founded.error();
    const auto members = members_of(notebook);
    if (!members) return members.error();
    LaptopsView view;
    view.team = team->name;
    view.can_admit = *founded && storage::may(notebook.person(), storage::Act::admit_devices);
    view.roles = roles_to_give(notebook.person().role);
    for (const storage::Membership& member : *members)
        view.laptops.push_back(row_of(present, member, notebook.device(), view.can_admit));
    std::ranges::stable_sort(view.laptops, {}, [](const LaptopRow& row) {
        return std::pair{row.revoked, !row.self};
    });
    const auto endpoint = desk.endpoint();
    if (!endpoint) return endpoint.error();
    view.can_join =
        !*endpoint && members->size() <= 1 && storage::may(notebook.person(), storage::Act::join);
    if (view.can_join) {
        auto code = device_code(notebook);
        if (!code) return code.error();
        view.own =
            code_view(*std::move(code), notebook.person().login, folder, "-asks.txt", before.own);
    }
    if (admitted && view.can_admit)
        view.answer =
            code_view(admitted->code, admitted->name, folder, "-joins.txt", before.answer);
    return view;
}

}  // namespace bordereau::app
