#include <nlohmann/json.hpp>

#include <optional>

#include "app/cli/commands.h"

namespace bordereau::app::cli {
namespace {

std::optional<audit::Audience> audience_of(const std::string& name) {
    if (name == "team") return audit::Audience::team;
    if (name == "agency") return audit::Audience::agency;
    if (name == "public") return audit::Audience::public_use;
    return std::nullopt;
}

Exit make(const Console& console, ReportKind kind, const std::string& audience,
          const std::filesystem::path& folder) {
    const auto wanted = audience_of(audience);
    if (!wanted) {
        std::fprintf(stderr, "bordereau: an audience is team, agency or public\n");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto made = (*desk)->report({kind, *wanted, folder});
    if (!made) return console.fail(Doing::reporting, made.error());
    if (console.json()) {
        nlohmann::json out{{"audits", made->audits}, {"not_ready", made->not_ready}};
        for (const auto& file : made->files) out["files"].push_back(file.string());
        console.print(out.dump(2));
        return Exit::ok;
    }
    for (const auto& file : made->files) console.print(file.string());
    for (const std::string& reason : made->not_ready) console.print("not ready: " + reason);
    return Exit::ok;
}

}  // namespace

Exit report(const Console& console, const ReportOptions& options) {
    return make(console,
                options.report == "submission" ? ReportKind::submission : ReportKind::scorecard,
                options.audience, options.folder);
}

Exit export_csv(const Console& console, const std::string& audience,
                const std::filesystem::path& folder) {
    return make(console, ReportKind::csv, audience, folder);
}

}  // namespace bordereau::app::cli
