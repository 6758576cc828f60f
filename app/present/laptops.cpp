#include "app/present/laptops.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include "app/media/qr.h"
#include "storage/base/text.h"
#include "storage/rights.h"
#include "storage/teams.h"

namespace bordereau::app {
namespace {

constexpr int kPixelsPerModule = 4;

constexpr std::string_view kNotInFileNames = R"("*/:<>?\|)";  // FAT32 and NTFS
constexpr std::size_t kLongestFileName = 120;                 // bytes
constexpr std::size_t kDigitsOfDevice = 4, kDigitsShown = 8;

// Marks, embeddings and isolates of writing direction: nobody would see why two names differ.
bool is_unseen(char32_t code) {
    return code == 0x61C || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF;
}

bool may_name_a_file(char32_t code) {
    const bool plain = code > ' ' && code != 0x7F && code != 0xFFFD && !is_unseen(code);
    if (code > 0x7F) return plain;
    return plain && kNotInFileNames.find(static_cast<char>(code)) == kNotInFileNames.npos;
}

// Letters of every script as they are; what a stick's disk forbids becomes a dash.
std::string file_name_of(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t code = next_code_point(name, at);
        if (out.size() > kLongestFileName) break;
        append_utf8(out, may_name_a_file(code) ? code : U'-');
    }
    return out;
}

// Two laptops may be called the same, and their files lie on one stick.
HandOnView code_view(std::string text, std::string name, const DeviceId& device,
                     const std::filesystem::path& folder, std::string_view ending,
                     HandOnView& before) {
    HandOnView view;
    view.file = (folder / (file_name_of(name) + "-" + device.text.substr(0, kDigitsOfDevice) +
                           std::string{ending}))
                    .string();
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
    row.number = row.device.substr(0, kDigitsShown);
    return row;
}

Result<std::vector<LaptopRow>> rows_of(const Presenting& present, storage::Notebook& notebook,
                                       std::vector<storage::Membership> members, bool can_admit) {
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return devices.error();
    std::ranges::sort(members, {}, [](const storage::Membership& member) {
        return std::tuple{member.revoked, -static_cast<int>(member.role), member.name,
                          member.device().text};
    });
    std::vector<LaptopRow> rows;
    for (const storage::Membership& member : members) {
        rows.push_back(row_of(present, member, notebook.device(), can_admit));
        const auto known = std::ranges::find(*devices, member.device(), &storage::Device::id);
        if (known != devices->end() && known->latest > 0)
            rows.back().heard = worded_moment(present, known->latest);
    }
    return rows;
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
    auto rows = rows_of(present, notebook, *members, view.can_admit);
    if (!rows) return std::move(rows).error();
    view.laptops = *std::move(rows);
    const auto endpoint = desk.endpoint();
    if (!endpoint) return endpoint.error();
    view.can_join =
        !*endpoint && members->size() <= 1 && storage::may(notebook.person(), storage::Act::join);
    if (view.can_join) {
        auto code = device_code(notebook);
        if (!code) return code.error();
        view.own = code_view(*std::move(code), notebook.person().login, notebook.device(), folder,
                             "-asks.txt", before.own);
    }
    if (admitted && view.can_admit)
        view.answer = code_view(admitted->code, admitted->name, admitted->device, folder,
                                "-joins.txt", before.answer);
    return view;
}

}  // namespace bordereau::app
