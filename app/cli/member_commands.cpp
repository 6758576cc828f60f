// Which laptops belong to the team: codes that people hand on, without any endpoint.
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/desk/members.h"
#include "storage/files.h"
#include "storage/teams.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;
using storage::Membership;

std::string today_of(Millis time) {
    return to_iso(time, 0).substr(0, 10);
}

json json_of(const Membership& member, const DeviceId& own) {
    json homes = json::array();
    for (const DeviceId& home : member.homes) homes.push_back(home.text);
    return {{"device", member.device().text},
            {"name", member.name},
            {"role", storage::name_of(member.role)},
            {"homes", homes},
            {"since", to_iso(member.issued_at, 0)},
            {"revoked", member.revoked},
            {"reason", member.reason},
            {"own", member.device() == own}};
}

Exit hand_out(const Console& console, const std::string& code, const std::filesystem::path& file,
              std::string_view about) {
    if (!file.empty()) {
        if (Status kept = storage::replace_file(file, code + "\n"); !kept)
            return console.fail(Doing::reporting, kept.error(), file.string());
    } else {
        console.print(console.json() ? json{{"code", code}}.dump() : code);
    }
    if (!console.json()) console.complain(console.words()(about));
    return Exit::ok;
}

// Several laptops are meant: which.
Exit name_several(const Console& console, storage::Notebook& notebook, const std::string& wanted) {
    const auto all = members_of(notebook);
    if (!all) return console.fail(Doing::admitting, all.error(), wanted);
    console.complain("bordereau: " + wanted + ": " +
                     std::string{console.words()("member.several")});
    for (const Membership& member : *all)
        if (is_called(member, wanted))
            console.complain("  " + member.device().text + "  " + member.name);
    return Exit::refused;
}

}  // namespace

Exit device_code(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto code = app::device_code((*desk)->notebook());
    if (!code) return console.fail(Doing::admitting, code.error());
    return hand_out(console, *code, {}, "member.code.about");
}

Exit admit(const Console& console, const AdmitOptions& options) {
    const auto role = storage::role(options.role);
    if (!role) {
        console.complain("bordereau: a role is officer, supervisor or administrator");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto admitted =
        admit_laptop((*desk)->notebook(), {options.code, options.name, *role, options.instead_of});
    if (!admitted) return console.fail(Doing::admitting, admitted.error());
    return hand_out(console, admitted->code, options.output, "member.admit.about");
}

Exit join_by_certificate(const Console& console, const std::string& certificate) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    Status joined = (*desk)->join_by_certificate(certificate);
    if (!joined) return console.fail(Doing::joining, joined.error());
    const auto team = storage::Teams{(*desk)->notebook()}.current();
    if (!team) return console.fail(Doing::joining, team.error());
    if (!console.json()) console.print(console.words()("member.joined", {{"team", team->name}}));
    return Exit::ok;
}

Exit members(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::Notebook& notebook = (*desk)->notebook();
    const auto all = members_of(notebook);
    if (!all) return console.fail(Doing::admitting, all.error());
    json out = json::array();
    for (const Membership& member : *all) {
        out.push_back(json_of(member, notebook.device()));
        if (console.json()) continue;
        std::string line = member.device().text + "\t" +
                           std::string{storage::name_of(member.role)} + "\t" +
                           today_of(member.issued_at) + "\t" + member.name;
        if (member.revoked)
            line += "\t" + std::string{console.words()("member.revoked")} + ": " + member.reason;
        if (member.device() == notebook.device())
            line += "\t" + std::string{console.words()("member.own")};
        console.print(line);
    }
    if (console.json()) console.print(out.dump(2));
    return Exit::ok;
}

Exit revoke(const Console& console, const RevokeOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::Notebook& notebook = (*desk)->notebook();
    const auto member = find_member(notebook, options.device);
    if (!member && member.error().code == ErrorCode::conflict)
        return name_several(console, notebook, options.device);
    if (!member) return console.fail(Doing::admitting, member.error(), options.device);
    Status revoked = notebook.revoke(member->device(), options.reason);
    if (!revoked) return console.fail(Doing::admitting, revoked.error(), options.device);
    if (!console.json())
        console.print(console.words()("member.revoke.done", {{"device", member->name}}));
    return Exit::ok;
}

}  // namespace bordereau::app::cli
