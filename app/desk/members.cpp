#include "app/desk/members.h"

#include <filesystem>

#include "app/media/barcode.h"
#include "app/media/codec.h"
#include "storage/crypto/sign.h"
#include "storage/files.h"
#include "storage/notebook.h"
#include "storage/teams.h"
#include "sync/admission_code.h"

namespace bordereau::app {
namespace {

constexpr std::uintmax_t kMaxCodeFile = 32 << 20;

// As the laptop calls itself, else as the person who sits at it.
Result<std::string> own_name(storage::Notebook& notebook) {
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return devices.error();
    for (const auto& one : *devices)
        if (one.id == notebook.device() && !one.name.empty()) return one.name;
    return notebook.person().login;
}

}  // namespace

Result<std::string> code_or_file(std::string_view given) {
    std::error_code ignored;
    const std::filesystem::path file{given};
    if (!std::filesystem::is_regular_file(file, ignored)) return std::string{given};
    if (std::filesystem::file_size(file, ignored) > kMaxCodeFile)
        return Error{ErrorCode::invalid, "a file too large to be a code"};
    auto bytes = storage::read_file(file);
    if (!bytes) return bytes;
    const media::Kind kind = media::sniff(*bytes);
    if (!media::can_decode(kind)) return bytes;
    const auto codes = media::codes_in(kind, *bytes);
    if (!codes) return codes.error();
    if (codes->size() != 1) return Error{ErrorCode::invalid, "not one code in the picture"};
    return codes->front();
}

Result<std::string> device_code(storage::Notebook& notebook) {
    auto name = own_name(notebook);
    if (!name) return name.error();
    return sync::to_code(sync::DeviceCode{notebook.device_key().public_key(), *std::move(name)});
}

Result<LaptopAdmitted> admit_laptop(storage::Notebook& notebook, const AdmittingLaptop& asked) {
    const auto text = code_or_file(asked.code);
    if (!text) return text.error();
    const auto code = sync::read_device_code(*text);
    if (!code) return code.error();
    storage::Admitting wanted{code->public_key, asked.name.empty() ? code->name : asked.name,
                              asked.role};
    for (const std::string& home : asked.instead_of) {
        const auto before = find_member(notebook, home);
        if (!before) return before.error();
        wanted.homes.push_back(before->device());
        wanted.homes.insert(wanted.homes.end(), before->homes.begin(), before->homes.end());
    }
    std::string name = wanted.name;
    DeviceId device = storage::crypto::device_id(code->public_key);
    const auto certificate = notebook.admit(std::move(wanted));
    if (!certificate) return certificate.error();
    const storage::Teams teams{notebook};
    const auto team = teams.current();
    if (!team) return team.error();
    const auto own = teams.certificate();
    if (!own) return own.error();
    return LaptopAdmitted{
        std::move(name), std::move(device),
        sync::to_code(sync::MemberCode{*certificate, team->name, own->value_or(std::string{})})};
}

Result<std::vector<storage::Membership>> members_of(storage::Notebook& notebook) {
    const auto admission = notebook.journal().admission();
    if (!admission) return admission.error();
    return admission->members();
}

bool is_called(const storage::Membership& member, std::string_view wanted) {
    return !wanted.empty() && (member.name == wanted || member.device().text.starts_with(wanted));
}

Result<storage::Membership> find_member(storage::Notebook& notebook, std::string_view wanted) {
    auto members = members_of(notebook);
    if (!members) return members.error();
    std::vector<storage::Membership> found;
    for (storage::Membership& member : *members)
        if (is_called(member, wanted)) found.push_back(std::move(member));
    if (found.empty()) return Error{ErrorCode::not_found, "no such member"};
    if (found.size() > 1) return Error{ErrorCode::conflict, "several members are called so"};
    return std::move(found.front());
}

}  // namespace bordereau::app
