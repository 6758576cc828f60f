#include "app/cli/open_audit.h"

namespace bordereau::app::cli {

std::optional<OpenAudit> open_audit(const Console& console, const std::string& audit, Exit& code) {
    OpenAudit out;
    auto desk = console.open_desk();
    if (!desk) {
        code = console.fail(Doing::opening_notebook, desk.error());
        return std::nullopt;
    }
    out.desk = *std::move(desk);
    const auto found = out.desk->find_audit(audit);
    if (!found) {
        code = console.fail(Doing::opening_audit, found.error(), audit);
        return std::nullopt;
    }
    auto filling = out.desk->open_audit(found->id);
    if (!filling) {
        code = console.fail(Doing::opening_audit, filling.error(), audit);
        return std::nullopt;
    }
    out.filling.emplace(*std::move(filling));
    return out;
}

}  // namespace bordereau::app::cli
