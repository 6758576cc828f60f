#include <nlohmann/json.hpp>

#include <algorithm>

#include "app/cli/commands.h"
#include "storage/base/text.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

Exit make(const Console& console, ReportRequest request, const std::string& audience) {
    const auto wanted = app::audience(audience);
    if (!wanted) {
        std::fprintf(stderr, "bordereau: an audience is team, agency or public\n");
        return Exit::usage;
    }
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    request.audience = *wanted;
    request.language = text::tag_of(console.words().language());
    const auto made = (*desk)->report(request);
    if (!made) return console.fail(Doing::reporting, made.error());
    if (console.json()) {
        nlohmann::json out{{"audits", made->audits}, {"not_ready", made->not_ready}};
        for (const auto& file : made->files) out["files"].push_back(file.string());
        console.print(out.dump(2));
        return Exit::ok;
    }
    const std::string audits =
        console.words().count("report.basis", static_cast<std::int64_t>(made->audits));
    console.complain(console.words()("report.written_from",
                                     {{"folder", request.folder.string()}, {"audits", audits}}));
    for (const auto& file : made->files) console.print(file.string());
    for (const std::string& reason : made->not_ready) console.print("not ready: " + reason);
    return Exit::ok;
}

}  // namespace

Exit report(const Console& console, const ReportOptions& options) {
    ReportRequest request;
    request.kind = report_kind(options.report).value_or(ReportKind::scorecard);
    request.folder = options.folder;
    request.free_text_reread = options.reread;
    if (!options.questions.empty()) {
        const auto text = storage::read_file(options.questions);
        if (!text) return console.fail(Doing::reporting, text.error(), options.questions.string());
        const auto lines = split(*text, '\n');
        for (std::size_t i = 0; i < std::min(lines.size(), request.questions.size()); ++i)
            request.questions[i] = trimmed(lines[i]);
    }
    return make(console, std::move(request), options.audience);
}

Exit export_csv(const Console& console, const std::string& audience,
                const std::filesystem::path& folder) {
    ReportRequest request;
    request.kind = ReportKind::csv;
    request.folder = folder;
    return make(console, std::move(request), audience);
}

}  // namespace bordereau::app::cli
