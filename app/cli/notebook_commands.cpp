#include <cstdio>

#include "app/cli/commands.h"

namespace bordereau::app::cli {
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
    auto secret = console.new_passphrase(options.passphrase_file);
    if (!secret) return console.fail(Doing::managing_people, secret.error());
    const auto added = (*desk)->notebook().add_person(options.person, *role, *secret);
    if (!added) return console.fail(Doing::managing_people, added.error(), options.person);
    return Exit::ok;
}

}  // namespace bordereau::app::cli
