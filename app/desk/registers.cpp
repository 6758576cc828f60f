#include "app/desk/registers.h"

#include <nlohmann/json.hpp>

#include <string>

#include "assets/assets.h"
#include "storage/notebook.h"
#include "storage/registers.h"

namespace bordereau::app {
namespace {

using nlohmann::json;

// Kinds of rows, and the member of the seed file they come from.
constexpr std::string_view kInstrument = "instrument";
constexpr std::string_view kLegislation = "legislation";
constexpr std::string_view kRespondent = "respondent";

// The text of a member; empty where it is absent, null or not text.
std::string text_of(const json& row, const char* name) {
    const auto found = row.find(name);
    return found != row.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

audit::Commitment commitment_of(const json& row) {
    audit::Commitment out;
    out.code = text_of(row, "code");
    out.title = text_of(row, "title");
    out.kind = text_of(row, "kind");
    out.date = text_of(row, "date");
    if (const auto binding = row.find("binding"); binding != row.end() && binding->is_boolean())
        out.binding = binding->get<bool>();
    out.valid_to = text_of(row, "valid_to");
    out.replaced_by = text_of(row, "replaced_by");
    out.url = text_of(row, "url");
    return out;
}

audit::LegalText legal_text_of(const json& row) {
    audit::LegalText out;
    out.country = text_of(row, "country");
    out.kind = text_of(row, "kind");
    out.status = text_of(row, "status");
    out.title = text_of(row, "title");
    out.title_en = text_of(row, "title_en");
    out.language = text_of(row, "language");
    out.date = text_of(row, "date");
    out.summary = text_of(row, "summary");
    out.original = text_of(row, "original");
    out.translation = text_of(row, "translation");
    out.translation_kind = text_of(row, "translation_kind");
    out.remark = text_of(row, "remark");
    return out;
}

audit::RespondentProfile profile_of(const json& row) {
    audit::RespondentProfile out;
    out.organisation = text_of(row, "organisation");
    out.short_name = text_of(row, "short_name");
    out.mission = text_of(row, "mission");
    out.quotation = text_of(row, "quotation");
    out.quotation_source = text_of(row, "quotation_source");
    out.narrative = text_of(row, "narrative");
    if (const auto fields = row.find("fields"); fields != row.end())
        for (const json& field : *fields)
            out.fields.push_back({text_of(field, "name"), text_of(field, "value"),
                                  text_of(field, "unit"), text_of(field, "as_of"),
                                  text_of(field, "source")});
    return out;
}

Status put_if_absent(storage::Registers& registers, std::string_view kind, const std::string& key,
                     const json& row) {
    const auto known = registers.get(kind, key);
    if (!known) return known.error();
    if (*known) return done();
    return registers.put(kind, key, row.dump());
}

// Applies `take` to every readable row of a kind.
template <class Take>
Status each_row(const storage::Registers& registers, std::string_view kind, Take take) {
    const auto rows = registers.list(kind);
    if (!rows) return rows.error();
    for (const auto& row : *rows)
        if (const json parsed = json::parse(row.json, nullptr, false); parsed.is_object())
            take(parsed);
    return done();
}

}  // namespace

Status seed_registers(storage::Notebook& notebook) {
    const auto bytes = assets::find("forms/registers.json");
    check(bytes.has_value(), "the seed of the registers is not embedded");
    const json seed = json::parse(*bytes, nullptr, false);
    check(seed.is_object(), "the seed of the registers is not JSON");
    storage::Registers registers{notebook};
    for (const json& row : seed.value("instruments", json::array()))
        if (Status put = put_if_absent(registers, kInstrument, text_of(row, "code"), row); !put)
            return put;
    for (const json& row : seed.value("legislation", json::array())) {
        const std::string key = text_of(row, "country") + " " + text_of(row, "title");
        if (Status put = put_if_absent(registers, kLegislation, key, row); !put) return put;
    }
    const json profile = seed.value("respondent_profile", json::object());
    return put_if_absent(registers, kRespondent, text_of(profile, "short_name"), profile);
}

Result<audit::Registers> read_registers(storage::Notebook& notebook) {
    const storage::Registers registers{notebook};
    audit::Registers out;
    Status read = each_row(registers, kInstrument,
                           [&](const json& row) { out.commitments.push_back(commitment_of(row)); });
    if (read)
        read = each_row(registers, kLegislation,
                        [&](const json& row) { out.texts.push_back(legal_text_of(row)); });
    if (read)
        read = each_row(registers, kRespondent,
                        [&](const json& row) { out.respondent = profile_of(row); });
    if (!read) return std::move(read).error().during("reading the registers");
    return out;
}

}  // namespace bordereau::app
