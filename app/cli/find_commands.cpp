#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/desk/finding.h"
#include "storage/base/text.h"
#include "storage/base/time.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

// A word with blanks came in quotation marks through the shell: it is meant as a phrase.
std::string typed_of(const FindOptions& options) {
    std::string out;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += std::string{name} + ":\"" + value + "\" ";
    };
    add("state", options.state);
    add("form", options.form);
    add("unit", options.unit);
    add("person", options.person);
    add("from", options.from);
    add("to", options.to);
    for (const std::string& word : options.words) {
        const bool phrase = word.find(' ') != word.npos && word.find('"') == word.npos;
        out += phrase ? "\"" + word + "\" " : word + " ";
    }
    return out;
}

std::string_view place_name(storage::SearchField::Kind where) {
    using Kind = storage::SearchField::Kind;
    switch (where) {
        case Kind::title: return "title";
        case Kind::unit: return "unit";
        case Kind::answer: return "answer";
        case Kind::comment: return "comment";
        case Kind::reason: return "reason";
    }
    return "";
}

json to_json(const FoundAudit& found) {
    json marks = json::array();
    for (const auto& mark : found.hit.marks) marks.push_back({mark.begin, mark.end});
    return {{"audit", found.hit.audit.id.text},
            {"title", found.hit.audit.title},
            {"unit", found.hit.audit.unit},
            {"form", found.hit.audit.form.text},
            {"state", storage::name_of(found.hit.audit.state)},
            {"person", found.hit.audit.created_by_login},
            {"changed", to_iso(found.hit.audit.changed_at, 0)},
            {"where", place_name(found.hit.where)},
            {"path", found.hit.path},
            {"label", found.label},
            {"snippet", found.hit.snippet},
            {"marks", marks}};
}

void print(const Console& console, const FoundAudit& found) {
    const auto& audit = found.hit.audit;
    std::string line = audit.id.text.substr(0, 8) + "  " +
                       std::string{storage::name_of(audit.state)} + "  " + audit.title;
    if (!audit.unit.empty()) line += "  (" + audit.unit + ")";
    console.print(line);
    const std::string place{place_name(found.hit.where)};
    const std::string where = found.label.empty() ? place
                              : place == "answer" ? found.label
                                                  : place + ", " + found.label;
    console.print("    " + where + ": " + with_marks(found.hit.snippet, found.hit.marks));
}

void print_all(const Console& console, const std::vector<FoundAudit>& audits,
               const std::vector<storage::RegisterHit>& registers) {
    if (!console.json()) {
        for (const auto& found : audits) print(console, found);
        for (const auto& row : registers)
            console.print(row.kind + "/" + row.key + ": " + with_marks(row.snippet, row.marks));
        return;
    }
    json out{{"audits", json::array()}, {"registers", json::array()}};
    for (const auto& found : audits) out["audits"].push_back(to_json(found));
    for (const auto& row : registers)
        out["registers"].push_back({{"kind", row.kind}, {"key", row.key}, {"text", row.snippet}});
    console.print(out.dump(-1, ' ', false, json::error_handler_t::replace));
}

Status catch_up(Desk& desk) {
    while (true) {
        auto indexed = desk.search().catch_up(500);
        if (!indexed) return std::move(indexed).error();
        if (indexed->left == 0) return done();
    }
}

Exit usage(const std::string& what) {
    std::fprintf(stderr, "bordereau: %s\n", what.c_str());
    return Exit::usage;
}

}  // namespace

Exit find(const Console& console, const FindOptions& options) {
    auto desk = console.open_desk();
    if (!desk) return console.fail(Doing::opening_notebook, desk.error());
    if (Status indexed = catch_up(**desk); !indexed)
        return console.fail(Doing::opening_audit, indexed.error());
    FindRequest request;
    request.typed = typed_of(options);
    request.language = text::tag_of(console.words().language());
    std::vector<FoundAudit> audits;
    std::vector<storage::RegisterHit> registers;
    do {
        request.filter.limit = options.limit - std::ssize(audits);
        auto page = find_audits(**desk, request);
        if (!page && page.error().code == ErrorCode::invalid)
            return usage("there is no word to look for; for a list say: bordereau list");
        if (!page) return console.fail(Doing::opening_audit, page.error());
        if (!page->not_understood.empty())
            return usage("not understood: " + page->not_understood.front());
        std::ranges::move(page->audits, std::back_inserter(audits));
        if (!request.after) registers = std::move(page->registers);
        request.after = page->next;
    } while (request.after && std::ssize(audits) < options.limit);
    print_all(console, audits, registers);
    return audits.empty() && registers.empty() ? Exit::not_found : Exit::ok;
}

}  // namespace bordereau::app::cli
