#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/open_audit.h"
#include "app/desk/attaching.h"
#include "app/present/files.h"
#include "storage/attachments.h"

namespace bordereau::app::cli {
namespace {

constexpr std::string_view name_of(Traces traces) {
    switch (traces) {
        case Traces::none: return "none";
        case Traces::removed: return "removed";
        case Traces::kept: return "kept";
        case Traces::unknown: break;
    }
    return "unknown";
}

void print_file(const Console& console, const storage::Attachment& file) {
    if (console.json())
        return console.print(nlohmann::json{
            {"name", file.name},
            {"type", file.media_type},
            {"size", file.size},
            {"present",
             file.present}}.dump());
    console.print(file.name + "\t" + file.media_type + "\t" + std::to_string(file.size) +
                  (file.present ? "" : "\t" + std::string{console.words()("file.missing")}));
}

Exit list_files(const Console& console, OpenAudit& opened) {
    const auto list = storage::Attachments{opened.desk->notebook()}.list(opened.filling->audit());
    if (!list) return console.fail(Doing::opening_audit, list.error());
    for (const auto& file : *list) print_file(console, file);
    return Exit::ok;
}

}  // namespace

Exit attach(const Console& console, const AttachOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    const form::NodeId question = find_question(opened->filling->session(), options.question);
    const auto outcome =
        attach_file(opened->desk->notebook(), *opened->filling, question, options.file);
    if (!outcome) return console.fail(Doing::attaching, outcome.error(), options.question);
    if (const auto* refusal = std::get_if<FileRefusal>(&*outcome)) {
        std::fprintf(stderr, "bordereau: %s: %s\n", options.file.c_str(),
                     sentence_for(console.words(), *refusal).c_str());
        return *refusal == FileRefusal::not_a_file ? Exit::not_found : Exit::refused;
    }
    const auto& file = std::get<AttachedFile>(*outcome);
    if (console.json()) {
        console.print(nlohmann::json{{"name", file.name},
                                     {"type", media::media_type(file.kind)},
                                     {"traces", name_of(file.traces)}}
                          .dump());
        return Exit::ok;
    }
    console.print(file.name);
    std::fprintf(stderr, "bordereau: %s\n", told_of(console.words(), file).text.c_str());
    return Exit::ok;
}

Exit detach(const Console& console, const AttachOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    const form::NodeId question = find_question(opened->filling->session(), options.question);
    Status detached = detach_file(*opened->filling, question);
    return detached ? Exit::ok : console.fail(Doing::attaching, detached.error(), options.question);
}

Exit attachment(const Console& console, const AttachmentOptions& options) {
    Exit code = Exit::ok;
    auto opened = open_audit(console, options.audit, code);
    if (!opened) return code;
    if (options.name.empty()) return list_files(console, *opened);
    const storage::Attachments attachments{opened->desk->notebook()};
    if (options.out.empty()) {
        const auto found = attachments.find(opened->filling->audit(), options.name);
        if (!found) return console.fail(Doing::saving_copy, found.error(), options.name);
        print_file(console, *found);
        return Exit::ok;
    }
    std::error_code ignored;
    if (std::filesystem::exists(options.out, ignored))
        return console.fail(Doing::saving_copy, {ErrorCode::conflict, options.out.string()},
                            options.out.string());
    Status saved = attachments.save_copy(opened->filling->audit(), options.name, options.out);
    return saved ? Exit::ok : console.fail(Doing::saving_copy, saved.error(), options.name);
}

Exit collect_files(const Console& console) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    const auto collected = storage::Attachments{(*desk)->notebook()}.collect_unnamed();
    if (!collected) return console.fail(Doing::recording, collected.error());
    if (console.json())
        console.print(
            nlohmann::json{{"files", collected->files}, {"bytes", collected->bytes}}.dump());
    else
        console.print(std::to_string(collected->files) + "\t" + std::to_string(collected->bytes));
    return Exit::ok;
}

}  // namespace bordereau::app::cli
