#include "sync/join.h"

#include "storage/notebook.h"
#include "storage/settings.h"
#include "sync/enrol.h"

namespace bordereau::sync {

Result<Invitation> join(storage::Notebook& notebook, std::string_view code, std::string_view name,
                        const TransportMaker& transport, std::stop_token stop) {
    auto invitation = read_code(code);
    if (!invitation) return std::move(invitation).error();
    const Newcomer newcomer{&notebook.device_key(), std::string{name}};
    const auto admitted = enrol(*invitation, newcomer, notebook.clock(), notebook.entropy(),
                                transport(invitation->endpoint), std::move(stop));
    if (!admitted) return admitted.error();
    // A restored or salvaged notebook is of the team already, and no member of it any more.
    if (Status joined =
            notebook.join(invitation->team, invitation->team_name, admitted->certificate);
        !joined)
        return std::move(joined).error();
    storage::Settings settings{notebook};
    if (Status kept = remember(settings, invitation->endpoint); !kept)
        return std::move(kept).error();
    return invitation;
}

}  // namespace bordereau::sync
