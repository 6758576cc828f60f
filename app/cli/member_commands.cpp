// Which laptops belong to the team: codes that people hand on, without any endpoint.
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "storage/files.h"
#include "storage/teams.h"
#include "sync/admission_code.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;
using storage::Membership;

std::string today_of(Millis time) {
    return to_iso(time, 0).substr(0, 10);
}

// Codes come as text or, where a file of that name is there, in it.
Result<std::string> code_or_file(const std::string& given) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(given, ignored) ? storage::read_file(given)
                                                            : Result<std::string>{given};
}

// By its whole number, the beginning of it, or its name, where that names only one.
Result<Membership> find_member(storage::Notebook& notebook, const std::string& wanted) {
    const auto admission = notebook.journal().admission();
    if (!admission) return admission.error();
    std::vector<Membership> found;
    for (Membership& member : admission->members())
        if (!wanted.empty() && (member.name == wanted || member.device().text.starts_with(wanted)))
            found.push_back(std::move(member));
    if (found.empty()) return Error{ErrorCode::not_found, "no such member"};
    if (found.size() > 1) return Error{ErrorCode::conflict, "several members are called so"};
    return found.front();
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

}  // namespace

Exit device_code(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::Notebook& notebook = (*desk)->notebook();
    std::string name = notebook.person().login;
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return console.fail(Doing::admitting, devices.error());
    for (const auto& one : *devices)
        if (one.id == notebook.device() && !one.name.empty()) name = one.name;
    return hand_out(console,
                    sync::to_code(sync::DeviceCode{notebook.device_key().public_key(), name}), {},
                    "member.code.about");
}

Exit admit(const Console& console, const AdmitOptions& options) {
    const auto role = storage::role(options.role);
    if (!role) {
        console.complain("bordereau: a role is officer, supervisor or administrator");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    storage::Notebook& notebook = (*desk)->notebook();
    const auto text = code_or_file(options.code);
    if (!text) return console.fail(Doing::admitting, text.error());
    const auto code = sync::read_device_code(*text);
    if (!code) return console.fail(Doing::admitting, code.error());
    storage::Admitting wanted{code->public_key, options.name.empty() ? code->name : options.name,
                              *role};
    for (const std::string& home : options.instead_of) {
        const auto before = find_member(notebook, home);
        if (!before) return console.fail(Doing::admitting, before.error(), home);
        wanted.homes.push_back(before->device());
        wanted.homes.insert(wanted.homes.end(), before->homes.begin(), before->homes.end());
    }
    const auto certificate = notebook.admit(std::move(wanted));
    if (!certificate) return console.fail(Doing::admitting, certificate.error());
    const auto team = storage::Teams{notebook}.current();
    if (!team) return console.fail(Doing::admitting, team.error());
    return hand_out(console, sync::to_code(sync::MemberCode{*certificate, team->name}),
                    options.output, "member.admit.about");
}

Exit join_by_certificate(const Console& console, const std::string& certificate) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto text = code_or_file(certificate);
    if (!text) return console.fail(Doing::joining, text.error());
    Status joined = (*desk)->join_by_certificate(*text);
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
    const auto admission = notebook.journal().admission();
    if (!admission) return console.fail(Doing::admitting, admission.error());
    json out = json::array();
    for (const Membership& member : admission->members()) {
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
    if (!member) return console.fail(Doing::admitting, member.error(), options.device);
    Status revoked = notebook.revoke(member->device(), options.reason);
    if (!revoked) return console.fail(Doing::admitting, revoked.error(), options.device);
    if (!console.json())
        console.print(console.words()("member.revoke.done", {{"device", member->name}}));
    return Exit::ok;
}

}  // namespace bordereau::app::cli
