#include "app/desk/form_shelf.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

#include "app/form/xlsform/xlsform.h"
#include "assets/assets.h"
#include "storage/files.h"
#include "storage/notebook.h"
#include "storage/settings.h"

namespace bordereau::app {
namespace {

using Resources = std::vector<storage::FormAdded::Resource>;

constexpr std::string_view kBuiltInMark = "forms.built_in";
constexpr std::string_view kUnusable = "forms.unusable";

form::Resources embedded_lists() {
    return [](std::string_view name) -> Result<std::string> {
        const auto bytes = assets::find("forms/" + std::string{name});
        if (!bytes) return Error{ErrorCode::not_found, "embedded list"};
        return std::string{*bytes};
    };
}

form::Resources stored_lists(const Resources& kept) {
    return [&kept](std::string_view name) -> Result<std::string> {
        const auto found = std::ranges::find(kept, name, &storage::FormAdded::Resource::name);
        if (found == kept.end()) return Error{ErrorCode::not_found, "list of a form"};
        return found->bytes;
    };
}

// Hands on what `from` gives and notes it in `seen`, so that the lists travel with the form.
form::Resources noting(const form::Resources& from, Resources& seen) {
    return [&](std::string_view name) {
        auto bytes = from(name);
        if (bytes) seen.push_back({std::string{name}, *bytes});
        return bytes;
    };
}

nlohmann::json to_json(const form::Diagnostics& diagnostics) {
    auto out = nlohmann::json::array();
    for (const form::Diagnostic& found : diagnostics)
        out.push_back({{"error", found.severity == form::Severity::error},
                       {"sheet", found.sheet},
                       {"row", found.row},
                       {"column", found.column},
                       {"path", found.path},
                       {"message", found.message},
                       {"remedy", found.remedy}});
    return out;
}

form::Diagnostics from_json(const nlohmann::json& list) {
    form::Diagnostics out;
    for (const auto& found : list)
        out.push_back({found.value("error", true) ? form::Severity::error : form::Severity::warning,
                       found.value("sheet", ""), found.value("row", 0), found.value("column", ""),
                       found.value("path", ""), found.value("message", ""),
                       found.value("remedy", "")});
    return out;
}

// The remembered findings by file name; an unreadable setting counts as none.
nlohmann::json read_unusable(const storage::Settings& settings) {
    const auto text = settings.get(kUnusable);
    if (!text || !*text) return nlohmann::json::object();
    auto parsed = nlohmann::json::parse(**text, nullptr, false);
    return parsed.is_object() ? parsed : nlohmann::json::object();
}

Status remember(storage::Notebook& notebook, const std::string& file_name, const ReadForm& read) {
    storage::Settings settings{notebook};
    auto known = read_unusable(settings);
    if (read.form)
        known.erase(file_name);
    else
        known[file_name] = to_json(read.diagnostics);
    return settings.set(kUnusable,
                        known.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

ReadForm read_form(std::string_view bytes, std::string_view file_name,
                   const form::Resources& resources) {
    ReadForm read;
    if (file_name.ends_with(".xml")) {
        read.xform = std::string{bytes};
    } else {
        auto converted = form::convert_xlsform(bytes, file_name, form::MissingTexts::fall_back);
        read.xform = std::move(converted.xform);
        read.diagnostics = std::move(converted.diagnostics);
        read.origins = std::move(converted.origins);
        read.borrowed = std::move(converted.borrowed);
        if (form::has_errors(read.diagnostics)) return read;
    }
    auto loaded = form::load_xform(read.xform, resources);
    read.form = std::move(loaded.form);
    form::place_in_workbook(loaded.diagnostics, read.origins);
    std::ranges::move(loaded.diagnostics, std::back_inserter(read.diagnostics));
    return read;
}

form::Resources files_in(const std::filesystem::path& folder) {
    return [folder](std::string_view name) -> Result<std::string> {
        const std::filesystem::path file{name};
        if (file.has_parent_path() || name.empty() || name.starts_with('.'))
            return Error{ErrorCode::not_found, "a form may only name files beside it"};
        return storage::read_file(folder / file);
    };
}

Status FormShelf::put_built_in() {
    storage::Settings settings{notebook_};
    const auto mark = settings.get(kBuiltInMark);
    if (!mark) return mark.error();
    if (*mark == std::string{BORDEREAU_VERSION}) return done();
    for (const assets::File& file : assets::below("forms/")) {
        if (!file.path.ends_with(".xlsx")) continue;
        Resources lists;
        const auto name = file.path.substr(std::string_view{"forms/"}.size());
        const auto embedded = embedded_lists();
        const ReadForm read = read_form(file.bytes, name, noting(embedded, lists));
        check(read.form != nullptr, "a form that comes with the program is not usable");
        if (Status kept = keep(read, std::move(lists)); !kept) return kept;
    }
    return settings.set(kBuiltInMark, BORDEREAU_VERSION);
}

Result<ReadForm> FormShelf::import(const std::filesystem::path& file) {
    auto bytes = storage::read_file(file);
    if (!bytes) return std::move(bytes).error().during("reading a form file");
    Resources lists;
    const auto folder = files_in(file.parent_path());
    ReadForm read = read_form(*bytes, file.filename().string(), noting(folder, lists));
    if (Status noted = remember(notebook_, file.filename().string(), read); !noted)
        return std::move(noted).error();
    if (!read.form) return read;
    if (Status kept = keep(read, std::move(lists)); !kept) return std::move(kept).error();
    return read;
}

Status FormShelf::keep(const ReadForm& read, Resources resources) {
    std::ranges::sort(resources, {}, &storage::FormAdded::Resource::name);
    const auto repeated = std::ranges::unique(resources, {}, &storage::FormAdded::Resource::name);
    resources.erase(repeated.begin(), repeated.end());
    const FormId id{read.form->id()};
    Status put = storage::Forms{notebook_}.put(
        {{id, read.form->version(), read.form->title()}, read.xform, std::move(resources)});
    if (put) parsed_[{id.text, read.form->version()}] = read.form;
    return put;
}

Result<std::vector<storage::FormSummary>> FormShelf::list() const {
    return storage::Forms{notebook_}.list();
}

Result<std::vector<UnusableForm>> FormShelf::unusable() const {
    std::vector<UnusableForm> out;
    const nlohmann::json known = read_unusable(storage::Settings{notebook_});
    for (const auto& [file_name, findings] : known.items())
        out.push_back({file_name, from_json(findings)});
    return out;
}

Result<std::shared_ptr<const form::Form>> FormShelf::get(const FormId& id,
                                                         std::string_view version) {
    const std::pair key{id.text, std::string{version}};
    if (const auto known = parsed_.find(key); known != parsed_.end()) return known->second;
    auto stored = storage::Forms{notebook_}.get(id, version);
    if (!stored) return std::move(stored).error();
    if (!*stored) return Error{ErrorCode::not_found, "form " + id.text + " " + key.second};
    auto loaded = form::load_xform((*stored)->definition, stored_lists((*stored)->resources));
    if (!loaded.form) return Error{ErrorCode::invalid, "form " + id.text + " is not usable"};
    return parsed_[key] = loaded.form;
}

}  // namespace bordereau::app
