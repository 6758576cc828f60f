#include <cstdlib>

#include "app/cli/commands.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

Result<std::string> new_passphrase(const std::string& file) {
    if (!file.empty()) {
        auto text = storage::read_file(file);
        if (!text) return std::move(text).error();
        while (text->ends_with('\n')) text->pop_back();
        return text;
    }
    const char* given = std::getenv("BORDEREAU_NEW_PASSPHRASE");
    if (given == nullptr) return Error{ErrorCode::invalid, "no passphrase for the new person"};
    return std::string{given};
}

}  // namespace

Exit init(const Console& console, const InitOptions& options) {
    auto secret = console.passphrase();
    if (!secret) return console.fail(Doing::making_notebook, secret.error());
    const std::string device =
        options.device.empty() ? system_services().device_name : options.device;
    const std::string person = options.person.empty() ? console.person() : options.person;
    const auto desk = Desk::create(console.shared().notebook,
                                   {person, *secret, options.team, device}, system_services());
    if (!desk) return console.fail(Doing::making_notebook, desk.error());
    console.print(console.shared().notebook.string());
    return Exit::ok;
}

Exit add_person(const Console& console, const AddPersonOptions& options) {
    const auto role = storage::role(options.role);
    if (!role) {
        std::fprintf(stderr, "bordereau: a role is officer, supervisor or administrator\n");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    auto secret = new_passphrase(options.passphrase_file);
    if (!secret) return console.fail(Doing::managing_people, secret.error());
    const auto added = (*desk)->notebook().add_person(options.person, *role, *secret);
    if (!added) return console.fail(Doing::managing_people, added.error(), options.person);
    return Exit::ok;
}

}  // namespace bordereau::app::cli
